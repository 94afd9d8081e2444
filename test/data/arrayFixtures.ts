// NumPy and h5py are the oracle: test/fixtures/arrays/make.py wrote the files, and what is in them as JSON.
import fs from 'node:fs';
import path from 'node:path';
import {afterAll, beforeAll, beforeEach, expect} from '@jest/globals';
import {setReporter, type ImageSet} from 'convlab';

export const fixture = (name: string) => path.join(__dirname, '../fixtures/arrays', name);
export const expected = JSON.parse(fs.readFileSync(fixture('expected.json'), 'utf8')) as Record<
  string,
  Record<string, {shape: number[]; data: number[]}>
>;

/** Every line that the test under way has told the reader. */
export const told: string[] = [];

/** To be called once in a file of tests that look at `told`. */
export function listenToNotes(): void {
  let before: ReturnType<typeof setReporter>;
  const ignore = () => undefined;
  beforeAll(() => {
    before = setReporter(() => ({line: (text) => told.push(text), progress: ignore, history: ignore, end: ignore}));
  });
  afterAll(() => {
    setReporter(before);
  });
  beforeEach(() => {
    told.length = 0;
  });
}

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
