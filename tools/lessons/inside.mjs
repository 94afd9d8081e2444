/** What notebook 8 measures in a trained network. */
import {runCells} from './cells.mjs';

const CELLS =
  'load answers scores numbers coloured pca answer-with occlusion occlusion-maps add-ink neighbours company'.split(' ');
const NAMES = [
  ...'tf train test mistakes spread shown fragile turned added columns readings'.split(' '),
  ...'groups sure numbers learntFrom'.split(' '),
];
const rounded = (value) => Number(value.toFixed(2));

/** @param {unknown} model the network of notebooks 4 to 6 */
export async function insideOf(model) {
  const found = await runCells('08-look-inside', CELLS, NAMES, {model});
  const {tf, train, test, mistakes, spread, shown, fragile, turned, added, columns, readings} = found;
  const {groups, sure, numbers, learntFrom} = found;
  const shares = Object.entries(groups).flatMap(([name, group]) => [
    [name, rounded(group.length / mistakes.length)],
    [`${name}: sure`, rounded(sure(group))],
  ]);
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
    ...Object.fromEntries(shares),
    'nearest neighbour': nearestIsRight(tf, [numbers, test], [learntFrom, train]),
  };
}

/** The share of points whose nearest neighbour among the known has the same label: the answer to question 3. */
function nearestIsRight(tf, [points, {labels}], [known, {labels: knownLabels}]) {
  return tf.tidy(() => {
    const squares = known.square().sum(1);
    let right = 0;
    for (let from = 0; from < 10_000; from += 1000) {
      const products = points.slice(from, 1000).matMul(known, false, true);
      const nearest = squares.sub(products.mul(2)).argMin(1).dataSync();
      right += nearest.filter((j, i) => knownLabels[j] === labels[from + i]).length;
    }
    return right / 10_000;
  });
}
