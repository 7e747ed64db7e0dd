"""Days of work in processes of their own: begun, watched, killed, and what must be true after."""

from __future__ import annotations

import array
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from desktop.base.paths import bundled_root
from desktop.service.rights import NotAllowed
from desktop.service.verifying import verify
from desktop.service.workspace import Workspace
from tests.offices import OfficeMaker
from tests.torture.syscalls import Decide, Watcher
from tests.torture.working_day import MARK, Job

PATIENCE_SECONDS = 120


@dataclass
class Told:
    """What a day said before it ended."""

    done: dict[str, str] = field(default_factory=dict)
    """Name by id of what was confirmed, "" for deleted; "draft:id" for a draft."""
    begun: dict[str, str] = field(default_factory=dict)
    """What was being done when it ended: it may be there or not, but never by half."""
    refusals: list[dict[str, str]] = field(default_factory=list)
    """What was refused since: a drive that fails at the flush may have kept the last of it."""
    lines: list[dict[str, Any]] = field(default_factory=list)

    def hear(self, line: dict[str, Any]) -> None:
        self.lines.append(line)
        if "begin" in line:
            self.begun = line["begin"]
        elif "done" in line:
            self.done |= line["done"]
            self.begun, self.refusals = {}, []
        elif "refused" in line:
            self.refusals.append(self.begun)
            self.begun = {}

    def possible(self, id: str) -> set[str]:
        """What may stand under an id (or "new") besides what was confirmed."""
        return {one[id] for one in (self.begun, *self.refusals) if id in one}

    @property
    def refused(self) -> list[str]:
        """Kinds of error that were said in words."""
        return [line["refused"] for line in self.lines if "refused" in line]

    @property
    def is_closed(self) -> bool:
        """True if the day came to its end."""
        return any("closed" in line for line in self.lines)


class Day:
    """One process at work."""

    def __init__(self, wire: socket.socket, decide: Decide | None) -> None:
        self._wire = wire
        self.told = Told()
        self._rest = b""
        listeners: list[int] = []
        data, rights, _, _ = wire.recvmsg(64, socket.CMSG_SPACE(4))
        for _level, _kind, found in rights:
            descriptors = array.array("i")
            descriptors.frombytes(found[:4])
            listeners += descriptors
        number, _, self._rest = data.partition(b"\n")
        self.pid = int(number)
        self.watcher = Watcher(listeners[0], decide) if listeners and decide else None
        if self.watcher is not None:
            self.watcher.start()

    def listen(self, *, lines: int | None = None) -> Told:
        """Hear what it says: so many lines, or all until its end."""
        heard = 0
        while lines is None or heard < lines:
            line, found, rest = self._rest.partition(b"\n")
            if found:
                self._rest = rest
                self.told.hear(json.loads(line))
                if self.watcher is not None:
                    self._wire.sendall(b".")
                heard += 1
                continue
            more = self._wire.recv(1 << 16)
            if not more:
                break
            self._rest += more
        return self.told

    def kill(self) -> Told:
        """End it as a power cut or the task list does, and hear what it had still said."""
        os.kill(self.pid, signal.SIGKILL)
        return self.end()

    def end(self) -> Told:
        """Hear it out and let go of it."""
        told = self.listen()
        self._wire.close()
        if self.watcher is not None:
            self.watcher.join(PATIENCE_SECONDS)
            if self.watcher.error is not None:
                raise self.watcher.error
        return told


class Days:
    """Begins days on copies of an office."""

    def __init__(self, folder: Path, offices: OfficeMaker) -> None:
        self._folder = folder
        self._offices = offices
        self._zygote = subprocess.Popen(
            [sys.executable, "-m", "tests.torture.zygote"],
            cwd=bundled_root(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._zygote.stdout is not None
        assert self._zygote.stdout.readline() == "ready\n"
        made = offices.open()
        self.template = made.paths.data
        made.close()

    def close(self) -> None:
        assert self._zygote.stdin is not None
        assert self._zygote.stdout is not None
        self._zygote.stdin.close()
        self._zygote.wait(PATIENCE_SECONDS)
        self._zygote.stdout.close()

    def office(self, name: str) -> Path:
        """A fresh copy of the office."""
        target = self._folder / name
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(self.template, target)
        return target

    def begin(
        self,
        folder: Path,
        seed: int,
        acts: int,
        trap: tuple[str, ...] = (),
        decide: Decide | None = None,
    ) -> Day:
        """Start a day; `decide` is asked about each of the calls in `trap`."""
        place = self._folder / "wire"
        place.unlink(missing_ok=True)
        server = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        server.bind(str(place))
        server.listen(1)
        server.settimeout(PATIENCE_SECONDS)
        job = Job(str(folder), self._offices.key.hex(), seed, acts)
        assert self._zygote.stdin is not None
        asked = asdict(job) | {"socket": str(place), "trap": list(trap)}
        self._zygote.stdin.write(json.dumps(asked) + "\n")
        self._zygote.stdin.flush()
        wire, _ = server.accept()
        server.close()
        return Day(wire, decide)

    def open(self, folder: Path) -> Workspace:
        """The program, opened on what a day left."""
        return self._offices.reopen(folder)


def check(days: Days, folder: Path, told: Told) -> None:
    """Everything confirmed is there, nothing is there by half, and the journal is whole."""
    office = days.open(folder)
    try:
        connection = office.database.connection
        for pragma in ("integrity_check", "foreign_key_check", "cipher_integrity_check"):
            assert connection.execute(f"PRAGMA {pragma}").fetchall() in ([], [("ok",)])
        check_records(office, told)
        check_drafts(office, told)
        try:
            assert verify(office).damages == ()
        except NotAllowed as error:
            raise AssertionError from error
    finally:
        office.close()


def check_records(office: Workspace, told: Told) -> None:
    rows = office.reader.execute("SELECT id, full_name, deleted_at FROM main.client").fetchall()
    stand = {id: "" if deleted else name for id, name, deleted in rows}
    confirmed = {id: name for id, name in told.done.items() if not id.startswith("draft:")}
    for id, name in confirmed.items():
        assert stand.get(id) in {name} | told.possible(id), f"{id} was {name!r}"
    unknown = {name for id, name in stand.items() if id not in confirmed}
    assert unknown <= told.possible("new") | {""}, "more than what was being done"
    assert len(stand) - len(confirmed) <= 1
    halves = office.reader.execute(
        "SELECT count(*) FROM main.client AS c WHERE (SELECT count(*) FROM main.client_category "
        "AS k WHERE k.client = c.id) <> 1 OR NOT EXISTS (SELECT 1 FROM main.journal AS j "
        "WHERE j.record_id = c.id)"
    ).fetchone()[0]
    assert halves == 0


def check_drafts(office: Workspace, told: Told) -> None:
    offered = {f"draft:{one.record_id}": str(one.picture) for one in office.drafts.offered()}
    for id, name in told.done.items():
        if id.startswith("draft:"):
            assert name in offered.get(id, ""), "a draft that was on disk is gone"
    assert office.drafts.trouble == ""


def marked_files(folder: Path) -> list[Path]:
    """Files in which what was typed can be read, in UTF-8 or UTF-16."""
    marks = [MARK.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be")]
    found = []
    for path in folder.rglob("*"):
        if path.is_file() and path.suffix != ".xlsx":
            content = path.read_bytes()
            if any(mark in content for mark in marks):
                found.append(path)
    return found
