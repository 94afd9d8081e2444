// What the notebooks found when they were executed: by `npm test`, or by `npm start` where nothing has changed since.
// Prose may change freely; a cell is found by its id.
import {execFile, execFileSync} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import {promisify} from 'node:util';

export const ROOT = path.join(__dirname, '../..');
export const SOURCES = path.join(ROOT, 'notebooks');
/** What was measured with several seeds: measurement, column, a value for each seed. */
export const SEEDS = JSON.parse(fs.readFileSync(path.join(SOURCES, 'seeds.json'), 'utf8')) as Record<
  string,
  Record<string, number[]>
>;
/** Where the notebooks were executed, in order: the hosted ones elsewhere, see tools/places/colab.mjs. */
export const EXECUTED = process.env.CONVLAB_EXECUTED ?? 'build/notebooks';
/** In a process of its own: jest doesn't load ES modules for a test in TypeScript. */
const LIST = `import {lessons, lessonsIn} from './lib/jupyter/notebooks.mjs';
  console.log(JSON.stringify(lessonsIn(lessons)));`;
export const NAMES = JSON.parse(
  execFileSync(process.execPath, ['--input-type=module', '-e', LIST], {cwd: ROOT, encoding: 'utf8'}),
) as string[];
/** `npm test` leaves out what takes minutes, see tools/test.mjs; there is nothing to look into then. */
export const EXECUTED_NAMES = NAMES.filter((name) => fs.existsSync(path.join(ROOT, EXECUTED, name)));

export interface Output {
  output_type: string;
  name?: string;
  text?: string[];
  data?: Record<string, unknown>;
}
export interface Cell {
  cell_type: string;
  id: string;
  source: string[];
  outputs: Output[];
}

/** Runs `npm start` with these arguments; a failing cell fails it. */
export async function start(...args: string[]): Promise<void> {
  await promisify(execFile)(process.execPath, ['lib/bin/convlab.cjs', 'run', ...args], {cwd: ROOT});
}

export function cellsOf(file: string): Cell[] {
  return (JSON.parse(fs.readFileSync(file, 'utf8')) as {cells: Cell[]}).cells;
}

export function codeCells(file: string): Cell[] {
  return cellsOf(file).filter((cell) => cell.cell_type === 'code');
}

/** The cells of an executed notebook by id, with what they printed and which figures and pictures they showed. */
export function results(name: string, folder = EXECUTED) {
  const cells = codeCells(path.join(ROOT, folder, `${name}.ipynb`));
  const outputs = (id: string) => {
    const cell = cells.find((each) => each.id === id);
    if (cell === undefined)
      throw new Error(`${name} has no cell ${id}; it has ${cells.map((each) => each.id).join(', ')}`);
    return cell.outputs;
  };
  const shown = (id: string, type: string) => outputs(id).flatMap(({data}) => data?.[type] ?? []);
  return {
    text: (id: string) =>
      outputs(id)
        .map((output) => [output.text ?? output.data?.['text/plain']].flat().join(''))
        .join(''),
    html: (id: string) => (shown(id, 'text/html') as string[]).join(''),
    pictures: (id: string) => shown(id, 'image/png'),
    figures: (id: string) => shown(id, 'application/vnd.plotly.v1+json'),
  };
}

/** The last number that was printed under this name, as in `val_accuracy: 0.9874`. */
export const lastNumber = (text: string, name: string) =>
  Number([...text.matchAll(new RegExp(`${name}: (\\d+\\.\\d+)`, 'g'))].at(-1)?.[1]);
