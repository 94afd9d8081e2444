import fs from 'node:fs';
import path from 'node:path';
import {expect, test} from '@jest/globals';
import {decode, type Picture, type Wanted} from '../../../lib/src/data/decoders/decode';
import {TOGETHER} from '../../../lib/src/data/decoders/jpegGraph';
import {JOB_BYTES, readInThread, type Reading} from '../../../lib/src/data/decoders/threads';
import {temporaryFolder} from '../../folder';

const corpus = path.join(__dirname, '../../fixtures/pictures');
const temporary = temporaryFolder();
const wanted: Wanted = {size: [9, 8], fit: 'fill', antialias: false, channels: 3, background: [255, 255, 255]};
const names = ['rgb.png', 'grey.jpg', 'rgba.webp', '16-bits-3.png', 'float-rgb.tif', 'rgb.gif', 'RGB.bmp', 'rgb.avif', 'plain.heic']; // prettier-ignore

async function readAll(files: readonly string[], as = wanted): Promise<Reading[]> {
  const readings: Reading[] = [];
  await readInThread(files, as, (reading, i) => {
    readings[i] = 'error' in reading ? reading : {...reading, pixels: reading.pixels.slice()};
  });
  return readings;
}

test('readInThread reads what decode reads, of every format and depth, many jobs at once', async () => {
  const files = names.map((name) => path.join(corpus, name));
  const here = await Promise.all(files.map((file) => decode(fs.readFileSync(file), wanted)));
  const jobs = await Promise.all(
    Array.from({length: 12}, (_, i) => readAll(i % 2 === 0 ? files : [...files].reverse())),
  );
  for (const [i, readings] of jobs.entries()) {
    const inOrder = i % 2 === 0 ? readings : [...readings].reverse();
    inOrder.forEach((reading, j) => {
      const {pixels, ...size} = reading as Picture;
      const {pixels: expected, ...expectedSize} = here[j]!;
      expect(size).toEqual(expectedSize);
      expect(pixels.constructor.name).toBe(expected.constructor.name);
      expect(Array.from(pixels)).toEqual(Array.from(expected));
    });
  }
});

test('many JPEGs that are read together have the values that each has by itself, a damaged one among them', async () => {
  const all = fs.readdirSync(corpus).filter((name) => name.endsWith('.jpg'));
  const cut = path.join(temporary, 'cut.jpg');
  fs.writeFileSync(cut, fs.readFileSync(path.join(corpus, all[0]!)).subarray(0, 400));
  const files = Array.from({length: 6 * TOGETHER}, (_, i) => path.join(corpus, all[i % all.length]!));
  files[TOGETHER + 5] = cut;
  const stored = await decode(fs.readFileSync(files[0]!), {...wanted, size: undefined});
  const ways: Wanted[] = [
    wanted,
    {...wanted, size: [stored.height, stored.width]},
    {...wanted, size: [stored.height, stored.width], channels: 1},
    {...wanted, size: [40, 50], antialias: true},
  ];
  for (const way of ways) {
    const readings = await readAll(files, way);
    for (const [i, file] of files.entries()) {
      const reading = readings[i]!;
      if (file === cut) expect(reading).toEqual({error: 'it is damaged or cut short'});
      else expect(reading).toEqual(await decode(fs.readFileSync(file), way));
    }
  }
});

test('readInThread gives pictures that are larger than its memory, and smaller ones after them', async () => {
  const size = [1000, 1500] as const;
  expect(size[0] * size[1] * 3).toBeGreaterThan(JOB_BYTES);
  const file = path.join(corpus, 'rgb.png');
  const [reading] = (await readAll([file], {...wanted, size})) as [Picture];
  const {pixels} = await decode(fs.readFileSync(file), {...wanted, size});
  expect(Buffer.from(reading.pixels.buffer).equals(Buffer.from(pixels.buffer))).toBe(true);
  const small = await decode(fs.readFileSync(file), wanted);
  for (const [again] of await Promise.all(Array.from({length: 8}, () => readAll([file])))) expect(again).toEqual(small);
});

test('readInThread says of each file what is wrong with it, and goes on', async () => {
  const broken = path.join(temporary, 'broken.png');
  fs.writeFileSync(broken, fs.readFileSync(path.join(corpus, 'rgb.png')).subarray(0, 90));
  const readings = await readAll([
    broken,
    path.join(temporary, 'missing.png'),
    path.join(corpus, 'rgb.png'),
    __filename,
  ]);
  expect(readings).toMatchObject([
    {error: 'it is damaged or cut short'},
    {error: 'there is no such file'},
    {height: 9, width: 8},
    {error: expect.stringMatching(/^expected JPEG, PNG, .* or SVG, got something else$/)},
  ]);
});

test('readInThread rejects with what its taker throws, and serves the next', async () => {
  const file = path.join(corpus, 'rgb.png');
  const stop = () => {
    throw new Error('enough');
  };
  await expect(readInThread([file], wanted, stop)).rejects.toThrow('enough');
  expect(await readAll([file])).toHaveLength(1);
});
