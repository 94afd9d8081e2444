// Times the training of tensorflow/tfjs-examples' programs, written anew in test/training/examples, at their real sizes:
// convlab's fit against tfjs's own model.fit, in turn, in one process, the median of three.
//
//   npm run bench:examples                  all of them, some minutes
//   npm run bench:examples -- mnistNode residual
import {mkdirSync, rmSync} from 'node:fs';
import {createRequire} from 'node:module';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import esbuild from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = path.join(root, 'build/bench-examples');
const require = createRequire(import.meta.url);

/** The examples are TypeScript, which Node 20 doesn't run. */
function load(source) {
  mkdirSync(folder, {recursive: true});
  const outfile = path.join(folder, `${path.basename(source, '.ts')}.cjs`);
  esbuild.buildSync({
    entryPoints: [path.join(root, source)],
    outfile,
    bundle: true,
    platform: 'node',
    external: ['convlab', 'canvas'],
  });
  return require(outfile);
}

const {examples} = load('test/training/examples/all.ts');
const {real, setStartingWeights} = load('test/training/examples/example.ts');
rmSync(folder, {recursive: true});
const {fit} = require('convlab');

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in examples));
if (unknown.length > 0) {
  console.error(`bench: there is no example ${unknown.join(', ')}; there are ${Object.keys(examples).join(', ')}`);
  process.exit(1);
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

async function seconds(train) {
  const begin = performance.now();
  await train();
  return (performance.now() - begin) / 1000;
}

console.log('| example | batch | fit, s | model.fit, s | times as fast |\n|---|---|---|---|---|');
for (const name of wanted.length > 0 ? wanted : Object.keys(examples)) {
  const {model, x, y, batchSize} = examples[name](real);
  const options = {batchSize, epochs: 1, shuffle: false, verbose: /** @type {const} */ (0)};
  const models = [model(), model()];
  for (const each of models) setStartingWeights(each);
  const trainings = [() => fit(models[0], x, y, options), () => models[1].fit(x, y, options)];
  // The first epoch isn't counted: it compiles, and both take their memory.
  for (const train of trainings) await train();
  const times = [[], []];
  for (let round = 0; round < 3; round++) {
    for (const [i, train] of trainings.entries()) times[i].push(await seconds(train));
  }
  const [ours, theirs] = times.map(median);
  const share = (theirs / ours).toFixed(1);
  console.log(`| ${name} | ${batchSize} | ${ours.toFixed(2)} | ${theirs.toFixed(2)} | ${share} |`);
}
