import {earlyStopping, evaluate, ImageSet, predict, predictAll, setReporter, summary, tf} from 'convlab';
import {type Cases, later, model, wrong, x, y} from './common';

export const trainingCases: Cases = {
  // prettier-ignore
  evaluate: [
    ['no model', () => evaluate(wrong(undefined), x, y), 'evaluate: model must be a model'],
    ['no labels', () => evaluate(model, wrong(x)), 'evaluate: x is a tensor, so y must be the labels; got nothing'],
    ['labels of another set', () => evaluate(model, x, y.slice(1)), 'evaluate: x has 4 examples but y has 3 labels'],
    ['an option of fit', () => evaluate(model, x, y, wrong({epochs: 2})), 'evaluate: there is no option epochs; there are batchSize, sampleWeight, verbose, engine'],
    ['batchSize NaN', () => evaluate(model, x, y, {batchSize: NaN}), 'evaluate: batchSize must be a whole number of at least 1, got NaN'],
  ],
  // prettier-ignore
  predict: [
    ['a forgotten await', () => predict(later, x), 'predict: model must be a model, made by tf.sequential, tf.model or keras.load, got a promise; write await in front of it'],
    ['no x', () => predict(model, wrong(undefined)), 'predict: x must be a tensor, got nothing'],
    ['an ImageSet of another size', () => predict(model, new ImageSet(new Uint8Array(49), [1, 7, 7], Uint8Array.of(0))), 'predict: x has shape [1, 7, 7, 1] but the model takes [n, 6, 5, 1]; load the pictures with size: [6, 5]'],
    ['a single picture', () => predict(model, tf.ones([6, 5, 1])), 'for a single example use x.expandDims(0)'],
    ['labels, too', () => predict(model, x, wrong(y)), 'predict: options must be an object such as {batchSize: …}, got a tensor of shape [4, 3]'],
    ['no examples', () => predict(model, tf.zeros([0, 6, 5, 1])), 'predict: x has no examples'],
  ],
  // prettier-ignore
  predictAll: [
    ['no model', () => predictAll(wrong(undefined), x), 'predictAll: model must be a model'],
    ['too many inputs', () => predictAll(model, [x, x]), 'predictAll: the model has 1 input ('],
  ],
  // prettier-ignore
  earlyStopping: [
    ['a name alone', () => earlyStopping(wrong('val_loss')), "earlyStopping: options must be an object such as {monitor: …}, got the text 'val_loss'"],
    ['a negative patience', () => earlyStopping({patience: -1}), 'earlyStopping: patience must be a number of at least 0, got -1'],
    ["Python's names", () => earlyStopping(wrong({min_delta: 1})), 'earlyStopping: there is no option min_delta; did you mean minDelta?'],
    ['a mode that is none', () => earlyStopping({mode: wrong('up')}), "earlyStopping: mode must be 'auto', 'min' or 'max', got the text 'up'"],
  ],
  // prettier-ignore
  summary: [
    ['nothing', () => summary(wrong(undefined)), 'summary: model must be a model, made by tf.sequential, tf.model or keras.load, got nothing'],
    ['a forgotten await', () => summary(later), 'got a promise; write await in front of it'],
  ],
  // prettier-ignore
  setReporter: [
    ['a reporter itself', () => setReporter(wrong({})), 'setReporter: make must be a function that makes a Reporter'],
  ],
};
