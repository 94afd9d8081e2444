// convlab loads what Keras saved: the same predictions, and weights equal to the bit.
import {existsSync} from 'node:fs';
import {BEFORE, file, getArrays, getJson, keras, predict, PREDICTIONS, STEPS, train} from './exchange.mjs';

/** What Keras loaded from convlab and saved again. */
export async function readAgain(report, written) {
  for (const {name, model, x} of written) {
    if (!model) continue;
    for (const first of ['h5', 'keras']) {
      for (const ext of ['h5', 'keras']) {
        const again = `${name}.${first}.again.${ext}`;
        if (existsSync(file(again))) await compare(report, again, x, predict(model, x), model.getWeights());
      }
    }
  }
}

/** What Keras made itself. */
export async function readAuthored(report) {
  const {models, trained} = getJson('authored.json');
  for (const {name, names} of models) {
    for (const ext of ['h5', 'keras']) {
      const model = await compare(
        report,
        `${name}.${ext}`,
        getArrays(`${name}.inputs.json`),
        getArrays(`${name}.outputs.json`),
        getArrays(`${name}.weights.json`),
      );
      if (!model) continue;
      const found = model.layers.filter((layer) => layer.getClassName() !== 'InputLayer').map((layer) => layer.name);
      report.check(`convlab reads ${name}.${ext}: same names`, String(found) === String(names), [found, names]);
      await keras.save(model, file(`${name}.convlab.${ext}`));
    }
  }
  const [x, y] = getArrays('k_train.json');
  for (const {name, losses} of trained) {
    for (const ext of ['h5', 'keras']) {
      const what = `convlab reads ${name}.${ext}`;
      if (!existsSync(file(`${name}.${ext}`))) continue;
      try {
        const model = await keras.load(file(`${name}.${ext}`));
        const found = await train(model, x, y);
        report.checkLosses(`${what}: same next losses`, found, losses);
        report.check(`${what}: counts on`, model.optimizer.iterations === BEFORE + STEPS, model.optimizer.iterations);
      } catch (error) {
        report.check(what, false, error.message);
      }
    }
  }
}

async function compare(report, name, x, outputs, weights) {
  const what = `convlab reads ${name}`;
  try {
    const model = await keras.load(file(name));
    const found = predict(model, x);
    const difference = Math.max(
      ...found.map((output, i) => (output.size === 0 ? 0 : output.sub(outputs[i]).abs().max().dataSync()[0])),
    );
    report.check(`${what}: same predictions`, found.length === outputs.length && difference <= PREDICTIONS, difference);
    // Keras lists them layer by layer, TensorFlow.js the trained ones first: each of them must be there.
    const sorted = (tensors) => tensors.map((t) => bytes(t).toString('hex')).sort();
    report.check(
      `${what}: same weights`,
      String(sorted(model.getWeights())) === String(sorted(weights)),
      'weights differ',
    );
    return model;
  } catch (error) {
    report.check(what, false, error.message);
    return undefined;
  }
}

function bytes(tensor) {
  const data = tensor.dataSync();
  return Buffer.from(data.buffer, data.byteOffset, data.byteLength);
}
