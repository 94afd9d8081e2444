import type {CompiledModel} from '../compiled';
import {withFrozenNormalization} from '../../tfjs/frozenNormalization';
import {withFusedNormalization} from '../../tfjs/fusedNormalization';
import {learningLayers, penaltiesOf, variableOf} from '../../tfjs/layers';
import {Logits} from '../../tfjs/logits';
import {Masks} from '../../tfjs/masks';
import '../../tfjs/slopes';
import '../../tfjs/dilation';
import '../../tfjs/layerNormalization';
import '../../tfjs/masking';
import '../../tfjs/normalization';
import '../../tfjs/optimizers';
import '../../tfjs/pointwise';
import '../../tfjs/transposedVolumes';
import '../../tfjs/repeatedInputs';
import '../../tfjs/severalOutputs';
import {releaseTape} from '../../tfjs/tape';
import {tf} from '../../tfjs/tensorflow';
import {reduced} from '../../losses/reduced';
import type {StepData} from '../data/batches';
import type {Prediction} from '../../losses/loss';

/**
 * One step of training: forward, loss, gradients, optimizer update, constraints. Synchronous, and made of nothing but
 * tensor operations, so that it can run as it is or be recorded.
 *
 * @returns A vector: what the batch adds to the counts of the loss, with the regularizers' penalties, and of the
 *   metrics, as `compiled.measures` has them.
 */
export function trainStep(compiled: CompiledModel, data: StepData): tf.Tensor {
  const variables = compiled.weights.map(variableOf);
  // With all weights frozen there is nothing to learn, but batch normalization goes on measuring.
  if (!variables.some(({trainable}) => trainable)) return tf.tidy(() => measure(compiled, data, true).counted);
  return tf.tidy(() => {
    let counts: tf.Tensor | undefined;
    const {value, grads} = tf.variableGrads(() => {
      try {
        const {loss, counted} = measure(compiled, data, true);
        counts = tf.keep(counted);
        return loss;
      } catch (error) {
        releaseTape();
        throw error;
      }
    }, variables);
    value.dispose();
    compiled.optimizer.applyGradients(grads);
    // tfjs's own fit leaves constraints out; Keras projects the weights after every update.
    for (const weight of compiled.weights) {
      // The declarations promise a constraint; most weights have none.
      if ((weight.constraint as typeof weight.constraint | null) !== null) {
        // Not weight.write(), which applies the constraint to what it is given: one that goes a part of the way went twice.
        variableOf(weight).assign(weight.constraint.apply(weight.read()));
      }
    }
    const results = counts!.clone();
    counts!.dispose();
    return results;
  });
}

/** What a batch adds to the counts, as in `trainStep`, without learning from it. */
export function testStep(compiled: CompiledModel, data: StepData): tf.Tensor {
  return tf.tidy(() => measure(compiled, data, false).counted);
}

/** The model's outputs for a batch. */
export function predictStep(container: tf.LayersModel, xs: tf.Tensor[]): tf.Tensor[] {
  return tf.tidy(() => outputsOf(container.call(xs, {training: false})));
}

function outputsOf(outputs: tf.Tensor | tf.Tensor[]): tf.Tensor[] {
  return Array.isArray(outputs) ? outputs : [outputs];
}

/** The loss, and what the batch adds to the counts. */
function measure(
  compiled: CompiledModel,
  {xs, ys, weights}: StepData,
  training: boolean,
): {loss: tf.Scalar; counted: tf.Tensor} {
  return forward(compiled, xs, training, (predictions) => {
    const losses = compiled.losses.map(({values, reduction, counts}, i) => {
      const found = values(ys[i]!, predictions[i]!);
      return reduced(found, weights[i], both(predictions[i]!.mask, counts?.(ys[i]!)), reduction);
    });
    const counting = losses.map((each, i) => {
      const {weight} = compiled.losses[i]!;
      return weight === 1 ? each : each.mul<tf.Scalar>(weight);
    });
    const loss = [...counting, ...penalties(compiled.model)].reduce((total, each) => total.add(each));
    const ofOutputs = losses.length > 1 ? losses : [];
    const averages = [loss, ...ofOutputs].flatMap((each) => [each, tf.scalar(1)]);
    const metrics = compiled.metrics.map(({metric, output}) => metric.count(ys[output]!, predictions[output]!));
    const counted = tf.concat([tf.stack(averages).mul(xs[0]!.shape[0]), ...metrics]);
    return {loss, counted};
  });
}

/** What counts by either. */
function both(mask: tf.Tensor | undefined, counted: tf.Tensor | undefined): tf.Tensor | undefined {
  if (mask?.size !== counted?.size) return counted ?? mask;
  return mask && counted ? mask.toBool().logicalAnd(counted.toBool().reshape(mask.shape)) : undefined;
}

/** Calls the model and hands its outputs to `use`, with the logits and masks that are behind them until it is done. */
function forward<T>(
  {model, container}: CompiledModel,
  xs: tf.Tensor[],
  training: boolean,
  use: (predictions: Prediction[]) => T,
): T {
  const [logits, masks] = [new Logits(), new Masks()];
  const call = () => outputsOf(container.call(xs, {training}));
  const train = () => withFusedNormalization(() => withFrozenNormalization(model, call));
  try {
    const outputs = logits.during(() => masks.during(container, training ? train : call));
    return use(outputs.map((values) => ({values, logits: logits.find(values), mask: masks.find(values)})));
  } finally {
    logits.dispose();
    masks.dispose();
  }
}

/**
 * The regularizers' penalties, but for those of frozen layers, as in Keras 3. tfjs counts these, too, forgets those inside
 * recurrent layers, and counts a layer that is used twice twice.
 */
function penalties(model: tf.LayersModel): tf.Scalar[] {
  return learningLayers(model).flatMap((layer) => penaltiesOf(layer).map((penalty) => penalty()));
}
