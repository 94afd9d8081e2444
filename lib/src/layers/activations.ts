// Keras's activations that TensorFlow.js lacks, under Keras's names. TensorFlow.js writes no more of an activation than its
// name, so that one with parameters has them in there: 'leaky_relu(0.1)'.
import {register} from '../tfjs/ownLayer';
import {tf} from '../tfjs/tensorflow';
import {ACTIVATIONS} from './operations/activations';

type Formula = (x: tf.Tensor) => tf.Tensor;

/** Keras's names of those that are operations, too: as activations they have the arguments that nobody gave. */
const OPERATIONS_TOO = [
  ...['hard_silu', 'hard_tanh', 'log_sigmoid', 'tanh_shrink', 'soft_shrink', 'hard_shrink', 'celu'],
  ...['sparse_plus', 'sparse_sigmoid', 'squareplus'],
];
const operation =
  (name: string): Formula =>
  (x) =>
    ACTIVATIONS[name]!([x], {}) as tf.Tensor;
const camel = (name: string) => name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

const FORMULAS: Readonly<Record<string, Formula>> = {
  // Keras 3's, where Keras 2 and TensorFlow.js have 0.2x + 0.5.
  hardSigmoidOfSixths: operation('hardSigmoid'),
  exponential: (x) => x.exp(),
  ...Object.fromEntries(OPERATIONS_TOO.map((name) => [camel(name), operation(camel(name))])),
};

/** The names in TensorFlow.js → Keras's, of those above. */
export const OWN_ACTIVATIONS: ReadonlyMap<string, string> = new Map([
  ['hard_sigmoid_of_sixths', 'hard_sigmoid'],
  ...['exponential', ...OPERATIONS_TOO].map((name) => [name, name] as const),
]);

/** Makes an activation known to TensorFlow.js by this name. */
function define(name: string, formula: Formula): void {
  class Activation extends tf.serialization.Serializable {
    static readonly className = name;
    apply(x: tf.Tensor): tf.Tensor {
      return tf.tidy(() => formula(x));
    }
    override getConfig() {
      return {};
    }
  }
  register(Activation);
}

for (const [name, formula] of Object.entries(FORMULAS)) define(name, formula);

/** The parameters of a piecewise linear activation, in Keras's names. */
export interface Rectifier {
  negativeSlope: number;
  maxValue: number | null;
  threshold: number;
}

/** max(x, 0) and what Keras can change of it. */
export function rectified(x: tf.Tensor, {negativeSlope, maxValue, threshold}: Rectifier): tf.Tensor {
  // Keras's two exceptions: at 0 and at 6 they have other slopes than the rest.
  if (negativeSlope !== 0 && maxValue === null && threshold === 0) return tf.leakyRelu(x, negativeSlope);
  if (negativeSlope === 0 && maxValue === 6 && threshold === 0) return tf.relu6(x);
  const above = threshold === 0 ? tf.relu(x) : x.mul(tf.step(x.sub(threshold)));
  const capped = maxValue === null ? above : tf.minimum(above, maxValue);
  return negativeSlope === 0 ? capped : capped.sub(tf.relu(tf.sub(threshold, x)).mul(negativeSlope));
}

/** The name of a leaky relu with this slope, which TensorFlow.js then knows. */
export function leakyRelu(slope: number): string {
  const name = `leaky_relu(${slope})`;
  define(`leakyRelu(${slope})`, (x) => rectified(x, {negativeSlope: slope, maxValue: null, threshold: 0}));
  return name;
}

/** The slope that a name says; undefined for every other name. */
export function slopeOf(name: string): number | undefined {
  const [, slope] = /^leaky_?relu\((.*)\)$/i.exec(name) ?? [];
  return slope === undefined ? undefined : Number(slope);
}
