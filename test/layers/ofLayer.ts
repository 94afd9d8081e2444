import type {tf} from 'convlab';
import '../../lib/src/layers';
import type {JsonObject} from '../../lib/src/keras/json';
import {buildModel} from '../../lib/src/tfjs/layers';
import {modelToTfjs} from '../../lib/src/keras/architecture/read';

/** A model of one layer, as Keras 3.15 describes it. @param shape of one example */
export function ofLayer(className: string, config: JsonObject, shape: number[]): Promise<tf.LayersModel> {
  const layers: JsonObject[] = [
    {class_name: 'InputLayer', config: {name: 'input', batch_shape: [null, ...shape]}},
    {class_name: className, config: {name: 'layer', trainable: true, dtype: 'float32', ...config}},
  ];
  return buildModel(modelToTfjs({class_name: 'Sequential', config: {name: 'model', layers}}, '3.15.1'), 1e6);
}

export const predicted = (model: tf.LayersModel, x: tf.Tensor) => model.predict(x) as tf.Tensor;
