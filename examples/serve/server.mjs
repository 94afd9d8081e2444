/**
 * Answers over HTTP which digit a picture shows: white on black, as MNIST's are.
 *
 *   node server.mjs ../train/digits.keras 8080
 *   curl --data-binary @seven.png http://127.0.0.1:8080     {"digit":7,"probability":0.998}
 */
import {randomUUID} from 'node:crypto';
import {rm, writeFile} from 'node:fs/promises';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import {readImage} from 'convlab/data';
import * as keras from 'convlab/keras';
import {predict, tf} from 'convlab/training';

/** Bytes: more than any picture of a digit has. */
const LARGEST = 1_000_000;
const [file = 'digits.keras', port = '8080'] = process.argv.slice(2);
const model = await keras.load(file);

async function classify(bytes) {
  const picture = path.join(os.tmpdir(), randomUUID());
  await writeFile(picture, bytes);
  try {
    const {pixels} = await readImage(picture, {size: 28, channels: 1});
    const input = tf.tidy(() => tf.tensor(Float32Array.from(pixels), [1, 28, 28, 1]).div(255));
    const output = await predict(model, input);
    const probabilities = await output.data();
    tf.dispose([input, output]);
    const digit = probabilities.indexOf(Math.max(...probabilities));
    return {digit, probability: Number(probabilities[digit].toFixed(3))};
  } finally {
    await rm(picture, {force: true});
  }
}

async function bodyOf(request) {
  const pieces = [];
  let length = 0;
  for await (const piece of request) {
    length += piece.length;
    if (length > LARGEST) throw new Error(`expected a picture of at most ${LARGEST} bytes`);
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

const server = http.createServer(async (request, response) => {
  const answer = (status, body) =>
    response.writeHead(status, {'content-type': 'application/json'}).end(`${JSON.stringify(body)}\n`);
  try {
    if (request.method !== 'POST') answer(405, {error: 'POST a picture'});
    else answer(200, await classify(await bodyOf(request)));
  } catch (error) {
    answer(400, {error: error.message});
  }
});
server.listen(Number(port), '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${/** @type {import('node:net').AddressInfo} */ (server.address()).port}`);
});
