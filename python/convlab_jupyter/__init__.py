"""TypeScript cells in a notebook of Python's.

    %load_ext convlab_jupyter

    %%ts
    import {mnist, picture} from 'convlab';
    const {train} = await mnist.load();
    picture(train, 5)

A cell that begins with %%ts runs in the TypeScript kernel of convlab, which starts with the first such cell and keeps
its variables from cell to cell. What it prints and draws appears below the cell. ``%ts_restart`` begins anew.
"""

from __future__ import annotations

from .magics import TypeScriptMagics
from .setup import set_up

__all__ = ["load_ipython_extension", "set_up", "unload_ipython_extension"]

_magics: TypeScriptMagics | None = None


def load_ipython_extension(shell) -> None:
    """What ``%load_ext convlab_jupyter`` calls; a second time changes nothing."""
    global _magics
    if _magics is None:
        _magics = TypeScriptMagics(shell)
        shell.register_magics(_magics)
        _magics.listen()


def unload_ipython_extension(shell) -> None:
    """What ``%unload_ext convlab_jupyter`` calls: the TypeScript kernel ends."""
    global _magics
    if _magics is not None:
        _magics.close()
        _magics = None
