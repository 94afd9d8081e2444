// Programs of tensorflow/tfjs-examples that look at tables of numbers, written anew.
import {tf} from 'convlab';
import {classes, type Example, numbers, type Size, whole} from './example';

const {layers} = tf;

/** iris: four measures, three kinds. */
export function iris(): Example {
  const model = () => {
    const built = tf.sequential({
      layers: [
        layers.dense({units: 10, activation: 'sigmoid', inputShape: [4]}),
        layers.dense({units: 3, activation: 'softmax'}),
      ],
    });
    built.compile({optimizer: tf.train.adam(0.01), loss: 'categoricalCrossentropy', metrics: ['accuracy']});
    return built;
  };
  return {
    model,
    x: numbers([128, 4], 11, 0, 5),
    y: classes(128, 3, 11),
    batchSize: 32,
    epochs: 3,
    validationSplit: 0.15,
  };
}

/** boston-housing: two hidden layers, judged on a fifth of the houses. */
export function boston(size: Size): Example {
  const n = size(61, 333);
  const model = () => {
    const hidden = {units: size(8, 50), activation: 'sigmoid', kernelInitializer: 'leCunNormal'} as const;
    const built = tf.sequential({
      layers: [layers.dense({inputShape: [12], ...hidden}), layers.dense(hidden), layers.dense({units: 1})],
    });
    built.compile({optimizer: tf.train.sgd(0.01), loss: 'meanSquaredError'});
    return built;
  };
  return {
    model,
    x: numbers([n, 12], 12, -1),
    y: numbers([n, 1], 12, 5, 50),
    batchSize: 40,
    epochs: 3,
    validationSplit: 0.2,
  };
}

/** quantization, houses: regularized, with mean absolute error as a metric. */
export function quantizationHousing(size: Size): Example {
  const n = size(64, 2000);
  const model = () => {
    const kernelRegularizer = tf.regularizers.l2({l2: 0.01});
    const built = tf.sequential({
      layers: [
        layers.dense({inputShape: [8], units: size(8, 50), activation: 'relu', kernelRegularizer}),
        layers.dense({units: size(8, 50), activation: 'relu'}),
        layers.dense({units: 1}),
      ],
    });
    built.compile({optimizer: 'adam', loss: 'meanSquaredError', metrics: ['mae']});
    return built;
  };
  const differs = {
    values: /^val_loss$/,
    because: 'model.fit leaves the penalties out of val_loss, and Keras has them in',
  };
  return {
    model,
    x: numbers([n, 8], 13, -1),
    y: numbers([n, 1], 13, 0, 5),
    batchSize: 16,
    validationSplit: 0.25,
    differs,
  };
}

/** polynomial-regression: powers of x, a single dense layer without bias. */
export function polynomial(): Example {
  const model = () => {
    const built = tf.sequential({layers: [layers.dense({units: 1, inputShape: [4], useBias: false})]});
    built.compile({optimizer: tf.train.sgd(0.1), loss: 'meanSquaredError'});
    return built;
  };
  const x = tf.stack(
    [0, 1, 2, 3].map((power) => numbers([100], 14, -1).pow(power)),
    1,
  );
  return {model, x, y: x.matMul(tf.tensor2d([[0.8], [-0.2], [0.9], [0.5]])), batchSize: 10, epochs: 3};
}

/** baseball-node: what kind of pitch it was. The program takes a stream; so does the test of streams. */
export function baseball(size: Size): Example {
  const n = size(70, 5000);
  const model = () => {
    const built = tf.sequential({
      layers: [
        layers.dense({units: size(16, 250), activation: 'relu', inputShape: [8]}),
        layers.dense({units: size(12, 175), activation: 'relu'}),
        layers.dense({units: size(10, 150), activation: 'relu'}),
        layers.dense({units: 7, activation: 'softmax'}),
      ],
    });
    built.compile({optimizer: tf.train.adam(), loss: 'categoricalCrossentropy', metrics: ['accuracy']});
    return built;
  };
  return {model, x: numbers([n, 8], 15), y: classes(n, 7, 15), batchSize: size(10, 100)};
}

/** website-phishing: yes or no, with precision and recall by hand in the program, accuracy as the metric. */
export function phishing(size: Size): Example {
  const n = size(50, 4000);
  const model = () => {
    const built = tf.sequential({
      layers: [
        layers.dense({units: size(10, 100), activation: 'sigmoid', inputShape: [30]}),
        layers.dense({units: size(10, 100), activation: 'sigmoid'}),
        layers.dense({units: 1, activation: 'sigmoid'}),
      ],
    });
    built.compile({optimizer: 'adam', loss: 'binaryCrossentropy', metrics: ['accuracy']});
    return built;
  };
  return {
    model,
    x: numbers([n, 30], 16, -1),
    y: whole([n, 1], 2, 16).toFloat(),
    batchSize: size(12, 350),
    validationSplit: 0.2,
  };
}

/** cart-pole's policy as a classifier: elu and a constraint. */
export function cartPole(): Example {
  const model = () => {
    const built = tf.sequential({
      layers: [
        layers.dense({units: 8, activation: 'elu', inputShape: [4]}),
        layers.dense({units: 1, activation: 'sigmoid'}),
      ],
    });
    built.compile({optimizer: tf.train.adagrad(0.05), loss: 'binaryCrossentropy'});
    return built;
  };
  return {model, x: numbers([64, 4], 17, -1), y: whole([64, 1], 2, 17).toFloat(), batchSize: 16};
}

/** Two numbers and a kind from one table: several inputs and outputs with losses of their own. */
export function severalOutputs(size: Size): Example {
  const n = size(48, 2000);
  const model = () => {
    const [left, right] = [tf.input({shape: [5], name: 'left'}), tf.input({shape: [3], name: 'right'})];
    const joined = layers.concatenate().apply([left, right]);
    const hidden = layers.dense({units: size(8, 64), activation: 'tanh'}).apply(joined);
    const amount = layers.dense({units: 2, name: 'amount'}).apply(hidden) as tf.SymbolicTensor;
    const kind = layers.dense({units: 3, activation: 'softmax', name: 'kind'}).apply(hidden) as tf.SymbolicTensor;
    const built = tf.model({inputs: [left, right], outputs: [amount, kind]});
    built.compile({optimizer: 'adam', loss: ['meanSquaredError', 'categoricalCrossentropy']});
    return built;
  };
  const x = [numbers([n, 5], 18), numbers([n, 3], 19)];
  const differs = {
    values: /^val_/,
    because: 'model.fit shifts them by one: what it calls val_loss is the loss of the first output, and so on',
  };
  return {model, x, y: [numbers([n, 2], 20), classes(n, 3, 18)], batchSize: 12, validationSplit: 0.25, differs};
}
