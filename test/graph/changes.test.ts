import {describe, test} from '@jest/globals';
import {type FitCallback, tf} from 'convlab';
import {type Case, dense, expectSameChanges, type Loss, Own, squares} from './changing';

const {layers} = tf;

const set = (owner: object, key: string, value: unknown) => {
  Object.assign(owner, {[key]: value});
};
const atEpochEnd = (owner: object, values: object): FitCallback => ({
  onEpochEnd: () => void Object.assign(owner, values),
});
const rising = (dropout: tf.layers.Layer): FitCallback => ({
  onEpochEnd: (epoch) => void Object.assign(dropout, {rate: [0.3, 0.8][epoch]}),
});
const cases: Record<string, () => Case> = {
  'a factor in a closure of the loss, every epoch': () => {
    let factor = 1;
    const loss: Loss = (yTrue, yPred) => squares(yTrue, yPred).mul(factor);
    return {loss, callback: {onEpochEnd: () => void (factor *= 3)}};
  },
  'a factor in a closure of the loss, every batch': () => {
    let factor = 1;
    const loss: Loss = (yTrue, yPred) => squares(yTrue, yPred).mul(factor);
    const reason = 'what it does changes in the course of an epoch';
    return {loss, callback: {onBatchEnd: () => void (factor *= 1.1)}, reason};
  },
  'a factor that a stream changes between batches': () => {
    let factor = 1;
    const loss: Loss = (yTrue, yPred) => squares(yTrue, yPred).mul(factor);
    return {loss, between: () => void (factor *= 1.1), reason: 'what it does changes in the course of an epoch'};
  },
  'a tensor in a closure of the loss': () => {
    let factors = tf.tensor1d([1, 2]);
    const loss: Loss = (yTrue, yPred) => yPred.sub(yTrue).square().mul(factors).mean(-1);
    return {loss, callback: {onEpochEnd: () => void (factors = tf.tensor1d([3, 1]))}};
  },
  'another loss from the second epoch on': () => {
    let squared = true;
    const loss: Loss = (yTrue, yPred) => (squared ? squares(yTrue, yPred) : yPred.sub(yTrue).abs().mean(-1));
    return {loss, callback: {onEpochBegin: (epoch) => void (squared = epoch === 0)}};
  },
  'a factor in a closure of a metric': () => {
    let factor = 1;
    const metric: Loss = (yTrue, yPred) => squares(yTrue, yPred).mul(factor);
    return {metric, callback: {onEpochEnd: () => void (factor *= 3)}};
  },
  'a loss that draws in JavaScript': () => {
    const loss: Loss = (yTrue, yPred) => (Math.random() > 2 ? yPred.mul(2) : squares(yTrue, yPred));
    return {loss, reason: 'it uses numbers that JavaScript makes anew each time (Math.random)'};
  },
  'the rate of a dropout': () => {
    const dropout = layers.dropout({rate: 0.1});
    return {tested: [dense(), dropout], callback: rising(dropout)};
  },
  'the rate of a dropout, from 0': () => {
    const dropout = layers.dropout({rate: 0});
    return {tested: [dense(), dropout], callback: rising(dropout)};
  },
  'the rate of a dropout, once within an epoch': () => {
    const dropout = layers.dropout({rate: 0.1});
    return {
      tested: [dropout],
      callback: {
        onBatchEnd: (batch) => {
          if (batch === 3) set(dropout, 'rate', 0.7);
        },
      },
    };
  },
  'the rate of a dropout, every batch': () => {
    const dropout = layers.dropout({rate: 0.1});
    const reason = 'it changes from batch to batch (rate of the layer';
    let rate = 0.1;
    return {
      tested: [dropout],
      callback: {
        onBatchEnd: () => {
          set(dropout, 'rate', (rate += 0.01));
        },
      },
      reason,
    };
  },
  'the spread of noise': () => {
    const noise = layers.gaussianNoise({stddev: 0.1});
    return {tested: [noise], callback: atEpochEnd(noise, {stddev: 1})};
  },
  'the momentum of rmsprop': () => {
    const optimizer = tf.train.rmsprop(0.01, 0.9, 0.1);
    return {optimizer, callback: atEpochEnd(optimizer, {momentum: 0.9})};
  },
  'the first beta of Adam': () => {
    const optimizer = tf.train.adam(0.01);
    return {optimizer, callback: atEpochEnd(optimizer, {beta1: 0.5})};
  },
  'the learning rate': () => {
    const optimizer = tf.train.sgd(0.1);
    return {
      optimizer,
      callback: {
        onBatchEnd: (batch) => {
          set(optimizer, 'learningRate', 0.1 / (batch + 1));
        },
      },
    };
  },
  'the factor of a regularizer': () => {
    const kernelRegularizer = tf.regularizers.l2({l2: 0.01});
    return {tested: [layers.dense({units: 5, kernelRegularizer})], callback: atEpochEnd(kernelRegularizer, {l2: 1})};
  },
  'the activation of a layer': () => {
    const [tested, other] = [dense(), layers.dense({units: 1, activation: 'relu'})];
    const {activation} = other as unknown as {activation: object};
    return {tested: [tested], callback: atEpochEnd(tested, {activation})};
  },
  'the slope of a leaky relu': () => {
    const tested = layers.leakyReLU({alpha: 0.1});
    return {tested: [dense(), tested], callback: atEpochEnd(tested, {alpha: 0.5})};
  },
  'the momentum and epsilon of a batch normalization': () => {
    const tested = layers.batchNormalization({momentum: 0.9});
    return {tested: [tested], callback: atEpochEnd(tested, {momentum: 0.5, epsilon: 0.1})};
  },
  'a batch normalization that is frozen': () => {
    const tested = layers.batchNormalization();
    return {tested: [tested], callback: atEpochEnd(tested, {trainable: false})};
  },
  'a property of a layer of one’s own': () => {
    const tested = new Own((input, {factor}) => input.mul(factor));
    return {tested: [tested], callback: {onEpochEnd: () => void (tested.factor *= 2)}};
  },
  'a closure of a layer of one’s own': () => {
    let factor = 1;
    const tested = new Own((input) => input.mul(factor));
    return {tested: [tested], callback: {onEpochEnd: () => void (factor *= 2)}};
  },
  'a layer that does something else after eight calls': () => {
    const tested = new Own((input, own) => (++own.calls > 8 ? input.square() : input));
    return {tested: [tested], reason: 'it changes something itself each time (calls of the layer'};
  },
};

describe('what changes while a model trains takes effect on the graph engine as it does on the eager one:', () => {
  test.each(Object.entries(cases))('%s', async (_name, make) => {
    await expectSameChanges(make);
  });
});
