/** What notebook 4 says of several trainings. */
import {createRequire} from 'node:module';
import {inRoot} from '../../lib/setup/project.mjs';
import {inThreeDecimals} from './cells.mjs';
import {compiled, prepared} from './walkthrough.mjs';

const require = createRequire(inRoot('notebooks', 'x.cjs'));
const lowest = (values) => values.indexOf(Math.min(...values));

/** Overfitting on purpose: 200 digits, 60 times. */
export const crammer = async () => {
  const {fit} = require('convlab');
  const {x, y} = await prepared();
  const [others, labels] = [x.slice(50000, 1000), y.slice(50000, 1000)];
  return async (seed) => {
    const model = compiled(seed);
    const {history} = await fit(model, x.slice(0, 200), y.slice(0, 200), {
      epochs: 60,
      validationData: [others, labels],
      seed,
      verbose: 0,
    });
    const best = lowest(history.val_loss);
    return inThreeDecimals({
      'learning accuracy': history.accuracy.at(-1),
      'best epoch': best + 1,
      'best loss': history.val_loss[best],
      'last loss': history.val_loss.at(-1),
      'best accuracy': history.val_accuracy[best],
      'last accuracy': history.val_accuracy.at(-1),
    });
  };
};

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
