import {createHash} from 'node:crypto';
import {AttributeType, DataType} from '../tfjs/binding';
import type {Graph, Node, Value} from './graph';
import {RecordingError} from './recording';

/** A constant that followed the learning rate: it was `factor` times the rate in both recordings. */
export interface RateConstant {
  node: Node;
  factor: number;
}

/**
 * Finds out whether a step can be replayed, by comparing two recordings of it: whatever differs between them was
 * decided in JavaScript, and a replay couldn't decide it again. Only the learning rate may differ, as it was made to.
 *
 * @returns The constants of the second recording that stand for the learning rate.
 * @throws RecordingError that says what differs.
 */
export function compareRecordings(first: Graph, second: Graph, firstRate: number, secondRate: number): RateConstant[] {
  if (first.nodes.length !== second.nodes.length || first.inputs.length !== second.inputs.length) {
    throw new RecordingError('it runs other operations each time');
  }
  const positions = [numberNodes(first), numberNodes(second)] as const;
  const rates: RateConstant[] = [];
  second.nodes.forEach((node, i) => {
    const before = first.nodes[i]!;
    if (describe(before, positions[0]) !== describe(node, positions[1])) {
      throw new RecordingError(`it runs other operations each time (${before.op}, then ${node.op})`);
    }
    if (node.constant === undefined) return;
    const factor = factorOf(before.constant!, node.constant, firstRate, secondRate);
    if (factor !== undefined) rates.push({node, factor});
  });
  return rates;
}

/** A digest of all that a graph does: two graphs with the same one compute the same from the same inputs. */
export function signatureOf(graph: Graph): string {
  const positions = numberNodes(graph);
  const hash = createHash('sha256');
  for (const node of [...graph.inputs, ...graph.nodes]) hash.update(describe(node, positions)).update(bytesOf(node));
  const results = graph.results.map(({node, output}) => [positions.get(node), output]);
  return hash.update(JSON.stringify(results)).digest('hex');
}

function bytesOf({constant}: Node): Uint8Array {
  return constant ? new Uint8Array(constant.buffer, constant.byteOffset, constant.byteLength) : new Uint8Array();
}

function numberNodes({inputs, nodes}: Graph): Map<Node, number> {
  return new Map([...inputs, ...nodes].map((node, i) => [node, i]));
}

function describe({op, inputs, attributes, outputs}: Node, positions: Map<Node, number>): string {
  const from = inputs.map(({node, output}) => [positions.get(node), output]);
  return JSON.stringify([op, from, attributes, outputs.map(({dtype, shape}) => [dtype, shape])]);
}

/** How a constant follows the learning rate; undefined when it doesn't change. */
function factorOf(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  firstRate: number,
  secondRate: number,
): number | undefined {
  let same = true;
  for (let i = 0; same && i < first.length; i++) same = Object.is(first[i], second[i]);
  if (same) return undefined;
  const factor = second[0]! / secondRate;
  // Constants are float32: about seven digits.
  if (first.length !== 1 || Math.abs(first[0]! / firstRate - factor) > 1e-5 * Math.abs(factor)) {
    throw new RecordingError('it uses numbers that JavaScript makes anew each time');
  }
  return Math.abs(factor - Math.round(factor)) < 1e-5 ? Math.round(factor) : factor;
}

/** The graph with one more input, last: the learning rate, in place of the constants that stood for it. */
export function rateAsInput(graph: Graph, rates: RateConstant[]): Graph {
  const scalar = {dtype: DataType.float, shape: []};
  const rate: Node = {op: 'Placeholder', inputs: [], attributes: [], outputs: [scalar]};
  const factors = new Map(rates.map(({node, factor}) => [node, factor]));
  const nodes = graph.nodes.flatMap((node): Node[] => {
    const factor = factors.get(node);
    if (factor === undefined) return [node];
    const constant = {op: 'Const', inputs: [], attributes: [], outputs: [scalar], constant: Float32Array.of(factor)};
    // Changed in place: other nodes know the constant by this object.
    const inputs: Value[] = [rate, constant].map((input) => ({node: input, output: 0}));
    const type = {name: 'T', type: AttributeType.type, value: DataType.float};
    Object.assign(node, {op: 'Mul', inputs, attributes: [type], constant: undefined});
    return [constant, node];
  });
  return {nodes, inputs: [...graph.inputs, rate], results: graph.results};
}
