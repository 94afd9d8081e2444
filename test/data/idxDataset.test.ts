// The real data sets are too large for a test server: a tiny one in the same form.
import crypto from 'node:crypto';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import zlib from 'node:zlib';
import {afterEach, beforeEach, describe, expect, test} from '@jest/globals';
import {downloadIdxDataset, hasIdxDataset, loadIdxDataset} from '../../lib/src/data/idxDataset';
import {setReporter, type Reporter} from '../../lib/src/progress/reporter';
import {serve, type Server} from '../server';

const images = Buffer.from([0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 2, 10, 20]);
const labels = Buffer.from([0, 0, 8, 1, 0, 0, 0, 1, 1]);
const files = {
  'train-images-idx3-ubyte': images,
  'train-labels-idx1-ubyte': labels,
  't10k-images-idx3-ubyte': images,
  't10k-labels-idx1-ubyte': labels,
};
const sha256 = (bytes: Uint8Array) => crypto.createHash('sha256').update(bytes).digest('hex');
const digests = {
  'train-images-idx3-ubyte': sha256(images),
  'train-labels-idx1-ubyte': sha256(labels),
  't10k-images-idx3-ubyte': sha256(images),
  't10k-labels-idx1-ubyte': sha256(labels),
};
const zipped = (url: string) => zlib.gzipSync(files[path.basename(url, '.gz') as keyof typeof files]);

let dir: string;
let server: Server;
beforeEach(async () => {
  dir = path.join(await fs.mkdtemp(path.join(os.tmpdir(), 'convlab-idx-dataset-')), 'cache');
});
afterEach(async () => {
  await fs.rm(path.dirname(dir), {recursive: true});
  await server.close();
});
const get = (...addresses: string[]) => downloadIdxDataset('Tiny', dir, digests, {addresses, megabytes: 1}, 0);
const kept = async () => (await fs.readdir(dir)).sort();

describe('downloadIdxDataset()', () => {
  test('keeps the four files, which load and are not asked for again', async () => {
    server = await serve((url, response) => response.end(zipped(url)));
    expect(await hasIdxDataset(dir, digests)).toBe(false);
    // With a slash at the end or without.
    await get(server.address.replace(/\/$/, ''));
    expect(await hasIdxDataset(dir, digests)).toBe(true);
    expect(server.asked.sort()).toEqual((await kept()).map((name) => `/${name}`));
    await get(server.address);
    expect(server.asked).toHaveLength(4);
    const {train} = await loadIdxDataset(dir, digests);
    expect([...train.image(0), ...train.labels]).toEqual([10, 20, 1]);
  });

  test('tells how far it is', async () => {
    server = await serve((url, response) => response.end(zipped(url)));
    const told: string[] = [];
    const reporter: Reporter = {
      line: (text) => told.push(text),
      progress: ({batch, batches}) => told.push(`${batch}/${batches}`),
      history: () => undefined,
      end: () => told.push('end'),
    };
    const previous = setReporter(() => reporter);
    await downloadIdxDataset('Tiny', dir, digests, {addresses: [server.address], megabytes: 1});
    setReporter(previous);
    expect(told[0]).toBe('0/1');
    expect(told.slice(-2)).toEqual(['Tiny: downloaded 0.0 MB, kept for the next time', 'end']);
  });

  test.each<[string, (bytes: Buffer) => Buffer, RegExp]>([
    ['another file', () => zlib.gzipSync('something else'), /expected SHA-256 \w{12}…, got \w{12}…/],
    ['half a file', (bytes) => bytes.subarray(0, bytes.length / 2), /can't be unzipped/],
    ['a page of words', () => Buffer.from('<html>Please log in</html>'), /can't be unzipped/],
    ['a file that unzips to too much', () => zlib.gzipSync(Buffer.alloc(2 ** 26 + 1)), /can't be unzipped/],
  ])('refuses %s, keeps nothing of it, and goes on where it stopped', async (_, change, message) => {
    let bad = true;
    const isBad = (url: string) => bad && url.includes('t10k-images');
    server = await serve((url, response) => response.end(isBad(url) ? change(zipped(url)) : zipped(url)));
    await expect(get(server.address)).rejects.toThrow(message);
    expect(await kept()).toEqual(['train-images-idx3-ubyte.gz', 'train-labels-idx1-ubyte.gz']);
    bad = false;
    await get(server.address);
    expect(server.asked.filter((url) => url.includes('train'))).toHaveLength(2);
    expect(await kept()).toHaveLength(4);
  });

  test('takes the second address when the first fails, and names both when both do', async () => {
    server = await serve((url, response) => {
      if (url.startsWith('/good/')) response.end(zipped(url));
      else response.writeHead(503).end();
    });
    const bad = `${server.address}bad/`;
    await expect(get(bad, 'http://127.0.0.1:1/')).rejects.toThrow(/bad\/.*: the server answered 503; http:.*:1\//);
    await get(bad, `${server.address}good/`);
    expect(await kept()).toHaveLength(4);
  });
});
