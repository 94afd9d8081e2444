import {describe, test} from '@jest/globals';
import {tf} from 'convlab';
import {classifier, expectSameTraining} from './bothEngines';

const {layers} = tf;
const image = [8, 8, 2];
const sequence = [6, 4];
const volume = [5, 5, 5, 1];

// tfjs itself has no gradient for dilated convolutions and thresholdedReLU.
const cases: Record<string, [number[], () => tf.layers.Layer[]]> = {
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
  conv3dTranspose: [
    volume,
    () => [
      layers.conv3d({filters: 2, kernelSize: 2}),
      layers.conv3dTranspose({filters: 2, kernelSize: 2, strides: 2, padding: 'same'}),
    ],
  ],
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
  // A bias in front of it has no gradient: rounding alone would move it.
  'batchNormalization of vectors': [[6], () => [layers.dense({units: 5, useBias: false}), layers.batchNormalization()]],
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
