import {expect, test} from '@jest/globals';
import {fit, learningRateSchedule, tf} from 'convlab';

/** One weight, whose gradient is 1: each step takes the learning rate off it. */
function model(optimizer: tf.Optimizer) {
  const sequential = tf.sequential({
    layers: [tf.layers.dense({units: 1, useBias: false, kernelInitializer: 'zeros', inputShape: [1]})],
  });
  sequential.compile({optimizer, loss: (_: tf.Tensor, predicted: tf.Tensor) => predicted.mean()});
  return sequential;
}
const [x, y] = [tf.ones([1, 1]), tf.ones([1, 1])];

test.each(['graph', 'eager'] as const)(
  'learningRateSchedule(schedule) sets the rate of each epoch, %s',
  async (engine) => {
    const steps = model(tf.train.sgd(123));
    const weights: number[] = [];
    const watch = {onEpochEnd: () => void weights.push(steps.getWeights()[0]!.dataSync()[0]!)};
    const callbacks = [learningRateSchedule((epoch) => 0.5 ** epoch), watch];
    await fit(steps, x, y, {epochs: 3, verbose: 0, engine, callbacks});
    expect(weights).toEqual([-1, -1.5, -1.75]);
  },
);

test('learningRateSchedule(schedule) hands on the rate before the epoch', async () => {
  const steps = model(tf.train.sgd(0.5));
  const given: number[] = [];
  const halve = (_epoch: number, rate: number) => {
    given.push(rate);
    return rate / 2;
  };
  await fit(steps, x, y, {epochs: 3, verbose: 0, callbacks: learningRateSchedule(halve)});
  expect(given).toEqual([0.5, 0.25, 0.125]);
});

test('learningRateSchedule(schedule) rejects what is no rate, and an optimizer without one', async () => {
  const wrong = {verbose: 0, callbacks: learningRateSchedule(() => NaN)} as const;
  await expect(fit(model(tf.train.adam()), x, y, wrong)).rejects.toThrow(
    'learningRateSchedule: the rate of epoch 0 must be a number of 0 or more, got NaN',
  );
  const fine = {verbose: 0, callbacks: learningRateSchedule(() => 0.1)} as const;
  await expect(fit(model(new Still()), x, y, fine)).rejects.toThrow(
    'learningRateSchedule: this optimizer has no learningRate to set',
  );
});

/** An optimizer of the user's own, which never moves. */
class Still extends tf.Optimizer {
  override applyGradients(): void {
    return;
  }
  override getClassName(): string {
    return 'Still';
  }
  getConfig() {
    return {};
  }
}
