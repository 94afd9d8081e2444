import {execFileSync, spawnSync} from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {describe, expect, test} from '@jest/globals';
import {tf} from 'convlab';

const dist = path.resolve(__dirname, '..', '..', 'lib', 'dist');

describe('tf', () => {
  test('multiplies two matrices on the native backend', async () => {
    expect(tf.getBackend()).toBe('tensorflow');
    const product = tf.matMul<tf.Tensor2D>([[1, 2]], [[3], [4]]);
    expect(await product.array()).toEqual([[11]]);
  });

  test('loads where util.isNullOrUndefined is gone, as in Node 24', () => {
    const script = `
      delete require('node:util').isNullOrUndefined;
      const {tf} = require(${JSON.stringify(dist)});
      console.log(tf.tensor([1, 2]).add(1).dataSync().join());`;
    expect(execFileSync(process.execPath, ['-e', script], {stdio: ['ignore', 'pipe', 'ignore']}).toString()).toBe(
      '2,3\n',
    );
  });

  test('says what to do when the native library is missing', () => {
    const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'convlab-native-'));
    const stub = path.join(dir, 'node_modules', '@tensorflow', 'tfjs-node');
    fs.mkdirSync(stub, {recursive: true});
    fs.writeFileSync(path.join(stub, 'index.js'), "throw new Error('tfjs_binding.node can not be found')");
    for (const name of ['tfjs/native.js', 'tfjs/tensorflow.js', 'native/notSetUp.js']) {
      fs.mkdirSync(path.dirname(path.join(dir, name)), {recursive: true});
      fs.copyFileSync(path.join(dist, name), path.join(dir, name));
    }
    const {stderr} = spawnSync(process.execPath, [path.join(dir, 'tfjs', 'tensorflow.js')]);
    expect(stderr.toString()).toMatch(
      /TensorFlow's library isn't installed or doesn't load .* Type `npx convlab setup` .*\(tfjs_binding.node can not be found\)/,
    );
    fs.rmSync(dir, {recursive: true});
  });
});
