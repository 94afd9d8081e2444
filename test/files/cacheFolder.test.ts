import os from 'node:os';
import path from 'node:path';
import {afterEach, expect, jest, test} from '@jest/globals';
import {cacheFolder} from '../../lib/src/files/cacheFolder';
import {temporaryFolder} from '../folder';

const folder = temporaryFolder();
const {XDG_CACHE_HOME} = process.env;
afterEach(() => {
  jest.restoreAllMocks();
  if (XDG_CACHE_HOME === undefined) delete process.env.XDG_CACHE_HOME;
  else process.env.XDG_CACHE_HOME = XDG_CACHE_HOME;
});

test("it is the one that XDG_CACHE_HOME names, made or not, else the home's", () => {
  process.env.XDG_CACHE_HOME = path.join(folder, 'not/yet');
  expect(cacheFolder()).toBe(path.join(folder, 'not/yet'));
  process.env.XDG_CACHE_HOME = '';
  jest.spyOn(os, 'homedir').mockReturnValue(folder);
  expect(cacheFolder()).toBe(path.join(folder, '.cache'));
});

test('a user without a home has one among the temporary ones, unless the root of all files can be written', () => {
  process.env.XDG_CACHE_HOME = '';
  jest.spyOn(os, 'homedir').mockImplementation(() => {
    throw new Error('no such user');
  });
  const user = process.getuid!();
  expect(cacheFolder()).toBe(user === 0 ? '/.cache' : path.join(os.tmpdir(), `convlab-home-${user}`));
});
