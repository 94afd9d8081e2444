/**
 * What is said between `hdf5.ts` and its thread, `worker/hdf5.mjs`. Paths in an HDF5 file have no leading slash; the
 * root's is ''.
 */

/** What an attribute of a group can hold here; other types are passed over when reading. */
export type Attribute = string | number | bigint | string[] | ArrayBufferView;

/** An attribute: the group it is of, its name, its value. */
export type AttributeEntry = [path: string, name: string, value: Attribute];

/** A part of a file that is open, in bytes. Threads share a process's file descriptors. */
export interface Span {
  fd: number;
  start: number;
  length: number;
}

/** Where 32-bit floats stand one after the other, in bytes from the HDF5 file's beginning. */
export interface Place {
  position: number;
}

/** A data set of numbers: where it is, its shape ([] for a scalar), its elements row by row, or their place. */
export type ArrayEntry<Data = ArrayBufferView | Place> = [path: string, shape: number[], data: Data];

/** The bytes of a file, and which of its arrays to read: all of them when left out. */
export interface Read {
  source: Uint8Array | Span;
  wanted?: readonly string[];
}

/** A data set of 32-bit floats, which are written by who asks. */
export type Room = [path: string, shape: number[]];

/** What to write into an open file, from `start` on to its end. */
export interface Write {
  fd: number;
  start: number;
  attributes: AttributeEntry[];
  arrays: ArrayEntry<ArrayBufferView>[];
  rooms: Room[];
}

export type Question = Read | Write;

/** What was read: the arrays that were asked for, and the shapes of all that there are. */
export interface WasRead {
  attributes: AttributeEntry[];
  arrays: ArrayEntry[];
  shapes: [path: string, shape: number[]][];
  /** How much memory the thread holds, in bytes. */
  heap: number;
}

/** How many bytes were written, and where among them the rooms are. */
export interface Written {
  length: number;
  positions: number[];
  heap: number;
}

/**
 * Before the first question `ready`. While a file is read `alive` with every object in it, so that a slow machine can be
 * told from a file that has no end. Then one answer; the code of an error is the system's, such as ENOSPC.
 */
export type Answer = {ready: true} | {alive: true} | {error: string; code?: string | undefined} | WasRead | Written;
