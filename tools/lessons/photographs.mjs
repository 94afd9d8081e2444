/** What notebook 9 measures: digits on paper, and photographs in colour and in grey. */
import {runCells} from './cells.mjs';
import {prepared, walkthrough} from './walkthrough.mjs';

const LESSON = '09-your-own-images';
/** The cells up to those that read the digits. */
const DIGITS = 'saved photos prepare read-all leave-out variant count-left-out without-steps'.split(' ');

/** How many of notebook 9's digits it reads: with each step left out, with all, and filling the field, as in question 2. */
export function digitsOnPaper(seed) {
  return (measured[seed] ??= measureDigits(seed));
}

/** Two measurements are made of them. */
const measured = {};

async function measureDigits(seed) {
  const {model} = await walkthrough(seed);
  const names = ['tf', 'handwriting', 'files', 'folder', 'lacking', 'counts', 'count', 'guess', 'guesses'];
  const found = await runCells(LESSON, DIGITS, names, {model});
  const {tf, handwriting, files, folder, lacking, counts, count, guess, guesses} = found;
  const images = [];
  for (const file of files) {
    const {thick} = await handwriting.prepare(await handwriting.read(`${folder}/${file}`));
    const image = tf.tensor(Array.from(thick.pixels), [...thick.shape, 1]);
    images.push(tf.image.resizeBilinear(image, [28, 28]));
  }
  return {lacking, right: counts, guesses: count(guesses), filled: count(await guess(tf.concat(images)))};
}

/**
 * After the two epochs of a network that the notebook trains itself: how many it reads, and how many of the pictures that
 * were only inverted and made small, where the paper fills the field and where it is a square on black.
 */
export async function afterTwoEpochs(seed) {
  const {network, fit} = await runCells(LESSON, ['saved', 'network'], ['network', 'fit']);
  const model = network([28, 28, 1], 10, seed);
  const {x, y} = await prepared();
  await fit(model, x, y, {epochs: 2, batchSize: 128, seed, verbose: 0});
  const names = ['tf', 'counts', 'count', 'guess', 'plain'];
  const {tf, counts, count, guess, plain} = await runCells(LESSON, DIGITS, names, {model});
  const inverted = tf.sub(255, plain);
  const square = tf.image.resizeBilinear(inverted, [20, 20]).pad([
    [0, 0],
    [4, 4],
    [4, 4],
    [0, 0],
  ]);
  return {
    prepared: counts[0],
    inverted: count(await guess(inverted)),
    'inverted, in a square': count(await guess(square)),
  };
}

/** The training until it has finished, in colour and in grey: each seed divides the photographs anew. */
export async function colours() {
  const cells = ['saved', 'network', 'load-photographs', 'mean-colour', 'in-parts', 'learnt'];
  const names = ['imageFolder', 'samples', 'asWeLoad', 'nearestMean', 'learnt'];
  const {imageFolder, samples, asWeLoad, nearestMean, learnt} = await runCells(LESSON, cells, names);
  return async (seed) => {
    const numbers = {};
    for (const [name, channels] of [
      ['colour', 3],
      ['grey', 1],
    ]) {
      const data = await imageFolder.load(samples.photographs, {...asWeLoad, channels, seed});
      const {right, epochs, early} = await learnt(data, channels, seed);
      numbers[`${name} nearest mean`] = nearestMean(data, channels);
      numbers[`${name} right`] = right;
      numbers[`${name} epochs`] = epochs;
      numbers[`${name} early loss`] = Number(early.toFixed(2));
    }
    return numbers;
  };
}
