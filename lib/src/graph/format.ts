import {type Attribute, AttributeType, DataType} from '../tfjs/binding';
import type {Graph, Node, TensorType, Value} from './graph';

/**
 * A graph as text, an operation a line, as jax prints what it has traced: what comes out, with its type and shape; the
 * operation, with what goes in; its attributes, but for types, which follow from what goes in.
 *
 * @example
 * formatGraph(graph);
 * // in0 float [8,4]
 * // in1 float [4,3]
 * //
 * // %0   float [8,3]  MatMul in0 in1 {transpose_a: false, transpose_b: false}
 * // %1   float [8,3]  Relu %0
 * //
 * // return %1
 */
export function formatGraph({inputs, nodes, results}: Graph): string {
  const names = new Map<Node, string>();
  inputs.forEach((node, i) => names.set(node, `in${i}`));
  nodes.forEach((node, i) => names.set(node, `%${i}`));
  const nameOf = ({node, output}: Value) => `${names.get(node)!}${output === 0 ? '' : `:${output}`}`;
  const line = (node: Node) => [names.get(node)!, node.outputs.map(formatType).join(', ')];
  const operation = (node: Node) => [...line(node), formatOperation(node, nameOf)];
  return [
    ...aligned(inputs.map(line)),
    '',
    ...aligned(nodes.map(operation)),
    '',
    ['return', ...results.map(nameOf)].join(' '),
  ].join('\n');
}

/** Constants longer than this are cut. */
const mostNumbers = 6;

function formatOperation({op, inputs, attributes, constant}: Node, nameOf: (value: Value) => string): string {
  if (constant !== undefined) {
    const shown = [...constant.subarray(0, mostNumbers)].map((number) => Number(number.toPrecision(6)));
    return `Const ${shown.join(', ')}${constant.length > mostNumbers ? ', …' : ''}`;
  }
  const shown = attributes.filter(({type}) => type !== AttributeType.type).map(formatAttribute);
  const options = shown.length === 0 ? [] : [`{${shown.join(', ')}}`];
  return [op, ...inputs.map(nameOf), ...options].join(' ');
}

function formatAttribute({name, value}: Attribute): string {
  return `${name}: ${Array.isArray(value) ? `[${value.join()}]` : String(value)}`;
}

const typeNames = new Map<number, string>(Object.entries(DataType).map(([name, number]) => [number, name]));

function formatType({dtype, shape}: TensorType): string {
  return `${typeNames.get(dtype) ?? `type ${dtype}`} [${shape.join()}]`;
}

/** Columns as wide as their longest cell, but for the last. */
function aligned(rows: string[][]): string[] {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]!.length))) ?? [];
  return rows.map((row) => row.map((cell, i) => (i < row.length - 1 ? cell.padEnd(widths[i]!) : cell)).join('  '));
}
