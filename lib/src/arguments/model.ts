import {tf} from '../tfjs/tensorflow';
import {check} from './check';

/** @throws Error for what isn't a model, and for one without layers. */
export function checkModel(caller: string, model: unknown): void {
  check(caller, 'model', model, {
    expected: 'a model, made by tf.sequential, tf.model or keras.load',
    fits: (value) => value instanceof tf.LayersModel,
  });
  if ((model as tf.LayersModel).layers.length === 0) {
    throw new Error(`${caller}: the model has no layers yet; add some with model.add(…)`);
  }
}
