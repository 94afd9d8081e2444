// TensorFlow's protocol buffers, as tfjs-node ships them: classes generated from its api.proto, without declarations. These
// are those of what a graph needs: tensorflow/core/framework/{graph,node_def,attr_value,tensor,tensor_shape,versions}.proto
// and tensorflow/core/protobuf/{saved_model,meta_graph}.proto.

interface MessageMap<Value> {
  set(key: string, value: Value): unknown;
}

export interface TensorShape {
  addDim(dim: {setSize(size: number): void}): unknown;
}

export interface TensorProto {
  setDtype(type: number): void;
  setTensorShape(shape: TensorShape): void;
  /** The values as they lie in memory. */
  setTensorContent(bytes: Uint8Array): void;
  // One value here stands for all of them.
  addFloatVal(value: number): unknown;
  addIntVal(value: number): unknown;
  addBoolVal(value: boolean): unknown;
}

export interface AttrValue {
  setS(bytes: Uint8Array): void;
  setI(value: number): void;
  setF(value: number): void;
  setB(value: boolean): void;
  setType(type: number): void;
  setShape(shape: TensorShape): void;
  setTensor(tensor: TensorProto): void;
  setList(list: {setIList(values: number[]): void}): void;
}

export interface NodeDef {
  setName(name: string): void;
  setOp(operation: string): void;
  setInputList(names: string[]): void;
  getAttrMap(): MessageMap<AttrValue>;
}

interface GraphDef {
  setNodeList(nodes: NodeDef[]): void;
  setVersions(versions: {setProducer(version: number): void}): void;
}

interface SignatureDef {
  getOutputsMap(): MessageMap<TensorInfo>;
}

interface TensorInfo {
  setName(name: string): void;
}

interface MetaInfoDef {
  setTagsList(tags: string[]): void;
}

interface MetaGraphDef {
  setMetaInfoDef(information: MetaInfoDef): void;
  setGraphDef(graph: GraphDef): void;
  getSignatureDefMap(): MessageMap<SignatureDef>;
}

interface SavedModel {
  setSavedModelSchemaVersion(version: number): void;
  addMetaGraphs(metaGraph: MetaGraphDef): unknown;
  serializeBinary(): Uint8Array;
}

interface Messages {
  AttrValue: (new () => AttrValue) & {ListValue: new () => {setIList(values: number[]): void}};
  GraphDef: new () => GraphDef;
  MetaGraphDef: (new () => MetaGraphDef) & {MetaInfoDef: new () => MetaInfoDef};
  NodeDef: new () => NodeDef;
  SavedModel: new () => SavedModel;
  SignatureDef: new () => SignatureDef;
  Tensor: new () => TensorProto;
  TensorInfo: new () => TensorInfo;
  TensorShape: (new () => TensorShape) & {Dim: new () => {setSize(size: number): void}};
  VersionDef: new () => {setProducer(version: number): void};
}

// eslint-disable-next-line @typescript-eslint/no-require-imports -- a file inside the package, which has no declarations.
export const messages = require('@tensorflow/tfjs-node/dist/proto/api_pb') as Messages;
