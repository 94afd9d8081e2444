import {describe, test} from '@jest/globals';
import {tf} from 'convlab';
import {classifier, classNumbers, expectSameTraining, labels} from './bothEngines';

const {layers} = tf;

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
