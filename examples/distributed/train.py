"""Trains a model that convlab saved on with Keras, in several processes, on one machine or on many.

Every process runs this program with the same files. They differ in --process alone:

    python train.py model.keras images.npy labels.npy --processes 2 --process 0 --coordinator 10.0.0.1:7000
    python train.py model.keras images.npy labels.npy --processes 2 --process 1 --coordinator 10.0.0.1:7000

Keras 3 on JAX does the work: each process holds the whole model and takes a share of every batch, and the gradients are
averaged over all processes before each step. The numbers are those of one process, up to the order of sums.
Needs: pip install keras jax
"""

import argparse
import json
import os
import tempfile

os.environ["KERAS_BACKEND"] = "jax"

import jax  # noqa: E402
import keras  # noqa: E402
import numpy as np  # noqa: E402


def main():
    options = read_options()
    if options.processes > 1:
        join(options)
    model = keras.models.load_model(options.model)
    if not model.compiled:
        raise SystemExit(f"{options.model} isn't compiled: save it with its optimizer")
    first = options.process == 0
    batches = ShareOfBatches(options)
    history = model.fit(batches, epochs=options.epochs, shuffle=False, verbose=2 if first else 0)
    with tempfile.TemporaryDirectory() as folder:
        # All have the same weights by now, but Keras gathers them from all: each process has to save.
        model.save(options.out if first else os.path.join(folder, "same.keras"))
    if first:
        print(json.dumps(history.history))


def read_options():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("model", help="a compiled model: keras.save(model, 'model.keras')")
    parser.add_argument("images", help="prepared as the model wants them: npy.write('images.npy', x)")
    parser.add_argument("labels", help="one-hot or class numbers, as the loss wants them: npy.write('labels.npy', y)")
    parser.add_argument("--out", default="trained.keras", help="where the trained model goes (default: %(default)s)")
    parser.add_argument("--epochs", type=int, default=1)
    parser.add_argument("--batch-size", type=int, default=128, help="over all processes together (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=0, help="for the order of the images (default: %(default)s)")
    parser.add_argument("--processes", type=int, default=1, help="how many there are (default: %(default)s)")
    parser.add_argument("--process", type=int, default=0, help="which of them this is, from 0 (default: %(default)s)")
    parser.add_argument("--coordinator", default="127.0.0.1:7000", help="process 0's machine and a free port there")
    options = parser.parse_args()
    if options.batch_size % options.processes != 0:
        parser.error(f"--batch-size {options.batch_size} can't be shared evenly by {options.processes} processes")
    if not 0 <= options.process < options.processes:
        parser.error(f"--process must be from 0 to {options.processes - 1}, got {options.process}")
    return options


def join(options):
    """Waits until all processes are there, and shares every batch among them from then on."""
    # Between processors JAX has to be told what carries the gradients; graphics cards have their own way.
    jax.config.update("jax_cpu_collectives_implementation", "gloo")
    keras.distribution.initialize(options.coordinator, options.processes, options.process)
    devices = keras.distribution.list_devices()
    # ShareOfBatches takes the shares: Keras would take them of a tf.data.Dataset alone.
    keras.distribution.set_distribution(keras.distribution.DataParallel(devices=devices, auto_shard_dataset=False))


class ShareOfBatches(keras.utils.PyDataset):
    """This process's rows of every batch, in an order that all processes know. What fills no batch waits for another epoch."""

    def __init__(self, options):
        super().__init__()
        # Mapped, not read: of each batch a process reads its own rows.
        self.images = np.load(options.images, mmap_mode="r")
        self.labels = np.load(options.labels, mmap_mode="r")
        if len(self.images) != len(self.labels):
            raise SystemExit(f"{options.images} holds {len(self.images)} images, {options.labels} {len(self.labels)} labels")
        if len(self.images) < options.batch_size:
            raise SystemExit(f"{options.images} holds {len(self.images)} images, fewer than a batch of {options.batch_size}")
        self.options = options
        self.epoch = 0
        self.shuffle()

    def shuffle(self):
        self.order = np.random.default_rng([self.options.seed, self.epoch]).permutation(len(self.images))

    def on_epoch_end(self):
        self.epoch += 1
        self.shuffle()

    def __len__(self):
        return len(self.images) // self.options.batch_size

    def __getitem__(self, index):
        share = self.options.batch_size // self.options.processes
        start = index * self.options.batch_size + self.options.process * share
        rows = np.sort(self.order[start : start + share])
        return self.images[rows], self.labels[rows]


if __name__ == "__main__":
    main()
