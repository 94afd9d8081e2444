// Writes a graph as a SavedModel, the one form in which tfjs-node's binding takes a graph.
import type {NativeValues} from '../tfjs/binding';
import {type AttrValue, messages, type NodeDef, type TensorShape} from '../tfjs/messages';
import {type Attribute, AttributeType, DataType} from '../tfjs/numbers';
import {type Graph, type Node, type TensorType, typeOf, type Value} from './graph';

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
  const graph = new messages.GraphDef();
  graph.setNodeList([
    ...[...inputs, ...nodes].map((node) => nodeDef(node, names)),
    // The same value may be wanted twice; each result gets a name of its own.
    ...results.map((value, i) => resultDef(value, `result${i}`, names)),
    definition(initName, 'NoOp', [], {}),
  ]);
  const versions = new messages.VersionDef();
  // The version of the graph format that TensorFlow 2.9 wrote, which 2.9 and all later ones read.
  versions.setProducer(1087);
  graph.setVersions(versions);
  return {
    bytes: savedModel(graph),
    inputNames: inputs.map((node) => names.get(node)!),
    resultNames: results.map((_, i) => `result${i}`),
  };
}

function savedModel(graph: InstanceType<typeof messages.GraphDef>): Uint8Array {
  const information = new messages.MetaGraphDef.MetaInfoDef();
  information.setTagsList(['serve']);
  // A SavedModel names an operation to run when it is loaded; this one has nothing to do.
  const nothing = new messages.TensorInfo();
  nothing.setName(initName);
  const init = new messages.SignatureDef();
  init.getOutputsMap().set(initKey, nothing);

  const metaGraph = new messages.MetaGraphDef();
  metaGraph.setMetaInfoDef(information);
  metaGraph.setGraphDef(graph);
  metaGraph.getSignatureDefMap().set(initKey, init);
  const model = new messages.SavedModel();
  model.setSavedModelSchemaVersion(1);
  model.addMetaGraphs(metaGraph);
  return model.serializeBinary();
}

const initName = 'init';
const initKey = '__saved_model_init_op';

function nodeDef(node: Node, names: Map<Node, string>): NodeDef {
  const attributes = Object.fromEntries(node.attributes.map((each) => [each.name, attributeValue(each)]));
  const [output] = node.outputs;
  if (node.op === 'Const') {
    Object.assign(attributes, {dtype: typeValue(output!), value: constantValue(output!, node.constant!)});
  } else if (node.op === 'Placeholder') {
    const shape = attribute((value) => {
      value.setShape(shapeOf(output!.shape));
    });
    Object.assign(attributes, {dtype: typeValue(output!), shape});
  }
  const inputs = node.inputs.map((value) => reference(value, names));
  if (node.after) inputs.push(`^${names.get(node.after)!}`);
  return definition(names.get(node)!, node.op, inputs, attributes);
}

function resultDef(value: Value, name: string, names: Map<Node, string>): NodeDef {
  return definition(name, 'Identity', [reference(value, names)], {T: typeValue(typeOf(value))});
}

function definition(name: string, op: string, inputs: string[], attributes: Record<string, AttrValue>): NodeDef {
  const def = new messages.NodeDef();
  def.setName(name);
  def.setOp(op);
  def.setInputList(inputs);
  const map = def.getAttrMap();
  for (const [key, value] of Object.entries(attributes)) map.set(key, value);
  return def;
}

function reference({node, output}: Value, names: Map<Node, string>): string {
  return output === 0 ? names.get(node)! : `${names.get(node)!}:${output}`;
}

function attribute(fill: (value: AttrValue) => void): AttrValue {
  const value = new messages.AttrValue();
  fill(value);
  return value;
}

function typeValue({dtype}: TensorType): AttrValue {
  return attribute((value) => {
    value.setType(dtype);
  });
}

/** How the binding's attributes are written, by their type. */
const writers: Record<number, (message: AttrValue, value: unknown) => void> = {
  [AttributeType.string]: (message, value) => {
    message.setS(Buffer.from(String(value)));
  },
  [AttributeType.int]: (message, value) => {
    if (!Array.isArray(value)) message.setI(value as number);
    else {
      const list = new messages.AttrValue.ListValue();
      list.setIList(value as number[]);
      message.setList(list);
    }
  },
  [AttributeType.float]: (message, value) => {
    message.setF(value as number);
  },
  [AttributeType.bool]: (message, value) => {
    message.setB(value as boolean);
  },
  [AttributeType.type]: (message, value) => {
    message.setType(value as number);
  },
  [AttributeType.shape]: (message, value) => {
    message.setShape(shapeOf(value as number[]));
  },
};

function attributeValue({name, type, value}: Attribute): AttrValue {
  const write = writers[type];
  if (write === undefined) throw new Error(`saveGraph: attribute ${name} has the type ${type}, which isn't known here`);
  return attribute((message) => {
    write(message, value);
  });
}

function shapeOf(sizes: readonly number[]): TensorShape {
  const shape = new messages.TensorShape();
  for (const size of sizes) {
    const dim = new messages.TensorShape.Dim();
    dim.setSize(size);
    shape.addDim(dim);
  }
  return shape;
}

function constantValue({dtype, shape}: TensorType, values: NativeValues): AttrValue {
  const tensor = new messages.Tensor();
  tensor.setDtype(dtype);
  tensor.setTensorShape(shapeOf(shape));
  const [first] = values;
  if (first !== undefined && values.length > 1 && values.every((value) => Object.is(value, first))) {
    // One value stands for all, which saves megabytes where gradients begin with ones.
    if (dtype === DataType.float) tensor.addFloatVal(first);
    else if (dtype === DataType.int32) tensor.addIntVal(first);
    else tensor.addBoolVal(first !== 0);
  } else {
    tensor.setTensorContent(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  }
  return attribute((value) => {
    value.setTensor(tensor);
  });
}
