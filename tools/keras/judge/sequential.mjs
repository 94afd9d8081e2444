/**
 * Layers one after the other: every layer that both sides share.
 *
 * @param {typeof import('convlab').tf} tf
 */
export function sequentialModels(tf) {
  const L = tf.layers;
  const sequential = (_inputShape, layers) => () => {
    const model = tf.sequential();
    layers().forEach((layer, i) => {
      model.add(layer);
      if (i === 0 && model.inputs.length === 0) throw new Error('the first layer needs an inputShape');
    });
    return model;
  };
  const image = [8, 8, 3];
  const series = [6, 4];
  const on = (shape, layer, ...more) => ({
    inputs: [shape],
    build: sequential(shape, () => [layer(shape), ...more.map((make) => make())]),
  });

  return {
    walkthrough: on(
      [28, 28, 1],
      (inputShape) => L.conv2d({inputShape, filters: 32, kernelSize: 3, activation: 'relu'}),
      () => L.maxPooling2d({poolSize: 2}),
      () => L.conv2d({filters: 32, kernelSize: 3, activation: 'relu'}),
      () => L.maxPooling2d({poolSize: 2}),
      () => L.flatten(),
      () => L.dense({units: 32, activation: 'relu'}),
      () => L.dense({units: 10, activation: 'softmax'}),
    ),
    conv1d: on(series, (inputShape) =>
      L.conv1d({inputShape, filters: 5, kernelSize: 3, padding: 'same', dilationRate: 2, activation: 'tanh'}),
    ),
    conv2dOptions: on(image, (inputShape) =>
      L.conv2d({
        inputShape,
        filters: 4,
        kernelSize: [3, 2],
        strides: [2, 1],
        padding: 'same',
        useBias: false,
        kernelInitializer: 'heUniform',
        kernelRegularizer: tf.regularizers.l1l2({l1: 0.01, l2: 0.02}),
        kernelConstraint: tf.constraints.maxNorm({maxValue: 3, axis: 0}),
      }),
    ),
    conv2dDilated: on(image, (inputShape) =>
      L.conv2d({inputShape, filters: 4, kernelSize: 3, dilationRate: 2, activation: 'elu'}),
    ),
    conv3d: on(
      [6, 6, 6, 2],
      (inputShape) => L.conv3d({inputShape, filters: 3, kernelSize: 2, activation: 'relu'}),
      () => L.maxPooling3d({poolSize: 2}),
      () => L.averagePooling3d({poolSize: 2}),
    ),
    convLstm2d: on([4, 6, 5, 2], (inputShape) =>
      L.convLstm2d({
        inputShape,
        filters: 3,
        kernelSize: [3, 2],
        padding: 'same',
        recurrentActivation: 'sigmoid',
        returnSequences: true,
      }),
    ),
    convLstm2dLast: on([4, 6, 5, 2], (inputShape) =>
      L.convLstm2d({inputShape, filters: 3, kernelSize: 2, strides: 2, recurrentActivation: 'sigmoid'}),
    ),
    conv2dTranspose: on(image, (inputShape) =>
      L.conv2dTranspose({inputShape, filters: 4, kernelSize: 3, strides: 2, padding: 'same'}),
    ),
    conv3dTranspose: on([4, 4, 4, 2], (inputShape) =>
      L.conv3dTranspose({inputShape, filters: 3, kernelSize: 3, strides: 2, padding: 'valid'}),
    ),
    depthwise: on(image, (inputShape) =>
      L.depthwiseConv2d({inputShape, kernelSize: 3, depthMultiplier: 2, activation: 'relu6'}),
    ),
    separable: on(image, (inputShape) =>
      L.separableConv2d({inputShape, filters: 6, kernelSize: 3, depthMultiplier: 2, padding: 'same'}),
    ),
    pooling1d: on(
      series,
      (inputShape) => L.maxPooling1d({inputShape, poolSize: 2, strides: 1, padding: 'same'}),
      () => L.averagePooling1d({poolSize: 2}),
    ),
    pooling2d: on(
      image,
      (inputShape) => L.averagePooling2d({inputShape, poolSize: [2, 3], strides: [2, 1], padding: 'same'}),
      () => L.maxPooling2d({poolSize: 2}),
    ),
    globalAverage2d: on(image, (inputShape) => L.globalAveragePooling2d({inputShape, dataFormat: 'channelsLast'})),
    globalMax2d: on(image, (inputShape) => L.globalMaxPooling2d({inputShape, dataFormat: 'channelsLast'})),
    globalAverage1d: on(series, (inputShape) => L.globalAveragePooling1d({inputShape})),
    globalMax1d: on(series, (inputShape) => L.globalMaxPooling1d({inputShape})),
    batchNormalization: on(
      image,
      (inputShape) => L.conv2d({inputShape, filters: 4, kernelSize: 3}),
      () => L.batchNormalization({momentum: 0.9, epsilon: 0.01}),
      () => L.batchNormalization({scale: false, center: false}),
    ),
    layerNormalization: on(
      series,
      (inputShape) => L.layerNormalization({inputShape, epsilon: 0.01}),
      () => L.layerNormalization({axis: [1, 2]}),
    ),
    regularized: on(
      [12],
      (inputShape) => L.gaussianNoise({inputShape, stddev: 0.1}),
      () => L.dense({units: 8}),
      () => L.dropout({rate: 0.3}),
      () => L.gaussianDropout({rate: 0.2}),
      () => L.alphaDropout({rate: 0.2}),
    ),
    spatialDropout: on(series, (inputShape) => L.spatialDropout1d({inputShape, rate: 0.3})),
    shapes: on(
      image,
      (inputShape) =>
        L.zeroPadding2d({
          inputShape,
          padding: [
            [1, 2],
            [0, 1],
          ],
        }),
      () =>
        L.cropping2D({
          cropping: [
            [1, 0],
            [2, 1],
          ],
        }),
      () => L.upSampling2d({size: [2, 3]}),
      () => L.permute({dims: [3, 1, 2]}),
      () => L.flatten(),
      () => L.reshape({targetShape: [-1, 6]}),
      () => L.dense({units: 3}),
    ),
    repeat: on(
      [5],
      (inputShape) => L.repeatVector({inputShape, n: 3}),
      () => L.rescaling({scale: 0.5, offset: 1}),
    ),
    activations: on(
      [6],
      (inputShape) => L.dense({inputShape, units: 6, activation: 'selu'}),
      .../** @type {any[]} */ ([
        'sigmoid',
        'softplus',
        'softsign',
        'swish',
        'mish',
        'gelu',
        'logSoftmax',
        'linear',
      ]).map((activation) => () => L.dense({units: 6, activation})),
      () => L.activation({activation: 'tanh'}),
    ),
    activationLayers: on(
      [4, 4, 3],
      (inputShape) => L.prelu({inputShape, sharedAxes: [1, 2]}),
      () => L.leakyReLU({alpha: 0.2}),
      () => L.elu(),
      () => L.reLU({maxValue: 2}),
      () => L.prelu(),
      () => L.softmax({axis: -1}),
    ),
    initializers: on(
      [6],
      (inputShape) => L.dense({inputShape, units: 6, kernelInitializer: 'orthogonal', biasInitializer: 'ones'}),
      ...[
        'randomUniform',
        'randomNormal',
        'truncatedNormal',
        'glorotUniform',
        'heNormal',
        'leCunUniform',
        'leCunNormal',
        'identity',
        'zeros',
      ].map((kernelInitializer) => () => L.dense({units: 6, kernelInitializer})),
      () =>
        L.dense({
          units: 6,
          kernelInitializer: tf.initializers.constant({value: 0.3}),
          kernelConstraint: 'unitNorm',
          biasConstraint: 'nonNeg',
        }),
      () => L.dense({units: 6, kernelConstraint: tf.constraints.minMaxNorm({minValue: 0.1, maxValue: 2})}),
    ),
    lstm: on(
      series,
      (inputShape) =>
        L.lstm({
          inputShape,
          units: 5,
          recurrentActivation: 'sigmoid',
          returnSequences: true,
          dropout: 0.1,
          recurrentDropout: 0.1,
        }),
      () => L.lstm({units: 3, recurrentActivation: 'sigmoid', unitForgetBias: false, goBackwards: true}),
    ),
    gru: on(series, (inputShape) => L.gru({inputShape, units: 5, recurrentActivation: 'sigmoid'})),
    simpleRnn: on(series, (inputShape) => L.simpleRNN({inputShape, units: 5, activation: 'relu'})),
    rnnOfCells: on(series, (inputShape) =>
      L.rnn({
        inputShape,
        cell: [
          L.lstmCell({units: 4, recurrentActivation: 'sigmoid'}),
          L.gruCell({units: 3, recurrentActivation: 'sigmoid'}),
          L.simpleRNNCell({units: 2}),
        ],
        returnSequences: true,
      }),
    ),
    rnnOfCell: on(series, (inputShape) =>
      L.rnn({inputShape, cell: L.lstmCell({units: 4, recurrentActivation: 'sigmoid'})}),
    ),
    bidirectional: on(
      series,
      (inputShape) =>
        L.bidirectional({
          inputShape,
          layer: L.lstm({units: 3, recurrentActivation: 'sigmoid', returnSequences: true}),
          mergeMode: 'concat',
        }),
      () => L.bidirectional({layer: L.gru({units: 2, recurrentActivation: 'sigmoid', name: 'mine'}), mergeMode: 'sum'}),
    ),
    timeDistributed: on(series, (inputShape) =>
      L.timeDistributed({inputShape, layer: L.dense({units: 3, activation: 'relu'})}),
    ),
    named: on(
      [4],
      (inputShape) => L.dense({inputShape, units: 3, name: 'dense_1'}),
      () => L.dense({units: 3}),
      () => L.dense({units: 3}),
      () => L.dense({units: 3, name: 'my_layer'}),
    ),
    frozen: {
      inputs: [[4]],
      build: () => {
        const model = tf.sequential({
          layers: [L.dense({inputShape: [4], units: 3}), L.batchNormalization(), L.dense({units: 2})],
          name: 'with_frozen',
        });
        model.layers[0].trainable = false;
        model.layers[1].trainable = false;
        return model;
      },
    },
    embedding: {
      inputs: [[7]],
      integers: 20,
      build: sequential([7], () => [
        L.embedding({inputShape: [7], inputDim: 20, outputDim: 4, maskZero: true}),
        L.lstm({units: 3, recurrentActivation: 'sigmoid'}),
      ]),
    },
    masking: {
      inputs: [series],
      build: sequential(series, () => [L.masking({inputShape: series, maskValue: 0}), L.simpleRNN({units: 3})]),
    },
    channelsFirst: {
      inputs: [[3, 4, 4]],
      build: sequential([3, 4, 4], () => [
        L.flatten({inputShape: [3, 4, 4], dataFormat: 'channelsFirst'}),
        L.dense({units: 2}),
      ]),
    },
  };
}
