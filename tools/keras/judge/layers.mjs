// The layers that convlab computes itself, against Keras: predictions, a step of training on both engines, and the files
// that convlab saves of them.
import {existsSync, rmSync} from 'node:fs';
import {file, fit, getArrays, getJson, keras, PREDICTIONS, tf} from './exchange.mjs';

/** A step lets differences of single sums grow a little. */
const AFTER_STEP = 2e-5;

export async function readLayers(report) {
  for (const name of getJson('layers.json')) {
    const [x, y, target, after] = getArrays(`${name}.json`);
    for (const ext of ['h5', 'keras']) {
      const again = file(`${name}.again.${ext}`);
      if (existsSync(again)) rmSync(again);
      if (!existsSync(file(`${name}.${ext}`))) continue;
      await attempt(report, `convlab reads ${name}.${ext}`, async (what) => {
        const model = await keras.load(file(`${name}.${ext}`));
        near(report, `${what}: same predictions`, model.predict(x), y, PREDICTIONS);
        await keras.save(model, again);
        if (!after || ext === 'h5') return;
        for (const engine of ['graph', 'eager']) {
          const own = await keras.load(file(`${name}.${ext}`));
          own.compile({optimizer: tf.train.sgd(0.05), loss: 'meanSquaredError'});
          await fit(own, x, target, {batchSize: x.shape[0], epochs: 1, shuffle: false, verbose: 0, engine});
          near(report, `${what}: same step on ${engine}`, own.predict(x), after, AFTER_STEP);
        }
      });
    }
  }
}

export function judgeLayers(report, verdicts) {
  for (const {name, ext, difference, error} of verdicts) {
    const what = `Keras reads ${name}.again.${ext}: same predictions`;
    report.check(what, error === undefined && difference <= PREDICTIONS, error ?? difference);
  }
}

async function attempt(report, what, work) {
  try {
    await work(what);
  } catch (error) {
    report.check(what, false, error.message);
  }
}

function near(report, what, found, expected, tolerance) {
  const alike = String(found.shape) === String(expected.shape);
  const difference = alike ? found.sub(expected).abs().max().dataSync()[0] : `shapes ${found.shape}, ${expected.shape}`;
  // Relative where numbers are large.
  const scale = Math.max(1, expected.abs().max().dataSync()[0]);
  report.check(what, alike && difference <= tolerance * scale, difference);
}
