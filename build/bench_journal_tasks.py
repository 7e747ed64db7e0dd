"""The journal, measured in a process of its own: `python build/bench_journal_tasks.py TASK …`."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from hashlib import sha256
from itertools import islice
from typing import Any

from bench_tasks import open_measured
from desktop.base.identity import new_id
from desktop.service import saving
from desktop.service.sight import Sight
from desktop.service.verifying import verify
from desktop.service.workspace import Workspace
from desktop.store import journal, journal_chain
from desktop.store.database import Database

SAVES, WARM_UP = 200, 20
AT_A_TIME = 50_000
NOW = "2026-06-14T08:00:00+07:00"


def journal_fill(folder: str, rows: str) -> None:
    """Changes of one record each, as a window makes them, with their links."""
    workspace = open_measured(folder)
    wanted = int(rows)
    first = journal.newest_change(workspace.reader) + 1
    for start in range(0, wanted, AT_A_TIME):
        _add_changes(workspace.database, first + start, min(AT_A_TIME, wanted - start))
    workspace.close()


def _add_changes(data: Database, first: int, count: int) -> None:
    with data.transaction() as connection:
        connection.executemany(
            'INSERT INTO change (id, at, "by", host, label, kind) VALUES (?, ?, ?, ?, ?, ?)',
            ((id, NOW, "01a2", "PC-1", f"Sửa: Nguyễn Thị Hoà {id}", "edit")
             for id in range(first, first + count)),
        )  # fmt: skip
        connection.executemany(
            "INSERT INTO journal VALUES (?, ?, 'client', ?, ?, ?)",
            (_row(id) for id in range(first, first + count)),
        )


def _row(id: int) -> tuple[int, int, str, str, str]:
    before = {"values": {"note": f"Đã gặp gia đình, {id % 1000} phút.", "phone": None}}
    after = {"values": {"note": f"Đã gặp gia đình, {id % 999} phút.", "phone": "0912 345 678"}}
    texts = [json.dumps(one, ensure_ascii=False) for one in (before, after)]
    return (id * journal.PER_CHANGE, id, new_id(), *texts)  # type: ignore[return-value]


def journal_floor(folder: str) -> dict[str, float]:
    """Reading the same rows and one SHA-256 over all of them."""
    workspace = open_measured(folder)
    reader = workspace.database.reader()
    begun = time.perf_counter()
    digest, count = sha256(), 0
    for sql in (
        'SELECT id, at, "by", host, label, kind, undoes FROM change ORDER BY id',
        "SELECT id, register, record_id, before, after FROM journal ORDER BY id",
    ):
        for row in reader.execute(sql):
            digest.update("|".join(map(str, row)).encode())
            count += 1
    seconds = time.perf_counter() - begun
    reader.close()
    workspace.close()
    return {"seconds": seconds, "rows": count}


def journal_verify(folder: str) -> dict[str, float]:
    """What `main.py verify` does once the office is open."""
    workspace = open_measured(folder)
    begun = time.perf_counter()
    done = verify(workspace)
    seconds = time.perf_counter() - begun
    if done.damages:
        raise RuntimeError(done.damages[0].text)
    workspace.close()
    return {"seconds": seconds, "rows": done.rows + done.changes}


class _Clock:
    """Adds up the time spent in functions it has wrapped, inner ones once."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self._depth = 0

    def wrap(self, owner: Any, name: str) -> None:
        inner: Callable[..., Any] = getattr(owner, name)

        def timed(*arguments: Any, **named: Any) -> Any:
            begun = time.perf_counter()
            self._depth += 1
            try:
                return inner(*arguments, **named)
            finally:
                self._depth -= 1
                if not self._depth:
                    self.seconds += time.perf_counter() - begun

        setattr(owner, name, timed)


def journal_share(folder: str) -> list[float]:
    """Of each save, the part that writing the journal, its link and asking rights takes."""
    clock = _Clock()
    for owner, name in (
        (journal, "open_change"), (journal, "note"), (journal_chain, "seal"),
        (saving.Saving, "_require"), (Sight, "is_restricted"),
    ):  # fmt: skip
        clock.wrap(owner, name)
    workspace = open_measured(folder)
    shares = [_share(workspace, clock, id) for id in _clients(workspace)]
    workspace.close()
    return shares[WARM_UP:]


def _clients(workspace: Workspace) -> Iterator[str]:
    return islice(iter(workspace.rows("client").ids), SAVES + WARM_UP)


def _share(workspace: Workspace, clock: _Clock, id: str) -> float:
    workspace.access.let_in("client", id)
    draft = workspace.open_draft("client", id)
    draft.set_text("note", f"Đã gặp gia đình, {time.perf_counter_ns() % 1000} phút.")
    draft.check()
    clock.seconds = 0.0
    begun = time.perf_counter()
    workspace.save(draft)
    return clock.seconds / (time.perf_counter() - begun)


def main(task: str, arguments: list[str]) -> None:
    """Run one task."""
    known = (journal_fill, journal_floor, journal_verify, journal_share)
    tasks: dict[str, Any] = {function.__name__: function for function in known}
    print(json.dumps(tasks[task](*arguments)))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
