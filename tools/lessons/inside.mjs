/** What notebook 8 measures in a trained network. */
import {runCells} from './cells.mjs';

const CELLS =
  'load answers scores numbers coloured pca answer-with occlusion occlusion-count occlusion-maps add-ink add-ink-count neighbours company'.split(
    ' ',
  );
const NAMES = [
  ...'train test mistakes spread shown fragile turned added columns readings'.split(' '),
  ...'wrong right numbers learntFrom nearestNeighbours'.split(' '),
];
const rounded = (value) => Number(value.toFixed(2));

/** @param {unknown} model the network of notebooks 4 to 6 */
export async function insideOf(model) {
  const found = await runCells('08-look-inside', CELLS, NAMES, {model});
  const {train, test, mistakes, spread, shown, fragile, turned, added, columns, readings} = found;
  const {wrong, right, numbers, learntFrom, nearestNeighbours} = found;
  return {
    mistakes: mistakes.length,
    'in two components': rounded(spread[0] + spread[1]),
    'more than half is lost': fragile,
    'the answer changes': turned,
    'the most loses': rounded(shown[0].most),
    'the least loses': rounded(shown.at(-1).most),
    'added ink takes': rounded(added.max().dataSync()[0]),
    'added ink: places': columns.length,
    'added ink: first column': Math.min(...columns),
    'added ink: last column': Math.max(...columns),
    'added ink: read as 9': readings.filter((digit) => digit === 9).length / readings.length,
    'as answered': rounded(wrong.answered),
    'as in truth': rounded(wrong.truth),
    'read correctly: as in truth': right.truth,
    'nearest neighbour':
      nearestNeighbours(numbers, learntFrom).filter(([j], i) => train.labels[j] === test.labels[i]).length /
      test.length,
  };
}
