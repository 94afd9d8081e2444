// A notebook for a file of tests: one kernel, whose cells are run one after the other with the compiled library.
import fs from 'node:fs';
import {afterAll, beforeAll} from '@jest/globals';
import {KernelClient} from './client';

/** Lines without the colours of terminals. */
export const plain = (lines: string[]): string => lines.join('\n').replace(/\x1b\[[\d;]*m/g, '');

export function notebook() {
  let client: KernelClient;
  beforeAll(async () => {
    client = await KernelClient.start();
  });
  afterAll(async () => {
    await client.close();
    fs.rmSync(client.folder, {recursive: true});
  });
  const run: KernelClient['run'] = (...request) => client.run(...request);
  return {
    kernel: () => client,
    run,
    /** What a cell shows as its value, in words. */
    text: async (code: string) => (await run(code)).result?.['text/plain'],
  };
}
