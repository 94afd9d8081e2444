// A thread that reads pictures: jobs in, pixels out, in the order in which they came. It loads no tfjs.
import fs from 'node:fs';
import v8 from 'node:v8';
import vm from 'node:vm';
import {parentPort} from 'node:worker_threads';
import {inWords} from '../../files/errors';
import {decode, type Picture, type Wanted} from './decode';
import type {Answer, Job, Place} from './threadProtocol';

const port = parentPort!;
let before = Promise.resolve();
port.on('message', (job: Job) => {
  before = before.then(async () => {
    const answer = await work(job);
    port.postMessage(answer, answer.pixels ? [answer.pixels] : []);
    letGo(job);
  });
});

async function work({files, wanted, memory}: Job): Promise<Answer> {
  const pictures: (Picture | {error: string})[] = [];
  for (const file of files) pictures.push(await read(file, wanted));
  return pack(pictures, memory);
}

async function read(file: string, wanted: Wanted): Promise<Picture | {error: string}> {
  try {
    return await decode(readFile(file), wanted);
  } catch (error) {
    return {error: inWords(error as NodeJS.ErrnoException)};
  }
}

let buffer = new Uint8Array(2 ** 18);

/**
 * A file's bytes, until the next file is read. At once, for small files, as waiting takes longer than reading, and into the
 * same memory again.
 */
function readFile(file: string): Uint8Array {
  const fd = fs.openSync(file, 'r');
  try {
    for (let length = 0; ;) {
      if (length === buffer.length) {
        const larger = new Uint8Array(2 * length);
        larger.set(buffer);
        buffer = larger;
      }
      const count = fs.readSync(fd, buffer, length, buffer.length - length, null);
      length += count;
      if (count === 0) return buffer.subarray(0, length);
    }
  } finally {
    fs.closeSync(fd);
  }
}

v8.setFlagsFromString('--expose-gc');
const collect = vm.runInNewContext('gc') as (options: {type: 'minor'}) => void;
const COLLECT_AFTER = 64;
let sinceCollected = 0;

/**
 * Gives back the memory of pictures that were handed on. V8 counts little of it and would let it pile up for hundreds of
 * them, each in fresh memory; where the system hands that out slowly, it takes as long as decoding.
 */
function letGo({files}: Job): void {
  sinceCollected += files.length;
  if (sinceCollected < COLLECT_AFTER) return;
  sinceCollected = 0;
  collect({type: 'minor'});
}

/** All in one buffer, each from a multiple of four on, as floats need it. */
function pack(pictures: readonly (Picture | {error: string})[], memory: SharedArrayBuffer): Answer {
  let length = 0;
  const results = pictures.map((picture): Place | {error: string} => {
    if ('error' in picture) return picture;
    const {pixels, ...size} = picture;
    const place = {...size, depth: pixels.constructor.name as Place['depth'], offset: length};
    length += 4 * Math.ceil(pixels.byteLength / 4);
    return place;
  });
  const own = length > memory.byteLength ? new ArrayBuffer(length) : undefined;
  const all = new Uint8Array(own ?? memory);
  results.forEach((place, i) => {
    if ('error' in place) return;
    const {pixels} = pictures[i] as Picture;
    all.set(new Uint8Array(pixels.buffer, pixels.byteOffset, pixels.byteLength), place.offset);
  });
  return {results, ...(own && {pixels: own})};
}
