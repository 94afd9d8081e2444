# The walkthrough's network in Keras and in PyTorch, driven line by line over stdin: "epoch", "evaluate", "predict",
# "one", each answered with one line of JSON. bench.mjs starts one of each and asks them in turn.
#
#   python network.py keras|torch FOLDER EXAMPLES BATCH
import json
import os
import resource
import sys
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
os.environ["KERAS_BACKEND"] = "tensorflow"
import numpy as np

kind, folder, examples, batch = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])


def read(name, header, shape):
    return np.fromfile(os.path.join(folder, name), np.uint8)[header:].reshape(shape)


x = (read("train-images-idx3-ubyte", 16, (-1, 28, 28, 1))[:examples] / 255).astype("float32")
y = read("train-labels-idx1-ubyte", 8, (-1,))[:examples].astype("int64")
x_test = (read("t10k-images-idx3-ubyte", 16, (-1, 28, 28, 1)) / 255).astype("float32")
y_test = read("t10k-labels-idx1-ubyte", 8, (-1,)).astype("int64")
cut = int(examples * 0.8)


def keras_commands():
    import keras
    import tensorflow as tf

    tf.config.threading.set_intra_op_parallelism_threads(2)
    tf.config.threading.set_inter_op_parallelism_threads(2)
    layers = keras.layers
    model = keras.Sequential([
        layers.Input((28, 28, 1)),
        layers.Conv2D(32, 3, activation="relu"),
        layers.MaxPooling2D(2),
        layers.Conv2D(32, 3, activation="relu"),
        layers.MaxPooling2D(2),
        layers.Flatten(),
        layers.Dense(32, activation="relu"),
        layers.Dense(10, activation="softmax"),
    ])
    model.compile("rmsprop", "categorical_crossentropy", metrics=["accuracy"])
    one_hot = keras.utils.to_categorical(y, 10)
    one_hot_test = keras.utils.to_categorical(y_test, 10)
    first = []

    class First(keras.callbacks.Callback):
        def on_train_begin(self, logs=None):
            self.began = time.perf_counter()

        def on_train_batch_end(self, batch, logs=None):
            first or first.append(time.perf_counter() - self.began)

    def epoch():
        log = model.fit(x, one_hot, batch_size=batch, epochs=1, validation_split=0.2, verbose=0,
                        callbacks=[] if first else [First()]).history
        return {**{name: values[0] for name, values in log.items()}, "firstBatch": first[0]}

    def evaluate():
        loss, accuracy = model.evaluate(x_test, one_hot_test, batch_size=batch, verbose=0)
        return {"loss": loss, "accuracy": accuracy}

    def predict():
        return {"rows": len(model.predict(x_test, batch_size=batch, verbose=0))}

    def one():
        return median_of_one(lambda: model(x_test[:1]).numpy())

    return {"epoch": epoch, "evaluate": evaluate, "predict": predict, "one": one}


def median_of_one(answer):
    """The probabilities of one image, a hundred times: the median of the milliseconds until they are there."""
    times = []
    for _ in range(100):
        began = time.perf_counter()
        answer()
        times.append(1000 * (time.perf_counter() - began))
    return {"milliseconds": sorted(times)[50]}


def torch_commands():
    import torch
    from torch import nn

    torch.set_num_threads(2)
    model = nn.Sequential(
        nn.Conv2d(1, 32, 3), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(32, 32, 3), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(800, 32), nn.ReLU(), nn.Linear(32, 10),
    )
    for layer in model:
        # As Keras starts.
        if isinstance(layer, (nn.Conv2d, nn.Linear)):
            nn.init.xavier_uniform_(layer.weight)
            nn.init.zeros_(layer.bias)
    optimizer = torch.optim.RMSprop(model.parameters(), lr=0.001, alpha=0.9, eps=1e-7)
    loss_of = nn.CrossEntropyLoss()
    images = torch.from_numpy(x).permute(0, 3, 1, 2).contiguous()
    labels = torch.from_numpy(y)
    test_images = torch.from_numpy(x_test).permute(0, 3, 1, 2).contiguous()
    test_labels = torch.from_numpy(y_test)
    first = []

    def measure(data, target, begin, end):
        loss = right = 0.0
        model.eval()
        with torch.inference_mode():
            for i in range(begin, end, batch):
                out = model(data[i:min(i + batch, end)])
                wanted = target[i:min(i + batch, end)]
                loss += loss_of(out, wanted).item() * len(wanted)
                right += (out.argmax(1) == wanted).sum().item()
        return loss / (end - begin), right / (end - begin)

    def epoch():
        began = time.perf_counter()
        model.train()
        order = torch.randperm(cut)
        loss = right = 0.0
        for i in range(0, cut, batch):
            rows = order[i:i + batch]
            data, wanted = images[rows], labels[rows]
            optimizer.zero_grad()
            out = model(data)
            value = loss_of(out, wanted)
            value.backward()
            optimizer.step()
            loss += value.item() * len(rows)
            right += (out.argmax(1) == wanted).sum().item()
            first or first.append(time.perf_counter() - began)
        val_loss, val_accuracy = measure(images, labels, cut, examples)
        return {"loss": loss / cut, "accuracy": right / cut, "val_loss": val_loss, "val_accuracy": val_accuracy,
                "firstBatch": first[0]}

    def evaluate():
        loss, accuracy = measure(test_images, test_labels, 0, len(test_labels))
        return {"loss": loss, "accuracy": accuracy}

    def predict():
        model.eval()
        with torch.inference_mode():
            parts = [model(test_images[i:i + batch]).softmax(1) for i in range(0, len(test_images), batch)]
        return {"rows": len(torch.cat(parts))}

    def one():
        model.eval()
        with torch.inference_mode():
            return median_of_one(lambda: model(test_images[:1]).softmax(1).numpy())

    return {"epoch": epoch, "evaluate": evaluate, "predict": predict, "one": one}


commands = {"keras": keras_commands, "torch": torch_commands}[kind]()
print(json.dumps({"ready": True}), flush=True)
for line in sys.stdin:
    begin = time.perf_counter()
    cpu = time.process_time()
    answer = commands[line.strip()]()
    answer["seconds"] = time.perf_counter() - begin
    answer["cpu"] = time.process_time() - cpu
    answer["peakMB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps(answer), flush=True)
