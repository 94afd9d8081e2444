import {CallError} from '../../arguments/publicCall';
import type {Wanted} from '../decoders/decode';
import {JOB_BYTES, readInThread, THREADS, type Reading} from '../decoders/threads';
import type {Skipped} from '../imageDataset';
import {ImageSet} from '../imageSet';
import {emptyLike, type Pixels} from '../pixels';
import type {Example} from './examples';
import type {OneDepth} from './oneDepth';

/** What is to be made of each picture: its size is known. */
export interface WantedSize extends Wanted {
  size: readonly [height: number, width: number];
}

/** Pictures that were read. */
export interface ReadExamples {
  set: ImageSet;
  /** What each picture of the set is called. */
  files: string[];
  skipped: Skipped[];
}

const MOST_BYTES = 2 ** 32;
/** So many pictures are asked for at once, or fewer large ones. */
const JOB_PICTURES = 64;

/** How many pictures a job has; few enough that all threads end at about the same time. */
export function picturesPerJob(count: number, values: number): number {
  const share = Math.ceil(count / (8 * THREADS));
  return Math.max(1, Math.min(JOB_PICTURES, Math.floor(JOB_BYTES / values), share));
}

/**
 * Reads pictures into one set, on all processors. They go straight into their places: beside the set itself there is never
 * more in memory than a few jobs.
 *
 * @throws CallError for the first picture that can't be read, unless these are to be skipped, and for pictures of two depths
 */
export async function readExamples(
  examples: readonly Example[],
  wanted: WantedSize,
  depth: OneDepth,
  damaged: 'refuse' | 'skip' = 'refuse',
): Promise<ReadExamples> {
  const shape = shapeOf(wanted);
  const values = shape.reduce((product, length) => product * length, 1);
  checkMemory(examples.length, values, shape);
  let all: Pixels | undefined;
  const skipped = new Map<number, Skipped>();
  const put = (i: number, reading: Reading) => {
    const {name} = examples[i]!;
    if ('error' in reading) {
      if (damaged === 'refuse') throw unreadable(name, reading.error);
      skipped.set(i, {file: name, reason: reading.error});
      return;
    }
    const {pixels} = reading;
    depth.check(pixels, name);
    if (all === undefined) {
      checkMemory(examples.length, values * pixels.BYTES_PER_ELEMENT, shape);
      all = emptyLike(pixels, examples.length * values);
    }
    all.set(pixels, i * values);
  };
  await inJobs(examples, picturesPerJob(examples.length, values), wanted, put);
  const kept = [...examples.keys()].filter((i) => !skipped.has(i));
  const pixels = closeUp(all ?? new Uint8Array(0), kept, values);
  return {
    set: new ImageSet(
      pixels,
      [kept.length, ...shape],
      Uint8Array.from(kept, (i) => examples[i]!.label),
    ),
    files: kept.map((i) => examples[i]!.name),
    skipped: [...skipped].sort(([a], [b]) => a - b).map(([, one]) => one),
  };
}

/** A picture's shape in a set. */
export function shapeOf({size, channels}: WantedSize): number[] {
  const count = typeof channels === 'number' ? channels : channels.length;
  return [...size, ...(count === 1 ? [] : [count])];
}

export function unreadable(name: string, reason: string): CallError {
  return new CallError(`${name}: ${reason}; fix it, remove it, or pass damaged: 'skip'`);
}

function checkMemory(count: number, bytes: number, [height, width]: readonly number[]): void {
  if (count * bytes <= MOST_BYTES) return;
  throw new CallError(
    `${count} pictures of ${height!} x ${width!} need ${((count * bytes) / 1e9).toFixed(1)} GB; choose a smaller size, or ` +
      'read them batch by batch with imageFolder.stream',
  );
}

async function inJobs(
  examples: readonly Example[],
  perJob: number,
  wanted: Wanted,
  put: (i: number, reading: Reading) => void,
): Promise<void> {
  let next = 0;
  const work = async () => {
    while (next < examples.length) {
      const from = next;
      next += perJob;
      const files = examples.slice(from, next).map(({file}) => file);
      try {
        await readInThread(files, wanted, (reading, i) => {
          put(from + i, reading);
        });
      } catch (error) {
        next = examples.length;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({length: 3 * THREADS}, work));
}

/** The pictures that were kept, moved over those that weren't. */
export function closeUp(pixels: Pixels, kept: readonly number[], values: number): Pixels {
  if (kept.length * values === pixels.length) return pixels;
  kept.forEach((from, to) => {
    if (from !== to) pixels.copyWithin(to * values, from * values, (from + 1) * values);
  });
  return pixels.subarray(0, kept.length * values);
}
