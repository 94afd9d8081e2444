/** What notebooks 1 and 4 say of several trainings. */
import {createRequire} from 'node:module';
import {inRoot} from '../../lib/setup/project.mjs';
import {inThreeDecimals, runCells} from './cells.mjs';
import {compiled, denseLayers, prepared} from './walkthrough.mjs';

const require = createRequire(inRoot('notebooks', 'x.cjs'));
const lowest = (values) => values.indexOf(Math.min(...values));
const meanOf = (values) => values.reduce((a, b) => a + b, 0) / values.length;

/** How many of the forty digits notebook 1's network reads. Its cell has no seed: each run is one of its own. */
export const firstNetwork = async () => {
  const given = await runCells('01-get-started', ['check-versions', 'load-mnist'], ['tf', 'picture', 'show', 'train']);
  return async () => {
    const {answers} = await runCells('01-get-started', ['first-network', 'first-answers'], ['answers'], given);
    return {right: answers.filter((answer, i) => answer === given.train.labels[i]).length};
  };
};

/** The dense layers of notebook 1, trained as notebook 4 trains its convolutions. */
export const denseAlone = async () => {
  const {tf, fit} = require('convlab');
  const {x, y} = await prepared();
  return async (seed) => {
    const model = denseLayers(seed);
    model.compile({optimizer: tf.train.rmsprop(0.001), loss: 'categoricalCrossentropy', metrics: ['accuracy']});
    const {history} = await fit(model, x, y, {epochs: 8, batchSize: 128, validationSplit: 0.2, seed, verbose: 0});
    return inThreeDecimals({
      validation: history.val_accuracy.at(-1),
      'best validation': Math.max(...history.val_accuracy),
      learning: history.accuracy.at(-1),
      parameters: model.countParams(),
    });
  };
};

/** Logistic regression on the pixels: one dense layer with softmax, trained as notebook 4's network; the test accuracy. */
export const logisticRegression = async () => {
  const {tf, fit, evaluate, mnist} = require('convlab');
  const {x, y} = await prepared();
  const exam = await prepared((await mnist.load()).test);
  return async (seed) => {
    const kernelInitializer = tf.initializers.glorotUniform({seed});
    const model = tf.sequential({
      layers: [
        tf.layers.flatten({inputShape: [28, 28, 1]}),
        tf.layers.dense({units: 10, activation: 'softmax', kernelInitializer}),
      ],
    });
    model.compile({optimizer: tf.train.rmsprop(0.001), loss: 'categoricalCrossentropy', metrics: ['accuracy']});
    await fit(model, x, y, {epochs: 8, batchSize: 128, validationSplit: 0.2, seed, verbose: 0});
    const {accuracy} = await evaluate(model, exam.x, exam.y, {verbose: 0});
    return inThreeDecimals({accuracy});
  };
};

/** Overfitting on purpose: the first 200 digits, 60 times. */
export const crammer = () => crammed((i) => i);

/** The same with 200 digits from all of the file, and so by many writers. */
export const crammerSpread = () => crammed((i) => 239 * i);

async function crammed(position) {
  const {tf, fit, predict} = require('convlab');
  const {x, y} = await prepared();
  const few = Array.from({length: 200}, (_, i) => position(i));
  const [learnt, answers] = [tf.gather(x, few), tf.gather(y, few)];
  const [others, labels] = [x.slice(50000, 1000), y.slice(50000, 1000)];
  const truth = await labels.argMax(-1).data();
  return async (seed) => {
    const model = compiled(seed);
    /** The mean probability of the wrong answers, after each epoch. */
    const sureWhenWrong = [];
    const {history} = await fit(model, learnt, answers, {
      epochs: 60,
      validationData: [others, labels],
      seed,
      verbose: 0,
      callbacks: {
        onEpochEnd: async () => {
          const probabilities = await predict(model, others);
          const [predicted, surest] = [await probabilities.argMax(-1).data(), await probabilities.max(-1).data()];
          sureWhenWrong.push(meanOf([...surest].filter((_, i) => predicted[i] !== truth[i])));
        },
      },
    });
    const best = lowest(history.val_loss);
    const series = {loss: history.val_loss, accuracy: history.val_accuracy, 'sure when wrong': sureWhenWrong};
    return inThreeDecimals({
      // The curve zigzags, and its lowest point is the luckiest of sixty: ten epochs together tell more.
      ...Object.fromEntries(
        Object.entries(series).flatMap(([name, values]) => [
          [`epochs 11 to 20 ${name}`, meanOf(values.slice(10, 20))],
          [`epochs 51 to 60 ${name}`, meanOf(values.slice(50, 60))],
        ]),
      ),
      'learning accuracy': history.accuracy.at(-1),
      'best epoch': best + 1,
      'best loss': history.val_loss[best],
      'last loss': history.val_loss.at(-1),
      'best accuracy': history.val_accuracy[best],
      'last accuracy': history.val_accuracy.at(-1),
      'best sure when wrong': sureWhenWrong[best],
      'last sure when wrong': sureWhenWrong.at(-1),
    });
  };
}

/** One epoch on pixels from 0 to 255 and from 0 to 1: question 3. */
export const notRescaled = async () => {
  const {tf, fit} = require('convlab');
  const {x, y} = await prepared();
  const raw = x.mul(255);
  const optimizers = {rmsprop: () => tf.train.rmsprop(0.001), sgd: () => tf.train.sgd(0.01)};
  return async (seed) => {
    /** @type {Record<string, number>} */
    const numbers = {};
    for (const [name, optimizer] of Object.entries(optimizers)) {
      for (const [range, pictures] of Object.entries({255: raw, 1: x})) {
        const model = compiled(seed, optimizer());
        const {history} = await fit(model, pictures, y, {
          epochs: 1,
          batchSize: 128,
          validationSplit: 0.2,
          seed,
          verbose: 0,
        });
        numbers[`${name} to ${range} loss`] = history.val_loss[0];
        numbers[`${name} to ${range} accuracy`] = history.val_accuracy[0];
      }
    }
    return inThreeDecimals(numbers);
  };
};
