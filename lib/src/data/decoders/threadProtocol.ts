import type {Wanted} from './decode';

/** What a thread is asked for: some pictures. */
export interface Job {
  files: readonly string[];
  wanted: Wanted;
}

/** What a picture's values are, and from which byte on. */
export interface Place {
  depth: 'Uint8Array' | 'Uint16Array' | 'Float32Array';
  offset: number;
  height: number;
  width: number;
  channels: number;
}

/**
 * The answer to a job: for each file where its values are, or what is wrong with it. A thread has as many memories as jobs it
 * can be asked for at once, and takes them in turn: one stays as it is until the next job but these is asked for.
 */
export interface Answer {
  /** The memory that it lies in, where that is another than when its turn came last. */
  memory?: SharedArrayBuffer;
  results: (Place | {error: string})[];
}

/** With one job at work and one waiting, a thread needn't wait for who asks, which may be busy training. */
export const JOBS_A_THREAD = 2;
