"""Work that is overdue, or due soon: how many records of each kind, and for how long."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from desktop.base.numbers import format_integer
from desktop.base.translate import N_, tr
from desktop.store.due_work import QUERIES, due_days

if TYPE_CHECKING:
    from desktop.service.checking import Checked
    from desktop.service.workspace import Workspace

SOON_DAYS = 14
REVIEW_DAYS = "review_days"
_DEFAULT_REVIEW_DAYS = 90


@dataclass(frozen=True)
class Reminder:
    """Records that somebody has to see to."""

    urgent: str
    """What makes it urgent, said first; "" where nothing does."""
    text: str
    register: str
    ids: tuple[str, ...]
    """Those due longest first."""
    days: int | None = None
    """Days since the oldest was due; of what is due soon, until the first is."""
    soon: bool = False


@dataclass(frozen=True)
class _Kind:
    """One kind of work: which broken rules mean that it is overdue, and since when (`QUERIES`).

    Without rules, what its query finds is overdue from the day itself.
    """

    query: str
    text: str
    rules: tuple[str, ...] = ()
    urgent: str = ""
    soon: str = ""
    """Words for what will be due; "" where that is not told."""


KINDS = (
    _Kind(
        "emergency",
        N_("{count} emergencies without a word on what was done"),
        ("V23a",),
        N_("Emergency, 12 hours"),
    ),
    _Kind("emergency", N_("{count} emergencies dealt with late, without a reason"), ("V23b",)),
    _Kind(
        "quiet_case",
        N_("Case review · {count} cases too long without service or review"),
        ("V25",),
        soon=N_("Case review · {count} cases soon too long without service or review"),
    ),
    _Kind("review", N_("{count} reviews past their date"), soon=N_("{count} reviews coming up")),
    _Kind("dead", N_("{count} cases still open though the client has died"), ("V26e",)),
    _Kind(
        "sixteen",
        N_("Turned 16 · {count} children leave their group"),
        ("V11b",),
        soon=N_("{count} children turn 16 soon"),
    ),
    _Kind("plan", N_("{count} support plans not approved")),
)
_UNPLACED = "V20b"


def due_work(workspace: Workspace, checked: Checked | None) -> list[Reminder]:
    """What is overdue, then what is due within `SOON_DAYS`; what has a reason is seen to.

    `checked`: None while the rules have not been asked; what they decide is left out then.
    """
    limit = _review_days(workspace)
    days: dict[str, Mapping[str, str] | None] = {
        query: due_days(workspace.reader, workspace.forms, query, limit) for query in QUERIES
    }
    late: list[Reminder] = []
    soon: list[Reminder] = []
    for kind in KINDS:
        known = days[kind.query]
        if known is not None:
            late += _late(workspace, kind, known, checked)
            soon += _soon(workspace, kind, known)
    return late + soon


def unplaced(checked: Checked) -> Reminder | None:
    """People still in a unit that has been merged away."""
    ids = broken(checked, (_UNPLACED,))
    if not ids:
        return None
    return Reminder("", tr("People whose unit of today is not known"), *_of(checked, ids))


def broken(checked: Checked, rules: Iterable[str]) -> tuple[str, ...]:
    """Ids of the records with an open problem of one of the rules."""
    wanted = set(rules)
    return tuple(
        record.id
        for record in checked.records
        if any(one.number in wanted and one.is_open for one in record.problems)
    )


def _of(checked: Checked, ids: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    register = next(one.register for one in checked.records if one.id == ids[0])
    return register, ids


def _late(
    workspace: Workspace, kind: _Kind, days: Mapping[str, str], checked: Checked | None
) -> list[Reminder]:
    today = workspace.today.isoformat()
    if kind.rules:
        ids = broken(checked, kind.rules) if checked is not None else ()
    else:
        ids = tuple(id for id, day in days.items() if day <= today)
    seen = _seen(workspace, kind, ids, days)
    if not seen:
        return []
    since = days.get(seen[0])
    urgent = tr(kind.urgent) if kind.urgent else ""
    return [_reminder(workspace, kind, urgent, kind.text, seen, since, soon=False)]


def _soon(workspace: Workspace, kind: _Kind, days: Mapping[str, str]) -> list[Reminder]:
    if not kind.soon:
        return []
    first = workspace.today
    last = (first + timedelta(days=SOON_DAYS)).isoformat()
    ids = tuple(id for id, day in days.items() if first.isoformat() < day <= last)
    seen = _seen(workspace, kind, ids, days)
    if not seen:
        return []
    return [_reminder(workspace, kind, "", kind.soon, seen, days[seen[0]], soon=True)]


def _seen(
    workspace: Workspace, kind: _Kind, ids: tuple[str, ...], days: Mapping[str, str]
) -> tuple[str, ...]:
    """Those the person may find, the one due longest first."""
    register = QUERIES[kind.query].register
    hidden = workspace.sight.hidden_among(register, ids)
    return tuple(sorted((id for id in ids if id not in hidden), key=lambda id: days.get(id, "9")))


def _reminder(
    workspace: Workspace,
    kind: _Kind,
    urgent: str,
    text: str,
    ids: tuple[str, ...],
    day: str | None,
    *,
    soon: bool,
) -> Reminder:
    words = tr(text).format(count=format_integer(len(ids)))
    days = abs((workspace.today - date.fromisoformat(day)).days) if day else None
    return Reminder(urgent, words, QUERIES[kind.query].register, ids, days, soon)


def _review_days(workspace: Workspace) -> int:
    for one in workspace.reporting.settings():
        if one.definition.code == REVIEW_DAYS and one.value.isdigit():
            return int(one.value)
    return _DEFAULT_REVIEW_DAYS
