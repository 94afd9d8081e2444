import {join} from 'node:path';
import {expect, test} from '@jest/globals';
import {keras, tf} from 'convlab';
import {modelToTfjs} from '../../../lib/src/keras/architecture/read';
import {modelToKeras} from '../../../lib/src/keras/architecture/write';
import type {Json} from '../../../lib/src/keras/json';
import {inFolder} from '../folder';

const MODULE = 'keras.src.applications.inception_resnet_v2';

/** As Keras 3 writes it: the input, and 0.3 of its double. */
const layer = (class_name: string, config: object, inbound_nodes: Json[] = [], module = 'keras.layers') =>
  ({module, class_name, name: (config as {name: string}).name, config, inbound_nodes}) as Json;
const tensor = (name: string): Json => ({
  class_name: '__keras_tensor__',
  config: {shape: [null, 2], dtype: 'float32', keras_history: [name, 0, 0]},
});
const call = (args: Json[]): Json => ({args, kwargs: {}});
const architecture = {
  class_name: 'Functional',
  config: {
    name: 'model',
    layers: [
      layer('InputLayer', {name: 'x', batch_shape: [null, 2]}),
      layer('Rescaling', {name: 'double', trainable: true, scale: 2, offset: 0}, [call([tensor('x')])]),
      layer(
        'CustomScaleLayer',
        {name: 'sum', trainable: true, scale: 0.3},
        [call([[tensor('x'), tensor('double')]])],
        MODULE,
      ),
    ],
    input_layers: ['x', 0, 0],
    output_layers: ['sum', 0, 0],
  },
};

test("InceptionResNetV2's own layer adds a part, also after a save", async () => {
  const model = await tf.models.modelFromJSON(modelToTfjs(architecture, '3.15.1'));
  const predicted = (of: tf.LayersModel) => [...(of.predict(tf.tensor([[10, -20]])) as tf.Tensor).dataSync()];
  const near = [expect.closeTo(16, 4), expect.closeTo(-32, 4)];
  expect(predicted(model)).toEqual(near);
  await inFolder(async (folder) => {
    for (const ext of ['h5', 'keras']) {
      await keras.save(model, join(folder, `model.${ext}`));
      expect(predicted(await keras.load(join(folder, `model.${ext}`)))).toEqual(near);
    }
  });
});

test('it is written with the module in which Keras has it', async () => {
  const model = await tf.models.modelFromJSON(modelToTfjs(architecture, '3.15.1'));
  expect(JSON.stringify(modelToKeras(model))).toContain(`{"module":"${MODULE}","class_name":"CustomScaleLayer"`);
});
