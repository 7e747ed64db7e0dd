"""The program is killed at any key: what was left of every field is in the register or in a draft.

25 times by default; `SO_CTXH_KILLS=200` for as many as a release wants.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from desktop.base.paths import bundled_root
from desktop.service.draft_picture import Picture
from desktop.service.draft_restoring import drop_saved
from desktop.service.workspace import Workspace
from tests.offices import OfficeMaker

KILLS = int(os.environ.get("SO_CTXH_KILLS", "25"))
MOST_LINES = 45
LONGEST_KEYING = 0.06
"""Seconds: about as long as a field takes here, so that the end falls at any of its keys."""

Answers = dict[tuple[str, str], str]
"""(row, field) → text."""


@dataclass
class Expected:
    """What must be there after all runs so far."""

    left: dict[str, Answers] = field(default_factory=dict)
    """By draft: every field that was left."""
    record_of: dict[str, str] = field(default_factory=dict)
    """Draft → record."""
    stored: dict[str, Answers] = field(default_factory=dict)
    """By record: what was saved."""
    saving: dict[str, tuple[str, Answers]] = field(default_factory=dict)
    """By draft: (record, texts) of a save that was begun, and is not known to be done or not."""
    keyed: int = 0
    saves: int = 0

    def take(self, lines: list[dict[str, Any]]) -> None:
        """Follow what one run told. What the field being typed holds is anybody's guess."""
        for line in lines:
            if "left" in line:
                self.keyed += 1
                self.record_of[line["left"]] = line["record"]
                self.left[line["left"]] = {(r, name): text for r, name, text in line["texts"]}
            elif "undone" in line:
                self.left.pop(line["undone"], None)
            elif "saving" in line:
                texts = {(row, name): text for row, name, text in line["texts"]}
                self.saving[line["saving"]] = (line["record"], texts)
            elif "refused" in line:
                del self.saving[line["refused"]]
            elif "saved" in line:
                self.saves += 1
                self.was_saved(line["saved"])
        told = [line for line in lines if line.keys() & {"typing", "left", "saving"}]
        if told and "typing" in told[-1]:
            left = self.left.get(told[-1]["typing"], {})
            for place in [one for one in left if one[1] == told[-1]["field"]]:
                del left[place]

    def was_saved(self, draft: str) -> None:
        """A save was done: the register has it, the draft is gone."""
        record, texts = self.saving.pop(draft)
        self.stored[record] = texts
        self.left.pop(draft, None)


def test_nothing_is_lost_beyond_the_field_being_typed(offices: OfficeMaker) -> None:
    made = offices.open()
    folder = made.paths.data
    made.close()
    chance = random.Random(13366)
    expected = Expected()
    waiting = started(folder, 0)
    for run in range(KILLS):
        process, waiting = waiting, started(folder, run + 1)
        expected.take(keyed_until_killed(process, offices.key, chance))
        check(offices.reopen(folder), expected)
    waiting.communicate("\n")
    assert expected.keyed > 5 * KILLS, "much was keyed"
    assert expected.saves, "some of it was saved"


def started(folder: Path, seed: int) -> subprocess.Popen[str]:
    """A program that has loaded all it needs, and waits for the key of the office."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.flows.keying_until_killed", str(folder), str(seed)],
        cwd=bundled_root(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def keyed_until_killed(
    process: subprocess.Popen[str], key: bytes, chance: random.Random
) -> list[dict[str, Any]]:
    """What the program told before the end came."""
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(f"{key.hex()}\n")
    process.stdin.flush()
    lines = [process.stdout.readline() for _ in range(chance.randint(0, MOST_LINES))]
    time.sleep(chance.random() * LONGEST_KEYING)
    died_before = process.poll()
    process.kill()
    rest, said = process.communicate()
    assert died_before is None, said
    lines += rest.splitlines()
    return [json.loads(line) for line in lines if line.rstrip().endswith("}")]


def check(workspace: Workspace, expected: Expected) -> None:
    """The office is whole, and has everything it should have."""
    try:
        connection = workspace.database.connection
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        drafts = workspace.drafts
        assert (drafts.trouble, drafts.unreadable) == ("", 0)
        drop_saved(workspace)  # as the program does at its start
        kept = {one.id: one for one in [*drafts.offered(), *drafts.discarded()]}
        for draft in list(expected.saving):
            if draft not in kept:
                expected.was_saved(draft)
        for draft, answers in list(expected.left.items()):
            if draft in kept:
                check_texts(f"the draft {draft}", answers_of(kept[draft].picture), answers)
            else:  # it may go only where the register holds the same by now
                check_stored(workspace, expected.record_of[draft], answers)
                del expected.left[draft]
        open_still = {record for record, _ in expected.saving.values()}
        for record, answers in expected.stored.items():
            if record not in open_still:
                check_stored(workspace, record, answers)
    finally:
        workspace.close()
        expected.saving.clear()


def check_stored(workspace: Workspace, record: str, answers: Answers) -> None:
    stored = workspace.open_draft("client", record)
    check_texts(f"the record {record}", answers_of(stored.picture()), answers)


def check_texts(where: str, found: Answers, wanted: Answers) -> None:
    for place, text in wanted.items():
        assert found.get(place, "") == text, f"{place} of {where}"


def answers_of(picture: Picture) -> Answers:
    return {
        (row, name): text
        for rows in picture.values()
        for row, texts in rows
        for name, text in texts.items()
    }
