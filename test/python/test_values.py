"""Values between Python and TypeScript."""

import unittest
from importlib.util import find_spec

from python_kernel import Python
from convlab_jupyter import values


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


if __name__ == "__main__":
    unittest.main()
