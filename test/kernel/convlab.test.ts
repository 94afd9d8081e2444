// convlab in the cells of a notebook that lies outside the project, over the real protocol.
import {beforeAll, describe, expect, test} from '@jest/globals';
import {notebook} from './notebook';

const {run, text} = notebook();

describe('convlab in a folder outside the project', () => {
  test('is found with its types, and shows its things', async () => {
    const {result} = await run("import {tf, ImageSet, History} from 'convlab';\ntf.tensor2d([[1, 2], [3, 4]])");
    expect(result!['text/plain']).toMatch(/^Tensor of shape \[2, 2\], float32\n\s+\[\[1, 2\],\s+\[3, 4\]\]$/);
    expect((await run('console.log(tf.scalar(5))')).stdout).toMatch(/^Tensor of shape \[\], float32\n\s+5\n$/);
    const set = await run('new ImageSet(new Uint8Array(8).fill(9), [2, 2, 2], Uint8Array.of(0, 1))');
    expect(set.result!['text/plain']).toBe(
      'ImageSet of 2 grey images, 2 x 2, 8 bits, values 9 to 9\nimages of each class: 0: 1, 1: 1',
    );
    expect(set.result!['text/html']).toContain('<img src="data:image/png;base64,');
    const model = await run(
      'const model = tf.sequential({layers: [tf.layers.dense({units: 1, inputShape: [3]})]}); model',
    );
    expect(model.result!['text/html']).toContain('<table');
    expect((await run('console.log(model)')).stdout).toContain('Total params: 4');
    expect(await text('model.layers')).toBe('[ Dense "dense_Dense1": (None, 1), 4 parameters ]');
    expect(await text('model.layers[0]')).toBe('Dense "dense_Dense1": (None, 1), 4 parameters');
    expect(await text('model.layers[0]!.weights[1]')).toBe('Weight "dense_Dense1/bias" of shape [1], float32');
    expect(await text('tf.sequential()')).toMatch(/^Model: "sequential_\d+", without layers/);
    expect(
      Object.keys((await run('const h = new History(); h.add(0, {loss: 1}); h.add(1, {loss: 0.5}); h')).result!),
    ).toContain('application/vnd.plotly.v1+json');
  });
});

test('console.table makes a table of a tensor’s values', async () => {
  const {stdout} = await run('console.table(tf.tensor2d([[1, 2], [3, 4]]));');
  expect(
    stdout
      .split('\n')
      .filter((line) => /\d/.test(line))
      .map((line) => line.match(/\d+/g)),
  ).toEqual([
    ['0', '1'],
    ['0', '1', '2'],
    ['1', '3', '4'],
  ]);
});

describe('what JavaScript would do to tensors without a word', () => {
  beforeAll(async () => {
    await run(
      "import {tf, ImageSet, History} from 'convlab';\nconst t = tf.tensor2d([[1, 2], [3, 4]]), u = tf.onesLike(t);",
    );
  });

  test.each([
    ['t[0]', 'A tensor has no [0]: t.gather(0) is a tensor, (await t.array())[0] has numbers'],
    ['t[1][0]', 'A tensor has no [1]: t.gather(1) is a tensor, (await t.array())[1] has numbers'],
    ['t[-1]', 'A tensor has no [-1]: (await t.array()).at(-1) has numbers'],
    ['const row = 1;\nt[row]', 'A tensor has no [row]: t.gather(row) is a tensor, (await t.array())[row] has numbers'],
    [
      'const set = new ImageSet(new Uint8Array(4), [1, 2, 2], new Uint8Array(1));\nset[0]',
      'ImageSet has no [0]: set.image(0) is one image',
    ],
    ['new History()[1]', 'History has no [1]: it has epoch, history, epochs, metrics, add'],
    ['-t', 'Tensors have methods, no operators: t.neg()'],
    ['t + u', 'Tensors have methods, no operators: t.add(u)'],
    ['t - 1', 'Tensors have methods, no operators: t.sub(1)'],
    ['2 / t', 'Tensors have methods, no operators: tf.div(2, t)'],
    ['t ** 2', 'Tensors have methods, no operators: t.pow(2)'],
    ['t > 0', 'Tensors have methods, no operators: t.greater(0)'],
    ['let v = t; v *= 2;', 'Tensors have methods, no operators: v = v.mul(2)'],
    ['t.shape()', 'shape is no function: leave out the brackets.'],
    ['t.length', 'length: A tensor has size, and shape[0] for its rows.'],
    ['t.numpy()', 'numpy: Its values are await tensor.array(), or await tensor.data() in one row.'],
    ['t.reshape(4, 1)', 'reshape: A shape is a list: reshape([3, 1])'],
    ['tf.keras.layers', 'keras: TensorFlow.js has its parts one step higher: tf.layers.dense({units: 10}).'],
    ['[1, 2][-1]', 'Nothing stands at [-1]; counted from the end it is [1, 2].at(-1)'],
  ])('%j says what to write', async (code, message) => {
    expect((await run(code)).error).toMatchObject({ename: 'TypeScriptError', evalue: message});
  });

  test('what it says can be done', async () => {
    const code =
      'const parts = [t.gather(0), t.add(u), tf.div(2, t), t.pow(2), t.neg(), t.greater(0), t.reshape([4, 1])];';
    expect(
      await text(
        `${code}\n[parts.map(({shape}) => shape.join()).join(' '), (await t.array())[0], (await t.array()).at(-1)]`,
      ),
    ).toBe("[ '2 2,2 2,2 2,2 2,2 2,2 4,1', [ 1, 2 ], [ 3, 4 ] ]");
  });

  test.each([
    ['t == u', 'false', 'Line 1: t == u asks whether both are the same object; t.equal(u) compares values.\n'],
    ['\nt !== t', 'false', 'Line 2: t !== t asks whether both are the same object; t.notEqual(t) compares values.\n'],
    ['5 in [5]', 'false', 'Line 1: 5 in [5] asks for an index; [5].includes(5) asks for a value.\n'],
  ])('%j runs, and a note says what it asks', async (code, shown, note) => {
    const {result, stderr} = await run(code);
    expect(result!['text/plain']).toBe(shown);
    expect(stderr).toBe(note);
  });

  test.each([
    "const found = {};\nfound[0] = 'a';\nfound[0] === 'a'",
    't.size == 4',
    't != null',
    "['a'][0] === 'a'",
    "(t + '').length > 0",
    "t['rank'] === 2",
    "'0' in ['a']",
  ])('%s is left alone', async (code) => {
    const {result, stderr} = await run(code);
    expect(result!['text/plain']).toBe('true');
    expect(stderr.includes('asks')).toBe(code.includes(' in '));
  });
});
