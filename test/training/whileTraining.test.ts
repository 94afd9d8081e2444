/** What callbacks may do to a model, its optimizer and the backend while `fit` is at work. */
import {expect, test} from '@jest/globals';
import {evaluate, fit, predict, tf} from 'convlab';
import {classifier, quiet, x, y} from './classifier';

test.each(['graph', 'eager'] as const)('says of what is disposed while it trains what to do, %s', async (engine) => {
  const during = (dispose: () => void) => ({...quiet, engine, batchSize: 10, callbacks: {onBatchEnd: dispose}});
  const model = classifier();
  await expect(
    fit(
      model,
      x,
      y,
      during(() => {
        model.dispose();
      }),
    ),
  ).rejects.toThrow('fit: the model was disposed, and its weights are gone');
  await expect(predict(model, x)).rejects.toThrow('predict: the model was disposed, and its weights are gone');
  const own = x.clone();
  await expect(
    fit(
      classifier(),
      own,
      y,
      during(() => {
        own.dispose();
      }),
    ),
  ).rejects.toThrow(
    'fit: a tensor of x, y or sampleWeight was disposed before its last batch; dispose it after the await',
  );
});

test.each(['graph', 'eager'] as const)('says of an optimizer that is disposed what to do, %s', async (engine) => {
  const before = tf.memory().numTensors;
  for (const optimizer of ['sgd', 'momentum', 'adam', 'rmsprop', 'adagrad'] as const) {
    const model = classifier({
      optimizer: optimizer === 'momentum' ? tf.train.momentum(0.1, 0.9) : tf.train[optimizer](0.1),
    });
    const callbacks = {
      onBatchEnd: () => {
        model.optimizer.dispose();
      },
    };
    const refused = "fit: the model's optimizer was disposed, and what it remembers is gone; compile the model again";
    await expect(fit(model, x, y, {...quiet, engine, batchSize: 10, callbacks})).rejects.toThrow(refused);
    await expect(fit(model, x, y, {...quiet, engine})).rejects.toThrow(refused);
    expect(Object.keys(await evaluate(model, x, y, {verbose: 0}))).toEqual(['loss', 'accuracy']);
    model.compile({optimizer: 'sgd', loss: 'categoricalCrossentropy'});
    expect((await fit(model, x, y, {...quiet, engine})).epoch).toEqual([0]);
    model.dispose();
  }
  // The optimizers that are made by name keep a scalar each, as they do in tfjs.
  expect(tf.memory().numTensors - before).toBeLessThanOrEqual(5);
});

test.each(['onBatchEnd', 'onEpochEnd'])('says of a model that is compiled anew in %s what to do', async (moment) => {
  const model = classifier();
  const again = () => {
    model.compile({optimizer: 'sgd', loss: 'meanSquaredError'});
  };
  const options = {...quiet, batchSize: 25, epochs: 2, callbacks: {[moment]: again}};
  await expect(fit(model, x, y, options)).rejects.toThrow(
    'fit: the model was compiled anew while it trains; set model.stopTraining = true, and compile after the await',
  );
  expect(Object.keys((await fit(model, x, y, {...quiet, callbacks: {onTrainEnd: again}})).history)).toEqual(['loss']);
});

test.each(['graph', 'eager'] as const)('says that the backend changed while it trains, %s', async (engine) => {
  const before = tf.getBackend();
  const callbacks = {
    onEpochEnd: async () => {
      await tf.setBackend('cpu');
    },
  };
  const model = classifier();
  try {
    await expect(fit(model, x, y, {...quiet, engine, epochs: 2, callbacks})).rejects.toThrow(
      'fit: the backend of TensorFlow.js changed from tensorflow to cpu while the model was at work',
    );
  } finally {
    await tf.setBackend(before);
  }
  expect((await fit(model, x, y, {...quiet, engine})).epoch).toEqual([0]);
});
