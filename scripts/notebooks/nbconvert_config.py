"""nbconvert's configuration: reports each cell to scripts/notebooks/execute.mjs, a line of JSON on stderr.

tslab answers a failing cell without the error's name and message, and a cell that it drops after a failure with the
status 'aborted', which nbconvert passes over. So the status and what the cell printed are reported here.
"""

import json
import sys

c = get_config()  # noqa: F821 (nbconvert defines it)


def report(event, **details):
    print("convlab:" + json.dumps({"event": event, **details}), file=sys.stderr, flush=True)


def cell_start(cell, cell_index):
    if cell.cell_type == "code":
        report("cell", index=cell_index)


def cell_executed(cell, cell_index, execute_reply):
    status = execute_reply["content"]["status"]
    if status != "ok":
        printed = [output.get("text", "") for output in cell.outputs if output.get("name") == "stderr"]
        report("failed", index=cell_index, status=status, text="".join(printed))


c.NotebookClient.on_cell_start = cell_start
c.NotebookClient.on_cell_executed = cell_executed
c.ExecutePreprocessor.on_cell_start = cell_start
c.ExecutePreprocessor.on_cell_executed = cell_executed
