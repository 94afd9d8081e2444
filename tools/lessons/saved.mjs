/** What notebook 6 says of several trainings. */
import {createRequire} from 'node:module';
import {inRoot} from '../../lib/setup/project.mjs';
import {runCells} from './cells.mjs';
import {walkthrough} from './walkthrough.mjs';

const require = createRequire(inRoot('notebooks', 'x.cjs'));

/** A network that rescales by itself, given raw pixels and given pixels that were divided before: how many it reads. */
export const dividedTwice = () => async (seed) => {
  const {tf} = require('convlab');
  const {model} = await walkthrough(seed);
  const loaded = tf.sequential({
    layers: [tf.layers.rescaling({scale: 1 / 255, inputShape: [28, 28, 1]}), ...model.layers],
  });
  const names = ['test', 'x', 'rightOf'];
  const {test, x, rightOf} = await runCells('06-save-and-reload', ['load', 'divided-twice'], names, {loaded});
  return {'raw pixels': await rightOf(test.tensor().expandDims(3)), 'divided twice': await rightOf(x)};
};
