// What is wrong with data that don't fit a model, and how to fix the commonest slips: sentences for the reader.
import type {tf} from '../../tfjs/tensorflow';

/** How to make a tensor of what came instead. */
export function tensorHint(what: 'x' | 'y', value: unknown): string {
  if (Array.isArray(value)) return '; make one of it with tf.tensor(…)';
  if (ArrayBuffer.isView(value)) {
    return what === 'y' ? "; for labels use tf.oneHot(tf.tensor1d(labels, 'int32'), classes)" : '; see set.tensor()';
  }
  if (typeof value === 'function' && what === 'x')
    return '; a stream is {[Symbol.asyncIterator]: f}, with f the async function*';
  const {tensor, train, [Symbol.iterator]: iterator} = Object(value) as Record<PropertyKey, unknown>;
  if (typeof train === 'object') return '; for a data set pass its part to learn from, data.train';
  if (typeof value === 'object' && iterator !== undefined)
    return '; a stream of batches must be asynchronous, as async function* makes it';
  if (what === 'x' && isPicture(value))
    return '; tf.tensor(Float32Array.from(image.pixels), image.shape) makes one of a picture';
  if (typeof tensor !== 'function') return '';
  return what === 'x'
    ? '; set.tensor() makes one of it'
    : '; an ImageSet stands for x and y together, set.labels for its labels alone';
}

/** What readImage returns; an ImageSet is more. */
function isPicture(value: unknown): boolean {
  const {pixels, shape, tensor} = Object(value) as Record<string, unknown>;
  return ArrayBuffer.isView(pixels) && Array.isArray(shape) && tensor === undefined;
}

/** Whether a batch of any size has the shape that is expected; null stands for any length. */
export function fits(shape: number[], expected: (number | null)[]): boolean {
  return shape.length === expected.length && expected.every((size, i) => i === 0 || size === null || size === shape[i]);
}

/** How to bring x of this shape into the one that the model takes. */
export function inputHint(shape: number[], expected: (number | null)[]): string {
  if (expected.at(-1) === 1 && fits([...shape, 1], expected))
    return '; add the channel dimension with x.expandDims(-1)';
  if (fits([1, ...shape], expected)) return '; for a single example use x.expandDims(0)';
  const [n, a, b, c] = shape;
  if (shape.length === 4) {
    if (fits([n!, b!, c!, a!], expected)) return '; the channels come last: x.transpose([0, 2, 3, 1])';
    if (fits([n!, b!, a!, c!], expected)) return '; height and width are exchanged: x.transpose([0, 2, 1, 3])';
  }
  if (shape.length === 3 && fits([n!, b!, a!, 1], expected)) {
    return '; height and width are exchanged: x.transpose([0, 2, 1]).expandDims(-1)';
  }
  const picture = expected.length === 4 && shape.length === 4 ? pictureHint(shape, expected) : undefined;
  if (picture !== undefined) return picture;
  const example = expected.slice(1);
  if (example.every((size) => size !== null) && product(shape.slice(1)) === product(example)) {
    return `; if each example is in this order, x.reshape([-1, ${example.join(', ')}])`;
  }
  const grey = expected.length === 4 && shape.length === 3 ? pictureHint([...shape, 1], expected) : undefined;
  if (grey !== undefined) return grey;
  return '; reshape x, or give the first layer this inputShape';
}

/** How to bring an ImageSet and a model together that takes other shapes. */
export function setHint(shape: number[], expected: (number | null)[]): string {
  const [, height, width, channels = 1] = shape;
  const picture = expected.length === 4 ? pictureHint([0, height!, width!, channels], expected) : undefined;
  if (picture !== undefined) return picture;
  // Only a model that takes channels needs to hear that grey pictures have one.
  const inputShape = `inputShape: [${(expected.length === 4 ? [height, width, channels] : shape.slice(1)).join(', ')}]`;
  return expected.length === 2
    ? `; begin the model with tf.layers.flatten({${inputShape}})`
    : `; give the first layer ${inputShape}`;
}

/** Pictures of another size or colour are fixed where they are loaded. */
function pictureHint([, height, width, channels]: number[], expected: (number | null)[]): string | undefined {
  const [, rows, columns, depth] = expected;
  const elseLayer = `or give the first layer inputShape: [${height!}, ${width!}, ${channels!}]`;
  const size = rows === columns ? rows! : `[${rows!}, ${columns!}]`;
  const options = [
    ...(rows === null || columns === null || (height === rows && width === columns) ? [] : [`size: ${size}`]),
    ...(channels === depth || (depth !== 1 && depth !== 3) ? [] : [`channels: ${depth}`]),
  ];
  return options.length === 0 ? undefined : `; load the pictures with ${options.join(', ')}, ${elseLayer}`;
}

function product(sizes: readonly (number | null)[]): number {
  return sizes.reduce<number>((size, length) => size * length!, 1);
}

/** Why labels don't fit the loss that compares them with the model's output. */
export function labelProblem(name: string, y: tf.Tensor, output: (number | null)[], loss: string): string {
  const classes = output.at(-1)!;
  const columns = y.shape.at(-1)!;
  if (loss === 'sparseCategoricalCrossentropy') {
    return `${name} has shape ${printShape(y.shape)} but the loss ${loss} expects one class number an example, shape [n]; for one-hot labels compile with categoricalCrossentropy`;
  }
  if (loss === 'categoricalCrossentropy' && (y.rank === output.length - 1 || columns === 1)) {
    return `${name} has shape ${printShape(y.shape)}, class numbers, but the loss ${loss} expects a column for each of the ${classes} classes; use tf.oneHot(labels, ${classes}), or compile with sparseCategoricalCrossentropy`;
  }
  if (y.rank === output.length + 1 && y.shape[1] === 1 && columns === classes) {
    return `${name} has shape ${printShape(y.shape)} but the model puts out ${printShape(output)}; the labels came as a column, [n, 1]: use tf.oneHot(labels.flatten(), ${classes})`;
  }
  if (y.rank === 2 && y.shape[0] === classes && output.length === 2) {
    return `${name} has shape ${printShape(y.shape)}, a row for each class, but labels have a row for each example; y.transpose() exchanges the two`;
  }
  if (y.rank === 2 && classes === 1 && loss.startsWith('binary')) {
    return `${name} has shape ${printShape(y.shape)} but the model has one output, and ${loss} takes class numbers 0 and 1 themselves, shape [n]; of one-hot labels y.argMax(-1) makes them`;
  }
  if (y.rank === 2 && output.length === 2 && loss === 'categoricalCrossentropy') {
    return `labels have ${columns} columns but the model has ${classes} outputs; pass numClasses to oneHot (tf.oneHot(labels, ${classes})), or give the last layer ${columns} units`;
  }
  return `${name} has shape ${printShape(y.shape)} but the model puts out ${printShape(output)}, and the loss ${loss} compares the two number by number`;
}

/** Why a metric can't compare labels of this shape with the model's output. */
export function metricProblem(metric: string, name: string, y: tf.Tensor, output: (number | null)[]): string {
  const classes = output.at(-1)!;
  return (
    `the metric ${metric} compares labels and outputs number by number, but ${name} has shape ${printShape(y.shape)} ` +
    `beside outputs ${printShape(output)}; for class numbers compile with categoricalCrossentropy and pass ` +
    `tf.oneHot(labels, ${classes}), or leave the metric out`
  );
}

/** A shape with n for the number of examples. */
export function printShape(shape: (number | null)[]): string {
  return `[${shape.map((size) => size ?? 'n').join(', ')}]`;
}
