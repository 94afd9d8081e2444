// HDF5 in a thread of its own, and the only code that knows h5wasm. HDF5 is C: a damaged file can make it trap, spin or
// ask for gigabytes. Here that ends this thread and nothing else. h5wasm's files live in memory, so a link inside a
// file to another file on the disk leads nowhere. Plain JavaScript, because a thread starts from a file, and this one
// has to be the same whether TypeScript's sources run (tests) or what they compile to.
// @ts-check
import {parentPort} from 'node:worker_threads';
import h5wasm, {Dataset, File, FS, Group, Module} from 'h5wasm';

/**
 * @import {Metadata} from 'h5wasm'
 * @import {Answer, ArrayEntry, AttributeEntry, Question, Read, Write} from '../src/files/hdf5Protocol.js'
 */

const MAX_DEPTH = 64; // groups in groups; Keras's nested models make a handful
const MAX_OBJECTS = 200_000; // a link back up would otherwise be followed for ever
const MAX_RATIO = 100; // a compressed array may take this many times the file's size
const SPARE = 2 ** 26; // however small the file: labels are packed to next to nothing
const MAX_BYTES = 2 ** 32;
const FIRST_PLUGIN = 256; // HDF5's own packings have lower numbers; the others are programs of their own
const METADATA = 2 ** 18; // what HDF5 writes around the arrays, as a rule
const FILE = '/file.h5';

/** Which byte h5wasm made a letter of: by code, or as browsers read ASCII. */
const BYTES = new Map(
  Array.from({length: 256}, (_, byte) => byte).flatMap((byte) => [
    [new TextDecoder('ascii').decode(Uint8Array.of(byte)), byte],
    [String.fromCharCode(byte), byte],
  ]),
);

const port = /** @type {import('node:worker_threads').MessagePort} */ (parentPort);

/** @type {(answer: Answer, transfer?: ArrayBufferLike[]) => void} */
const say = (answer, transfer = []) => {
  port.postMessage(answer, /** @type {ArrayBuffer[]} */ (transfer));
};

await h5wasm.ready;
// There only from now on.
const files = /** @type {NonNullable<typeof FS>} */ (FS);
// Without it HDF5 prints its errors and h5wasm hands out whatever was in memory.
Module.activate_throwing_error_handler();
port.on('message', (/** @type {Question} */ question) => {
  try {
    if ('bytes' in question) {
      const answer = read(question);
      const buffers = answer.arrays.map(([, , data]) => data.buffer);
      say({...answer, heap: Module.HEAPU8.length}, buffers);
    } else {
      const bytes = write(question);
      say({bytes, heap: Module.HEAPU8.length}, [bytes.buffer]);
    }
  } catch (error) {
    say({error: reason(error)});
  }
});
// A question that can't be passed on, such as one with arrays that were handed over before.
port.on('messageerror', (error) => {
  say({error: reason(error)});
});
say({ready: true});

/** @param {Read} question */
function read({bytes, wanted}) {
  // canOwn: the bytes themselves become the file, not a copy. h5wasm's types don't know it; Emscripten does.
  files.writeFile(FILE, bytes, /** @type {{flags?: string}} */ ({canOwn: true}));
  const file = new File(FILE, 'r');
  /** @type {AttributeEntry[]} */
  const attributes = [];
  /** @type {[path: string, shape: number[], dataset: Dataset][]} */
  const datasets = [];
  let objects = 0;
  let total = 0;
  const limit = Math.min(Math.max(MAX_RATIO * bytes.length, SPARE), Math.max(bytes.length, MAX_BYTES));

  /** @type {(group: Group, path: string, depth: number) => void} */
  const visit = (group, path, depth) => {
    if (depth > MAX_DEPTH) throw new Error(`groups are nested more than ${MAX_DEPTH} deep, at '${path}'`);
    for (const [name, attribute] of Object.entries(group.attrs)) {
      const {size, total_size, type} = attribute.metadata;
      if (size * total_size > bytes.length) throw new Error(`attribute '${name}' of '${path}' is larger than the file`);
      if (isNumber(type) || isString(type)) {
        const value = /** @type {AttributeEntry[2]} */ (attribute.value);
        attributes.push([path, name, isString(type) && attribute.metadata.cset !== 1 ? asUtf8(value) : value]);
      }
    }
    for (const name of group.keys()) {
      say({alive: true});
      if (++objects > MAX_OBJECTS) throw new Error(`it holds more than ${MAX_OBJECTS} objects`);
      const childPath = path === '' ? name : `${path}/${name}`;
      const child = group.get(name);
      if (child instanceof Group) visit(child, childPath, depth + 1);
      else if (child instanceof Dataset) {
        const {shape, type} = child.metadata;
        // Text and empty spaces are no weights and no pictures.
        // h5py keeps true and false as an enumeration, 0 and 1; no model's weights are that.
        if ((isNumber(type) || (wanted !== undefined && isEnumeration(type))) && shape)
          datasets.push([childPath, shape, child]);
      } else throw new Error(`'${childPath}' is a link that leads nowhere in this file`);
    }
  };

  /** @type {(entry: [string, number[], Dataset]) => ArrayEntry} */
  const valuesOf = ([path, shape, dataset]) => {
    say({alive: true});
    const value = isHalf(dataset) ? widened(dataset) : dataset.value;
    return [path, shape, ArrayBuffer.isView(value) ? value : scalar(value, dataset)];
  };

  visit(file, '', 0);
  const asked = datasets.filter(([path]) => wanted?.includes(path) ?? true);
  for (const [path, shape, dataset] of asked) {
    const {size, total_size} = dataset.metadata;
    checkSources(path, dataset, file);
    total += size * total_size;
    if (size * total_size > bytes.length && dataset.filters.length === 0) {
      throw new Error(`array '${path}' of shape [${shape.join(', ')}] is larger than the file`);
    }
    if (total > limit) throw new Error(`its arrays would expand to more than ${limit} bytes`);
  }
  const arrays = asked.map(valuesOf);
  file.close();
  files.unlink(FILE);
  const shapes = datasets.map(([path, shape]) => /** @type {[string, number[]]} */ ([path, shape]));
  return {attributes, arrays, shapes};
}

/**
 * Of what isn't in this file, HDF5 makes zeros without a word.
 *
 * @param {string} path
 * @param {Dataset} dataset
 * @param {File} file
 */
function checkSources(path, {metadata, filters}, file) {
  const outside = metadata.virtual_sources?.find(({file_name}) => file_name !== '.');
  if (outside !== undefined) {
    throw new Error(`'${path}' is put together from other files, as ${outside.file_name}; save the values themselves`);
  }
  const missing = metadata.virtual_sources?.find(({dset_name}) => !(file.get(dset_name) instanceof Dataset));
  if (missing !== undefined)
    throw new Error(`'${path}' is put together from '${missing.dset_name}', which isn't there`);
  const plugin = filters.find(({id}) => id >= FIRST_PLUGIN);
  if (plugin === undefined) return;
  const name = plugin.name.replace(/[;:].*/, '');
  throw new Error(
    `'${path}' is packed with ${name || `filter ${plugin.id}`}; save it with gzip, as h5py calls it, or as it is`,
  );
}

/** @type {(value: AttributeEntry[2]) => AttributeEntry[2]} Keras's bytes are UTF-8, also where h5py calls them ASCII. */
function asUtf8(value) {
  if (Array.isArray(value)) return /** @type {string[]} */ (value.map((each) => asUtf8(each)));
  if (typeof value !== 'string' || /^\p{ASCII}*$/u.test(value)) return value;
  try {
    return new TextDecoder('utf-8', {fatal: true}).decode(
      Uint8Array.from(value, (letter) => BYTES.get(letter) ?? 0xff),
    );
  } catch {
    return value; // in another encoding
  }
}

/** @param {Write} question */
function write({attributes, arrays}) {
  const file = new File(FILE, 'w');
  /** @type {Map<string, Group>} */
  const groups = new Map([['', file]]);
  /** @type {(path: string) => Group} */
  const group = (path) => {
    const known = groups.get(path);
    if (known !== undefined) return known;
    const slash = path.lastIndexOf('/');
    const made = group(path.slice(0, Math.max(slash, 0))).create_group(path.slice(slash + 1));
    groups.set(path, made);
    return made;
  };
  for (const [path, name, value] of attributes) {
    // An empty list has no strings to guess a type from; h5py writes it as numbers, too.
    if (Array.isArray(value) && value.length === 0) group(path).create_attribute(name, new Float64Array(0), [0], '<d');
    else group(path).create_attribute(name, /** @type {string} */ (value));
  }
  file.flush();
  reserve(arrays.reduce((sum, [, , data]) => sum + data.byteLength, 0));
  for (const [path, shape, data] of arrays) {
    const slash = path.lastIndexOf('/');
    const place = group(path.slice(0, Math.max(slash, 0)));
    place.create_dataset({name: path.slice(slash + 1), data: /** @type {Float32Array} */ (data), shape});
  }
  file.close();
  const {contents, usedBytes} = fileNode();
  files.unlink(FILE);
  return contents.subarray(0, usedBytes);
}

/** Emscripten's file in memory, which h5wasm's types don't know: its bytes, with room behind them, and how many are used. */
function fileNode() {
  const {lookupPath} =
    /** @type {{lookupPath: (path: string) => {node: {contents: Uint8Array, usedBytes: number}}}} */ (
      /** @type {unknown} */ (files)
    );
  return lookupPath(FILE).node;
}

/**
 * Room for so many bytes more. Growing step by step, the file would be copied whole with each array.
 *
 * @param {number} bytes
 */
function reserve(bytes) {
  const node = fileNode();
  const larger = new Uint8Array(node.usedBytes + bytes + METADATA);
  larger.set(node.contents.subarray(0, node.usedBytes));
  node.contents = larger;
}

/**
 * Floats of 16 bits, which h5wasm doesn't read.
 *
 * @param {Dataset} dataset
 */
function isHalf({metadata: {type, size}}) {
  return type === Module.H5T_class_t.H5T_FLOAT.value && size === 2;
}

/**
 * Their 16 bits as h5wasm reads whole numbers, then each as the 32-bit float of the same value (IEEE 754, binary16:
 * one bit of sign, five of exponent, ten of fraction).
 *
 * @param {Dataset} dataset
 */
function widened(dataset) {
  const asWhole = {...dataset.metadata, type: Module.H5T_class_t.H5T_INTEGER.value, signed: false};
  Object.defineProperty(dataset, 'metadata', {value: asWhole});
  const {value} = dataset;
  const bits = value instanceof Uint16Array ? value : Uint16Array.of(Number(value));
  return Float32Array.from(bits, (half) => {
    const sign = half & 0x8000 ? -1 : 1;
    const exponent = (half >> 10) & 0x1f;
    const fraction = half & 0x3ff;
    if (exponent === 0) return sign * fraction * 2 ** -24;
    if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
    return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
  });
}

/** @param {Metadata['type']} type */
function isNumber(type) {
  return type === Module.H5T_class_t.H5T_INTEGER.value || type === Module.H5T_class_t.H5T_FLOAT.value;
}

/** @param {Metadata['type']} type */
function isEnumeration(type) {
  return type === Module.H5T_class_t.H5T_ENUM.value;
}

/** @param {Metadata['type']} type */
function isString(type) {
  return type === Module.H5T_class_t.H5T_STRING.value;
}

/**
 * h5wasm unpacks scalars: a number or a bigint. What is a whole number in the file has to stay one, however many bits it
 * has: an optimizer's count of steps is told from its learning rate by that.
 *
 * @param {unknown} value
 * @param {Dataset} dataset
 */
function scalar(value, {metadata: {type}}) {
  const isWhole = type === Module.H5T_class_t.H5T_INTEGER.value;
  return isWhole ? BigInt64Array.of(BigInt(/** @type {number | bigint} */ (value))) : Float64Array.of(Number(value));
}

/**
 * HDF5 reports its whole call stack; the innermost line says what is wrong.
 *
 * @param {unknown} error
 * @returns {string}
 */
function reason(error) {
  const text = error instanceof Error ? error.message : String(error);
  const innermost = text.match(/ in \w+\(\): .*/g)?.at(-1);
  return innermost?.replace(/^ in \w+\(\): /, '') ?? text.split('\n', 1)[0] ?? text;
}
