import {execFileSync} from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {afterEach, beforeEach, expect, test} from '@jest/globals';

const SCRIPT = path.join(__dirname, '../../tools/clean-notebooks.mjs');

let folder: string;
let notebooks: string;
let executed: string;

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'clean-notebooks-'));
  notebooks = path.join(folder, 'notebooks');
  executed = path.join(folder, 'executed');
  fs.mkdirSync(notebooks);
  fs.mkdirSync(executed);
});

afterEach(() => {
  fs.rmSync(folder, {recursive: true});
});

const KERNEL = {kernelspec: {name: 'tslab'}, language_info: {name: 'typescript', version: '3.7.2'}};

function write(dir: string, cells: object[], metadata: object = KERNEL): void {
  const notebook = {cells, metadata, nbformat: 4, nbformat_minor: 5};
  fs.writeFileSync(path.join(dir, '01-one.ipynb'), JSON.stringify(notebook));
}

function code(source: string, outputs: object[] = [], metadata = {}): object {
  return {cell_type: 'code', execution_count: outputs.length || null, id: 'a', metadata, outputs, source: [source]};
}

const stream = (text: string, name = 'stdout') => ({output_type: 'stream', name, text: [text]});

/** Runs the script; returns what it printed and whether it succeeded. */
function run(...args: string[]): {ok: boolean; text: string} {
  try {
    return {ok: true, text: execFileSync('node', [SCRIPT, ...args], {encoding: 'utf8', stdio: 'pipe'})};
  } catch (error) {
    return {ok: false, text: (error as {stderr: string}).stderr};
  }
}

interface Cell {
  execution_count: number;
  metadata: object;
  source: string[];
  outputs: {text: string[]}[];
}
const read = () => fs.readFileSync(path.join(notebooks, '01-one.ipynb'), 'utf8');
const firstCell = () => (JSON.parse(read()) as {cells: Cell[]}).cells[0]!;

test('outputs move from the executed copy, counted from 1, without timings and editors’ metadata', () => {
  write(notebooks, [code('fit()')]);
  write(executed, [
    code(
      'fit()',
      [
        stream('Epoch 1/8\n'),
        stream('375/375 - 9s - loss: 0.3\n'),
        {output_type: 'display_data', data: {'text/html': ['']}},
      ],
      {execution: {started: 'now'}, scrolled: true},
    ),
  ]);
  expect(run(notebooks, executed)).toMatchObject({ok: true});
  expect(firstCell()).toMatchObject({
    execution_count: 1,
    metadata: {},
    source: ['fit()'],
    outputs: [{output_type: 'stream', name: 'stdout', text: ['Epoch 1/8\n', '375/375 - loss: 0.3\n']}],
  });
  expect(read()).not.toContain('3.7.2');
  expect(run('--check', notebooks)).toMatchObject({ok: true});
});

test('the seconds of fit’s and evaluate’s lines go, in streams and in displays', () => {
  write(notebooks, [code('1')]);
  const display = {
    output_type: 'display_data',
    metadata: {},
    data: {'text/plain': ['313/313 - 1s - loss: 0.1\n', 'end']},
  };
  write(executed, [code('1', [stream('10/10 - 1:04 - loss: 0.2'), display])]);
  run(notebooks, executed);
  expect(firstCell().outputs).toMatchObject([
    {text: ['10/10 - loss: 0.2']},
    {data: {'text/plain': ['313/313 - loss: 0.1\n', 'end']}},
  ]);
});

test('cleaning twice changes nothing', () => {
  write(notebooks, [code('1')]);
  write(executed, [code('1', [stream('1')])]);
  run(notebooks, executed);
  const once = read();
  run(notebooks, executed);
  expect(read()).toBe(once);
});

test('a notebook that was never executed is refused', () => {
  write(notebooks, [code('1')]);
  expect(run(notebooks, executed).text).toMatch(/01-one.ipynb: not in .*; run npm start first/);
  expect(run('--check', notebooks).text).toMatch(/has no outputs/);
});

test('an executed copy of other code is refused', () => {
  write(notebooks, [code('2')]);
  write(executed, [code('1', [stream('1')])]);
  expect(run(notebooks, executed)).toMatchObject({ok: false, text: expect.stringContaining('code has changed')});
});

test('--check finds stale, dirty, failed and large notebooks', () => {
  write(notebooks, [code('1')]);
  write(executed, [code('1', [stream('1')])]);
  run(notebooks, executed);
  const good = read();
  const spoilt = (change: (text: string) => string) => {
    fs.writeFileSync(path.join(notebooks, '01-one.ipynb'), change(good));
    return run('--check', notebooks).text;
  };
  expect(spoilt((text) => text.replace('"source": [\n    "1"', '"source": [\n    "2"'))).toMatch(/stale/);
  expect(spoilt((text) => text.replace('"execution_count": 1', '"execution_count": 3'))).toMatch(/not clean/);
  expect(spoilt((text) => text.replace('"stdout"', '"stderr"'))).toMatch(/an error or a warning/);
  expect(spoilt((text) => text.replace('"text": [\n      "1"', `"text": [\n      "${'1'.repeat(300_000)}"`))).toMatch(
    /is \d+ kB, expected less than 300 kB/,
  );
});

test('text may change without a new execution', () => {
  const text = (source: string) => ({cell_type: 'markdown', id: 't', metadata: {}, source: [source]});
  write(notebooks, [text('new'), code('1')]);
  write(executed, [text('old'), code('1', [stream('1')])]);
  expect(run(notebooks, executed)).toMatchObject({ok: true});
  expect(read()).toContain('new');
  expect(run('--check', notebooks)).toMatchObject({ok: true});
});
