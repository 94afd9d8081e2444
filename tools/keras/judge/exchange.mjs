// The folder through which convlab and Keras pass models and numbers, and what both sides do with a model.
import {readFileSync, writeFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {join} from 'node:path';
import {inRoot} from '../../../lib/setup/project.mjs';

export const {fit, imageFolder, keras, optimizers, samples, tf} = createRequire(import.meta.url)('convlab');
export const folder = inRoot('build', 'keras');
/** After {@link BEFORE} steps a model is saved; both sides then go on for so many. */
export const STEPS = 10;
export const BEFORE = 7;
export const PREDICTIONS = 1e-5; // float32 sums in another order
export const LOSSES = 1e-3; // ten steps let such differences grow

export function file(name) {
  return join(folder, name);
}

export function putArrays(name, tensors) {
  putJson(
    name,
    tensors.map((t) => ({shape: t.shape, dtype: t.dtype, data: [...t.dataSync()]})),
  );
}

export function getArrays(name) {
  return getJson(name).map(({shape, dtype, data}) => tf.tensor(data, shape, dtype));
}

export function putJson(name, value) {
  writeFileSync(file(name), JSON.stringify(value));
}

export function getJson(name) {
  return JSON.parse(readFileSync(file(name), 'utf8'));
}

export function predict(model, x) {
  return [model.predict(x.length === 1 ? x[0] : x)].flat();
}

/** The losses of the next {@link STEPS} steps. */
export async function train(model, x, y) {
  const losses = [];
  for (let i = 0; i < STEPS; i++) losses.push([await model.trainOnBatch(x, y)].flat()[0]);
  return losses;
}

/** What was looked at, and what of it was wrong. */
export class Report {
  checks = 0;
  failures = [];

  check(what, ok, details) {
    this.checks++;
    if (!ok) this.failures.push(`${what}: ${JSON.stringify(details)}`);
  }

  /** As far as losses may part. */
  checkLosses(what, found, expected) {
    const close = found.length === expected.length && found.every((x, i) => Math.abs(x - expected[i]) <= LOSSES);
    this.check(what, close, [found, expected]);
  }
}
