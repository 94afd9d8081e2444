/**
 * Repeats what the notebooks measure with several seeds, by the notebooks' own cells, and writes what came out into
 * notebooks/seeds.json: what their text says of several trainings is held against that file by the tests in test/notebooks.
 */
import fs from 'node:fs';
import {argumentsOf} from '../../lib/commands/command.mjs';
import {inRoot} from '../../lib/setup/project.mjs';
import {baselines, exam} from './exam.mjs';
import {fewPictures, promises, transfer} from './fewPictures.mjs';
import {
  allPictures,
  clothes,
  clothesSevenLayers,
  remedies,
  sixEpochsPlain,
  stopping,
  threeEpochs,
  threeEpochsPlain,
  tooFar,
  twiceAsLong,
} from './goFurther.mjs';
import {leastProbable} from './labels.mjs';
import {dividedTwice} from './saved.mjs';
import {crammer, crammerSpread, denseAlone, firstNetwork, logisticRegression, notRescaled} from './training.mjs';
import {insideOf} from './inside.mjs';
import {afterTwoEpochs, colours, digitsOnPaper} from './photographs.mjs';
import {sevenLayers, walkthrough} from './walkthrough.mjs';
import {standardErrors, writers} from './writers.mjs';

const FILE = inRoot('notebooks', 'seeds.json');
const SEEDS = [1, 2, 3, 4, 5];

/**
 * How a network reads pictures that are unlike those it was trained on differs so much from training to training that five
 * tell little of the next one, and the notebook's own training has no seed.
 */
const MORE_SEEDS = Array.from({length: 25}, (_, i) => i + 1);
/** firstNetwork has no seed: these are 25 runs. leastProbable takes five trainings for one, and writers are counted. */
const seedsOf = {
  photographs: MORE_SEEDS,
  steps: MORE_SEEDS,
  firstNetwork: MORE_SEEDS,
  leastProbable: [1],
  writers: [1],
};

/** Each gives numbers by name, for one seed. */
const measurements = {
  firstNetwork,
  leastProbable,
  crammer,
  crammerSpread,
  denseAlone,
  logisticRegression,
  notRescaled,
  baselines,
  exam,
  writers,
  standardErrors,
  dividedTwice,
  remedies,
  twiceAsLong,
  tooFar,
  stopping,
  allPictures,
  threeEpochs,
  threeEpochsPlain,
  sixEpochsPlain,
  clothes,
  clothesSevenLayers,
  inside: () => async (seed) => insideOf((await walkthrough(seed)).model, sevenLayers(seed)),
  photographs: () => async (seed) => {
    const {steps, careless, filled} = await digitsOnPaper(seed);
    return {prepared: steps['all steps'], careless, filled};
  },
  steps: () => async (seed) => (await digitsOnPaper(seed)).steps,
  afterTwoEpochs: () => afterTwoEpochs,
  colours: () => colours,
  transfer,
  fewPictures,
  promises,
};

const {positionals: names} = argumentsOf({
  usage: `node -r ./lib/setup/node.cjs tools/lessons/seeds.mjs [MEASUREMENT …]

Measures ${Object.keys(measurements).join(', ')}, or those named; all take hours on two cores.`,
});
for (const name of names.length > 0 ? names : Object.keys(measurements)) {
  if (!(name in measurements))
    throw new Error(`no measurement ${name}; there are ${Object.keys(measurements).join(', ')}`);
  const measure = await measurements[name]();
  const columns = {};
  for (const seed of seedsOf[name] ?? SEEDS) {
    const numbers = await measure(seed);
    console.log(name, seed, JSON.stringify(numbers));
    for (const [column, value] of Object.entries(numbers)) (columns[column] ??= []).push(value);
  }
  // Read again, since another of these may have written meanwhile.
  const results = fs.existsSync(FILE) ? JSON.parse(fs.readFileSync(FILE, 'utf8')) : {};
  results[name] = columns;
  fs.writeFileSync(FILE, `${JSON.stringify(results, null, 1)}\n`);
}
