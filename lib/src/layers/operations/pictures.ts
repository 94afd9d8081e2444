// Operations on pictures, volumes and sequences: [examples, …axes, channels], or with the channels second.
import {tf} from '../../tfjs/tensorflow';
import {adaptivelyPooled} from '../adaptivePooling';
import {resizedTo} from '../resized';
import {cast, type Given, type Operation, type Operations} from './kinds';

type Picture = (x: tf.Tensor, given: Given, operands: tf.Tensor[]) => tf.Tensor;

/** Computed with the channels last, wherever they are. */
const withChannelsLast =
  (f: Picture): Operation =>
  ([x, ...others], given) => {
    if (given.dataFormat !== 'channelsFirst') return f(x!, given, others);
    const axes = [...x!.shape.keys()];
    // A single picture has no axis of examples.
    const first = x!.rank === 3 && given.isPicture === true ? 0 : 1;
    const last = f(x!.transpose([...axes.slice(0, first), ...axes.slice(first + 1), first]), given, others);
    return last.transpose([...axes.slice(0, first), last.rank - 1, ...axes.slice(first, -1)]);
  };

/** With an axis of examples, also where a single picture has none. */
const ofPictures = (f: Picture): Operation => {
  const whole = withChannelsLast((x, given, others) =>
    x.rank === 4 ? f(x, given, others) : f(x.expandDims(0), given, others).squeeze([0]),
  );
  return (operands, given) => whole(operands, {...given, isPicture: true});
};

const each = (given: unknown, count: number): number[] =>
  Array.isArray(given) ? (given as number[]) : Array.from({length: count}, () => given as number);

const pooled = (kind: 'max' | 'avg') =>
  withChannelsLast((x, {poolSize, strides = null, padding = 'valid'}) => {
    const count = x.rank - 2;
    const size = each(poolSize, count);
    const steps = each(strides ?? size, count);
    const pad = padding as 'same';
    if (count === 3) {
      const pool3d = kind === 'max' ? tf.maxPool3d : tf.avgPool3d;
      return pool3d(x as tf.Tensor5D, size as [number, number, number], steps as [number, number, number], pad);
    }
    const pool = kind === 'max' ? tf.maxPool : tf.avgPool;
    if (count === 2) return pool(x as tf.Tensor4D, size as [number, number], steps as [number, number], pad);
    return pool(x.expandDims<tf.Tensor4D>(2), [size[0]!, 1], [steps[0]!, 1], pad).squeeze([2]);
  });

const convolved = withChannelsLast((x, {strides = 1, padding = 'valid', dilationRate = 1}, [kernel]) => {
  const count = x.rank - 2;
  const [steps, rates, pad] = [each(strides, count), each(dilationRate, count), padding as 'same'];
  if (count === 3) {
    return tf.conv3d(x as tf.Tensor5D, kernel as tf.Tensor5D, steps as [number, number, number], pad, 'NDHWC', rates as [number, number, number]); // prettier-ignore
  }
  if (count === 2) {
    return tf.conv2d(x as tf.Tensor4D, kernel as tf.Tensor4D, steps as [number, number], pad, 'NHWC', rates as [number, number]); // prettier-ignore
  }
  return tf.conv1d(x as tf.Tensor3D, kernel as tf.Tensor3D, steps[0]!, pad, 'NWC', rates[0]);
});

const depthwise = withChannelsLast((x, {strides = 1, padding = 'valid', dilationRate = 1}, [kernel]) => {
  // A sequence is a picture one pixel wide, and TensorFlow takes the same step along both of its axes.
  const isSequence = x.rank === 3;
  const [[down, right = down], [rate, sideways = rate]] = [each(strides, x.rank - 2), each(dilationRate, x.rank - 2)];
  const [pictures, weights] = isSequence ? [x.expandDims(2), kernel!.expandDims(1)] : [x, kernel!];
  const found = tf.depthwiseConv2d(pictures as tf.Tensor4D, weights as tf.Tensor4D, [down!, right!], padding as 'same', 'NHWC', [rate!, sideways!]); // prettier-ignore
  return isSequence ? found.squeeze([2]) : found;
});

/** Channels become pixels: blocks of them, row by row. */
const depthToSpace: Picture = (x, {blockSize}) => {
  const [count, height, width, channels] = x.shape as [number, number, number, number];
  const size = blockSize as number;
  return x
    .reshape([count, height, width, size, size, channels / size ** 2])
    .transpose([0, 1, 3, 2, 4, 5])
    .reshape([count, height * size, width * size, channels / size ** 2]);
};

const spaceToDepth: Picture = (x, {blockSize}) => {
  const [count, height, width, channels] = x.shape as [number, number, number, number];
  const size = blockSize as number;
  return x
    .reshape([count, height / size, size, width / size, size, channels])
    .transpose([0, 1, 3, 2, 4, 5])
    .reshape([count, height / size, width / size, channels * size ** 2]);
};

/** The margins of an axis, of which one and the size after it may be left open. */
function margins(size: number, before: unknown, after: unknown, target: unknown, sign: 1 | -1): [number, number] {
  const known = (value: unknown): value is number => typeof value === 'number';
  const change = known(target) ? (target - size) * sign : 0;
  const first = known(before) ? before : change - (after as number);
  return [first, known(after) ? after : change - first];
}

const sides = (x: tf.Tensor, given: Given, what: 'Padding' | 'Cropping', sign: 1 | -1) => [
  margins(x.shape[1]!, given[`top${what}`], given[`bottom${what}`], given.targetHeight, sign),
  margins(x.shape[2]!, given[`left${what}`], given[`right${what}`], given.targetWidth, sign),
];

export const PICTURES: Operations = {
  maxPool: pooled('max'),
  averagePool: pooled('avg'),
  adaptiveMaxPool: withChannelsLast((x, {outputSize}) => adaptivelyPooled(x, each(outputSize, x.rank - 2), 'max')),
  adaptiveAveragePool: withChannelsLast((x, {outputSize}) => adaptivelyPooled(x, each(outputSize, x.rank - 2), 'mean')),
  conv: convolved,
  depthwiseConv: depthwise,
  depthToSpace: ofPictures(depthToSpace),
  spaceToDepth: ofPictures(spaceToDepth),
  resize: ofPictures((x, {size, ...given}) => resizedTo(x as tf.Tensor4D, size as [number, number], given)),
  rgbToGrayscale: ofPictures((x) =>
    x.shape.at(-1) === 1 ? x.clone() : cast(x.mul(tf.tensor1d([0.2989, 0.587, 0.114])).sum(-1, true), x.dtype),
  ),
  padImages: ofPictures((x, given) => x.pad([[0, 0], ...(sides(x, given, 'Padding', 1)), [0, 0]])), // prettier-ignore
  cropImages: ofPictures((x, given) => {
    const [[top, bottom], [left, right]] = sides(x, given, 'Cropping', -1) as [[number, number], [number, number]];
    const [count, height, width, channels] = x.shape as [number, number, number, number];
    return x.slice([0, top, left, 0], [count, height - top - bottom, width - left - right, channels]);
  }),
};
