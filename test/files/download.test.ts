import type http from 'node:http';
import {afterEach, expect, test} from '@jest/globals';
import {download} from '../../lib/src/files/download';
import {serve, type Server} from '../server';

let server: Server | undefined;
afterEach(() => server?.close());

async function from(answer: (response: http.ServerResponse) => void, options: {longest?: number; patience?: number}) {
  server = await serve((_, response) => {
    answer(response);
  });
  return download(`${server.address}file`, {longest: 1000, ...options});
}

test('download() returns the bytes and tells how many have come', async () => {
  server = await serve((_, response) => response.end(Buffer.alloc(1000, 7)));
  const seen: number[] = [];
  const bytes = await download(server.address, {longest: 1000, onProgress: (received) => seen.push(received)});
  expect([...bytes]).toEqual(Array<number>(1000).fill(7));
  expect(seen.at(-1)).toBe(1000);
});

test.each<[string, (response: http.ServerResponse) => void, RegExp]>([
  ['a page that is missing', (response) => response.writeHead(404).end(), /\/file: the server answered 404$/],
  ['too many bytes', (response) => response.end(Buffer.alloc(1001)), /expected at most 1000 bytes, and more came$/],
  [
    'an end before the end',
    (response) => {
      response.writeHead(200, {'content-length': 1000}).write('half', () => response.destroy());
    },
    /\/file: (UND_ERR_SOCKET|ECONNRESET|other side closed)$/,
  ],
  [
    'a server that falls silent',
    (response) => response.writeHead(200, {'content-length': 1000}).write('half'),
    /\/file: no byte came for 0.2 s$/,
  ],
])('download() refuses %s', async (_, answer, message) => {
  await expect(from(answer, {patience: 0.2})).rejects.toThrow(message);
});

test('download() names what it could not reach', async () => {
  await expect(download('http://127.0.0.1:1/x', {longest: 1})).rejects.toThrow(/^http:\/\/127.0.0.1:1\/x: \w+/);
});

test('download() asks the proxy that the environment names, and no_proxy passes by', async () => {
  server = await serve((path, response) => response.end(path));
  const {port} = new URL(server.address);
  process.env.http_proxy = server.address;
  process.env.no_proxy = 'localhost';
  try {
    for (const address of ['http://digits.invalid/behind', `http://localhost:${port}/past`]) {
      expect(Buffer.from(await download(address, {longest: 1000})).toString()).toBe(new URL(address).pathname);
    }
    expect(server.asked).toEqual(['digits.invalid:80', '/behind', '/past']);
  } finally {
    delete process.env.http_proxy;
    delete process.env.no_proxy;
  }
});
