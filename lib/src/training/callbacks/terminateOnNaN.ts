import type {tf} from '../../tfjs/tensorflow';
import type {FitCallback, Logs} from '../types';

/**
 * A callback for `fit` that ends training after a batch whose loss is NaN or infinite, as Keras's TerminateOnNaN does:
 * the weights don't recover from it. `fit` says in its progress where that was.
 *
 * @returns The callback.
 * @throws Nothing.
 *
 * @example
 * await fit(model, x, y, {epochs: 20, callbacks: [terminateOnNaN(), earlyStopping({patience: 3})]});
 */
export function terminateOnNaN(): FitCallback {
  let model: tf.LayersModel | undefined;
  return {
    setModel(trained) {
      model = trained;
    },
    onBatchEnd(_batch, logs: Logs = {}) {
      if (!Number.isFinite(logs.loss)) model!.stopTraining = true;
    },
  };
}
