import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import zlib from 'node:zlib';
import {Uint8ArrayReader, Uint8ArrayWriter, ZipWriter} from '@zip.js/zip.js';
import {afterEach, beforeEach, describe, expect, test} from '@jest/globals';
import {idx} from 'convlab';
import {idxFile} from '../files/made';
import {listenToNotes, told} from '../notes';

describe('idx.parse(bytes)', () => {
  test('reads shape and elements', () => {
    const {shape, data} = idx.parse(idxFile([2, 1, 3], [1, 2, 3, 4, 5, 255]));
    expect(shape).toEqual([2, 1, 3]);
    expect([...data]).toEqual([1, 2, 3, 4, 5, 255]);
  });

  test('reads a file that lies at an odd place in a larger buffer', () => {
    const bytes = Buffer.concat([Buffer.from([9]), idxFile([2], [7, 8])]).subarray(1);
    expect([...idx.parse(bytes).data]).toEqual([7, 8]);
  });

  test.each<[number, number[], number[]]>([
    [0x09, [255, 1], [-1, 1]],
    [0x0b, [255, 254, 1, 2], [-2, 258]],
    [0x0c, [255, 255, 255, 253, 0, 1, 0, 0], [-3, 65536]],
    [0x0d, [0x3f, 0xc0, 0, 0, 0xc0, 0, 0, 0], [1.5, -2]],
    [0x0e, [0x3f, 0xf8, 0, 0, 0, 0, 0, 0, 0xc0, 0, 0, 0, 0, 0, 0, 0], [1.5, -2]],
  ])('reads elements of type %i', (type, bytes, expected) => {
    const {shape, data} = idx.parse(idxFile([2], bytes, type));
    expect([shape, [...data]]).toEqual([[2], expected]);
  });

  test.each([
    ['an empty file', Buffer.alloc(0), /labels: expected an IDX file, got only 0 bytes/],
    ['a zipped file', Buffer.from([0x1f, 0x8b, 8, 0]), /begins with two zero bytes, got 0x1f8b0800/],
    [
      'an unknown type',
      idxFile([1], [0, 0, 0, 0], 0x0a),
      /expected IDX elements of one of the types 0x08, 0x09, .* got type 0x0a/,
    ],
    ['no dimensions', idxFile([], []), /header of 0 dimensions/],
    ['a header cut short', idxFile([2, 2], []).subarray(0, 9), /header of 2 dimensions doesn't fit into 9 bytes/],
    ['elements cut short', idxFile([2, 2], [1, 2, 3]), /needs 4 bytes after the header, got 3; the file is cut short/],
    ['too many elements', idxFile([1], [1, 2]), /needs 1 bytes after the header, got 2; .* longer than it says/],
    ['absurd lengths', idxFile([4294967295, 4294967295], [1]), /cut short/],
  ])('rejects %s', (_, bytes, message) => {
    expect(() => idx.parse(bytes, 'labels')).toThrow(message);
  });

  test('names the file with its folder, and the function', async () => {
    await expect(idx.read(__filename)).rejects.toThrow(`idx.read: ${__filename}: expected an IDX file`);
  });
});

describe('idx.load(dir)', () => {
  listenToNotes();
  let dir: string;
  const write = (name: string, bytes: Uint8Array) => fs.writeFile(path.join(dir, name), bytes);
  const images = idxFile([2, 1, 2], [1, 2, 3, 4]);
  const labels = idxFile([2], [0, 2]);

  beforeEach(async () => {
    dir = await fs.mkdtemp(path.join(os.tmpdir(), 'convlab-idx-'));
    await write('train-images-idx3-ubyte', images);
    await write('train-labels-idx1-ubyte', labels);
    await write('t10k-images-idx3-ubyte.gz', zlib.gzipSync(images));
    await write('t10k-labels-idx1-ubyte.gz', zlib.gzipSync(labels));
  });
  afterEach(() => fs.rm(dir, {recursive: true}));

  test('reads four files, zipped or not, and numbers the classes', async () => {
    const {train, test: testSet, classNames} = await idx.load(dir);
    expect(train.shape).toEqual([2, 1, 2]);
    expect([...testSet.image(1)]).toEqual([3, 4]);
    expect(classNames).toEqual(['0', '1', '2']);
  });

  const rename = async (change: (name: string) => string) => {
    for (const name of await fs.readdir(dir)) await fs.rename(path.join(dir, name), path.join(dir, change(name)));
  };

  test("puts EMNIST's pictures upright, counts its letters from 0, and says so", async () => {
    await write('train-images-idx3-ubyte', idxFile([2, 2, 3], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 255]));
    await write('train-labels-idx1-ubyte', idxFile([2], [1, 26]));
    await write('t10k-images-idx3-ubyte.gz', zlib.gzipSync(idxFile([1, 2, 3], [6, 5, 4, 3, 2, 1])));
    await write('t10k-labels-idx1-ubyte.gz', zlib.gzipSync(idxFile([1], [3])));
    await rename((name) => `emnist-letters-${name.replace('t10k', 'test')}`);
    const {name, classNames, train, test: tested} = await idx.load(dir, {name: 'Letters'});
    expect([name, classNames.length, classNames[25]]).toEqual(['Letters', 26, 'Z']);
    expect([train.shape, [...train.pixels]]).toEqual([
      [2, 3, 2],
      [1, 4, 2, 5, 3, 6, 7, 10, 8, 11, 9, 255],
    ]);
    expect([[...train.labels], [...tested.labels]]).toEqual([[0, 25], [2]]);
    expect(told).toEqual([expect.stringMatching(/^Note: EMNIST's pictures lie on their side .* are counted from 0.$/)]);
  });

  test.each([
    ['balanced', 47, 'r'],
    ['byclass', 62, 'x'],
    ['digits', 10, undefined],
  ])("knows the classes of EMNIST's %s", async (division, classes, name45) => {
    await rename((name) => `emnist-${division}-${name.replace('t10k', 'test')}`);
    const {classNames, train} = await idx.load(dir);
    expect([classNames.length, classNames[division === 'byclass' ? 59 : 45]]).toEqual([classes, name45]);
    expect([...train.labels]).toEqual([0, 2]);
  });

  test("takes the first column of QMNIST's labels", async () => {
    const of = (label: number) => [label, 9, 8, 7, 6, 5, 4, 3].flatMap((value) => [0, 0, 0, value]);
    await fs.rm(path.join(dir, 'train-labels-idx1-ubyte'));
    await write('train-labels-idx2-int', idxFile([2, 8], [...of(5), ...of(0)], 0x0c));
    await rename((name) => `qmnist-${name.replace('t10k', 'test')}`);
    const {train, classNames} = await idx.load(dir);
    expect([[...train.labels], classNames.length]).toEqual([[5, 0], 6]);
  });

  test('names the file that is missing', async () => {
    await fs.rm(path.join(dir, 'train-labels-idx1-ubyte'));
    await expect(idx.load(dir)).rejects.toThrow(/no file like train-labels-idx1-ubyte or .*\.gz/);
  });

  test("takes one of the data sets in EMNIST's own folder by its prefix", async () => {
    await rename((name) => `emnist-letters-${name.replace('t10k', 'test')}`);
    await write('emnist-letters-train-labels-idx1-ubyte', idxFile([2], [1, 26]));
    await write('emnist-letters-test-labels-idx1-ubyte.gz', zlib.gzipSync(idxFile([2], [3, 4])));
    for (const part of ['train', 'test']) {
      await write(`emnist-digits-${part}-images-idx3-ubyte`, images);
      await write(`emnist-digits-${part}-labels-idx1-ubyte`, labels);
    }
    await expect(idx.load(dir)).rejects.toThrow(/several candidates, .*, or say which: prefix: 'emnist-digits'$/);
    const letters = await idx.load(dir, {prefix: 'emnist-letters'});
    expect([letters.name, letters.classNames.length, [...letters.test.labels]]).toEqual(['emnist-letters', 26, [2, 3]]);
    expect((await idx.load(dir, {prefix: 'emnist-digits'})).classNames).toHaveLength(10);
    await expect(idx.load(dir, {prefix: 'kmnist'})).rejects.toThrow(
      /idx.load: no file in .* begins with the prefix 'kmnist'/,
    );
  });

  test("finds the files in a folder below, as in EMNIST's archive, and in the archive itself", async () => {
    await rename((name) => `emnist-digits-${name.replace('t10k', 'test')}`);
    const names = await fs.readdir(dir);
    const files = await Promise.all(
      names.map(async (name) => [name, await fs.readFile(path.join(dir, name))] as const),
    );
    await fs.mkdir(path.join(dir, 'gzip'));
    for (const name of names) await fs.rename(path.join(dir, name), path.join(dir, 'gzip', name));
    await write('emnist-digits-mapping.txt', Buffer.from('0 48'));
    const below = await idx.load(dir);
    expect([below.classNames.length, [...below.train.labels], below.test.shape]).toEqual([10, [0, 2], [2, 2, 1]]);
    const writer = new ZipWriter(new Uint8ArrayWriter(), {useWebWorkers: false});
    for (const [name, bytes] of files) await writer.add(`gzip/${name}`, new Uint8ArrayReader(bytes));
    const archive = path.join(dir, 'archive.zip');
    await fs.writeFile(archive, await writer.close());
    const zipped = await idx.load(archive);
    expect([zipped.name, [...zipped.train.labels]]).toEqual(['archive', [0, 2]]);
    await expect(idx.load(archive, {prefix: 'kmnist'})).rejects.toThrow(
      `no file in ${archive} begins with the prefix 'kmnist'; it holds ${path.join('gzip', names[0]!)}`,
    );
  });

  test('refuses two data sets in one folder', async () => {
    await write('letters-train-images-idx3-ubyte', images);
    await expect(idx.load(dir)).rejects.toThrow(/several candidates/);
  });

  test('refuses images and labels of different number', async () => {
    await write('train-labels-idx1-ubyte', idxFile([3], [0, 1, 2]));
    await expect(idx.load(dir)).rejects.toThrow(
      /shape \[2, 1, 2\], so 2 images, and train-labels-idx1-ubyte has 3 labels; expected one an image/,
    );
  });

  test('names a broken .gz', async () => {
    await write('t10k-labels-idx1-ubyte.gz', zlib.gzipSync(labels).subarray(0, 15));
    await expect(idx.load(dir)).rejects.toThrow(/t10k-labels-idx1-ubyte.gz: can't be unzipped/);
  });

  test('refuses fewer class names than there are classes', async () => {
    await expect(idx.load(dir, {classNames: ['a']})).rejects.toThrow(/labels go up to 2 but there are 1 classNames/);
  });

  test('says which folder it could not read', async () => {
    await expect(idx.load(path.join(dir, 'nowhere'))).rejects.toThrow(/can't read the folder .*nowhere \(ENOENT\)/);
  });
});
