# Networks besides the walkthrough's in Keras, driven line by line over stdin: each line is a fit, answered with one
# line of JSON. larger.mjs starts it beside larger.cjs and asks them in turn.
#
#   python larger.py residual|mlp|lstm BATCH EXAMPLES
import json
import os
import resource
import sys
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
os.environ["KERAS_BACKEND"] = "tensorflow"
import keras
import numpy as np
import tensorflow as tf

network, batch, examples = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
tf.config.threading.set_intra_op_parallelism_threads(2)
tf.config.threading.set_inter_op_parallelism_threads(2)
layers = keras.layers


def residual():
    def normalized(x, filters, size, strides):
        x = layers.Conv2D(filters, size, strides=strides, padding="same", use_bias=False)(x)
        return layers.BatchNormalization()(x)

    inputs = layers.Input((32, 32, 3))
    x = layers.ReLU()(normalized(inputs, 16, 3, 1))
    for filters, strides in [(16, 1), (32, 2)]:
        inner = layers.ReLU()(normalized(x, filters, 3, strides))
        shortcut = x if strides == 1 else normalized(x, filters, 1, strides)
        x = layers.ReLU()(layers.Add()([normalized(inner, filters, 3, 1), shortcut]))
    x = layers.GlobalAveragePooling2D()(x)
    return keras.Model(inputs, layers.Dense(10, activation="softmax")(x))


def mlp():
    return keras.Sequential([
        layers.Input((784,)),
        layers.Dense(512, activation="relu"),
        layers.Dense(512, activation="relu"),
        layers.Dense(10, activation="softmax"),
    ])


def lstm():
    return keras.Sequential([layers.Input((28, 28)), layers.LSTM(64), layers.Dense(10, activation="softmax")])


model = {"residual": residual, "mlp": mlp, "lstm": lstm}[network]()
model.compile("rmsprop", "categorical_crossentropy", metrics=["accuracy"])
shape = model.input_shape[1:]
size = int(np.prod(shape))
classes = np.arange(examples) % 10
places = np.floor(np.arange(size) * 10 / size)
noise = np.random.default_rng(1).uniform(size=(examples, size))
x = ((noise + (classes[:, None] == places)) / 2).reshape(examples, *shape).astype("float32")
y = keras.utils.to_categorical(classes, 10)

print(json.dumps({"ready": True}), flush=True)
EPOCHS = 3
for _ in sys.stdin:
    begin = time.perf_counter()
    cpu = time.process_time()
    loss = model.fit(x, y, batch_size=batch, epochs=EPOCHS, verbose=0).history["loss"][-1]
    seconds = (time.perf_counter() - begin) / EPOCHS
    cpu = (time.process_time() - cpu) / EPOCHS
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"loss": loss, "seconds": seconds, "cpu": cpu, "peakMB": peak}), flush=True)
