// Dropout and noise draw their numbers in JavaScript, where a recording can't follow and no seed of a run reaches.
// While a step runs, these stand in: they draw by TensorFlow's stateless generators, from a seed that is a tensor.
// eslint-disable-next-line @typescript-eslint/no-require-imports -- the module object, whose functions are replaced.
import core = require('@tensorflow/tfjs-core');
import {AttributeType, DataType, runOperation} from './binding';
import {withReplaced} from './replaced';
import {tf} from './tensorflow';

type Drawing = Pick<typeof core, 'randomUniform' | 'randomNormal' | 'truncatedNormal' | 'dropout'>;

/**
 * Runs `f` with tfjs's random operations drawing from `seed`, an int32 tensor of two numbers: [the run's seed, the step].
 * The n-th draw of a step depends on nothing but the seed and n. The seeds that layers were given are left aside, as
 * with them tfjs would draw the same numbers at every step.
 */
export function drawingFrom<T>(seed: tf.Tensor1D, f: () => T): T {
  let draws = 0;
  const draw = (operation: string, shape: number[]): tf.Tensor => {
    // An odd constant far from 0 keeps the draws of one seed apart from those of the next.
    const own = tf.add(seed, tf.tensor1d([Math.imul(++draws, 0x9e3779b1), 0], 'int32'));
    const attributes = [
      {name: 'dtype', type: AttributeType.type, value: DataType.float},
      {name: 'T', type: AttributeType.type, value: DataType.int32},
      {name: 'Tseed', type: AttributeType.type, value: DataType.int32},
    ];
    return runOperation(operation, attributes, [tf.tensor1d(shape, 'int32'), own]);
  };
  const normal =
    (operation: string) =>
    (shape: number[], mean = 0, deviation = 1) =>
      tf.tidy(() => draw(operation, shape).mul(deviation).add(mean));

  const stand: Drawing = {
    randomUniform: (shape, low = 0, high = 1, dtype = 'float32') =>
      tf.tidy(() => {
        const numbers = draw('StatelessRandomUniform', shape);
        return (low === 0 && high === 1 ? numbers : numbers.mul(high - low).add(low)).cast(dtype);
      }),
    randomNormal: normal('StatelessRandomNormal') as Drawing['randomNormal'],
    truncatedNormal: normal('StatelessTruncatedNormal') as Drawing['truncatedNormal'],
    dropout: ((x: tf.Tensor, rate: number, noiseShape?: number[]) =>
      tf.tidy(() => {
        if (rate === 0) return x.clone();
        // null in a noise shape stands for the size of x there.
        const shape = noiseShape?.map((size: number | null, i) => size ?? x.shape[i]!) ?? x.shape;
        const kept = draw('StatelessRandomUniform', shape).greaterEqual(rate);
        return x.mul(kept.cast('float32').mul(1 / (1 - rate)));
      })) as Drawing['dropout'],
  };
  return withReplaced<Drawing, T>(core, stand, f);
}

/** Numbers between two limits, which follow a run's seed while a step runs. */
export function uniform(shape: number[], low: number, high: number): tf.Tensor {
  return core.randomUniform(shape, low, high);
}
