// The insides of tfjs-node: the backend's native binding, and the table from a tensor's data to the native tensor that
// holds it.
import {type Attribute, AttributeType, DataType} from './numbers';
import {withReplaced} from './replaced';
import {tf} from './tensorflow';

export {type Attribute, AttributeType, DataType};

/** The same for tfjs's types. */
export const dataTypes = {float32: DataType.float, int32: DataType.int32, bool: DataType.bool} as const;

/** A native tensor: its number in the binding's table, its shape, and its DataType. */
export interface NativeTensor {
  id: number;
  shape: number[];
  dtype: number;
}

export type NativeValues = Float32Array | Int32Array | Uint8Array;

/** The binding's functions that recording listens to. */
export interface Calls {
  executeOp(name: string, attributes: Attribute[], inputs: number[], outputs: number): NativeTensor[];
  createTensor(shape: number[], dtype: number, values: NativeValues): number;
  tensorDataSync(id: number): NativeValues;
}

interface Binding extends Calls {
  deleteTensor(id: number): void;
  loadSavedModel(folder: string, tags: string): number;
  runSavedModel(session: number, inputs: number[], inputNames: string, outputNames: string): NativeTensor[];
  deleteSavedModel(session: number): void;
}

interface Backend {
  binding: Binding;
  tensorMap: {get(dataId: object): {id: number; refCount: number; values: unknown}};
  getInputTensorIds(tensors: tf.Tensor[]): number[];
  createOutputTensor(native: NativeTensor): tf.Tensor;
}

/** Why graphs can't be run here, or undefined when they can: another backend of tfjs knows none. */
export function otherBackend(): string | undefined {
  const name = tf.getBackend();
  return name === 'tensorflow' ? undefined : `it needs the backend "tensorflow", and this is "${name}"`;
}

/** TensorFlow's, also while another one is set: what was loaded into it must be given back to it. */
function backend(): Backend {
  return tf.findBackend('tensorflow') as unknown as Backend;
}

/** The native tensor behind a tensor; uploads the values where they still wait in JavaScript. */
export function nativeId(tensor: tf.Tensor): number {
  return backend().getInputTensorIds([tensor])[0]!;
}

/** A copy of a native tensor's values, with their type. */
export function readNative(id: number): {shape: number[]; dtype: number; values: NativeValues} {
  const binding = real ?? backend().binding;
  // The binding tells the type of results only, so that the tensor is passed through an operation that does nothing.
  const [same] = binding.executeOp('Identity', [], [id], 1);
  const values = binding.tensorDataSync(id);
  binding.deleteTensor(same!.id);
  return {shape: same!.shape, dtype: same!.dtype, values};
}

/** A tensor for a native one, which it then owns. */
export function adopt(native: NativeTensor): tf.Tensor {
  return backend().createOutputTensor(native);
}

/**
 * A float32 tensor of whole numbers. TensorFlow widens them: in JavaScript all of them would stand there as floats a second
 * time.
 */
export function widen(values: Uint8Array | Uint16Array, shape: number[]): tf.Tensor {
  const binding = real ?? backend().binding;
  const made: number[] = [];
  const run = (name: string, attributes: Attribute[], input: number): NativeTensor => {
    const [output] = binding.executeOp(name, attributes, [input], 1);
    made.push(output!.id);
    return output!;
  };
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  const wide = values instanceof Uint16Array;
  try {
    const raw = binding.createTensor(wide ? [...shape, 2] : shape, DataType.uint8, bytes);
    made.push(raw);
    // The binding takes bytes but no numbers of two bytes; TensorFlow sees them in pairs of bytes.
    const narrow = wide ? run('Bitcast', typesOf('T', DataType.uint8, 'type', DataType.uint16), raw).id : raw;
    const source = wide ? DataType.uint16 : DataType.uint8;
    const truncate = {name: 'Truncate', type: AttributeType.bool, value: false};
    const result = run('Cast', [...typesOf('SrcT', source, 'DstT', DataType.float), truncate], narrow);
    made.pop();
    return adopt(result);
  } finally {
    for (const id of made) binding.deleteTensor(id);
  }
}

function typesOf(from: string, source: number, to: string, target: number): Attribute[] {
  return [
    {name: from, type: AttributeType.type, value: source},
    {name: to, type: AttributeType.type, value: target},
  ];
}

/** Gives a variable the value of a native tensor, which it then owns. */
export function assignNative(variable: tf.Variable, native: NativeTensor): void {
  const {binding, tensorMap} = backend();
  const data = tensorMap.get(variable.dataId);
  if (data.refCount === 1) {
    // Nobody shares the old value, so that the new one can move into its place.
    binding.deleteTensor(data.id);
    data.id = native.id;
  } else {
    const value = adopt(native);
    variable.assign(value);
    value.dispose();
  }
}

/** Runs one TensorFlow operation, whether or not tfjs knows it. */
export function runOperation(name: string, attributes: Attribute[], inputs: tf.Tensor[]): tf.Tensor {
  return runOperations(name, attributes, inputs, 1)[0]!;
}

/** As `runOperation`, for one with several results. */
export function runOperations(
  name: string,
  attributes: Attribute[],
  inputs: tf.Tensor[],
  results: number,
): tf.Tensor[] {
  return backend().binding.executeOp(name, attributes, inputs.map(nativeId), results).map(adopt);
}

/** The native binding, while another object stands in its place. */
let real: Binding | undefined;

/** Runs `f` while `listener` stands between tfjs and the binding; it is given the real functions. */
export function listen<T>(listener: (real: Calls) => Calls, f: () => T): T {
  const binding = backend().binding;
  const heard = listener({
    executeOp: (name, attributes, inputs, outputs) => binding.executeOp(name, attributes, inputs, outputs),
    createTensor: (shape, dtype, values) => binding.createTensor(shape, dtype, values),
    tensorDataSync: (id) => binding.tensorDataSync(id),
  });
  // The native object can neither be wrapped in a Proxy nor assigned to; an heir with functions of its own can stand in.
  const stand = Object.create(binding, {
    executeOp: {value: heard.executeOp.bind(heard)},
    createTensor: {value: heard.createTensor.bind(heard)},
    tensorDataSync: {value: heard.tensorDataSync.bind(heard)},
  }) as Binding;
  real = binding;
  try {
    return withReplaced(backend(), {binding: stand}, f);
  } finally {
    real = undefined;
  }
}

/** Whether an operation has failed because TensorFlow got no memory for its result. */
export function isOutOfMemory(error: unknown): boolean {
  // TensorFlow's status RESOURCE_EXHAUSTED, in the binding's words.
  return error instanceof Error && error.message.includes('Invalid TF_Status: 8');
}

/** A graph loaded into TensorFlow, ready to run. */
export class Session {
  private readonly id: number;

  /** @param folder With a saved_model.pb in it; not needed any more once it is loaded. */
  constructor(folder: string) {
    // TensorFlow joins the file's name to the folder's as it stands.
    this.id = backend().binding.loadSavedModel(folder.endsWith('/') ? folder : `${folder}/`, 'serve');
  }

  /** Runs the graph; blocks until it is done. @param inputs Ids of native tensors, one a name of `inputNames`. */
  run(inputs: number[], inputNames: string, outputNames: string): NativeTensor[] {
    return backend().binding.runSavedModel(this.id, inputs, inputNames, outputNames);
  }

  close(): void {
    backend().binding.deleteSavedModel(this.id);
  }
}
