// Pictures by the thousand: as many threads as there are processors, each with the decoders. They start with the first job and
// end when there has been none for a while.
import os from 'node:os';
import path from 'node:path';
import {Worker} from 'node:worker_threads';
import {announceAttributes} from '../../tfjs/imageOps';
import type {Pixels} from '../pixels';
import type {Picture, Wanted} from './decode';
import type {Reading} from './decodeMany';
import {JOBS_A_THREAD, type Answer, type Job, type Place} from './threadProtocol';

export type {Reading};

/** How many threads there are at most. */
export const THREADS = os.availableParallelism();
const IDLE_MILLISECONDS = 3000;

/** So much a job's pixels should take. */
export const JOB_BYTES = 2 ** 21;

/** Takes a reading of file `i`. Its pixels lie in memory that is used again: what is to stay has to be copied. */
export type Take = (reading: Reading, i: number) => void;

interface Task {
  files: readonly string[];
  wanted: Wanted;
  take: Take;
  resolve: () => void;
  reject: (error: unknown) => void;
}
interface Thread {
  worker: Worker;
  tasks: Task[];
  /** Where the pictures of its jobs are: of one, of the next, and so on in turn. */
  memories: (SharedArrayBuffer | undefined)[];
}

const threads: Thread[] = [];
const waiting: Task[] = [];
let idle: NodeJS.Timeout | undefined;

/**
 * Reads pictures in a thread. Jobs that are asked for together run side by side; none is promised to end before another.
 *
 * @param take is given each picture, or what is wrong with its file, once all of them are read
 * @returns when all are taken; rejects with what `take` throws
 */
export function readInThread(files: readonly string[], wanted: Wanted, take: Take): Promise<void> {
  return new Promise((resolve, reject) => {
    waiting.push({files, wanted, take, resolve, reject});
    handOut();
  });
}

function handOut(): void {
  clearTimeout(idle);
  while (waiting.length > 0) {
    const thread = leastBusy();
    if (thread === undefined) return;
    const task = waiting.shift()!;
    thread.tasks.push(task);
    thread.worker.ref();
    thread.worker.postMessage({files: task.files, wanted: task.wanted} satisfies Job);
  }
  if (threads.some(({tasks}) => tasks.length > 0)) return;
  idle = setTimeout(() => {
    for (const {worker} of threads.splice(0)) void worker.terminate();
  }, IDLE_MILLISECONDS).unref();
}

function leastBusy(): Thread | undefined {
  const free = threads.reduce<Thread | undefined>(
    (best, thread) => (best === undefined || thread.tasks.length < best.tasks.length ? thread : best),
    undefined,
  );
  if (free?.tasks.length === 0) return free;
  if (threads.length < THREADS) return start();
  return free !== undefined && free.tasks.length < JOBS_A_THREAD ? free : undefined;
}

function start(): Thread {
  announceAttributes();
  // Where the sources themselves run, as in tests, the thread is TypeScript, too.
  const worker = new Worker(path.join(__dirname, `decodeThread${path.extname(__filename)}`), {
    stdout: true,
    stderr: true,
  });
  const thread: Thread = {worker, tasks: [], memories: Array.from({length: JOBS_A_THREAD}, () => undefined)};
  worker.on('message', ({memory: other, results}: Answer) => {
    const memory = (other ?? thread.memories[0])!;
    thread.memories.push(memory);
    thread.memories.shift();
    const {take, resolve, reject} = thread.tasks.shift()!;
    if (thread.tasks.length === 0) worker.unref();
    try {
      results.forEach((result, i) => {
        take('error' in result ? result : pictureAt(memory, result), i);
      });
      resolve();
    } catch (error) {
      reject(error);
    }
    handOut();
  });
  const end = (error: Error) => {
    const at = threads.indexOf(thread);
    if (at >= 0) threads.splice(at, 1);
    for (const {files, reject} of thread.tasks.splice(0)) {
      reject(new Error(`${files[0]!}: the thread that read it, or the next ones, stopped: ${error.message}`));
    }
    handOut();
  };
  worker.on('error', end);
  worker.on('exit', (code) => {
    end(new Error(`exit code ${code}`));
  });
  threads.push(thread);
  return thread;
}

const TYPES: Record<Place['depth'], new (memory: SharedArrayBuffer, offset: number, length: number) => Pixels> = {
  Uint8Array,
  Uint16Array,
  Float32Array,
};

function pictureAt(buffer: SharedArrayBuffer, {depth, offset, height, width, channels}: Place): Picture {
  return {pixels: new TYPES[depth](buffer, offset, height * width * channels), height, width, channels};
}
