import {ImageSet} from '../../data/imageSet';
import {CallError} from '../../arguments/publicCall';
import {describe} from '../../arguments/describe';
import {tf} from '../../tfjs/tensorflow';
import {isStream} from './batches';
import type {Examples, TensorData} from '../types';

/**
 * The arguments behind x of `fit` and `evaluate`. Streams and ImageSets bring their targets with them, so that the
 * options come in second place after one; to an ImageSet other targets may be given.
 */
export function targetsAndOptions<Options extends object>(
  x: Examples,
  rest: [TensorData, Options?] | [Options?],
): [TensorData | undefined, Options | undefined] {
  if (x instanceof ImageSet && (ArrayBuffer.isView(rest[0]) || rest[0] instanceof ImageSet)) {
    throw new CallError(`an ImageSet brings its labels along; leave out y, got ${describe(rest[0])}`);
  }
  const optionsNext = isStream(x) || (x instanceof ImageSet && rest.length < 2 && !(rest[0] instanceof tf.Tensor));
  return optionsNext ? [undefined, rest[0] as Options | undefined] : [rest[0] as TensorData | undefined, rest[1]];
}
