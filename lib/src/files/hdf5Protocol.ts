/**
 * What is said between `hdf5.ts` and its thread, `worker/hdf5.mjs`. Paths in an HDF5 file have no leading slash; the
 * root's is ''.
 */

/** What an attribute of a group can hold here; other types are passed over when reading. */
export type Attribute = string | number | bigint | string[] | ArrayBufferView;

/** An attribute: the group it is of, its name, its value. */
export type AttributeEntry = [path: string, name: string, value: Attribute];

/** A data set of numbers: where it is, its shape ([] for a scalar), its elements row by row. */
export type ArrayEntry = [path: string, shape: number[], data: ArrayBufferView];

/** A file's bytes, and which of its arrays to read: all of them when left out. */
export interface Read {
  bytes: Uint8Array;
  wanted?: readonly string[];
}

/** What to write into a file. */
export interface Write {
  attributes: AttributeEntry[];
  arrays: ArrayEntry[];
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

/** The bytes of the file that was written. */
export interface Written {
  bytes: Uint8Array;
  heap: number;
}

/**
 * Before the first question `ready`. While a file is read `alive` with every object in it, so that a slow machine can be
 * told from a file that has no end. Then one answer.
 */
export type Answer = {ready: true} | {alive: true} | {error: string} | WasRead | Written;
