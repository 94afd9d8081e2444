// HDF5 in a thread of its own; this and what lies in hdf5/ is the only code that knows h5wasm. HDF5 is C: a damaged file
// can make it trap, spin or ask for gigabytes. Here that ends this thread and nothing else. Plain JavaScript, because a
// thread starts from a file, and this one has to be the same whether TypeScript's sources run (tests) or what they compile to.
// @ts-check
import {parentPort} from 'node:worker_threads';
import {Module, ready} from 'h5wasm';
import {read} from './hdf5/read.mjs';
import {write} from './hdf5/write.mjs';

/** @import {Answer, Question} from '../src/files/hdf5Protocol.js' */

const port = /** @type {import('node:worker_threads').MessagePort} */ (parentPort);

/** @type {(answer: Answer, transfer?: ArrayBufferLike[]) => void} */
const say = (answer, transfer = []) => {
  port.postMessage(answer, /** @type {ArrayBuffer[]} */ (transfer));
};

await ready;
// Without it HDF5 prints its errors and h5wasm hands out whatever was in memory.
Module.activate_throwing_error_handler();
port.on('message', (/** @type {Question} */ question) => {
  try {
    if ('source' in question) {
      const answer = read(question, () => {
        say({alive: true});
      });
      const buffers = answer.arrays.flatMap(([, , data]) => (ArrayBuffer.isView(data) ? data.buffer : []));
      say({...answer, heap: Module.HEAPU8.length}, buffers);
    } else {
      say({...write(question), heap: Module.HEAPU8.length});
    }
  } catch (error) {
    say({error: reason(error), code: error instanceof Error && 'code' in error ? String(error.code) : undefined});
  }
});
// A question that can't be passed on, such as one with arrays that were handed over before.
port.on('messageerror', (error) => {
  say({error: reason(error)});
});
say({ready: true});

/**
 * HDF5 reports its whole call stack; the innermost line says what is wrong.
 *
 * @param {unknown} error
 * @returns {string}
 */
function reason(error) {
  const text = error instanceof Error ? error.message : String(error);
  const innermost = text.match(/ in \w+\(\): .*/g)?.at(-1);
  return innermost?.replace(/^ in \w+\(\): /, '') ?? text.split('\n', 1)[0] ?? text;
}
