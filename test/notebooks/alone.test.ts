// Notebooks that continue another one work without it, too: executed once more, where 04 has left no model.
import fs from 'node:fs';
import path from 'node:path';
import {beforeAll, describe, expect, test} from '@jest/globals';
import {lastNumber, results, ROOT, SOURCES, start, type Cell} from './executed';
import {testReloaded} from './reloaded';

const ALONE = 'build/test/alone';
const LONGEST = 10 * 60_000;
const EVALUATE = '05-evaluate-and-predict';
/** Of 05 what trains and judges the network; what it says of the mistakes needs no other network, and minutes. */
const NEEDED = ['load', 'saved', 'model', 'train', 'evaluate'];

/** 05 with these cells only, and with one epoch instead of three. @returns Its path. */
function shortened(): string {
  const notebook = JSON.parse(fs.readFileSync(path.join(SOURCES, `${EVALUATE}.ipynb`), 'utf8')) as {cells: Cell[]};
  const cells = notebook.cells
    .filter(({id}) => NEEDED.includes(id))
    .map((cell) => ({...cell, source: cell.source.map((line) => line.replace('epochs: 3', 'epochs: 1'))}));
  expect(cells.map(({id}) => id)).toEqual(NEEDED);
  expect(cells.flatMap(({source}) => source).join('')).toContain('epochs: 1');
  const file = path.join(ROOT, ALONE, 'shortened', `${EVALUATE}.ipynb`);
  fs.mkdirSync(path.dirname(file), {recursive: true});
  fs.writeFileSync(file, JSON.stringify({...notebook, cells}));
  return file;
}

beforeAll(async () => {
  fs.rmSync(path.join(ROOT, ALONE), {recursive: true, force: true});
  // 05 leaves no model either.
  await start(shortened(), '06', '--out', ALONE);
}, LONGEST);

test('05 trains a network itself when there is none', () => {
  const {text} = results(EVALUATE, ALONE);
  expect(text('saved')).toContain('None yet');
  expect(lastNumber(text('evaluate'), 'accuracy')).toBeGreaterThanOrEqual(0.93);
});

describe('06 with one that it trains itself', () => {
  testReloaded(ALONE, 'None yet', 0.93);
});
