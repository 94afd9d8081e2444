import fs from 'node:fs';
import path from 'node:path';
import {beforeAll, expect, test} from '@jest/globals';
import * as convlab from 'convlab';
import sharp from 'sharp';
import {temporaryFolder} from './folder';
import {listenToNotes} from './notes';

const page = fs.readFileSync(path.join(__dirname, '../docs/your-images.md'), 'utf8');
const blocks = Array.from(page.matchAll(/```ts\n(.*?)```/gs), ([, code]) => code!);
const folder = temporaryFolder();
const inFolder = (name: string) => path.join(folder, name);
listenToNotes();

beforeAll(async () => {
  for (const [label, name] of ['healthy', 'ill'].entries()) {
    fs.mkdirSync(inFolder(`cells/${name}`), {recursive: true});
    for (let i = 0; i < 15; i++) {
      const background = {r: 200 * label + i, g: 90, b: 255 - i};
      await sharp({create: {width: 70, height: 60, channels: 3, background}})
        .jpeg()
        .toFile(inFolder(`cells/${name}/${i}.jpg`));
    }
  }
  table('sign_mnist_train.csv', 28 * 28);
  table('sign_mnist_test.csv', 28 * 28);
  table('hmnist_28_28_RGB.csv', 28 * 28 * 3);
});

function table(file: string, pixels: number): void {
  const header = ['label', ...Array.from({length: pixels}, (_, i) => `pixel${i}`)];
  const rows = Array.from({length: 20}, (_, i) => [i % 2, ...Array.from({length: pixels}, (__, j) => (i + j) % 256)]);
  fs.writeFileSync(inFolder(file), [header, ...rows].map((row) => row.join()).join('\n'));
}

test('what docs/your-images.md says runs as it stands there, one block after the other', async () => {
  expect(blocks).toHaveLength(5);
  const [imports, ...others] = blocks;
  const names = Array.from(imports!.matchAll(/import \{(.*?)\} from 'convlab';/g), ([, list]) =>
    list!.split(', '),
  ).flat();
  expect(names.filter((name) => !(name in convlab))).toEqual([]);
  const code = others
    .join('\n')
    .replace(/'((cells|sign_|hmnist)[^']*)'/g, (_, name: string) => JSON.stringify(inFolder(name)));
  const program = `return (async () => {${code}; return {train, validation, test, limits, matrix}})()`;
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the page's own code
  const run = new Function(...names, program) as (...values: unknown[]) => Promise<{
    train: convlab.ImageSet;
    test: convlab.ImageSet;
    matrix: convlab.ConfusionMatrix;
  }>;
  const found = await run(
    ...names.map((name) => (name === 'show' ? () => undefined : convlab[name as keyof typeof convlab])),
  );
  expect(found.train.shape.slice(1)).toEqual([64, 64, 3]);
  expect(found.matrix.total).toBe(found.test.length);
  expect((await convlab.keras.load(inFolder('cells.keras'))).inputs[0]!.shape).toEqual([null, 64, 64, 3]);
});
