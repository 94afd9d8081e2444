import {describe} from '../arguments/describe';
import {CallError} from '../arguments/publicCall';
import {withLayersInside} from './layers';
import {tf} from './tensorflow';
import type {CompiledModel, LossFunction} from './compiled';
import {withFrozenNormalization} from './frozen';
import './pointwise';
import {releaseTape} from './tape';

/**
 * One step of training: forward, loss, gradients, optimizer update, constraints. Synchronous, and made of nothing but
 * tensor operations, so that it can run as it is or be recorded.
 *
 * @returns A vector: the batch's loss, with the regularizers' penalties, then its metrics, as `compiled.names` has them.
 */
export function trainStep(compiled: CompiledModel, xs: tf.Tensor[], ys: tf.Tensor[]): tf.Tensor {
  const variables = compiled.weights.map(variableOf);
  if (!variables.some(({trainable}) => trainable)) throw new CallError(ALL_FROZEN);
  return tf.tidy(() => {
    let metrics: tf.Scalar[] = [];
    const {value, grads} = tf.variableGrads(() => {
      try {
        const outputs = forward(compiled.container, xs, true);
        const losses = outputLosses(compiled, ys, outputs);
        metrics = measured(compiled, losses, ys, outputs).map((metric) => tf.keep(metric));
        return totalLoss(compiled, losses);
      } catch (error) {
        releaseTape();
        throw error;
      }
    }, variables);
    compiled.optimizer.applyGradients(grads);
    // tfjs's own fit leaves constraints out; Keras projects the weights after every update.
    for (const weight of compiled.weights) {
      // The declarations promise a constraint; most weights have none.
      if ((weight.constraint as typeof weight.constraint | null) !== null)
        weight.write(weight.constraint.apply(weight.read()));
    }
    const results = tf.stack([value, ...metrics]);
    tf.dispose(metrics);
    return results;
  });
}

const ALL_FROZEN =
  'the model has no weights to train, as all its layers are frozen; set trainable = true on some of them and compile again';

/** The loss and the metrics of a batch, as in `trainStep`, without learning from it. */
export function testStep(compiled: CompiledModel, xs: tf.Tensor[], ys: tf.Tensor[]): tf.Tensor {
  return tf.tidy(() => {
    const outputs = forward(compiled.container, xs, false);
    const losses = outputLosses(compiled, ys, outputs);
    return tf.stack([totalLoss(compiled, losses), ...measured(compiled, losses, ys, outputs)]);
  });
}

/** The model's outputs for a batch. */
export function predictStep(container: tf.LayersModel, xs: tf.Tensor[]): tf.Tensor[] {
  return tf.tidy(() => forward(container, xs, false));
}

function forward(container: tf.LayersModel, xs: tf.Tensor[], training: boolean): tf.Tensor[] {
  const call = () => container.call(xs, {training});
  const outputs = training ? withFrozenNormalization(container, call) : call();
  return Array.isArray(outputs) ? outputs : [outputs];
}

function outputLosses(compiled: CompiledModel, ys: tf.Tensor[], outputs: tf.Tensor[]): tf.Scalar[] {
  return compiled.losses.map((loss, i) => meanOf('loss', loss, ys[i]!, outputs[i]!));
}

function totalLoss(compiled: CompiledModel, losses: tf.Scalar[]): tf.Scalar {
  return [...losses, ...penalties(compiled.container)].reduce((total, loss) => total.add(loss));
}

/** The regularizers' penalties. tfjs forgets those inside recurrent layers, and counts a layer that is used twice twice. */
function penalties(container: tf.LayersModel): tf.Scalar[] {
  const layers = [...new Set(withLayersInside(container))];
  return layers.flatMap((layer) => (layer as unknown as {_losses: (() => tf.Scalar)[]})._losses.map((f) => f()));
}

function meanOf(what: string, f: LossFunction, yTrue: tf.Tensor, yPred: tf.Tensor): tf.Scalar {
  const values: unknown = f(yTrue, yPred);
  if (values instanceof tf.Tensor) return values.mean();
  throw new Error(
    `the ${what} that the model was compiled with must return a tensor, got ${describe(values)}; calculate with tensors, as in yTrue.sub(yPred).square()`,
  );
}

function measured(compiled: CompiledModel, losses: tf.Scalar[], ys: tf.Tensor[], outputs: tf.Tensor[]): tf.Scalar[] {
  const several = outputs.length > 1;
  return compiled.metrics.map(([metric, output], i) =>
    several && i < outputs.length ? losses[i]! : meanOf('metric', metric, ys[output]!, outputs[output]!),
  );
}

/** The tfjs variable that a layer's weight is kept in. */
export function variableOf(weight: tf.LayerVariable): tf.Variable {
  return (weight as unknown as {val: tf.Variable}).val;
}
