"""The operations of keras.ops that convlab computes between layers."""

import keras
import numpy as np


def operations():
    """Of two tensors [n, 6, 5]: any numbers, and numbers between 0 and 1."""
    o = keras.ops
    yield "reshape", lambda x, y: o.reshape(x, (-1, 3, 10))
    yield "concatenate", lambda x, y: o.concatenate([x, y, x], axis=1)
    yield "stack", lambda x, y: o.stack([x, y], axis=-1)
    yield "softmax", lambda x, y: o.softmax(x, axis=1) + o.softmax(y) + o.log_softmax(x)
    yield "clip", lambda x, y: o.clip(x, -0.5, 0.75)
    yield "axes", lambda x, y: o.squeeze(o.expand_dims(x, 1), axis=1) + o.swapaxes(o.transpose(y, (0, 2, 1)), 1, 2)
    yield "where", lambda x, y: o.where(x > 0.1, x, y) + o.where(x > y, 0.0, x)
    yield "logic", lambda x, y: o.cast(o.logical_and(x > 0, o.logical_not(y <= 0.5)), "float32") + o.cast(o.logical_or(x < 0, y != x), "float32") * x
    yield "arithmetic", lambda x, y: o.maximum(x, y) + o.minimum(x, 0.3) + y**2 + 2**y + x / (y + 1) + x % 0.7 + o.cast(x // 0.7, "float32")
    yield "matmul", lambda x, y: o.matmul(x, o.transpose(y, (0, 2, 1)))
    yield "reduce", lambda x, y: o.sum(x, axis=1, keepdims=True) + o.mean(x, axis=-1, keepdims=True) + o.max(x, axis=1, keepdims=True) - o.min(x, axis=(1, 2), keepdims=True)
    yield "spread", lambda x, y: o.std(x, axis=1, keepdims=True) + o.var(x, axis=-1, keepdims=True) + o.logsumexp(x, axis=-1, keepdims=True) + o.prod(y, axis=1, keepdims=True)
    yield "norm", lambda x, y: o.normalize(x, axis=-1) + o.norm(y, axis=1, keepdims=True)
    yield "elementwise", lambda x, y: o.sqrt(y) + o.rsqrt(y) + o.square(x) + o.exp(x) + o.log(y) + abs(x) + o.log1p(y) + o.expm1(x) + o.reciprocal(y + 1) + o.sin(x) + o.cos(x) - o.sign(x) + o.floor(x) + o.ceil(x)
    yield "activations", lambda x, y: o.leaky_relu(x, 0.1) + o.elu(x, 0.7) + o.gelu(x) + o.gelu(x, approximate=False) + o.selu(x) + o.softsign(x) + o.hard_sigmoid(x) + o.hard_silu(x) + o.log_sigmoid(x) + o.softplus(x) + o.silu(x) + o.tanh(x)
    yield "argmax", lambda x, y: x + o.cast(o.argmax(x, axis=-1, keepdims=True), "float32") + o.one_hot(o.argmin(y, axis=-1), 5)
    yield "pad", lambda x, y: o.pad(x, [[0, 0], [1, 2], [0, 1]])
    yield "copies", lambda x, y: o.tile(x, [1, 2, 1]) + o.repeat(y, 2, axis=1)
    yield "repeated_unevenly", lambda x, y: o.repeat(x, [2, 0, 1, 3, 1, 1], axis=1) + o.repeat(y[:, :4], [2], axis=1)
    yield "many_hot", lambda x, y: o.multi_hot(o.cast(y * 5, "int32"), 5) * x[:, :5]
    yield "any", lambda x, y: x * o.cast(o.any(x > 0.5, axis=-1, keepdims=True), "float32") + o.cast(o.all(y > 0.2, axis=1, keepdims=True), "float32")
    yield "trigonometry", lambda x, y: o.tan(y) + o.arcsin(y * 0.9) + o.arccos(y * 0.9) + o.arctan(x) + o.sinh(x) + o.cosh(x) + o.arcsinh(x) + o.arccosh(y + 1.5) + o.arctanh(y * 0.9) + o.erf(x) + o.log2(y) + o.log10(y) + o.round(x)
    yield "likes", lambda x, y: o.zeros_like(x) + y * o.ones_like(x) + np.arange(5, dtype="float32")
    yield "moved", lambda x, y: o.moveaxis(o.roll(x, 2, axis=1), 1, -1) + o.moveaxis(o.roll(y, (1, -1), axis=(1, 2)), (1, 2), (2, 1))
    yield "averages", lambda x, y: x * o.expand_dims(o.average(y, axis=1), 1) + o.amax(x, axis=1, keepdims=True) + o.amin(y, axis=-1, keepdims=True)
    yield "split", lambda x, y: (lambda a: o.concatenate([a[2], a[0] * 2, a[1]], axis=1))(o.split(x, 3, axis=1))
    yield "split_whole", lambda x, y: o.concatenate(o.split(x, 1, axis=1) + o.array_split(y, 1, axis=1), axis=1)
    yield "split_places", lambda x, y: (lambda a: o.concatenate([a[1], a[0]], axis=-1) + o.hsplit(y, 2)[1][:, :1])(o.split(x, [2], axis=-1))
    yield "split_uneven", lambda x, y: o.concatenate(o.array_split(x, 4, axis=1)[::-1], axis=1) * o.mean(o.vstack([y, y]))
    yield "unstack", lambda x, y: o.stack(o.unstack(x, axis=1)[::-1], axis=2)
    yield "top_k", lambda x, y: (lambda a: a[0] + o.cast(a[1], "float32"))(o.top_k(x, 3))
    yield "top_values", lambda x, y: o.top_k(x, 2)[0]
    yield "einsum", lambda x, y: o.einsum("bij,bkj->bik", x, y)
    yield "einsum_spread", lambda x, y: o.einsum("...ij,...kj->...k", x, y) + o.einsum("bij->bi", x)
    yield "einsum_constant", lambda x, y: o.einsum("bij,jk->bki", x, np.arange(15, dtype="float32").reshape(5, 3))
    yield "pixels", lambda x, y: o.reshape(o.depth_to_space(o.reshape(x[:, :, :4], (-1, 3, 2, 4)), 2), (-1, 24)) * o.reshape(o.space_to_depth(o.reshape(y[..., 1:], (-1, 4, 6, 1)), 2), (-1, 24))
    yield "pooled", lambda x, y: o.max_pool(x, 2) + o.average_pool(y, 2, strides=2)
    yield "pooled_pictures", lambda x, y: o.max_pool(o.expand_dims(x, -1), (2, 1), padding="same") + o.average_pool(o.expand_dims(y, -1), 3, strides=(2, 1), padding="same")
    yield "convolution", lambda x, y: o.conv(o.expand_dims(x, -1), np.ones((3, 3, 1, 2), "float32"), padding="same") + o.depthwise_conv(o.expand_dims(y, -1), np.arange(9, dtype="float32").reshape(3, 3, 1, 1), padding="same")
    yield "convolution_1d", lambda x, y: o.conv(x, np.arange(40, dtype="float32").reshape(2, 5, 4) / 40, strides=2)
    yield "resize", lambda x, y: o.image.resize(o.expand_dims(x, -1), (4, 9)) + o.image.resize(o.expand_dims(y, -1), (4, 9), interpolation="bicubic", antialias=True)
    yield "gray", lambda x, y: o.image.rgb_to_grayscale(o.reshape(x, (-1, 2, 5, 3)))
    yield "margins", lambda x, y: o.image.pad_images(o.expand_dims(x, -1), 1, 2, 0, 1) * o.image.crop_images(o.image.pad_images(o.expand_dims(y, -1), 3, 1, target_height=11, target_width=9), 2, 1, 2, 0)
    yield "padding", lambda x, y: o.pad(x, [[0, 0], [1, 2], [0, 1]], constant_values=0.5) + o.pad(y, [[0, 0], [1, 2], [1, 0]], mode="reflect")
    yield "products", lambda x, y: o.tensordot(x, np.ones((5, 2), "float32"), axes=1) * o.dot(y, np.arange(10, dtype="float32").reshape(5, 2))
    yield "attend", lambda x, y: (lambda q, k: o.dot_product_attention(q, k, k))(o.reshape(x, (-1, 6, 1, 5)), o.reshape(y, (-1, 3, 2, 5))[:, :, :1])
    yield "attend_causally", lambda x, y: (lambda q, k: o.dot_product_attention(q, k, q, scale=0.3, is_causal=True))(o.reshape(x, (-1, 6, 1, 5)), o.reshape(y, (-1, 6, 1, 5)))
    yield "attend_masked", lambda x, y: (lambda q, k: o.dot_product_attention(q, k, q, mask=np.tril(np.ones((1, 1, 6, 6), bool))))(o.reshape(x, (-1, 6, 1, 5)), o.reshape(y, (-1, 6, 1, 5)))
    yield "normalizations", lambda x, y: o.layer_normalization(x, axis=-1) + o.rms_normalization(y) + o.layer_normalization(x, np.ones(5, "float32"), np.arange(5, dtype="float32"))
    yield "batch_normalization", lambda x, y: o.batch_normalization(x, np.arange(5, dtype="float32"), np.ones(5, "float32"), -1, scale=np.full(5, 2, "float32"))
    yield "moments", lambda x, y: (lambda a: x * a[0] + a[1])(o.moments(y, axes=[1], keepdims=True))
    yield "weighed", lambda x, y: x * o.expand_dims(o.average(y, axis=1, weights=np.arange(6, dtype="float32")), 1)
    yield "sorted", lambda x, y: o.sort(x, axis=1) + o.cast(o.argsort(y, axis=-1), "float32") + o.median(x, axis=1, keepdims=True) + o.median(y, axis=-1, keepdims=True)
    yield "taken_along", lambda x, y: o.take_along_axis(x, o.argsort(y, axis=1), axis=1)
    yield "taken_along_broadcast", lambda x, y: o.take_along_axis(x, np.array([[[2], [0], [-1]]]), axis=1) + o.take_along_axis(x[:, :1], np.array([[[0, 1, 4, -1, 2]]]), axis=-1)
    yield "triangles", lambda x, y: o.tril(x) + o.triu(y, 1)
    yield "diagonals", lambda x, y: o.diagonal(x, 1, 1, 2)[:, None, :3] * y[..., :3] + o.diagonal(y, -2, 1, 2)[:, None, :3] + o.trace(y, axis1=1, axis2=2)[:, None, None] * x[..., :3]
    yield "turned", lambda x, y: o.rot90(x, axes=(1, 2)) + o.rot90(y, -1, axes=(1, 2)) + o.rot90(o.fliplr(o.flipud(x)), 3, axes=(1, 2))
    yield "differences", lambda x, y: o.diff(x, axis=1) + o.diff(y, n=2, axis=1)[:, :1]
    yield "rounded", lambda x, y: o.trunc(x * 3) + o.stop_gradient(y) * x + o.heaviside(x, y) + o.cast(o.isfinite(y), "float32") + o.cast(o.logical_xor(x > 0, y > 0.5), "float32") + o.nan_to_num(x)
    yield "more_elementwise", lambda x, y: o.cbrt(y) + o.exp2(x) + o.sinc(x) + o.deg2rad(x) + o.rad2deg(y) / 60 + o.erfc(x) + o.arctan2(x, y) + o.hypot(x, y) + o.logaddexp(x, y) + o.divide_no_nan(x, y) + o.copy(x)
    yield "more_activations", lambda x, y: o.celu(x, 0.7) + o.hard_tanh(x) + o.tanh_shrink(x) + o.soft_shrink(x, 0.3) + o.hard_shrink(x, 0.3) + o.threshold(x, 0.2, -1.0) + o.squareplus(x, 3) + o.sparse_sigmoid(x) + o.sparse_plus(x) + o.glu(o.concatenate([x, y], -1))
    yield "more_reductions", lambda x, y: x * o.cast(o.count_nonzero(x > 0, axis=1), "float32")[:, None] + o.ptp(y, axis=1, keepdims=True) + o.norm(x, ord=1, axis=-1, keepdims=True) + o.norm(y, ord=2, axis=1, keepdims=True)
    yield "filled", lambda x, y: o.full_like(x, 3.0) * y + o.broadcast_to(o.mean(x, axis=0, keepdims=True)[0], (6, 5)) + o.slice(x, [0, 0, 1], [1, 6, 1])
    yield "filled_whole", lambda x, y: o.cast(o.full_like(x, 3.7, dtype="int32"), "float32") * y + o.full_like(x, np.arange(5, dtype="float32")) * x
    yield "numbers_in", lambda x, y: o.nan_to_num(x, posinf=0.5, neginf=-0.25) + o.nan_to_num(o.where(x > 0.8, np.inf, o.where(x < -0.8, -np.inf, o.where(y > 0.9, np.nan, x))), nan=0.3, posinf=0.4, neginf=-0.6)
    yield "numbers_in_infinity", lambda x, y: o.clip(x, 0.1, np.inf) + o.norm(x, ord=np.inf, axis=-1, keepdims=True) + o.norm(y, ord=3, axis=1, keepdims=True) + o.max(x, axis=1, keepdims=True, initial=0.4) + o.cast(o.isfinite(o.logsumexp(o.full_like(x, -np.inf), axis=1, keepdims=True)), "float32") + o.where(x > 5, o.triu(o.full_like(x, -np.inf), 1), y)
    yield "numbers_in_whole", lambda x, y: (lambda i: o.cast(o.round(i), "float32") * x + o.median(i, axis=(1, 2), keepdims=True) + o.norm(i, axis=1, keepdims=True) + o.sqrt(o.abs(i) + 1) * y + o.cast(o.concatenate([i, x], axis=1)[:, 3:9], "float32"))(o.cast(x * 3, "int32"))
    yield "vectors", lambda x, y: o.matmul(x, np.arange(5, dtype="float32"))[:, :, None] * y + o.matmul(np.arange(6, dtype="float32"), y)[:, None] + o.tile(x, [1, 1, 1, 1])[0] + o.depthwise_conv(x, np.arange(10, dtype="float32").reshape(2, 5, 1), padding="same")
    yield "einsum_unnamed", lambda x, y: o.einsum("bij,jk", x, np.arange(15, dtype="float32").reshape(5, 3))
    yield "put_together", lambda x, y: o.hstack([x, y]) * o.append(y, x, axis=1) + o.dstack([x, y])[:, :1, :5]
    yield "narrow", lambda x, y: o.cast(o.cast(x, "float16"), "float32") + o.cast(o.cast(y, "bfloat16"), "float32")
    yield "half_turn", lambda x, y: o.rot90(x[:, :5], 2, axes=(1, 2)) + y[:, :5]
    yield "order", lambda x, y: o.flip(x, axis=1) + o.cumsum(y, axis=1) + o.take(x, [0, 2, -1, 1, 3, 3], axis=1)
