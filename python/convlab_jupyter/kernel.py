"""The TypeScript kernel as a child of Python's: started once, fed with cells, listened to until each is done."""

from __future__ import annotations

import atexit
import os
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Callable, Dict, List, Optional

import zmq
from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel
from jupyter_client.manager import KernelManager

KERNEL_NAME = "tslab"
START_SECONDS = 120
# How long a loop may wait before it looks whether the kernel still lives.
LOOK_SECONDS = 0.5

Message = Dict[str, Any]


class KernelMissing(Exception):
    """There is no TypeScript kernel on this machine."""


class KernelDied(Exception):
    """The TypeScript kernel ended while a cell ran."""


@dataclass
class Reply:
    """How a cell ended."""

    status: str
    ename: str = "Error"
    evalue: str = ""
    traceback: List[str] = field(default_factory=list)


def project_folder() -> Path:
    """The clone of convlab that this package lies in."""
    return Path(__file__).resolve().parents[2]


def kernel_specs() -> KernelSpecManager:
    """Where kernels are looked for: what the set-up wrote into the project comes first."""
    specs = KernelSpecManager()
    specs.kernel_dirs = [str(project_folder() / ".cache" / "jupyter" / "kernels"), *specs.kernel_dirs]
    return specs


class TypeScriptKernel:
    """One running kernel. Its variables live until :meth:`stop`."""

    def __init__(self) -> None:
        specs = kernel_specs()
        try:
            specs.get_kernel_spec(KERNEL_NAME)
        except NoSuchKernel:
            raise KernelMissing(
                "%%ts: there is no TypeScript kernel here; run `npm run setup` in convlab's folder "
                f"({project_folder()}) and then this cell again"
            ) from None
        self._manager = KernelManager(kernel_name=KERNEL_NAME, kernel_spec_manager=specs)
        # TensorFlow's log would stand between the outputs of the cells; it is kept for the case that the kernel dies.
        self._log = tempfile.TemporaryFile()
        # In the folder of the notebook, so that files which a cell writes lie beside it.
        self._manager.start_kernel(cwd=os.getcwd(), stderr=self._log)
        atexit.register(self.stop)
        self._client = self._manager.blocking_client()
        self._client.start_channels()
        try:
            self._client.wait_for_ready(timeout=START_SECONDS)
        except RuntimeError as error:
            self.stop()
            raise KernelDied(f"%%ts: the TypeScript kernel did not start: {error}{self._last_words()}") from None

    def is_alive(self) -> bool:
        return self._manager.is_alive()

    def execute(
        self,
        code: str,
        on_output: Callable[[str, Message], None],
        on_input: Optional[Callable[[str, bool], str]] = None,
        silent: bool = False,
    ) -> Reply:
        """Runs a cell and returns when it is done.

        :param on_output: is called with the type and the content of each message that the cell publishes, as it comes
        :param on_input: asks the reader: (prompt, whether it is a password) -> the answer
        :param silent: leaves the cell out of the count of executions
        :raises KernelDied: when the kernel ends before the cell does
        """
        request = self._client.execute(
            code, silent=False, store_history=not silent, allow_stdin=on_input is not None, stop_on_error=False
        )
        reply: Optional[Reply] = None
        idle = False
        while reply is None or not idle:
            try:
                ready = self._poll()
                if not ready and not self.is_alive():
                    raise KernelDied(
                        f"the TypeScript kernel ended while this cell ran; its variables are gone{self._last_words()}"
                    )
                # What the cell published comes before the reply: the reader sees output in its order.
                for message in self._waiting(self._client.iopub_channel, request):
                    kind = message["header"]["msg_type"]
                    if kind == "status":
                        idle = idle or message["content"]["execution_state"] == "idle"
                    else:
                        on_output(kind, message["content"])
                for message in self._waiting(self._client.stdin_channel, request):
                    content = message["content"]
                    answer = on_input(content["prompt"], content["password"]) if on_input else ""
                    self._client.input(answer)
                for message in self._waiting(self._client.shell_channel, request):
                    reply = _reply(message["content"])
            except KeyboardInterrupt:
                # The stop button of Python's kernel is the stop button of this one. The cell then ends by itself:
                # a training keeps its weights and its history, anything else is given up.
                self._manager.interrupt_kernel()
        return reply

    def complete(self, code: str, cursor: int, seconds: float = 2) -> Message:
        """What can stand at the cursor, as the content of Jupyter's complete_reply; empty when it takes too long."""
        request = self._client.complete(code, cursor)
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self._poll()
            for message in self._waiting(self._client.shell_channel, request):
                return message["content"]
        return {"matches": [], "cursor_start": cursor, "cursor_end": cursor}

    def stop(self) -> None:
        """Ends the kernel; a second call does nothing."""
        atexit.unregister(self.stop)
        client = getattr(self, "_client", None)
        if client is not None:
            client.stop_channels()
        if self._manager.has_kernel:
            self._manager.shutdown_kernel(now=True)

    def _last_words(self) -> str:
        """The end of what the kernel's process wrote into its log."""
        self._log.seek(0)
        lines = self._log.read().decode("utf-8", "replace").splitlines()[-5:]
        return "".join(f"\n    {line}" for line in lines)

    def _poll(self) -> bool:
        poller = zmq.Poller()
        for channel in (self._client.iopub_channel, self._client.shell_channel, self._client.stdin_channel):
            poller.register(channel.socket, zmq.POLLIN)
        return bool(poller.poll(LOOK_SECONDS * 1000))

    @staticmethod
    def _waiting(channel: Any, request: str) -> List[Message]:
        """The messages that have arrived for a request; those for earlier ones are let go."""
        messages = []
        while channel.socket.poll(0):
            message = channel.get_msg(timeout=0)
            if message["parent_header"].get("msg_id") == request:
                messages.append(message)
        return messages


def _reply(content: Message) -> Reply:
    return Reply(
        content["status"],
        content.get("ename") or "Error",
        content.get("evalue") or "",
        list(content.get("traceback") or []),
    )
