import type {FileHandle} from 'node:fs/promises';
import {join} from 'node:path';
import {Worker} from 'node:worker_threads';
import type {
  Answer,
  ArrayEntry,
  Attribute,
  AttributeEntry,
  Place,
  Question,
  Read,
  Room,
  WasRead,
  Write,
  Written,
} from './hdf5Protocol';
import {type Deadline, startDeadline} from './deadline';
import {readFully, writeFully, type FilePart} from './part';

export type {Attribute};

/** One data set: numbers, row by row. A scalar has shape []. */
export interface Hdf5Array {
  shape: number[];
  data: ArrayBufferView;
}

/** 32-bit floats that are to be written, and needn't be in memory before their turn comes. */
export interface PendingArray {
  shape: number[];
  /** The numbers, row by row. */
  read: () => Float32Array;
  /** Lets go of where they come from. */
  free: () => void;
}

/**
 * An HDF5 file as plain data, flat: everything under its path, without a leading slash; the root's is ''.
 * Groups without attributes or arrays don't appear.
 */
export interface Hdf5<Numbers = Hdf5Array> {
  /** Group path → attribute name → value. */
  attributes: Map<string, Map<string, Attribute>>;
  /** Path → numbers. */
  arrays: Map<string, Numbers>;
}

/** A data set to write. */
export type ArrayToWrite = Hdf5Array | PendingArray;

/** What a file is written from. */
export type Hdf5ToWrite = Hdf5<ArrayToWrite>;

// WebAssembly's memory never shrinks: a thread that grew past this is let go after its answer.
const KEEP_HEAP = 64 * 2 ** 20;
// From one object of a file to the next: a whole file takes a tenth of this on a quiet machine; a damaged one that keeps
// HDF5 spinning gets no longer. Starting a thread afterwards takes up to half a second more.
const MILLISECONDS = 1000;
const MILLISECONDS_PER_MEGABYTE = 100;
/** Smaller arrays go along with the question. */
const LARGE = 2 ** 20;
/** HDF5 in WebAssembly can't point past this. */
const MOST_BYTES = 2 ** 31;
/** So many arrays are named where one is missing. */
const MOST_LISTED = 20;

let idle: Promise<Worker> | undefined;

/**
 * An HDF5 file as plain data, from its bytes or from a file on the disk. Bytes are handed over to the reading thread: don't
 * use them afterwards. Of a file on the disk large arrays of 32-bit floats go straight into the memory that is returned.
 *
 * @throws Error with what HDF5 found wrong; never waits for ever, never reads another file.
 */
export async function readHdf5(source: Uint8Array | FilePart): Promise<Hdf5> {
  const answer = await read(source);
  const attributes: Hdf5['attributes'] = new Map();
  for (const [path, name, value] of answer.attributes) {
    if (!attributes.has(path)) attributes.set(path, new Map());
    attributes.get(path)!.set(name, value);
  }
  return {attributes, arrays: await arraysOf(answer, source)};
}

/**
 * Some arrays of an HDF5 file, by their paths; the others stay packed.
 *
 * @param source bytes, which are handed over as above, or a file on the disk
 * @param wanted the arrays' paths
 * @throws Error as `readHdf5` does, and for a path that isn't there, with what is
 */
export async function readHdf5Arrays(
  source: Uint8Array | FilePart,
  wanted: readonly string[],
): Promise<Hdf5['arrays']> {
  const answer = await read(source, wanted);
  const arrays = await arraysOf(answer, source);
  const missing = wanted.find((path) => !arrays.has(path));
  if (missing !== undefined) {
    const there = answer.shapes.slice(0, MOST_LISTED).map(([path, shape]) => `${path} [${shape.join(', ')}]`);
    const more = answer.shapes.length > MOST_LISTED ? ` and ${answer.shapes.length - MOST_LISTED} more` : '';
    throw new Error(`there are no numbers under '${missing}'; it holds ${there.join(', ') || 'none'}${more}`);
  }
  return arrays;
}

async function read(source: Uint8Array | FilePart, wanted?: readonly string[]): Promise<WasRead> {
  const limit = MILLISECONDS + (MILLISECONDS_PER_MEGABYTE * source.length) / 2 ** 20;
  const asked = wanted && {wanted};
  if (!(source instanceof Uint8Array)) {
    const {file, start, length} = source;
    return ask<WasRead>({source: {fd: file.fd, start, length}, ...asked}, [], limit);
  }
  const own = source.byteLength === source.buffer.byteLength ? source : source.slice();
  return ask<WasRead>({source: own, ...asked}, [own.buffer as ArrayBuffer], limit);
}

async function arraysOf({arrays}: WasRead, source: Uint8Array | FilePart): Promise<Hdf5['arrays']> {
  const found: Hdf5['arrays'] = new Map();
  for (const [path, shape, data] of arrays) {
    found.set(path, {shape, data: ArrayBuffer.isView(data) ? data : await floatsAt(data, shape, source as FilePart)});
  }
  return found;
}

async function floatsAt({position}: Place, shape: readonly number[], {file, start}: FilePart): Promise<Float32Array> {
  const floats = new Float32Array(sizeOf(shape));
  await readFully(file, floats, start + position);
  return floats;
}

/**
 * Writes an HDF5 file into one that is open. Arrays in memory are handed over, too; large pending ones are read and written
 * one after the other. Free them afterwards.
 *
 * @param start where it begins in that file, behind whose last byte it ends
 * @returns how many bytes it takes
 * @throws Error with the system's code, such as ENOSPC, or with the array that HDF5 can't write here
 */
export async function writeHdf5({attributes, arrays}: Hdf5ToWrite, file: FileHandle, start = 0): Promise<number> {
  const small: ArrayEntry<ArrayBufferView>[] = [];
  const large: [room: Room, array: PendingArray][] = [];
  for (const [path, array] of arrays) {
    const {shape} = array;
    const bytes = sizeOf(shape) * Float32Array.BYTES_PER_ELEMENT;
    if (bytes > MOST_BYTES) {
      const gigabytes = (bytes / 2 ** 30).toFixed(1);
      throw new Error(`array '${path}' takes ${gigabytes} GB, and HDF5 can't write more than 2 GB in one array here`);
    }
    if (!('read' in array)) small.push([path, shape, array.data]);
    else if (bytes < LARGE) small.push([path, shape, array.read().slice()]);
    else large.push([[path, shape], array]);
  }
  const entries = [...attributes].flatMap(([path, values]) =>
    [...values].map(([name, value]): AttributeEntry => [path, name, value]),
  );
  const buffers = new Set(small.map(([, , data]) => data.buffer as ArrayBuffer));
  const rooms = large.map(([room]) => room);
  const question: Write = {fd: file.fd, start, attributes: entries, arrays: small, rooms};
  const {length, positions} = await ask<Written>(question, [...buffers]);
  for (const [i, [, array]] of large.entries()) await writeFully(file, array.read(), start + positions[i]!);
  return length;
}

/** Lets go of what was to be written. */
export function freeArrays({arrays}: Hdf5ToWrite): void {
  for (const array of arrays.values()) if ('free' in array) array.free();
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

async function ask<Done extends WasRead | Written>(
  question: Done extends WasRead ? Read : Write,
  transfer: ArrayBuffer[],
  limit?: number,
): Promise<Done> {
  const starting = idle ?? start();
  idle = undefined; // one question at a time: who asks meanwhile starts another thread
  const worker = await starting;
  worker.ref();
  let deadline: Deadline | undefined;
  try {
    const answer = await new Promise<Done>((resolve, reject) => {
      if (limit !== undefined) {
        deadline = startDeadline(limit, () => {
          reject(new Error(`reading it as HDF5 came to no end; it stood still for ${Math.round(limit)} ms`));
        });
      }
      worker.on('message', (answer: Answer) => {
        if ('alive' in answer) deadline?.refresh();
        else if ('error' in answer) reject(Object.assign(new Error(answer.error), {code: answer.code}));
        else if ('heap' in answer) resolve(answer as Done);
      });
      worker.once('error', reject);
      worker.once('exit', () => {
        reject(new Error('HDF5 stopped working on it'));
      });
      worker.postMessage(question satisfies Question, transfer);
    });
    release(worker).unref();
    if (answer.heap > KEEP_HEAP || waiting()) void worker.terminate();
    else idle = Promise.resolve(worker);
    return answer;
  } catch (error) {
    // After an error HDF5's memory may be in any state: the next question gets a new thread. This one may still be at work on
    // the caller's file, which is closed next.
    await release(worker).terminate();
    throw error;
  } finally {
    deadline?.clear();
  }
}

function start(): Promise<Worker> {
  return new Promise((resolve, reject) => {
    // What HDF5 prints stays in the thread's own streams: it would land in the notebook.
    const worker = new Worker(join(__dirname, '../../worker/hdf5.mjs'), {stdout: true, stderr: true});
    worker.once('error', reject).once('message', () => {
      resolve(release(worker));
    });
  });
}

/** Whether another question's thread has come back meanwhile: one is enough. */
function waiting(): boolean {
  return idle !== undefined;
}

/** Our listeners only: without its own the thread would go deaf. */
function release(worker: Worker): Worker {
  for (const event of ['message', 'error', 'exit']) worker.removeAllListeners(event);
  return worker;
}
