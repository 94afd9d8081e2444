// What a reader's cells answer, over the real protocol, with the compiled library.
import fs from 'node:fs';
import path from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from '@jest/globals';
import {KernelClient} from './client';

/** Without the colours of terminals. */
const plain = (lines: string[]) => lines.join('\n').replace(/\x1b\[[\d;]*m/g, '');

let kernel: KernelClient;
beforeAll(async () => {
  kernel = await KernelClient.start();
});
afterAll(async () => {
  await kernel.close();
  fs.rmSync(kernel.folder, {recursive: true});
});

const text = async (code: string) => (await kernel.run(code)).result?.['text/plain'];

describe('a last expression', () => {
  test.each([
    ['40 + 2', '42'],
    ["'text'", "'text'"],
    ['[1, 2, 3]', '[ 1, 2, 3 ]'],
    ['null', 'null'],
    ['({a: {b: 1}})', '{ a: { b: 1 } }'],
    ['Promise.resolve(5)', '5'],
    ['new Uint8Array(784)', 'Uint8Array(784) [ 0, 0, 0, 0, 0, 0, …, 0, 0, 0 ]'],
    ['Float32Array.of(0.5)', 'Float32Array(1) [ 0.5 ]'],
    ['[1n, Symbol.iterator]', '[ 1n, Symbol(Symbol.iterator) ]'],
    ["'two\\nlines'", 'two\nlines'],
    ['(x: number) => x', '[Function (anonymous)]'],
    ["new Error('kept')", /^Error: kept\n {4}at cell \[\d+\]:1:1$/],
  ])('%s shows %s', async (code, shown) => {
    expect(await text(code)).toEqual(typeof shown === 'string' ? shown : expect.stringMatching(shown));
  });

  test.each(['undefined', 'const a = 1;', 'if (true) 5;', '', '// nothing', 'interface A {}'])(
    '%j shows nothing',
    async (code) => {
      const {reply, outputs} = await kernel.run(code);
      expect(reply.status).toBe('ok');
      expect(outputs.map(({type}) => type)).toEqual(['execute_input']);
    },
  );

  test('of a class with a method Symbol.for("Jupyter.display") is shown as that says', async () => {
    const {result} = await kernel.run(`
      class Leaf { [Symbol.for('Jupyter.display')]() { return {'text/html': '<b>leaf</b>'}; } }
      new Leaf()`);
    expect(result).toMatchObject({'text/html': '<b>leaf</b>', 'text/plain': 'Leaf {}'});
  });

  test('is shown by show as well, also when it comes later', async () => {
    const {outputs} = await kernel.run(`
      import {show} from 'convlab';
      show(new Leaf());
      show({async [Symbol.for('Jupyter.display')]() { return {'text/html': '<i>late</i>'}; }});`);
    const shown = outputs
      .filter(({content}) => content.data)
      .map(({content}) => (content.data as Record<string, string>)['text/html']);
    expect(shown).toEqual(['<b>leaf</b>', undefined, '<i>late</i>']);
  });

  test('whose display throws is an error of the cell', async () => {
    const {error} = await kernel.run(`({[Symbol.for('Jupyter.display')]() { throw new RangeError('no'); }})`);
    expect(error).toMatchObject({ename: 'RangeError', evalue: 'no'});
  });
});

describe('variables', () => {
  test('live on from cell to cell, in every place where a name can stand', async () => {
    await kernel.run('const names = ["a"]; let count = 1; function twice(x: number) { return 2 * x; }');
    expect(await text('({names, count})')).toBe("{ names: [ 'a' ], count: 1 }");
    expect(await text('(() => { const count = 5; return {count, names}; })()')).toBe("{ count: 5, names: [ 'a' ] }");
    expect(await text('count = twice(count); [count, ...names, `${count}`]')).toBe("[ 2, 'a', '2' ]");
    expect(await text('(({count}: {count: number}) => ({count}))({count: 9})')).toBe('{ count: 9 }');
  });

  test('may be declared anew, by the same cell or another', async () => {
    await kernel.run('const again = 1;');
    await kernel.run("const again = 'text';");
    expect(await text('again')).toBe("'text'");
  });

  test.each([
    ['const a1 = await Promise.resolve(1); a1', '1'],
    ['const a2 = await (async () => 2)(); a2', '2'],
    ['let a3 = 0; for await (const x of [1, 2]) a3 += x; a3', '3'],
    ['const [a4] = await Promise.all([4]); a4', '4'],
    ['const a5 = [await (Promise.resolve(5))]; a5', '[ 5 ]'],
    ['const f = async () => await (Promise.resolve(6)); f()', '6'],
  ])('%s waits', async (code, shown) => {
    expect(await text(code)).toBe(shown);
  });
});

describe('an error', () => {
  test('names itself, and shows the reader’s own lines and none of Node’s', async () => {
    const {error, reply, stderr} = await kernel.run(
      'interface Box {size: number}\n\n// A comment.\nfunction open(box: Box) {\n  throw new TypeError(`too small: ${box.size}`);\n}\nopen({size: 1});',
    );
    expect(error).toMatchObject({ename: 'TypeError', evalue: 'too small: 1'});
    expect(reply).toMatchObject({status: 'error', ename: 'TypeError', evalue: 'too small: 1'});
    expect(stderr).toBe('');
    expect(plain(error!.traceback).replace(/cell \[\d+\]/g, 'cell [n]')).toBe(
      [
        'TypeError: too small: 1',
        '  cell [n], line 5, in open',
        '    ----> 5   throw new TypeError(`too small: ${box.size}`);',
        '  cell [n], line 7',
        '    ----> 7 open({size: 1});',
      ].join('\n'),
    );
  });

  test('in a function of an earlier cell shows the lines of both', async () => {
    await kernel.run(
      'function divide(a: number, b: number) {\n  if (b === 0) throw new Error("by nothing");\n  return a / b;\n}',
    );
    const {error} = await kernel.run('\nawait Promise.resolve();\ndivide(1, 0);');
    expect(plain(error!.traceback)).toMatch(
      /line 2, in divide\n.*if \(b === 0\)[\s\S]*cell \[\d+\], line 3\n.*divide\(1, 0\)/,
    );
  });

  test('that a cell prints has the reader’s own lines and none of Node’s', async () => {
    const code =
      'function inside() {\n  throw new RangeError("caught");\n}\ntry { inside(); } catch (error) { console.log(error); }';
    expect((await kernel.run(code)).stdout.replace(/cell \[\d+\]/g, 'cell [n]')).toBe(
      'RangeError: caught\n    at inside (cell [n]:2:9)\n    at cell [n]:4:7\n',
    );
  });

  test('below a deep library shows the line that called it', async () => {
    const code =
      'function deep(n: number): number {\n  return n === 0 ? JSON.parse("{") : deep(n - 1);\n}\n\ndeep(40);';
    expect(plain((await kernel.run(code)).error!.traceback)).toContain('steps more');
    const {error} = await kernel.run("import {tf} from 'convlab';\ntf.zeros([2, 3]).matMul(tf.zeros([2, 3]));");
    expect(plain(error!.traceback)).toMatch(/Matrix size-incompatible[\s\S]*cell \[\d+\], line 2\n/);
  });

  test('takes the place of process.exit, which would lose all variables', async () => {
    expect((await kernel.run('process.exit(3)')).error!.evalue).toMatch(/^process\.exit\(3\) would end the kernel/);
  });

  test('tells its cause, unless the message has', async () => {
    const {error} = await kernel.run("throw new Error('outer', {cause: new RangeError('inner')});");
    expect(plain(error!.traceback)).toMatch(/Error: outer[\s\S]*Caused by:\nRangeError: inner/);
  });

  test.each([
    ["throw 'a text'", 'Thrown', 'a text'],
    ['throw {code: 5}', 'Thrown', '{ code: 5 }'],
    ['throw null', 'Thrown', 'null'],
    ['JSON.parse("{")', 'SyntaxError', /JSON/],
    ['await Promise.reject(new RangeError("far"))', 'RangeError', 'far'],
    ['Promise.reject(new RangeError("far"))', 'RangeError', 'far'],
  ])('%s is named %s', async (code, ename, evalue) => {
    const {error} = await kernel.run(code);
    expect(error!.ename).toBe(ename);
    expect(error!.evalue).toEqual(evalue instanceof RegExp ? expect.stringMatching(evalue) : evalue);
  });

  test('of a promise that nothing awaits fails the cell that made it', async () => {
    const {error, reply} = await kernel.run("void Promise.reject(new Error('lost')); 3");
    expect(reply.status).toBe('error');
    expect(error!.evalue).toBe('lost');
    expect(plain(error!.traceback)).toContain('Nothing waited for this: is an await missing?');
  });

  test('in a timer is told below the cell, and again by the next one', async () => {
    await kernel.run("setTimeout(() => { throw new Error('late'); }, 20); undefined");
    const {stderr, reply} = await kernel.run('await new Promise((resolve) => setTimeout(resolve, 60));');
    const after = kernel.late.find(({type}) => type === 'error');
    // It falls into the second cell, which then fails, unless that was slow to begin.
    if (reply.status === 'ok') {
      expect(after?.content.evalue).toBe('late');
      expect(stderr).toMatch(/After cell \[\d+\] had ended.*Error: late/);
    } else expect(reply.evalue).toBe('late');
  });
});

describe('a type error', () => {
  test('shows the line and underlines the place, several together', async () => {
    const {error} = await kernel.run("const s: number = 'x';\nconst t: string = 5;");
    expect(error).toMatchObject({
      ename: 'TypeScriptError',
      evalue: "Type 'string' is not assignable to type 'number'. (and 1 more)",
    });
    expect(plain(error!.traceback)).toBe(
      [
        "TypeScriptError: Type 'string' is not assignable to type 'number'. (TS2322, line 1)",
        "    1 | const s: number = 'x';",
        '      |       ~',
        '',
        "TypeScriptError: Type 'number' is not assignable to type 'string'. (TS2322, line 2)",
        '    2 | const t: string = 5;',
        '      |       ~',
      ].join('\n'),
    );
  });

  test.each(['const open = [1, 2', 'const text = `abc'])('at the end of %j shows the last line', async (code) => {
    const {error} = await kernel.run(code);
    expect(plain(error!.traceback).split('\n').slice(1)).toEqual([
      `    1 | ${code}`,
      `      | ${' '.repeat(code.length)}~`,
    ]);
  });

  test('of grammar is a SyntaxError', async () => {
    expect((await kernel.run('const = 5;')).error!.ename).toBe('SyntaxError');
  });

  test('about a name says which cell declares it, when that one failed', async () => {
    await kernel.run("const needed = 5; throw new Error('no');");
    const {error} = await kernel.run('needed + 1');
    expect(plain(error!.traceback)).toMatch(/Cell \[\d+\] declares needed, but it ended with an error/);
    expect(plain((await kernel.run('nowhere + 1')).error!.traceback)).toContain(
      'If another cell declares nowhere, run that cell first.',
    );
  });
});

describe('what Python’s notebooks have', () => {
  test.each([
    ['%time 5', /console\.time\('it'\)/],
    ['%%timeit\n5', /console\.time/],
    ['!ls -l', /execSync\('ls -l'\)/],
    ['!pip install numpy', /npm install/],
    ['%matplotlib inline', /%matplotlib is a command of Python's notebooks/],
    ['%%ts\n5', /leave out the first line/],
    ['fit?', /press Shift and Tab/],
    ['# a comment', /begins with \/\//],
    ['import numpy as np', /import {name} from 'package'/],
    ['from convlab import tf', /import {name} from 'package'/],
    ['def f(x):\n  return x', /function f\(x: number\)/],
    ['for i in range(3):\n  print(i)', /blocks into { }/],
    ['if x == None:\n  pass', /blocks into { }/],
    ['y <- 5', /const y = …/],
  ])('%j says how TypeScript does it', async (code, message) => {
    expect((await kernel.run(code)).error).toMatchObject({
      ename: 'SyntaxError',
      evalue: expect.stringMatching(message),
    });
  });
});

test('an object too large to read is cut after its first names, and text is not', async () => {
  const code = "Object.fromEntries(Array.from({length: 900}, (_, i) => ['key' + i, {deep: [i, i]}]))";
  const large = String(await text(code));
  expect(large.split('\n')).toHaveLength(25);
  expect(large).toContain('key0: [Object]');
  expect(large).toMatch(/… 878 more lines; console\.dir shows all$/);
  expect(await text("'x'.repeat(9000)")).toHaveLength(9002);
});

test('an expression that could begin a command of Python’s notebooks is TypeScript where it compiles', async () => {
  expect(await text('const done = false;\n!done')).toBe('true');
  expect(await text('!done')).toBe('true');
  expect(await text('done?\n1 : 2')).toBe('2');
});

describe('a name or a package that is not there', () => {
  test.each([
    ['print(5)', 'TypeScript prints by console.log(…).'],
    ['len([1])', 'TypeScript writes list.length; a tensor has shape and size.'],
    ['None', 'TypeScript has null, and undefined for what was left out.'],
    ['help(5)', 'Put the cursor on a name and press Shift and Tab to read about it.'],
    ['library(ggplot2)', "TypeScript writes import {name} from 'package'; packages come from npm."],
    ["prompt('who?')", "There is no web page here: import {input} from 'convlab', and write await input('…')."],
    ['__dirname', "The notebook's folder is process.cwd()."],
    ["import * as d3 from 'd3-not-here';", /folder of the notebook, npm install d3-not-here$/m],
    ["import {a} from '@scope/not-here/deep';", /npm install @scope\/not-here$/m],
    ['export const shared = 5;', 'Cells share their names: leave out export.'],
  ])('%j says what to do', async (code, help) => {
    const trace = plain((await kernel.run(code)).error!.traceback);
    if (typeof help === 'string') expect(trace).toContain(help);
    else expect(trace).toMatch(help);
  });

  test('of a file says nothing of packages', async () => {
    expect(plain((await kernel.run("import {a} from './not-here';")).error!.traceback)).not.toContain('npm install');
  });

  test('is no longer missing when a cell declares it, whatever it means elsewhere', async () => {
    expect(await text('function len(list: string[]) { return list.length; }\nlen(["a", "b"])')).toBe('2');
    expect(await text('const y = 1;\ny < -5')).toBe('false');
  });
});

describe('files and packages', () => {
  const write = (name: string, code: string) => {
    const file = path.join(kernel.folder, name);
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
    expect((await kernel.run("import {later} from './later'; later")).error!.evalue).toMatch(/Cannot find module/);
    write('later.ts', 'export const later = true;\n');
    expect(await text("import {later} from './later'; later")).toBe('true');
  });

  test('an error in a .ts file names its line', async () => {
    write('broken.ts', 'interface A {}\n\nexport function fail(a: A): never {\n  throw new Error(`${a}`);\n}\n');
    const {error} = await kernel.run("import {fail} from './broken';\nfail('x');");
    expect(plain(error!.traceback)).toContain('broken.ts, line 4, in fail');
  });

  test('a file from the folder above is imported, and what it imports', async () => {
    const folder = path.join(kernel.folder, 'lessons');
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

describe('convlab in a folder outside the project', () => {
  test('is found with its types, and shows its things', async () => {
    const {result} = await kernel.run("import {tf, ImageSet, History} from 'convlab';\ntf.tensor2d([[1, 2], [3, 4]])");
    expect(result!['text/plain']).toMatch(/^Tensor of shape \[2, 2\], float32\n\s+\[\[1, 2\],\s+\[3, 4\]\]$/);
    expect((await kernel.run('console.log(tf.scalar(5))')).stdout).toMatch(/^Tensor of shape \[\], float32\n\s+5\n$/);
    const set = await kernel.run('new ImageSet(new Uint8Array(8).fill(9), [2, 2, 2], Uint8Array.of(0, 1))');
    expect(set.result!['text/plain']).toBe(
      'ImageSet of 2 grey images, 2 x 2, 8 bits, values 9 to 9\nimages of each class: 0: 1, 1: 1',
    );
    expect(set.result!['text/html']).toContain('<img src="data:image/png;base64,');
    const model = await kernel.run(
      'const model = tf.sequential({layers: [tf.layers.dense({units: 1, inputShape: [3]})]}); model',
    );
    expect(model.result!['text/html']).toContain('<table');
    expect((await kernel.run('console.log(model)')).stdout).toContain('Total params: 4');
    expect(await text('model.layers')).toBe('[ Dense "dense_Dense1": (None, 1), 4 parameters ]');
    expect(await text('model.layers[0]')).toBe('Dense "dense_Dense1": (None, 1), 4 parameters');
    expect(await text('model.layers[0]!.weights[1]')).toBe('Weight "dense_Dense1/bias" of shape [1], float32');
    expect(await text('tf.sequential()')).toMatch(/^Model: "sequential_\d+", without layers/);
    expect(
      Object.keys((await kernel.run('const h = new History(); h.add(0, {loss: 1}); h.add(1, {loss: 0.5}); h')).result!),
    ).toContain('application/vnd.plotly.v1+json');
  });
});
