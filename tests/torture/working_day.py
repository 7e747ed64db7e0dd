"""A day's work without a window: what it is about to do, and what is done, said line by line.

Runs in a process of its own (`zygote`), which is stopped, starved or killed at any moment.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop.base.clock import FixedClock
from desktop.base.errors import UserError
from desktop.service.backup_file import BackupKind
from desktop.service.definitions import Definitions
from desktop.service.exporting import export
from desktop.service.folder import people
from desktop.service.kept_drafts import as_kept
from desktop.service.office import open_unlocked
from desktop.service.workspace import Workspace
from tests.offices import TODAY, paths_of, saved

Say = Callable[[dict[str, Any]], None]
MARK = "Zqxjkvwfpzk"
"""In every name that is typed: none may be read in any file."""


@dataclass(frozen=True)
class Job:
    """What one day is to be."""

    folder: str
    key: str
    """Hex digits."""
    seed: int
    acts: int


def live(job: Job, definitions: Definitions, say: Say) -> None:
    """Open the office, do `acts` things, close it. What the disk refuses is said and gone over."""
    paths = paths_of(Path(job.folder))
    try:
        workspace = open_unlocked(
            paths, people(paths)[0], bytes.fromhex(job.key),
            clock=FixedClock(TODAY), definitions=definitions,
        )  # fmt: skip
    except UserError as error:
        say({"refused": type(error).__name__})
        return
    Day(workspace, job.seed, say).work(job.acts)
    workspace.close()
    say({"closed": True})


class Day:
    """Acts and their expected effects: record or draft id → its name, "" where deleted."""

    def __init__(self, workspace: Workspace, seed: int, say: Say) -> None:
        self._office = workspace
        self._seed = seed
        self._chance = random.Random(seed)
        self._say = say
        self._names: dict[str, str] = {}
        self._number = 0

    def work(self, acts: int) -> None:
        choices = [self.add] * 5 + [self.rename] * 3 + [self.remove, self.type] * 2
        choices += [self.undo, self.back_up, self.export]
        for number in range(acts):
            act = self._chance.choice(choices) if self._names else self.add
            try:
                act(number)
            except UserError as error:
                self._say({"n": number, "refused": type(error).__name__, "why": str(error)})

    def _begin(self, number: int, effect: dict[str, str]) -> None:
        self._say({"n": number, "begin": effect})

    def _done(self, number: int, effect: dict[str, str]) -> None:
        self._say({"n": number, "done": effect})
        self._names |= {id: name for id, name in effect.items() if not id.startswith("draft:")}

    def _name(self) -> str:
        self._number += 1
        return f"Nguyễn {MARK} {self._seed} Số {self._number}"

    def _living(self) -> list[str]:
        return [id for id, name in self._names.items() if name]

    def add(self, number: int) -> None:
        name = self._name()
        self._begin(number, {"new": name})
        id = saved(
            self._office, "client",
            {
                "full_name": name, "sex": "NU", "birth": "1948", "no_id_reason": "KHAC",
                "marital": "GOA", "note": "x" * self._chance.choice([0, 50, 480]),
                "client_category": [{"category": "05", "is_main": "1", "date_from": "01/01/2026"}],
            },
            reason="đã xem sổ cũ",
        )  # fmt: skip
        self._done(number, {id: name})

    def rename(self, number: int) -> None:
        id, name = self._chance.choice(self._living() or [""]), self._name()
        if not id:
            return
        self._begin(number, {id: name})
        draft = self._office.open_draft("client", id)
        draft.set_text("full_name", name)
        draft.check()
        for problem in draft.problems:
            draft.give_reason(problem, "đã xem sổ cũ")
        self._office.save(draft)
        self._done(number, {id: name})

    def remove(self, number: int) -> None:
        id = self._chance.choice(self._living() or [""])
        if id:
            self._begin(number, {id: ""})
            self._office.saving.delete("client", [id])
            self._done(number, {id: ""})

    def undo(self, number: int) -> None:
        """Add one and take it back at once: what stood before stands again."""
        self.add(number)
        id = list(self._names)[-1]
        self._begin(number, {id: ""})
        self._office.saving.undo()
        self._done(number, {id: ""})

    def type(self, number: int) -> None:
        """A draft that is on disk before the next field is left."""
        draft = self._office.new_draft("client")
        name = self._name()
        draft.set_text("full_name", name)
        kept = as_kept(self._office, draft, title=name, place=("client", draft.id, "full_name"))
        self._begin(number, {f"draft:{draft.id}": name})
        self._office.drafts.put(kept)
        if self._office.drafts.wait(2) and not self._office.drafts.failure:
            self._done(number, {f"draft:{draft.id}": name})

    def back_up(self, number: int) -> None:
        self._office.backups.make(BackupKind.BY_HAND)

    def export(self, number: int) -> None:
        export(self._office, "2026H1", self._office.paths.data / "out")
