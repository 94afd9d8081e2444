"""A kernel to measure, and what its cells begin with."""

import atexit
import json
import os
import tempfile

from jupyter_client.manager import KernelManager

LOAD = """
import {tf, mnist, fit, evaluate, predict, historyChart, figureToPng} from 'convlab';
const {train, test} = await mnist.load();
const x = train.tensor().expandDims(3).div(255);
const y = tf.oneHot(tf.tensor1d(train.labels, 'int32'), 10);
const sevenLayers = () => tf.sequential({layers: [
  tf.layers.conv2d({filters: 32, kernelSize: 3, activation: 'relu', inputShape: [28, 28, 1]}),
  tf.layers.maxPooling2d({poolSize: 2}),
  tf.layers.conv2d({filters: 32, kernelSize: 3, activation: 'relu'}),
  tf.layers.maxPooling2d({poolSize: 2}),
  tf.layers.flatten(),
  tf.layers.dense({units: 32, activation: 'relu'}),
  tf.layers.dense({units: 10, activation: 'softmax'}),
]});
const compiled = () => {
  const made = sevenLayers();
  made.compile({optimizer: tf.train.rmsprop(0.001), loss: 'categoricalCrossentropy', metrics: ['accuracy']});
  return made;
};
"""
# Weights that depend on nothing but their place, so that two kernels begin with the same.
SAME_START = """
const same = compiled();
same.setWeights(same.getWeights().map((w, i) => tf.randomUniform(w.shape, -0.05, 0.05, 'float32', i)));
"""


class Kernel:
    """A kernel in a folder of its own for temporary files."""

    def __init__(self):
        self.temporary = tempfile.TemporaryDirectory()
        self.manager = KernelManager(kernel_name="tslab")
        self.manager.start_kernel(env={**os.environ, "TMPDIR": self.temporary.name, "TF_CPP_MIN_LOG_LEVEL": "3"})
        self.client = self.manager.client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=120)
        self.pid = self.manager.provisioner.process.pid
        atexit.register(self.end)

    def run(self, code, timeout=900):
        """Runs a cell to its end: its status and what it printed, displays as their last text."""
        printed, displays = [], {}

        def hook(message):
            content = message["content"]
            if message["msg_type"] == "stream":
                printed.append(content["text"])
            elif "data" in content:
                name = content.get("transient", {}).get("display_id", len(displays))
                displays[name] = content["data"].get("text/plain", "")

        reply = self.client.execute_interactive(code, timeout=timeout, output_hook=hook)
        return reply["content"]["status"], "".join(printed) + "\n".join(displays.values())

    def memory(self, field="VmRSS"):
        """Resident megabytes now, or the most so far (VmHWM)."""
        with open(f"/proc/{self.pid}/status") as file:
            return int(next(line for line in file if line.startswith(field)).split()[1]) // 1024

    def end(self):
        atexit.unregister(self.end)
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)
        self.temporary.cleanup()


def numbers(text):
    """The last line of a cell's text, which is JSON."""
    return json.loads(text.strip().splitlines()[-1])
