import http from 'node:http';
import type {AddressInfo} from 'node:net';
import {describe, expect, test} from '@jest/globals';
import {inSetup} from './inSetup';

describe('reachable(url)', () => {
  const ask = (url: string) =>
    inSetup(`import {reachable} from './reachable.mjs'; console.log(await reachable('${url}'));`);

  async function withServer(answer: http.RequestListener, work: (url: string) => Promise<void>) {
    const server = http.createServer(answer).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    await work(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    server.closeAllConnections();
    server.close();
  }

  test('a host that answers, even with an error, is reachable', () =>
    withServer(
      (_, response) => response.writeHead(404).end(),
      async (url) => {
        expect(await ask(url)).toBe('true\n');
      },
    ));

  test('a host that takes the connection and says nothing is found out within 6 s', () =>
    withServer(
      () => undefined,
      async (url) => {
        const start = performance.now();
        expect(await ask(url)).toBe('false\n');
        expect(performance.now() - start).toBeLessThan(6000);
      },
    ));

  test('a name without a host and a port without a server are not', async () => {
    expect(await ask('https://nowhere.invalid/')).toBe('false\n');
    expect(await ask('http://127.0.0.1:9/')).toBe('false\n');
  });
});
