import {tf} from '../tfjs/tensorflow';

/**
 * Pictures of another size, sampled at the middles of pixels, as Keras does.
 *
 * @param x [examples, height, width, channels]
 * @param interpolation bilinear, unless nearest
 */
export function resized(x: tf.Tensor4D, size: [number, number], interpolation: unknown): tf.Tensor {
  const nearest = interpolation === 'nearest';
  const resize = nearest ? tf.image.resizeNearestNeighbor : tf.image.resizeBilinear;
  const [, height, width] = x.shape;
  // TensorFlow.js's own gradient is that of other sampling points.
  const withGradient = tf.customGrad((pictures) => ({
    value: resize(pictures as tf.Tensor4D, size, false, true),
    gradFunc: (dy: tf.Tensor) => {
      const down = sampling(height, size[0], nearest);
      const right = sampling(width, size[1], nearest);
      const columns = product(dy.transpose([0, 2, 3, 1]), down);
      return product(columns.transpose([0, 3, 2, 1]), right).transpose([0, 1, 3, 2]);
    },
  }));
  return withGradient(x);
}

/** Times a matrix, along the last axis. */
function product(x: tf.Tensor, matrix: tf.Tensor2D): tf.Tensor {
  const [rows, columns] = matrix.shape;
  return tf.matMul(x.reshape([-1, rows]), matrix).reshape([...x.shape.slice(0, -1), columns]);
}

/** How much each of the old pixels has in each of the new, along an axis: [to, from]. */
function sampling(from: number, to: number, nearest: boolean): tf.Tensor2D {
  const shares = new Float32Array(to * from);
  for (let i = 0; i < to; i++) {
    const at = ((i + 0.5) * from) / to;
    const low = Math.floor(at - 0.5);
    const share = at - 0.5 - low;
    const put = (place: number, value: number) => {
      shares[i * from + Math.min(Math.max(place, 0), from - 1)]! += value;
    };
    if (nearest) put(Math.floor(at), 1);
    else {
      put(low, 1 - share);
      put(low + 1, share);
    }
  }
  return tf.tensor2d(shares, [to, from]);
}
