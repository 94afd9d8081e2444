// The last program of notebook 09 runs, as it stands, on other pictures than ours.
import {execFile} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import {promisify} from 'node:util';
import {expect, test} from '@jest/globals';
import {mnist} from 'convlab';
import sharp from 'sharp';
import {temporaryFolder} from '../folder';
import {ROOT} from './executed';
import {wholeWay} from './wholeWay';

/** Runs the last program as it stands, in a folder with `my-pictures` in it. */
const PROGRAM = `import {runCells} from '${ROOT}/tools/lessons/cells.mjs';
  const cells = ['saved', 'network', 'the-whole-way'];
  const names = ['train', 'validation', 'test', 'testFiles', 'classNames', 'group'];
  const {testFiles, classNames, group, ...parts} = await runCells('09-your-own-images', cells, names);
  const shapes = Object.values(parts).map(({shape}) => shape);
  console.log(JSON.stringify({shapes, classNames, groups: [...new Set(testFiles.map(group))].sort()}));`;

const folder = temporaryFolder();

test("09 goes the whole way with a reader's pictures: four classes in grey, by several writers", async () => {
  const {test: digits} = await mnist.load();
  const classes = ['one', 'two', 'three', 'four'];
  for (const [k, name] of classes.entries()) {
    fs.mkdirSync(path.join(folder, 'my-pictures', name), {recursive: true});
    const found = [...digits.labels.keys()].filter((i) => digits.labels[i] === k + 1).slice(0, 24);
    for (const [n, i] of found.entries()) {
      const file = path.join(folder, 'my-pictures', name, `writer${Math.floor(n / 4)}-${n % 4}.png`);
      await sharp(digits.image(i), {raw: {width: 28, height: 28, channels: 1}}).toFile(file);
    }
  }
  const args = ['-r', path.join(ROOT, 'lib/setup/node.cjs'), '--input-type=module', '-e', PROGRAM];
  const {stdout} = await promisify(execFile)(process.execPath, args, {cwd: folder});
  const [pictures, groups, , byColour, byNetwork] = wholeWay(stdout)!;
  // Six writers of each class with four pictures each: one for validation, one for the test.
  expect([pictures, groups]).toEqual([16, 4]);
  // Grey has no colour to go by; chance is 4.
  expect(byColour).toBeLessThan(byNetwork!);
  expect(byNetwork).toBeGreaterThanOrEqual(10);
  const found = JSON.parse(stdout.trim().split('\n').at(-1)!) as {
    shapes: number[][];
    classNames: string[];
    groups: string[];
  };
  expect(found.shapes).toEqual([64, 16, 16].map((n) => [n, 32, 32, 3]));
  expect(found.classNames).toEqual([...classes].sort());
  expect(found.groups.map((group) => group.replace(/^my-pictures.|.writer\d$/g, ''))).toEqual([...classes].sort());
});
