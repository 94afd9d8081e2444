import {expect, test} from '@jest/globals';
import {tf} from 'convlab';
import {variableOf} from '../../lib/src/tfjs/layers';
import {withFusedNormalization} from '../../lib/src/tfjs/fusedNormalization';

const values = (tensor: tf.Tensor) => [...tensor.dataSync()];

/** What a layer makes of x, the gradients of a weighted sum of it, and its averages afterwards. */
function trained(x: tf.Tensor, config: object, within: (work: () => tf.Tensor[]) => tf.Tensor[]): number[][] {
  const layer = tf.layers.batchNormalization({inputShape: x.shape.slice(1), momentum: 0.7, ...config});
  tf.sequential({layers: [layer]});
  const weights = layer.getWeights().map((weight, i) => tf.randomUniform(weight.shape, 0.5, 2, 'float32', i + 1));
  layer.setWeights(weights);
  const factors = tf.randomNormal(x.shape, 0, 1, 'float32', 9);
  const variables = layer.trainableWeights.map(variableOf);
  const results = within(() => {
    let y: tf.Tensor | undefined;
    const own = tf.variable(x);
    const {grads} = tf.variableGrads(() => {
      y = tf.keep(layer.call(own, {training: true}) as tf.Tensor);
      return y.mul(factors).sum();
    }, [own, ...variables]);
    return [y!, ...Object.values(grads)];
  });
  return [...results, ...layer.getWeights()].map(values);
}

const cases: [string, number[], object][] = [
  ['rows', [12, 5], {}],
  ['sequences', [4, 6, 3], {}],
  ['pictures', [4, 5, 6, 3], {}],
  ['a single row', [1, 4], {}],
  ['rows without scale', [12, 5], {scale: false}],
  ['pictures without shift', [4, 5, 6, 3], {center: false}],
];

test.each(cases)('of %s has the numbers that tfjs has, forward, backward and in its averages', (_, shape, config) => {
  const x = tf.randomNormal(shape, 3, 2, 'float32', 5);
  const fused = trained(x, config, withFusedNormalization);
  const plain = trained(x, config, (work) => work());
  expect(fused).toHaveLength(plain.length);
  fused.forEach((numbers, i) => {
    const scale = Math.max(1, ...plain[i]!.map(Math.abs));
    // Sums of up to 120 float32 numbers, in another order.
    for (const [j, number] of numbers.entries()) expect(Math.abs(number - plain[i]![j]!) / scale).toBeLessThan(2e-5);
  });
});

test('trains volumes, which tfjs by itself cannot', () => {
  const volumes = tf.randomNormal([2, 3, 4, 5, 3], 3, 2, 'float32', 5);
  const [ofVolumes, ofRows] = [volumes, volumes.reshape([120, 3])].map((x) => trained(x, {}, withFusedNormalization));
  expect(ofVolumes![0]).toHaveLength(360);
  expect(ofVolumes!.slice(-2)).toEqual(ofRows!.slice(-2));
});

test('leaves no tensor behind but the averages', () => {
  const layer = tf.layers.batchNormalization({inputShape: [3]});
  tf.sequential({layers: [layer]});
  const x = tf.ones([4, 3]);
  const step = () => {
    tf.tidy(() => {
      tf.variableGrads(() =>
        (withFusedNormalization(() => layer.call(x, {training: true})) as tf.Tensor).square().sum().asScalar(),
      );
    });
  };
  step();
  const {numTensors} = tf.memory();
  for (let i = 0; i < 3; i++) step();
  expect(tf.memory().numTensors).toBe(numTensors);
});
