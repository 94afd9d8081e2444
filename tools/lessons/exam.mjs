/** What notebook 5 says of several trainings, and of several choices of the neighbours. */
import {inThreeDecimals, runCells} from './cells.mjs';
import {walkthrough} from './walkthrough.mjs';

const LESSON = '05-evaluate-and-predict';
const run = (from, count) => Array.from({length: count}, (_, i) => from + i);
const sum = (values) => values.reduce((a, b) => a + b, 0);

/** The nearest of 2,000 and of 5,000 neighbours, others for each seed, and of 48,000: another fifth left out for each. */
export const baselines = async () => {
  const {train, test, x, nearestNeighbours} = await runCells(
    LESSON,
    ['load'],
    ['train', 'test', 'x', 'nearestNeighbours'],
  );
  const share = (indices) => {
    const others = train.select(indices);
    const pictures = others.tensor();
    const nearest = nearestNeighbours(x.mul(255), pictures);
    pictures.dispose();
    return nearest.filter(([j], i) => others.labels[j] === test.labels[i]).length / test.length;
  };
  return (seed) =>
    inThreeDecimals({
      'of 2,000': share(run(2000 * (seed - 1), 2000)),
      'of 5,000': share(run(5000 * (seed - 1), 5000)),
      'of 48,000': share(run(0, 60_000).filter((i) => i % 5 !== seed - 1)),
    });
};

/** The five networks on the test pictures, and each compared with the next and the one after it: all ten pairs. */
export const exam = async () => {
  const networks = [];
  for (const seed of [1, 2, 3, 4, 5]) networks.push(await examined(seed));
  return (seed) => {
    const {numbers, isRight} = networks[seed - 1];
    const differs = (steps) => {
      const other = networks[(seed - 1 + steps) % networks.length].isRight;
      return isRight.filter((right, i) => right !== other[i]).length;
    };
    return {...numbers, 'only one right': differs(1), 'only one right, next but one': differs(2)};
  };
};

async function examined(seed) {
  const {model, history} = await walkthrough(seed);
  const cells = ['load', 'predict', 'predicted-classes', 'all-mistakes', 'three-mistakes'];
  cells.push('unscaled', 'careless-three', 'sureness');
  const names = ['tf', 'test', 'x', 'y', 'probabilities', 'predicted', 'mistakes', 'careless', 'evaluate'];
  const of = await runCells(LESSON, cells, [...names, 'carelessProbabilities', 'sureness'], {model});
  const accuracyOf = async (pictures) => (await of.evaluate(model, pictures, of.y, {verbose: 0})).accuracy;
  const part = of.x.slice([0, 0, 0, 0], [-1, 24, 24, 1]);
  const surest = await of.probabilities.max(-1).data();
  const isRight = Array.from(of.predicted, (answer, i) => answer === of.test.labels[i]);
  const numbers = {
    mistakes: of.mistakes.length,
    'first epoch': history.val_accuracy[0],
    learning: history.accuracy.at(-1),
    validation: history.val_accuracy.at(-1),
    'best epoch': history.val_loss.indexOf(Math.min(...history.val_loss)) + 1,
    'first ten right': sum(isRight.slice(0, 10)),
    'the first 7': of.probabilities.slice([0, 7], [1, 1]).dataSync()[0],
    'not rescaled accuracy': of.careless.accuracy,
    'not rescaled loss': of.careless.loss,
    'sure when wrong': of.sureness(of.probabilities),
    'not rescaled sure when wrong': of.sureness(of.carelessProbabilities),
    transposed: await accuracyOf(of.x.transpose([0, 2, 1, 3])),
    moved: await accuracyOf(
      part.pad([
        [0, 0],
        [4, 0],
        [4, 0],
        [0, 0],
      ]),
    ),
    'to check': surest.filter((p) => p < 0.9).length,
    'mistakes left': of.mistakes.filter((i) => surest[i] >= 0.9).length,
    ...pairs(of),
  };
  for (const [low, high] of [
    [0, 0.7],
    [0.7, 0.85],
    [0.85, 0.95],
    [0.95, 0.99],
    [0.99, Infinity],
  ]) {
    const those = isRight.map((_, i) => i).filter((i) => surest[i] >= low && surest[i] < high);
    const right = sum(those.map((i) => isRight[i])) / those.length;
    const says = sum(those.map((i) => surest[i])) / those.length;
    numbers[`from ${low} digits`] = those.length;
    numbers[`from ${low} right`] = right;
    numbers[`from ${low} says`] = says;
    numbers[`from ${low} too sure by`] = says - right;
  }
  return {numbers: inThreeDecimals(numbers), isRight};
}

/**
 * How often each pair is mixed up, in both directions together: those that lead in some training.
 *
 * @param {Record<string, any>} of what the lesson's cells declared
 */
function pairs({mistakes, test, predicted}) {
  const counts = {};
  for (const i of mistakes) {
    const pair = [test.labels[i], predicted[i]].sort((a, b) => a - b).join(' and ');
    counts[pair] = (counts[pair] ?? 0) + 1;
  }
  console.log(
    Object.entries(counts)
      .sort((a, b) => b[1] - a[1])
      .slice(0, 6)
      .join('; '),
  );
  const leading = ['2 and 7', '3 and 5', '4 and 9', '5 and 6', '7 and 9', '8 and 9'];
  return Object.fromEntries(leading.map((pair) => [pair, counts[pair] ?? 0]));
}
