/**
 * Writes docs/keras-files.md: the prose below, and tables out of the code that reads and writes the files.
 */
import fs from 'node:fs';
import {createRequire} from 'node:module';
import {format} from 'prettier';
import {argumentsOf} from '../../lib/commands/command.mjs';
import {inRoot} from '../../lib/setup/project.mjs';

const require = createRequire(import.meta.url);
const part = (...names) => require(inRoot('lib', 'dist', ...names));
// What TensorFlow.js has by itself, before convlab puts its own beside or in its place.
const {serialization} = require('@tensorflow/tfjs-node');
const theirs = {...serialization.SerializationMap.getMap().classNameMap};
const {LAYERS} = part('keras', 'architecture', 'layers.js');
const {OPERATION_TABLE} = part('keras', 'architecture', 'operationTable.js');
const {LOSSES} = part('keras', 'training', 'losses.js');
const {CLASSES, METRICS} = part('keras', 'training', 'metrics.js');
const {optimizers} = require('convlab');

/** Not in Keras 2: the version of Keras 3 that brought them isn't kept apart. */
const KERAS_3 =
  /^(CustomScaleLayer|LayerScale|RMSNormalization|StochasticDepth|AutoContrast|GroupedQueryAttention|ReversibleEmbedding|Adaptive.*)$/;
/** Keras 2's alone. */
const KERAS_2 = /^Random(Height|Width)$/;

const table = (header, rows) =>
  [header, header.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
const code = (text) => `\`${text}\``;

/** "`data_format`: channels_last" */
function onlyOf({only = {}}) {
  const words = Object.entries(only).map(([name, value]) => `${code(name)}: ${code(String(value))}`);
  return words.join(', ');
}

function isOwn(name, {as}) {
  const all = serialization.SerializationMap.getMap().classNameMap;
  return as !== undefined || all[name]?.[0] !== theirs[name]?.[0];
}

function versionsOf(name, {since, idle}) {
  if (since) return `${since} on`;
  if (KERAS_2.test(name)) return '2';
  return idle || KERAS_3.test(name) ? '3' : '2 and 3';
}

const layers = [...LAYERS]
  .sort(([a], [b]) => (a < b ? -1 : 1))
  .map(([name, rule]) => [
    code(name),
    versionsOf(name, rule),
    isOwn(name, rule) ? 'convlab' : 'TensorFlow.js',
    rule.idle ? 'predictions: nothing is changed while training' : onlyOf(rule),
  ]);
const named = (entries) => entries.map(([, keras]) => code(keras)).join(', ');

const page = `# Keras's model files

<!-- Written by tools/keras/page.mjs from the code that reads and writes the files. -->

\`keras.load\` opens what Keras saved, and Keras opens what \`keras.save\` wrote. What a file is, its first bytes say, whatever it is
called.

| file | read | written | what to know |
|---|---|---|---|
| \`.keras\` | Keras 2.12 to 3 | for Keras 3 | architecture, weights, optimizer and its memory: training goes on in both |
| \`.h5\`, \`.hdf5\` | Keras 2.0 to 3 | for Keras 2 and 3 | Keras 3 reads no optimizer's memory from it, not even its own |
| \`.weights.h5\`, weights alone | \`keras.loadWeights\` | \`keras.saveWeights\` | build the same network first; \`byName\` for parts of it |
| \`model.json\` and shards | \`keras.load\`, or \`tf.loadLayersModel\` | \`model.save\` | TensorFlow.js's own |
| \`.json\` of \`model.to_json()\` | \`keras.load\` | no | an architecture whose weights start at random, until \`keras.loadWeights\` brings them |
| a SavedModel's folder | no | no | open it in Python and save it: \`keras.saving.save_model(model, 'model.keras')\` |

Weights of 16 and 64 bits become 32, and a notice says so. Code in a file is never run: \`Lambda\`, layers of one's own and
subclassed models are refused by name.

## Layers

Each is read and written both ways. An argument in the last column has to have the value that is given there; any other is
refused by name. Layers of older versions become those that took their place: \`CuDNNLSTM\` and \`CuDNNGRU\`, \`ThresholdedReLU\`,
\`BatchNormalizationV1\`, \`SyncBatchNormalization\`. \`keras.layers.GroupQueryAttention\` goes by the name of its class. Any other layer is refused by name, with what to do about it in Python.

${table(['layer', 'Keras', 'computed by', 'only with'], layers)}

Models may be sequential or functional, with shared layers, several inputs and outputs, models inside models, masks and
initial states. In functional models of Keras 3, arithmetic on tensors, slices and operations of \`keras.ops\` are read, too; so are
those of TensorFlow in tf.keras 2, \`TFOpLambda\` and \`SlicingOpLambda\`. Regularizers of one's own, and those of activities, are left
out, and a notice says so.

The masks that \`Masking\` and \`Embedding\` with \`mask_zero\` make go from layer to layer as in Keras 3: through those that hand
them on, no further than those that don't, into recurrent layers, attention and \`GlobalAveragePooling1D\`, and to the loss.
\`TimeDistributed\` hands each step its part. Masks
that are computed otherwise and given to a layer by hand are refused. A \`BatchNormalization\`
behind a mask learns without the padding. TensorFlow.js itself has other rules: where by
them a network that was built here predicts otherwise, \`keras.save\` says so and saves it.

Keras 3 means x/6 + 0.5 by \`hard_sigmoid\`, Keras 2 and TensorFlow.js 0.2x + 0.5. Both are read as the version of the file means
them. A model with TensorFlow.js's \`hardSigmoid\` is saved for Keras 2 alone: \`keras.save(model, 'mymodel.h5', {kerasVersion: 2})\`.

Whole numbers of 8, 16 and 64 bits come in as those of 32, and between layers all numbers are of 32 bits with a point. Casts to
\`float16\` and \`bfloat16\` are rounded as there; what is computed from them is not.

## Operations

Of \`keras.ops\`, read and written: ${[...OPERATION_TABLE.keys()].sort().map(code).join(', ')}. Any other is refused by name.

Refused, too: half a turn by \`rot90\` of what isn't square, whose numbers Keras 3.15 mixes up on TensorFlow (\`flip\` over both axes
is right everywhere), and \`resize\` and \`rgb_to_grayscale\` of whole numbers, which Keras rounds. The layers
\`Resizing\` and \`UpSampling2D\` are read, and leave out that rounding: behind an input of whole numbers their results differ by up
to a half, and by more where bicubic or Lanczos sampling goes beyond what the type holds. Where a number that goes into
\`softmax\` is NaN, all of its row is here; TensorFlow leaves zeros beside it.

## Optimizers

${[...new Set(Object.keys(optimizers).filter((name) => typeof optimizers[name] === 'function'))].sort().map(code).join(', ')}:
those of \`optimizers\`, with weight decay, clipping, moving averages and accumulated gradients as Keras has them; and those of
\`tf.train\`. Learning rates may be schedules. Where an optimizer can't go on as it was, the model is loaded without it or with
a fresh one, and a notice says why. So it is with Keras 3.15's \`MultiOptimizer\`, which
Keras itself doesn't take up where it left off. \`ScheduleFreeAdamW\` starts from the weights, as it is meant to; where Keras on
TensorFlow builds it in the middle of a compiled function, as its \`fit\` does, it starts from 0 there, and its first losses are
others. What a file has of it goes on as there.

## Losses and metrics

By name in Keras: ${named(LOSSES)}. Cross-entropies keep \`from_logits\` and
\`label_smoothing\`, Huber its \`delta\` where the file has it, focal ones \`alpha\` and \`gamma\`, and all of them the
reductions \`sum_over_batch_size\` and \`sum\`.

Metrics: ${named(METRICS)}, and by their classes ${['AUC', ...Object.keys(CLASSES)].map(code).join(', ')}, each
with one number to show: one threshold for precision, recall and the four counts, and an \`average\` for F scores. \`AUC\`, and
the metrics at a point of its curve, take any number of thresholds. Any other is left out, and so are \`weighted_metrics\`, which count examples by their weights; a
notice says so.

A model with a loss of one's own is loaded without being compiled, and says so.

## Tried

\`npm run test:keras\` has a real Keras judge them, both ways: equal predictions, names, and next steps of training.

\`node tools/keras/measure/applications.mjs\` tries the networks of \`keras.applications\`, with random weights and pictures of
96 × 96 pixels: \`test/RELIABILITY.md\` has the figures. All sixteen predict as in Keras, from \`.keras\`, from \`.h5\`, and with the weights
alone. \`node tools/keras/measure/randomModels.mjs\` tries random models out of the layers above.
`;

const {
  values: {check},
} = argumentsOf({
  usage: `npm run keras-page [-- --check]

Writes docs/keras-files.md.

  --check    writes nothing, and fails when the page isn't what would be written`,
  options: {check: {type: 'boolean', default: false}},
  most: 0,
});
const file = inRoot('docs', 'keras-files.md');
const text = await format(page, {
  parser: 'markdown',
  ...JSON.parse(fs.readFileSync(inRoot('.prettierrc.json'), 'utf8')),
});
if (!check) fs.writeFileSync(file, text);
else if (!fs.existsSync(file) || fs.readFileSync(file, 'utf8') !== text) {
  console.error('docs/keras-files.md is stale: npm run keras-page writes it anew');
  process.exit(1);
}
process.exit(0);
