import fs from 'node:fs';
import http from 'node:http';
import type {AddressInfo} from 'node:net';
import path from 'node:path';
import {expect, test} from '@jest/globals';
import {dir, inSetup} from './inSetup';

test('TensorFlow’s step, when both sources fail, names both and leaves nothing half-installed', async () => {
  const tfjsNode = path.join(dir, 'node_modules', '@tensorflow', 'tfjs-node');
  for (const part of ['deps', 'lib']) fs.mkdirSync(path.join(tfjsNode, part, 'half'), {recursive: true});
  const server = http.createServer((request, response) => {
    if (request.method === 'HEAD') return response.end();
    response.writeHead(200, {'content-length': 1_000_000});
    return response.write(Buffer.alloc(1000), () => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  // Python is there, and what it is to fetch isn't.
  const bin = path.join(dir, 'bin');
  fs.mkdirSync(bin);
  fs.writeFileSync(path.join(bin, 'python3'), '#!/bin/sh\ncase "$*" in *download*) exit 3;; esac\n', {mode: 0o755});
  const printed = await inSetup(
    `import {tensorflow} from './tensorflow.mjs';
     await tensorflow.work().catch((error) => console.log(error.message));`,
    {
      PATH: `${bin}:${process.env.PATH}`,
      TFJS_NODE_CDN_STORAGE: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
      VIRTUAL_ENV: '',
      CONDA_PREFIX: '',
    },
  );
  server.close();
  expect(printed).toMatch(/^tfjs-node's own download: .*the connection broke off$/m);
  expect(printed).toMatch(/^the tensorflow-cpu wheel: .*python3 -m pip download .* failed with exit code 3$/m);
  expect(fs.readdirSync(tfjsNode)).toEqual([]);
});

test('CONVLAB_TENSORFLOW must name one of the two sources', async () => {
  const printed = await inSetup(
    `import {tensorflow} from './tensorflow.mjs';
     await tensorflow.work().catch((error) => console.log(error.message));`,
    {CONVLAB_TENSORFLOW: 'cloud'},
  );
  expect(printed).toContain('CONVLAB_TENSORFLOW: expected download or wheel, got cloud');
});
