// What Keras calculates with channels last is the reference, in test/training/keras.test.ts; here both orders are compared.
import {describe, expect, test} from '@jest/globals';
import {evaluate, fit, tf} from 'convlab';

const {layers} = tf;
type Order = 'channelsFirst' | 'channelsLast';

const cases: Record<string, [size: number[], layer: (dataFormat: Order, inputShape: number[]) => tf.layers.Layer]> = {
  'a dilated conv1d': [[9], (dataFormat, inputShape) => layers.conv1d({...options, dataFormat, inputShape})],
  'a conv1d that is not dilated': [
    [9],
    (dataFormat, inputShape) => layers.conv1d({...options, dilationRate: 1, dataFormat, inputShape}),
  ],
  'a dilated conv2d': [[7, 8], (dataFormat, inputShape) => layers.conv2d({...options, dataFormat, inputShape})],
  'a dilated conv2d without padding': [
    [7, 8],
    (dataFormat, inputShape) => layers.conv2d({...options, padding: 'valid', dataFormat, inputShape}),
  ],
  'a separableConv2d that is not dilated': [
    [7, 8],
    (dataFormat, inputShape) => layers.separableConv2d({...options, dilationRate: 1, dataFormat, inputShape}),
  ],
  'a dilated separableConv2d': [
    [7, 8],
    (dataFormat, inputShape) => layers.separableConv2d({...options, dataFormat, inputShape}),
  ],
  'a dilated depthwiseConv2d': [
    [7, 8],
    (dataFormat, inputShape) => layers.depthwiseConv2d({...options, dataFormat, inputShape}),
  ],
};
const options = {filters: 3, kernelSize: 3, dilationRate: 2, padding: 'same', activation: 'relu'} as const;

describe.each(Object.entries(cases))('%s', (_, [size, layer]) => {
  test.each(['graph', 'eager'] as const)('trains alike with channels first and last, engine %s', async (engine) => {
    const last = tf.randomNormal([12, ...size, 2], 0, 1, 'float32', 1);
    const axes = [...last.shape.keys()];
    const first = last.transpose([0, axes.at(-1)!, ...axes.slice(1, -1)]);
    const [a, b] = (['channelsLast', 'channelsFirst'] as const).map((order) => {
      const x = order === 'channelsLast' ? last : first;
      const model = tf.sequential({layers: [layer(order, x.shape.slice(1))]});
      model.compile({optimizer: tf.train.sgd(0.1), loss: 'meanSquaredError'});
      return {model, x, y: tf.zeros([12, ...model.outputShape.slice(1)] as number[])};
    });
    b!.model.setWeights(a!.model.getWeights());
    const results: number[][] = [];
    for (const {model, x, y} of [a!, b!]) {
      const {history} = await fit(model, x, y, {engine, batchSize: 4, epochs: 2, shuffle: false, verbose: 0});
      results.push([...history.loss!, (await evaluate(model, x, y, {verbose: 0})).loss!]);
    }
    // Sums are added up in another order.
    for (const [i, value] of results[1]!.entries()) expect(value).toBeCloseTo(results[0]![i]!, 5);
    b!.model.getWeights().forEach((weight, i) => {
      expect(weight.sub(a!.model.getWeights()[i]!).abs().max().dataSync()[0]).toBeLessThan(1e-5);
    });
  });
});
