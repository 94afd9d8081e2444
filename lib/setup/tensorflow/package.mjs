/** The folders of the package tfjs-node that its own install script fills. */
import fs from 'node:fs';
import path from 'node:path';
import {inRoot, packageFolder, root} from '../project.mjs';
import {succeeds} from '../run.mjs';

export const tfjsNode = () =>
  packageFolder('@tensorflow/tfjs-node') ?? inRoot('node_modules', '@tensorflow', 'tfjs-node');

/** TensorFlow's library and headers: `lib/` and `include/`. */
export const deps = () => path.join(tfjsNode(), 'deps');

// A product that only the right answer passes, on the native backend only.
const check = () => `
  require('node:util').isNullOrUndefined ??= (value) => value == null;
  const tf = require(${JSON.stringify(tfjsNode())});
  const product = tf.matMul([[1, 2], [3, 4]], [[5, 6], [7, 8]]).dataSync().join();
  process.exit(tf.getBackend() === 'tensorflow' && product === '19,22,43,50' ? 0 : 1);`;

/** Takes a second or two; on a busy machine, with nothing of 800 MB in its disk cache yet, much longer. */
export const multiplies = () => succeeds(process.execPath, ['-e', check()], {cwd: root, seconds: 120});

/** Takes out the library and the binding, so that nothing half-installed is ever left or built upon. */
export function clear() {
  fs.rmSync(deps(), {recursive: true, force: true});
  fs.rmSync(path.join(tfjsNode(), 'lib'), {recursive: true, force: true});
}
