"""How papermill writes parameters into a TypeScript notebook: as constants of one cell."""

from __future__ import annotations

import json
import math
from typing import Any, Dict


class TypeScriptTranslator:
    """Parameters as TypeScript, in the manner of papermill's other translators.

    papermill finds it by the entry point ``papermill.translators`` and the kernel's name or language.
    """

    @classmethod
    def codify(cls, parameters: Dict[str, Any], comment: str = "Parameters") -> str:
        lines = [f"const {name} = {cls.translate(value)};" for name, value in parameters.items()]
        return "\n".join([cls.comment(comment), *lines, ""])

    @classmethod
    def translate(cls, value: Any) -> str:
        """A value as TypeScript writes it.

        :raises TypeError: for what JSON can't hold
        """
        if isinstance(value, float) and not math.isfinite(value):
            return "NaN" if math.isnan(value) else ("Infinity" if value > 0 else "-Infinity")
        if isinstance(value, (list, tuple)):
            return f"[{', '.join(map(cls.translate, value))}]"
        if isinstance(value, dict):
            return "{" + ", ".join(f"{json.dumps(str(key))}: {cls.translate(item)}" for key, item in value.items()) + "}"
        return json.dumps(value, ensure_ascii=False)

    @classmethod
    def comment(cls, text: str) -> str:
        return f"// {text}".strip()

    @classmethod
    def inspect(cls, parameters_cell: Any) -> list:
        """papermill's ``--help-notebook``: the parameters are not read out of the cell."""
        return []
