import {isStream} from '../loop/batches';
import type {BatchStream, TensorData} from '../types';

/** Streams bring their labels with them, so that the options come in second place after one. */
export function labelsAndOptions<Options extends object>(
  x: TensorData | BatchStream,
  rest: [TensorData, Options?] | [Options?],
): [TensorData | undefined, Options | undefined] {
  return isStream(x) ? [undefined, rest[0] as Options | undefined] : [rest[0] as TensorData | undefined, rest[1]];
}
