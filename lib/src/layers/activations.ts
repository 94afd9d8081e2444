// Keras's activations that TensorFlow.js lacks, under Keras's names. TensorFlow.js writes no more of an activation than its
// name, so that one with parameters has them in there: 'leaky_relu(0.1)'.
import {register} from '../tfjs/ownLayer';
import {tf} from '../tfjs/tensorflow';

type Formula = (x: tf.Tensor) => tf.Tensor;

/** x/6 + 1/2 between 0 and 1: Keras 3's hard sigmoid, where Keras 2 and TensorFlow.js have 0.2x + 0.5. */
const hardSigmoid: Formula = (x) => x.div(6).add(0.5).clipByValue(0, 1);
const shrunk = (x: tf.Tensor, by: number) => tf.sign(x).mul(tf.relu(x.abs().sub(by)));

const FORMULAS: Readonly<Record<string, Formula>> = {
  hardSigmoidOfSixths: hardSigmoid,
  hardSilu: (x) => x.mul(hardSigmoid(x)),
  exponential: (x) => x.exp(),
  hardTanh: (x) => x.clipByValue(-1, 1),
  logSigmoid: (x) => tf.softplus(x.neg()).neg(),
  tanhShrink: (x) => x.sub(x.tanh()),
  softShrink: (x) => shrunk(x, 0.5),
  hardShrink: (x) => x.mul(tf.step(x.abs().sub(0.5))),
  celu: (x) => tf.relu(x).add(tf.minimum(x, 0).exp().sub(1)),
  sparsePlus: (x) => tf.relu(x).add(tf.relu(tf.sub(1, x.abs())).square().div(4)),
  sparseSigmoid: (x) => x.clipByValue(-1, 1).add(1).div(2),
  squareplus: (x) => x.add(x.square().add(4).sqrt()).div(2),
};

/** The names in TensorFlow.js → Keras's, of those above. */
export const OWN_ACTIVATIONS: ReadonlyMap<string, string> = new Map([
  ['hard_sigmoid_of_sixths', 'hard_sigmoid'],
  ...'hard_silu exponential hard_tanh log_sigmoid tanh_shrink soft_shrink hard_shrink celu sparse_plus sparse_sigmoid squareplus'
    .split(' ')
    .map((name) => [name, name] as const),
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
