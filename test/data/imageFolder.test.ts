import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {beforeEach, describe, expect, jest, test} from '@jest/globals';
import {imageFolder, readImage} from 'convlab';
import sharp from 'sharp';
import {zip} from '../files/made';
import {temporaryFolder} from '../folder';
import {listenToNotes, told} from '../notes';

const folder = temporaryFolder();
let dir: string;
let count = 0;

/** A picture of one colour, which tells the class and the file. */
async function draw(file: string, red: number, green: number): Promise<void> {
  fs.mkdirSync(path.dirname(path.join(dir, file)), {recursive: true});
  const background = {r: red, g: green, b: 0};
  await sharp({create: {width: 9, height: 7, channels: 3, background}})
    .png()
    .toFile(path.join(dir, file));
}

listenToNotes();

beforeEach(async () => {
  dir = path.join(folder, `set-${count++}`);
  for (const [label, name] of ['apple', 'pear'].entries()) {
    for (let i = 0; i < 5; i++) await draw(`${name}/${i}.png`, 100 * (label + 1), i);
  }
});

describe('imageFolder.load(dir)', () => {
  test('gives each picture the label of its folder, and tells its file', async () => {
    fs.writeFileSync(path.join(dir, 'apple', 'notes.txt'), 'not a picture');
    fs.writeFileSync(path.join(dir, 'apple', '.hidden.png'), 'not a picture either');
    const {
      name,
      classNames,
      train,
      test: testSet,
      trainFiles,
      testFiles,
      skipped,
    } = await imageFolder.load(dir, {size: 4});
    expect({name, classNames}).toEqual({name: path.basename(dir), classNames: ['apple', 'pear']});
    expect(skipped).toEqual([
      {file: path.join(dir, 'apple', '.hidden.png'), reason: 'hidden, or of the system'},
      {file: path.join(dir, 'apple', 'notes.txt'), reason: 'no picture by its name'},
    ]);
    expect(told).toEqual([
      'Note: 2 files were passed over (1 × hidden, or of the system; 1 × no picture by its name); ' +
        'skipped has each with its reason.',
    ]);
    expect([train.shape, testSet.shape]).toEqual([
      [8, 4, 4, 3],
      [2, 4, 4, 3],
    ]);
    expect([...testSet.labels].sort()).toEqual([0, 1]);
    for (const [set, files] of [
      [train, trainFiles],
      [testSet, testFiles],
    ] as const) {
      // prettier-ignore
      files.forEach((file, i) => {
        expect(path.join(dir, classNames[set.labels[i]!]!, `${set.image(i)[1]!}.png`)).toBe(file);
        expect(set.image(i)[0]).toBe(100 * (set.labels[i]! + 1));
      });
    }
  });

  test('draws the same test pictures for the same seed, others for another, and as many as it is told', async () => {
    const drawn = async (seed: number, share = 0.4) =>
      (await imageFolder.load(dir, {size: 2, seed, split: {test: share}})).testFiles;
    expect(await drawn(3)).toEqual(await drawn(3));
    expect(await drawn(3)).not.toEqual(await drawn(4));
    expect(await drawn(3)).toHaveLength(4);
    expect(await drawn(3, 0)).toEqual([]);
  });

  test('still takes testSplit, the name before split', async () => {
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- that is what is tried
    expect((await imageFolder.load(dir, {size: 2, testSplit: 0.6})).testFiles).toHaveLength(6);
  });

  test('reads grey pictures of another height than width', async () => {
    const {train} = await imageFolder.load(dir, {size: [6, 3], channels: 1});
    expect(train.shape).toEqual([8, 6, 3]);
  });

  test('takes folders named train and test as the split', async () => {
    fs.mkdirSync(path.join(dir, 'train'));
    for (const name of ['apple', 'pear']) fs.renameSync(path.join(dir, name), path.join(dir, 'train', name));
    await draw('test/apple/a.png', 100, 0);
    await draw('test/pear/p.png', 200, 0);
    const {train, testFiles, classNames} = await imageFolder.load(dir, {size: 2});
    expect(classNames).toEqual(['apple', 'pear']);
    expect(train.length).toBe(10);
    expect(testFiles).toEqual([path.join(dir, 'test/apple/a.png'), path.join(dir, 'test/pear/p.png')]);
    expect(told).toEqual([expect.stringMatching(/^Note: 2 pictures of test are in train, too, byte for byte: /)]);
  });

  test('reads a .zip, with validation drawn, and leaves nothing behind', async () => {
    const file = `${dir}.zip`;
    const entries = fs.readdirSync(dir, {recursive: true, encoding: 'utf8'}).filter((name) => name.endsWith('.png'));
    fs.writeFileSync(file, await zip(entries.map((name) => [name, fs.readFileSync(path.join(dir, name))])));
    // A folder of its own: other tests unzip at the same time.
    const temporary = path.join(dir, 'temporary');
    fs.mkdirSync(temporary);
    const tmpdir = jest.spyOn(os, 'tmpdir').mockReturnValue(temporary);
    const {
      name,
      train,
      validation,
      validationFiles,
      test: testSet,
    } = await imageFolder.load(file, {
      size: 2,
      split: {validation: 0.2, test: 0.2},
    });
    expect(name).toBe(path.basename(dir));
    expect([train.length, validation!.length, testSet.length]).toEqual([6, 2, 2]);
    expect([...validation!.labels].sort()).toEqual([0, 1]);
    expect(validationFiles![0]).toMatch(/set-\d+\.zip\/(apple|pear)\/\d\.png$/);
    expect(tmpdir).toHaveBeenCalled();
    tmpdir.mockRestore();
    expect(fs.readdirSync(temporary)).toEqual([]);
  });

  test('refuses a damaged picture by name, or leaves it out and says so', async () => {
    const bad = path.join(dir, 'pear', '2.png');
    fs.truncateSync(bad, 40);
    await expect(imageFolder.load(dir, {size: 2})).rejects.toThrow(
      /^imageFolder.load: .*pear\/2.png: .*; fix it, remove it, or pass damaged: 'skip'$/,
    );
    const {
      train,
      test: testSet,
      trainFiles,
      testFiles,
      skipped,
    } = await imageFolder.load(dir, {size: 2, damaged: 'skip'});
    expect(train.length + testSet.length).toBe(9);
    expect([...trainFiles, ...testFiles]).not.toContain(bad);
    expect(skipped).toEqual([{file: bad, reason: expect.stringMatching(/^(?!.*pear)/)}]);
    [...trainFiles].forEach((file, i) => {
      expect(`${train.image(i)[1]!}.png`).toBe(path.basename(file));
    });
  });

  test.each<[string, () => unknown, object, RegExp]>([
    ['a folder that is missing', () => (dir += '-not'), {}, /-not: there is no such file$/],
    [
      'a folder without folders',
      () => (dir = path.join(dir, 'pear')),
      {},
      /expected a folder for each class, got 5 pictures/,
    ],
    [
      'a class without pictures',
      () => {
        fs.mkdirSync(path.join(dir, 'plum'));
      },
      {},
      /plum: expected pictures .*, got no file; remove the folder/,
    ],
    ['folders that are no classes', () => { for (let i = 0; i < 255; i++) fs.mkdirSync(path.join(dir, `x${i}`)); }, {}, /x0: expected pictures/], // prettier-ignore
    ['a size of 0', () => undefined, {size: 0}, /size must be a whole number of pixels, or \[height, width\], got 0$/],
    [
      'a size beyond memory',
      () => undefined,
      {size: 30_000},
      /8 pictures of 30000 x 30000 need 21.6 GB; choose a smaller size, or read them batch by batch with imageFolder.stream$/,
    ],
    ['a share of 20', () => undefined, {split: {test: 20}}, /split must be shares from 0 to 1 such as /],
  ])('refuses %s', async (_, prepare, options, message) => {
    prepare();
    await expect(imageFolder.load(dir, {size: 2, ...options})).rejects.toThrow(message);
  });
});

describe('imageFolder.load(dir, {channels, page}) of pictures from a microscope', () => {
  const corpus = path.join(__dirname, '../fixtures/pictures');
  const options = {size: [8, 8], split: {test: 0}} as const;
  /** The same file in two classes, between pictures of its own size. */
  const folderOf = (name: string): string => {
    const parent = path.join(folder, `microscope-${count++}`);
    for (const label of ['control', 'treated']) {
      fs.mkdirSync(path.join(parent, label), {recursive: true});
      for (const i of [1, 2, 3]) fs.copyFileSync(path.join(corpus, name), path.join(parent, label, `${i}.tif`));
    }
    return parent;
  };

  test('takes the channels that are asked for, each picture in its own place', async () => {
    const parent = folderOf('4-channels.tif');
    const {train} = await imageFolder.load(parent, {...options, channels: [3, 0]});
    const one = await readImage(path.join(corpus, '4-channels.tif'), {channels: [3, 0]});
    expect(train.shape).toEqual([6, 8, 8, 2]);
    for (let i = 0; i < 6; i++) expect(Array.from(train.image(i))).toEqual(Array.from(one.pixels));
    await expect(imageFolder.load(parent, options)).rejects.toThrow(
      /^imageFolder\.load: .*\d\.tif: it has 4 channels and doesn't say .* choose some of 0, 1, 2, 3/,
    );
    await expect(imageFolder.load(parent, {...options, channels: [4]})).rejects.toThrow('there is no channel 4');
  });

  test('reads a page of stacks, and says that there are several', async () => {
    const parent = folderOf('stack.tif');
    const {train} = await imageFolder.load(parent, {...options, page: 1, channels: 1});
    const one = await readImage(path.join(corpus, 'stack.tif'), {page: 1, channels: 1, size: [8, 8]});
    expect(Array.from(train.image(5))).toEqual(Array.from(one.pixels));
    await expect(imageFolder.load(parent, options)).rejects.toThrow(/it has 3 pages; choose one by page, 0 to 2/);
  });
});
