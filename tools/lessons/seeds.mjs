/**
 * Repeats what the notebooks measure with several seeds, by the notebooks' own cells, and writes what came out into
 * notebooks/seeds.json: what their text says of several trainings is held against that file by test/notebooks/claims.test.ts.
 */
import fs from 'node:fs';
import {argumentsOf} from '../../lib/commands/command.mjs';
import {inRoot} from '../../lib/setup/project.mjs';
import {runCells} from './cells.mjs';
import {baselines, exam} from './exam.mjs';
import {crammer, notRescaled} from './training.mjs';
import {insideOf} from './inside.mjs';
import {colours, digitsOnPaper} from './photographs.mjs';
import {walkthrough} from './walkthrough.mjs';

const FILE = inRoot('notebooks', 'seeds.json');
const SEEDS = [1, 2, 3, 4, 5];

/**
 * How a network reads pictures that are unlike those it was trained on differs so much from training to training that five
 * tell little of the next one, and the notebook's own training has no seed.
 */
const MORE_SEEDS = Array.from({length: 25}, (_, i) => i + 1);
const seedsOf = {photographs: MORE_SEEDS, steps: MORE_SEEDS};

/** Each gives numbers by name, for one seed. */
const measurements = {
  crammer,
  notRescaled,
  baselines,
  exam,
  remedies: async () => {
    const {trial, remedies} = await runCells(
      '07-go-further',
      ['load', 'prepare', 'network', 'augment', 'rates', 'trial', 'table'],
      ['trial', 'remedies'],
    );
    return async (seed) => {
      const mistakes = {};
      for (const [name, remedy] of Object.entries(remedies)) {
        const {chosen} = await trial({...remedy, seed});
        mistakes[name] = Math.round((1 - chosen) * 10_000);
      }
      return mistakes;
    };
  },
  tooFar: async () => {
    const {trial} = await runCells(
      '07-go-further',
      ['load', 'prepare', 'network', 'augment', 'rates', 'trial'],
      ['trial'],
    );
    return async (seed) => {
      const {learnt, chosen} = await trial({warp: {shift: 8, rotate: 90, zoom: 0.5}, seed});
      return {learning: rounded(learnt), validation: rounded(chosen)};
    };
  },
  stopping: async () => {
    const {stopping} = await runCells(
      '07-go-further',
      ['load', 'prepare', 'network', 'augment', 'rates', 'trial', 'early-stopping'],
      ['stopping'],
    );
    return async (seed) => {
      const {val_loss: losses} = (await stopping(seed)).history;
      return {epochs: losses.length, best: losses.indexOf(Math.min(...losses)) + 1};
    };
  },
  allPictures: async () => {
    const {learn, digits, prepare, test, evaluate} = await runCells(
      '07-go-further',
      ['load', 'prepare', 'network', 'augment', 'rates', 'learn'],
      ['learn', 'digits', 'prepare', 'test', 'evaluate'],
    );
    const exam = prepare(test);
    return async (seed) => {
      const {model} = await learn(digits, 6, seed);
      const {accuracy} = await evaluate(model, exam.x, exam.y, {verbose: 0});
      return {mistakes: Math.round((1 - accuracy) * 10_000)};
    };
  },
  inside: () => async (seed) => insideOf((await walkthrough(seed)).model),
  photographs: () => async (seed) => {
    const {right, guesses, filled} = await digitsOnPaper(seed);
    return {prepared: right[0], careless: guesses, filled};
  },
  steps: () => async (seed) => {
    const {lacking, right} = await digitsOnPaper(seed);
    return Object.fromEntries(lacking.map((step, i) => [step, right[i]]));
  },
  colours: async () => {
    const found = await colours();
    return async (seed) => {
      const numbers = {};
      for (const [name, learn] of Object.entries(found)) note(numbers, name, await learn(seed));
      return numbers;
    };
  },
  transfer: async () => {
    const cells = ['load', 'tasks', 'network', 'base', 'ways'];
    const names = ['threeWays', 'network', 'compile', 'few', 'learn', 'accuracy'];
    const of = await runCells('10-few-pictures', cells, names);
    return async (seed) => {
      const numbers = {};
      for (const each of [10, 50, 200]) note(numbers, each, await of.threeWays(each, seed));
      const random = of.network(seed + 1);
      of.compile(random, {freeze: true});
      await of.learn(random, of.few(10, seed), seed);
      note(numbers, 10, {'frozen random base': await of.accuracy(random)});
      return numbers;
    };
  },
  fewPictures: async () => {
    const cells = ['load', 'tasks', 'network', 'base', 'ways', 'class-weights', 'animals', 'divided', 'far'];
    const of = await runCells('10-few-pictures', cells, ['found', 'divided', 'ways', 'farWays']);
    return async (seed) => {
      const numbers = {};
      note(numbers, 'without weights', await of.found(seed, {}));
      note(numbers, 'with weights', await of.found(seed, {4: 20}));
      for (const [name, validates] of Object.entries(of.ways)) note(numbers, name, await of.divided(validates, seed));
      note(numbers, 'far', await of.farWays(seed));
      return numbers;
    };
  },
};

const rounded = (value) => Number(value.toFixed(2));
const note = (numbers, beginning, values) => {
  for (const [name, value] of Object.entries(values)) numbers[`${beginning} ${name}`] = rounded(value);
};

const {positionals: names} = argumentsOf({
  usage: `node -r ./lib/setup/node.cjs tools/lessons/seeds.mjs [MEASUREMENT …]

Measures ${Object.keys(measurements).join(', ')}, or those named; all take about an hour on two cores.`,
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
