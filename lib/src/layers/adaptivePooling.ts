// Pooling to a size that is given rather than by windows of one: each place sees as much of an axis as lies over it.
import {OwnLayer, register} from '../tfjs/ownLayer';
import {tf} from '../tfjs/tensorflow';
import {timesMatrix} from './operations/kinds';

/** From where to where each of the new places sees. */
function windows(from: number, to: number): [begin: number, end: number][] {
  return Array.from({length: to}, (_, i) => [Math.floor((i * from) / to), Math.ceil(((i + 1) * from) / to)]);
}

function means(x: tf.Tensor, axis: number, to: number): tf.Tensor {
  const from = x.shape[axis]!;
  const shares = new Float32Array(from * to);
  windows(from, to).forEach(([begin, end], i) => {
    for (let place = begin; place < end; place++) shares[place * to + i] = 1 / (end - begin);
  });
  return timesMatrix(x, tf.tensor2d(shares, [from, to]), axis);
}

function largest(x: tf.Tensor, axis: number, to: number): tf.Tensor {
  const parts = windows(x.shape[axis]!, to).map(([begin, end]) => {
    const at = x.shape.map((_, i) => (i === axis ? begin : 0));
    return x.slice(at, x.shape.map((size, i) => (i === axis ? end - begin : size))).max(axis, true); // prettier-ignore
  });
  return tf.concat(parts, axis);
}

/** The axes between the examples and the channels, brought to these sizes one after the other. */
export function adaptivelyPooled(x: tf.Tensor, sizes: readonly number[], kind: 'mean' | 'max'): tf.Tensor {
  const pool = kind === 'mean' ? means : largest;
  return sizes.reduce((each, size, i) => pool(each, i + 1, size), x);
}

function layer(kind: 'mean' | 'max', className: string) {
  return class extends OwnLayer {
    static readonly className = className;

    private get isFirst(): boolean {
      return this.given.dataFormat === 'channelsFirst';
    }

    override computeOutputShape(inputShape: tf.Shape): tf.Shape {
      const sizes = this.given.outputSize as number[];
      const channels = inputShape.at(this.isFirst ? 1 : -1)!;
      return this.isFirst ? [inputShape[0]!, channels, ...sizes] : [inputShape[0]!, ...sizes, channels];
    }

    protected compute([x]: tf.Tensor[]): tf.Tensor {
      const axes = [...x!.shape.keys()];
      const last = this.isFirst ? x!.transpose([0, ...axes.slice(2), 1]) : x!;
      const pooled = adaptivelyPooled(last, this.given.outputSize as number[], kind);
      return this.isFirst ? pooled.transpose([0, axes.length - 1, ...axes.slice(1, -1)]) : pooled;
    }
  };
}

for (const axes of [1, 2, 3]) {
  register(layer('mean', `AdaptiveAveragePooling${axes}D`), layer('max', `AdaptiveMaxPooling${axes}D`));
}
