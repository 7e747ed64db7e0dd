"""Anonymising: the records of people who are long gone stay in the figures, and are nobody's.

It cannot be taken back, so a reason is asked and the records are looked at once more before. What
backups hold stays there until they are let go (`service.backups`).
"""

from __future__ import annotations

import socket
from collections.abc import Sequence
from typing import TYPE_CHECKING

from desktop.base.errors import UserError
from desktop.base.numbers import format_integer
from desktop.base.translate import ntr, tr
from desktop.service.access import SHORTEST_REASON, Act, ReasonNeeded
from desktop.service.kept_drafts import drafts_of
from desktop.service.rights import Action
from desktop.service.saving import Changed
from desktop.store import anonymising, journal, retention

if TYPE_CHECKING:
    from desktop.service.workspace import Workspace
    from desktop.store.about import Key

MOST_AT_ONCE = 200
"""Records in one change: it is one transaction, and nobody looks at more before."""


def anonymised_words() -> str:
    """What stands in the place of a name."""
    return tr("Anonymised person")


def confirming_words() -> str:
    """What has to be typed before."""
    return tr("ANONYMISE")


def can_anonymise(workspace: Workspace, register: str) -> bool:
    """True for registers of people who are helped, and who may anonymise them. Those who do the
    work stay: the figures name them."""
    defined = workspace.registers[register]
    rights = workspace.rights
    kept = defined.person and bool(defined.restricted_if)
    return kept and rights.may(Action.ANONYMISE) and rights.may(Action.VIEW, register)


def anonymise(workspace: Workspace, register: str, ids: Sequence[str], reason: str) -> int:
    """Empty the records of these people and all that is about them, for ever; returns how many
    records were emptied. Raises as `empty_records`."""
    keys = empty_records(workspace, register, ids, reason)
    forget(workspace, keys)
    return len(keys)


def empty_records(
    workspace: Workspace, register: str, ids: Sequence[str], reason: str
) -> tuple[Key, ...]:
    """What `anonymise` does in the database: over a copy of the workspace too, beside a window,
    whose own workspace then has to `forget`. Returns (register, id) of every record emptied.

    The reason opens restricted files too. Raises NotAllowed, UserError for a reason of a few
    letters, too many records, a case that stands open, or what the disk says; then nothing was
    done.
    """
    workspace.rights.require(Action.ANONYMISE)
    reason = reason.strip()
    if not can_anonymise(workspace, register):
        raise UserError(tr("Only records of people who are helped are anonymised."))
    if len(reason) < SHORTEST_REASON:
        raise UserError(tr("Write in a few words why the records are anonymised."))
    if len(ids) > MOST_AT_ONCE:
        told = tr("At most {count} records are anonymised at once.")
        raise UserError(told.format(count=format_integer(MOST_AT_ONCE)))
    for id in ids:
        try:
            workspace.sight.require(register, id)
        except ReasonNeeded:
            workspace.access.open(register, id, reason)
    _refuse_open_cases(workspace, register, ids)
    workspace.access.note(Act.OPEN, register, list(ids), reason=reason, what=tr("Anonymised"))
    database = workspace.database
    count = ntr("{count} person", "{count} people", len(ids)).format(count=format_integer(len(ids)))
    order = anonymising.Order(
        label=tr("Anonymise {count}: {reason}").format(count=count, reason=reason),
        words=anonymised_words(),
        now=database.now(),
        by=workspace.person.id,
        host=socket.gethostname(),
    )
    with database.transaction() as connection:
        written = anonymising.anonymise(connection, workspace.forms, register, ids, order)
    retention.sweep(database.connection)
    workspace.changed.emit(Changed(tuple(written), order.label))
    return tuple(written)


def forget(workspace: Workspace, keys: Sequence[Key]) -> None:
    """Let go what was typed of these records and not saved, by anybody, and what undo would bring
    back of them."""
    workspace.saving.began_at = journal.newest_change(workspace.database.connection)
    for id in drafts_of(workspace.drafts, {id for _, id in keys}):
        workspace.drafts.forget(id)
    workspace.drafts.wait()


def _refuse_open_cases(workspace: Workspace, register: str, ids: Sequence[str]) -> None:
    open_ones = retention.with_open_case(workspace.reader, workspace.forms, register, ids)
    if open_ones:
        title = workspace.lookups.title(register, min(open_ones))
        raise UserError(
            tr("“{title}” has a case that stands open. Close it first.").format(title=title)
        )
