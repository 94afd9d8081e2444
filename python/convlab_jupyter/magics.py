"""The magics: %%ts, %ts_restart, and completion inside %%ts cells."""

from __future__ import annotations

import json
import keyword
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any, List, Optional

from IPython.core.completer import SimpleCompletion, context_matcher
from IPython.core.error import UsageError
from IPython.core.magic import Magics, cell_magic, line_magic, magics_class
from IPython.core.magic_arguments import argument, magic_arguments, parse_argstring
from IPython.display import publish_display_data

from . import values
from .kernel import KernelDied, KernelMissing, Message, TypeScriptKernel, project_folder

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
EXCHANGE = Path(__file__).with_name("exchange.cjs")
# What lies here, Colab serves to its outputs as /nbextensions/….
COLAB_FILES = Path("/usr/local/share/jupyter/nbextensions")


class TypeScriptError(Exception):
    """A TypeScript cell failed. IPython shows the traceback of TypeScript's in place of Python's."""

    def __init__(self, message: str, traceback: List[str]) -> None:
        super().__init__(message)
        self._traceback = traceback

    def _render_traceback_(self) -> List[str]:
        return self._traceback


def _error(name: str, message: str, traceback: List[str]) -> TypeScriptError:
    """An error whose class bears TypeScript's name, as Jupyter reports it: TypeError, SyntaxError, …"""
    kind = type(name if name.isidentifier() else "Error", (TypeScriptError,), {})
    return kind(message, traceback)


def _usage(message: str) -> TypeScriptError:
    # IPython's own UsageError only prints: a notebook that runs unattended would go on.
    return _error("UsageError", message, [f"UsageError: {message}"])


@magics_class
class TypeScriptMagics(Magics):
    """``%%ts`` and what belongs to it."""

    def __init__(self, shell: Any) -> None:
        super().__init__(shell)
        self._kernel: Optional[TypeScriptKernel] = None
        self._before = False

    @magic_arguments()
    @argument("--in", dest="inputs", action="append", default=[], metavar="NAME", help="a variable of Python's to pass in")
    @argument("--out", dest="outputs", action="append", default=[], metavar="NAME", help="a variable of the cell's to bring back")
    @cell_magic
    def ts(self, line: str, cell: str) -> None:
        """Runs a TypeScript cell: ``%%ts [--in NAME …] [--out NAME …]``.

        Numbers, texts, lists and dicts pass as they are. A NumPy array, or what NumPy takes for one, becomes a tensor of
        bool, int32 or float32; a tensor or a typed array becomes a NumPy array.
        """
        try:
            arguments = parse_argstring(self.ts, line)
        except UsageError as error:
            raise _usage(f"%%ts: {error}; it takes --in NAME and --out NAME") from None
        _check_names([*arguments.inputs, *arguments.outputs])
        kernel = self._running()
        folder = Path(tempfile.mkdtemp(prefix="convlab-values-"))
        try:
            for name in arguments.inputs:
                self._pass_in(kernel, name, folder)
            self._run(kernel, cell)
            for name in arguments.outputs:
                self._bring_back(kernel, name, folder)
        except KernelDied as death:
            self._kernel = None
            kernel.stop()
            raise _error("KernelDied", str(death), [f"KernelDied: {death}. The next %%ts cell starts a new one."]) from None
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    @line_magic
    def ts_restart(self, line: str) -> None:
        """Ends the TypeScript kernel, and all its variables with it, and starts a new one."""
        self.close()
        self._before = False
        self._running()
        print("The TypeScript kernel has started anew; its variables are gone.")

    def listen(self) -> None:
        """Takes part in completion, and puts Plotly where Colab's outputs can load it."""

        @context_matcher(identifier="convlab_jupyter")
        def matcher(context: Any) -> Any:
            return self._complete(context)

        self.shell.Completer.custom_matchers.append(matcher)
        if "google.colab" in sys.modules:
            _serve_plotly(COLAB_FILES)

    def close(self) -> None:
        """Ends the kernel, if one runs."""
        if self._kernel is not None:
            self._kernel.stop()
            self._kernel = None

    def _running(self) -> TypeScriptKernel:
        if self._kernel is not None and not self._kernel.is_alive():
            self.close()
        if self._kernel is None:
            try:
                self._kernel = TypeScriptKernel()
            except (KernelMissing, KernelDied) as error:
                raise _usage(str(error)) from None
            if self._before:
                print("A new TypeScript kernel: the variables of the one before are gone.", file=sys.stderr)
            self._before = True
        return self._kernel

    def _run(self, kernel: TypeScriptKernel, code: str, silent: bool = False) -> None:
        errors: List[Message] = []

        def publish(kind: str, content: Message) -> None:
            if kind == "error":
                errors.append(content)
            else:
                _publish(kind, content)

        reply = kernel.execute(code, publish, self._ask, silent)
        if reply.status == "ok" and not errors:
            return
        told = errors[-1] if errors else {}
        name = told.get("ename") or reply.ename
        message = told.get("evalue") or reply.evalue or "the TypeScript cell failed; its output says why"
        raise _error(name, message, told.get("traceback") or reply.traceback or [f"{name}: {message}"])

    def _ask(self, prompt: str, password: bool) -> str:
        return self.shell.kernel.getpass(prompt) if password else self.shell.kernel.raw_input(prompt)

    def _pass_in(self, kernel: TypeScriptKernel, name: str, folder: Path) -> None:
        if name not in self.shell.user_ns:
            raise _usage(f"%%ts: --in {name}: Python has no variable of this name")
        try:
            value = values.prepare(self.shell.user_ns[name], name)
        except TypeError as error:
            raise _usage(f"%%ts: --in {error}") from None
        file = values.write(value, folder / name)
        kind = values.typescript_type(value)
        self._run(kernel, f"const {name}: {kind} = await require({_text(EXCHANGE)}).read({_text(file)});", silent=True)

    def _bring_back(self, kernel: TypeScriptKernel, name: str, folder: Path) -> None:
        try:
            self._run(kernel, f"await require({_text(EXCHANGE)}).write({name}, {_text(folder / name)});", silent=True)
        except TypeScriptError as error:
            # The reader's cell has run: what failed is one that the reader never sees.
            kind, told = type(error).__name__, f"%%ts: --out {name}: {error}"
            raise _error(kind, told, [f"{kind}: {told}"]) from None
        [file] = folder.glob(f"{name}.*")
        try:
            self.shell.user_ns[name] = values.read(file)
        except ImportError:
            raise _usage(f"%%ts: --out {name}: an array needs NumPy, which is not here; pip install numpy") from None

    def _complete(self, context: Any) -> Any:
        nothing = {"completions": [], "suppress": False}
        first, _, code = context.full_text.partition("\n")
        if self._kernel is None or not first.startswith("%%ts") or context.cursor_line == 0:
            return nothing
        before = context.full_text.split("\n")[1 : context.cursor_line]
        # IPython counts the cursor's position from the start of its line.
        cursor = sum(len(line) + 1 for line in before) + context.cursor_position
        content = self._kernel.complete(code, cursor)
        fragment = code[content["cursor_start"] : content["cursor_end"]]
        completions = [SimpleCompletion(match) for match in content["matches"]]
        return {"completions": completions, "matched_fragment": fragment, "suppress": True, "ordered": True}


def _publish(kind: str, content: Message) -> None:
    """Passes on what a cell published, as if Python's cell had."""
    if kind == "stream":
        stream = sys.stderr if content["name"] == "stderr" else sys.stdout
        stream.write(content["text"])
        stream.flush()
    elif kind in ("display_data", "update_display_data", "execute_result"):
        # Sliders would look for the kernel behind this one; what they say as text stays, and the picture below them.
        content["data"].pop(WIDGET_VIEW, None)
        publish_display_data(
            content["data"],
            content.get("metadata", {}),
            transient=content.get("transient", {}),
            update=kind == "update_display_data",
        )
    elif kind == "clear_output":
        from IPython.display import clear_output

        clear_output(content.get("wait", False))


def _check_names(names: List[str]) -> None:
    for name in names:
        if not name.isidentifier() or keyword.iskeyword(name):
            raise _usage(f"%%ts: {name!r} can't be the name of a variable in both languages")


def _text(path: Path) -> str:
    """A path as a text of TypeScript's."""
    return json.dumps(str(path))


def _serve_plotly(nbextensions: Path) -> None:
    """Colab hands the files in this folder to its outputs, each of which is a page of its own."""
    for modules in (project_folder() / "node_modules", project_folder() / "lib" / "node_modules"):
        source = modules / "plotly.js-dist" / "plotly.js"
        if source.exists():
            target = nbextensions / "convlab" / "plotly.js"
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
            return
