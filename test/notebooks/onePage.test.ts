// The walkthrough on one page: it runs as it stands, with fewer epochs, and the README shows the same lines.
import fs from 'node:fs';
import path from 'node:path';
import {expect, test} from '@jest/globals';
import {lastNumber, results, ROOT, start} from './executed';

const FOLDER = 'build/test/one-page';
const linesOf = (file: string) =>
  /```ts\n(import \{tf, mnist, picture, show, summary[^]*?)```/.exec(
    fs.readFileSync(path.join(ROOT, file), 'utf8'),
  )![1]!;
const code = linesOf('docs/one-page.md');

test('the page has 25 lines of code, and the README has the same', () => {
  expect(code.split('\n').filter((line) => line !== '')).toHaveLength(25);
  expect(linesOf('README.md')).toBe(code);
});

test(
  'the page runs in a cell: the digits, the summary, training, the table and the mistakes, and a file',
  async () => {
    const folder = path.join(ROOT, FOLDER);
    fs.rmSync(folder, {recursive: true, force: true});
    fs.mkdirSync(folder, {recursive: true});
    expect(code).toContain('epochs: 8');
    const cell = {
      cell_type: 'code',
      id: 'page',
      metadata: {},
      execution_count: null,
      outputs: [],
      source: code.replace('epochs: 8', 'epochs: 1'),
    };
    const first = JSON.parse(fs.readFileSync(path.join(ROOT, 'notebooks', '01-get-started.ipynb'), 'utf8')) as {
      metadata: object;
    };
    const file = path.join(folder, 'page.ipynb');
    fs.writeFileSync(file, JSON.stringify({cells: [cell], metadata: first.metadata, nbformat: 4, nbformat_minor: 5}));
    await start(file, '--out', path.join(FOLDER, 'executed'));

    const {text, pictures, figures, html} = results('page', path.join(FOLDER, 'executed'));
    expect(text('page')).toContain('Total params: 35,530');
    expect(lastNumber(text('page'), 'accuracy')).toBeGreaterThan(0.93);
    expect(pictures('page')).toHaveLength(2);
    expect(figures('page')).toHaveLength(1);
    expect(html('page')).toContain('<table');
    const saved = [folder, path.join(folder, 'executed')].map((place) => path.join(place, 'mymodel.h5'));
    expect(saved.filter((place) => fs.existsSync(place))).toHaveLength(1);
  },
  10 * 60_000,
);
