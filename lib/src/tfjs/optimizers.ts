// Three of tfjs's optimizers compute what no book and not Keras has. Importing this file puts them right:
// Adam adds its epsilon to the second moment after the bias is corrected, where Keras does before (Kingma & Ba's
// "epsilon hat"); RMSprop, centred, subtracts its epsilon, and finds the root of a negative number where a first gradient
// is 0; Adadelta divides by the gradients before this one, so that its first step is the whole gradient.
import {withReplaced} from './replaced';
import {tf} from './tensorflow';

type Gradients = Record<string, tf.Tensor | null> | {name: string; tensor: tf.Tensor | null}[];

// As in tfjs-core 4.22, which keeps these protected.
interface Optimizer {
  applyGradients: (gradients: Gradients) => void;
  epsilon: number | tf.Tensor;
}
interface Adam extends Optimizer {
  /** The power of beta2 that this step corrects by. */
  accBeta2: tf.Variable;
}
interface RMSprop extends Optimizer {
  centered: boolean;
}
interface Adadelta extends Optimizer {
  learningRate: number;
  rho: number;
  accumulatedGrads: {variable: tf.Variable}[];
  accumulatedUpdates: {variable: tf.Variable}[];
}

function patch<Kind extends Optimizer>(
  {prototype}: {prototype: Kind},
  apply: (optimizer: Kind, gradients: Gradients, usual: (gradients: Gradients) => void) => void,
): void {
  const usual = prototype.applyGradients;
  prototype.applyGradients = function (this: Kind, gradients) {
    apply(this, gradients, (given) => {
      usual.call(this, given);
    });
  };
}

patch(tf.AdamOptimizer as unknown as {prototype: Adam}, (adam, gradients, usual) => {
  tf.tidy(() => {
    const epsilon = tf.div(adam.epsilon, tf.sub(1, adam.accBeta2).sqrt());
    withReplaced<Adam, unknown>(adam, {epsilon}, () => {
      usual(gradients);
    });
  });
});

patch(tf.RMSPropOptimizer as unknown as {prototype: RMSprop}, (rmsprop, gradients, usual) => {
  const {epsilon, centered} = rmsprop;
  tf.tidy(() => {
    withReplaced<RMSprop, unknown>(rmsprop, centered ? {epsilon: tf.neg(epsilon)} : {}, () => {
      usual(gradients);
    });
  });
});

patch(tf.AdadeltaOptimizer as unknown as {prototype: Adadelta}, (adadelta, gradients, usual) => {
  const all = Array.isArray(gradients)
    ? gradients
    : Object.entries(gradients).map(([name, tensor]) => ({name, tensor}));
  // Makes the memory of each variable, and counts the step.
  usual(all.map(({name}) => ({name, tensor: null})));
  const {rho, epsilon, learningRate, accumulatedGrads, accumulatedUpdates} = adadelta;
  const {registeredVariables} = tf.engine();
  all.forEach(({name, tensor}, i) => {
    if (tensor === null) return;
    tf.tidy(() => {
      const [squares, updates] = [accumulatedGrads[i]!.variable, accumulatedUpdates[i]!.variable];
      const running = (average: tf.Tensor, next: tf.Tensor) => average.mul(rho).add(next.square().mul(1 - rho));
      squares.assign(running(squares, tensor));
      const update = updates.add(epsilon).sqrt().mul(tensor).div(squares.add(epsilon).sqrt());
      updates.assign(running(updates, update));
      const variable = registeredVariables[name]!;
      variable.assign(variable.sub(update.mul(learningRate)));
    });
  });
});
