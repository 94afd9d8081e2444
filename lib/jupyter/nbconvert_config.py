"""nbconvert's configuration: reports each cell to lib/jupyter/execute.mjs, a line of JSON on descriptor 3.

A cell that is dropped after a failure has the status 'aborted', which nbconvert passes over. So the status is reported
here, and what the cell printed. And nbconvert throws away a notebook that failed, so it is written here, with the outputs
that it has.
"""

import atexit
import json
import os
import re
from pathlib import Path

import nbformat

c = get_config()  # noqa: F821 (nbconvert defines it)
EVENTS = 3
running = {}


def report(event, **details):
    os.write(EVENTS, (json.dumps({"event": event, **details}) + "\n").encode())


def notebook_start(notebook):
    running["notebook"] = notebook
    atexit.register(keep_outputs)


def notebook_complete(notebook):
    del running["notebook"]


def keep_outputs():
    if "notebook" in running:
        nbformat.write(running["notebook"], os.environ["CONVLAB_NOTEBOOK"])


def cell_start(cell, cell_index):
    if cell.cell_type == "code":
        report("cell", index=cell_index)


def cell_executed(cell, cell_index, execute_reply):
    report("memory", bytes=kernel_memory())
    status = execute_reply["content"]["status"]
    if status != "ok":
        report("failed", index=cell_index, status=status, text="\n".join(map(told, cell.outputs)))


def told(output):
    """What an output says of a failure."""
    if output.output_type == "error":
        return re.sub(r"\x1b\[[\d;]*m", "", "\n".join(output.traceback))
    return output.text if output.get("name") == "stderr" else ""


def kernel_memory():
    """The most resident memory that the kernel, this process's child, has had; 0 where /proc doesn't tell."""
    most = 0
    for file in Path("/proc").glob("[0-9]*/status"):
        try:
            lines = dict(line.split(":", 1) for line in file.read_text().splitlines())
            if int(lines["PPid"]) == os.getpid():
                most = max(most, 1024 * int(lines["VmHWM"].split()[0]))
        except (OSError, KeyError, ValueError):
            continue  # it has ended meanwhile
    return most


for client in (c.NotebookClient, c.ExecutePreprocessor):
    client.on_notebook_start = notebook_start
    client.on_notebook_complete = notebook_complete
    client.on_cell_start = cell_start
    client.on_cell_executed = cell_executed
