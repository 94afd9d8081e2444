/** What notebook 9 measures: digits on paper, and photographs in colour and in grey. */
import {runCells} from './cells.mjs';
import {walkthrough} from './walkthrough.mjs';

/** How many of notebook 9's digits it reads: with each step left out, with all, and filling the field, as in question 2. */
export function digitsOnPaper(seed) {
  return (measured[seed] ??= measureDigits(seed));
}

/** Two measurements are made of them. */
const measured = {};

async function measureDigits(seed) {
  const {model} = await walkthrough(seed);
  const cells = [
    'saved',
    'photos',
    'prepare',
    'read-all',
    'leave-out',
    'one-left-out',
    'count-left-out',
    'without-steps',
  ];
  const names = ['tf', 'handwriting', 'files', 'folder', 'lacking', 'counts', 'count', 'guess', 'guesses'];
  const found = await runCells('09-your-own-images', cells, names, {model});
  const {tf, handwriting, files, folder, lacking, counts, count, guess, guesses} = found;
  const pixels = [];
  for (const file of files) {
    const {thick} = await handwriting.prepare(await handwriting.read(`${folder}/${file}`));
    const image = tf.tensor(Array.from(thick.pixels), [...thick.shape, 1]);
    pixels.push(...tf.image.resizeBilinear(image, [28, 28]).dataSync());
  }
  return {lacking, right: counts, guesses: count(guesses), filled: count(await guess(pixels))};
}

/** The training until it has finished, in colour, in grey, and in grey three times, which is question 3; each by seed. */
export async function colours() {
  const cells = ['saved', 'network', 'load-photographs', 'mean-colour', 'train-colour', 'train-grey'];
  const {learnt, photographs, inGrey} = await runCells('09-your-own-images', cells, [
    'learnt',
    'photographs',
    'inGrey',
  ]);
  const threeTimes = (set) => ({
    labels: set.labels,
    length: set.length,
    tensor: () => set.tensor().expandDims(3).tile([1, 1, 1, 3]),
  });
  const {train, validation, test} = inGrey;
  const equal = {train: threeTimes(train), validation: threeTimes(validation), test: threeTimes(test)};
  const measure = (data, channels) => async (seed) => {
    const {accuracy, epochs, early} = await learnt(data, channels, seed);
    return {accuracy, epochs, 'early accuracy': early.accuracy, 'early loss': early.loss};
  };
  return {colour: measure(photographs, 3), grey: measure(inGrey, 1), 'equal channels': measure(equal, 3)};
}
