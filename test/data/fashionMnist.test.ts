import fs from 'node:fs';
import disk from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import {afterAll, describe, expect, jest, test} from '@jest/globals';
import {fashionMnist} from 'convlab';

const DEBIAN = '/usr/share/datasets/fashion-mnist';
const here = fs.existsSync(DEBIAN);
const empty = fs.mkdtempSync(path.join(os.tmpdir(), 'convlab-fashion-'));
afterAll(() => {
  fs.rmSync(empty, {recursive: true});
});

describe('fashionMnist.load()', () => {
  (here ? test : test.skip)("loads Debian's files", async () => {
    const {name, classNames, train, test: testSet} = await fashionMnist.load();
    expect([name, classNames.length]).toEqual(['Fashion-MNIST', 10]);
    expect(train.shape).toEqual([60000, 28, 28]);
    expect(testSet.shape).toEqual([10000, 28, 28]);
    expect(classNames[train.labels[0]!]).toBe('ankle boot');
    expect([...testSet.labels.subarray(0, 5)]).toEqual([9, 2, 1, 1, 6]);
  });

  test('says the three ways to get the files when they are out of reach', async () => {
    const access = jest.spyOn(disk, 'access').mockRejectedValue(new Error('ENOENT')); // as on another system
    const offline = fashionMnist.load({cache: empty, addresses: ['http://127.0.0.1:1/'], verbose: 0});
    await expect(offline).rejects.toThrow(/not on this machine.*failed.*\n.*\n.*apt-get install.*\n.*dir:.*\n.*31 MB/);
    access.mockRestore();
  });

  test('looks in the given folder only, and names the file that is missing', async () => {
    await expect(fashionMnist.load({dir: empty})).rejects.toThrow(
      /^fashionMnist.load: there is neither train-images-idx3-ubyte nor train-images-idx3-ubyte.gz in /,
    );
  });
});
