/** What notebook 8 measures in a trained network. */
import {runCells} from './cells.mjs';

const CELLS = [
  ...'load count-edges answers scores numbers coloured pca answer-with occlusion occlusion-count'.split(' '),
  ...'occlusion-maps add-ink add-ink-count neighbours among company close-calls'.split(' '),
];
const NAMES = [
  ...'train test predicted mistakes edges spread shown fragile turned added harmful readings'.split(' '),
  ...'asAnswered asInTruth ownKind right among close closeMistakes sureness numbers learntFrom nearestNeighbours'.split(
    ' ',
  ),
];
const rounded = (value) => Number(value.toFixed(2));

/**
 * @param {unknown} model the network of notebooks 4 to 6
 * @param {unknown} untrained the same before its training
 */
export async function insideOf(model, untrained) {
  const found = await runCells('08-look-inside', CELLS, NAMES, {model, untrained});
  const {train, test, mistakes, edges, spread, shown, fragile, turned, added, harmful, readings} = found;
  const {asAnswered, asInTruth, ownKind, right, among, close, closeMistakes, sureness} = found;
  const {numbers, learntFrom, nearestNeighbours} = found;
  const columns = harmful.map((at) => at % 28);
  const share = (some, all) => rounded(some.length / all.length);
  return {
    mistakes: mistakes.length,
    'edges: trained': edges(model),
    'edges: untrained': edges(untrained),
    'in two components': rounded(spread[0] + spread[1]),
    'more than half is lost': fragile,
    'the answer changes': turned,
    'the most loses': rounded(shown[0].most),
    'the least loses': rounded(shown.at(-1).most),
    'added ink takes': rounded(added.max().dataSync()[0]),
    'added ink: places': harmful.length,
    'added ink: first column': Math.min(...columns),
    'added ink: last column': Math.max(...columns),
    'added ink: read as 9': readings.filter((digit) => digit === 9).length / readings.length,
    'as answered': share(asAnswered, mistakes),
    'as in truth': share(asInTruth, mistakes),
    'as neither': rounded(1 - (asAnswered.length + asInTruth.length) / mistakes.length),
    'as answered: probability': Number(sureness(asAnswered)),
    'as in truth: probability': Number(sureness(asInTruth)),
    'read correctly: as in truth': ownKind.length / right.length,
    'close calls': close.length,
    'close calls: as in truth': share(among(close, test.labels), close),
    'close mistakes': closeMistakes.length,
    'close mistakes: as in truth': share(among(closeMistakes, test.labels), closeMistakes),
    'nearest neighbour':
      nearestNeighbours(numbers, learntFrom).filter(([j], i) => train.labels[j] === test.labels[i]).length /
      test.length,
  };
}
