import type {NativeValues} from '../tfjs/binding';
import type {Attribute} from '../tfjs/numbers';

/** What is known of a value before it is computed. */
export interface TensorType {
  /** TensorFlow's enum DataType. */
  dtype: number;
  shape: readonly number[];
}

/** One output of a node. */
export interface Value {
  node: Node;
  output: number;
}

/** One operation of a graph, a constant or an input from outside. */
export interface Node {
  /** TensorFlow's name of the operation: "Conv2D"; "Const" and "Placeholder" have no inputs. */
  op: string;
  inputs: Value[];
  attributes: Attribute[];
  /** The types of its outputs. */
  outputs: TensorType[];
  /** Runs before it, though it takes nothing from it. */
  after?: Node | undefined;
  /** A constant's values. */
  constant?: NativeValues;
}

/** A computation: nodes in an order where each comes after its inputs. */
export interface Graph {
  nodes: Node[];
  /** The nodes that values are fed to. */
  inputs: Node[];
  results: Value[];
}

/** A value's type. */
export function typeOf({node, output}: Value): TensorType {
  return node.outputs[output]!;
}

/** The graph without what no result needs, inputs included. */
export function prune({nodes, inputs, results}: Graph): Graph {
  const needed = new Set<Node>(results.map(({node}) => node));
  for (const node of [...nodes].reverse()) {
    if (!needed.has(node)) continue;
    for (const input of node.inputs) needed.add(input.node);
    if (node.after) needed.add(node.after);
  }
  return {nodes: nodes.filter((node) => needed.has(node)), inputs: inputs.filter((node) => needed.has(node)), results};
}
