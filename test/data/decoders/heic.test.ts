import fs from 'node:fs';
import path from 'node:path';
import {expect, test} from '@jest/globals';
import {readHeic} from '../../../lib/src/data/decoders/heic';

test('of pictures that are read at once none leaves console.log as it made it', async () => {
  const {log} = console;
  const folder = path.join(__dirname, '../../fixtures/pictures');
  const heic = fs.readdirSync(folder).find((name) => name.endsWith('.heic'))!;
  const bytes = fs.readFileSync(path.join(folder, heic));
  await Promise.all([readHeic(bytes), readHeic(bytes), readHeic(bytes)]);
  expect(console.log).toBe(log);
});
