/** What notebooks 4 and 6 say of several trainings. */
import fs from 'node:fs';
import {createRequire} from 'node:module';
import os from 'node:os';
import path from 'node:path';
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
  const {tf, fit, evaluate} = require('convlab');
  const {x, y} = await prepared();
  const lossOf = async (model, pictures, labels) =>
    (await evaluate(model, pictures.slice(48_000), labels.slice(48_000), {verbose: 0})).loss;
  const raw = x.mul(255);
  const optimizers = {rmsprop: () => tf.train.rmsprop(0.001), sgd: () => tf.train.sgd(0.01)};
  return async (seed) => {
    /** @type {Record<string, number>} */
    const numbers = {};
    for (const [name, optimizer] of Object.entries(optimizers)) {
      for (const [range, pictures] of Object.entries({255: raw, 1: x})) {
        const model = compiled(seed, optimizer());
        numbers[`untrained to ${range} loss`] = await lossOf(model, pictures, y);
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

/**
 * Trained further on 6,000 digits after an epoch: with the optimizer's memory out of a file, and with an optimizer that starts
 * afresh. Question 1 of notebook 6.
 */
export const continued = async () => {
  const {tf, fit, keras} = require('convlab');
  const {x, y} = await prepared();
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'convlab-'));
  const [whole, bare] = ['whole.h5', 'bare.h5'].map((name) => path.join(folder, name));
  const [few, labels] = [x.slice(0, 6000), y.slice(0, 6000)];
  const lossOf = async (model) =>
    (await fit(model, few, labels, {epochs: 1, batchSize: 128, shuffle: false, verbose: 0})).history.loss[0];
  return async (seed) => {
    const model = compiled(seed);
    await fit(model, x, y, {epochs: 1, batchSize: 128, seed, verbose: 0});
    await keras.save(model, whole);
    await keras.save(model, bare, {includeOptimizer: false});
    const [reloaded, afresh] = [await keras.load(whole), await keras.load(bare)];
    afresh.compile({optimizer: tf.train.rmsprop(0.001), loss: 'categoricalCrossentropy', metrics: ['accuracy']});
    const [original, copy] = [await lossOf(model), await lossOf(reloaded)];
    return {...inThreeDecimals({original, afresh: await lossOf(afresh)}), difference: Math.abs(copy - original)};
  };
};
