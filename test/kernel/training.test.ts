// What a loss in a cell counts, in a variable of another cell or in a file beside the notebook, over the real protocol.
import fs from 'node:fs';
import path from 'node:path';
import {beforeAll, expect, test} from '@jest/globals';
import {notebook} from './notebook';

const {kernel, run, text} = notebook();

beforeAll(async () => {
  fs.writeFileSync(path.join(kernel().folder, 'counter.ts'), 'let inFile = 0;\nexport const next = () => ++inFile;\n');
  await run(`import {fit, tf} from 'convlab';
    const x = tf.randomUniform([24, 3], 0, 1, 'float32', 1), y = tf.randomUniform([24, 2], 0, 1, 'float32', 2);
    const train = async (loss: (yTrue: tf.Tensor, yPred: tf.Tensor) => tf.Tensor, engine: 'auto' | 'eager') => {
      const model = tf.sequential({layers: [tf.layers.dense({units: 2, inputShape: [3], kernelInitializer: 'ones'})]});
      model.compile({optimizer: tf.train.sgd(0.1), loss});
      return (await fit(model, x, y, {engine, epochs: 2, batchSize: 4, shuffle: false, verbose: 0})).history.loss;
    };`);
  await run('let inCell = 0;\nconst count = () => ++inCell;');
});

test.each([
  ['another cell', 'exports.inCell', 'count()', ''],
  ['a file beside the notebook', 'inFile', 'next()', "import {next} from './counter';"],
])('a loss that counts in %s trains as on the eager engine', async (_where, variable, counted, imported) => {
  const loss = `${imported}
    const make = () => {
      const begun = ${counted};
      return (yTrue: tf.Tensor, yPred: tf.Tensor) =>
        ${counted} - begun > 8 ? yPred.sub(yTrue).abs().mean(-1) : yPred.sub(yTrue).square().mean(-1);
    };
    const losses = [await train(make(), 'auto'), await train(make(), 'eager')];`;
  const {stderr} = await run(loss);
  expect(stderr).toContain(`it changes something itself each time (${variable})`);
  expect(await text('Math.abs(losses[0][1] - losses[1][1]) < 1e-6')).toBe('true');
});
