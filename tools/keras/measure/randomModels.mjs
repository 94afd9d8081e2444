// Random models of Keras's: `node tools/keras/measure/randomModels.mjs [seed] [count]`, after npm run setup. Keras makes functional
// models out of layers, operations and models inside models, and saves each as .keras and .h5; convlab loads the files and
// saves them again; Keras reads those. Prints each file whose predictions differ by more than 2e-5 and each that is refused,
// with its layers, and how many were equal. Two to four minutes for 60 models.
import {spawnSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {createRequire} from 'node:module';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {inRoot} from '../../../lib/setup/project.mjs';
import {pythonWith} from '../../pythonWith.mjs';

const {tf, keras} = createRequire(import.meta.url)('convlab');
const [seed = '1', count = '60'] = process.argv.slice(2);
/** Of probabilities: what sums in another order differ by, after up to eight layers. */
const TOLERANCE = 2e-5;
const python = pythonWith('keras-venv', ['keras', 'tensorflow-cpu'], 'import keras');
if (!python) {
  console.log('Keras could not be installed (pip install keras tensorflow-cpu).');
  process.exit(1);
}
const folder = mkdtempSync(join(tmpdir(), 'convlab-random-'));
const counts = {files: 0, equal: 0, wrong: 0, refused: 0, saved: 0, again: 0};
// Notices, of penalties that are left out and the like, are no failures.
console.warn = () => undefined;
try {
  askKeras('make', seed, count);
  for (const model of read('index.json')) for (const ext of ['keras', 'h5']) await tryFile(model, ext);
  for (const {name, difference, error} of askKeras('judge')) {
    if (difference <= TOLERANCE) counts.again += 1;
    else console.log(`Keras, ${name}: ${error ?? difference}`);
  }
} finally {
  rmSync(folder, {recursive: true, force: true});
}
const {files, equal, wrong, refused, saved, again} = counts;
console.log(`seed ${seed}: ${files} files: ${equal} equal, ${wrong} wrong, ${refused} refused; ${again} of ${saved} saved ones equal in Keras`); // prettier-ignore
process.exit(equal === files && again === saved ? 0 : 1);

async function tryFile({k, layers}, ext) {
  const {x, y} = read(`${k}.json`);
  counts.files += 1;
  try {
    const model = await keras.load(join(folder, `${k}.${ext}`));
    const difference = tf.tidy(() => model.predict(tf.tensor(x)).sub(tf.tensor(y)).abs().max().dataSync()[0]);
    // Not a number is wrong, too.
    if (difference <= TOLERANCE) counts.equal += 1;
    else {
      counts.wrong += 1;
      console.log(`${k}.${ext}: ${difference} apart: ${layers.join(' ')}`);
    }
    await keras.save(model, join(folder, `${k}.again.${ext}`));
    counts.saved += 1;
  } catch (error) {
    counts.refused += 1;
    console.log(`${k}.${ext}: ${error.message}: ${layers.join(' ')}`);
  }
}

function read(name) {
  return JSON.parse(readFileSync(join(folder, name), 'utf8'));
}

function askKeras(...what) {
  const script = inRoot('tools', 'keras', 'measure', 'randomModels.py');
  const run = spawnSync(python, [script, folder, ...what], {encoding: 'utf8', maxBuffer: 2 ** 28});
  process.stderr.write(run.stderr.split('\n').filter((line) => line.startsWith("Keras can't")).join('\n')); // prettier-ignore
  if (run.status !== 0) throw new Error(`Keras: ${run.stderr.trim().split('\n').at(-1)}`);
  return run.stdout.split('\n').flatMap((line) => (line.startsWith('JUDGE ') ? JSON.parse(line.slice(6)) : []));
}
