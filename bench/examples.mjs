// Times the training of tensorflow/tfjs-examples' programs, written anew in test/training/examples, at their real sizes:
// convlab's fit against tfjs's own model.fit, in turn, in one process. Of all of them it writes EXAMPLES.md.
import {mkdirSync, rmSync, writeFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import os from 'node:os';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import esbuild from 'esbuild';
import {runCommand} from '../lib/commands/command.mjs';

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

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

async function seconds(train) {
  const begin = performance.now();
  await train();
  return (performance.now() - begin) / 1000;
}

/** An epoch of each, in turn: three times, and short ones until a second has gone. @returns The medians. */
async function compare({model, x, y, batchSize}) {
  const options = {batchSize, epochs: 1, shuffle: false, verbose: /** @type {const} */ (0)};
  const models = [model(), model()];
  for (const each of models) setStartingWeights(each);
  const trainings = [() => fit(models[0], x, y, options), () => models[1].fit(x, y, options)];
  // The first epoch isn't counted: it compiles, and both take their memory.
  for (const train of trainings) await train();
  const times = [[], []];
  for (const begin = performance.now(); times[0].length < 3 || performance.now() - begin < 1000;) {
    for (const [i, train] of trainings.entries()) times[i].push(await seconds(train));
  }
  return times.map(median);
}

await runCommand(
  {
    usage: `npm run bench:examples [-- EXAMPLE …]

An epoch of each of these programs by fit and by model.fit: ${Object.keys(examples).join(', ')}.
Without names all of them, some minutes, into bench/EXAMPLES.md.`,
  },
  async ({positionals: wanted}) => {
    const unknown = wanted.filter((name) => !(name in examples));
    if (unknown.length > 0) throw new Error(`there is no example ${unknown.join(', ')}`);
    const lines = ['| example | batch | fit, ms | model.fit, ms | times as fast |', '|---|---|---|---|---|'];
    for (const name of wanted.length > 0 ? wanted : Object.keys(examples)) {
      const example = examples[name](real);
      const [ours, theirs] = await compare(example);
      const cells = [name, example.batchSize, ...[ours, theirs].map((each) => (1000 * each).toFixed(1))];
      lines.push(`| ${[...cells, (theirs / ours).toFixed(1)].join(' | ')} |`);
      console.log(lines.at(-1));
    }
    if (wanted.length === 0) writeFileSync(path.join(root, 'bench/EXAMPLES.md'), page(lines));
  },
);

function page(lines) {
  return `# Results of \`npm run bench:examples\`

${os.cpus()[0].model}, ${os.availableParallelism()} cores, Node ${process.version}, tfjs-node 4.22.0. An epoch of each program, after one to warm up: \`fit\` and
\`model.fit\` in turn in one process, three times, short ones until a second has gone; medians.

${lines.join('\n')}
`;
}
