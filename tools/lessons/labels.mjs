/** How notebook 2's eight pictures stand out: by networks that have not learnt from the pictures they are asked about. */
import {createRequire} from 'node:module';
import {inRoot} from '../../lib/setup/project.mjs';
import {runCells} from './cells.mjs';
import {compiled, prepared} from './walkthrough.mjs';

const require = createRequire(inRoot('notebooks', 'x.cjs'));
const PARTS = 5;

/**
 * Five times over, four fifths of the training pictures are learnt from, for three epochs, and the last fifth is asked
 * about. So each of the 60,000 labels gets a probability. Reported is the place of each of the eight among all, from the
 * least probable on.
 */
export const leastProbable = async () => {
  const {tf, fit, predict} = require('convlab');
  const {odd} = await runCells('02-look-at-the-data', ['load', 'odd-digits'], ['odd']);
  const {x, y} = await prepared();
  const all = Array.from({length: x.shape[0]}, (_, i) => i);
  return async (seed) => {
    const given = new Float32Array(all.length);
    for (let part = 0; part < PARTS; part++) {
      const [asked, learnt] = [all.filter((i) => i % PARTS === part), all.filter((i) => i % PARTS !== part)];
      const model = compiled(seed);
      const [learntX, learntY] = [tf.gather(x, learnt), tf.gather(y, learnt)];
      await fit(model, learntX, learntY, {epochs: 3, batchSize: 128, seed, verbose: 0});
      const [askedX, askedY] = [tf.gather(x, asked), tf.gather(y, asked)];
      const probabilities = await predict(model, askedX);
      const ofLabels = await probabilities.mul(askedY).sum(-1).data();
      asked.forEach((i, at) => (given[i] = ofLabels[at]));
      tf.dispose([learntX, learntY, askedX, askedY, probabilities]);
      model.dispose();
    }
    const place = (i) => given.filter((probability) => probability < given[i]).length + 1;
    const places = odd.map(place);
    return {...Object.fromEntries(odd.map((i, at) => [String(i), places[at]])), last: Math.max(...places)};
  };
};
