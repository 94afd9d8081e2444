"""How long Python's Keras takes to open and to save VGG16, and how much memory: vgg16.py <folder> make | <file>.

make: saves it with random weights as model.keras and model.h5, 50 million numbers. A file: opens it and saves it again, and
prints the seconds of both, and by how many bytes memory grew at most.
"""

import json
import os
import sys
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")
import keras


def peak(key="VmHWM"):
    with open("/proc/self/status") as file:
        return next(int(line.split()[1]) * 1024 for line in file if line.startswith(key))


folder, what = sys.argv[1:3]
if what == "make":
    keras.utils.set_random_seed(3)
    model = keras.applications.VGG16(weights=None, input_shape=(96, 96, 3), classes=10)
    for ext in ["keras", "h5"]:
        model.save(os.path.join(folder, f"model.{ext}"))
else:
    # What the first use of the library costs is none of it.
    keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
    before = peak("VmRSS")
    start = time.perf_counter()
    model = keras.models.load_model(os.path.join(folder, what))
    loaded = time.perf_counter()
    grown = peak() - before
    model.save(os.path.join(folder, f"again.{what.split('.')[-1]}"))
    print(json.dumps({"load": loaded - start, "save": time.perf_counter() - loaded, "loading": grown, "both": peak() - before}))
