import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {afterAll, beforeAll, expect, test} from '@jest/globals';
import {findKernel} from '../../lib/src/notebook/kernel';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'convlab-kernel-'));
const file = path.join(folder, 'tslab', 'dist', 'jupyter.js');
const bundle = {data: {'text/plain': 'hello'}, metadata: {}};

/** A kernel as it looks among the loaded modules, and what was written to it. */
function tslab(version: string): {loaded: Record<string, {exports: unknown}>; written: unknown[][]} {
  fs.writeFileSync(path.join(folder, 'tslab', 'package.json'), JSON.stringify({version}));
  const written: unknown[][] = [];
  const lastWriteDisplayData = (...args: unknown[]): void => void written.push(args);
  return {loaded: {[file]: {exports: {lastWriteDisplayData}}}, written};
}

beforeAll(() => {
  fs.mkdirSync(path.dirname(file), {recursive: true});
});
afterAll(() => {
  fs.rmSync(folder, {recursive: true});
});

test('findKernel finds none in a program that is no notebook', () => {
  expect(findKernel()).toBeUndefined();
});

test('findKernel passes over a tslab that is loaded but runs no cell', () => {
  expect(findKernel({[file]: {exports: {lastWriteDisplayData: null}}})).toBeUndefined();
});

test('a kernel sends a bundle as one output', () => {
  const {loaded, written} = tslab('1.0.22');
  findKernel(loaded)!.display(bundle);
  expect(written).toEqual([[{...bundle, transient: {}}, false]]);
});

test('a live display is written once and updated from then on, under one name', () => {
  const {loaded, written} = tslab('1.0.22');
  const kernel = findKernel(loaded)!;
  const display = kernel.live();
  display.update(bundle);
  display.update(bundle);
  kernel.live().update(bundle);
  const names = written.map(([data]) => (data as {transient: {display_id: string}}).transient.display_id);
  expect(written.map(([, update]) => update)).toEqual([false, true, false]);
  expect(names[0]).toBe(names[1]);
  expect(names[0]).not.toBe(names[2]);
});

test('findKernel refuses a tslab that it was not tried with, and says what to do', () => {
  const {loaded} = tslab('2.0.0');
  expect(() => findKernel(loaded)).toThrow(
    'convlab shows pictures and charts through tslab 1.0.22, but this kernel is tslab 2.0.0; run "npm run setup"',
  );
});
