import {tf} from '../tensorflow';
import type {CompiledModel} from './compiled';
import {releaseTape} from './tape';

/**
 * One step of training: forward, loss, gradients, optimizer update, constraints. Synchronous, and made of nothing but
 * tensor operations, so that it can run as it is or be recorded.
 *
 * @returns A vector: the batch's loss, with the regularizers' penalties, then its metrics, as `compiled.names` has them.
 */
export function trainStep(compiled: CompiledModel, xs: tf.Tensor[], ys: tf.Tensor[]): tf.Tensor {
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
    }, compiled.weights.map(variableOf));
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
  const outputs = container.call(xs, {training});
  return Array.isArray(outputs) ? outputs : [outputs];
}

function outputLosses(compiled: CompiledModel, ys: tf.Tensor[], outputs: tf.Tensor[]): tf.Scalar[] {
  return compiled.losses.map((loss, i) => loss(ys[i]!, outputs[i]!).mean());
}

function totalLoss(compiled: CompiledModel, losses: tf.Scalar[]): tf.Scalar {
  return [...losses, ...compiled.container.calculateLosses()].reduce((total, loss) => total.add(loss));
}

function measured(compiled: CompiledModel, losses: tf.Scalar[], ys: tf.Tensor[], outputs: tf.Tensor[]): tf.Scalar[] {
  const several = outputs.length > 1;
  return compiled.metrics.map(([metric, output], i) =>
    several && i < outputs.length ? losses[i]! : metric(ys[output]!, outputs[output]!).mean(),
  );
}

/** The tfjs variable that a layer's weight is kept in. */
export function variableOf(weight: tf.LayerVariable): tf.Variable {
  return (weight as unknown as {val: tf.Variable}).val;
}
