/**
 * Repeats what the notebooks measure with several seeds, by the notebooks' own cells, and writes what came out into
 * notebooks/seeds.json: what their text says of several trainings is held against that file by test/notebooks/claims.test.ts.
 */
import fs from 'node:fs';
import {argumentsOf} from '../../lib/commands/command.mjs';
import {inRoot} from '../../lib/setup/project.mjs';
import {runCells} from './cells.mjs';
import {baselines, exam} from './exam.mjs';
import {leastProbable} from './labels.mjs';
import {crammer, denseAlone, firstNetwork, notRescaled} from './training.mjs';
import {insideOf} from './inside.mjs';
import {afterTwoEpochs, colours, digitsOnPaper} from './photographs.mjs';
import {walkthrough} from './walkthrough.mjs';

const FILE = inRoot('notebooks', 'seeds.json');
const SEEDS = [1, 2, 3, 4, 5];

/**
 * How a network reads pictures that are unlike those it was trained on differs so much from training to training that five
 * tell little of the next one, and the notebook's own training has no seed.
 */
const MORE_SEEDS = Array.from({length: 25}, (_, i) => i + 1);
const seedsOf = {photographs: MORE_SEEDS, steps: MORE_SEEDS, firstNetwork: MORE_SEEDS, leastProbable: [1]};

/** Each gives numbers by name, for one seed. */
const measurements = {
  firstNetwork,
  leastProbable,
  crammer,
  denseAlone,
  notRescaled,
  baselines,
  exam,
  remedies: () => sixTrials(10),
  /** Had they finished learning? */
  twiceAsLong: () => sixTrials(20),
  tooFar: async () => {
    const {network, augment, fit, evaluate, few, limits, digits} = await runCells(
      '07-go-further',
      ['load', 'prepare', 'network', 'augment', 'rates', 'trial'],
      ['network', 'augment', 'fit', 'evaluate', 'few', 'limits', 'digits'],
    );
    const moved = fourPixels(digits.chooseX);
    const far = {shift: 8, rotate: 90, zoom: 0.5};
    const accuracy = async (model, x) => (await evaluate(model, x, digits.chooseY, {verbose: 0})).accuracy;
    return async (seed) => {
      const numbers = {};
      for (const [name, warp] of Object.entries({none: {}, ours: limits, far})) {
        const model = network({seed});
        const batches = augment(few.x, few.y, {...warp, batchSize: 64, seed});
        const {history} = await fit(model, batches, {epochs: 10, seed, verbose: 0});
        const [validation, asMoved] = [await accuracy(model, digits.chooseX), await accuracy(model, moved)];
        note(numbers, name, {learning: history.accuracy.at(-1), validation, moved: asMoved});
        model.dispose();
      }
      return numbers;
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
  clothes: async () => {
    const {learn, parts, clothes, prepare, evaluate, predict, confusionMatrix, classificationReport} = await runCells(
      '07-go-further',
      ['load', 'prepare', 'network', 'augment', 'rates', 'learn', 'clothes-load'],
      ['learn', 'parts', 'clothes', 'prepare', 'evaluate', 'predict', 'confusionMatrix', 'classificationReport'],
    );
    const pictures = parts(clothes.train);
    const exam = prepare(clothes.test);
    return async (seed) => {
      const {model} = await learn(pictures, 8, seed);
      const worn = await (await predict(model, exam.x)).argMax(-1).data();
      model.dispose();
      const {classNames, test} = clothes;
      const {accuracy, f1} = classificationReport(confusionMatrix(test.labels, worn, {classNames}));
      const shirt = f1[classNames.indexOf('shirt')];
      const {model: small} = await walkthrough(seed, clothes.train);
      const {accuracy: smallAccuracy} = await evaluate(small, exam.x, exam.y, {verbose: 0});
      small.dispose();
      return {
        mistakes: Math.round((1 - accuracy) * test.length),
        'F1 of shirts': rounded(shirt),
        'classes with a lower F1': f1.filter((value) => value < shirt).length,
        'mistakes of the seven layers': Math.round((1 - smallAccuracy) * test.length),
      };
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
  afterTwoEpochs: () => afterTwoEpochs,
  colours,
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
    const cells = ['load', 'tasks', 'network', 'base', 'ways', 'class-weights', 'animals', 'divided'];
    const of = await runCells('10-few-pictures', cells, ['found', 'divided', 'ways']);
    return async (seed) => {
      const numbers = {};
      note(numbers, 'without weights', await of.found(seed, {}));
      note(numbers, 'with weights', await of.found(seed, {4: 20}));
      for (const [name, validates] of Object.entries(of.ways)) note(numbers, name, await of.divided(validates, seed));
      return numbers;
    };
  },
};

/** The mistakes of notebook 7's six networks on the validation digits. */
async function sixTrials(epochs) {
  const cells = ['load', 'prepare', 'network', 'augment', 'rates', 'trial', 'table'];
  const {trial, remedies} = await runCells('07-go-further', cells, ['trial', 'remedies']);
  return async (seed) => {
    const mistakes = {};
    for (const [name, remedy] of Object.entries(remedies)) {
      const {model, chosen} = await trial({...remedy, seed, epochs});
      mistakes[name] = Math.round((1 - chosen) * 10_000);
      model.dispose();
    }
    return mistakes;
  };
}

/** Down and to the right, as in notebook 5. */
const fourPixels = (x) =>
  x.slice([0, 0, 0, 0], [-1, 24, 24, 1]).pad([
    [0, 0],
    [4, 0],
    [4, 0],
    [0, 0],
  ]);

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
