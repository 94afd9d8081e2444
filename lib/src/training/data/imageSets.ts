import type {ImageSet} from '../../data/imageSet';
import {CallError} from '../../arguments/publicCall';
import type {CompiledModel} from '../compiled';
import {tf} from '../../tfjs/tensorflow';
import {checkClasses} from './check';
import {fits, printShape, setHint} from './hints';

/**
 * A set's pictures as a model takes them: the values as they are stored, grey ones with a channel dimension.
 *
 * @throws CallError when the model takes pictures of another size or colour.
 */
export function picturesOf(set: ImageSet, container: tf.LayersModel): tf.Tensor {
  const expected = container.inputs[0]!.shape;
  const takesChannels = expected.length === 4;
  const shape = set.shape.length === 3 && takesChannels ? [...set.shape, 1] : set.shape;
  if (container.inputs.length === 1 && !fits(shape, expected)) {
    throw new CallError(
      `x has shape ${printShape(shape)} but the model takes ${printShape(expected)}${setHint(set.shape, expected)}`,
    );
  }
  return tf.tidy(() => set.tensor().reshape(shape));
}

const BINARY = /^binary|^(squaredH|h)inge$/;

/** A set's class numbers in the form that the loss compares: as they are, or one-hot. */
export function targetsOf(set: ImageSet, {container, losses}: CompiledModel): tf.Tensor {
  const {outputs, outputNames} = container;
  if (outputs.length !== 1) {
    throw new CallError(
      `the model has ${outputs.length} outputs (${outputNames.join(', ')}) but an ImageSet has labels for one; pass y, too`,
    );
  }
  const units = outputs[0]!.shape.at(-1)!;
  const loss = losses[0]!.name;
  return tf.tidy(() => {
    const numbers = tf.tensor1d(Int32Array.from(set.labels), 'int32');
    if (loss === 'sparseCategoricalCrossentropy') return numbers;
    if (units === 1) {
      // A single output that tells two classes apart; by any other loss it may be a number that counts something.
      if (BINARY.test(loss ?? '')) checkClasses('y', numbers, 2);
      return numbers.toFloat().expandDims(1);
    }
    checkClasses('y', numbers, units);
    return tf.oneHot(numbers, units);
  });
}
