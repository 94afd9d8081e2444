/**
 * Who wrote which digit. MNIST's files don't say; the label files of QMNIST, its reconstruction, do, row for row:
 * https://github.com/facebookresearch/qmnist. They aren't part of the project: put them into `.cache/qmnist`.
 */
import fs from 'node:fs';
import {createRequire} from 'node:module';
import {gunzipSync} from 'node:zlib';
import {inRoot} from '../../lib/setup/project.mjs';
import {prepared, walkthrough} from './walkthrough.mjs';

const require = createRequire(inRoot('notebooks', 'x.cjs'));

/** The number of the writer of each of the first pictures of a part: the third column of IDX's rows of int32. */
function writersOf(part, pictures) {
  const file = inRoot('.cache', 'qmnist', `qmnist-${part}-labels-idx2-int.gz`);
  const bytes = gunzipSync(fs.readFileSync(file));
  const columns = bytes.readInt32BE(8);
  return Array.from({length: pictures}, (_, row) => bytes.readInt32BE(12 + 4 * (row * columns + 2)));
}

const distinct = (writers) => new Set(writers).size;
/** How many of these pictures are by somebody who wrote one of the others, too. */
function byOneOf(writers, others) {
  const known = new Set(others);
  return writers.filter((writer) => known.has(writer)).length;
}

/** What notebooks 1, 2 and 4 say of writers. */
export const writers = () => () => {
  const [train, test] = [writersOf('train', 60_000), writersOf('test', 10_000)];
  const [learnt, validated] = [train.slice(0, 48_000), train.slice(48_000)];
  const few = Array.from({length: 200}, (_, i) => train[239 * i]);
  const first = train.slice(0, 40);
  const most = (some) => Math.max(...some.map((writer) => some.filter((other) => other === writer).length));
  return {
    'of the training pictures': distinct(train),
    'of the test pictures': distinct(test),
    'test pictures by writers of training pictures': byOneOf(test, train),
    'validation pictures by writers of those learnt': byOneOf(validated, learnt),
    'of the first forty, by the busiest': most(first),
    'of the first forty, with others among the rest': byOneOf(first, train.slice(40)),
    'of the first 200, by the busiest': most(train.slice(0, 200)),
    'of every 239th': distinct(few),
    'of every 239th, by the busiest': most(few),
  };
};

/**
 * The standard error of notebook 5's accuracy: with digits as units, and with writers. The second is that of a ratio with
 * clusters of unequal size (W. G. Cochran, Sampling Techniques, 3rd edition, 1977, section 6.13 for the ratio, 9A for clusters).
 */
export const standardErrors = async () => {
  const {mnist, predict} = require('convlab');
  const {test} = await mnist.load();
  const {x} = await prepared(test);
  const writers = writersOf('test', test.length);
  return async (seed) => {
    const {model} = await walkthrough(seed);
    const answers = await (await predict(model, x)).argMax(-1).data();
    const isWrong = Array.from(answers, (answer, i) => Number(answer !== test.labels[i]));
    const share = isWrong.reduce((a, b) => a + b, 0) / test.length;
    /** For each writer: the mistakes, less as many as the share of all would make. */
    const excess = new Map();
    writers.forEach((writer, i) => excess.set(writer, (excess.get(writer) ?? 0) + isWrong[i] - share));
    const squares = [...excess.values()].reduce((sum, value) => sum + value ** 2, 0);
    return {
      mistakes: share * test.length,
      'by digits': Number(Math.sqrt((share * (1 - share)) / test.length).toFixed(5)),
      'by writers': Number((Math.sqrt(squares) / test.length).toFixed(5)),
    };
  };
};
