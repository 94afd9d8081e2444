"""One network of keras.applications with random weights, saved: applications.py <folder> <name>.

Writes model.keras, model.h5, model.weights.h5, cache.h5 (the layout of what Keras downloads), and numbers.json with an input
and its output. The numbers are the logits of ten classes: probabilities of a thousand would all be nearly equal.
"""

import json
import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")
import h5py
import keras
import numpy as np
from keras.src.legacy.saving import legacy_h5_format

folder, name = sys.argv[1:3]
path = lambda file: os.path.join(folder, file)
size = 96

keras.utils.set_random_seed(3)
model = getattr(keras.applications, name)(weights=None, input_shape=(size, size, 3), classes=10, classifier_activation=None)
rng = np.random.default_rng(7)
for weight in model.weights:
    # What begins as zeros and ones would hide weights that went elsewhere.
    if "seed" in weight.path or weight.path.endswith("kernel"):
        continue
    weight.assign(weight.numpy() + rng.uniform(0, 0.2, weight.shape).astype(weight.dtype))
for layer in model.layers:
    # What was assigned is used from here on.
    if isinstance(layer, keras.layers.Normalization) and layer.input_mean is None:
        layer.finalize_state()
x = rng.uniform(0, 255, (2, size, size, 3)).astype("float32")
y = np.asarray(model(x, training=False))
model.save(path("model.keras"))
model.save(path("model.h5"))
model.save_weights(path("model.weights.h5"))
with h5py.File(path("cache.h5"), "w") as file:
    legacy_h5_format.save_weights_to_hdf5_group(file, model)
with open(path("numbers.json"), "w") as file:
    json.dump({"x": x.ravel().tolist(), "shape": list(x.shape), "y": y.tolist(), "parameters": model.count_params()}, file)
