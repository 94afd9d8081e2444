// The one file that HDF5 sees: bytes in memory, or a part of a file on the disk that is open. Nothing else is there, so that
// a link inside a file to another file leads nowhere.
// @ts-check
import {ftruncateSync, readSync, writeSync} from 'node:fs';
import {FS, Module} from 'h5wasm';

/** @import {Span} from '../../src/files/hdf5Protocol.js' */

/** Under which name HDF5 opens it. */
export const FILE = '/file.h5';

/**
 * Emscripten's file, of which h5wasm's types know little: its length, and what is done when C reads and writes.
 *
 * @typedef {{usedBytes: number; stream_ops: Operations}} Node
 * @typedef {{node: Node}} Stream
 * @typedef {(stream: Stream, memory: Int8Array, address: number, length: number, position: number) => number} Transfer
 * @typedef {{read: Transfer, write: Transfer, setattr?: (stream: Stream, attributes: {size?: number}) => void}} Operations
 */

/**
 * Puts a file's bytes there, runs what reads or writes them, and takes the file away.
 *
 * @template Result
 * @param {Uint8Array | Span} source
 * @param {(values: Values) => Result} work
 * @returns {Result}
 */
export function withFile(source, work) {
  const files = /** @type {NonNullable<typeof FS>} */ (FS);
  const inMemory = source instanceof Uint8Array;
  // canOwn: the bytes themselves become the file, not a copy. h5wasm's types don't know it; Emscripten does.
  files.writeFile(FILE, inMemory ? source : new Uint8Array(), /** @type {{flags?: string}} */ ({canOwn: true}));
  const values = new Values();
  if (!inMemory) {
    const {node} = /** @type {{node: Node}} */ (/** @type {unknown} */ (files.lookupPath(FILE, {})));
    node.usedBytes = source.length;
    node.stream_ops = {...node.stream_ops, ...onDisk(source, values)};
  }
  const result = work(values);
  files.unlink(FILE);
  return result;
}

/** How many bytes it has now. */
export function length() {
  const {size} = /** @type {{size: number}} */ (/** @type {NonNullable<typeof FS>} */ (FS).stat(FILE));
  return size;
}

/**
 * Where in the file arrays of many numbers lie. HDF5 is told to read or write them at an address past the end of
 * WebAssembly's memory. It passes such an address on to the file unread, with the position: that position is all that is
 * wanted, and who asked moves the numbers himself, without a copy in this memory. Would HDF5 look at a number, it
 * would trap.
 */
export class Values {
  /** @type {number | undefined} */
  #position;

  /** No memory has it, in bytes. */
  get address() {
    return Module.MAXIMUM_MEMORY;
  }

  /**
   * Whether HDF5 passes this address on, and then where to.
   *
   * @param {number} address
   * @param {number} position
   */
  pass(address, position) {
    if (address < this.address) return false;
    if (address === this.address) this.#position = position;
    return true;
  }

  /**
   * Where the array lies that `work` has HDF5 read from the address, or write.
   *
   * @param {(address: bigint) => unknown} work
   * @returns {number}
   */
  placeOf(work) {
    this.#position = undefined;
    work(BigInt(this.address));
    if (this.#position === undefined) throw new Error('HDF5 did not say where an array lies');
    return this.#position;
  }
}

/** @type {(span: Span, values: Values) => Operations} */
function onDisk({fd, start}, values) {
  return {
    read({node}, memory, address, length, position) {
      const size = Math.min(length, node.usedBytes - position);
      if (size <= 0) return 0;
      return values.pass(address, position) ? size : readSync(fd, memory, address, size, start + position);
    },
    write({node}, memory, address, length, position) {
      const passed = values.pass(address, position);
      const size = passed ? length : writeSync(fd, memory, address, length, start + position);
      node.usedBytes = Math.max(node.usedBytes, position + size);
      return size;
    },
    setattr({node}, {size}) {
      if (size === undefined) return;
      ftruncateSync(fd, start + size);
      node.usedBytes = size;
    },
  };
}
