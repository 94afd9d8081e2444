"""Keras 2 as the judge of the .h5 files: the copy that TensorFlow's wheel still holds, as of Keras 2.6.

keras2.py <folder>: prints one JSON line for each model of <folder>/models.json. keras2.py <folder> fixture: writes
keras2.6-cnn.h5, a model in the middle of training, keras2.6-operations.h5, one with operations between its layers, and their
predictions there.
"""

import json
import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")
import numpy as np
import tensorflow as tf
import tensorflow.python.keras as keras2
from tensorflow.python.keras import layers
from tensorflow.python.keras.engine import input_layer, sequential, training
from tensorflow.python.keras.saving import hdf5_format

keras2.__version__ = "2.6.0"  # the copy has lost it, and its writer asks for it
folder = sys.argv[1]


def arrays(name):
    with open(os.path.join(folder, name)) as file:
        return [np.array(a["data"], a["dtype"]).reshape(a["shape"]) for a in json.load(file)]


def judge(name):
    try:
        model = hdf5_format.load_model_from_hdf5(os.path.join(folder, f"{name}.h5"))
        inputs, expected = arrays(f"{name}.inputs.json"), arrays(f"{name}.outputs.json")
        found = model(inputs[0] if len(inputs) == 1 else inputs, training=False)
        found = [np.asarray(t) for t in (found if isinstance(found, (list, tuple)) else [found])]
        return {"name": name, "difference": max(float(np.abs(a - b).max(initial=0)) for a, b in zip(found, expected))}
    except Exception as error:
        return {"name": name, "error": f"{type(error).__name__}: {str(error)[:300]}"}


def fixture():
    tf.random.set_seed(1)
    model = sequential.Sequential(
        [
            layers.Conv2D(3, 3, activation="relu", input_shape=(6, 6, 1)),
            layers.MaxPooling2D(),
            layers.Flatten(),
            layers.Dropout(0.2),
            layers.Dense(4, activation="softmax"),
        ]
    )
    model.compile("adam", "categorical_crossentropy", metrics=["accuracy"])
    rng = np.random.default_rng(1)
    x, y = rng.normal(size=(8, 6, 6, 1)).astype("float32"), np.eye(4, dtype="float32")[np.arange(8) % 4]
    for _ in range(5):
        model.train_on_batch(x, y)
    model.save(os.path.join(folder, "keras2.6-cnn.h5"))
    outputs = np.asarray(model(x, training=False))
    with open(os.path.join(folder, "keras2.6-cnn.json"), "w") as file:
        json.dump({"x": x.tolist(), "outputs": outputs.tolist()}, file)


def operations():
    tf.random.set_seed(1)
    x = input_layer.Input((4, 3))
    scaled = x / 127.5 - 1
    curved = (1 - scaled) * scaled + tf.square(scaled) + [1.0, 2.0, 3.0]
    pooled = tf.reduce_mean(curved[:, 1:], axis=1) + tf.reduce_max(curved[:, ::2, :2], axis=2)[:, 0, tf.newaxis]
    dense = layers.Dense(3)(pooled * pooled)
    model = training.Model(x, layers.Dense(2)(tf.nn.relu(dense) * tf.sigmoid(dense)))
    rng = np.random.default_rng(1)
    x = rng.uniform(0, 255, size=(5, 4, 3)).astype("float32")
    model.save(os.path.join(folder, "keras2.6-operations.h5"))
    with open(os.path.join(folder, "keras2.6-operations.json"), "w") as file:
        json.dump({"x": x.tolist(), "outputs": np.asarray(model(x)).tolist()}, file)


if len(sys.argv) > 2:
    fixture()
    operations()
else:
    with open(os.path.join(folder, "models.json")) as file:
        for entry in json.load(file):
            print("JUDGE " + json.dumps(judge(entry["name"])), flush=True)
