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

/** The answer to a job: for each file where its values are, or what is wrong with it. */
export interface Answer {
  /** Of all of them; it is handed over, not copied. */
  pixels: ArrayBuffer;
  results: (Place | {error: string})[];
}
