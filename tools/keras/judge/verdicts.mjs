// What two Kerases said of the files that convlab wrote.
import {BEFORE, keras, PREDICTIONS, STEPS} from './exchange.mjs';

// TensorFlow's copy of Keras 2 is without normalization, wrappers, noise, Rescaling, mish; its Reshape needs an older TensorFlow.
// It knows neither AdamW nor Lion, nor moving averages and accumulated gradients. Models inside models and initial states are written for Keras 3, whose way to number them Keras 2 doesn't know.
const KERAS_2_LACKS = new Set(
  `batchNormalization layerNormalization frozen bidirectional timeDistributed repeat activations
   ownPictures regularized shapes nestedTwice initialState frozen_model_in_model frozen_sequential_in_model
   frozen_model_in_sequential frozen_sequential_in_sequential
   train_adamW train_lion train_adafactor train_muon train_muonMatrices train_scheduleFreeAdamW
   train_average train_accumulated`.split(/\s+/),
);

export function judgeKeras3(report, written, verdicts) {
  for (const {name, model, losses} of written) {
    for (const ext of ['h5', 'keras']) {
      const verdict = verdicts.find((v) => v.name === name && v.ext === ext);
      const what = `Keras reads ${name}.${ext}`;
      report.check(what, verdict && !verdict.error, verdict?.error);
      if (!verdict || verdict.error) continue;
      report.check(`${what}: same predictions`, verdict.difference <= PREDICTIONS, verdict.difference);
      report.check(`${what}: no warnings`, verdict.warnings.length === 0, verdict.warnings);
      if (losses && ext === 'h5') {
        // Keras 3.15 doesn't restore an optimizer's state from .h5, not even its own: it must train all the same. (From its second
        // step on: the first of a fresh Ftrl sets the weights anew.)
        const [first, second] = verdict.losses;
        report.check(`${what}: trains`, verdict.losses.at(-1) < second, verdict.losses);
        report.checkLosses(`${what}: same first loss`, [first], [losses[0]]);
      } else if (losses) {
        report.checkLosses(`${what}: same next losses`, verdict.losses, losses);
        report.check(`${what}: counts on`, verdict.iterations === BEFORE + STEPS, verdict.iterations);
      } else {
        const names = keras.layerNames(model);
        const expected = model.layers
          .filter((layer) => layer.getClassName() !== 'InputLayer')
          .map((layer) => names.get(layer.name));
        report.check(`${what}: same names`, String(expected) === String(verdict.names), [expected, verdict.names]);
      }
    }
  }
}

export function judgeKeras2(report, written, verdicts) {
  for (const {name} of written) {
    if (KERAS_2_LACKS.has(name)) continue;
    const verdict = verdicts.find((v) => v.name === name);
    const ok = verdict && !verdict.error && verdict.difference <= PREDICTIONS;
    report.check(`Keras 2 reads ${name}.h5: same predictions`, ok, verdict?.error ?? verdict?.difference);
  }
}
