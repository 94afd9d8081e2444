"""%%ts in a real kernel of Python's. Run by magics.test.ts, with the environment that has Jupyter:

    python test/python/test_magics.py
"""

import os
import sys
import tempfile
import threading
import time
import unittest
from importlib.util import find_spec
from pathlib import Path
from unittest import mock

from jupyter_client.manager import KernelManager

PACKAGE = Path(__file__).resolve().parents[2] / "python"
sys.path.insert(0, str(PACKAGE))

from convlab_jupyter import setup, values  # noqa: E402
from convlab_jupyter.kernel import TypeScriptKernel  # noqa: E402
from convlab_jupyter.magics import _serve_plotly  # noqa: E402
from convlab_jupyter.papermill import TypeScriptTranslator  # noqa: E402

PATIENCE = 240


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

    def test_what_cannot_come_back_is_named_and_leaves_the_variable_as_it_was(self):
        for name, code, message in (
            ("f", "const f = () => 1;", "--out f: a function has no counterpart in Python"),
            ("u", "const u = undefined;", "--out u: undefined has no counterpart"),
            ("nowhere", "1;", "--out nowhere: Cannot find name 'nowhere'"),
        ):
            self.python.run(f"{name} = 'before'")
            self.assertIn(message, self.python.run(f"%%ts --out {name}\n{code}").error()["evalue"])
            self.assertEqual(self.python.run(name).data()[0]["text/plain"], "'before'")

    def test_an_option_that_does_not_exist_fails_the_cell(self):
        self.assertIn("it takes --in NAME and --out NAME", self.python.run("%%ts --input x\n1").error()["evalue"])

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

    def test_an_empty_cell_costs_little_more_than_in_the_kernel_itself(self):
        kernel = TypeScriptKernel()
        self.addCleanup(kernel.stop)
        alone = least_seconds(lambda: kernel.execute("1;", lambda kind, content: None))
        below = least_seconds(lambda: self.ts("1;"))
        print(f"an empty cell: {below * 1000:.0f} ms with %%ts, {alone * 1000:.0f} ms in its kernel", file=sys.stderr)
        # 100 ms is the goal, met by far on a quiet machine; tests share theirs, and all that is timed here waits for it.
        self.assertLess(below - alone, 0.5)


def least_seconds(work, times=8):
    def took():
        start = time.perf_counter()
        work()
        return time.perf_counter() - start

    return min(took() for _ in range(times))


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
    def test_what_has_no_counterpart_is_refused_by_where_it_is_and_what_to_do(self):
        cases = (
            (object(), "x: a value of type object has no counterpart"),
            (b"", "x: a value of type bytes"),
            ({1: 2}, r"x: the key 1 of a dict .* pass str\(\) of it"),
            ({"a": [1, {2}]}, r"x\['a'\]\[1\]: a value of type set"),
            (2**60, "its digits would be lost"),
            (1 + 2j, "a value of type complex"),
        )
        for value, message in cases:
            with self.assertRaisesRegex(TypeError, message):
                values.prepare(value, "x")

    def test_the_compiler_is_told_the_types(self):
        cases = ((True, "boolean"), ("a", "string"), (2.5, "number"), ([1, 2], "number[]"), ([1, "a"], "any[]"), (None, "any"))
        for value, kind in cases:
            self.assertEqual(values.typescript_type(value), kind)


@unittest.skipUnless(find_spec("numpy"), "NumPy is not here")
class NumPy(unittest.TestCase):
    """Of every type and order; `npm run test:places -- colab` has NumPy, the environment of the set-up doesn't."""

    @classmethod
    def setUpClass(cls):
        cls.python = Python()
        cls.addClassCleanup(cls.python.close)
        cls.python.run("import math\nimport numpy as np")

    def returned(self, expression, code="x"):
        """What a value is in TypeScript and then in Python again, as Python prints it."""
        self.python.run(f"x = {expression}")
        cell = self.python.run(f"%%ts --in x --out y\nimport {{tf}} from 'convlab';\nconst y = {code};")
        self.assertNotIn("error", cell.kinds(), f"{expression}: {cell.seen}")
        return self.python.run("print(repr(y.tolist() if hasattr(y, 'tolist') else y), getattr(y, 'dtype', ''))").text().strip()

    def refused(self, expression):
        self.python.run(f"x = {expression}")
        return self.python.run("%%ts --in x\n1").error()["evalue"]

    def test_arrays_of_every_type_become_tensors_of_the_type_that_holds_them(self):
        whole = "int8 uint8 int16 uint16 int32 uint32 int64 uint64 >i2 >i4 >i8 >u2".split()
        for dtype in whole:
            self.assertEqual(self.returned(f"np.array([[1, 0, 7]], dtype='{dtype}')"), "[[1, 0, 7]] int32", dtype)
        for dtype in "float16 float32 float64 longdouble >f2 >f4 >f8".split():
            self.assertEqual(self.returned(f"np.array([[1.5, np.inf]], dtype='{dtype}')"), "[[1.5, inf]] float32", dtype)
        self.assertEqual(self.returned("np.array([True, False])"), "[True, False] bool")

    def test_arrays_in_any_order_keep_their_elements_where_they_were(self):
        self.python.run("a = np.arange(24).reshape(2, 3, 4)")
        for view in ("np.asfortranarray(a)", "a[:, ::-1, ::2]", "a.T", "np.broadcast_to(a[:, :1], a.shape)", "a[:0]"):
            self.returned(view)
            self.assertEqual(self.python.run("print(x.shape == y.shape and bool((x == y).all()))").text(), "True\n", view)

    def test_the_compiler_knows_how_many_axes_a_tensor_has(self):
        self.assertEqual(self.returned("np.ones((1, 2, 2, 1), 'float32')", "tf.avgPool(x, 2, 2, 'valid')"), "[[[[1.0]]]] float32")

    def test_numbers_and_texts_of_numpys_and_what_lies_in_lists_pass_too(self):
        self.assertEqual(self.returned("[np.float32(2.5), np.bool_(True), np.int64(7), np.str_('é')]"), "[2.5, True, 7, 'é']")
        self.assertEqual(self.returned("np.array(['a', 'b'])"), "['a', 'b']")
        self.assertEqual(self.returned("{'a': np.arange(3), 'b': (1,)}"), "{'a': [0, 1, 2], 'b': [1]}")
        self.assertEqual(self.returned("np.int64(7)", "x + 1"), "8")
        self.assertEqual(self.returned("np.bool_(True)", "!x"), "False")

    def test_numbers_that_json_has_no_word_for_come_through(self):
        self.assertEqual(self.returned("[1.5, math.nan, math.inf, -math.inf, 'NaN']"), "[1.5, nan, inf, -inf, 'NaN']")
        self.assertEqual(self.returned("0", "({a: NaN, b: 2n ** 70n})"), "{'a': nan, 'b': 1180591620717411303424}")

    def test_what_typescript_has_in_a_form_of_its_own_comes_back_as_what_python_has(self):
        self.assertEqual(self.returned("0", "new Map([['k', new Set([1])]])"), "{'k': [1]}")
        self.assertEqual(self.returned("0", "[new Float32Array([1, 2]), tf.tensor([[3]])]"), "[[1, 2], [[3]]]")
        self.assertEqual(self.returned("0", "Uint8Array.of(1, 255)"), "[1, 255] uint8")
        self.assertEqual(self.returned("0", "BigInt64Array.of(5n)"), "[5] int64")
        self.assertEqual(self.returned("0", "Promise.resolve(tf.tensor(['a']))"), "['a']")

    def test_arrays_without_a_counterpart_say_what_to_do(self):
        self.assertIn("--in x: an array of complex128 has no counterpart", self.refused("np.array([1j])"))
        self.assertIn("pass numbers", self.refused("np.array(['2020-01-01'], dtype='M8[D]')"))
        self.assertIn("array.filled(0)", self.refused("np.ma.array([1, 2], mask=[0, 1])"))
        self.assertIn("array.astype('float32')", self.refused("np.array([2**40])"))


class Papermill(unittest.TestCase):
    def test_parameters_become_constants(self):
        code = TypeScriptTranslator.codify({"epochs": 2, "name": 'a "b"', "on": True, "sizes": [1, None], "rate": float("inf")})
        wanted = ['// Parameters', "const epochs = 2;", 'const name = "a \\"b\\"";', "const on = true;"]
        wanted += ["const sizes = [1, null];", "const rate = Infinity;", ""]
        self.assertEqual(code.split("\n"), wanted)


if __name__ == "__main__":
    unittest.main()
