import {expect, test} from '@jest/globals';
import {tf} from 'convlab';

test('the two kernels of a separable convolution begin each as it was asked to', () => {
  const begun = (given: object) => {
    const layer = tf.layers.separableConv2d({filters: 2, kernelSize: 2, inputShape: [4, 4, 3], ...given});
    return tf.sequential({layers: [layer]}).weights.map((weight) => weight.read().abs().sum().dataSync()[0]!);
  };
  const [depthwise, pointwise] = begun({depthwiseInitializer: 'ones', pointwiseInitializer: 'zeros'});
  expect([depthwise, pointwise]).toEqual([12, 0]);
  // The one that nothing is said of is drawn.
  expect(begun({depthwiseInitializer: 'zeros'})[1]).toBeGreaterThan(0);
  expect(begun({pointwiseInitializer: tf.initializers.zeros()})[0]).toBeGreaterThan(0);
});

test('a depthwise convolution says of its kernel what it was told', () => {
  const described = (given: object) => {
    const {depthwiseConstraint, depthwiseRegularizer} = tf.layers
      .depthwiseConv2d({kernelSize: 2, ...given})
      .getConfig();
    return [depthwiseConstraint, depthwiseRegularizer];
  };
  const constraint = {className: 'NonNeg', config: {}};
  expect(described({depthwiseConstraint: 'nonNeg'})).toEqual([constraint, null]);
  expect(described({depthwiseRegularizer: 'l1l2'})).toEqual([null, expect.objectContaining({className: 'L1L2'})]);
});
