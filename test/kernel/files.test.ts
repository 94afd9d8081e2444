// What cells import, over the real protocol.
import fs from 'node:fs';
import path from 'node:path';
import {describe, expect, test} from '@jest/globals';
import {KernelClient} from './client';
import {notebook, plain} from './notebook';

const {kernel, run, text} = notebook();

describe('files and packages', () => {
  const write = (name: string, code: string) => {
    const file = path.join(kernel().folder, name);
    fs.mkdirSync(path.dirname(file), {recursive: true});
    fs.writeFileSync(file, code);
  };

  test('a .ts file beside the notebook is imported, and its edits are seen by the next cell', async () => {
    write('own.ts', 'export const size = 1;\n');
    expect(await text("import {size} from './own'; size")).toBe('1');
    write('own.ts', "export const size = 22;\nexport const name = 'own';\n");
    expect(await text("import {size, name} from './own'; [size, name]")).toBe("[ 22, 'own' ]");
  });

  test('a file that is made after the cell failed is found when it runs again', async () => {
    expect((await run("import {later} from './later'; later")).error!.evalue).toMatch(/Cannot find module/);
    write('later.ts', 'export const later = true;\n');
    expect(await text("import {later} from './later'; later")).toBe('true');
  });

  test('an error in a .ts file names its line', async () => {
    write('broken.ts', 'interface A {}\n\nexport function fail(a: A): never {\n  throw new Error(`${a}`);\n}\n');
    const {error} = await run("import {fail} from './broken';\nfail('x');");
    expect(plain(error!.traceback)).toContain('broken.ts, line 4, in fail');
  });

  test('a file from the folder above is imported, and what it imports', async () => {
    const folder = path.join(kernel().folder, 'lessons');
    write('shared/base.ts', 'export const base: number = 20;\n');
    write('shared/sum.ts', "import {base} from './base';\nexport const sum = (n: number) => base + n;\n");
    fs.mkdirSync(folder, {recursive: true});
    const below = await KernelClient.start(folder);
    try {
      expect((await below.run("import {sum} from '../shared/sum'; sum(2)")).result?.['text/plain']).toBe('22');
    } finally {
      await below.close();
    }
  });

  test('a package that is an ES module alone is imported', async () => {
    const folder = 'node_modules/only-esm';
    write(`${folder}/package.json`, '{"name": "only-esm", "type": "module", "exports": {"import": "./index.js"}}');
    write(`${folder}/index.js`, 'export const answer = 42; export default "only";\n');
    expect(await text("import * as esm from 'only-esm'; esm.answer")).toBe('42');
    expect(await text("import only, {answer} from 'only-esm'; [only, answer]")).toBe("[ 'only', 42 ]");
  });

  test('a package installed beside the notebook is found', async () => {
    write('node_modules/beside/package.json', '{"name": "beside", "main": "index.js", "types": "index.d.ts"}');
    write('node_modules/beside/index.js', 'exports.n = 7;\n');
    write('node_modules/beside/index.d.ts', 'export const n: number;\n');
    expect(await text("import {n} from 'beside'; n.toFixed(1)")).toBe("'7.0'");
  });

  test('a .json file is imported', async () => {
    write('data.json', '{"a": [1, 2]}');
    expect(await text("import data from './data.json'; data.a.length")).toBe('2');
  });
});
