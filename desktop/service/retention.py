"""How long records of people are kept: years set by the office, and what is due by them.

No legal figure was found, so none is given: while the office sets none, nothing is ever due.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.base.errors import UserError
from desktop.base.translate import tr
from desktop.service.anonymising import can_anonymise
from desktop.service.rights import Action
from desktop.store import journal, office_choices, retention

if TYPE_CHECKING:
    from desktop.schema.definition import Register
    from desktop.service.workspace import Workspace

LEAST, MOST = 1, 100
_CODE = "retention."


@dataclass(frozen=True, slots=True)
class Due:
    """One record that is kept longer than the office wants."""

    register: str
    id: str
    title: str
    last: str
    """ISO day of the last activity."""


def registers(workspace: Workspace) -> list[Register]:
    """Registers for which years can be set: of people who are helped."""
    return [one for one in workspace.registers.values() if one.person and bool(one.restricted_if)]


def years(workspace: Workspace, register: str) -> int | None:
    """Years after the last activity, None where the office has set none."""
    text = office_choices.choices(workspace.reader).get(_CODE + register, "")
    return int(text) if text.isdigit() else None


def is_set(workspace: Workspace) -> bool:
    """True if the office has set years for any register."""
    return any(years(workspace, one.name) is not None for one in registers(workspace))


def set_years(workspace: Workspace, register: str, text: str) -> None:
    """Set the years, "" for none; journalled. Raises NotAllowed, UserError for no whole number of
    `LEAST` to `MOST`."""
    workspace.rights.require(Action.SETTINGS)
    text = text.strip()
    if text and not (text.isdigit() and LEAST <= int(text) <= MOST):
        told = tr("Write years from {least} to {most}, or leave it empty.")
        raise UserError(told.format(least=LEAST, most=MOST))
    title = workspace.registers[register].title
    label = tr("Keep “{title}”: no limit") if not text else tr("Keep “{title}”: {years} years")
    now, by = workspace.database.now(), workspace.person.id
    with workspace.database.transaction() as connection:
        journal.open_change(
            connection, label=label.format(title=title, years=text), at=now, by=by,
            kind=journal.Kind.SETTING,
        )  # fmt: skip
        office_choices.choose(connection, _CODE + register, text, at=now, by=by)


def due(workspace: Workspace) -> list[Due]:
    """Everything that is due today, the oldest first in each register; nothing for who may not
    anonymise. Reads whole registers: not for the thread of a window."""
    found: list[Due] = []
    for register in registers(workspace):
        kept = years(workspace, register.name)
        if kept is None or not can_anonymise(workspace, register.name):
            continue
        today = workspace.today
        before = f"{today.year - kept:04}-{today.month:02}-{today.day:02}"
        old = retention.due(workspace.reader, workspace.forms, register.name, before)
        titles = workspace.lookups.titles(register.name, list(old))
        found += [
            Due(register.name, id, titles[id].title, moment[:10])
            for id, moment in old.items()
            if id in titles
        ]
    return found
