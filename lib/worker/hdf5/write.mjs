// Writes an HDF5 file: groups, attributes and small arrays; for large ones there is room, and who asked writes the numbers.
// @ts-check
import {File, Module, guess_metadata} from 'h5wasm';
import {FILE, length, withFile} from './file.mjs';

/** @import {Group} from 'h5wasm' */
/** @import {Room, Write, Written} from '../../src/files/hdf5Protocol.js' */
/** @import {Values} from './file.mjs' */

/**
 * @param {Write} question
 * @returns {Omit<Written, 'heap'>}
 */
export function write({fd, start, attributes, arrays, rooms}) {
  return withFile({fd, start, length: 0}, (values) => {
    const file = new File(FILE, 'w');
    const groupAt = groupsOf(file);
    for (const [path, name, value] of attributes) {
      // An empty list has no strings to guess a type from; h5py writes it as numbers, too.
      const isEmpty = Array.isArray(value) && value.length === 0;
      if (isEmpty) groupAt(path).create_attribute(name, new Float64Array(0), [0], '<d');
      else groupAt(path).create_attribute(name, /** @type {string} */ (value));
    }
    for (const [path, shape, data] of arrays) {
      const {group, name} = split(path);
      groupAt(group).create_dataset({name, data: /** @type {Float32Array} */ (data), shape});
    }
    const positions = rooms.map((room) => {
      groupAt(split(room[0]).group);
      return reserve(file, room, values);
    });
    file.close();
    return {length: length(), positions};
  });
}

/** @type {(file: File) => (path: string) => Group} The group under a path, made where it isn't there. */
function groupsOf(file) {
  /** @type {Map<string, Group>} */
  const groups = new Map([['', file]]);
  /** @type {(path: string) => Group} */
  const groupAt = (path) => {
    const known = groups.get(path);
    if (known !== undefined) return known;
    const {group, name} = split(path);
    const made = groupAt(group).create_group(name);
    groups.set(path, made);
    return made;
  };
  return groupAt;
}

/** @type {(path: string) => {group: string; name: string}} */
function split(path) {
  const slash = path.lastIndexOf('/');
  return {group: path.slice(0, Math.max(slash, 0)), name: path.slice(slash + 1)};
}

/**
 * An array of 32-bit floats without its numbers.
 *
 * @param {File} file
 * @param {Room} room
 * @param {Values} values
 * @returns where they go
 */
function reserve(file, [path, shape], values) {
  const count = shape.reduce((product, length) => product * length, 1);
  const lengths = shape.map(BigInt);
  const type = {...guess_metadata(new Float32Array()), total_size: count, shape: lengths, maxshape: lengths};
  const asItIs = {chunks: null, compression: 0, compression_opts: [], track_order: false};
  return values.placeOf((address) => Module.create_dataset(file.file_id, `/${path}`, address, {...type, ...asItIs}));
}
