/** What has to be in place before tfjs-node loads. Imported by tensorflow.ts, ahead of tfjs-node itself. */
// eslint-disable-next-line @typescript-eslint/no-require-imports -- the module object itself, not a copy: the shim below is defined on it.
import util = require('node:util');

// TensorFlow's C++ log: 0 all, 1 no INFO, 2 no WARNING. Its lines would otherwise land in the notebook as stderr.
process.env.TF_CPP_MIN_LOG_LEVEL ??= '2';

// tfjs-node 4.22 calls util.isNullOrUndefined, which Node 23 removed.
const legacy = util as {isNullOrUndefined?: (value: unknown) => boolean};
legacy.isNullOrUndefined ??= (value) => value === null || value === undefined;
