import {describe, test} from '@jest/globals';
import {tf} from 'convlab';
import {type Case, classNumbers, examples, expectSameTraining, labels, values} from './bothEngines';

const {layers} = tf;
type Layer = tf.layers.Layer;

/** The layers under test, then what makes three class probabilities of whatever they put out. */
function classifier(
  shape: number[],
  tested: () => Layer[],
  compile: () => Partial<tf.ModelCompileArgs> = () => ({}),
): Case {
  const model = () => {
    const built = tf.sequential({layers: [layers.inputLayer({inputShape: shape}), ...tested()]});
    if (built.outputs[0]!.shape.length > 2) built.add(layers.flatten());
    built.add(layers.dense({units: 3, activation: 'softmax'}));
    built.compile({
      optimizer: tf.train.sgd(0.05),
      loss: 'categoricalCrossentropy',
      metrics: ['accuracy'],
      ...compile(),
    });
    return built;
  };
  return {model, x: values([examples, ...shape]), y: labels(3)};
}

const image = [8, 8, 2];
const sequence = [6, 4];
const volume = [5, 5, 5, 1];

// tfjs itself has no gradient for dilated convolutions, conv3dTranspose and thresholdedReLU.
const cases: Record<string, [number[], () => Layer[]]> = {
  dense: [sequence, () => [layers.dense({units: 5, activation: 'relu'})]],
  'dense without bias': [[7], () => [layers.dense({units: 5, useBias: false, activation: 'tanh'})]],
  conv1d: [sequence, () => [layers.conv1d({filters: 3, kernelSize: 3, activation: 'relu'})]],
  conv2d: [image, () => [layers.conv2d({filters: 3, kernelSize: 3, activation: 'relu'})]],
  'conv2d with strides and padding': [
    image,
    () => [layers.conv2d({filters: 3, kernelSize: 3, strides: 2, padding: 'same'})],
  ],
  conv3d: [volume, () => [layers.conv3d({filters: 2, kernelSize: 2, activation: 'relu'})]],
  conv2dTranspose: [image, () => [layers.conv2dTranspose({filters: 3, kernelSize: 3, strides: 2})]],
  depthwiseConv2d: [image, () => [layers.depthwiseConv2d({kernelSize: 3, activation: 'relu'})]],
  separableConv2d: [image, () => [layers.separableConv2d({filters: 3, kernelSize: 3, activation: 'relu'})]],
  'cropping2D, upSampling2d and zeroPadding2d': [
    image,
    () => [
      layers.cropping2D({cropping: 1}),
      layers.upSampling2d({}),
      layers.zeroPadding2d({}),
      layers.conv2d({filters: 2, kernelSize: 2}),
    ],
  ],
  maxPooling1d: [sequence, () => [layers.dense({units: 3}), layers.maxPooling1d({poolSize: 2})]],
  'maxPooling2d after relu': [
    image,
    () => [layers.conv2d({filters: 3, kernelSize: 3, activation: 'relu'}), layers.maxPooling2d({})],
  ],
  'maxPooling2d with overlaps after relu': [
    image,
    () => [
      layers.conv2d({filters: 3, kernelSize: 3, activation: 'relu'}),
      layers.maxPooling2d({poolSize: 3, strides: 1, padding: 'same'}),
    ],
  ],
  'maxPooling2d without relu': [image, () => [layers.conv2d({filters: 3, kernelSize: 3}), layers.maxPooling2d({})]],
  maxPooling3d: [
    volume,
    () => [layers.conv3d({filters: 2, kernelSize: 2, activation: 'relu'}), layers.maxPooling3d({poolSize: 2})],
  ],
  averagePooling1d: [sequence, () => [layers.dense({units: 3}), layers.averagePooling1d({poolSize: 2})]],
  averagePooling2d: [
    image,
    () => [layers.conv2d({filters: 3, kernelSize: 3, activation: 'relu'}), layers.averagePooling2d({})],
  ],
  averagePooling3d: [
    volume,
    () => [layers.conv3d({filters: 2, kernelSize: 2}), layers.averagePooling3d({poolSize: 2})],
  ],
  globalAveragePooling1d: [sequence, () => [layers.dense({units: 3}), layers.globalAveragePooling1d()]],
  globalAveragePooling2d: [
    image,
    () => [layers.conv2d({filters: 3, kernelSize: 3}), layers.globalAveragePooling2d({})],
  ],
  globalMaxPooling1d: [sequence, () => [layers.dense({units: 3}), layers.globalMaxPooling1d()]],
  globalMaxPooling2d: [image, () => [layers.conv2d({filters: 3, kernelSize: 3}), layers.globalMaxPooling2d({})]],
  batchNormalization: [
    image,
    () => [layers.conv2d({filters: 3, kernelSize: 3}), layers.batchNormalization(), layers.reLU()],
  ],
  'batchNormalization of vectors': [[6], () => [layers.dense({units: 5}), layers.batchNormalization()]],
  layerNormalization: [sequence, () => [layers.dense({units: 5}), layers.layerNormalization()]],
  'dropout that drops nothing': [[6], () => [layers.dense({units: 5}), layers.dropout({rate: 0})]],
  embedding: [[5], () => [layers.embedding({inputDim: 4, outputDim: 3})]],
  'reshape, permute and repeatVector': [
    [6],
    () => [
      layers.reshape({targetShape: [2, 3]}),
      layers.permute({dims: [2, 1]}),
      layers.flatten(),
      layers.repeatVector({n: 2}),
      layers.dense({units: 2}),
    ],
  ],
  'masking and timeDistributed': [
    sequence,
    () => [layers.masking({}), layers.timeDistributed({layer: layers.dense({units: 3})})],
  ],
  simpleRNN: [sequence, () => [layers.simpleRNN({units: 3})]],
  lstm: [sequence, () => [layers.lstm({units: 3, returnSequences: true})]],
  gru: [sequence, () => [layers.gru({units: 3, resetAfter: false} as Parameters<typeof layers.gru>[0])]],
  'bidirectional lstm': [sequence, () => [layers.bidirectional({layer: layers.lstm({units: 2}), mergeMode: 'concat'})]],
  convLstm2d: [[3, 5, 5, 1], () => [layers.convLstm2d({filters: 2, kernelSize: 2})]],
  prelu: [[6], () => [layers.dense({units: 5}), layers.prelu({alphaInitializer: 'ones'})]],
  'leakyReLU and elu': [[6], () => [layers.dense({units: 5}), layers.leakyReLU({}), layers.elu({})]],
  'softmax layer': [[6], () => [layers.dense({units: 5}), layers.softmax({})]],
};

describe('both engines train alike with', () => {
  test.each(Object.entries(cases))('%s', async (_name, [shape, tested]) => {
    await expectSameTraining(classifier(shape, tested));
  });

  test.each([
    'elu',
    'hardSigmoid',
    'linear',
    'relu',
    'relu6',
    'selu',
    'sigmoid',
    'softmax',
    'softplus',
    'softsign',
    'tanh',
    'swish',
    'mish',
    'gelu',
  ] as const)('the activation %s', async (activation) => {
    await expectSameTraining(classifier([6], () => [layers.dense({units: 5, activation: activation})]));
  });
});

describe('both engines train alike by', () => {
  const optimizers: Record<string, () => tf.Optimizer> = {
    sgd: () => tf.train.sgd(0.05),
    momentum: () => tf.train.momentum(0.05, 0.9),
    nesterov: () => tf.train.momentum(0.05, 0.9, true),
    adagrad: () => tf.train.adagrad(0.05),
    adadelta: () => tf.train.adadelta(0.05),
    adam: () => tf.train.adam(0.01),
    adamax: () => tf.train.adamax(0.01),
    rmsprop: () => tf.train.rmsprop(0.01),
    'centered rmsprop': () => tf.train.rmsprop(0.01, 0.9, 0.5, 1e-14, true),
  };
  test.each(Object.entries(optimizers))('%s', async (_name, optimizer) => {
    await expectSameTraining(
      classifier(
        [6],
        () => [layers.dense({units: 5, activation: 'tanh'})],
        () => ({optimizer: optimizer()}),
      ),
    );
  });

  test.each([
    'meanSquaredError',
    'meanAbsoluteError',
    'meanAbsolutePercentageError',
    'meanSquaredLogarithmicError',
    'squaredHinge',
    'hinge',
    'categoricalHinge',
    'logcosh',
    'categoricalCrossentropy',
    'binaryCrossentropy',
    'kullbackLeiblerDivergence',
    'poisson',
    'cosineProximity',
  ])('the loss %s', async (loss) => {
    const tested = classifier(
      [6],
      () => [layers.dense({units: 5, activation: 'tanh'})],
      () => ({loss}),
    );
    await expectSameTraining({...tested, y: labels(3).toFloat()});
  });

  test('sparse labels and their metric', async () => {
    const tested = classifier(
      [6],
      () => [layers.dense({units: 5})],
      () => ({loss: 'sparseCategoricalCrossentropy'}),
    );
    await expectSameTraining({...tested, y: classNumbers(3)});
  });

  test('a loss and a metric of their own', async () => {
    const loss = (yTrue: tf.Tensor, yPred: tf.Tensor) => yPred.sub(yTrue).pow(4).mean(-1);
    const metric = (yTrue: tf.Tensor, yPred: tf.Tensor) => yPred.sub(yTrue).abs().max(-1);
    await expectSameTraining(
      classifier(
        [6],
        () => [layers.dense({units: 5})],
        () => ({loss, metrics: [metric]}),
      ),
    );
  });

  test('every metric', async () => {
    const metrics = [
      'accuracy',
      'crossentropy',
      'binaryAccuracy',
      'categoricalAccuracy',
      'precision',
      'mse',
      'mae',
      'mape',
      'cosine',
    ];
    const tested = classifier(
      [6],
      () => [layers.dense({units: 5})],
      () => ({metrics}),
    );
    await expectSameTraining({...tested, y: labels(3).toFloat()});
  });
});

describe('both engines train alike', () => {
  test('with regularizers', async () => {
    const kernelRegularizer = 'l1l2';
    const biasRegularizer = tf.regularizers.l2({l2: 0.1});
    await expectSameTraining(classifier([6], () => [layers.dense({units: 5, kernelRegularizer, biasRegularizer})]));
  });

  test('with constraints', async () => {
    const kernelConstraint = 'nonNeg';
    const biasConstraint = tf.constraints.maxNorm({maxValue: 0.01});
    await expectSameTraining(classifier([6], () => [layers.dense({units: 5, kernelConstraint, biasConstraint})]));
  });

  test('with frozen layers', async () => {
    const frozen = () => layers.dense({units: 4, trainable: false, activation: 'relu'});
    await expectSameTraining(classifier([6], () => [layers.dense({units: 5}), frozen(), layers.dense({units: 5})]));
  });

  test('models of several inputs and outputs with a shared layer', async () => {
    const model = () => {
      const [a, b] = [tf.input({shape: [4], name: 'a'}), tf.input({shape: [4], name: 'b'})];
      const shared = layers.dense({units: 5, activation: 'relu'});
      const [left, right] = [shared.apply(a), shared.apply(b)] as tf.SymbolicTensor[];
      const joined = [
        layers.add(),
        layers.multiply(),
        layers.maximum(),
        layers.average(),
        layers.minimum(),
        layers.dot({axes: 1}),
      ].map((layer) => layer.apply([left!, right!]) as tf.SymbolicTensor);
      const all = layers.concatenate().apply(joined) as tf.SymbolicTensor;
      const sum = layers.dense({units: 1, name: 'sum'}).apply(all) as tf.SymbolicTensor;
      const kind = layers.dense({units: 3, activation: 'softmax', name: 'kind'}).apply(all) as tf.SymbolicTensor;
      const built = tf.model({inputs: [a, b], outputs: [sum, kind]});
      built.compile({
        optimizer: 'adam',
        loss: {sum: 'meanSquaredError', kind: 'categoricalCrossentropy'},
        metrics: {kind: 'accuracy'},
      });
      return built;
    };
    const x = {a: values([examples, 4], 1), b: values([examples, 4], 2)};
    await expectSameTraining({model, x, y: {sum: values([examples, 1], 3), kind: labels(3)}});
  });

  test("the walkthrough's network", async () => {
    const network = () => [
      layers.conv2d({filters: 8, kernelSize: 3, activation: 'relu'}),
      layers.maxPooling2d({poolSize: 2}),
      layers.conv2d({filters: 8, kernelSize: 3, activation: 'relu'}),
      layers.maxPooling2d({poolSize: 2}),
      layers.flatten(),
      layers.dense({units: 8, activation: 'relu'}),
    ];
    await expectSameTraining(classifier([14, 14, 1], network, () => ({optimizer: 'rmsprop'})));
  });
});
