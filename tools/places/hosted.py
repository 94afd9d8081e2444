"""Executes a notebook in a running Jupyter server, through a session as a browser opens it, and prints what it found.

python hosted.py ADDRESS TOKEN NOTEBOOK    one line of JSON: trusted, cells, failed, printed, memory
"""

import json
import os
import sys
import urllib.request
from pathlib import Path

from jupyter_client.blocking import BlockingKernelClient
from jupyter_core.paths import jupyter_runtime_dir

address, token, notebook = sys.argv[1:]


def api(path, data=None):
    request = urllib.request.Request(
        f"{address}/api/{path}", json.dumps(data).encode() if data else None, {"Authorization": f"token {token}"}
    )
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.load(answer)


cells = [cell for cell in api(f"contents/{notebook}")["content"]["cells"] if cell["cell_type"] == "code"]
session = api("sessions", {"path": notebook, "name": "", "type": "notebook", "kernel": {"name": "tslab"}})
client = BlockingKernelClient(
    connection_file=os.path.join(jupyter_runtime_dir(), f"kernel-{session['kernel']['id']}.json")
)
client.load_connection_file()
# Without heartbeats: a kernel that is just starting misses some and would be taken for dead.
client.start_channels(hb=False)
client.wait_for_ready(timeout=60)

printed, failed = [], []


def keep(message):
    """What a cell prints, and what it displays as text."""
    content = message["content"]
    printed.append(content.get("text") or content.get("data", {}).get("text/plain", ""))


for number, cell in enumerate(cells, 1):
    status = client.execute_interactive(cell["source"], timeout=600, output_hook=keep)["content"]["status"]
    if status != "ok":
        failed.append(number)

kernels = [line for line in Path("/proc").glob("[0-9]*/cmdline") if session["kernel"]["id"] in line.read_text()]
memory = [line for line in (kernels[0].parent / "status").read_text().splitlines() if line.startswith("VmHWM")]
print(
    json.dumps(
        {
            "trusted": all(cell["metadata"].get("trusted") for cell in cells),
            "cells": len(cells),
            "failed": failed,
            "printed": "".join(printed),
            "memory": int(memory[0].split()[1]) * 1024,
        }
    )
)
