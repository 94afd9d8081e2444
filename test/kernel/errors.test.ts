// What cells say of errors, over the real protocol.
import {describe, expect, test} from '@jest/globals';
import {notebook, plain} from './notebook';

const {kernel, run, text} = notebook();

describe('an error', () => {
  test('names itself, and shows the reader’s own lines and none of Node’s', async () => {
    const {error, reply, stderr} = await run(
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
    await run(
      'function divide(a: number, b: number) {\n  if (b === 0) throw new Error("by nothing");\n  return a / b;\n}',
    );
    const {error} = await run('\nawait Promise.resolve();\ndivide(1, 0);');
    expect(plain(error!.traceback)).toMatch(
      /line 2, in divide\n.*if \(b === 0\)[\s\S]*cell \[\d+\], line 3\n.*divide\(1, 0\)/,
    );
  });

  test('that a cell prints has the reader’s own lines and none of Node’s', async () => {
    const code =
      'function inside() {\n  throw new RangeError("caught");\n}\ntry { inside(); } catch (error) { console.log(error); }';
    expect((await run(code)).stdout.replace(/cell \[\d+\]/g, 'cell [n]')).toBe(
      'RangeError: caught\n    at inside (cell [n]:2:9)\n    at cell [n]:4:7\n',
    );
  });

  test('below a deep library shows the line that called it', async () => {
    const code =
      'function deep(n: number): number {\n  return n === 0 ? JSON.parse("{") : deep(n - 1);\n}\n\ndeep(40);';
    expect(plain((await run(code)).error!.traceback)).toContain('and the same 40 times more');
    const both =
      'function ping(n: number): number {\n  return n < 1 ? JSON.parse("{") : pong(n - 1);\n}\nfunction pong(n: number): number {\n  return ping(n - 1);\n}\nping(20);';
    expect(plain((await run(both)).error!.traceback)).toContain('steps more');
    const {error} = await run("import {tf} from 'convlab';\ntf.zeros([2, 3]).matMul(tf.zeros([2, 3]));");
    expect(plain(error!.traceback)).toMatch(/Matrix size-incompatible[\s\S]*cell \[\d+\], line 2\n/);
  });

  test('takes the place of process.exit, which would lose all variables', async () => {
    expect((await run('process.exit(3)')).error!.evalue).toMatch(/^process\.exit\(3\) would end the kernel/);
  });

  test('tells its cause, unless the message has', async () => {
    const {error} = await run("throw new Error('outer', {cause: new RangeError('inner')});");
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
    const {error} = await run(code);
    expect(error!.ename).toBe(ename);
    expect(error!.evalue).toEqual(evalue instanceof RegExp ? expect.stringMatching(evalue) : evalue);
  });

  test('of a promise that nothing awaits fails the cell that made it', async () => {
    const {error, reply} = await run("void Promise.reject(new Error('lost')); 3");
    expect(reply.status).toBe('error');
    expect(error!.evalue).toBe('lost');
    expect(plain(error!.traceback)).toContain('Nothing waited for this: is an await missing?');
  });

  test('in a timer is told below the cell, and again by the next one', async () => {
    await run("setTimeout(() => { throw new Error('late'); }, 20); undefined");
    const {stderr, reply} = await run('await new Promise((resolve) => setTimeout(resolve, 60));');
    const after = kernel().late.find(({type}) => type === 'error');
    // It falls into the second cell, which then fails, unless that was slow to begin.
    if (reply.status === 'ok') {
      expect(after?.content.evalue).toBe('late');
      expect(stderr).toMatch(/After cell \[\d+\] had ended.*Error: late/);
    } else expect(reply.evalue).toBe('late');
  });
});

describe('a type error', () => {
  test('shows the line and underlines the place, several together', async () => {
    const {error} = await run("const s: number = 'x';\nconst t: string = 5;");
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
    const {error} = await run(code);
    expect(plain(error!.traceback).split('\n').slice(1)).toEqual([
      `    1 | ${code}`,
      `      | ${' '.repeat(code.length)}~`,
    ]);
  });

  test('of grammar is a SyntaxError', async () => {
    expect((await run('const = 5;')).error!.ename).toBe('SyntaxError');
  });

  test('about a name says which cell declares it, when that one failed', async () => {
    await run("const needed = 5; throw new Error('no');");
    const {error} = await run('needed + 1');
    expect(plain(error!.traceback)).toMatch(/Cell \[\d+\] declares needed, but it ended with an error/);
    expect(plain((await run('nowhere + 1')).error!.traceback)).toContain(
      'If another cell declares nowhere, run that cell first.',
    );
  });
});

test('a function that calls itself without end is told once', async () => {
  const {error} = await run('function endless(): number {\n  return endless() + 1;\n}\nendless();');
  expect(plain(error!.traceback)).toMatch(/in endless\n.*return endless\(\)[^]*… and the same \d+ times more/);
  expect(error!.traceback.length).toBeLessThan(12);
});

test('an interval that fails again and again is told once after each cell', async () => {
  await run("const failing = setInterval(() => { throw new Error('again'); }, 5);");
  const told = () => kernel().late.filter(({type, content}) => type === 'error' && content.evalue === 'again').length;
  const before = told();
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(told() - before).toBeLessThanOrEqual(1);
  await run('clearInterval(failing);', {stop_on_error: false});
});

test('a promise that is rejected first and awaited then is no error of the cell', async () => {
  const code = `const early = Promise.reject(new Error('early'));
await new Promise((resolve) => setTimeout(resolve, 30));
try { await early; } catch (error) { console.log('caught', error.message); }`;
  const {error, stdout, stderr} = await run(code);
  expect({error, stdout, stderr}).toEqual({error: undefined, stdout: 'caught early\n', stderr: ''});
});

test('a dynamic import whose type cannot be told says how to give it one', async () => {
  const {error} = await run("const files = await import('fs');");
  expect(plain(error!.traceback)).toContain("Give it a type: const files: typeof import('fs') = …");
  expect(await text("const files: typeof import('fs') = await import('fs');\ntypeof files.readFileSync")).toBe(
    "'function'",
  );
});
