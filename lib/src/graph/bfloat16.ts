// Products and convolutions with half the digits: Keras's mixed_bfloat16, as a rewrite of a graph.
import {AttributeType, DataType} from '../tfjs/binding';
import {type Graph, type Node, typeOf, type Value} from './graph';

/** What processors with bfloat16 instructions multiply twice as fast or more. They add up in float32. */
const products = new Set(['Conv2D', 'Conv2DBackpropFilter', 'Conv2DBackpropInput', 'MatMul', 'BatchMatMulV2']);

/** What moves or picks such numbers and is as exact in either; it stays in bfloat16 between two products. */
const followers = new Set([
  'BiasAdd',
  'BiasAddGrad',
  'MaxPool',
  'MaxPoolGrad',
  'Relu',
  'ReluGrad',
  'Reshape',
  'Transpose',
]);

/**
 * The same graph with its products in bfloat16: 8 bits for the fraction, where float32 has 24, and the same range.
 * Inputs and results stay in float32, and so do sums, losses and the update of weights.
 */
export function inBfloat16(graph: Graph): Graph {
  const nodes: Node[] = [];
  const made = new Map<Node, Node>();
  const casts = new Map<string, Value>();
  const numbers = new Map<Node, number>();
  const current = ({node, output}: Value): Value => ({node: made.get(node) ?? node, output});

  /** The value in this type, by a cast if need be; one cast serves all who want it. */
  const as = (value: Value, dtype: number): Value => {
    const now = current(value);
    const {dtype: is, shape} = typeOf(now);
    if (is === dtype || (is !== DataType.float && is !== DataType.bfloat16)) return now;
    const key = `${numbers.get(value.node)!}:${value.output}:${dtype}`;
    let cast = casts.get(key);
    if (cast === undefined) {
      const attributes = [
        {name: 'SrcT', type: AttributeType.type, value: is},
        {name: 'DstT', type: AttributeType.type, value: dtype},
        {name: 'Truncate', type: AttributeType.bool, value: false},
      ];
      const node: Node = {op: 'Cast', inputs: [now], attributes, outputs: [{dtype, shape}]};
      nodes.push(node);
      cast = {node, output: 0};
      casts.set(key, cast);
    }
    return cast;
  };

  for (const input of graph.inputs) numbers.set(input, numbers.size);
  for (const node of graph.nodes) {
    numbers.set(node, numbers.size);
    const isHalf = typesOf(node).includes(DataType.float) && (products.has(node.op) || follows(node, current));
    const dtype = isHalf ? DataType.bfloat16 : DataType.float;
    const copy: Node = {...node, inputs: node.inputs.map((input) => as(input, dtype))};
    if (isHalf) {
      copy.attributes = node.attributes.map((each) =>
        each.value === DataType.float && each.type === AttributeType.type ? {...each, value: dtype} : each,
      );
      copy.outputs = node.outputs.map((output) => (output.dtype === DataType.float ? {...output, dtype} : output));
    }
    nodes.push(copy);
    made.set(node, copy);
  }
  return {nodes, inputs: graph.inputs, results: graph.results.map((result) => as(result, DataType.float))};
}

function follows(node: Node, current: (value: Value) => Value): boolean {
  return followers.has(node.op) && node.inputs.some((input) => typeOf(current(input)).dtype === DataType.bfloat16);
}

function typesOf({outputs}: Node): number[] {
  return outputs.map(({dtype}) => dtype);
}
