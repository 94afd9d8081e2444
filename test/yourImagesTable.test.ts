// The first table of docs/your-images.md: each line that loads something runs as it stands there, on files as its row says.
import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';
import {beforeAll, expect, test} from '@jest/globals';
import * as convlab from 'convlab';
import sharp from 'sharp';
import {hdf5, idxFile, zip} from './files/made';
import {temporaryFolder} from './folder';
import {listenToNotes} from './notes';

const page = fs.readFileSync(path.join(__dirname, '../docs/your-images.md'), 'utf8');
const table = /\| you have \|.*?\n\n/s.exec(page)![0];
const rows = table.split('\n').slice(2, -2);
const linesOf = (row: string) => Array.from(row.matchAll(/`(await .*?)`(?= \||;|,|:| says)/g), ([, line]) => line!);

const folder = temporaryFolder();
const fixtures = path.join(__dirname, 'fixtures');
listenToNotes();

function put(name: string, bytes: string | Uint8Array): void {
  const file = path.join(folder, name);
  fs.mkdirSync(path.dirname(file), {recursive: true});
  fs.writeFileSync(file, bytes);
}

/** Pictures of two classes, called what `nameOf` says. */
async function pictures(nameOf: (className: string, i: number) => string, many = 10): Promise<[string, Buffer][]> {
  const names = ['healthy', 'ill'].flatMap((name, label) =>
    Array.from({length: many}, (_, i) => ({name: nameOf(name, i), shade: 100 * label + 5 * i})),
  );
  return Promise.all(
    names.map(async ({name, shade}): Promise<[string, Buffer]> => {
      const background = {r: shade, g: 255 - shade, b: 90};
      return [
        name,
        await sharp({create: {width: 30, height: 20, channels: 3, background}})
          .jpeg()
          .toBuffer(),
      ];
    }),
  );
}

const range = (length: number) => [...Array(length).keys()];
const pixelRows = (many: number) => range(many).map((i) => range(784).map((j) => (i + j) % 256));

beforeAll(async () => {
  const byClass = await pictures((name, i) => `${name}/${i}.jpg`);
  for (const [name, bytes] of byClass) {
    put(`cells/${name}`, bytes);
    put(`scans/${name.endsWith('9.jpg') ? 'test' : 'train'}/${name}`, bytes);
  }
  put('cells.zip', await zip(byClass.map(([name, bytes]) => [name, new Uint8Array(bytes)])));
  for (const [name, bytes] of await pictures((name, i) => `${name}_${i}.jpg`)) {
    put(`skin/${name}`, bytes);
    put(`pets/${name}`, bytes);
  }
  put('skin/labels.csv', ['file,label', ...range(10).map((i) => `healthy_${i}.jpg,a\nill_${i}.jpg,b`)].join('\n'));
  for (const [name, bytes] of await pictures((name, i) => `${name}/${name}${i % 5}-${i}.jpg`))
    put(`patients/${name}`, bytes);
  const [leaf] = byClass;
  put('leaf.jpg', leaf![1]);
  for (const [from, to] of [
    ['5-channels', 'nuclei'],
    ['stack', 'stacks'],
  ]) {
    const bytes = fs.readFileSync(path.join(fixtures, `pictures/${from!}.tif`));
    for (const i of range(10)) put(`${to!}/${i % 2 === 0 ? 'healthy' : 'ill'}/${i}.tif`, bytes);
  }
  put('pneumoniamnist.npz', fs.readFileSync(path.join(fixtures, 'arrays/med.npz')));
  put('scans.mat', fs.readFileSync(path.join(fixtures, 'arrays/five.mat')));
  const header = ['label', ...range(784).map((i) => `pixel${i}`)].join();
  put('train.csv', [header, ...pixelRows(20).map((row, i) => [i % 2, ...row].join())].join('\n'));
  put(
    'letters.csv',
    pixelRows(20)
      .map((row, i) => [...row, i % 2].join())
      .join('\n'),
  );
  const images = {shape: [20, 28, 28], data: Uint8Array.from(pixelRows(20).flat())};
  const labels = {shape: [20], data: Uint8Array.from(range(20), (i) => i % 2)};
  // Their memory is handed over to the thread that writes.
  const file = (arrays: [string, typeof images][]) =>
    hdf5({
      attributes: new Map(),
      arrays: new Map(arrays.map(([name, {shape, data}]) => [name, {shape, data: data.slice()}])),
    });
  put('galaxies.h5', await file([['images', images], ['ans', labels]])); // prettier-ignore
  put('train_x.h5', await file([['x', images]]));
  put('train_y.h5', await file([['y', labels]]));
  const archive: [string, Uint8Array][] = [];
  for (const part of ['train', 't10k']) {
    const [pixels, classes] = [idxFile(images.shape, [...images.data]), idxFile([20], [...labels.data])];
    put(`kmnist/${part}-images-idx3-ubyte`, pixels);
    put(`kmnist/${part}-labels-idx1-ubyte`, classes);
    // EMNIST counts its letters from 1.
    const letters = idxFile([20], range(20).map((i) => 1 + (i % 26))); // prettier-ignore
    const name = `gzip/emnist-letters-${part === 'train' ? 'train' : 'test'}`;
    archive.push([`${name}-images-idx3-ubyte.gz`, new Uint8Array(zlib.gzipSync(pixels))]);
    archive.push([`${name}-labels-idx1-ubyte.gz`, new Uint8Array(zlib.gzipSync(letters))]);
  }
  put('gzip.zip', await zip(archive));
});

/** What the line gives, with the files in the test's folder. */
async function run(line: string): Promise<unknown> {
  const here = (file: string) => JSON.stringify(path.join(folder, file));
  const code = line
    .replace(/(load|stream|readImage)\('([^']+)'/, (_, name: string, file: string) => `${name}(${here(file)}`)
    .replace(/labelsFile: '([^']+)'/, (_, file: string) => `labelsFile: ${here(file)}`);
  const names = Object.keys(convlab);
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the page's own code
  const evaluated = new Function(...names, `return (async () => ${code})()`) as (
    ...values: unknown[]
  ) => Promise<unknown>;
  return evaluated(...names.map((name) => convlab[name as keyof typeof convlab]));
}

const lines = rows.flatMap(linesOf);

test('each row of the table has a line', () => {
  expect(rows.filter((row) => linesOf(row).length === 0)).toEqual([]);
  expect(lines.length).toBeGreaterThan(17);
});

test.each(lines)('%s', async (line) => {
  if (line.includes('.mat')) {
    await expect(run(line)).rejects.toThrow(/scipy.io.loadmat/);
    return;
  }
  const found = (await run(line)) as convlab.ImageDataset & convlab.Image;
  if (line.includes('readImage')) {
    expect(found.shape).toEqual([1, 64, 64, 3]);
    return;
  }
  expect(found.train.length).toBeGreaterThanOrEqual(found.test.length);
  expect(found.test.length).toBeGreaterThan(0);
  expect(found.classNames.length).toBeGreaterThan(1);
  expect(found.skipped.length).toBe(0);
  const side = Number(/size: (\d+)/.exec(line)?.[1] ?? NaN);
  if (side) expect(found.train.shape.slice(1, 3)).toEqual([side, side]);
});
