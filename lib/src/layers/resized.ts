// Pictures of another size, sampled at the middles of pixels, as Keras does on TensorFlow.
import {tf} from '../tfjs/tensorflow';
import {timesMatrix} from './operations/kinds';

/** How pictures are brought to another size, in Keras's words. */
export interface ResizeOptions {
  interpolation?: string;
  /** Whether smaller pictures are smoothed. */
  antialias?: boolean;
  /** Whether the largest part of the wanted proportions is taken. */
  cropToAspectRatio?: boolean;
  /** Whether a margin gives them the wanted proportions first. */
  padToAspectRatio?: boolean;
  fillValue?: number;
}

type Size = [height: number, width: number];

/** How much a pixel counts at a distance, and up to which distance any does. */
interface Kernel {
  radius: number;
  at: (distance: number) => number;
}

const lanczos = (radius: number): Kernel => ({
  radius,
  at: (x) => (x <= 1e-3 ? 1 : x >= radius ? 0 : (radius * Math.sin(Math.PI * x) * Math.sin((Math.PI * x) / radius)) / (Math.PI * x) ** 2), // prettier-ignore
});
/** Two cubic pieces, of distances up to 1 and to 2. */
const cubic = (near: readonly number[], far: readonly number[]): Kernel => ({
  radius: 2,
  at: (x) => (x >= 2 ? 0 : (x < 1 ? near : far).reduce((sum, factor) => sum * x + factor, 0)),
});

// Source: tensorflow/core/kernels/image/sampling_kernels.h
const KERNELS: Readonly<Record<string, Kernel>> = {
  bilinear: {radius: 1, at: (x) => Math.max(1 - x, 0)},
  bicubic: cubic([1.5, -2.5, 0, 1], [-0.5, 2.5, -4, 2]),
  lanczos3: lanczos(3),
  lanczos5: lanczos(5),
  gaussian: {radius: 1.5, at: (x) => (x >= 1.5 ? 0 : Math.exp(-2 * x * x))},
  mitchellcubic: cubic([7 / 6, -2, 0, 8 / 9], [-7 / 18, 2, -10 / 3, 16 / 9]),
};

/**
 * @param x [examples, height, width, channels]
 * @throws Error for an interpolation that isn't computed here
 */
export function resizedTo(x: tf.Tensor4D, size: Size, options: ResizeOptions): tf.Tensor {
  const {interpolation = 'bilinear', antialias = false, cropToAspectRatio, padToAspectRatio, fillValue} = options;
  const [, height, width] = x.shape;
  const inProportion = [Math.trunc((width * size[0]) / size[1]), Math.trunc((height * size[1]) / size[0])] as const;
  if (cropToAspectRatio === true) return resized(cropped(x, inProportion), size, interpolation, antialias);
  if (padToAspectRatio === true) return resized(framed(x, inProportion, fillValue), size, interpolation, antialias);
  return resized(x, size, interpolation, antialias);
}

function cropped(x: tf.Tensor4D, [wantedHeight, wantedWidth]: readonly [number, number]): tf.Tensor4D {
  const [count, height, width, channels] = x.shape;
  const [down, right] = [Math.max(Math.min(height, wantedHeight), 1), Math.max(Math.min(width, wantedWidth), 1)];
  const begin = [0, Math.trunc((height - down) / 2), Math.trunc((width - right) / 2), 0];
  return x.slice(begin, [count, down, right, channels]);
}

function framed(x: tf.Tensor4D, [wantedHeight, wantedWidth]: readonly [number, number], value = 0): tf.Tensor4D {
  const [, height, width] = x.shape;
  const [down, right] = [Math.trunc((wantedHeight - height) / 2), Math.trunc((wantedWidth - width) / 2)].map((margin) => Math.max(margin, 0)) as Size; // prettier-ignore
  return x.pad([[0, 0], [down, down], [right, right], [0, 0]], value); // prettier-ignore
}

/** Sampled without regard to the proportions. */
export function resized(x: tf.Tensor4D, size: Size, interpolation: string, antialias = false): tf.Tensor {
  const [, height, width] = x.shape;
  const down = () => matrix(height, size[0], interpolation, antialias);
  const right = () => matrix(width, size[1], interpolation, antialias);
  const isNearest = interpolation === 'nearest';
  if (!isNearest && (interpolation !== 'bilinear' || antialias)) {
    return timesMatrix(timesMatrix(x, down(), 1), right(), 2);
  }
  const resize = isNearest ? tf.image.resizeNearestNeighbor : tf.image.resizeBilinear;
  // TensorFlow.js's own gradient is that of other sampling points.
  const withGradient = tf.customGrad((pictures) => ({
    value: resize(pictures as tf.Tensor4D, size, false, true),
    gradFunc: (dy: tf.Tensor) => timesMatrix(timesMatrix(dy, down().transpose(), 1), right().transpose(), 2),
  }));
  return withGradient(x);
}

/** How much each of the old pixels has in each of the new, along an axis: [from, to]. */
function matrix(from: number, to: number, interpolation: string, antialias: boolean): tf.Tensor2D {
  const shares = new Float32Array(from * to);
  for (let i = 0; i < to; i++) {
    const found = sharesOf(i, from, from / to, interpolation, antialias);
    const sum = found.reduce((total, [, share]) => total + share, 0);
    for (const [place, share] of found) shares[place * to + i]! += share / sum;
  }
  return tf.tensor2d(shares, [from, to]);
}

type Shares = (readonly [place: number, share: number])[];

/** Of one new pixel: which of the old ones count, and how much. */
function sharesOf(i: number, from: number, scale: number, interpolation: string, antialias: boolean): Shares {
  const middle = (i + 0.5) * scale;
  if (interpolation === 'nearest') return [[Math.min(Math.floor(middle), from - 1), 1]];
  if (interpolation === 'area') {
    const overlap = (place: number) => Math.min(place + 1, (i + 1) * scale) - Math.max(place, i * scale);
    return range(Math.floor(i * scale), Math.min(Math.ceil((i + 1) * scale), from)).map((p) => [p, overlap(p)]);
  }
  const kernel = Object.hasOwn(KERNELS, interpolation) ? KERNELS[interpolation] : undefined;
  if (kernel === undefined) throw new Error(`pictures can't be resized with interpolation '${interpolation}' here`);
  const width = antialias ? Math.max(scale, 1) : 1;
  const [first, last] = [Math.ceil(middle - kernel.radius * width - 0.5), Math.floor(middle + kernel.radius * width - 0.5)]; // prettier-ignore
  // Where it doesn't smooth, TensorFlow looks the cubic's values up in a table of 1024 steps.
  const distance = (place: number) => Math.abs(place + 0.5 - middle) / width;
  const exact = interpolation !== 'bicubic' || antialias;
  const share = (place: number) => kernel.at(exact ? distance(place) : Math.round(distance(place) * 1024) / 1024);
  if (interpolation === 'bilinear' && !antialias) {
    // At the edges the outermost pixel stands for what is beyond.
    return range(first, last + 1).map((place) => [Math.min(Math.max(place, 0), from - 1), share(place)]);
  }
  return range(Math.max(first, 0), Math.min(last, from - 1) + 1).map((place) => [place, share(place)]);
}

function range(from: number, to: number): number[] {
  return Array.from({length: Math.max(to - from, 0)}, (_, i) => from + i);
}
