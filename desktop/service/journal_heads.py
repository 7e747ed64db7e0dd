"""Where the journal ended, in a file beside the data: proof that its end was not cut off.

Each line is sealed with a key derived from the database's, so that it cannot be made up without
it. One a day is kept. Backups carry the journal itself, and so a head of their day.
"""

from __future__ import annotations

import hmac
import json
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.base.errors import UserError
from desktop.base.files import write_text
from desktop.service.folder import JOURNAL_HEADS
from desktop.store import journal_chain

if TYPE_CHECKING:
    from desktop.store.database import Database

FORMAT = 1
_MOST_KEPT = 1000
_DAY = len("2026-06-14")


@dataclass(frozen=True)
class Heads:
    """What the file says."""

    hashes: dict[int, bytes]
    """Hash by change, of every line whose seal holds."""
    since: str = ""
    """Moment of the first line, "" where there is none."""
    false: int = 0
    """Lines whose seal does not hold."""


def keep_head(database: Database) -> None:
    """Write down where the journal ends now; nothing happens where that may not be written."""
    head = journal_chain.head(database.connection)
    path = database.path.with_name(JOURNAL_HEADS)
    lines = _lines(path)
    if not head.change or (lines and lines[-1].get("hash") == head.hash.hex()):
        return
    line: dict[str, Any] = {"at": database.now(), "change": head.change, "hash": head.hash.hex()}
    line["seal"] = _seal(database, line)
    kept = [one for one in lines if str(one.get("at"))[:_DAY] != line["at"][:_DAY]]
    content = {"format": FORMAT, "heads": [*kept[-_MOST_KEPT:], line]}
    with suppress(UserError):
        write_text(path, json.dumps(content, indent=1) + "\n")


def read_heads(database: Database) -> Heads:
    """Every head of the file beside the data; none where there is no file."""
    hashes: dict[int, bytes] = {}
    since, false = "", 0
    for line in _lines(database.path.with_name(JOURNAL_HEADS)):
        if not hmac.compare_digest(str(line.get("seal")), _seal(database, line)):
            false += 1
            continue
        hashes[line["change"]] = bytes.fromhex(line["hash"])
        since = since or line["at"]
    return Heads(hashes, since, false)


def _lines(path: Path) -> list[dict[str, Any]]:
    try:
        found = json.loads(path.read_bytes())["heads"]
        return [one for one in found if isinstance(one, dict)]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return []


def _seal(database: Database, line: dict[str, Any]) -> str:
    said = f"{line.get('at')}|{line.get('change')}|{line.get('hash')}"
    return hmac.digest(database.key_for("journal heads"), said.encode(), "sha256").hex()
