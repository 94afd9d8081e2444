"""What the package finds and writes without a kernel."""

import os
import tempfile
import unittest
from pathlib import Path
from unittest import mock

import python_kernel  # noqa: F401 -- it says where the package lies
from convlab_jupyter import setup
from convlab_jupyter.magics import _serve_plotly
from convlab_jupyter.papermill import TypeScriptTranslator


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


class Papermill(unittest.TestCase):
    def test_parameters_become_constants(self):
        code = TypeScriptTranslator.codify({"epochs": 2, "name": 'a "b"', "on": True, "sizes": [1, None], "rate": float("inf")})
        wanted = ['// Parameters', "const epochs = 2;", 'const name = "a \\"b\\"";', "const on = true;"]
        wanted += ["const sizes = [1, null];", "const rate = Infinity;", ""]
        self.assertEqual(code.split("\n"), wanted)


if __name__ == "__main__":
    unittest.main()
