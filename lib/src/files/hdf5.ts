import {join} from 'node:path';
import {Worker} from 'node:worker_threads';
import type {
  Answer,
  ArrayEntry,
  Attribute,
  AttributeEntry,
  Question,
  Read,
  WasRead,
  Write,
  Written,
} from './hdf5Protocol';

export type {Attribute};

/** One data set: numbers, row by row. A scalar has shape []. */
export interface Hdf5Array {
  shape: number[];
  data: ArrayBufferView;
}

/**
 * An HDF5 file as plain data, flat: everything under its path, without a leading slash; the root's is ''.
 * Groups without attributes or arrays don't appear.
 */
export interface Hdf5 {
  /** Group path → attribute name → value. */
  attributes: Map<string, Map<string, Attribute>>;
  /** Path → numbers. */
  arrays: Map<string, Hdf5Array>;
}

// WebAssembly's memory never shrinks: a thread that grew past this is let go after its answer.
const KEEP_HEAP = 64 * 2 ** 20;
// From one object of a file to the next: a whole file takes a tenth of this on a quiet machine; a damaged one that keeps
// HDF5 spinning gets no longer. Starting a thread afterwards takes up to half a second more.
const MILLISECONDS = 1000;
const MILLISECONDS_PER_MEGABYTE = 100;
/** So many arrays are named where one is missing. */
const MOST_LISTED = 20;

let idle: Promise<Worker> | undefined;

/**
 * An HDF5 file's bytes as plain data. `bytes` are handed over to the reading thread: don't use them afterwards.
 *
 * @throws Error with what HDF5 found wrong; never waits for ever, never reads another file.
 */
export async function readHdf5(bytes: Uint8Array): Promise<Hdf5> {
  const answer = await read({bytes});
  const attributes: Hdf5['attributes'] = new Map();
  for (const [path, name, value] of answer.attributes) {
    if (!attributes.has(path)) attributes.set(path, new Map());
    attributes.get(path)!.set(name, value);
  }
  return {attributes, arrays: arraysOf(answer)};
}

/**
 * Some arrays of an HDF5 file, by their paths; the others stay packed. `bytes` are handed over, as above.
 *
 * @param wanted the arrays' paths
 * @throws Error as `readHdf5` does, and for a path that isn't there, with what is
 */
export async function readHdf5Arrays(bytes: Uint8Array, wanted: readonly string[]): Promise<Hdf5['arrays']> {
  const answer = await read({bytes, wanted});
  const arrays = arraysOf(answer);
  const missing = wanted.find((path) => !arrays.has(path));
  if (missing !== undefined) {
    const there = answer.shapes.slice(0, MOST_LISTED).map(([path, shape]) => `${path} [${shape.join(', ')}]`);
    const more = answer.shapes.length > MOST_LISTED ? ` and ${answer.shapes.length - MOST_LISTED} more` : '';
    throw new Error(`there are no numbers under '${missing}'; it holds ${there.join(', ') || 'none'}${more}`);
  }
  return arrays;
}

async function read(question: Read): Promise<WasRead> {
  const {bytes} = question;
  const own = bytes.byteLength === bytes.buffer.byteLength ? bytes : bytes.slice();
  const limit = MILLISECONDS + (MILLISECONDS_PER_MEGABYTE * own.length) / 2 ** 20;
  return ask<WasRead>({...question, bytes: own}, [own.buffer as ArrayBuffer], limit);
}

function arraysOf({arrays}: WasRead): Hdf5['arrays'] {
  return new Map(arrays.map(([path, shape, data]) => [path, {shape, data}]));
}

/** The bytes of an HDF5 file that holds `file`. Its arrays are handed over, too. */
export async function writeHdf5(file: Hdf5): Promise<Uint8Array> {
  const attributes = [...file.attributes].flatMap(([path, values]) =>
    [...values].map(([name, value]): AttributeEntry => [path, name, value]),
  );
  const arrays = [...file.arrays].map(([path, {shape, data}]): ArrayEntry => [path, shape, data]);
  const buffers = new Set([...file.arrays.values()].map(({data}) => data.buffer as ArrayBuffer));
  return (await ask<Written>({attributes, arrays}, [...buffers])).bytes;
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
  let timer: NodeJS.Timeout | undefined;
  try {
    const answer = await new Promise<Done>((resolve, reject) => {
      if (limit !== undefined) {
        timer = setTimeout(() => {
          reject(new Error(`reading it as HDF5 came to no end; it stood still for ${Math.round(limit)} ms`));
        }, limit);
      }
      worker.on('message', (answer: Answer) => {
        if ('alive' in answer) timer?.refresh();
        else if ('error' in answer) reject(new Error(answer.error));
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
    // After an error HDF5's memory may be in any state: the next question gets a new thread.
    void release(worker).terminate();
    throw error;
  } finally {
    clearTimeout(timer);
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
