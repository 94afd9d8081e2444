// Networks of other kinds than the walkthrough's, in convlab, stock tfjs-node and Keras, at batches of 32 and 512: as
// bench.mjs, in turn. Writes LARGER.md.
import {writeFileSync} from 'node:fs';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {runCommand} from '../lib/commands/command.mjs';
import {compare, Contender} from './contender.mjs';
import {findPython} from './python.mjs';
import {machine, median, table} from './table.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));

/** How many examples an epoch has, so that it takes about a second. */
const networks = {residual: 1024, mlp: 8192, lstm: 4096};
const titles = {
  residual: 'two residual blocks with batch normalization, 32 × 32 × 3',
  mlp: 'three dense layers, 784-512-512-10',
  lstm: 'an LSTM of 64 units, 28 steps of 28',
};
const contenders = {
  convlab: ['larger.cjs', 'graph'],
  'model.fit': ['larger.cjs', 'stock'],
  Keras: ['larger.py'],
};

await runCommand(
  {
    usage: `npm run bench:larger [-- NETWORK …]

Fits of three epochs of ${Object.keys(networks).join(', ')} in convlab, tfjs's model.fit and Keras, in turn, batches of 32 and 512.
Without names all of them, some minutes, into bench/LARGER.md. Python as for npm run bench.

  --rounds N    fits that are counted, after one that isn't (default: 3)`,
    options: {rounds: {type: 'number', default: 3}},
  },
  async ({values: {rounds}, positionals: wanted}) => {
    const unknown = wanted.filter((name) => !(name in networks));
    if (unknown.length > 0) throw new Error(`there is no network ${unknown.join(', ')}`);
    const python = findPython(['keras', 'tensorflow-cpu']);
    const rows = [];
    for (const network of wanted.length > 0 ? wanted : Object.keys(networks)) {
      for (const batch of [32, 512]) rows.push(...(await measure(network, batch, rounds, python)));
    }
    const text = table(
      ['network', 'batch', '', 'ms an epoch', 'convlab takes', 'CPU ms', 'loss, last epoch', 'peak memory'],
      rows,
    );
    console.log(text);
    if (wanted.length === 0) writeFileSync(path.join(here, 'LARGER.md'), page(text, rounds));
  },
);

/** @returns A row of the table for each contender. */
async function measure(network, batch, rounds, python) {
  /** @type {Record<string, Contender>} */
  const running = {};
  for (const [name, [script, ...kind]] of Object.entries(contenders)) {
    if (python === undefined && script.endsWith('.py')) continue;
    running[name] = new Contender(python, script, [...kind, network, batch, networks[network]]);
    await running[name].answer();
  }
  const answers = await compare(running, 'epoch', rounds);
  for (const contender of Object.values(running)) contender.end();
  const seconds = (name, clock = 'seconds') => median(answers[name].map((answer) => answer[clock]));
  return Object.keys(running).map((name) => [
    titles[network],
    batch,
    name,
    (1000 * seconds(name)).toFixed(0),
    (seconds('convlab') / seconds(name)).toFixed(2),
    (1000 * seconds(name, 'cpu')).toFixed(0),
    answers[name].at(-1).loss.toFixed(4),
    `${answers[name].at(-1).peakMB.toFixed(0)} MB`,
  ]);
}

function page(text, rounds) {
  const sizes = Object.entries(networks).map(([name, examples]) => `${examples.toLocaleString('en-US')} (${name})`);
  return `# Results of \`npm run bench:larger\`

${machine()}, tfjs-node 4.22.0, two threads each. An epoch of ${sizes.join(', ')} made-up examples, rmsprop, in
fits of three epochs; medians of ${rounds} fits after one to warm up, the contenders in turn. Weights begin at random in each, so
that losses are near one another, not equal.

${text}
`;
}
