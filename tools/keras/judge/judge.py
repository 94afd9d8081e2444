"""Real Keras as the judge of what convlab writes, and the author of what convlab reads.

judge.py <folder>: for each model in <folder>/models.json, loads <name>.h5 and <name>.keras that convlab wrote, compares
predictions on <name>.inputs.json with convlab's, and saves both again as <name>.again.h5 and <name>.again.keras. Then
makes the models of authored() and saves them with their predictions. Prints one JSON line for each thing judged.
"""

import json
import os
import sys
import warnings

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")
import keras
import numpy as np
from keras import layers

folder = sys.argv[1]


def read(name):
    with open(os.path.join(folder, name)) as file:
        return json.load(file)


def arrays(name):
    return [np.array(a["data"], a["dtype"]).reshape(a["shape"]) for a in read(name)]


def write_arrays(name, values):
    with open(os.path.join(folder, name), "w") as file:
        json.dump([{"shape": list(v.shape), "dtype": str(v.dtype), "data": v.ravel().tolist()} for v in values], file)


def flat(value):
    return [np.asarray(v) for v in (value if isinstance(value, (list, tuple)) else list(value.values()) if isinstance(value, dict) else [value])]


def report(**fields):
    print("JUDGE " + json.dumps(fields), flush=True)


def call(model, inputs):
    return flat(model(inputs[0] if len(inputs) == 1 else inputs, training=False))


def difference(a, b):
    if len(a) != len(b) or any(x.shape != y.shape for x, y in zip(a, b)):
        return f"shapes {[x.shape for x in a]} and {[y.shape for y in b]}"
    return max((float(np.max(np.abs(x - y), initial=0)) for x, y in zip(a, b)), default=0)


def judge(name, entry):
    inputs, outputs = arrays(f"{name}.inputs.json"), arrays(f"{name}.outputs.json")
    for ext in ["h5", "keras"]:
        try:
            with warnings.catch_warnings(record=True) as caught:
                warnings.simplefilter("always")
                model = keras.models.load_model(os.path.join(folder, f"{name}.{ext}"))
            found = difference(call(model, inputs), outputs)
            names = [layer.name for layer in model.layers if not isinstance(layer, layers.InputLayer)]
            fields = {"name": name, "ext": ext, "difference": found, "names": names, "warnings": [str(w.message)[:200] for w in caught if "`alpha` is deprecated" not in str(w.message)]}
            if "steps" in entry:
                fields["losses"] = train(model, name, entry)
                # All of them: the public count leaves out those that only accumulate gradients.
                fields["iterations"] = int(model.optimizer._iterations.numpy())
            report(**fields)
            if "steps" not in entry:
                for again in ["h5", "keras"]:
                    model.save(os.path.join(folder, f"{name}.{ext}.again.{again}"))
        except Exception as error:
            report(name=name, ext=ext, error=f"{type(error).__name__}: {str(error)[-600:]}")


def train(model, name, entry):
    x, y = arrays(f"{name}.train.json")
    return [float(np.ravel(model.train_on_batch(x, y))[0]) for _ in range(entry["steps"])]


def authored():
    """Models as Keras users build them: Keras's defaults, its ways to call layers, its spellings."""
    i = keras.Input
    seq = lambda *ls, **kw: keras.Sequential(list(ls), **kw)
    yield "cnn", lambda: seq(i((28, 28, 1)), layers.Conv2D(8, 3, activation="relu"), layers.MaxPooling2D(), layers.Conv2D(8, 3, activation="relu"), layers.MaxPool2D(), layers.Flatten(), layers.Dropout(0.5), layers.Dense(10, activation="softmax"))
    yield "modern", lambda: seq(i((16, 16, 3)), layers.Rescaling(1 / 255), layers.Conv2D(8, 3, padding="same", use_bias=False), layers.BatchNormalization(), layers.ReLU(6), layers.SeparableConv2D(8, 3), layers.LayerNormalization(), layers.LeakyReLU(0.1), layers.DepthwiseConv2D(3, depth_multiplier=2), layers.GlobalAveragePooling2D(), layers.Dense(4, activation="silu"))
    yield "lstm", lambda: seq(i((6, 4)), layers.LSTM(5, return_sequences=True, dropout=0.1), layers.SimpleRNN(3))
    yield "gru", lambda: seq(i((6, 4)), layers.GRU(5, reset_after=False))
    yield "bidirectional", lambda: seq(i((6, 4)), layers.Bidirectional(layers.LSTM(5, return_sequences=True)), layers.Bidirectional(layers.GRU(3, reset_after=False), merge_mode="ave"))
    yield "cells", lambda: seq(i((6, 4)), layers.RNN([layers.LSTMCell(3), layers.SimpleRNNCell(2)]))
    yield "distributed", lambda: seq(i((5, 8, 8, 3)), layers.TimeDistributed(layers.Conv2D(4, 3)), layers.TimeDistributed(layers.Flatten()))
    yield "embedding", lambda: seq(i((7,), dtype="int32"), layers.Embedding(50, 6, mask_zero=True), layers.LSTM(4))
    yield "masked_bidirectional", lambda: seq(i((7,), dtype="int32"), layers.Embedding(50, 6, mask_zero=True), layers.Bidirectional(layers.LSTM(4, return_sequences=True)), layers.Bidirectional(layers.SimpleRNN(4)))
    yield "masked_sequences", lambda: seq(i((7,), dtype="int32"), layers.Embedding(50, 6, mask_zero=True), layers.LSTM(4, return_sequences=True), layers.TimeDistributed(layers.Dense(3)))
    yield "transposed", lambda: seq(i((4, 4, 3)), layers.Conv2DTranspose(4, 3, strides=2, padding="same"), layers.Conv2DTranspose(2, 2, strides=2), layers.UpSampling2D(2), layers.ZeroPadding2D(1), layers.Cropping2D(((1, 2), (0, 1))))
    yield "regularized", lambda: seq(i((8,)), layers.Dense(6, kernel_regularizer="l2", bias_regularizer=keras.regularizers.L1(0.01), kernel_constraint="max_norm", kernel_initializer=keras.initializers.HeNormal(seed=3)), layers.Dense(4, activation="mish", kernel_initializer="lecun_uniform"), layers.PReLU(), layers.ELU(), layers.Softmax())
    yield "build_later", lambda: build_later()
    yield "conv3d", lambda: seq(i((6, 6, 6, 1)), layers.Conv3D(3, 2), layers.MaxPooling3D(), layers.AveragePooling3D(2), layers.Flatten())

    def residual():
        x = i((8, 8, 3), name="image")
        y = layers.Conv2D(3, 3, padding="same", activation="relu")(x)
        y = layers.Conv2D(3, 3, padding="same", name="second")(y)
        z = layers.Concatenate()([layers.Add()([x, y]), layers.Multiply()([x, y]), layers.Maximum()([y, x])])
        return keras.Model(x, layers.GlobalMaxPooling2D()(z), name="residual")

    yield "residual", residual

    def siamese():
        a, b = i((5,)), i((5,))
        shared = layers.Dense(4, activation="tanh", name="shared")
        return keras.Model([a, b], layers.Dot(1)([shared(a), shared(b)]))

    yield "siamese", siamese

    def nested():
        a = i((4,), name="a")
        sub = seq(i((4,)), layers.Dense(3, name="d0"), name="sub")
        x = i((4,))
        fsub = keras.Model(x, layers.Dense(3, name="fd")(x), name="fsub")
        y = layers.Add()([sub(a), fsub(a), fsub(a)])
        return keras.Model(a, [layers.Dense(2)(y), sub(a), fsub(a), fsub(a)])

    yield "nested", nested

    def states():
        x, h = i((6, 4)), i((3,))
        out, s1, s2 = layers.LSTM(3, return_state=True)(x)
        return keras.Model([x, h], [layers.LSTM(3)(x, initial_state=[h, s2]), out, s1])

    yield "states", states

    def frozen():
        base = seq(i((6,)), layers.Dense(5, activation="relu"), layers.BatchNormalization(), name="base")
        base.trainable = False
        return seq(i((6,)), base, layers.Dense(2), name="transfer")

    yield "frozen", frozen
    yield "named_outputs", lambda: (lambda x: keras.Model({"x": x}, {"p": layers.Dense(2, name="p")(x), "q": layers.Dense(3, name="q")(x)}))(i((4,), name="x"))


def build_later():
    model = keras.Sequential([layers.Dense(3, activation="relu"), layers.Dense(2)])
    model.build((None, 4))
    return model


def compiled():
    dense = lambda: keras.Sequential([keras.Input((4,)), layers.Dense(8, activation="relu"), layers.Dense(3, activation="softmax")])
    optimizers = keras.optimizers
    yield "k_sgd", dense, optimizers.SGD(0.05), "categorical_crossentropy", ["accuracy"]
    yield "k_momentum", dense, optimizers.SGD(0.05, 0.9), keras.losses.CategoricalCrossentropy(), ["acc", keras.metrics.CategoricalAccuracy()]
    yield "k_nesterov", dense, optimizers.SGD(0.05, 0.9, nesterov=True), "mse", ["mae"]
    yield "k_rmsprop", dense, optimizers.RMSprop(0.005), "mae", []
    yield "k_rmsprop_momentum", dense, optimizers.RMSprop(0.005, momentum=0.4), "kl_divergence", ["mse"]
    yield "k_adam", dense, optimizers.Adam(0.01), "categorical_crossentropy", ["accuracy"]
    yield "k_adagrad", dense, optimizers.Adagrad(0.05), "poisson", None
    yield "k_adagrad_epsilon", dense, optimizers.Adagrad(0.05, epsilon=0.05, initial_accumulator_value=0.0), "poisson", None
    schedules = optimizers.schedules
    crossentropy = "categorical_crossentropy"
    logits = lambda: keras.Sequential([keras.Input((4,)), layers.Dense(8, activation="relu"), layers.Dense(3)])
    yield "k_centred", dense, optimizers.RMSprop(0.005, momentum=0.4, centered=True), crossentropy, []
    yield "k_amsgrad", dense, optimizers.Adam(0.01, amsgrad=True, clipnorm=0.1), crossentropy, [keras.metrics.AUC(), keras.metrics.Precision(), keras.metrics.Recall()]
    yield "k_adamw", dense, optimizers.AdamW(0.01, weight_decay=0.1), crossentropy, []
    yield "k_adamax", dense, optimizers.Adamax(0.01), crossentropy, []
    yield "k_nadam", dense, optimizers.Nadam(0.01), crossentropy, []
    yield "k_adadelta", dense, optimizers.Adadelta(1.0), crossentropy, []
    yield "k_ftrl", dense, optimizers.Ftrl(0.05, l1_regularization_strength=0.01), crossentropy, []
    yield "k_lion", dense, optimizers.Lion(0.005), crossentropy, []
    yield "k_lamb", dense, optimizers.Lamb(0.01), crossentropy, []
    yield "k_adafactor", dense, optimizers.Adafactor(0.1, weight_decay=0.01), crossentropy, []
    yield "k_muon", dense, optimizers.Muon(0.01), crossentropy, []
    yield "k_schedule_free", dense, optimizers.ScheduleFreeAdamW(0.05, warmup_steps=9), crossentropy, []
    # One of two layers that are counted one after the other.
    yield "k_muon_without", dense, optimizers.Muon(0.01, exclude_layers=[r"dense_\d*[02468]/"], rms_rate=None, nesterov=False), crossentropy, []
    yield "k_decay_off", dense, optimizers.AdamW(0.01, weight_decay=0.0), crossentropy, []
    yield "k_average", dense, optimizers.Adam(0.01, use_ema=True, ema_momentum=0.8, ema_overwrite_frequency=4), crossentropy, []
    yield "k_accumulated", dense, optimizers.Adam(0.01, gradient_accumulation_steps=3), crossentropy, []
    yield "k_scaled", dense, optimizers.LossScaleOptimizer(optimizers.Adam(0.01)), crossentropy, []
    yield "k_factor", dense, optimizers.Adam(0.01, loss_scale_factor=128.0), crossentropy, []
    yield "k_exponential", dense, optimizers.SGD(schedules.ExponentialDecay(0.1, 5, 0.5), momentum=0.9), crossentropy, []
    yield "k_inverse", dense, optimizers.Adam(schedules.InverseTimeDecay(0.05, 3, 0.5, staircase=True)), crossentropy, []
    yield "k_piecewise", dense, optimizers.Adam(schedules.PiecewiseConstantDecay([5, 10], [0.05, 0.01, 0.002])), crossentropy, []
    yield "k_polynomial", dense, optimizers.Adam(schedules.PolynomialDecay(0.05, 4, 0.001, power=2.0, cycle=True)), crossentropy, []
    yield "k_cosine", dense, optimizers.AdamW(schedules.CosineDecay(0.01, 12, alpha=0.1, warmup_target=0.05, warmup_steps=9)), crossentropy, []
    yield "k_restarts", dense, optimizers.RMSprop(schedules.CosineDecayRestarts(0.01, 4, t_mul=1.5, m_mul=0.8, alpha=0.1)), crossentropy, []
    yield "k_logits", logits, optimizers.Adam(0.01), keras.losses.CategoricalCrossentropy(from_logits=True, label_smoothing=0.1), [keras.metrics.CategoricalCrossentropy(from_logits=True)]
    yield "k_weighted", dense, optimizers.Adam(0.01), crossentropy, [], [0.3]


def author():
    made = []
    for name, make in authored():
        name = f"keras_{name}"
        keras.utils.set_random_seed(7)
        model = make()
        rng = np.random.default_rng(5)
        model.set_weights([np.abs(rng.normal(size=w.shape)).astype("float32") * 0.3 for w in model.get_weights()])
        inputs = [
            rng.integers(0, 4, (3, *t.shape[1:])).astype("int32") if t.dtype == "int32" else rng.normal(size=(3, *t.shape[1:])).astype("float32")
            for t in model.inputs
        ]
        write_arrays(f"{name}.inputs.json", inputs)
        outputs = call(model, inputs if not isinstance(getattr(model, "_inputs_struct", None), dict) else [dict(zip(model._inputs_struct, inputs))])
        write_arrays(f"{name}.outputs.json", outputs)
        write_arrays(f"{name}.weights.json", model.get_weights())
        for ext in ["h5", "keras"]:
            model.save(os.path.join(folder, f"{name}.{ext}"))
        made.append({"name": name, "names": [l.name for l in model.layers if not isinstance(l, layers.InputLayer)]})
    trained = []
    rng = np.random.default_rng(3)
    x, y = rng.normal(size=(32, 4)).astype("float32"), np.eye(3, dtype="float32")[rng.integers(0, 3, 32)]
    write_arrays("k_train.json", [x, y])
    for name, make, optimizer, loss, metrics, *weights in compiled():
        keras.utils.set_random_seed(7)
        model = make()
        model.compile(optimizer, loss, metrics=metrics, loss_weights=weights[0] if weights else None)
        for _ in range(7):
            model.train_on_batch(x, y)
        # .keras first: Keras's .h5 writer takes the optimizer out of the configuration that both share.
        # It can't write Adafactor's into .h5 at all: two of its arrays have the same name.
        for ext in ["keras"] if name == "k_adafactor" else ["keras", "h5"]:
            model.save(os.path.join(folder, f"{name}.{ext}"))
        losses = [float(np.ravel(model.train_on_batch(x, y))[0]) for _ in range(10)]
        trained.append({"name": name, "losses": losses})
    with open(os.path.join(folder, "authored.json"), "w") as file:
        json.dump({"models": made, "trained": trained, "version": keras.__version__}, file)


for entry in read("models.json"):
    judge(entry["name"], entry)
author()
