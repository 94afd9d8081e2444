"""Asks this kernel and ipykernel the same by Jupyter's protocol, and prints what each answers as a table of Markdown.

npm run measure:kernels -- protocol
"""

import json
import queue
import sys
import time

from jupyter_client.manager import KernelManager

# The same cell in both languages.
CELLS = {
    "value": ("40 + 2", "40 + 2"),
    "print": ("console.log('out'); console.error('err');", "import sys; print('out'); print('err', file=sys.stderr)"),
    "error": ("throw new Error('boom')", "raise Exception('boom')"),
    "wait": ("await new Promise(() => undefined);", "import time; time.sleep(100)"),
    "loop": ("while (true);", "while True: pass"),
    "input": ("import {input} from 'convlab'; await input('who? ')", "input('who? ')"),
    "clear": ("import {clearOutput} from 'convlab'; clearOutput();", "from IPython.display import clear_output; clear_output()"),
    "update": (
        "import {newDisplay} from 'tslab'; const d = newDisplay(); d.text('a'); d.text('b');",
        "from IPython.display import display; d = display('a', display_id=True); d.update('b')",
    ),
    "comm": (
        "const comm = (globalThis as any)[Symbol.for('convlab.kernel')].openComm('test', {a: 1}); undefined",
        "from comm import create_comm; c = create_comm(target_name='test', data={'a': 1})",
    ),
    "stray": ("setTimeout(() => { throw new Error('late'); }, 50); undefined",
              "import threading, time\ndef f(): time.sleep(.05); raise Exception('late')\nthreading.Thread(target=f).start()"),
}


class Kernel:
    def __init__(self, name, language):
        self.language = language
        self.manager = KernelManager(kernel_name=name)
        self.manager.start_kernel()
        self.client = self.manager.client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=120)

    def ask(self, kind, content, channel="shell", until_idle=True, meanwhile=None):
        """The reply's content and what was published for it, by type."""
        message = self.client.session.msg(kind, content)
        getattr(self.client, f"{channel}_channel").send(message)
        if meanwhile:
            meanwhile()
        reply, published, end = None, [], time.monotonic() + 30
        while time.monotonic() < end:
            for take in (getattr(self.client, f"get_{channel}_msg"), self.client.get_iopub_msg, self.client.get_stdin_msg):
                try:
                    got = take(timeout=0.05)
                except queue.Empty:
                    continue
                if got["parent_header"].get("msg_id") != message["header"]["msg_id"]:
                    continue
                if got["msg_type"] == "input_request":
                    self.client.input("Ada")
                elif got["msg_type"].endswith("_reply"):
                    reply = got["content"]
                else:
                    published.append(got)
            idle = any(m["msg_type"] == "status" and m["content"]["execution_state"] == "idle" for m in published)
            if idle and (reply is not None or kind.startswith("comm_") and not kind.endswith("_request")):
                break
            if reply is None and end - time.monotonic() < 20 and not published:
                break
        return reply, [(m["msg_type"], m["content"]) for m in published if m["msg_type"] != "status"]

    def cell(self, name, **options):
        meanwhile = options.pop("meanwhile", None)
        request = {"code": CELLS[name][self.language] if name in CELLS else name, "silent": False, "store_history": True,
                   "user_expressions": {}, "allow_stdin": True, "stop_on_error": True, **options}
        return self.ask("execute_request", request, meanwhile=meanwhile)

    def end(self):
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)


def types(published):
    return ", ".join(dict.fromkeys(kind for kind, _ in published)) or "nothing"


def status(reply):
    return "no reply" if reply is None else reply.get("status", "no status")


def said(reply, *names):
    return f"{status(reply)}: " + ", ".join(f"{name} {json.dumps(reply.get(name))}" for name in names) if reply else "no reply"


def stopped(kernel, name):
    def stop():
        time.sleep(1)
        kernel.manager.interrupt_kernel()

    reply, _ = kernel.cell(name, meanwhile=stop)
    return said(reply, "ename")


def queued(kernel):
    client = kernel.client
    sent = [client.execute(CELLS["error"][kernel.language]), client.execute("1"), client.execute("2")]
    found = {}
    end = time.monotonic() + 20
    while len(found) < 3 and time.monotonic() < end:
        got = client.get_shell_msg(timeout=20)
        found[got["parent_header"].get("msg_id")] = got["content"]["status"]
    return ", ".join(found.get(one, "none") for one in sent)


CHECKS = [
    ("kernel_info_request", lambda k: said(k.ask("kernel_info_request", {})[0], "protocol_version")),
    ("execute_request: outputs of a value", lambda k: types(k.cell("value")[1])),
    ("… of printing", lambda k: types(k.cell("print")[1])),
    ("… of an error", lambda k: f"{types(k.cell('error')[1])}; reply {said(k.cell('error')[0], 'ename', 'evalue')}"),
    ("… silent", lambda k: types(k.cell("value", silent=True, store_history=False)[1])),
    ("… user_expressions", lambda k: status((k.cell("value", user_expressions={"a": "1 + 1"})[0] or {}).get("user_expressions", {}).get("a", {}))),
    ("… queued behind an error", queued),
    ("display with an id, updated", lambda k: types(k.cell("update")[1])),
    ("clear_output", lambda k: types(k.cell("clear")[1])),
    ("input_request", lambda k: next((c["data"]["text/plain"] for t, c in k.cell("input")[1] if t == "execute_result"), "none")),
    ("… where nobody can be asked", lambda k: said(k.cell("input", allow_stdin=False)[0], "ename")),
    ("an error after its cell has ended", lambda k: (k.cell("stray"), time.sleep(0.4), types(k.cell("value")[1]))[2]),
    ("complete_request", lambda k: said(k.ask("complete_request", {"code": "Numb", "cursor_pos": 4} if k.language == 0 else {"code": "prin", "cursor_pos": 4})[0], "cursor_start", "cursor_end")),
    ("inspect_request", lambda k: str(sorted((k.ask("inspect_request", {"code": "parseInt" if k.language == 0 else "print", "cursor_pos": 4, "detail_level": 0})[0] or {}).get("data", {})))),
    ("is_complete_request", lambda k: ", ".join(k.ask("is_complete_request", {"code": code})[0]["status"] for code in (["1", "const a = [", "const = 5"] if k.language == 0 else ["1", "a = [", "a = = 5"]))),
    ("history_request", lambda k: f"{len(k.ask('history_request', {'hist_access_type': 'tail', 'n': 2, 'raw': True, 'output': False})[0]['history'])} of the 2 asked for"),
    ("comm_open from the kernel", lambda k: types(k.cell("comm")[1])),
    ("comm_info_request", lambda k: f"{len(k.ask('comm_info_request', {'target_name': 'test'})[0]['comms'])} comm"),
    ("comm_open that nobody waits for", lambda k: types(k.ask("comm_open", {"comm_id": "x", "target_name": "nobody", "data": {}})[1])),
    ("comm_msg and comm_close to none", lambda k: f"{types(k.ask('comm_msg', {'comm_id': 'none', 'data': {}})[1])}; {types(k.ask('comm_close', {'comm_id': 'none', 'data': {}})[1])}"),
    ("interrupt, a wait", lambda k: stopped(k, "wait")),
    ("interrupt, an endless loop", lambda k: stopped(k, "loop")),
    ("interrupt_request on control", lambda k: status(k.ask("interrupt_request", {}, "control")[0])),
    ("debug_request", lambda k: status(k.ask("debug_request", {"seq": 1, "type": "request", "command": "debugInfo"}, "control")[0])),
    ("an unknown request", lambda k: status(k.ask("nonsense_request", {})[0])),
    ("shutdown_request", lambda k: said(k.ask("shutdown_request", {"restart": False}, "control")[0], "restart")),
]


def main():
    kernels = [Kernel("tslab", 0), Kernel("python3", 1)]
    print("| asked | here | ipykernel |\n| --- | --- | --- |")
    for name, check in CHECKS:
        answers = []
        for kernel in kernels:
            try:
                answers.append(str(check(kernel)))
            except Exception as error:  # what a kernel doesn't answer is a finding, too
                answers.append(f"{type(error).__name__} {error}".strip())
        print(f"| {name} | {answers[0]} | {answers[1]} |", flush=True)
    for kernel in kernels:
        kernel.end()
    return 0


if __name__ == "__main__":
    sys.exit(main())
