import {expect, test} from '@jest/globals';
import {fit, tf} from 'convlab';

const x = tf.tensor2d([[1, 2, 6], [3, -4, 0]]); // prettier-ignore

/** The kernel in front of a normalization, and all it brings itself, after a step. */
async function stepped(engine: 'graph' | 'eager', without: object): Promise<number[][]> {
  const kernelInitializer = tf.initializers.identity({gain: 0.1});
  const model = tf.sequential({
    layers: [
      tf.layers.dense({units: 3, useBias: false, inputShape: [3], kernelInitializer}),
      tf.layers.layerNormalization(without),
    ],
  });
  model.compile({optimizer: tf.train.sgd(0.1), loss: 'meanSquaredError'});
  await fit(model, x, tf.onesLike(x), {engine, verbose: 0});
  return model.getWeights().map((weight) => [...weight.dataSync()]);
}

// In TensorFlow.js alone: "Cannot read properties of undefined (reading 'dataId')".
test.each(['graph', 'eager'] as const)(
  'layer normalization without a shift or a scale learns as with one that is 0 or 1 (%s)',
  async (engine) => {
    const [kernel, gamma, beta] = (await stepped(engine, {})) as [number[], number[], number[]];
    const expectClose = async (without: object, expected: number[][]) => {
      const found = (await stepped(engine, without)).flat();
      // A graph rounds some sums otherwise than the same sums apart.
      expected.flat().forEach((value, i) => {
        expect(found[i]).toBeCloseTo(value, 5);
      });
      expect(found).toHaveLength(expected.flat().length);
    };
    await expectClose({center: false}, [kernel, gamma]);
    await expectClose({scale: false}, [kernel, beta]);
    await expectClose({center: false, scale: false}, [kernel]);
  },
);
