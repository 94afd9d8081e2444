import type {Wanted} from './decode';

/** What a thread is asked for: some pictures, one after the other. */
export interface Job {
  files: readonly string[];
  wanted: Wanted;
  /** Where the pixels go, if there is room for all of them; the same memory again and again. */
  memory: SharedArrayBuffer;
}

/** What a picture's values are, and from which byte on. */
export interface Place {
  depth: 'Uint8Array' | 'Uint16Array' | 'Float32Array';
  offset: number;
  height: number;
  width: number;
  channels: number;
}

/** The answer to a job: for each file where its values are, or what is wrong with it. */
export interface Answer {
  /** Memory of its own, for pixels that had no room. */
  pixels?: ArrayBuffer;
  results: (Place | {error: string})[];
}
