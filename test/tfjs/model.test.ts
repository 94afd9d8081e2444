import {afterAll, expect, jest, test} from '@jest/globals';
import {evaluate, fit, predict, tf} from 'convlab';

/** TensorFlow.js loaded once more, as two versions of a package in one project would. */
function anotherCopy(): typeof tf {
  let copy: typeof tf | undefined;
  // tfjs says that its platform is set a second time.
  const warn = jest.spyOn(console, 'warn').mockImplementation(() => undefined);
  jest.isolateModules(() => {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded here and now, beside the first one.
    copy = require('@tensorflow/tfjs-layers') as typeof tf;
  });
  warn.mockRestore();
  return copy!;
}

const x = tf.ones([4, 3]);
const y = tf.ones([4, 2]);
afterAll(() => {
  tf.dispose([x, y]);
});

test('a model that another copy of TensorFlow.js has made is refused in a sentence', async () => {
  const other = anotherCopy();
  expect(other.LayersModel).not.toBe(tf.LayersModel);
  const model = other.sequential({layers: [other.layers.dense({units: 2, inputShape: [3]})]});
  const sentence =
    "the model was made by another copy of TensorFlow.js than convlab's; make it with the tf that convlab exports";
  await expect(fit(model, x, y)).rejects.toThrow(`fit: ${sentence}`);
  await expect(evaluate(model, x, y)).rejects.toThrow(`evaluate: ${sentence}`);
  await expect(predict(model, x)).rejects.toThrow(`predict: ${sentence}`);
});
