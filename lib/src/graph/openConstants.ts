import {AttributeType, DataType} from '../tfjs/binding';
import type {Graph, Node, Value} from './graph';

/**
 * The graph with more inputs, after those it has: first one number, in place of the constants that follow it, then one for
 * each constant that is to be fed.
 *
 * @param factors By position among the nodes: how many times the number a constant is.
 * @param fed Positions of the constants that become inputs themselves.
 */
export function openConstants({inputs, nodes, results}: Graph, factors: Map<number, number>, fed: number[]): Graph {
  const scalar = {dtype: DataType.float, shape: []};
  const number: Node = {op: 'Placeholder', inputs: [], attributes: [], outputs: [scalar]};
  const opened = new Map<Node, Node>();
  const now = ({node, output}: Value): Value => ({node: opened.get(node) ?? node, output});
  const constants: Node[] = [];
  const changed = nodes.flatMap((old, i): Node[] => {
    const factor = factors.get(i);
    if (factor !== undefined) {
      const times: Node = {
        op: 'Const',
        inputs: [],
        attributes: [],
        outputs: [scalar],
        constant: Float32Array.of(factor),
      };
      const both = [number, times].map((node) => ({node, output: 0}));
      const type = {name: 'T', type: AttributeType.type, value: DataType.float};
      const product: Node = {op: 'Mul', inputs: both, attributes: [type], outputs: old.outputs};
      opened.set(old, product);
      return [times, product];
    }
    const node = {...old, inputs: old.inputs.map(now)};
    opened.set(old, node);
    if (!fed.includes(i)) return [node];
    Object.assign(node, {op: 'Placeholder', constant: undefined});
    constants.push(node);
    return [];
  });
  return {nodes: changed, inputs: [...inputs, number, ...constants], results: results.map(now)};
}
