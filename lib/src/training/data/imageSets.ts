import type {ImageSet} from '../../data/imageSet';
import {CallError} from '../../arguments/publicCall';
import type {CompiledModel} from '../../tfjs/compiled';
import {tf} from '../../tfjs/tensorflow';
import {checkClasses, nameOfLoss} from './check';

/** A set's pictures as a model takes them: the values as they are stored, grey ones with a channel dimension. */
export function picturesOf(set: ImageSet, container: tf.LayersModel): tf.Tensor {
  return tf.tidy(() => {
    const pictures = set.tensor();
    const takesChannels = container.inputs[0]!.shape.length === 4;
    return pictures.rank === 3 && takesChannels ? pictures.expandDims(-1) : pictures;
  });
}

/** A set's class numbers in the form that the loss compares: as they are, or one-hot. */
export function targetsOf(set: ImageSet, {container, losses}: CompiledModel): tf.Tensor {
  const {outputs, outputNames} = container;
  if (outputs.length !== 1) {
    throw new CallError(
      `the model has ${outputs.length} outputs (${outputNames.join(', ')}) but an ImageSet has labels for one; pass y, too`,
    );
  }
  const units = outputs[0]!.shape.at(-1)!;
  const loss = nameOfLoss(container, losses[0], outputNames[0]!, 0);
  return tf.tidy(() => {
    const numbers = tf.tensor1d(Int32Array.from(set.labels), 'int32');
    if (loss === 'sparseCategoricalCrossentropy') return numbers;
    // A single output that tells two classes apart.
    if (units === 1) {
      checkClasses('y', numbers, 2);
      return numbers.toFloat().expandDims(1);
    }
    checkClasses('y', numbers, units);
    return tf.oneHot(numbers, units);
  });
}
