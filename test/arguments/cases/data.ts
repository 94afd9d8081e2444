import {clearOutput, idx, ImageSet, input, losses, mnist, rescale, tf, metrics, optimizers} from 'convlab';
import {type Cases, set, wrong} from './common';

export const dataCases: Cases = {
  // prettier-ignore
  ImageSet: [
    ['nothing', () => new ImageSet(wrong(undefined), [1, 2, 2], Uint8Array.of(0)), 'ImageSet: pixels must be a Uint8Array, a Uint16Array or a Float32Array, got nothing'],
    ['a list of pixels', () => new ImageSet(wrong([1, 2, 3, 4]), [1, 2, 2], Uint8Array.of(0)), 'ImageSet: pixels must be a Uint8Array, a Uint16Array or a Float32Array, got a list of 4 numbers; Float32Array.from(numbers) makes one of any numbers'],
    ['numbers of 64 bits', () => new ImageSet(wrong(new Float64Array(4)), [1, 2, 2], Uint8Array.of(0)), 'ImageSet: pixels must be a Uint8Array, a Uint16Array or a Float32Array, got a Float64Array of 4 numbers'],
    ['a list of labels', () => new ImageSet(new Uint8Array(4), [1, 2, 2], wrong([0])), 'ImageSet: labels must be a Uint8Array, got a list of 1 numbers'],
    ['a shape in words', () => new ImageSet(new Uint8Array(4), wrong('1x2x2'), Uint8Array.of(0)), "ImageSet: shape must be a list of whole numbers, got the text '1x2x2'"],
    ['sizes below 0', () => new ImageSet(new Uint8Array(4), [1, -2, -2], Uint8Array.of(0)), 'ImageSet: shape must be a list of whole numbers'],
    ['the shape of one image', () => new ImageSet(new Uint8Array(4), [2, 2], Uint8Array.of(0)), 'ImageSet: shape must be [n, height, width] or [n, height, width, channels], got [2, 2]'],
    ['labels of another set', () => new ImageSet(new Uint8Array(4), [1, 2, 2], new Uint8Array(2)), 'ImageSet: 1 images need 1 labels, got 2'],
    ['no position', () => set.image(wrong(undefined)), 'ImageSet.image: index nothing is out of range; this set has images 0 to 3'],
    ['a position behind the end', () => set.image(4), 'ImageSet.image: index 4 is out of range; this set has images 0 to 3'],
    ['a number for a list', () => set.select(wrong(2)), 'ImageSet.select: indices must be a list of positions, got 2; for a single image pass [i]'],
    ['a tensor of positions', () => set.select(wrong(tf.tensor1d([0]))), 'ImageSet.select: indices must be a list of positions, got a tensor of shape [1]'],
    ['true and false', () => set.select(wrong([true, false])), 'ImageSet.select: index true is out of range'],
  ],
  // prettier-ignore
  rescale: [
    ['nothing', () => rescale(wrong(undefined)), 'rescale: images must be an ImageSet, or an image as readImage returns it, got nothing'],
    ['a tensor', () => rescale(wrong(tf.ones([2]))), 'rescale: images must be an ImageSet, or an image as readImage returns it, got a tensor of shape [2]'],
    ['limits turned round', () => rescale(set, {limits: [3, 1]}), 'rescale: limits must be [low, high], the values that become 0 and 1'],
    ['percentiles beyond 100', () => rescale(set, {percentiles: [1, 200]}), 'rescale: percentiles must be [low, high], from 0 to 100'],
    ['both', () => rescale(set, wrong({limits: [0, 1], percentiles: [1, 99]})), 'rescale: limits and percentiles both say what becomes 0 and 1; give one'],
    ['a name that is none', () => rescale(set, wrong({limit: [0, 1]})), 'rescale: there is no option limit; there are limits, percentiles'],
  ],
  // prettier-ignore
  metrics: [
    ['a curve that is none', () => metrics.auc(wrong({curve: 'roc'})), "metrics.auc: curve must be 'ROC' or 'PR', got the text 'roc'"],
    ['one threshold', () => metrics.auc({numThresholds: 1}), 'metrics.auc: numThresholds must be a whole number of at least 2, got 1'],
  ],
  // prettier-ignore
  optimizers: [
    ["Python's spelling", () => optimizers.adamW(wrong({weight_decay: 0.1})), 'optimizers.adamW: there is no option weight_decay; did you mean weightDecay?'],
    ['a share above 1', () => optimizers.adam({beta1: 2}), 'optimizers.adam: beta1 must be a share from 0 to 1, got 2'],
    ['a negative rate', () => optimizers.sgd({learningRate: -1}), 'optimizers.sgd: learningRate must be a number of at least 0, got -1'],
    ['two ways to clip', () => optimizers.nadam({clipnorm: 1, clipvalue: 1}), 'optimizers.nadam: clipnorm and clipvalue exclude each other; pass one of them'],
    ['one batch to add up', () => optimizers.lion({gradientAccumulationSteps: 1}), 'optimizers.lion: gradientAccumulationSteps must be a whole number of at least 2, got 1'],
    ['a power that grows', () => optimizers.ftrl({learningRatePower: 1}), 'optimizers.ftrl: learningRatePower must be at most 0, got 1'],
  ],
  // prettier-ignore
  losses: [
    ['a name that is none', () => losses.categoricalCrossentropy(wrong({fromLogit: true})), 'losses.categoricalCrossentropy: there is no option fromLogit; there are fromLogits, labelSmoothing'],
    ['more than all smoothed', () => losses.binaryCrossentropy({labelSmoothing: 2}), 'losses.binaryCrossentropy: labelSmoothing must be from 0 to 1, got 2'],
    ['true alone', () => losses.sparseCategoricalCrossentropy(wrong(true)), 'losses.sparseCategoricalCrossentropy: options must be an object such as {fromLogits: …}, got true'],
  ],
  // prettier-ignore
  clearOutput: [
    ['a text', () => { clearOutput({wait: wrong('yes')}); }, "clearOutput: wait must be true or false, got the text 'yes'"],
  ],
  // prettier-ignore
  input: [
    ['a number', () => input(wrong(5)), 'input: prompt must be a text, got 5'],
    ['a name that is none', () => input('Name? ', wrong({secret: true})), 'input: there is no option secret; there are password'],
    ['outside a notebook', () => input('Name? '), 'input: it asks in a notebook, and this is none'],
  ],
  // prettier-ignore
  mnist: [
    ['a folder alone', () => mnist.load(wrong('/tmp')), "mnist.load: options must be an object such as {dir: …}, got the text '/tmp'"],
    ['a folder that is none', () => mnist.load({dir: '/nowhere'}), 'mnist.load: there is neither train-'],
  ],
  // prettier-ignore
  idx: [
    ['no folder', () => idx.load(wrong(undefined)), "idx.load: dir must be a folder's path, got nothing"],
    ['a file', () => idx.load(__filename), `idx.load: can't read the folder ${__filename} (ENOTDIR)`],
    ['one class name', () => idx.load('/tmp', {classNames: wrong('ab')}), "idx.load: classNames must be a list of texts, got the text 'ab'"],
    ['a path to parse', () => idx.parse(wrong('digits')), "idx.parse: bytes must be a Uint8Array with a file's bytes, got the text 'digits'; read(path) reads a file"],
    ['no file', () => idx.read('/nowhere'), 'idx.read: /nowhere: there is no such file'],
    ['a folder', () => idx.read('/tmp'), 'idx.read: /tmp: it is a folder, not a file'],
  ],
};
