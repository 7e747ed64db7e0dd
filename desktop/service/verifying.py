"""Is the journal as it was written? Reads every row again and says in words which is not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.base.progress import Progress, silent
from desktop.base.translate import tr
from desktop.base.vietnamese_dates import format_date
from desktop.service.folder import JOURNAL_HEADS
from desktop.service.journal_heads import read_heads
from desktop.service.rights import Action
from desktop.store import access_log, journal
from desktop.store.journal_chain import Checker, Fault, Harm

if TYPE_CHECKING:
    from desktop.service.workspace import Workspace


@dataclass(frozen=True)
class Damage:
    """One row that is not as it was written."""

    harm: str
    """`changed`, `removed` or `inserted`."""
    change: int
    """Number of the change; 0 for a row of the access log."""
    register: str
    record_id: str
    text: str
    """The row by its name, and what happened to it."""


@dataclass(frozen=True)
class Verified:
    """The answer of `verify`."""

    changes: int
    rows: int
    looks: int
    """Rows of the access log."""
    since: str
    """Since when the end of the journal is kept outside of it, "" if it is not."""
    damages: tuple[Damage, ...]


def verify(workspace: Workspace, progress: Progress = silent) -> Verified:
    """Read journal and access log whole, and compare them with their chain and with the heads kept
    beside the data. Raises NotAllowed, `Cancelled`."""
    workspace.rights.require(Action.VERIFY)
    progress(tr("Reading the journal…"), 0.0)
    heads = read_heads(workspace.database)
    reader = workspace.database.reader(any_thread=True)
    try:
        checker = Checker(reader, heads.hashes)
        damages = []
        for fault in checker.faults():
            damages.append(_damage(workspace, fault))
            progress(tr("Reading the journal…"), 0.5)
        progress(tr("Reading the access log…"), 0.9)
        for id in access_log.broken(reader):
            text = tr("Access log, row {number}: not as it was written.").format(number=id)
            damages.append(Damage("changed", 0, "", "", text))
        looks = access_log.count(reader)
    finally:
        reader.close()
    if heads.false:
        text = tr("{count} lines of the file “{file}” were not written by the program.").format(
            count=heads.false, file=JOURNAL_HEADS
        )
        damages.append(Damage("changed", 0, "", "", text))
    progress(tr("Done"), 1.0)
    return Verified(checker.changes, checker.rows, looks, heads.since, tuple(damages))


def _damage(workspace: Workspace, fault: Fault) -> Damage:
    register, record_id, title = "", "", ""
    if fault.row is not None:
        found = journal.row_of(workspace.reader, fault.row)
        if found:
            register, record_id = found
            title = _record_title(workspace, register, record_id)
    text = tr("{change}{record}: {harm}").format(
        change=_change_words(workspace, fault), record=title, harm=_harm_words(fault)
    )
    return Damage(str(fault.harm), fault.change, register, record_id, text)


def _change_words(workspace: Workspace, fault: Fault) -> str:
    if fault.last > fault.change:
        return tr("Changes {first} to {last}").format(first=fault.change, last=fault.last)
    head = tr("Change {number}").format(number=fault.change)
    try:
        change = journal.change_of(workspace.reader, fault.change)
    except (KeyError, ValueError):  # it is gone, or is of a kind nobody writes
        return head
    label = f", {change.label}" if workspace.rights.sees_restricted else ""
    return f"{head} ({format_date(change.at[:16])}{label})"


def _record_title(workspace: Workspace, register: str, record_id: str) -> str:
    known = workspace.registers.get(register)
    if known is None:
        return f", {register} {record_id}"
    title = workspace.lookups.title(register, record_id) or record_id
    return f", {known.title}: {title}"


def _harm_words(fault: Fault) -> str:
    if fault.harm is Harm.REMOVED:
        return tr("was taken out of the journal.")
    if fault.harm is Harm.INSERTED:
        return tr("was put into the journal past the program.")
    return tr("is not as it was written.")
