// Notebooks that continue another one work without it, too: executed once more, where 04 has left no model.
import fs from 'node:fs';
import path from 'node:path';
import {beforeAll, describe, expect, test} from '@jest/globals';
import {lastNumber, results, ROOT, start} from './executed';
import {testReloaded} from './reloaded';

const ALONE = 'build/test/alone';
const LONGEST = 10 * 60_000;

beforeAll(async () => {
  fs.rmSync(path.join(ROOT, ALONE), {recursive: true, force: true});
  // 05 leaves no model either.
  await start('05', '06', '--out', ALONE);
}, LONGEST);

test('05 trains a network itself when there is none', () => {
  const {text} = results('05-evaluate-and-predict', ALONE);
  expect(text('saved')).toContain('None yet');
  expect(lastNumber(text('evaluate'), 'accuracy')).toBeGreaterThanOrEqual(0.97);
});

describe('06 with one that it trains itself', () => {
  testReloaded(ALONE, 'None yet', 0.93);
});
