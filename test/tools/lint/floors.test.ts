import {spawnSync} from 'node:child_process';
import path from 'node:path';
import {expect, test} from '@jest/globals';

const root = path.join(__dirname, '..', '..', '..');

/** At this place in lib/src, this text: and what the rule says of it. */
const CASES: [place: string, text: string, message: string | undefined][] = [
  ['training/fit.ts', "import {record} from '../graph/recording'; import {x} from './loop/x';", undefined],
  ['index.ts', "export * as keras from './keras';", undefined],
  ['data/idx.ts', "import {fit} from '../training/fit';", 'data must not import training'],
  ['data/decoders/png.ts', "export {picture} from '../../pictures/picture';", 'data must not import pictures'],
  ['graph/graph.ts', "const late = import('../training/fit');", 'graph must not import training'],
  ['training/fit.ts', "import type {Save} from '../keras/save';", 'training must not import keras'],
  ['keras/load.ts', "export * from '../training/fit';", 'keras must not import training'],
  ['charts/plotly.ts', "import {createCanvas} from 'canvas';", 'canvas belongs to native alone'],
  ['cellar/wine.ts', "import {fit} from '../training/fit';", 'lib/src/cellar has no floor yet'],
  // A type from the floor above may be named where the table says so, a value may not.
  ['tfjs/settings.ts', "import type {Attribute} from '../graph/graph';", undefined],
  ['tfjs/settings.ts', "import {Attribute} from '../graph/graph';", 'tfjs must not import graph'],
];

/** What the rule says of each case, in a process that may import ESLint, an ES module. */
const script = `import {Linter} from 'eslint';
  import tseslint from 'typescript-eslint';
  import {floors} from './tools/lint/floors.mjs';
  const config = {
    files: ['**/*.ts'],
    languageOptions: {parser: tseslint.parser},
    plugins: {convlab: {rules: {floors}}},
    rules: {'convlab/floors': 'error'},
  };
  const linter = new Linter({cwd: process.cwd()});
  const found = JSON.parse(process.argv[1]).map(([place, text]) =>
    linter.verify(text, [config], process.cwd() + '/lib/src/' + place).map(({message}) => message));
  console.log(JSON.stringify(found));`;

test('imports go down the floors, never up, and each package belongs to one room', () => {
  const words = ['--input-type=module', '-e', script, JSON.stringify(CASES)];
  const {stdout, stderr} = spawnSync(process.execPath, words, {cwd: root, encoding: 'utf8'});
  expect(stderr).toBe('');
  const found = JSON.parse(stdout) as string[][];
  expect(CASES.map(([place, text], i) => [place, text, found[i]])).toEqual(
    CASES.map(([place, text, message]) => [
      place,
      text,
      message === undefined ? [] : [expect.stringContaining(message)],
    ]),
  );
});
