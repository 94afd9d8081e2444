import {type FitOptions, tf} from 'convlab';

const {layers} = tf;

/** Learns to tell which third of the row holds the ones; always from the same start. */
export function classifier(options: {optimizer?: tf.Optimizer; dropout?: number; loss?: string} = {}) {
  const start = tf.initializers.glorotUniform({seed: 7});
  const model = tf.sequential({
    layers: [
      layers.dense({units: 8, activation: 'relu', inputShape: [6], kernelInitializer: start}),
      layers.dropout({rate: options.dropout ?? 0}),
      layers.dense({units: 3, activation: 'softmax', kernelInitializer: start}),
    ],
  });
  const {optimizer = 'adam', loss = 'categoricalCrossentropy'} = options;
  model.compile({optimizer, loss, metrics: ['accuracy']});
  return model;
}

/** Rows of six with a pair of ones in them, and which pair it is, one-hot. */
export function examples(n: number): [tf.Tensor, tf.Tensor] {
  const rows = Array.from({length: n}, (_, i) =>
    Array.from({length: 6}, (_, j) => (Math.floor(j / 2) === i % 3 ? 1 : 0)),
  );
  const numbers = tf.tensor1d(
    rows.map((_, i) => i % 3),
    'int32',
  );
  return [tf.tensor2d(rows, [n, 6]), tf.oneHot(numbers, 3)];
}
export const [x, y] = examples(50);
export const quiet: FitOptions = {verbose: 0, seed: 1};
