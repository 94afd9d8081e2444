// What is no model file of Keras's: what it is, and what to do. Told by its first bytes where they say it, else by its
// name.

const IN_KERAS = "open it in Python and save it from there as Keras's: model.save('mymodel.keras')";

const BY_ENDING: ReadonlyMap<string, string> = new Map([
  ['pb', `a graph of TensorFlow's; if it lies in a SavedModel folder, ${IN_KERAS}`],
  ['tflite', 'a model of TensorFlow Lite, made to predict on phones; look for the Keras model that it was made from'],
  ['onnx', "a model of ONNX's, which is read by onnxruntime-node"],
  ['pt', "a model of PyTorch's, which only PyTorch reads"],
  ['pth', "a model of PyTorch's, which only PyTorch reads"],
  ['safetensors', 'weights without a model, as PyTorch libraries share them; they can be read by those'],
  ['pkl', 'a pickle, and reading one runs the code in it'],
  ['pickle', 'a pickle, and reading one runs the code in it'],
  ['npz', 'arrays of NumPy without a model'],
  ['index', "a checkpoint of TensorFlow's: weights without a model; in Python, load it with model.load_weights()"],
  ['ckpt', "a checkpoint of TensorFlow's: weights without a model; in Python, load it with model.load_weights()"],
]);

/** The sentence for a file that begins with these bytes, some 200 or all that there are. */
export function foreignFile(path: string, bytes: Buffer): string {
  if (bytes.length === 0) return 'it is empty';
  // A pickle of protocol 2 to 5 begins with this opcode and its number.
  if (bytes[0] === 0x80 && bytes[1]! >= 2 && bytes[1]! <= 5)
    return 'it is a pickle, and reading one runs the code in it';
  if (bytes.toString('latin1', 4, 8) === 'TFL3') return `it is ${BY_ENDING.get('tflite')!}`;
  if (bytes.toString('latin1', 0, 40).startsWith('version https://git-lfs')) {
    return "it is Git's note of where a large file lies, not the file: fetch it with git lfs pull";
  }
  if (/^\s*<(!doctype|html)/i.test(bytes.toString('latin1', 0, 200))) {
    return 'it is a web page, not a model: what was downloaded is the page around the file';
  }
  const known = BY_ENDING.get(/\.(\w+)$/.exec(path)?.[1]?.toLowerCase() ?? '');
  if (known !== undefined) return `it is ${known}`;
  return "it is no model file of Keras's: neither HDF5 (.h5) nor a zip archive (.keras)";
}

/** The sentence for a folder that holds no model.json. */
export function foreignFolder(names: readonly string[]): string {
  if (names.includes('saved_model.pb') || names.includes('keras_metadata.pb')) {
    return `it is a SavedModel, a folder of TensorFlow's own; ${IN_KERAS}`;
  }
  if (names.includes('config.json') && names.includes('model.weights.h5')) {
    return "it is an unpacked .keras file: zip what is in it, and call the archive 'mymodel.keras'";
  }
  return "it is a folder without a model.json, which TensorFlow.js's models have";
}
