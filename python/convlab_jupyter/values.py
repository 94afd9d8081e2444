"""Values on their way between Python and TypeScript: NumPy arrays as .npy files, everything else as JSON."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any


def is_array(value: Any) -> bool:
    """Whether it is a NumPy array or number. NumPy isn't imported for the question: it may not be there."""
    return type(value).__module__.split(".")[0] == "numpy"


def write(value: Any, stem: Path) -> Path:
    """Writes a value into a file that TypeScript reads.

    :param stem: the file's path without its ending
    :return: the file: .npy for arrays, .json for all else
    :raises TypeError: for what neither can hold
    """
    if is_array(value):
        import numpy

        array = numpy.asarray(value)
        if array.dtype.kind not in "biuf":
            raise TypeError(f"an array of {array.dtype} has no counterpart; pass numbers, as array.astype('float32')")
        if array.ndim > 0:
            file = stem.with_suffix(".npy")
            numpy.save(file, array, allow_pickle=False)
            return file
        value = array.item()
    if not _is_json(value):
        raise TypeError(
            f"a {type(value).__name__} has no counterpart; pass a number, a text, a list, a dict, or a NumPy array"
        )
    file = stem.with_suffix(".json")
    file.write_text(json.dumps(value, allow_nan=False), encoding="utf-8")
    return file


def read(file: Path) -> Any:
    """What TypeScript wrote: an array, or a value of JSON's."""
    if file.suffix == ".npy":
        import numpy

        return numpy.load(file, allow_pickle=False)
    return json.loads(file.read_text(encoding="utf-8"))


def typescript_type(value: Any) -> str:
    """What the compiler is told of a value that was passed in."""
    if is_array(value) and value.ndim > 0:
        return "import('convlab').tf.Tensor"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, str):
        return "string"
    if isinstance(value, (int, float)) or is_array(value):
        return "number"
    if isinstance(value, (list, tuple)) and value:
        kinds = {typescript_type(item) for item in value}
        return f"{kinds.pop()}[]" if len(kinds) == 1 else "any[]"
    return "any"


def _is_json(value: Any) -> bool:
    if isinstance(value, float):
        # JSON has no word for these two; an array of one element has.
        return math.isfinite(value)
    if value is None or isinstance(value, (bool, int, str)):
        return True
    if isinstance(value, (list, tuple)):
        return all(_is_json(item) for item in value)
    if isinstance(value, dict):
        return all(isinstance(key, str) and _is_json(item) for key, item in value.items())
    return False
