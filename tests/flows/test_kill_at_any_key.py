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

from desktop.base.paths import bundled_root
from desktop.service.draft_picture import KeptDraft, Picture
from desktop.service.workspace import Workspace
from desktop.store.records import NotFound
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
    """By record: every field that was left."""
    saved: set[str] = field(default_factory=set)
    """Records whose last keying was confirmed as saved."""

    def take(self, lines: list[dict[str, object]]) -> set[str]:
        """Follow what one run told; returns the records it touched."""
        touched = set()
        for line in lines:
            if "left" in line:
                id = str(line["left"])
                place = (str(line["row"]), str(line["field"]))
                self.left.setdefault(id, {})[place] = str(line["text"])
                self.saved.discard(id)
            elif "saving" in line:
                # What is set aside is dropped by saving, which may be done though not confirmed.
                id, drops = str(line["saving"]), line["drops"]
                assert isinstance(drops, list)
                for row, name in drops:
                    self.left.get(id, {}).pop((row, name), None)
            elif "saved" in line:
                id = str(line["saved"])
                self.saved.add(id)
            else:
                continue
            touched.add(id)
        return touched


def test_nothing_is_lost_beyond_the_field_being_typed(offices: OfficeMaker) -> None:
    made = offices.open()
    folder = made.paths.data
    made.close()
    chance = random.Random(13366)
    expected = Expected()
    waiting = started(folder, 0)
    for run in range(KILLS):
        process, waiting = waiting, started(folder, run + 1)
        touched = expected.take(keyed_until_killed(process, offices.key, chance))
        check(offices.reopen(folder), expected, touched)
    waiting.communicate("\n")
    check(offices.reopen(folder), expected, set(expected.left))
    assert len(expected.left) > KILLS, "much was keyed"
    assert expected.saved, "some of it was saved"


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
) -> list[dict[str, object]]:
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


def check(workspace: Workspace, expected: Expected, ids: set[str]) -> None:
    """The office is whole, and has everything these records should have."""
    try:
        connection = workspace.database.connection
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        drafts = workspace.drafts
        assert (drafts.trouble, drafts.unreadable) == ("", 0)
        kept = [*drafts.offered(), *drafts.discarded()]
        for id in ids:
            check_record(workspace, id, expected, [one for one in kept if one.record_id == id])
    finally:
        workspace.close()


def check_record(workspace: Workspace, id: str, expected: Expected, kept: list[KeptDraft]) -> None:
    stored = stored_texts(workspace, id)
    places = [answers_of(one.picture) for one in kept]
    if id in expected.saved:
        places = [stored]
    else:
        places.append(stored)
    for place, text in expected.left[id].items():
        found = [one.get(place, "") for one in places]
        assert text in found, f"{place} of {id}: {text!r} was left, and there is {found}"


def stored_texts(workspace: Workspace, id: str) -> Answers:
    try:
        return answers_of(workspace.open_draft("client", id).picture())
    except NotFound:
        return {}


def answers_of(picture: Picture) -> Answers:
    return {
        (row, name): text
        for rows in picture.values()
        for row, texts in rows
        for name, text in texts.items()
    }
