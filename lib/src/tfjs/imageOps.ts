// TensorFlow's decoders, by tfjs-node's native binding alone: a thread has it in a few milliseconds, where tfjs itself takes a
// second. Private to tfjs-node 4.22.0, as binding.ts is; a binding in another thread has tensors of its own.
import fs from 'node:fs';
import path from 'node:path';
import {attributeNames} from './attributeNames';
import type {NativeTensor} from './binding';
import {type Attribute, AttributeType as kind, DataType as type} from './numbers';
import {KNOWN_VERSION} from './version';

/** A picture as TensorFlow gives it. */
export interface NativePicture {
  pixels: Uint8Array | Uint16Array;
  height: number;
  width: number;
  channels: number;
}

/** What a thread needs of the binding. */
export interface ThreadBinding {
  createTensor(shape: number[], dtype: number, values: Int32Array | Float32Array | Uint8Array[]): number;
  executeOp(name: string, attributes: Attribute[], inputs: number[], outputs: number): NativeTensor[];
  tensorDataSync(id: number): Int32Array<ArrayBuffer>;
  deleteTensor(id: number): void;
  loadSavedModel(folder: string, tags: string): number;
  runSavedModel(session: number, inputs: number[], inputNames: string, outputNames: string): NativeTensor[];
}

/** [height, width] of what is asked for. */
export type NativeSize = readonly [height: number, width: number];

/**
 * A JPEG as Pillow reads it: grey stays grey, the rest becomes red, green and blue.
 *
 * @param size brings it to this size at once, by ResizeBilinear, rounded: a large picture then never gets into JavaScript
 * @throws Error when it is damaged
 */
export function decodeJpeg(bytes: Uint8Array, size?: NativeSize): NativePicture {
  return decode(bytes, size, 'DecodeJpeg', 8, jpegAttributes(0));
}

/** As Pillow decodes them. @param channels 0: those that it has */
export function jpegAttributes(channels: 0 | 1 | 3): Attribute[] {
  return [
    {name: 'channels', type: kind.int, value: channels},
    {name: 'ratio', type: kind.int, value: 1},
    {name: 'fancy_upscaling', type: kind.bool, value: true},
    {name: 'try_recover_truncated', type: kind.bool, value: false},
    {name: 'acceptable_fraction', type: kind.float, value: 1},
    {name: 'dct_method', type: kind.string, value: 'INTEGER_ACCURATE'},
  ];
}

/** A PNG with all the channels that it has; palettes become colours. @throws Error when it is damaged */
export function decodePng(bytes: Uint8Array, bits: 8 | 16, size?: NativeSize): NativePicture {
  return decode(bytes, size, 'DecodePng', bits, [
    {name: 'channels', type: kind.int, value: 0},
    {name: 'dtype', type: kind.type, value: bits === 8 ? type.uint8 : type.uint16},
  ]);
}

function decode(
  bytes: Uint8Array,
  size: NativeSize | undefined,
  operation: string,
  bits: 8 | 16,
  attributes: Attribute[],
): NativePicture {
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
    const [storedHeight, storedWidth, channels] = decoded.shape as [number, number, number];
    const [height, width] = size ?? [storedHeight, storedWidth];
    const length = height * width * channels;
    const element = bits === 8 ? type.uint8 : type.uint16;
    const T = {name: 'T', type: kind.type, value: element};
    // The binding hands out numbers of 32 bits alone: four bytes or two of 16 bits are seen as one of these.
    const each = 32 / bits;
    const rows = Math.ceil(length / each);
    const ints = (shape: number[], ...values: number[]) =>
      keep(native.createTensor(shape, type.int32, Int32Array.from(values)));
    const reshape = (input: number, ...shape: number[]) =>
      run('Reshape', [T, index('Tshape')], input, ints([shape.length], ...shape)).id;
    const resized = () => {
      const floats = run(
        'ResizeBilinear',
        [
          T,
          {name: 'align_corners', type: kind.bool, value: false},
          {name: 'half_pixel_centers', type: kind.bool, value: true},
        ],
        reshape(decoded.id, 1, storedHeight, storedWidth, channels),
        ints([2], height, width),
      );
      const half = keep(native.createTensor([], type.float, Float32Array.of(0.5)));
      const raised = run('AddV2', [{name: 'T', type: kind.type, value: type.float}], floats.id, half);
      return run(
        'Cast',
        [
          {name: 'SrcT', type: kind.type, value: type.float},
          {name: 'DstT', type: kind.type, value: element},
          {name: 'Truncate', type: kind.bool, value: false},
        ],
        raised.id,
      ).id;
    };
    const id = height === storedHeight && width === storedWidth ? decoded.id : resized();
    const missing = rows * each - length;
    const whole =
      missing === 0 ? id : run('Pad', [T, index('Tpaddings')], reshape(id, -1), ints([1, 2], 0, missing)).id;
    const grouped = reshape(whole, rows, each);
    const words = run('Bitcast', [T, {name: 'type', type: kind.type, value: type.int32}], grouped);
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

let announced = false;

/** Makes the binding safe in several threads; to be called before the first one starts. */
export function announceAttributes(): void {
  if (announced) return;
  announced = true;
  const attributes = attributeNames.map((name) => ({name, type: kind.bool, value: true}));
  try {
    // The last has no type, so that nothing is ever run.
    binding().executeOp('NoOp', [...attributes, {name: 'T', type: -1, value: 0}], [], 0);
  } catch {
    // That is the error which was meant to come; all names have been met before.
  }
}

let loaded: ThreadBinding | undefined;

export function binding(): ThreadBinding {
  loaded ??= load();
  return loaded;
}

/* eslint-disable @typescript-eslint/no-require-imports -- a native module can only be required */
function load(): ThreadBinding {
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
  return require(file) as ThreadBinding;
}
