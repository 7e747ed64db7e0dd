"""Is started once with everything loaded, and makes a child for each day: quick to begin, cheap to
kill. Jobs come as JSON lines on stdin; each child reports over the socket its job names."""

from __future__ import annotations

import array
import gc
import json
import os
import socket
import sys
from typing import Any

from desktop.base.paths import bundled_root
from desktop.service.definitions import load_definitions
from tests.torture.syscalls import trap
from tests.torture.working_day import Job, live


def main() -> None:
    definitions = load_definitions(bundled_root() / "forms")
    _ = definitions.reports
    gc.freeze()
    print("ready", flush=True)
    for line in sys.stdin:
        asked = json.loads(line)
        if os.fork() == 0:
            _child(asked, definitions)
        _bury()


def _child(asked: dict[str, Any], definitions: Any) -> None:
    code = 1
    try:
        wire = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        wire.connect(asked.pop("socket"))
        calls = asked.pop("trap")
        _introduce(wire, trap(calls) if calls else -1)

        def say(what: dict[str, Any]) -> None:
            wire.sendall(json.dumps(what).encode() + b"\n")
            if calls:  # what is decided about the next call rests on this having been heard
                wire.recv(1)

        live(Job(**asked), definitions, say)
        code = 0
    finally:
        os._exit(code)


def _introduce(wire: socket.socket, listener: int) -> None:
    """Say the process's number, and hand over the listener where there is one."""
    number = f"{os.getpid()}\n".encode()
    if listener < 0:
        wire.sendall(number)
        return
    rights = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [listener]))]
    wire.sendmsg([number], rights)
    os.close(listener)


def _bury() -> None:
    """Let children that have ended go."""
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        pass


if __name__ == "__main__":
    main()
