// A tensor's pieces, as NumPy's brackets name them.
import {tf} from '../tfjs/tensorflow';

/** One piece of a tensor's index: a range (null where it is open), a place, all axes that are left, or a new axis. */
export type Index = (number | null)[] | number | 'ellipsis' | 'newaxis';

/** `x[indices]`, as NumPy has it. */
export function indexed(x: tf.Tensor, indices: Index[]): tf.Tensor {
  const named = indices.filter((index) => index !== 'ellipsis' && index !== 'newaxis').length;
  const open: Index = [null, null, null];
  const rest = Array.from({length: x.rank - named}, () => open);
  const at = indices.indexOf('ellipsis');
  const whole = at < 0 ? [...indices, ...rest] : [...indices.slice(0, at), ...rest, ...indices.slice(at + 1)];
  const steps = whole.filter((index) => index !== 'newaxis') as ((number | null)[] | number)[];
  const places = steps.map((step, axis): {from: number; to: number; by: number} => {
    const size = x.shape[axis]!;
    const place = (index: number) => Math.min(Math.max(index < 0 ? index + size : index, 0), size);
    if (!Array.isArray(step)) return {from: place(step), to: place(step) + 1, by: 1};
    const [start, stop, by] = step;
    return {from: place(start ?? 0), to: place(stop ?? size), by: by ?? 1};
  });
  // Not stridedSlice, which has no gradient.
  const begin = places.map(({from}) => from);
  let picked = x.slice(
    begin,
    places.map(({from, to}) => Math.max(to - from, 0)),
  );
  places.forEach(({by}, axis) => {
    if (by > 1) picked = picked.gather(tf.range(0, picked.shape[axis]!, by, 'int32'), axis);
  });
  let from = 0;
  const shape = whole.flatMap((index) => {
    if (index === 'newaxis') return [1];
    const size = picked.shape[from++]!;
    return Array.isArray(index) ? [size] : [];
  });
  return picked.reshape(shape);
}
