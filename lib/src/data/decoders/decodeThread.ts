// A thread that reads pictures: jobs in, pixels out, in the order in which they came. It loads no tfjs.
import fs from 'node:fs';
import {parentPort} from 'node:worker_threads';
import type {Pixels} from '../pixels';
import {handedOn} from './collect';
import {decodeMany, type Reading} from './decodeMany';
import type {Answer, Job, Place} from './threadProtocol';

const port = parentPort!;
let before = Promise.resolve();
port.on('message', ({files, wanted}: Job) => {
  before = before.then(async () => {
    const answer = pack(await decodeMany(files, wanted, {open, isDone}));
    const {byteLength} = answer.pixels;
    port.postMessage(answer, [answer.pixels]);
    handedOn(byteLength, MOST_LEFT);
  });
});

let buffer = new Uint8Array(2 ** 18);
let filled = 0;

/**
 * A file's bytes, until all are done. At once, for small files, as waiting takes longer than reading, and into the same memory
 * again.
 */
function open(file: string): Uint8Array {
  const fd = fs.openSync(file, 'r');
  try {
    for (let length = 0; ;) {
      if (filled + length === buffer.length) {
        const larger = new Uint8Array(2 * buffer.length);
        larger.set(buffer.subarray(0, filled + length));
        buffer = larger;
      }
      const count = fs.readSync(fd, buffer, filled + length, buffer.length - filled - length, null);
      length += count;
      if (count > 0) continue;
      filled += length;
      return buffer.subarray(filled - length, filled);
    }
  } finally {
    fs.closeSync(fd);
  }
}

function isDone(): void {
  filled = 0;
}

/** What a thread may let pile up. */
const MOST_LEFT = 2 ** 22;

/** All in one memory, each from a multiple of four on. */
function pack(readings: readonly Reading[]): Answer {
  const whole: Pixels[] = [];
  let length = 0;
  const results = readings.map((reading): Place | {error: string} => {
    if ('error' in reading) return reading;
    const {pixels, ...size} = reading;
    const place = {...size, depth: pixels.constructor.name as Place['depth'], offset: length};
    whole.push(pixels);
    length += 4 * Math.ceil(pixels.byteLength / 4);
    return place;
  });
  const all = new Uint8Array(length);
  let offset = 0;
  for (const {buffer, byteOffset, byteLength} of whole) {
    all.set(new Uint8Array(buffer, byteOffset, byteLength), offset);
    offset += 4 * Math.ceil(byteLength / 4);
  }
  return {pixels: all.buffer, results};
}
