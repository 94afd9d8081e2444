import {spawn, spawnSync} from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import type {AddressInfo} from 'node:net';
import os from 'node:os';
import path from 'node:path';
import {setTimeout} from 'node:timers/promises';
import {afterEach, beforeEach, describe, expect, test} from '@jest/globals';

const scripts = path.resolve(__dirname, '..', '..', 'scripts', 'setup');
let dir: string;
beforeEach(() => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), 'convlab-setup-'));
  fs.cpSync(scripts, path.join(dir, 'scripts', 'setup'), {recursive: true});
});
afterEach(() => {
  fs.rmSync(dir, {recursive: true});
});

/** The tests' servers are on this machine, wherever the way out of it leads. */
const NO_PROXY = {https_proxy: '', HTTPS_PROXY: ''};
let files = 0;

/** Runs a module's text in a process of its own, as the set-up runs, beside a copy of its scripts. @returns Its output. */
function inSetup(code: string, env: Record<string, string> = {}): Promise<string> {
  const file = path.join(dir, 'scripts', 'setup', `main${files++}.mjs`);
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

describe('run(program, args)', () => {
  const outcome = (args: string) =>
    inSetup(`import {run} from './run.mjs';
      await run(${args}).then((text) => console.log(JSON.stringify(text)), (error) => console.log(error.message));`);

  test('returns what the program printed', async () => {
    expect(await outcome("'sh', ['-c', 'echo out; echo err >&2']")).toBe('"out\\n"\n');
  });

  test('fails with the command, its exit code and its last words', async () => {
    const message = 'sh -c echo why >&2; exit 3 failed with exit code 3\n    why\n';
    expect(await outcome("'sh', ['-c', 'echo why >&2; exit 3']")).toBe(message);
  });

  test('stops a program that hangs, and what it started', async () => {
    const start = performance.now();
    expect(await outcome("'sh', ['-c', 'sleep 60 & sleep 60'], {seconds: 0.3}")).toContain('took more than 0.3 s');
    expect(performance.now() - start).toBeLessThan(5000);
  });

  test('says when the program is not installed', async () => {
    expect(await outcome("'no-such-program', []")).toContain('no-such-program is not installed');
  });

  test('what a killed set-up was running ends with it', async () => {
    const log = path.join(dir, 'log');
    const step = `echo begun >> '${log}'; sleep 2; echo ended >> '${log}'`;
    const ended = inSetup(`import {run} from './run.mjs';
      setTimeout(() => process.kill(process.pid, 'SIGKILL'), 500);
      await run('sh', ['-c', ${JSON.stringify(step)}]);`);
    await ended;
    await setTimeout(2500);
    expect(fs.readFileSync(log, 'utf8')).toBe('begun\n');
  });
});

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

describe('withLock(work)', () => {
  test('two set-ups of a folder run one after the other, and the second says that it waits', async () => {
    const log = path.join(dir, 'log');
    const work = `import fs from 'node:fs';
      import {setTimeout as wait} from 'node:timers/promises';
      import {withLock} from './lock.mjs';
      await withLock(async () => {
        fs.appendFileSync('${log}', 'in ');
        await wait(700);
        fs.appendFileSync('${log}', 'out ');
      });`;
    const printed = await Promise.all([inSetup(work), inSetup(work)]);
    expect(fs.readFileSync(log, 'utf8')).toBe('in out in out ');
    expect(printed.join('')).toMatch(
      /waiting for another set-up of this folder \(process \d+; if there is none, delete \.cache\/setup\.lock\)/,
    );
  });

  test.each([
    ['has ended', String(spawnSync('true').pid)],
    // As in a container, where every set-up has the same number.
    ['had the number of this one', '${process.pid}'],
  ])('a lock whose process %s is taken over', async (_, holder) => {
    const printed = await inSetup(`import fs from 'node:fs';
      import {cache} from './project.mjs';
      import {withLock} from './lock.mjs';
      fs.mkdirSync(cache, {recursive: true});
      fs.writeFileSync(cache + '/setup.lock', \`${holder}\`);
      await withLock(() => console.log('mine'));
      console.log(fs.existsSync(cache + '/setup.lock'));`);
    expect(printed).toBe('mine\nfalse\n');
  });
});

test('TensorFlow’s step, when both roads fail, names both and leaves nothing half-installed', async () => {
  const tfjsNode = path.join(dir, 'node_modules', '@tensorflow', 'tfjs-node');
  for (const part of ['deps', 'lib']) fs.mkdirSync(path.join(tfjsNode, part, 'half'), {recursive: true});
  const server = http.createServer((request, response) => {
    if (request.method === 'HEAD') return response.end();
    response.writeHead(200, {'content-length': 1_000_000});
    return response.write(Buffer.alloc(1000), () => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const printed = await inSetup(
    `import {tensorflow} from './tensorflow.mjs';
     await tensorflow.work().catch((error) => console.log(error.message));`,
    {
      TFJS_NODE_CDN_STORAGE: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
      VIRTUAL_ENV: '',
      CONDA_PREFIX: '',
    },
  );
  server.close();
  expect(printed).toMatch(/^tfjs-node's own download: .*the connection broke off$/m);
  expect(printed).toMatch(/^the tensorflow-cpu wheel: .*python -m pip download .* is not installed$/m);
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

describe('the Jupyter step', () => {
  const work = (env: Record<string, string>) =>
    inSetup(
      `import {jupyter} from './python.mjs'; await jupyter.work().catch((error) => console.log(error.message));`,
      env,
    );

  test('without Python says what to install on each system', async () => {
    const printed = await work({PATH: dir});
    expect(printed).toMatch(/^Jupyter needs Python 3\.9 or newer, and there is none here\./);
    for (const system of ['Debian, Ubuntu', 'Fedora, RHEL', 'macOS', 'conda', 'Windows']) {
      expect(printed).toMatch(RegExp(`^ {4}${system}: +\\S`, 'm'));
    }
  });

  test('does not take a Python that is too old', async () => {
    fs.writeFileSync(path.join(dir, 'python3'), '#!/bin/sh\nexit 1\n', {mode: 0o755});
    expect(await work({PATH: `${dir}:/nowhere`})).toContain('there is none here');
  });

  test('an environment whose Python is gone is made anew', async () => {
    fs.writeFileSync(path.join(dir, 'requirements.txt'), '');
    fs.mkdirSync(path.join(dir, '.venv', 'bin'), {recursive: true});
    const isDone = (python: string) => {
      fs.rmSync(path.join(dir, '.venv', 'bin', 'python'), {force: true});
      fs.symlinkSync(python, path.join(dir, '.venv', 'bin', 'python'));
      return inSetup(
        `import {jupyter} from './python.mjs';
         import {inRoot} from './project.mjs';
         import {stamp} from './stamp.mjs';
         stamp(inRoot('.venv', '.convlab-requirements'), jupyter.digest());
         console.log(await jupyter.isDone());`,
        {VIRTUAL_ENV: '', CONDA_PREFIX: ''},
      );
    };
    expect(await isDone('/bin/true')).toBe('true\n');
    expect(await isDone('/nowhere/python')).toBe('false\n');
  });
});

describe('the kernel step', () => {
  /** An environment that has Jupyter, with this kernelspec in it. @returns Whether the step was done before, and after. */
  async function withKernelspec(text: string): Promise<{printed: string; spec: string}> {
    const folder = path.join(dir, 'share', 'jupyter', 'kernels', 'tslab');
    fs.mkdirSync(folder, {recursive: true});
    fs.mkdirSync(path.join(dir, 'bin'));
    for (const name of ['jupyter', 'python']) fs.symlinkSync('/bin/true', path.join(dir, 'bin', name));
    fs.writeFileSync(path.join(folder, 'kernel.json'), text);
    const printed = await inSetup(
      `import {kernel} from './kernel.mjs';
       const before = await kernel.isDone();
       await kernel.work();
       console.log(before, await kernel.isDone());`,
      {VIRTUAL_ENV: dir, CONDA_PREFIX: ''},
    );
    return {printed, spec: fs.readFileSync(path.join(folder, 'kernel.json'), 'utf8')};
  }

  test.each(['', '{"argv": "tslab"}', 'null'])('mends a kernelspec that nothing can start: %p', async (text) => {
    const {printed, spec} = await withKernelspec(text);
    expect(printed).toBe('false true\n');
    expect(spec).toContain(path.join('scripts', 'kernel', 'launch.cjs'));
  });

  test('leaves a tslab that the user has already', async () => {
    const theirs = JSON.stringify({argv: ['tslab', 'kernel', '--config-path={connection_file}']});
    const {printed, spec} = await withKernelspec(theirs);
    expect(printed).toBe('false true\n');
    expect(spec).toBe(theirs);
  });
});

test('a Node that is too old gets a sentence', async () => {
  const printed = await inSetup(`Object.defineProperty(process.versions, 'node', {value: '12.22.12'});
    await import('./node.cjs');`);
  expect(printed).toMatch(/^convlab needs Node 20\.19 or newer, this is v\d/);
});
