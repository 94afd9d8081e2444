import crypto from 'node:crypto';
import {once} from 'node:events';
import fs from 'node:fs';
import http from 'node:http';
import type {AddressInfo} from 'node:net';
import os from 'node:os';
import path from 'node:path';
import {execFile} from 'node:child_process';
import {promisify} from 'node:util';
import {afterEach, beforeEach, describe, expect, test} from '@jest/globals';

const MODULE = path.resolve(__dirname, '../../lib/setup/download.mjs');
const BYTES = crypto.randomBytes(100_000);
const SHA256 = crypto.createHash('sha256').update(BYTES).digest('hex');

let dir: string;
let file: string;
let server: http.Server;
let answer: http.RequestListener;
beforeEach(async () => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), 'convlab-download-'));
  file = path.join(dir, 'library.tar.gz');
  server = http.createServer((...args) => {
    answer(...args);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
  fs.rmSync(dir, {recursive: true});
});

/** Downloads from the server, in a process of its own as the set-up does. @returns 'done' or the error's message. */
async function download(url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/library.tar.gz`) {
  const code = `import {download} from ${JSON.stringify(MODULE)};
    await download(${JSON.stringify(url)}, ${JSON.stringify(file)}, {sha256: '${SHA256}', patience: 0.5})
      .then(() => console.log('done'), (error) => console.log(error.constructor.name, error.message));`;
  const {stdout} = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', code], {
    // The server is on this machine, wherever the way out of it leads.
    env: {...process.env, https_proxy: '', HTTPS_PROXY: ''},
  });
  return stdout.trim();
}

describe('download(url, file)', () => {
  test('leaves the file and nothing else, even when it comes slowly', async () => {
    answer = (_, response) => {
      response.writeHead(200, {'content-length': BYTES.length});
      let sent = 0;
      const drip = setInterval(() => {
        response.write(BYTES.subarray(sent, (sent += 20_000)));
        if (sent < BYTES.length) return;
        clearInterval(drip);
        response.end();
      }, 200);
    };
    expect(await download()).toBe('done');
    expect(fs.readFileSync(file).equals(BYTES)).toBe(true);
    expect(fs.readdirSync(dir)).toEqual(['library.tar.gz']);
  });

  const failures: [string, http.RequestListener, string][] = [
    ['absent', (_, response) => response.writeHead(404).end('<html>'), 'expected the file, got status 404'],
    ['altered', (_, response) => response.end(crypto.randomBytes(100_000)), `expected SHA-256 ${SHA256.slice(0, 12)}…`],
    ['shorter than it should be', (_, response) => response.end(BYTES.subarray(0, 1000)), 'expected SHA-256'],
    [
      'cut off',
      (_, response) => {
        response.writeHead(200, {'content-length': BYTES.length});
        response.write(BYTES.subarray(0, 1000), () => response.destroy());
      },
      'the connection broke off',
    ],
    [
      'standing still',
      (_, response) => {
        response.writeHead(200, {'content-length': BYTES.length});
        response.write(BYTES.subarray(0, 1000));
      },
      'no byte came for 0.5 s',
    ],
    ['never answered', () => undefined, 'no byte came for 0.5 s'],
  ];
  test.each(failures)(
    'a file that is %s ends in an error that says so, and leaves nothing',
    async (_, listener, words) => {
      answer = listener;
      const message = await download();
      expect(message).toMatch(/^SetupError http:\/\/127\.0\.0\.1/);
      expect(message).toContain(words);
      expect(fs.readdirSync(dir)).toEqual([]);
    },
  );

  test('a server that is not there is named', async () => {
    expect(await download('http://127.0.0.1:9/library.tar.gz')).toMatch(
      /^SetupError http:\/\/127\.0\.0\.1:9\/.*ECONNREFUSED/,
    );
  });
});
