"""Stops a process at chosen system calls and decides what becomes of each: seccomp of Linux.

A filter is set in the process itself (`trap`); whoever holds its listener is asked before each
call and lets it pass or makes it fail (`Watcher`). It needs no privilege, debugger or compiler.
Numbers are of seccomp(2), seccomp_unotify(2) and the tables of Linux for two processors.
"""

from __future__ import annotations

import ctypes
import errno
import fcntl
import os
import platform
import select
import struct
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

_NUMBERS = {
    "x86_64": {
        "write": 1, "pwrite64": 18, "fsync": 74, "fdatasync": 75, "ftruncate": 77,
        "fallocate": 285, "pwritev": 296,
    },
    "aarch64": {
        "ftruncate": 46, "fallocate": 47, "write": 64, "pwrite64": 68, "pwritev": 70,
        "fsync": 82, "fdatasync": 83,
    },
}  # fmt: skip
_SECCOMP = {"x86_64": 317, "aarch64": 277}
SYNCS = ("fsync", "fdatasync")
WRITES = ("write", "pwrite64", "ftruncate", "fallocate", "pwritev")

_PR_SET_NO_NEW_PRIVS = 38
_SET_MODE_FILTER, _NEW_LISTENER = 1, 8
_ASK, _ALLOW = 0x7FC00000, 0x7FFF0000
_LOAD, _EQUAL, _RETURN = 0x20, 0x15, 0x06
_RECEIVE, _SEND = 0xC0502100, 0xC0182101
_CONTINUE = 1
_QUESTION = struct.Struct("=QIIiIQ6Q")
_ANSWER = struct.Struct("=QqiI")


class _Step(ctypes.Structure):
    _fields_ = (
        ("code", ctypes.c_ushort), ("yes", ctypes.c_ubyte), ("no", ctypes.c_ubyte),
        ("value", ctypes.c_uint),
    )  # fmt: skip


class _Program(ctypes.Structure):
    _fields_ = (("count", ctypes.c_ushort), ("steps", ctypes.POINTER(_Step)))


def trap(calls: Iterable[str]) -> int:
    """From now on each of these calls of this thread, and of those it makes, is asked about.

    Returns the listener's file descriptor, to be handed to another process. Raises OSError.
    """
    numbers = [_NUMBERS[platform.machine()][name] for name in calls]
    steps = [_Step(_LOAD, 0, 0, 0)]
    for place, number in enumerate(numbers):
        steps.append(_Step(_EQUAL, len(numbers) - place, 0, number))
    steps += [_Step(_RETURN, 0, 0, _ALLOW), _Step(_RETURN, 0, 0, _ASK)]
    program = _Program(len(steps), (_Step * len(steps))(*steps))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0):
        raise OSError(ctypes.get_errno(), "prctl")
    listener = libc.syscall(
        _SECCOMP[platform.machine()], _SET_MODE_FILTER, _NEW_LISTENER, ctypes.byref(program)
    )
    if listener < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return int(listener)


@dataclass(frozen=True)
class Call:
    """One system call that waits for an answer."""

    name: str
    path: Path
    """Of the file it is about; a file that has no name any more keeps its last."""


Decide = Callable[[Call], int]
"""0 lets a call pass, an errno makes it fail with that."""


class Watcher(threading.Thread):
    """Answers for a listener until its process ends."""

    def __init__(self, listener: int, decide: Decide) -> None:
        super().__init__(daemon=True)
        self._listener = listener
        self._decide = decide
        names = _NUMBERS[platform.machine()]
        self._names = {number: name for name, number in names.items()}
        self.error: BaseException | None = None

    def run(self) -> None:
        waiting = select.poll()
        waiting.register(self._listener, select.POLLIN)
        try:
            while True:
                events = waiting.poll()
                if any(event & (select.POLLHUP | select.POLLERR) for _, event in events):
                    return
                self._answer()
        except BaseException as error:  # told by whoever joins
            self.error = error
        finally:
            os.close(self._listener)

    def _answer(self) -> None:
        question = bytearray(_QUESTION.size)
        try:
            fcntl.ioctl(self._listener, _RECEIVE, question)
        except OSError as error:
            if error.errno in (errno.ENOENT, errno.EINTR):  # it was killed meanwhile
                return
            raise
        id, task, _flags, number, _arch, _place, first, *_ = _QUESTION.unpack(question)
        code = self._decide(Call(self._names[number], _path_of(task, first)))
        answer = _ANSWER.pack(id, 0, -code, 0 if code else _CONTINUE)
        try:
            fcntl.ioctl(self._listener, _SEND, bytearray(answer))
        except OSError as error:
            if error.errno != errno.ENOENT:
                raise


def _path_of(task: int, descriptor: int) -> Path:
    try:
        return Path(f"/proc/{task}/fd/{descriptor}").readlink()
    except OSError:
        return Path()
