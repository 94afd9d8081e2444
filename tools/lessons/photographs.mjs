/** What notebook 9 measures: digits on paper, and photographs in colour. */
import {runCells} from './cells.mjs';
import {prepared, walkthrough} from './walkthrough.mjs';

const LESSON = '09-your-own-images';
/** The cells up to those that read the digits. */
const DIGITS = 'saved photos prepare read-all leave-out one-left-out without-steps'.split(' ');

/** How many of notebook 9's digits it reads: with each step left out, with all, and filling the field, as in question 2. */
export function digitsOnPaper(seed) {
  return (measured[seed] ??= measureDigits(seed));
}

/** Two measurements are made of them. */
const measured = {};

async function measureDigits(seed) {
  const {model} = await walkthrough(seed);
  const names = ['tf', 'handwriting', 'ImageSet', 'digits', 'files', 'lacking', 'titles', 'ask', 'careless'];
  const found = await runCells(LESSON, DIGITS, names, {model});
  const {tf, handwriting, ImageSet, digits, files, lacking, titles, ask, careless} = found;
  const steps = {};
  for (const [i, set] of [digits, ...lacking].entries()) steps[titles[i]] = (await ask(set)).right;
  const filled = [];
  for (const file of files) {
    const {thick} = await handwriting.prepare(await handwriting.read(file));
    const image = tf.tensor3d(Array.from(thick.pixels), [...thick.shape.slice(1), 1]);
    filled.push(...tf.image.resizeBilinear(image, [28, 28]).dataSync());
  }
  const full = new ImageSet(Float32Array.from(filled), digits.shape, digits.labels);
  return {steps, careless: careless.right, filled: (await ask(full)).right};
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
  const names = ['tf', 'ImageSet', 'digits', 'ask', 'plain'];
  const {tf, ImageSet, digits, ask, plain} = await runCells(LESSON, DIGITS, names, {model});
  const rightOf = async (images) => {
    const set = new ImageSet(Float32Array.from(images.dataSync()), digits.shape, digits.labels);
    return (await ask(set)).right;
  };
  const inverted = tf.sub(255, plain.tensor().expandDims(3));
  const square = tf.image.resizeBilinear(inverted, [20, 20]).pad([
    [0, 0],
    [4, 4],
    [4, 4],
    [0, 0],
  ]);
  return {
    prepared: (await ask(digits)).right,
    inverted: await rightOf(inverted),
    'inverted, in a square': await rightOf(square),
  };
}

/** The whole way from the folder to the answers, in colour and in grey: each seed divides the photographs anew. */
export async function colours(seed) {
  const numbers = {};
  for (const [channels, words, mean] of [
    [3, '', 'mean colour'],
    [1, 'in grey: ', 'mean grey'],
  ]) {
    const {epoch, rightOf, nearest, answers} = await wholeWay(seed, channels);
    numbers[`${words}right by ${mean}`] = rightOf(nearest);
    numbers[`${words}right by the network`] = rightOf(answers);
    numbers[`${words}epochs`] = epoch.length;
  }
  return numbers;
}

function wholeWay(seed, channels) {
  const names = ['epoch', 'rightOf', 'nearest', 'answers'];
  const changed = (source) =>
    source.replace('const seed = 1;', `const seed = ${seed};`).replace('channels = 3;', `channels = ${channels};`);
  return runCells(LESSON, ['saved', 'network', 'the-whole-way'], names, {}, changed);
}
