"""%%ts in a real kernel of Python's. All files run with the environment that has Jupyter:

    python -m unittest discover -s test/python
"""

import sys
import threading
import time
import unittest

from python_kernel import PATIENCE, Python
from convlab_jupyter.kernel import TypeScriptKernel


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


if __name__ == "__main__":
    unittest.main()
