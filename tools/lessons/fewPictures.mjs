/** What notebook 10 measures with several seeds: four ways to learn from few pictures, class weights, and promises. */
import {note, runCells} from './cells.mjs';

const NOTEBOOK = '10-few-pictures';
const CELLS = ['load', 'pick', 'tasks', 'network', 'learn', 'base', 'from-scratch', 'head-on', 'fine-tuned'];

/** Each seed has pictures and weights of its own; the base is the notebook's. */
export async function transfer() {
  const names = ['tf', 'fit', 'augment', 'few', 'newHead', 'joined', 'oldBase', 'accuracy', 'ways', 'untilNoBetter'];
  const of = await runCells(NOTEBOOK, [...CELLS, 'ways'], names);
  return async (seed) => {
    const numbers = {};
    for (const each of [10, 50, 200]) {
      for (const [name, way] of Object.entries(of.ways)) {
        note(numbers, each, {[name]: await of.accuracy(await way(of.few(each, seed), seed))}, 4);
      }
    }
    note(numbers, '10', {augmented: await augmented(of, seed)}, 4);
    return numbers;
  };
}

/**
 * Question 1: a head on the frozen base, from pictures of which none comes twice.
 *
 * @param {Record<string, any>} of the notebook's names
 */
async function augmented(of, seed) {
  const {tf, fit, augment, few, newHead, joined, oldBase, accuracy, untilNoBetter} = of;
  const {x, y} = few(10, seed);
  const model = joined(oldBase, newHead(seed));
  oldBase.trainable = false;
  model.compile({optimizer: tf.train.adam(0.002), loss: 'categoricalCrossentropy'});
  const batches = augment(x, y, {shift: 2, rotate: 10, zoom: 0.1, batchSize: 32, seed});
  await fit(model, batches, {epochs: 500, verbose: 0, callbacks: untilNoBetter});
  oldBase.trainable = true;
  return accuracy(model);
}

/** The rare 9, without class weights and with them. */
export async function fewPictures() {
  const {nines} = await runCells(NOTEBOOK, [...CELLS, 'class-weights'], ['nines']);
  return async (seed) => {
    const numbers = {};
    note(numbers, 'without weights', await nines(seed, 1), 4);
    note(numbers, 'with weights', await nines(seed, 20), 4);
    return numbers;
  };
}

/** Question 3: a head on the frozen base, and what the validation promises of it; each seed has animals of its own. */
export async function promises() {
  const cells = ['animals', 'read-by', 'divided', ...CELLS.slice(2), 'ways'];
  const names = [
    'oldBase',
    'shuffled',
    'fiveToNine',
    'pick',
    'photographed',
    'newAnimals',
    'prepared',
    'headOn',
    'accuracy',
  ];
  const of = await runCells(NOTEBOOK, [...CELLS.slice(0, 2), ...cells], names);
  return async (seed) => {
    const animals = await of.photographed(of.pick(of.shuffled, of.fiveToNine, 10, 990 + 10 * seed), seed);
    const strangers = of.prepared(of.newAnimals, (digit) => digit - 5);
    const numbers = {};
    const divisions = {'by photograph': (i) => i, 'by animal': (i) => animals.labels[i]};
    for (const [name, groupOf] of Object.entries(divisions)) {
      const part = (held) => {
        const members = [...animals.labels.keys()].filter((i) => (groupOf(i) % 5 === 0) === held);
        return of.prepared(animals.select(members), (animal) => Math.floor(animal / 10));
      };
      const model = await of.headOn(of.oldBase, part(false), seed);
      const [promised, found] = [await of.accuracy(model, part(true)), await of.accuracy(model, strangers)];
      note(numbers, name, {promised, found, 'too much': promised - found}, 3);
    }
    return numbers;
  };
}
