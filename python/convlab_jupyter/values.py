"""Values on their way between Python and TypeScript: arrays as .npy files, everything else as JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

# A number of JavaScript's holds every whole number up to here.
LARGEST_INTEGER = 2**53


def prepare(value: Any, where: str = "") -> Any:
    """A value as TypeScript can have it: a NumPy array of bool, int32 (or less) or float32, else what JSON holds.

    :param where: the value's name, which an error begins with
    :raises TypeError: for what has no counterpart
    """
    if not _is_array(value):
        return _plain(value, where)
    array = _array(value, where)
    if array.ndim == 0 or array.dtype.kind in "UO":
        return _plain(array.tolist(), where)
    if array.dtype.kind == "f":
        return array.astype("float32", copy=False)
    if array.dtype.kind in "iu":
        return _as_int32(array, where)
    if array.dtype.kind == "b":
        return array
    raise _no_counterpart(where, f"an array of {array.dtype}", "pass numbers, as array.real or array.astype('float32')")


def write(value: Any, stem: Path) -> Path:
    """Writes what :func:`prepare` gave into a file that TypeScript reads.

    :param stem: the file's path without its ending
    :return: the file: .npy for arrays, .json for all else
    """
    if _is_array(value):
        import numpy

        file = stem.with_suffix(".npy")
        numpy.save(file, value, allow_pickle=False)
        return file
    file = stem.with_suffix(".json")
    # NaN and Infinity go as Python writes them, which JSON has no word for; exchange.cjs reads and writes them so, too.
    file.write_text(json.dumps(value), encoding="utf-8")
    return file


def read(file: Path) -> Any:
    """What TypeScript wrote: an array, or a value of JSON's."""
    if file.suffix == ".npy":
        import numpy

        return numpy.load(file, allow_pickle=False)
    return json.loads(file.read_text(encoding="utf-8"))


def typescript_type(value: Any) -> str:
    """What the compiler is told of a value that :func:`prepare` gave."""
    if _is_array(value):
        return f"import('convlab').tf.Tensor{f'{value.ndim}D' if value.ndim <= 6 else ''}"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, str):
        return "string"
    if isinstance(value, (int, float)):
        return "number"
    if isinstance(value, list) and value:
        kinds = {typescript_type(item) for item in value}
        return f"{kinds.pop()}[]" if len(kinds) == 1 else "any[]"
    return "any"


def _is_array(value: Any) -> bool:
    """Whether NumPy takes it for an array: its own, a pandas column, a tensor. NumPy isn't imported for the question."""
    return hasattr(type(value), "__array__")


def _array(value: Any, where: str) -> Any:
    import numpy

    if numpy.ma.is_masked(value):
        raise _no_counterpart(where, "a masked array", "give the masked elements a value, as array.filled(0)")
    try:
        return numpy.asarray(value)
    except Exception as error:  # Other libraries raise what they like, such as for an array on a graphics card.
        raise _no_counterpart(where, f"this {type(value).__name__}", f"NumPy can't make an array of it: {error}") from None


def _as_int32(array: Any, where: str) -> Any:
    import numpy

    limits = numpy.iinfo("int32")
    if array.dtype.itemsize < 4 or array.dtype == numpy.int32:
        return array
    if array.size > 0 and (array.min() < limits.min or array.max() > limits.max):
        kind = f"an array of {array.dtype} from {array.min()} to {array.max()}"
        raise _no_counterpart(where, kind, "TensorFlow.js's whole numbers are int32; pass array.astype('float32')")
    return array.astype("int32")


def _plain(value: Any, where: str) -> Any:
    if _is_array(value):
        # Inside of a list or a dict, where a tensor can't be.
        return _plain(_array(value, where).tolist(), where)
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) > LARGEST_INTEGER:
        raise _no_counterpart(where, f"the whole number {value}", "its digits would be lost; pass str() of it")
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    if isinstance(value, (list, tuple)):
        return [_plain(item, f"{where}[{i}]") for i, item in enumerate(value)]
    if isinstance(value, dict):
        for key in value:
            if not isinstance(key, str):
                raise _no_counterpart(where, f"the key {key!r} of a dict", "keys are texts there; pass str() of it")
        return {key: _plain(item, f"{where}[{key!r}]") for key, item in value.items()}
    kind = f"a value of type {type(value).__name__}"
    raise _no_counterpart(where, kind, "pass a number, a text, a list, a dict, or a NumPy array")


def _no_counterpart(where: str, kind: str, what_to_do: str) -> TypeError:
    return TypeError(f"{where}{': ' if where else ''}{kind} has no counterpart in TypeScript; {what_to_do}")
