// NumPy and h5py are the oracle: test/fixtures/arrays/make.py wrote the files, and what is in them as JSON.
import fs from 'node:fs';
import path from 'node:path';
import {expect} from '@jest/globals';
import type {ImageSet} from 'convlab';

export const fixture = (name: string) => path.join(__dirname, '../fixtures/arrays', name);
export const expected = JSON.parse(fs.readFileSync(fixture('expected.json'), 'utf8')) as Record<
  string,
  Record<string, {shape: number[]; data: number[]}>
>;

/** Compares a set with the arrays of these names. */
export function expectSet(
  set: ImageSet,
  file: string,
  images: string,
  labels: string,
  round = (value: number) => value,
) {
  expect(set.shape).toEqual(expected[file]![images]!.shape);
  expect([...set.pixels]).toEqual(expected[file]![images]!.data.map(round));
  expect([...set.labels]).toEqual(expected[file]![labels]!.data);
}
