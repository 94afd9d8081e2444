"""A notebook of Python's, with the extension loaded, for tests."""

import sys
import tempfile
from pathlib import Path

from jupyter_client.manager import KernelManager

PACKAGE = Path(__file__).resolve().parents[2] / "python"
sys.path.insert(0, str(PACKAGE))

PATIENCE = 240


class Python:
    """A kernel of Python's, with the extension loaded."""

    def __init__(self):
        self.manager = KernelManager(kernel_name="python3")
        self.folder = tempfile.TemporaryDirectory()
        self.manager.start_kernel(cwd=self.folder.name)
        self.client = self.manager.blocking_client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=PATIENCE)
        self.run(f"import sys; sys.path.insert(0, {str(PACKAGE)!r})\n%load_ext convlab_jupyter")

    def run(self, code, during=None):
        """Runs a cell; returns the contents of its messages, by (type, content)."""
        seen = []

        def keep(message):
            seen.append((message["msg_type"], message["content"]))
            if during:
                during(str(message["content"]))

        self.client.execute_interactive(code, output_hook=keep, timeout=PATIENCE, allow_stdin=False)
        return Cell(seen)

    def close(self):
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)
        self.folder.cleanup()


class Cell:
    def __init__(self, seen):
        self.seen = seen

    def text(self, name="stdout"):
        return "".join(c["text"] for kind, c in self.seen if kind == "stream" and c["name"] == name)

    def data(self):
        return [content["data"] for kind, content in self.seen if kind in ("display_data", "execute_result")]

    def kinds(self):
        return [kind for kind, _ in self.seen]

    def error(self):
        return next(content for kind, content in self.seen if kind == "error")
