// What cells show of values, over the real protocol.
import {describe, expect, test} from '@jest/globals';
import {notebook} from './notebook';

const {run, text} = notebook();

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
      const {reply, outputs} = await run(code);
      expect(reply.status).toBe('ok');
      expect(outputs.map(({type}) => type)).toEqual(['execute_input']);
    },
  );

  test('of a class with a method Symbol.for("Jupyter.display") is shown as that says', async () => {
    const {result} = await run(`
      class Leaf { [Symbol.for('Jupyter.display')]() { return {'text/html': '<b>leaf</b>'}; } }
      new Leaf()`);
    expect(result).toMatchObject({'text/html': '<b>leaf</b>', 'text/plain': 'Leaf {}'});
  });

  test('is shown by show as well, also when it comes later', async () => {
    const {outputs} = await run(`
      import {show} from 'convlab';
      show(new Leaf());
      show({async [Symbol.for('Jupyter.display')]() { return {'text/html': '<i>late</i>'}; }});`);
    const shown = outputs
      .filter(({content}) => content.data)
      .map(({content}) => (content.data as Record<string, string>)['text/html']);
    expect(shown).toEqual(['<b>leaf</b>', undefined, '<i>late</i>']);
  });

  test('whose display throws is an error of the cell', async () => {
    const {error} = await run(`({[Symbol.for('Jupyter.display')]() { throw new RangeError('no'); }})`);
    expect(error).toMatchObject({ename: 'RangeError', evalue: 'no'});
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

describe('what cannot be shown as it asks to be', () => {
  test.each([
    ["'text'", /gave 'text'; expected a text for each MIME type/],
    ['5', /gave 5; expected/],
    ['[1, 2]', /gave \[ 1, 2 \]; expected/],
    ["({'text/html': 5})", /gave { 'text\/html': 5 }; expected/],
    ["({html: '<b>leaf</b>'})", /expected a text for each MIME type/],
    ["Promise.resolve('later')", /gave 'later'; expected/],
  ])('by %s is an error that says what is expected', async (said, message) => {
    const {error, result} = await run(`({[Symbol.for('Jupyter.display')]() { return ${said}; }})`);
    expect(error).toMatchObject({ename: 'TypeError', evalue: expect.stringMatching(message)});
    expect(result).toBeUndefined();
  });

  test.each(['null', 'undefined', "({'text/html': undefined})"])(
    'for it says %s is shown by its text',
    async (said) => {
      const {result} = await run(
        `class Silent { [Symbol.for('Jupyter.display')]() { return ${said}; } }\nnew Silent()`,
      );
      expect(result).toEqual({'text/plain': 'Silent {}'});
    },
  );

  test.each([
    ['class Cup { get handle(): string { throw new Error("asked"); } }\nnew Cup()', 'Cup {}'],
    ['setTimeout(() => undefined, 10)', 'Timer, after 10 ms'],
    ['const ticks = setInterval(() => undefined, 1000); clearInterval(ticks); ticks', 'Timer, every 1000 ms'],
    ['setImmediate(() => undefined)', 'Timer, after this turn'],
  ])('%s is told by what can be seen of it', async (code, shown) => {
    expect(await text(code)).toBe(shown);
  });
});

test('a long list of lists is shown by its beginnings', async () => {
  const shown = String(await text('Array.from({length: 28}, () => Array(28).fill(0))'));
  expect(shown.split('\n').length).toBeLessThan(40);
  expect(shown).toMatch(/\.\.\. 22 more items\s+\],[^]*\.\.\. 22 more items\s+\]$/);
});

test('an object in braces as a whole cell is an object, and a block is a block', async () => {
  expect(await text('{a: 1}')).toBe('{ a: 1 }');
  expect(await text("{'a': 1, 'b': [2]}\n")).toBe('{ a: 1, b: [ 2 ] }');
  expect(await text('{ const inside = 5; console.log(inside); }')).toBeUndefined();
  expect(await text('{ let sum = 0; for (const n of [1, 2]) sum += n; }')).toBeUndefined();
});
