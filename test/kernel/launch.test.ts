import {execFileSync, spawn} from 'node:child_process';
import {once} from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {afterEach, beforeEach, describe, expect, test} from '@jest/globals';

const root = path.resolve(__dirname, '..', '..');
const setup = path.join(root, 'lib', 'setup');
const CODE = `import {tf} from 'convlab';
import * as path from 'path';
console.log(tf.ones([2, 2]).sum().dataSync()[0], path.basename(process.cwd()));`;

/** The environment's Python and the folder of the project's kernelspec, as the set-up chose them. */
const [python, jupyterPath] = execFileSync(process.execPath, [
  '--input-type=module',
  '-e',
  `import {binary} from ${JSON.stringify(path.join(setup, 'python.mjs'))};
   import {jupyterPath} from ${JSON.stringify(path.join(setup, 'kernel.mjs'))};
   console.log(await binary('python') + '\\n' + jupyterPath);`,
])
  .toString()
  .split('\n') as [string, string];

test('a kernel ends when the program that started it was killed', async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'convlab-orphan-'));
  const connection = path.join(folder, 'connection.json');
  const ports = Object.fromEntries(
    ['shell', 'control', 'stdin', 'iopub', 'hb'].map((name, i) => [`${name}_port`, i + 1]),
  );
  fs.writeFileSync(connection, JSON.stringify({transport: 'ipc', ip: path.join(folder, 'k'), key: 'k', ...ports}));
  const launcher = path.join(root, 'lib', 'dist', 'kernel', 'launch.js');
  const parent = spawn('sh', [
    '-c',
    `JPY_PARENT_PID=$$ "$0" "$1" "$2" & echo $!; wait`,
    process.execPath,
    launcher,
    connection,
  ]);
  const [said] = (await once(parent.stdout, 'data')) as [Buffer];
  const pid = Number(said.toString());
  const lives = () => {
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  };
  // Its first socket: it has started, and looks from now on.
  while (!fs.existsSync(path.join(folder, 'k-1'))) await sleep(50);
  parent.kill('SIGKILL');
  while (lives()) await sleep(50);
  expect(lives()).toBe(false);
  fs.rmSync(folder, {recursive: true});
}, 180_000);

describe('the kernelspec’s launcher', () => {
  let elsewhere: string;
  beforeEach(() => {
    elsewhere = fs.mkdtempSync(path.join(os.tmpdir(), 'où la forêt '));
  });
  afterEach(() => {
    fs.rmSync(elsewhere, {recursive: true});
  });

  /** What a cell prints in a new kernel, started in the folder. */
  const run = (transport: string, code: string) =>
    execFileSync(python, [path.join(root, 'tools', 'kernels', 'start.py'), transport, elsewhere, '1', code], {
      env: {...process.env, JUPYTER_PATH: jupyterPath},
      stdio: ['ignore', 'pipe', 'ignore'],
    }).toString();

  test.each(['tcp', 'ipc'])(
    'starts tslab over %s in a folder outside the project, with convlab and types found',
    (transport) => {
      expect(run(transport, CODE)).toBe(`4 ${path.basename(elsewhere)}\n`);
      expect(fs.readdirSync(elsewhere)).toEqual([]);
    },
  );

  test('loses none of the messages that a cell sends in one go', () => {
    const printed = run('tcp', 'for (let i = 0; i < 10_000; i++) console.log(i);');
    expect(printed).toBe(Array.from({length: 10_000}, (_, i) => `${i}\n`).join(''));
  });
});
