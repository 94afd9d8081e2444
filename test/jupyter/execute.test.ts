import {execFileSync, spawn} from 'node:child_process';
import {once} from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {setTimeout} from 'node:timers/promises';
import {afterAll, beforeAll, beforeEach, describe, expect, test} from '@jest/globals';

const root = path.resolve(__dirname, '..', '..');
let dir: string;
let kernel: string;
beforeAll(() => {
  // Inside the project, as notebooks are: the kernel finds convlab and Node's types from there.
  fs.mkdirSync(path.join(root, 'build'), {recursive: true});
  dir = fs.mkdtempSync(path.join(root, 'build', 'execute-'));
});
beforeEach(() => {
  kernel = 'tslab';
});
afterAll(() => {
  fs.rmSync(dir, {recursive: true});
});

interface Result {
  cells: number;
  memory: number;
  failure?: {cell: number; text: string};
}

/** A notebook of these cells, and the text of a module that executes it through nbconvert and a real kernel. */
function prepare(name: string, cells: string[], timeout: number): string {
  const file = path.join(dir, `${name}.ipynb`);
  const notebook = {
    cells: cells.map((source, i) => ({
      cell_type: 'code',
      id: `cell-${i}`,
      metadata: {},
      execution_count: null,
      outputs: [],
      source,
    })),
    metadata: {kernelspec: {display_name: 'TypeScript', language: 'typescript', name: kernel}},
    nbformat: 4,
    nbformat_minor: 5,
  };
  fs.writeFileSync(file, JSON.stringify(notebook));
  return `
    import {execute} from ${JSON.stringify(path.join(root, 'lib', 'jupyter', 'execute.mjs'))};
    const onCell = () => undefined;
    console.log(JSON.stringify(await execute(${JSON.stringify(file)}, {timeout: ${timeout}, onCell})));`;
}

function execute(name: string, ...cells: string[]): Result {
  const script = prepare(name, cells, 5);
  return JSON.parse(execFileSync(process.execPath, ['--input-type=module', '-e', script]).toString()) as Result;
}

describe('execute(notebook)', () => {
  test('runs every cell, writes the outputs into the file and tells the memory', () => {
    const result = execute('good', 'const a = 6;', 'console.log(a * 7);');
    expect(result).toMatchObject({cells: 2});
    expect(result.failure).toBeUndefined();
    expect(result.memory).toBeGreaterThan(50e6); // a Node process with a compiler in it
    expect(fs.readFileSync(path.join(dir, 'good.ipynb'), 'utf8')).toContain('42');
  });

  test('names the cell that throws, with its message, and keeps the outputs before it', () => {
    const {failure} = execute(
      'throws',
      "console.log('kept');",
      "throw new Error('out of ink');",
      "console.log('never');",
    );
    expect(failure?.cell).toBe(2);
    expect(failure?.text).toContain('out of ink');
    expect(fs.readFileSync(path.join(dir, 'throws.ipynb'), 'utf8')).toContain('kept');
  });

  test('a type error is a failure', () => {
    const {failure} = execute('types', "const n: number = 'seven';");
    expect(failure?.cell).toBe(1);
    expect(failure?.text).toContain("not assignable to type 'number'");
  });

  test('a rejection that nobody awaits is a failure', () => {
    const wait = 'await new Promise((resolve) => setTimeout(resolve, 200));';
    const {failure} = execute('rejects', `Promise.reject(new Error('unheard'));\n${wait}`, '1 + 1');
    expect(failure?.text).toContain('unheard');
  });

  test('a kernel that ends is a failure that says so, and the outputs before it are kept', () => {
    const {failure} = execute('dies', "console.log('kept');", 'process.kill(process.pid, "SIGKILL");');
    expect(failure).toEqual({cell: 2, text: 'the kernel died, perhaps for want of memory'});
    expect(fs.readFileSync(path.join(dir, 'dies.ipynb'), 'utf8')).toContain('"kept');
  });

  test('a kernel that is not installed gets a sentence', () => {
    kernel = 'no-such-kernel';
    const {failure} = execute('nowhere', '1 + 1');
    expect(failure).toEqual({
      cell: 0,
      text: 'Jupyter finds no kernel named no-such-kernel; npm run setup installs the TypeScript one',
    });
  });

  test('a cell that takes too long is a failure that says so', () => {
    const slow = "console.log('so far'); await new Promise((resolve) => setTimeout(resolve, 60_000));";
    const {failure} = execute('slow', "console.log('kept');", slow);
    expect(failure).toEqual({cell: 2, text: 'took more than 5 s; --timeout gives it more'});
    expect(fs.readFileSync(path.join(dir, 'slow.ipynb'), 'utf8')).toMatch(/"kept[^]*"so far/);
  });

  test('SIGTERM, SIGINT and SIGHUP end the kernel, too', async () => {
    // At the same time: most of it is waiting for programs to start.
    await Promise.all((['SIGTERM', 'SIGINT', 'SIGHUP'] as const).map(stop));
  });

  async function stop(signal: NodeJS.Signals): Promise<void> {
    const number = path.join(dir, `kernel of ${signal}`);
    const cell = `const file = ${JSON.stringify(number)};
      require('fs').writeFileSync(file + '.part', String(process.pid));
      require('fs').renameSync(file + '.part', file);
      await new Promise((resolve) => setTimeout(resolve, 60_000));`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', prepare(signal, [cell], 100)]);
    const closed = once(child, 'close');
    while (!fs.existsSync(number)) {
      expect(child.exitCode).toBeNull();
      await setTimeout(100);
    }
    child.kill(signal);
    expect([signal, await closed]).toEqual([signal, [128 + os.constants.signals[signal], null]]);
    const kernel = Number(fs.readFileSync(number, 'utf8'));
    expect(() => process.kill(kernel, 0)).toThrow('ESRCH');
  }
});
