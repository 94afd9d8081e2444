// Real Keras judges the model files: `npm run test:keras`. With --sample, as CI does it, fewer of the models of 5.
//
// 1. convlab saves every model of tools/keras/judge/models.mjs as .h5 and .keras, and models in the middle of training.
// 2. Keras loads them: the same predictions, names, and losses of the next ten steps. It saves them again.
// 3. Keras 2, of which TensorFlow keeps a copy without some layers, loads the .h5 files: the same predictions.
// 4. convlab loads what Keras saved, and models that Keras made itself: the same predictions, weights equal to the bit.
// 5. Keras makes a model around each layer that convlab computes itself (lib/src/layers), convlab loads it, trains a step on
//    both engines, saves it, and Keras loads that.
//
// Keras comes by pip, once, into .cache/keras-venv. A machine that can't have it skips with a note; in CI that fails.
import {spawnSync} from 'node:child_process';
import {mkdirSync, rmSync} from 'node:fs';
import {folder, getJson, Report} from './judge/exchange.mjs';
import {judgeLayers, readLayers} from './judge/layers.mjs';
import {readAgain, readAuthored} from './judge/readBack.mjs';
import {judgeKeras2, judgeKeras3} from './judge/verdicts.mjs';
import {writeModels} from './judge/write.mjs';
import {argumentsOf} from '../../lib/commands/command.mjs';
import {inRoot} from '../../lib/setup/project.mjs';
import {pythonWith} from '../pythonWith.mjs';

/** Neighbours in the catalogue are mostly variants of one layer: every fifth asks most layers, and not all. */
const SAMPLE = '5';
const USAGE = `npm run test:keras -- [--sample]

Has a real Keras judge the model files that convlab saves, and the other way round: a quarter of an hour.

  --sample    of the models around single layers every fifth: five minutes`;

const python = pythonWith('keras-venv', ['keras', 'tensorflow-cpu'], 'import keras');
if (!python) {
  console.log('test:keras: skipped: Keras could not be installed (pip install keras tensorflow-cpu).');
  process.exit(process.env.CI ? 1 : 0);
}
const {sample} = argumentsOf({usage: USAGE, options: {sample: {type: 'boolean'}}, most: 0}).values;
rmSync(folder, {recursive: true, force: true});
mkdirSync(folder, {recursive: true});
const report = new Report();

const written = await writeModels();
judgeKeras3(report, written, askKeras('judge.py'));
judgeKeras2(report, written, askKeras('keras2.py'));
await readAgain(report, written);
await readAuthored(report);
askKeras('layers.py', 'make', ...(sample ? [SAMPLE] : []));
await readLayers(report);
judgeLayers(report, askKeras('layers.py', 'judge'));

const {checks, failures} = report;
for (const failure of failures) console.log(`✗ ${failure}`);
console.log(
  `test:keras: ${checks} checks against Keras ${getJson('authored.json').version}, ${failures.length} failed`,
);
process.exit(failures.length === 0 ? 0 : 1);

function askKeras(script, ...what) {
  const run = spawnSync(python, [inRoot('tools', 'keras', 'judge', script), folder, ...what], {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  if (run.status !== 0) {
    console.log(run.stderr);
    process.exit(1);
  }
  return run.stdout.split('\n').flatMap((line) => (line.startsWith('JUDGE ') ? JSON.parse(line.slice(6)) : []));
}
