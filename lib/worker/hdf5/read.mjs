// What is in an HDF5 file: attributes, and arrays of numbers or where they lie.
// @ts-check
import {Dataset, File, Group, Module} from 'h5wasm';
import {FILE, withFile} from './file.mjs';
import {asUtf8} from './text.mjs';
import {isEnumeration, isFloat, isNumber, isString, isWhole} from './types.mjs';

/** @import {ArrayEntry, AttributeEntry, Read, WasRead} from '../../src/files/hdf5Protocol.js' */
/** @import {Values} from './file.mjs' */

const MAX_DEPTH = 64; // groups in groups; Keras's nested models make a handful
const MAX_OBJECTS = 200_000; // a link back up would otherwise be followed for ever
const MAX_RATIO = 100; // a compressed array may take this many times the file's size
const SPARE = 2 ** 26; // however small the file: labels are packed to next to nothing
const MAX_BYTES = 2 ** 32;
const FIRST_PLUGIN = 256; // HDF5's own packings have lower numbers; the others are programs of their own
const LARGE = 2 ** 20; // HDF5 copies arrays of less than 64 kB through a buffer of its own, and can't pass them on

/**
 * @param {Read} question
 * @param {() => void} alive Called with every object, so that a slow machine can be told from a file that has no end.
 * @returns {Omit<WasRead, 'heap'>}
 */
export function read({source, wanted}, alive) {
  return withFile(source, (values) => {
    const file = new File(FILE, 'r');
    const {attributes, datasets, texts} = walk(file, source.length, wanted !== undefined, alive);
    const text = texts.find((path) => wanted?.includes(path));
    if (text !== undefined) {
      throw new Error(
        `'${text}' holds text, expected numbers; of labels numpy.unique(y, return_inverse=True) makes names and numbers`,
      );
    }
    const asked = datasets.filter(([path]) => wanted?.includes(path) ?? true);
    checkSizes(asked, file, source.length);
    const arrays = asked.map(([path, shape, dataset]) => {
      alive();
      const isPlace = !(source instanceof Uint8Array) && isPlain(dataset);
      return /** @type {ArrayEntry} */ ([path, shape, isPlace ? placeOf(dataset, values) : valuesOf(path, dataset)]);
    });
    file.close();
    const shapes = datasets.map(([path, shape]) => /** @type {[string, number[]]} */ ([path, shape]));
    return {attributes, arrays, shapes};
  });
}

/** @typedef {[path: string, shape: number[], dataset: Dataset]} Found */

/**
 * @param {File} file
 * @param {number} bytes the file's
 * @param {boolean} enumerations whether they are numbers: h5py keeps true and false as one, 0 and 1; no model's weights are that
 * @param {() => void} alive
 */
function walk(file, bytes, enumerations, alive) {
  /** @type {AttributeEntry[]} */
  const attributes = [];
  /** @type {Found[]} */
  const datasets = [];
  /** @type {string[]} */
  const texts = [];
  let objects = 0;

  /** @type {(group: Group, path: string, depth: number) => void} */
  const visit = (group, path, depth) => {
    if (depth > MAX_DEPTH) throw new Error(`groups are nested more than ${MAX_DEPTH} deep, at '${path}'`);
    for (const [name, attribute] of Object.entries(group.attrs)) {
      const {size, total_size} = attribute.metadata;
      if (size * total_size > bytes) throw new Error(`attribute '${name}' of '${path}' is larger than the file`);
      const isText = isString(attribute.metadata);
      if (isText || isNumber(attribute.metadata)) {
        const value = /** @type {AttributeEntry[2]} */ (attribute.value);
        attributes.push([path, name, isText && attribute.metadata.cset !== 1 ? asUtf8(value) : value]);
      }
    }
    for (const name of group.keys()) {
      alive();
      if (++objects > MAX_OBJECTS) throw new Error(`it holds more than ${MAX_OBJECTS} objects`);
      const childPath = path === '' ? name : `${path}/${name}`;
      const child = group.get(name);
      if (child instanceof Group) visit(child, childPath, depth + 1);
      else if (child instanceof Dataset) {
        const {metadata} = child;
        // Text and empty spaces are no weights and no pictures.
        const isArray = isNumber(metadata) || (enumerations && isEnumeration(metadata));
        if (isArray && metadata.shape) datasets.push([childPath, metadata.shape, child]);
        if (isString(metadata)) texts.push(childPath);
      } else throw new Error(`'${childPath}' is a link that leads nowhere in this file`);
    }
  };

  visit(file, '', 0);
  return {attributes, datasets, texts};
}

/**
 * Before the first number is read.
 *
 * @param {Found[]} datasets
 * @param {File} file
 * @param {number} bytes the file's
 */
function checkSizes(datasets, file, bytes) {
  const limit = Math.min(Math.max(MAX_RATIO * bytes, SPARE), Math.max(bytes, MAX_BYTES));
  let total = 0;
  for (const [path, shape, dataset] of datasets) {
    const {size, total_size} = dataset.metadata;
    checkSources(path, dataset, file);
    total += size * total_size;
    if (size * total_size > bytes && dataset.filters.length === 0) {
      throw new Error(
        `array '${path}' of shape [${shape.join(', ')}] is larger than the file: it is cut short, or keeps its values in ` +
          'another file, as external storage; save the values themselves',
      );
    }
    if (size * total_size > Module.MAXIMUM_MEMORY) {
      throw new Error(
        `array '${path}' of shape [${shape.join(', ')}] takes more than 2 GB, which HDF5 can't read here`,
      );
    }
    if (total > limit) throw new Error(`its arrays would expand to more than ${limit} bytes`);
  }
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

/**
 * Whether an array's numbers stand in the file as JavaScript has them, one after the other: 32-bit floats, as weights are.
 *
 * @param {Dataset} dataset
 */
function isPlain({metadata}) {
  const {chunks, virtual_sources, littleEndian, size, total_size} = metadata;
  const inOnePiece = chunks === null && virtual_sources === undefined;
  return inOnePiece && isFloat(metadata, 4) && littleEndian && size * total_size >= LARGE;
}

/** @type {(dataset: Dataset, values: Values) => {position: number}} */
function placeOf({file_id, path}, values) {
  const position = values.placeOf((address) => Module.get_dataset_data(file_id, path, null, null, null, address));
  return {position};
}

/** @type {(path: string, dataset: Dataset) => ArrayBufferView} */
function valuesOf(path, dataset) {
  try {
    const value = isFloat(dataset.metadata, 2) ? widened(dataset) : dataset.value;
    return ArrayBuffer.isView(value) ? value : scalar(value, dataset);
  } catch (error) {
    // What HDF5 says of values that lie in a file beside this one; h5wasm doesn't tell where they lie.
    if (!String(error).includes('external')) throw error;
    throw new Error(`'${path}' keeps its values in another file, as external storage; save the values themselves`);
  }
}

/**
 * Floats of 16 bits, which h5wasm doesn't read: their bits as it reads whole numbers, then each as the 32-bit float of the
 * same value (IEEE 754, binary16: one bit of sign, five of exponent, ten of fraction).
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

/**
 * h5wasm unpacks scalars: a number or a bigint. What is a whole number in the file has to stay one, however many bits it
 * has: an optimizer's count of steps is told from its learning rate by that.
 *
 * @param {unknown} value
 * @param {Dataset} dataset
 */
function scalar(value, {metadata}) {
  return isWhole(metadata)
    ? BigInt64Array.of(BigInt(/** @type {number | bigint} */ (value)))
    : Float64Array.of(Number(value));
}
