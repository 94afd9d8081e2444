"""Keras makes a model around each layer that convlab computes itself, and reads what convlab saved of it.

layers.py <folder> make [n]: saves <name>.h5 and <name>.keras of all models, or of every n-th, with inputs, predictions, and
predictions after a step of SGD.
layers.py <folder> judge: for each <name>.again.h5 and .again.keras, the largest difference from those predictions.
"""

import json
import os
import re
import sys
from itertools import islice

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")
import keras
import numpy as np
from keras import layers as L

from catalogue import models

folder, what, *every = sys.argv[1:]
path = lambda name: os.path.join(folder, name)


def inputs_of(name, model):
    rng = np.random.default_rng(5)
    shape = (5, *model.input_shape[1:])
    if name.startswith("category") or name.endswith("masked"):
        return rng.integers(0, 5, shape).astype("float32")
    x = rng.normal(size=shape).astype("float32")
    if name.startswith("blank"):
        # Pictures without ink: with biases of 0 everything stands where slopes change.
        x[:4] = 0
    if "padded" in name:
        # Padding at the end, at the beginning, in between, and of the other value.
        x[0, 4:] = x[1, :2] = x[2, 2] = 0
        x[2, 3] = x[3, 0] = x[4, 5] = 0.5
    return x


def arrays(name, values):
    with open(path(name), "w") as file:
        json.dump([{"shape": list(v.shape), "dtype": str(v.dtype), "data": v.ravel().tolist()} for v in values], file)


def read(name):
    with open(path(name)) as file:
        return [np.array(a["data"], a["dtype"]).reshape(a["shape"]) for a in json.load(file)]


def make():
    names = []
    for name, build in islice(models(), 0, None, int(every[0]) if every else 1):
        if not re.search(os.environ.get("LAYERS", ""), name):
            continue
        keras.utils.set_random_seed(3)
        model = build()
        rng = np.random.default_rng(7)
        for weight in model.weights:
            if weight.dtype == "float32":
                weight.assign(np.abs(rng.normal(size=weight.shape)).astype("float32") * 0.3 + 0.01 if "variance" in weight.path else rng.normal(size=weight.shape).astype("float32") * 0.3)
            if name.startswith("blank") and "bias" in weight.path:
                weight.assign(np.zeros(weight.shape))
        for layer in model.layers:
            # What was assigned is used from here on.
            if isinstance(layer, L.Normalization) and layer.input_mean is None:
                layer.finalize_state()
        x = inputs_of(name, model)
        y = np.asarray(model(x, training=False))
        for ext in ["h5", "keras"]:
            try:
                model.save(path(f"{name}.{ext}"))
            except TypeError:
                # Keras's .h5 writer can't copy some layers with layers as arguments.
                if ext == "keras":
                    raise
                os.remove(path(f"{name}.h5"))
        target = np.cos(np.arange(y.size, dtype="float32")).reshape(y.shape)
        after = []
        if not name.startswith("predicts"):
            model.compile(keras.optimizers.SGD(0.05), "mse")
            model.train_on_batch(x, target)
            after = [np.asarray(model(x, training=False))]
        arrays(f"{name}.json", [x, y, target, *after])
        names.append(name)
    with open(path("layers.json"), "w") as file:
        json.dump(names, file)


# Keras 3.15 can't open its own files with these.
UNREADABLE = {"predicts_random_shear", "predicts_equalization"}


def judge():
    with open(path("layers.json")) as file:
        names = [name for name in json.load(file) if name not in UNREADABLE]
    for name in names:
        x, y, *_ = read(f"{name}.json")
        for ext in ["h5", "keras"]:
            if not os.path.exists(path(f"{name}.again.{ext}")):
                continue
            try:
                model = keras.models.load_model(path(f"{name}.again.{ext}"), compile=False)
                found = float(np.max(np.abs(np.asarray(model(x, training=False)) - y)))
                print("JUDGE " + json.dumps({"name": name, "ext": ext, "difference": found}))
            except Exception as error:
                print("JUDGE " + json.dumps({"name": name, "ext": ext, "error": f"{type(error).__name__}: {str(error)[-500:]}"}))


make() if what == "make" else judge()
