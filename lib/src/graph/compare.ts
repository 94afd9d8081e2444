import type {NativeValues} from '../tfjs/binding';
import type {Graph, Node} from './graph';
import {RecordingError} from './recording';

/**
 * Compares two recordings of a step. Whatever differs between them was decided in JavaScript, and a replay couldn't
 * decide it again.
 *
 * @returns The positions, among the nodes, of the constants whose values differ.
 * @throws RecordingError when more than the values of constants differs.
 */
export function changedConstants(first: Graph, second: Graph): number[] {
  if (first.nodes.length !== second.nodes.length || first.inputs.length !== second.inputs.length) {
    throw new RecordingError('it runs other operations each time');
  }
  const positions = [numberNodes(first), numberNodes(second)] as const;
  const outcome = (graph: Graph, numbers: Map<Node, number>) =>
    graph.results.map(({node, output}) => `${numbers.get(node)!}:${output}`).join();
  const changed: number[] = [];
  second.nodes.forEach((node, i) => {
    const before = first.nodes[i]!;
    if (describe(before, positions[0]) !== describe(node, positions[1])) {
      throw new RecordingError(`it runs other operations each time (${before.op}, then ${node.op})`);
    }
    if (node.constant !== undefined && !sameValues(before.constant!, node.constant)) changed.push(i);
  });
  if (outcome(first, positions[0]) !== outcome(second, positions[1])) {
    throw new RecordingError('it returns other results each time');
  }
  return changed;
}

/** Whether these are the same numbers, NaN included. */
export function sameValues(a: NativeValues, b: NativeValues): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (!Object.is(a[i], b[i])) return false;
  return true;
}

function numberNodes({inputs, nodes}: Graph): Map<Node, number> {
  return new Map([...inputs, ...nodes].map((node, i) => [node, i]));
}

function describe({op, inputs, attributes, outputs}: Node, positions: Map<Node, number>): string {
  const from = inputs.map(({node, output}) => [positions.get(node), output]);
  return JSON.stringify([op, from, attributes, outputs.map(({dtype, shape}) => [dtype, shape])]);
}

/**
 * How constants follow a number that was one value in the first recording and another in the second.
 *
 * @param changed Their positions.
 * @returns For each, the factor by which it is larger than the number.
 * @throws RecordingError for one that changes in another way.
 */
export function factorsOf(
  changed: number[],
  [first, second]: readonly [Graph, Graph],
  [firstValue, secondValue]: readonly [number, number],
): Map<number, number> {
  return new Map(
    changed.map((i) => {
      const [before, after] = [first.nodes[i]!.constant!, second.nodes[i]!.constant!];
      const factor = after[0]! / secondValue;
      // Constants are float32: about seven digits.
      if (before.length !== 1 || Math.abs(before[0]! / firstValue - factor) > 1e-5 * Math.abs(factor)) {
        throw new RecordingError('it uses numbers that JavaScript makes anew each time');
      }
      return [i, Math.abs(factor - Math.round(factor)) < 1e-5 ? Math.round(factor) : factor];
    }),
  );
}
