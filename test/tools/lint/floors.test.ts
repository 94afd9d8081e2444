import {spawnSync} from 'node:child_process';
import path from 'node:path';
import {expect, test} from '@jest/globals';

const root = path.join(__dirname, '..', '..', '..');

/** What the rule says of this text, were it at this place in lib/src. */
function complaints(place: string, text: string): string[] {
  const script = `import {Linter} from 'eslint';
    import tseslint from 'typescript-eslint';
    import {floors} from './tools/lint/floors.mjs';
    const [place, text] = process.argv.slice(1);
    const config = {
      files: ['**/*.ts'],
      languageOptions: {parser: tseslint.parser},
      plugins: {convlab: {rules: {floors}}},
      rules: {'convlab/floors': 'error'},
    };
    const found = new Linter({cwd: process.cwd()}).verify(text, [config], process.cwd() + '/lib/src/' + place);
    console.log(JSON.stringify(found.map(({message}) => message)));`;
  const {stdout, stderr} = spawnSync(process.execPath, ['--input-type=module', '-e', script, place, text], {
    cwd: root,
    encoding: 'utf8',
  });
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout) as string[];
}

test('what stands on the floors below may be imported', () => {
  expect(
    complaints('training/fit.ts', "import {record} from '../graph/recording'; import {x} from './loop/x';"),
  ).toEqual([]);
  expect(complaints('index.ts', "export * as keras from './keras';")).toEqual([]);
});

test.each([
  ['data/idx.ts', "import {fit} from '../training/fit';", 'data must not import training'],
  ['data/decoders/png.ts', "export {picture} from '../../pictures/picture';", 'data must not import pictures'],
  ['graph/graph.ts', "const late = import('../training/fit');", 'graph must not import training'],
  ['training/fit.ts', "import type {Save} from '../keras/save';", 'training must not import keras'],
  ['keras/load.ts', "export * from '../training/fit';", 'keras must not import training'],
  ['charts/plotly.ts', "import {createCanvas} from 'canvas';", 'canvas belongs to native alone'],
  ['cellar/wine.ts', "import {fit} from '../training/fit';", 'lib/src/cellar has no floor yet'],
])('%s: %s is an error', (place, text, message) => {
  expect(complaints(place, text)).toEqual([expect.stringContaining(message)]);
});

test('a type from the floor above may be named where the table says so, a value may not', () => {
  expect(complaints('tfjs/settings.ts', "import type {Attribute} from '../graph/graph';")).toEqual([]);
  expect(complaints('tfjs/settings.ts', "import {Attribute} from '../graph/graph';")).toHaveLength(1);
});
