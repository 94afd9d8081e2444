/** What has to be in place before tfjs-node loads. Imported by tensorflow.ts, ahead of tfjs-node itself. */
/* eslint-disable @typescript-eslint/no-require-imports -- the module objects themselves, not copies of them */
import util = require('node:util');
import {notSetUp} from '../native/notSetUp';

// TensorFlow's C++ log: 0 all, 1 no INFO, 2 no WARNING.
process.env.TF_CPP_MIN_LOG_LEVEL ??= '2';

// tfjs-node 4.22 calls util.isNullOrUndefined, which Node 23 removed.
const legacy = util as {isNullOrUndefined?: (value: unknown) => boolean};
legacy.isNullOrUndefined ??= (value) => value === null || value === undefined;

try {
  require('@tensorflow/tfjs-node');
} catch (cause) {
  throw notSetUp("TensorFlow's library", cause);
}
