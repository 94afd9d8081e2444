// TensorFlow's decoders, by tfjs-node's native binding alone: a thread has it in a few milliseconds, where tfjs itself takes a
// second. Private to tfjs-node 4.22.0, as binding.ts is; a binding in another thread has tensors of its own.
import fs from 'node:fs';
import path from 'node:path';
import type {Attribute, NativeTensor} from './binding';

/** A picture as TensorFlow gives it. */
export interface NativePicture {
  pixels: Uint8Array | Uint16Array;
  height: number;
  width: number;
  channels: number;
}

interface Binding {
  createTensor(shape: number[], dtype: number, values: Int32Array | Uint8Array[]): number;
  executeOp(name: string, attributes: Attribute[], inputs: number[], outputs: number): NativeTensor[];
  tensorDataSync(id: number): Int32Array<ArrayBuffer>;
  deleteTensor(id: number): void;
}

const KNOWN_VERSION = '4.22.0';
/** Numbers of TensorFlow's own enum DataType, and of the binding's kinds of attributes. */
const type = {int32: 3, uint8: 4, string: 7, uint16: 17} as const;
const kind = {string: 0, int: 1, float: 2, bool: 3, type: 4} as const;

/** A JPEG as Pillow reads it: grey stays grey, the rest becomes red, green and blue. @throws Error when it is damaged */
export function decodeJpeg(bytes: Uint8Array): NativePicture {
  return decode(bytes, 'DecodeJpeg', 8, [
    {name: 'channels', type: kind.int, value: 0},
    {name: 'ratio', type: kind.int, value: 1},
    {name: 'fancy_upscaling', type: kind.bool, value: true},
    {name: 'try_recover_truncated', type: kind.bool, value: false},
    {name: 'acceptable_fraction', type: kind.float, value: 1},
    {name: 'dct_method', type: kind.string, value: 'INTEGER_ACCURATE'},
  ]);
}

/** A PNG with all the channels that it has; palettes become colours. @throws Error when it is damaged */
export function decodePng(bytes: Uint8Array, bits: 8 | 16): NativePicture {
  return decode(bytes, 'DecodePng', bits, [
    {name: 'channels', type: kind.int, value: 0},
    {name: 'dtype', type: kind.type, value: bits === 8 ? type.uint8 : type.uint16},
  ]);
}

function decode(bytes: Uint8Array, operation: string, bits: 8 | 16, attributes: Attribute[]): NativePicture {
  const native = binding();
  const made: number[] = [];
  const keep = (id: number) => {
    made.push(id);
    return id;
  };
  const run = (name: string, list: Attribute[], ...inputs: number[]) => {
    const [output] = native.executeOp(name, list, inputs, 1);
    keep(output!.id);
    return output!;
  };
  try {
    const text = keep(native.createTensor([], type.string, [bytes]));
    const decoded = run(operation, attributes, text);
    const [height, width, channels] = decoded.shape as [number, number, number];
    const length = height * width * channels;
    const element = bits === 8 ? type.uint8 : type.uint16;
    const T = {name: 'T', type: kind.type, value: element};
    // The binding hands out numbers of 32 bits alone: four bytes or two of 16 bits are seen as one of these.
    const each = 32 / bits;
    const rows = Math.ceil(length / each);
    const flat = run(
      'Reshape',
      [T, index('Tshape')],
      decoded.id,
      keep(native.createTensor([1], type.int32, Int32Array.of(-1))),
    );
    const padding = keep(native.createTensor([1, 2], type.int32, Int32Array.of(0, rows * each - length)));
    const padded = rows * each === length ? flat : run('Pad', [T, index('Tpaddings')], flat.id, padding);
    const pair = keep(native.createTensor([2], type.int32, Int32Array.of(rows, each)));
    const grouped = run('Reshape', [T, index('Tshape')], padded.id, pair);
    const words = run('Bitcast', [T, {name: 'type', type: kind.type, value: type.int32}], grouped.id);
    const {buffer, byteOffset} = native.tensorDataSync(words.id);
    const pixels = new (bits === 8 ? Uint8Array : Uint16Array)(buffer, byteOffset, length);
    return {pixels, height, width, channels};
  } finally {
    for (const id of made) native.deleteTensor(id);
  }
}

function index(name: string): Attribute {
  return {name, type: kind.type, value: type.int32};
}

let loaded: Binding | undefined;

function binding(): Binding {
  loaded ??= load();
  return loaded;
}

/* eslint-disable @typescript-eslint/no-require-imports -- a native module has no other door */
function load(): Binding {
  const manifest = require.resolve('@tensorflow/tfjs-node/package.json');
  const {version} = require(manifest) as {version: string};
  if (version !== KNOWN_VERSION) {
    throw new Error(`pictures are read by tfjs-node ${KNOWN_VERSION}, and this is ${version}`);
  }
  // C++'s log goes straight to the terminal: only errors, which become ours.
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2';
  const lib = path.join(path.dirname(manifest), 'lib');
  const file = fs
    .readdirSync(lib)
    .map((name) => path.join(lib, name, 'tfjs_binding.node'))
    .find((candidate) => fs.existsSync(candidate));
  if (file === undefined)
    throw new Error("TensorFlow's native library isn't there; run npm run setup in convlab's folder");
  return require(file) as Binding;
}
