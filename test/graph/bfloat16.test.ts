import {afterEach, expect, test} from '@jest/globals';
import {fit, tf} from 'convlab';

const {layers} = tf;

afterEach(() => {
  tf.disposeVariables();
});

/** Convolution, pooling and dense layers from seeded weights. */
function digitsModel(): tf.Sequential {
  const kernelInitializer = (seed: number) => tf.initializers.glorotUniform({seed});
  const model = tf.sequential({
    layers: [
      layers.conv2d({
        inputShape: [12, 12, 1],
        filters: 8,
        kernelSize: 3,
        activation: 'relu',
        kernelInitializer: kernelInitializer(1),
      }),
      layers.maxPooling2d({poolSize: 2}),
      layers.flatten(),
      layers.dense({units: 16, activation: 'relu', kernelInitializer: kernelInitializer(2)}),
      layers.dense({units: 4, activation: 'softmax', kernelInitializer: kernelInitializer(3)}),
    ],
  });
  model.compile({optimizer: tf.train.sgd(0.1), loss: 'categoricalCrossentropy', metrics: ['accuracy']});
  return model;
}

const x = tf.keep(tf.randomUniform([256, 12, 12, 1], 0, 1, 'float32', 4));
// The brightest quarter of a picture is what there is to learn.
const y = tf.keep(
  tf.tidy(() => {
    const quarters = tf.avgPool(x as tf.Tensor4D, 6, 6, 'valid').reshape([256, 4]);
    return tf.oneHot(quarters.argMax(1).toInt(), 4).toFloat();
  }),
);

async function lossesOf(options: {precision?: 'float32' | 'bfloat16'; epochs: number}): Promise<number[]> {
  const model = digitsModel();
  const {history} = await fit(model, x, y, {...options, batchSize: 32, shuffle: false, seed: 1, verbose: 0});
  model.dispose();
  return history.loss!;
}

// A product's relative error is 2^-9 at most; a loss is a mean of many, and errors of both signs cancel in it.
test("fit in bfloat16 follows float32's losses within a hundredth, and isn't float32", async () => {
  const exact = await lossesOf({epochs: 4});
  const rounded = await lossesOf({epochs: 4, precision: 'bfloat16'});
  rounded.forEach((loss, i) => {
    expect(Math.abs(loss - exact[i]!)).toBeLessThan(0.01);
  });
  expect(rounded).not.toEqual(exact);
  expect(rounded.at(-1)).toBeLessThan(rounded[0]!);
});

test('precision float32 is what fit does without the option, to the bit', async () => {
  expect(await lossesOf({epochs: 2, precision: 'float32'})).toEqual(await lossesOf({epochs: 2}));
});

test('one model trains in both precisions by turns, each call in its own', async () => {
  const model = digitsModel();
  const before = model.getWeights().map((weight) => weight.clone());
  const oneEpoch = async (precision: 'float32' | 'bfloat16') => {
    model.setWeights(before);
    const {history} = await fit(model, x, y, {precision, batchSize: 32, shuffle: false, verbose: 0});
    return history.loss![0]!;
  };
  const found = [];
  for (const precision of ['float32', 'bfloat16', 'float32', 'bfloat16'] as const)
    found.push(await oneEpoch(precision));
  expect(found[2]).toBe(found[0]);
  expect(found[3]).toBe(found[1]);
  expect(found[1]).not.toBe(found[0]);
});

test('weights, their updates and what comes out stay float32', async () => {
  const model = digitsModel();
  await fit(model, x, y, {precision: 'bfloat16', batchSize: 32, verbose: 0});
  const [kernel] = model.getWeights();
  const values = [...(await kernel!.data())];
  // Rounded to bfloat16 the lower 16 bits of each would be zero.
  expect(values.some((value) => new Uint32Array(Float32Array.of(value).buffer)[0]! & 0xffff)).toBe(true);
  expect((model.predict(x) as tf.Tensor).dtype).toBe('float32');
});

test('fit says what goes with bfloat16 and what does not', async () => {
  await expect(fit(digitsModel(), x, y, {precision: 'bfloat16', engine: 'eager', verbose: 0})).rejects.toThrow(
    "fit: precision: 'bfloat16' needs the graph engine, but engine is 'eager'; leave one of the two out",
  );
  const half = 'float16' as 'bfloat16';
  await expect(fit(digitsModel(), x, y, {precision: half})).rejects.toThrow(
    "fit: precision must be 'float32' or 'bfloat16', got the text 'float16'",
  );
});
