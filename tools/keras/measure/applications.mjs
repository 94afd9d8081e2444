// The networks of keras.applications: `node tools/keras/measure/applications.mjs [names]`, after npm run setup. Keras builds
// each with random weights and saves it; convlab loads the files, and the weights alone into the loaded network after all of
// them were set to 0. Prints a row for each: the largest difference of the outputs, relative to the largest output, and the
// seconds that loading takes. About a quarter of an hour.
import {spawnSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {createRequire} from 'node:module';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {inRoot} from '../../../lib/setup/project.mjs';
import {pythonWith} from '../../pythonWith.mjs';

const {tf, keras} = createRequire(import.meta.url)('convlab');
const given = process.argv.slice(2);
const NAMES = (
  'VGG16 VGG19 ResNet50 ResNet50V2 Xception InceptionV3 InceptionResNetV2 MobileNet MobileNetV2 MobileNetV3Small ' +
  'MobileNetV3Large DenseNet121 NASNetMobile EfficientNetB0 EfficientNetV2B0 ConvNeXtTiny'
).split(' ');
const python = pythonWith('keras-venv', ['keras', 'tensorflow-cpu'], 'import keras');
if (!python) {
  console.log('Keras could not be installed (pip install keras tensorflow-cpu).');
  process.exit(1);
}
let failed = 0;
for (const name of given.length > 0 ? given : NAMES) {
  const folder = mkdtempSync(join(tmpdir(), 'convlab-applications-'));
  try {
    const script = inRoot('tools', 'keras', 'measure', 'applications.py');
    const made = spawnSync(python, [script, folder, name], {encoding: 'utf8'});
    if (made.status !== 0) throw new Error(`Keras: ${made.stderr.trim().split('\n').at(-1)}`);
    console.log(`| ${name} | ${(await compare(folder)).join(' | ')} |`);
  } catch (error) {
    failed += 1;
    console.log(`| ${name} | ${error.message} |`);
  } finally {
    rmSync(folder, {recursive: true, force: true});
  }
}
process.exit(failed === 0 ? 0 : 1);

async function compare(folder) {
  const {x, shape, y, parameters} = JSON.parse(readFileSync(join(folder, 'numbers.json'), 'utf8'));
  const [input, expected] = [tf.tensor(x, shape), tf.tensor(y)];
  const difference = (model) =>
    tf.tidy(() => {
      const far = model.predict(input).sub(expected).abs().max().dataSync()[0];
      return (far / expected.abs().max().dataSync()[0]).toExponential(0);
    });
  const row = [`${(parameters / 1e6).toFixed(1)} million`];
  for (const ext of ['keras', 'h5']) {
    const start = performance.now();
    const model = await keras.load(join(folder, `model.${ext}`));
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    row.push(`${difference(model)} in ${seconds} s`);
    if (ext === 'keras') {
      for (const weights of ['model.weights.h5', 'cache.h5']) {
        model.setWeights(model.getWeights().map((weight) => tf.zerosLike(weight)));
        await keras.loadWeights(model, join(folder, weights));
        row.push(difference(model));
      }
    }
    for (const weight of model.weights) weight.dispose();
  }
  tf.dispose([input, expected]);
  return row;
}
