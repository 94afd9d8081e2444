import {spawn} from 'node:child_process';
import {once} from 'node:events';
import os from 'node:os';
import path from 'node:path';
import {setTimeout} from 'node:timers/promises';
import {expect, test} from '@jest/globals';

const root = path.resolve(__dirname, '../..');

/** Jupyter prints its address before it listens there: on a busy machine, seconds before. */
async function firstAnswer(address: URL): Promise<Response> {
  const end = Date.now() + 30_000;
  for (;;) {
    try {
      return await fetch(address);
    } catch (error) {
      if (Date.now() > end) throw error;
      await setTimeout(100);
    }
  }
}

test('npm run lab asks for its token, and listens on this machine only', async () => {
  const lab = spawn(process.execPath, ['lib/bin/convlab.cjs', 'lab', '--no-browser'], {cwd: root});
  const ended = once(lab, 'close');
  try {
    const address = await new Promise<URL>((resolve, reject) => {
      let said = '';
      const read = (bytes: Buffer) => {
        said += String(bytes);
        const found = /http:\/\/\S+\?token=\w+/.exec(said);
        if (found) resolve(new URL(found[0]));
      };
      lab.stdout.on('data', read);
      lab.stderr.on('data', read);
      lab.on('close', () => {
        reject(new Error(said));
      });
    });
    const contents = new URL(`/api/contents${address.search}`, address);
    expect((await firstAnswer(contents)).status).toBe(200);
    contents.search = '';
    expect((await fetch(contents)).status).toBe(403);
    const outside = Object.values(os.networkInterfaces()).flatMap((addresses) =>
      (addresses ?? []).filter(({internal, family}) => !internal && family === 'IPv4'),
    );
    for (const {address: host} of outside) {
      contents.hostname = host;
      await expect(fetch(contents)).rejects.toThrow();
    }
  } finally {
    lab.kill('SIGTERM');
    await ended;
  }
}, 120_000);
