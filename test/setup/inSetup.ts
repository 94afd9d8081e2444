import {spawn} from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {afterEach, beforeEach} from '@jest/globals';

const scripts = path.resolve(__dirname, '..', '..', 'lib', 'setup');
/** A project of its own for each test, with the set-up's scripts alone. */
export let dir: string;
beforeEach(() => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), 'convlab-setup-'));
  fs.cpSync(scripts, path.join(dir, 'lib', 'setup'), {recursive: true});
});
afterEach(() => {
  fs.rmSync(dir, {recursive: true});
});

/** The tests' servers are on this machine, wherever the way out of it leads. */
const NO_PROXY = {https_proxy: '', HTTPS_PROXY: ''};
let files = 0;

/** Runs a module's text in a process of its own, as the set-up runs, beside a copy of its scripts. @returns Its output. */
export function inSetup(code: string, env: Record<string, string> = {}): Promise<string> {
  const file = path.join(dir, 'lib', 'setup', `main${files++}.mjs`);
  fs.writeFileSync(file, code);
  const child = spawn(process.execPath, [file], {env: {...process.env, ...NO_PROXY, ...env}});
  let printed = '';
  child.stdout.on('data', (bytes: Buffer) => (printed += bytes.toString()));
  child.stderr.on('data', (bytes: Buffer) => (printed += bytes.toString()));
  return new Promise((resolve) =>
    child.on('close', () => {
      resolve(printed);
    }),
  );
}
