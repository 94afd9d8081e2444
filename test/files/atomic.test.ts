import fs from 'node:fs';
import path from 'node:path';
import {expect, test} from '@jest/globals';
import {writeWhole} from '../../lib/src/files/atomic';
import {temporaryFolder} from '../folder';

const folder = temporaryFolder();
const inFolder = (name: string) => path.join(folder, name);
const bytes = Buffer.from('new');

test('a name as long as names can be is written, and nothing is left beside it', async () => {
  const file = inFolder(`${'n'.repeat(251)}.npy`);
  await writeWhole(file, bytes);
  expect([fs.readFileSync(file, 'utf8'), fs.readdirSync(folder)]).toEqual(['new', [path.basename(file)]]);
});

test('a link stays a link, also one whose file is not there yet', async () => {
  fs.mkdirSync(inFolder('models'));
  fs.symlinkSync('newest', inFolder('link'));
  fs.symlinkSync('models/7.keras', inFolder('newest'));
  for (const text of ['first', 'second']) {
    await writeWhole(inFolder('link'), Buffer.from(text));
    expect(fs.readFileSync(inFolder('models/7.keras'), 'utf8')).toBe(text);
    expect(fs.readlinkSync(inFolder('link'))).toBe('newest');
  }
});

test('a link into a folder that is not there is told by that folder', async () => {
  fs.symlinkSync('nowhere/7.keras', inFolder('lost'));
  await expect(writeWhole(inFolder('lost'), bytes)).rejects.toThrow(`there is no folder ${inFolder('nowhere')}`);
  expect(fs.readlinkSync(inFolder('lost'))).toBe('nowhere/7.keras');
});
