// Programs of tensorflow/tfjs-examples that look at pictures, written anew.
import {tf} from 'convlab';
import {classes, type Example, numbers, type Size} from './example';

const {layers} = tf;

/** mnist-node: four convolutions, two dense layers. Its dropout is random, and left out here (rate 0). */
export function mnistNode(size: Size): Example {
  const [side, n] = [size(14, 28), size(40, 1280)];
  const model = () => {
    const built = tf.sequential({
      layers: [
        layers.conv2d({inputShape: [side, side, 1], filters: size(4, 32), kernelSize: 3, activation: 'relu'}),
        layers.conv2d({filters: size(4, 32), kernelSize: 3, activation: 'relu'}),
        layers.maxPooling2d({poolSize: 2}),
        layers.conv2d({filters: size(6, 64), kernelSize: 3, activation: 'relu'}),
        layers.maxPooling2d({poolSize: 2}),
        layers.flatten(),
        layers.dropout({rate: 0}),
        layers.dense({units: size(12, 512), activation: 'relu'}),
        layers.dropout({rate: 0}),
        layers.dense({units: 10, activation: 'softmax'}),
      ],
    });
    built.compile({optimizer: 'rmsprop', loss: 'categoricalCrossentropy', metrics: ['accuracy']});
    return built;
  };
  return {model, x: numbers([n, side, side, 1]), y: classes(n, 10), batchSize: size(8, 128), validationSplit: 0.15};
}

/** mnist: two convolutions with strides and the initializer varianceScaling, trained by Adam. */
export function mnist(size: Size): Example {
  const [side, n] = [size(16, 28), size(40, 1280)];
  const model = () => {
    const convolution = {kernelSize: 5, strides: 1, activation: 'relu', kernelInitializer: 'varianceScaling'} as const;
    const pooling = {poolSize: [2, 2] as [number, number], strides: [2, 2] as [number, number]};
    const built = tf.sequential({
      layers: [
        layers.conv2d({inputShape: [side, side, 1], filters: size(4, 8), ...convolution}),
        layers.maxPooling2d(pooling),
        layers.conv2d({filters: size(4, 16), ...convolution, kernelSize: 3}),
        layers.maxPooling2d(pooling),
        layers.flatten(),
        layers.dense({units: 10, activation: 'softmax'}),
      ],
    });
    built.compile({optimizer: tf.train.adam(), loss: 'categoricalCrossentropy', metrics: ['accuracy']});
    return built;
  };
  return {
    model,
    x: numbers([n, side, side, 1], 2),
    y: classes(n, 10, 2),
    batchSize: size(8, 512),
    validationSplit: 0.2,
  };
}

/** mnist-transfer: the convolutions are frozen, and two dense layers learn five other digits. */
export function mnistTransfer(size: Size): Example {
  const [side, n] = [size(12, 28), size(40, 1280)];
  const model = () => {
    const built = tf.sequential({
      layers: [
        layers.conv2d({inputShape: [side, side, 1], filters: size(4, 32), kernelSize: 3, activation: 'relu'}),
        layers.conv2d({filters: size(4, 32), kernelSize: 3, activation: 'relu'}),
        layers.maxPooling2d({poolSize: 2}),
        layers.dropout({rate: 0}),
        layers.flatten(),
        layers.dense({units: size(12, 128), activation: 'relu'}),
        layers.dense({units: 5, activation: 'softmax'}),
      ],
    });
    for (const layer of built.layers.slice(0, 5)) layer.trainable = false;
    built.compile({optimizer: 'adam', loss: 'categoricalCrossentropy', metrics: ['accuracy']});
    return built;
  };
  return {model, x: numbers([n, side, side, 1], 3), y: classes(n, 5, 3), batchSize: size(8, 128), validationSplit: 0.2};
}

/** quantization, Fashion-MNIST: convolutions and a dense layer, with batches that don't come out even. */
export function quantizationFashion(size: Size): Example {
  const [side, n] = [size(12, 28), size(43, 1300)];
  const model = () => {
    const built = tf.sequential({
      layers: [
        layers.conv2d({inputShape: [side, side, 1], filters: size(4, 32), kernelSize: 3, activation: 'relu'}),
        layers.conv2d({filters: size(6, 64), kernelSize: 3, activation: 'relu'}),
        layers.maxPooling2d({poolSize: 2}),
        layers.dropout({rate: 0}),
        layers.flatten(),
        layers.dense({units: size(12, 128), activation: 'relu'}),
        layers.dense({units: 10, activation: 'softmax'}),
      ],
    });
    built.compile({optimizer: 'adam', loss: 'categoricalCrossentropy', metrics: ['accuracy']});
    return built;
  };
  return {
    model,
    x: numbers([n, side, side, 1], 4),
    y: classes(n, 10, 4),
    batchSize: size(8, 128),
    validationSplit: 0.1,
  };
}

/** cifar10, a small residual network: normalized convolutions whose results are added to what went in. */
export function residual(size: Size): Example {
  const [side, filters, n] = [size(8, 32), size(4, 32), size(24, 256)];
  const model = () => {
    const convolution = (strides = 1) =>
      layers.conv2d({filters, kernelSize: 3, strides, padding: 'same', useBias: false});
    const input = tf.input({shape: [side, side, 3]});
    let x = layers.reLU().apply(layers.batchNormalization().apply(convolution().apply(input))) as tf.SymbolicTensor;
    for (const strides of [1, 2]) {
      let inner = layers.batchNormalization().apply(convolution(strides).apply(x));
      inner = layers.batchNormalization().apply(convolution().apply(layers.reLU().apply(inner)));
      const shortcut = strides === 1 ? x : layers.conv2d({filters, kernelSize: 1, strides, padding: 'same'}).apply(x);
      x = layers.reLU().apply(layers.add().apply([inner, shortcut] as tf.SymbolicTensor[])) as tf.SymbolicTensor;
    }
    const pooled = layers.globalAveragePooling2d({}).apply(x);
    const built = tf.model({
      inputs: input,
      outputs: layers.dense({units: 10, activation: 'softmax'}).apply(pooled) as tf.SymbolicTensor,
    });
    built.compile({optimizer: tf.train.momentum(0.05, 0.9), loss: 'categoricalCrossentropy', metrics: ['accuracy']});
    return built;
  };
  return {model, x: numbers([n, side, side, 3], 5), y: classes(n, 10, 5), batchSize: size(8, 32)};
}

/** simple-object-detection: a frozen base, a head that finds the box, and a loss of the program's own. */
export function objectDetection(size: Size): Example {
  const [side, n] = [size(16, 64), size(32, 256)];
  const model = () => {
    const base = tf.sequential({
      layers: [
        layers.conv2d({inputShape: [side, side, 3], filters: size(4, 16), kernelSize: 3, activation: 'relu'}),
        layers.depthwiseConv2d({kernelSize: 3, strides: 2, activation: 'relu'}),
        layers.conv2d({filters: size(6, 32), kernelSize: 1, activation: 'relu'}),
      ],
    });
    for (const layer of base.layers) layer.trainable = false;
    const flat = layers.flatten().apply(base.outputs) as tf.SymbolicTensor;
    const hidden = layers.dense({units: size(8, 200), activation: 'relu'}).apply(flat) as tf.SymbolicTensor;
    const box = layers.dense({units: 5}).apply(hidden) as tf.SymbolicTensor;
    const built = tf.model({inputs: base.inputs, outputs: box});
    // Whether it is a triangle counts as much as its place, which is up to `side`.
    const factors = tf.tensor1d([side, 1, 1, 1, 1]);
    const loss = (yTrue: tf.Tensor, yPred: tf.Tensor) =>
      tf.losses.meanSquaredError<tf.Tensor, tf.Tensor>(yTrue.mul(factors), yPred.mul(factors));
    built.compile({loss, optimizer: tf.train.rmsprop(5e-3)});
    return built;
  };
  return {
    model,
    x: numbers([n, side, side, 3], 6),
    y: numbers([n, 5], 6),
    batchSize: size(8, 128),
    validationSplit: 0.15,
  };
}

/** webcam-transfer-learning: a frozen, normalized base as a model inside the model. */
export function webcamTransfer(size: Size): Example {
  const [side, n] = [size(12, 48), size(24, 128)];
  const model = () => {
    const base = tf.sequential({
      layers: [
        layers.conv2d({inputShape: [side, side, 3], filters: size(4, 16), kernelSize: 3, strides: 2, padding: 'same'}),
        layers.activation({activation: 'relu6'}),
        layers.depthwiseConv2d({kernelSize: 3, padding: 'same'}),
        layers.conv2d({filters: size(6, 32), kernelSize: 1, strides: 2, activation: 'relu'}),
      ],
    });
    for (const layer of base.layers) layer.trainable = false;
    const built = tf.sequential({
      layers: [base, layers.flatten(), layers.dense({units: size(8, 100), activation: 'relu'})],
    });
    built.add(layers.dense({units: 4, activation: 'softmax', useBias: false}));
    built.compile({optimizer: tf.train.adam(1e-4), loss: 'categoricalCrossentropy'});
    return built;
  };
  return {model, x: numbers([n, side, side, 3], 7), y: classes(n, 4, 7), batchSize: size(6, 32)};
}

/** snake-dqn: convolutions with batch normalization estimate the value of each move. */
export function snake(size: Size): Example {
  const [side, n] = [size(7, 9), size(32, 512)];
  const model = () => {
    const built = tf.sequential({
      layers: [
        layers.conv2d({filters: size(6, 128), kernelSize: 3, activation: 'relu', inputShape: [side, side, 2]}),
        layers.batchNormalization(),
        layers.conv2d({filters: size(6, 256), kernelSize: 3, activation: 'relu'}),
        layers.batchNormalization(),
        layers.flatten(),
        layers.dense({units: size(8, 100), activation: 'relu'}),
        layers.dense({units: 3}),
      ],
    });
    built.compile({optimizer: tf.train.adam(1e-3), loss: 'meanSquaredError'});
    return built;
  };
  return {model, x: numbers([n, side, side, 2], 8), y: numbers([n, 3], 8), batchSize: size(8, 64)};
}

/** fashion-mnist-vae, without its drawing: encoder and decoder with two losses in one. */
export function autoencoder(size: Size): Example {
  const [pixels, n] = [size(36, 784), size(32, 640)];
  const model = () => {
    const input = tf.input({shape: [pixels]});
    const hidden = layers.dense({units: size(8, 128), activation: 'relu'}).apply(input);
    const mean = layers.dense({units: 2, name: 'mean'}).apply(hidden) as tf.SymbolicTensor;
    const back = layers.dense({units: size(8, 128), activation: 'relu'}).apply(mean);
    const picture = layers.dense({units: pixels, activation: 'sigmoid', name: 'picture'}).apply(back);
    const built = tf.model({inputs: input, outputs: [picture as tf.SymbolicTensor, mean]});
    const reconstruction = (yTrue: tf.Tensor, yPred: tf.Tensor) => yPred.sub(yTrue).square().mean(-1).mul(pixels);
    const closeness = (_: tf.Tensor, z: tf.Tensor) => z.square().mean(-1).mul(0.5);
    built.compile({optimizer: 'adam', loss: [reconstruction, closeness]});
    return built;
  };
  const x = numbers([n, pixels], 9);
  return {model, x, y: [x, tf.zeros([n, 2])], batchSize: size(8, 32)};
}

/** custom-layer: an activation of the program's own, which keeps the negative part beside the positive one. */
export function antirectifier(size: Size): Example {
  class Antirectifier extends layers.Layer {
    static className = 'Antirectifier';
    override computeOutputShape(shape: tf.Shape): tf.Shape {
      return [...shape.slice(0, -1), 2 * shape.at(-1)!];
    }
    override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
      const x = Array.isArray(inputs) ? inputs[0]! : inputs;
      const centred = x.sub(x.mean(-1, true));
      return tf.concat([centred.relu(), centred.neg().relu()], -1);
    }
  }
  const [pixels, n] = [size(20, 784), size(32, 1280)];
  const model = () => {
    const built = tf.sequential({
      layers: [
        layers.dense({inputShape: [pixels], units: size(8, 256)}),
        new Antirectifier({}),
        layers.dense({units: 10}),
      ],
    });
    built.add(layers.softmax());
    built.compile({optimizer: 'rmsprop', loss: 'categoricalCrossentropy', metrics: ['accuracy']});
    return built;
  };
  return {model, x: numbers([n, pixels], 10), y: classes(n, 10, 10), batchSize: size(8, 128)};
}
