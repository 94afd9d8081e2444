// A thread that reads pictures: jobs in, pixels out, in the order in which they came. It loads no tfjs.
import fs from 'node:fs';
import {parentPort} from 'node:worker_threads';
import {handedOn} from './collect';
import {decodeMany} from './decodeMany';
import {JobMemory} from './jobMemory';
import {JOBS_A_THREAD, type Answer, type Job} from './threadProtocol';

const port = parentPort!;
const memories = Array.from({length: JOBS_A_THREAD}, () => new JobMemory());
let before = Promise.resolve();
port.on('message', (job: Job) => {
  before = before.then(async () => {
    port.postMessage(await answerTo(job));
  });
});

/** What decoders may let pile up. */
const MOST_LEFT = 2 ** 22;

async function answerTo({files, wanted}: Job): Promise<Answer> {
  const memory = memories.shift()!;
  memories.push(memory);
  memory.clear();
  const results: Answer['results'] = [];
  await decodeMany(files, wanted, {
    open,
    isDone,
    take: (reading, i) => {
      results[i] = 'error' in reading ? reading : memory.put(reading);
      if (!('error' in reading)) handedOn(reading.pixels.byteLength, MOST_LEFT);
    },
  });
  return {memory: memory.news(), results};
}

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
