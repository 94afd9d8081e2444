"""Measures the TypeScript kernel as Jupyter runs it; see kernels.mjs, which starts this.

stop [20]    the stop button during fit, evaluate, predict and notebook 04's training, so many times each, or in those named
killed [10]  kill -9 of a kernel that trains, so many times: what it leaves in the folder for temporary files
twice [8]    notebook 04's training, so many epochs, in two kernels with one seed: how far the histories are apart
many [8]     so many kernels that train at the same time with one seed
start [3]    from start to ready, to the first tensor, and a cell's own cost, in turns with tslab's kernel as released
long         20 fits, 200 predictions and 200 figures in one kernel: memory and tensors
"""

import os
import queue
import random
import shutil
import signal
import sys
import time
from concurrent.futures import ThreadPoolExecutor

from jupyter_client.manager import KernelManager

from kernel import LOAD, SAME_START, Kernel, numbers


def wait_until_moving(client, sent):
    """Until the cell's progress display shows batches; predict, which shows none, until it begins."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            message = client.get_iopub_msg(timeout=1.5)
        except queue.Empty:
            continue
        ours = message["parent_header"].get("msg_id") == sent
        if ours and ("ETA" in str(message["content"]) or "begins" in str(message["content"])):
            return
    raise AssertionError("nothing began within a minute")


def stop(count):
    cells = {
        "fit": "const KEPT = await fit(model, x, y, {epochs: 50, batchSize: 128});",
        "evaluate": "const KEPT = await evaluate(model, bigX, bigY);",
        "predict": "console.log('begins'); const KEPT = await predict(model, bigX);",
        "notebook 04": "const KEPT = await fit(model, x, y, {epochs: 8, batchSize: 128, validationSplit: 0.2});",
    }
    kernel = Kernel()
    failed = 0
    status, text = kernel.run(LOAD + "const model = compiled(); const bigX = tf.tile(x, [4, 1, 1, 1]);"
                              "const bigY = tf.tile(y, [4, 1]);")
    assert status == "ok", text
    for name, cell in cells.items():
        if len(sys.argv) > 3 and name not in sys.argv[3:]:
            continue
        waits = []
        for i in range(count):
            sent = kernel.client.execute(cell.replace("KEPT", f"kept{i}_{len(name)}"))
            wait_until_moving(kernel.client, sent)
            time.sleep(random.uniform(0, 2))
            kernel.manager.interrupt_kernel()
            pressed = time.monotonic()
            while True:
                reply = kernel.client.get_shell_msg(timeout=60)
                if reply["parent_header"].get("msg_id") == sent:
                    break
            waits.append(1000 * (time.monotonic() - pressed))
            stopped = reply["content"]["status"]
            # tslab drops the cells that come within 200 ms after an error, by a timer that a busy machine delays.
            time.sleep(1)
            keeps = f"kept{i}_{len(name)}.epochs.length >= 0" if "fit" in cell else "true"
            status, text = kernel.run(
                f"const ok{i}_{len(name)} = {keeps} && (await evaluate(model, x.slice(0, 64), y.slice(0, 64), "
                "{verbose: 0})).loss! < 100; console.log(ok" + f"{i}_{len(name)});")
            time.sleep(0.3)
            right = status == "ok" and text.strip().endswith("true") and stopped == ("ok" if "fit" in cell else "error")
            if not right or waits[-1] > 300:
                failed += 1
                said = reply["content"].get("evalue", "")
                print(f"  {name} {i}: {stopped} {said} after {waits[-1]:.0f} ms, then {status}: {text.strip()[-300:]}")
        waits.sort()
        print(f"{name}: stopped {count} times, after {waits[len(waits) // 2]:.0f} ms in the middle, {waits[-1]:.0f} ms at most",
              flush=True)
    kernel.end()
    return failed


def killed(count):
    left = 0
    for _ in range(count):
        kernel = Kernel()
        kernel.client.execute(LOAD + "await fit(compiled(), x, y, {epochs: 9, batchSize: 128});")
        time.sleep(random.uniform(0.5, 6))
        os.kill(kernel.pid, signal.SIGKILL)
        time.sleep(0.2)
        names = os.listdir(kernel.temporary.name)
        left += len(names)
        if names:
            print(names)
        kernel.end()
    print(f"killed {count} kernels that trained: {left} files and folders left in TMPDIR")
    return left


TRAIN = ("console.log(JSON.stringify((await fit(same, x.slice(0, EXAMPLES), y.slice(0, EXAMPLES), "
         "{epochs: EPOCHS, batchSize: 128, validationSplit: 0.2, seed: 4, verbose: 0})).metrics));")


def train(examples, epochs):
    kernel = Kernel()
    try:
        begun = time.monotonic()
        status, text = kernel.run(
            LOAD + SAME_START + TRAIN.replace("EXAMPLES", str(examples)).replace("EPOCHS", str(epochs)))
        assert status == "ok", text
        return numbers(text), time.monotonic() - begun, kernel.memory("VmHWM")
    finally:
        kernel.end()


def apart(one, other):
    return max(abs(a - b) for name in one for a, b in zip(one[name], other[name]))


def twice(epochs):
    first, second = train(60000, epochs)[0], train(60000, epochs)[0]
    print(f"largest difference in {sum(map(len, first.values()))} numbers of two histories: {apart(first, second)}")
    print(f"val_accuracy {first['val_accuracy'][-1]} and {second['val_accuracy'][-1]}")
    return 0 if apart(first, second) == 0 else 1


def many(count):
    with ThreadPoolExecutor(count) as pool:
        begun = time.monotonic()
        results = list(pool.map(lambda _: train(6000, 2), range(count)))
        whole = time.monotonic() - begun
    histories = [history for history, _, _ in results]
    largest = max(apart(histories[0], history) for history in histories)
    seconds = [took for _, took, _ in results]
    sizes = [size for _, _, size in results]
    print(f"{count} kernels at once, each 2 epochs of 4,800 digits: all finished in {whole:.0f} s "
          f"(each {min(seconds):.0f} to {max(seconds):.0f} s), {max(sizes)} MB at most in one, {sum(sizes)} MB in all; "
          f"largest difference between histories {largest}")
    return 0 if largest == 0 else 1


def long(_count):
    kernel = Kernel()
    status, text = kernel.run(LOAD + "const part = x.slice(0, 2000), labels = y.slice(0, 2000); const model = compiled();")
    assert status == "ok", text
    works = {
        "fit": (20, "await fit(model, part, labels, {batchSize: 128, validationSplit: 0.2, verbose: 0});"),
        "predict": (200, "(await predict(model, part.slice(0, 256))).dispose();"),
        "figure": (200, "await figureToPng(historyChart({epochs: [0, 1], metrics: {loss: [1, 0.5], val_loss: [1, 0.6]}}));"),
    }
    failed = 0
    for name, (times, code) in works.items():
        # As many before: they fill caches, and the heap up to where the garbage collector begins to look.
        code = code.replace("part.slice(0, 256)", "few")
        prepare = "const few = part.slice(0, 256);" if "few" in code else ""
        status, text = kernel.run(f"{prepare} for (let i = 0; i < {times}; i++) {{ {code} }}\n"
                                  "console.log(tf.memory().numTensors);")
        assert status == "ok", text
        tensors, begun = numbers(text), kernel.memory()
        status, text = kernel.run(f"for (let i = 0; i < {times}; i++) {{ {code} }}\nconsole.log(tf.memory().numTensors);")
        assert status == "ok", text
        growth = kernel.memory() / begun - 1
        failed += growth > 0.05 or numbers(text) != tensors
        print(f"{times} × {name}: {begun} MB, then {kernel.memory()} MB ({100 * growth:+.1f} %), "
              f"{numbers(text) - tensors:+d} tensors", flush=True)
    kernel.end()
    return failed


def started(argv):
    """Milliseconds: until ready, from there to the first tensor, and of the middle one of 20 small cells."""
    manager = KernelManager(kernel_name="tslab")
    if argv:
        manager.kernel_spec.argv = argv
    begun = time.monotonic()
    manager.start_kernel(env={**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3"})
    client = manager.client()
    client.start_channels()
    client.wait_for_ready(timeout=120)
    ready = time.monotonic()
    run = lambda code: client.execute_interactive(code, timeout=120, output_hook=lambda _: None)["content"]["status"]
    assert run("import {tf} from 'convlab'; const first = tf.scalar(1).dataSync();") == "ok"
    tensor = time.monotonic()
    cells = []
    for i in range(20):
        sent = time.monotonic()
        assert run(f"const cell{i} = {i} + 1;") == "ok"
        cells.append(1000 * (time.monotonic() - sent))
    client.stop_channels()
    manager.shutdown_kernel(now=True)
    return 1000 * (ready - begun), 1000 * (tensor - ready), sorted(cells)[10]


def start(count):
    released = [shutil.which("node"), os.path.join("..", "node_modules", "tslab", "bin", "tslab"), "kernel",
                "--config-path={connection_file}"]
    kernels = {"tslab 1.0.22 as released": released, "convlab's": None}
    rounds = {name: [] for name in kernels}
    for _ in range(count):
        for name, argv in kernels.items():
            rounds[name].append(started(argv))
    print("| kernel | start to ready | to the first tensor | a small cell |\n| --- | --- | --- | --- |")
    for name, times in rounds.items():
        ready, tensor, cell = (sorted(column)[count // 2] for column in zip(*times))
        print(f"| {name} | {ready / 1000:.2f} s | {tensor / 1000:.2f} s | {cell:.0f} ms |")
    return 0


signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
measure = {"stop": stop, "killed": killed, "twice": twice, "many": many, "long": long, "start": start}
name = sys.argv[1] if len(sys.argv) > 1 else ""
if name not in measure:
    sys.exit(__doc__)
counts = {"stop": 20, "killed": 10, "many": 8, "twice": 8, "start": 3}
sys.exit(1 if measure[name](int(sys.argv[2]) if len(sys.argv) > 2 else counts.get(name, 1)) else 0)
