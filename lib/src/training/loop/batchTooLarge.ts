import {CallError} from '../../arguments/publicCall';
import type {Step} from '../../graph/program';
import {record} from '../../graph/recording';
import {isOutOfMemory} from '../../tfjs/binding';
import {tf} from '../../tfjs/tensorflow';

/**
 * The error for a batch that TensorFlow got no memory for. Half of it is tried, then a quarter, until one fits; trying
 * leaves the model as it is.
 *
 * @param step What was run.
 * @param inputs The seed, then the batch's tensors.
 */
export function batchTooLarge(step: Step, [seed, ...data]: tf.Tensor[]): CallError {
  const size = data[0]!.shape[0];
  const problem = `TensorFlow got no memory for a batch of ${size} examples`;
  for (let half = Math.floor(size / 2); half >= 1; half = Math.floor(half / 2)) {
    if (fits(step, seed!, data, half)) return new CallError(`${problem}; one of ${half} fits: pass batchSize: ${half}`);
  }
  return new CallError(`${problem}, nor for a single one; close other programs, or take a smaller model`);
}

function fits(step: Step, seed: tf.Tensor, data: tf.Tensor[], size: number): boolean {
  const part = data.map((tensor) => tf.slice(tensor, 0, size));
  try {
    record([seed, ...part], () => step([seed, ...part]));
    return true;
  } catch (error) {
    // Any other reason not to be recorded comes when the step has run.
    return !isOutOfMemory(error);
  } finally {
    tf.dispose(part);
  }
}
