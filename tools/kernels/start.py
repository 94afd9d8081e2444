"""Starts the TypeScript kernel as Jupyter does, runs one cell in it, and prints what the cell prints.

python start.py tcp|ipc FOLDER STARTS CODE
"""

import os
import sys
import tempfile
import time

from jupyter_client.manager import KernelManager

transport, folder, starts, code = sys.argv[1:]
for _ in range(int(starts)):
    begin = time.monotonic()
    with tempfile.TemporaryDirectory() as sockets:
        manager = KernelManager(kernel_name="tslab", transport=transport)
        if transport == "ipc":
            manager.ip = os.path.join(sockets, "kernel")
        manager.start_kernel(cwd=folder)
        client = manager.client()
        client.start_channels()
        try:
            client.wait_for_ready(timeout=60)
            print(f"ready after {time.monotonic() - begin:.1f} s", file=sys.stderr)
            show = lambda message: print(message["content"].get("text", ""), end="")
            client.execute_interactive(code, timeout=60, output_hook=show)
        finally:
            client.stop_channels()
            manager.shutdown_kernel(now=True)
