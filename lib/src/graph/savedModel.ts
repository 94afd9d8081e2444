// Writes a graph as a SavedModel. The numbers are field numbers of TensorFlow's messages, in
// tensorflow/core/framework/{graph,node_def,attr_value,tensor,tensor_shape,versions}.proto and
// tensorflow/core/protobuf/{saved_model,meta_graph}.proto.
import {type Attribute, AttributeType, DataType, type NativeValues} from '../tfjs/binding';
import type {Graph, Node, TensorType, Value} from './graph';
import {Message} from './protobuf';

/** A graph as the bytes of a saved_model.pb, with the names that its inputs and results have in it. */
export interface SavedGraph {
  bytes: Uint8Array;
  inputNames: string[];
  resultNames: string[];
}

export function saveGraph({inputs, nodes, results}: Graph): SavedGraph {
  const names = new Map<Node, string>();
  inputs.forEach((node, i) => names.set(node, `input${i}`));
  nodes.forEach((node, i) => names.set(node, `node${i}`));
  const graph = new Message();
  for (const node of [...inputs, ...nodes]) graph.message(1, nodeDef(node, names));
  // The same value may be wanted twice; each result gets a name of its own.
  results.forEach((value, i) => graph.message(1, resultDef(value, `result${i}`, names)));
  graph.message(1, new Message().string(1, initName).string(2, 'NoOp'));
  // The version of the graph format that TensorFlow 2.9 wrote, which 2.9 and all later ones read.
  graph.message(4, new Message().int(1, 1087));

  // A SavedModel names an operation to run when it is loaded; this one has nothing to do.
  const init = new Message().entry(2, initKey, new Message().string(1, initName));
  const metaGraph = new Message()
    .message(1, new Message().string(4, 'serve'))
    .message(2, graph)
    .entry(5, initKey, init);
  return {
    bytes: new Message().int(1, 1).message(2, metaGraph).finish(),
    inputNames: inputs.map((node) => names.get(node)!),
    resultNames: results.map((_, i) => `result${i}`),
  };
}

const initName = 'init';
const initKey = '__saved_model_init_op';

function nodeDef(node: Node, names: Map<Node, string>): Message {
  const def = new Message().string(1, names.get(node)!).string(2, node.op);
  for (const value of node.inputs) def.string(3, reference(value, names));
  for (const attribute of node.attributes) def.entry(5, attribute.name, attributeValue(attribute));
  if (node.op === 'Const') {
    def
      .entry(5, 'dtype', typeValue(node.outputs[0]!))
      .entry(5, 'value', constantValue(node.outputs[0]!, node.constant!));
  } else if (node.op === 'Placeholder') {
    def
      .entry(5, 'dtype', typeValue(node.outputs[0]!))
      .entry(5, 'shape', new Message().message(7, shape(node.outputs[0]!.shape)));
  }
  return def;
}

function resultDef(value: Value, name: string, names: Map<Node, string>): Message {
  const type = typeValue(value.node.outputs[value.output]!);
  return new Message().string(1, name).string(2, 'Identity').string(3, reference(value, names)).entry(5, 'T', type);
}

function reference({node, output}: Value, names: Map<Node, string>): string {
  return output === 0 ? names.get(node)! : `${names.get(node)!}:${output}`;
}

function typeValue({dtype}: TensorType): Message {
  return new Message().int(6, dtype);
}

function attributeValue({name, type, value}: Attribute): Message {
  const message = new Message();
  switch (type) {
    case AttributeType.string:
      return message.string(2, String(value));
    case AttributeType.int:
      if (!Array.isArray(value)) return message.int(3, value as number);
      return message.message(1, list(value as number[]));
    case AttributeType.float:
      return message.float(4, value as number);
    case AttributeType.bool:
      return message.int(5, value as boolean);
    case AttributeType.type:
      return message.int(6, value as number);
    case AttributeType.shape:
      return message.message(7, shape(value as number[]));
    default:
      throw new Error(`saveGraph: attribute ${name} has the type ${type}, which isn't known here`);
  }
}

function list(values: number[]): Message {
  const message = new Message();
  for (const value of values) message.int(3, value);
  return message;
}

function shape(sizes: readonly number[]): Message {
  const message = new Message();
  for (const size of sizes) message.message(2, new Message().int(1, size));
  return message;
}

function constantValue(type: TensorType, values: NativeValues): Message {
  const tensor = new Message().int(1, type.dtype).message(2, shape(type.shape));
  const [first] = values;
  if (first !== undefined && values.length > 1 && values.every((value) => Object.is(value, first))) {
    // One value stands for all, which saves megabytes where gradients begin with ones.
    if (type.dtype === DataType.float) tensor.float(5, first);
    else tensor.int(type.dtype === DataType.int32 ? 7 : 11, first);
  } else {
    tensor.bytes(4, new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  }
  return new Message().message(8, tensor);
}
