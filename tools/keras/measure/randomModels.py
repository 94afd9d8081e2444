"""Keras makes random models for randomModels.mjs, and reads what convlab saved of them.

randomModels.py <folder> make <seed> <count>: saves <k>.keras and <k>.h5 with <k>.json, an input and the predictions, and
index.json, which layers each has. A model that Keras itself can't build, or whose numbers aren't finite, is left out.
randomModels.py <folder> judge: the largest difference from those predictions, for each <k>.again.keras and <k>.again.h5.
"""

import json
import os
import random
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")
import keras
import numpy as np
from keras import layers as L

ACTIVATIONS = "relu elu selu gelu silu tanh sigmoid softplus softsign hard_sigmoid exponential linear leaky_relu relu6 mish log_softmax softmax celu hard_swish".split()
SHAPES = [(8, 8, 3), (9, 7, 1), (6, 5), (10, 3), (7,)]
WORDS = 9
OPTIMIZERS = ["adam", "sgd", "rmsprop", "nadam", "adamw", "adagrad"]

folder, what = sys.argv[1:3]
path = lambda name: os.path.join(folder, name)


def of_pictures(r, x):
    height, width, channels = x.shape[1:]
    activation = lambda: r.choice(ACTIVATIONS)
    padding = lambda: r.choice(["same", "valid"])
    large = min(height, width) >= 4
    small = height < 20
    return [
        lambda: L.Conv2D(r.choice([4, 6, 8]), r.choice([1, 2, 3, (1, 3), (3, 1)]), strides=r.choice([1, 1, 2]), padding=padding(), activation=activation(), use_bias=r.random() < 0.8, kernel_regularizer=penalty(r))(x),
        lambda: L.Conv2D(4, 3, padding="same", dilation_rate=2)(x),
        lambda: L.Conv2D(4, 3, padding="same", groups=2)(L.Conv2D(4, 1)(x)),
        lambda: L.DepthwiseConv2D(3, padding="same", depth_multiplier=r.choice([1, 2]))(x),
        lambda: L.SeparableConv2D(5, 3, padding="same", activation=activation())(x),
        lambda: L.Conv2DTranspose(4, r.choice([2, 3]), strides=r.choice([1, 2]), padding=padding())(x),
        lambda: L.MaxPooling2D(2, padding=padding())(x) if large else x,
        lambda: L.AveragePooling2D(2, strides=r.choice([1, 2]), padding=padding())(x) if large else x,
        lambda: L.BatchNormalization(center=r.random() < 0.8, scale=r.random() < 0.8)(x),
        lambda: L.LayerNormalization(axis=r.choice([-1, [-1]]))(x),
        lambda: L.GroupNormalization(groups=r.choice([1, -1]))(x),
        lambda: L.UnitNormalization()(x),
        lambda: L.UpSampling2D(2, interpolation=r.choice(["nearest", "bilinear"]))(x) if small else x,
        lambda: L.ZeroPadding2D(r.choice([1, (1, 2), ((0, 1), (2, 0))]))(x),
        lambda: L.Cropping2D(1)(x) if large else x,
        lambda: L.Resizing(8, 8, interpolation=r.choice(["bilinear", "nearest"]))(x),
        lambda: L.Rescaling(1 / 127.5, offset=-1)(x),
        lambda: L.Permute((2, 1, 3))(x),
        lambda: L.PReLU(shared_axes=[1, 2])(x),
        lambda: L.LeakyReLU(negative_slope=0.1)(x),
        lambda: L.ReLU(max_value=6, negative_slope=0.1, threshold=0.1)(x),
        lambda: L.ELU(0.5)(x),
        lambda: L.Softmax(axis=-1)(x),
        lambda: L.Activation(activation())(x),
        lambda: L.SpatialDropout2D(0.3)(x),
        lambda: L.GaussianNoise(0.1)(x),
        lambda: L.Dropout(0.2)(x),
        lambda: L.ActivityRegularization(0.01)(x),
        lambda: L.Add()([x, L.Conv2D(channels, 3, padding="same")(x)]),
        lambda: L.Subtract()([x, L.ReLU()(x)]),
        lambda: L.Multiply()([x, L.Dense(channels, activation="sigmoid")(L.GlobalAveragePooling2D(keepdims=True)(x))]),
        lambda: L.Maximum()([x, L.Activation("tanh")(x)]),
        lambda: L.Average()([x, L.ReLU()(x)]),
        lambda: L.Concatenate()([x, L.Conv2D(3, 1, activation=activation())(x)]),
        lambda: x * 0.5 + 1.0,
        lambda: keras.ops.relu(x) - x,
        lambda: nested(r, x),
    ]


def of_sequences(r, x):
    steps, channels = x.shape[1:]
    activation = lambda: r.choice(ACTIVATIONS)
    long = steps >= 4
    return [
        lambda: L.LSTM(r.choice([3, 5]), return_sequences=True, recurrent_activation=r.choice(["sigmoid", "hard_sigmoid"]), go_backwards=r.random() < 0.2, unit_forget_bias=r.random() < 0.5)(x),
        lambda: L.GRU(4, return_sequences=True, reset_after=r.random() < 0.6)(x),
        lambda: L.SimpleRNN(4, return_sequences=True, activation=activation())(x),
        lambda: L.Bidirectional(r.choice([L.LSTM, L.GRU])(3, return_sequences=True), merge_mode=r.choice(["concat", "sum", "ave", "mul"]))(x),
        lambda: L.RNN(L.LSTMCell(4), return_sequences=True)(x),
        lambda: L.RNN([L.GRUCell(4), L.SimpleRNNCell(3)], return_sequences=True)(x),
        lambda: L.Masking(0.0)(x),
        lambda: L.Add()([L.Masking(0.0)(x), L.Dense(channels)(L.Masking(0.0)(x))]),
        lambda: L.Concatenate()([x, L.Masking(0.0)(x)]),
        lambda: L.Conv1D(5, 3, padding=r.choice(["same", "valid", "causal"]), activation=activation())(x) if long else x,
        lambda: L.SeparableConv1D(4, 3, padding="same")(x),
        lambda: L.Conv1DTranspose(4, 3, padding="same", strides=r.choice([1, 2]))(x) if steps < 20 else x,
        lambda: L.TimeDistributed(L.Dense(4, activation=activation()))(x),
        lambda: L.Dense(5, activation=activation())(x),
        lambda: L.MultiHeadAttention(2, 3)(x, x),
        lambda: L.Attention(use_scale=r.random() < 0.5, score_mode=r.choice(["dot", "concat"]))([x, x]),
        lambda: L.AdditiveAttention()([x, L.Dense(channels)(x)]),
        lambda: L.MaxPooling1D(2)(x) if long else x,
        lambda: L.AveragePooling1D(2, padding="same")(x),
        lambda: L.UpSampling1D(2)(x) if steps < 20 else x,
        lambda: L.ZeroPadding1D(1)(x),
        lambda: L.Cropping1D(1)(x) if long else x,
        lambda: L.LayerNormalization()(x),
        lambda: L.BatchNormalization()(x),
        lambda: L.Permute((2, 1))(x),
        lambda: L.Dropout(0.2)(x),
        lambda: L.SpatialDropout1D(0.1)(x),
        lambda: L.Add()([x, L.Dense(channels)(x)]),
        lambda: nested(r, x),
    ]


def of_vectors(r, x):
    size = x.shape[-1]
    return [
        lambda: L.Dense(r.choice([3, 8]), activation=r.choice(ACTIVATIONS), use_bias=r.random() < 0.8, kernel_initializer="he_normal", kernel_regularizer=penalty(r))(x),
        lambda: L.BatchNormalization()(x),
        lambda: L.LayerNormalization()(x),
        lambda: L.Activation(r.choice(ACTIVATIONS))(x),
        lambda: L.PReLU()(x),
        lambda: L.Dropout(0.3)(x),
        lambda: L.AlphaDropout(0.1)(x),
        lambda: L.GaussianDropout(0.1)(x),
        lambda: L.RepeatVector(3)(x),
        lambda: L.Reshape((size, 1))(x),
        lambda: L.Concatenate()([x, L.Dense(4)(x)]),
        lambda: L.Add()([x, L.Dense(size)(x)]),
        lambda: L.Dot(axes=1)([x, L.Dense(size)(x)]),
        lambda: keras.ops.concatenate([x, x * 2], axis=-1),
        lambda: nested(r, x),
    ]


def penalty(r):
    return r.choice([None, None, "l2", keras.regularizers.L1(0.01)])


def block(r, x):
    kinds = {4: of_pictures, 3: of_sequences, 2: of_vectors}
    return r.choice(kinds[len(x.shape)](r, x))()


def nested(r, x):
    start = y = L.Input(x.shape[1:])
    for _ in range(r.randint(1, 2)):
        y = block(r, y)
    return x if y is start else keras.Model(start, y)(x)


def head(r, x):
    if len(x.shape) == 4:
        x = r.choice([L.Flatten(), L.GlobalAveragePooling2D(), L.GlobalMaxPooling2D()])(x)
    if len(x.shape) == 3:
        x = r.choice([L.Flatten(), L.GlobalAveragePooling1D(), L.GlobalMaxPooling1D(), L.LSTM(4), L.GRU(3)])(x)
    return L.Dense(3, activation="softmax")(x)


def build(r):
    """A model, and what makes an input of its shape from a generator."""
    if r.random() < 0.15:
        start = L.Input((6,))
        x = L.Embedding(WORDS, 4, mask_zero=r.random() < 0.7)(start)
        sample = lambda rng: rng.integers(0, WORDS, (5, 6)).astype("float32")
    else:
        shape = r.choice(SHAPES)
        start = x = L.Input(shape)
        sample = lambda rng: padded(rng.normal(size=(5, *shape)).astype("float32"))
    for _ in range(r.randint(2, 6)):
        x = block(r, x)
    model = keras.Model(start, head(r, x))
    if r.random() < 0.7:
        model.compile(r.choice(OPTIMIZERS), "categorical_crossentropy", metrics=["accuracy"])
    return model, sample


def padded(x):
    """The last steps of the first sequence, and the first of the second, are zero."""
    if x.ndim == 3:
        x[0, -2:] = x[1, 0] = 0
    return x


def make(seed, count):
    index = []
    for k in range(count):
        number = seed * 1000 + k
        keras.utils.set_random_seed(number)
        keras.backend.clear_session()
        rng = np.random.default_rng(number)
        try:
            model, sample = build(random.Random(number))
            for weight in model.weights:
                if weight.dtype == "float32":
                    moved = np.asarray(weight) + rng.normal(0, 0.1, weight.shape)
                    weight.assign(np.abs(moved) + 0.1 if "variance" in weight.path else moved)
            x = sample(rng)
            y = np.asarray(model(x, training=False))
            if not np.isfinite(y).all():
                continue
            for ext in ["keras", "h5"]:
                model.save(path(f"{k}.{ext}"))
        except Exception as error:
            print(f"Keras can't make {k}: {type(error).__name__}: {str(error)[:100]}", file=sys.stderr)
            continue
        with open(path(f"{k}.json"), "w") as file:
            json.dump({"x": x.tolist(), "y": y.tolist()}, file)
        index.append({"k": k, "layers": [type(layer).__name__ for layer in model.layers]})
    with open(path("index.json"), "w") as file:
        json.dump(index, file)


def judge():
    with open(path("index.json")) as file:
        numbers = [each["k"] for each in json.load(file)]
    for k in numbers:
        with open(path(f"{k}.json")) as file:
            given = json.load(file)
        for ext in ["keras", "h5"]:
            name = f"{k}.again.{ext}"
            if not os.path.exists(path(name)):
                continue
            try:
                model = keras.models.load_model(path(name))
                found = np.asarray(model(np.array(given["x"], "float32"), training=False))
                result = {"difference": float(np.max(np.abs(found - np.array(given["y"]))))}
            except Exception as error:
                result = {"error": f"{type(error).__name__}: {str(error)[-300:]}"}
            print("JUDGE " + json.dumps({"name": name, **result}))


make(*map(int, sys.argv[3:5])) if what == "make" else judge()
