"""Models of blank pictures: where all numbers are 0, slopes change, and several places share the largest value."""

from keras import layers as L
from keras import ops as o

ACTIVATIONS = "relu relu6 leaky_relu elu selu celu gelu silu softplus softsign hard_sigmoid hard_silu hard_tanh hard_shrink soft_shrink tanh_shrink squareplus sparse_plus sparse_sigmoid sigmoid tanh softmax log_softmax log_sigmoid".split()
LAYERS = {
    "prelu": lambda: L.PReLU(),
    "leaky_relu_layer": lambda: L.LeakyReLU(0.2),
    "relu_layer": lambda: L.ReLU(negative_slope=0.1),
    "relu_bounded": lambda: L.ReLU(max_value=2, negative_slope=0.1, threshold=0.5),
    "relu_threshold": lambda: L.ReLU(max_value=1, threshold=0.0),
    "elu_layer": lambda: L.ELU(0.7),
    "max_pooling": lambda: L.MaxPooling2D(2),
    "max_pooling_overlapping": lambda: L.MaxPooling2D(3, strides=1, padding="same"),
    "global_max_pooling": lambda: L.GlobalMaxPooling2D(),
    "adaptive_max_pooling": lambda: L.AdaptiveMaxPooling2D(3),
    "average_pooling": lambda: L.AveragePooling2D(3, strides=2, padding="same"),
}
OPERATIONS = {
    "max": lambda x: o.max(x, axis=(1, 2)),
    "min": lambda x: o.min(x, axis=(1, 2)),
    "amax": lambda x: o.amax(x, axis=1, keepdims=True),
    "amin": lambda x: o.amin(x, axis=(1, 2, 3), keepdims=True) + x,
    "ptp": lambda x: o.subtract(o.max(x, axis=1), o.min(x, axis=1)),
    "maximum": lambda x: o.maximum(x, 0.0) + o.minimum(0.0, x) * 2,
    "maximum_of_two": lambda x: o.maximum(x, x * 2) + o.minimum(x * 3, x),
    "clip": lambda x: o.clip(x, 0.0, 1.0),
    "absolute": lambda x: o.abs(x) + x,
    "where": lambda x: o.where(x > 0, x, x * 0.3),
    "top_k": lambda x: o.top_k(x, 2)[0],
    "sort": lambda x: o.sort(x, axis=-1)[..., :2],
    "floor_divide": lambda x: x + o.floor_divide(x, 0.7) + o.mod(x, 0.7),
    "rounded": lambda x: x + o.floor(x) + o.ceil(x) + o.round(x) + o.sign(x) + o.trunc(x),
    "product": lambda x: o.prod(x, axis=-1) + o.sum(x, axis=-1),
    "logsumexp": lambda x: o.logsumexp(x, axis=(1, 2)),
    "cumulated": lambda x: o.cumsum(x, axis=1),
    "norm_of_largest": lambda x: o.norm(x, ord=float("inf"), axis=-1),
    "median": lambda x: o.median(x, axis=(1, 2)),
    "squares": lambda x: o.square(x) + o.power(x, 2) + x,
    "nan_to_num": lambda x: o.nan_to_num(x),
    "relu6_twice": lambda x: o.relu6(o.relu6(x + 6.0)),
}


def corners(graph):
    def ending(middle):
        return graph((6, 6, 2), lambda x: L.Dense(2)(L.Flatten()(middle(L.Conv2D(3, 3)(x)))))

    for name in ACTIVATIONS:
        yield f"blank_{name}", ending(L.Activation(name))
    for name, layer in LAYERS.items():
        yield f"blank_{name}", ending(lambda x, layer=layer: layer()(x))
    for name, operation in OPERATIONS.items():
        yield f"blank_operation_{name}", ending(operation)
    yield "blank_maximum_layer", graph((6, 6, 2), lambda x: (lambda a: L.Dense(2)(L.Flatten()(L.Maximum()([a, a * 2]))))(L.Conv2D(3, 3)(x)))
    yield "blank_minimum_layer", graph((6, 6, 2), lambda x: (lambda a: L.Dense(2)(L.Flatten()(L.Minimum()([a, a * 2]))))(L.Conv2D(3, 3)(x)))
