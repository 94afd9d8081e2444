"""%%ts in a real kernel of Python's. Run by magics.test.ts, with the environment that has Jupyter:

    python test/python/test_magics.py
"""

import os
import sys
import tempfile
import threading
import time
import unittest
from pathlib import Path
from unittest import mock

from jupyter_client.manager import KernelManager

PACKAGE = Path(__file__).resolve().parents[2] / "python"
sys.path.insert(0, str(PACKAGE))

from convlab_jupyter import setup, values  # noqa: E402
from convlab_jupyter.magics import _serve_plotly  # noqa: E402
from convlab_jupyter.papermill import TypeScriptTranslator  # noqa: E402

PATIENCE = 60


class Python:
    """A kernel of Python's, with the extension loaded."""

    def __init__(self):
        self.manager = KernelManager(kernel_name="python3")
        self.folder = tempfile.TemporaryDirectory()
        self.manager.start_kernel(cwd=self.folder.name)
        self.client = self.manager.blocking_client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=PATIENCE)
        self.run(f"import sys; sys.path.insert(0, {str(PACKAGE)!r})\n%load_ext convlab_jupyter")

    def run(self, code, during=None):
        """Runs a cell; returns the contents of its messages, by (type, content)."""
        seen = []

        def keep(message):
            seen.append((message["msg_type"], message["content"]))
            if during:
                during(str(message["content"]))

        self.client.execute_interactive(code, output_hook=keep, timeout=PATIENCE, allow_stdin=False)
        return Cell(seen)

    def close(self):
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)
        self.folder.cleanup()


class Cell:
    def __init__(self, seen):
        self.seen = seen

    def text(self, name="stdout"):
        return "".join(c["text"] for kind, c in self.seen if kind == "stream" and c["name"] == name)

    def data(self):
        return [content["data"] for kind, content in self.seen if kind in ("display_data", "execute_result")]

    def kinds(self):
        return [kind for kind, _ in self.seen]

    def error(self):
        return next(content for kind, content in self.seen if kind == "error")


class Magics(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.python = Python()
        cls.addClassCleanup(cls.python.close)

    def ts(self, code, **more):
        return self.python.run(f"%%ts\n{code}", **more)

    def test_a_cell_prints_and_shows_its_last_value(self):
        cell = self.ts("console.log('hello', 6 * 7);\n[1, 2]")
        self.assertEqual(cell.text(), "hello 42\n")
        self.assertEqual(cell.data()[0]["text/plain"], "[ 1, 2 ]")

    def test_variables_live_on_from_cell_to_cell(self):
        self.ts("const kept: number = 5;")
        self.assertEqual(self.ts("kept + 1").data()[0]["text/plain"], "6")

    def test_ten_thousand_lines_arrive_in_their_order(self):
        cell = self.ts("for (let i = 0; i < 10_000; i++) console.log(i);")
        self.assertEqual(cell.text(), "".join(f"{i}\n" for i in range(10_000)))

    def test_pictures_come_with_their_bundle_and_displays_are_updated_in_place(self):
        cell = self.ts(
            "import {mnist, picture, show} from 'convlab';\n"
            "const {test} = await mnist.load();\n"
            "show(picture(test, [0]));"
        )
        self.assertIn("image/png", cell.data()[0])
        cell = self.ts(
            "import {fit, tf} from 'convlab';\n"
            "const net = tf.sequential({layers: [tf.layers.dense({units: 1, inputShape: [1]})]});\n"
            "net.compile({loss: 'meanSquaredError', optimizer: 'sgd'});\n"
            "await fit(net, tf.ones([64, 1]), tf.ones([64, 1]), {epochs: 2});"
        )
        self.assertNotIn("error", cell.kinds())
        self.assertIn("update_display_data", cell.kinds())

    def test_an_error_bears_typescripts_name_and_the_readers_line(self):
        error = self.ts("function f() { throw new TypeError('boom'); }\nf();").error()
        self.assertEqual((error["ename"], error["evalue"]), ("TypeError", "boom"))
        traceback = "\n".join(error["traceback"])
        self.assertIn("line 1", traceback)
        self.assertNotIn("magics.py", traceback)

    def test_a_type_error_is_underlined(self):
        error = self.ts("const n: number = 'seven';").error()
        self.assertEqual(error["ename"], "TypeScriptError")
        self.assertIn("~", "\n".join(error["traceback"]))

    def test_python_and_typescript_exchange_values(self):
        self.python.run("import math\nname, flags, depth = 'Zoé', {'a': [1, None]}, 2.5")
        cell = self.python.run("%%ts --in name --in flags --in depth --out back\nconst back = [name, flags, depth * 2];")
        self.assertNotIn("error", cell.kinds())
        self.assertEqual(self.python.run("back").data()[0]["text/plain"], "['Zoé', {'a': [1, None]}, 5]")

    def test_a_name_that_python_does_not_have_is_named(self):
        self.assertIn("--in missing: Python has no variable", self.python.run("%%ts --in missing\n1").error()["evalue"])

    def test_stop_ends_the_typescript_cell_and_keeps_its_variables(self):
        self.ts("let rounds = 0;")

        # The loop never lets go, so nothing that it prints could tell that it has begun.
        threading.Timer(4, self.python.manager.interrupt_kernel).start()
        cell = self.ts("while (true) rounds++;")
        self.assertIn("error", cell.kinds())
        self.assertGreater(int(self.ts("rounds").data()[0]["text/plain"]), 0)

    def test_stop_in_the_middle_of_a_training_keeps_weights_and_history(self):
        pressed = []

        def stop(text):
            # A second press would give up the cell.
            if "Epoch 2" in text and not pressed:
                pressed.append(True)
                self.python.manager.interrupt_kernel()

        cell = self.ts(
            "import {fit, tf} from 'convlab';\n"
            "const model = tf.sequential({layers: [tf.layers.dense({units: 1, inputShape: [1]})]});\n"
            "model.compile({loss: 'meanSquaredError', optimizer: 'sgd'});\n"
            "const history = await fit(model, tf.ones([6400, 1]), tf.ones([6400, 1]), {epochs: 5000});",
            during=stop,
        )
        self.assertNotIn("error", cell.kinds())
        epochs = int(self.ts("history.history.loss.length").data()[0]["text/plain"])
        self.assertTrue(1 <= epochs < 5000, epochs)

    def test_a_kernel_that_dies_says_so_and_the_next_cell_starts_a_new_one(self):
        self.ts("const lost = 1;")
        error = self.ts("process.kill(process.pid, 'SIGKILL'); await new Promise(() => undefined);").error()
        self.assertEqual(error["ename"], "KernelDied")
        self.assertIn("its variables are gone", error["evalue"])
        cell = self.ts("console.log(typeof lost);")
        self.assertIn("A new TypeScript kernel", cell.text("stderr"))
        self.ts("const again = 2;")
        self.assertIn("started anew", self.python.run("%ts_restart").text())
        self.assertIn("again", self.ts("again").error()["evalue"])

    def test_completion_asks_typescript(self):
        self.ts("const microscope = {objective: 40};")
        reply = self.python.client.complete("%%ts\nconst a = 1;\nmicroscope.", reply=True, timeout=PATIENCE)["content"]
        self.assertIn("objective", reply["matches"])

    def test_an_empty_cell_costs_little(self):
        self.ts("1;")
        took = []
        for _ in range(5):
            start = time.perf_counter()
            self.ts("1;")
            took.append(time.perf_counter() - start)
        # 100 ms above the TypeScript kernel's own is the goal, met by far on a quiet machine; tests share theirs.
        self.assertLess(min(took), 1)


class SetUp(unittest.TestCase):
    def test_a_node_that_is_old_or_missing_is_passed_over(self):
        with tempfile.TemporaryDirectory() as folder:
            for name, version in (("old", "v18.3.0"), ("new", "v22.1.0")):
                file = Path(folder) / name / "node"
                file.parent.mkdir()
                file.write_text(f"#!/bin/sh\necho {version}\n")
                file.chmod(0o755)
            folders = [Path(folder) / name for name in ("missing", "old", "new")]
            with mock.patch.object(setup, "_script_folders", lambda: folders), mock.patch.dict(os.environ, PATH=folder):
                self.assertEqual(setup._node(), str(folders[2] / "node"))
            with mock.patch.object(setup, "_script_folders", lambda: folders[:2]), mock.patch.dict(os.environ, PATH=folder):
                self.assertIsNone(setup._node())

    def test_plotly_lies_where_colab_serves_it(self):
        with tempfile.TemporaryDirectory() as folder:
            _serve_plotly(Path(folder))
            self.assertRegex((Path(folder) / "convlab" / "plotly.js").read_text(encoding="utf-8")[:2000], r"plotly\.js v\d")


class Values(unittest.TestCase):
    def test_what_has_no_counterpart_is_refused_by_its_type(self):
        with tempfile.TemporaryDirectory() as folder:
            for value, name in ((object(), "object"), (float("inf"), "float"), ({1: 2}, "dict"), (b"", "bytes")):
                with self.assertRaisesRegex(TypeError, f"a {name} has no counterpart"):
                    values.write(value, Path(folder) / "value")

    def test_the_compiler_is_told_the_types(self):
        cases = {True: "boolean", "a": "string", 2.5: "number", (1, 2): "number[]", (1, "a"): "any[]", None: "any"}
        for value, kind in cases.items():
            self.assertEqual(values.typescript_type(value), kind)


class Papermill(unittest.TestCase):
    def test_parameters_become_constants(self):
        code = TypeScriptTranslator.codify({"epochs": 2, "name": 'a "b"', "on": True, "sizes": [1, None], "rate": float("inf")})
        wanted = ['// Parameters', "const epochs = 2;", 'const name = "a \\"b\\"";', "const on = true;"]
        wanted += ["const sizes = [1, null];", "const rate = Infinity;", ""]
        self.assertEqual(code.split("\n"), wanted)


if __name__ == "__main__":
    unittest.main()
