import {join} from 'node:path';
import {readFileSync, writeFileSync} from 'node:fs';
import {expect, test} from '@jest/globals';
import {keras, tf} from 'convlab';
import {leftOutRegularizers} from '../../../lib/src/keras/architecture/regularizers';
import type {JsonObject} from '../../../lib/src/keras/json';
import {inFolder} from '../folder';
import {collectWarnings} from '../warnings';

const warnings = collectWarnings();
const regularizer = (class_name: string) => ({module: 'my', class_name, config: {a: 1}, registered_name: class_name});

test('leftOutRegularizers() finds those of the user and of activities, each once, inside of wrappers, too', () => {
  const dense = (config: JsonObject) => ({class_name: 'Dense', config: {name: 'dense', ...config}});
  const layers: JsonObject[] = [
    dense({kernel_regularizer: regularizer('L2'), bias_regularizer: null}),
    dense({kernel_regularizer: regularizer('Mine')}),
    {class_name: 'TimeDistributed', config: {layer: dense({kernel_regularizer: regularizer('Mine')})}},
    dense({activity_regularizer: regularizer('L1')}),
    {class_name: 'ActivityRegularization', config: {l1: 0.1, l2: 0}},
  ];
  expect(leftOutRegularizers({class_name: 'Sequential', config: {layers}})).toEqual([
    'kernel_regularizer Mine',
    'activity_regularizer L1',
    'ActivityRegularization',
  ]);
});

test.each([
  ['"bias_regularizer":null', '"bias_regularizer":"ab"', 'bias_regularizer ab'],
  ['"activity_regularizer":null', '"activity_regularizer":"L2"', 'activity_regularizer L2'],
])('load() of a model with a regularizer that is not known predicts, and says so: %s', async (from, to, shown) => {
  await inFolder(async (folder) => {
    const path = join(folder, 'model.h5');
    const model = tf.sequential({layers: [tf.layers.dense({units: 2, inputShape: [3]})]});
    await keras.save(model, path);
    const text = readFileSync(path, 'latin1');
    expect(text).toContain(from);
    // The same length, so that nothing else of the file moves.
    writeFileSync(path, Buffer.from(text.replaceAll(from, to), 'latin1'));
    const loaded = await keras.load(path);
    const x = tf.ones([1, 3]);
    expect((loaded.predict(x) as tf.Tensor).arraySync()).toEqual((model.predict(x) as tf.Tensor).arraySync());
    expect(warnings).toEqual([expect.stringContaining(`left out ${shown}: predictions are the same`)]);
  });
});
