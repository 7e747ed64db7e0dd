"""The journal of everybody and the access log as people read them: in words, a page at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.base.progress import Progress, silent
from desktop.base.translate import N_, tr
from desktop.base.vietnamese_dates import format_date
from desktop.service.access import Act
from desktop.service.rights import Action
from desktop.service.sight import restricted_words
from desktop.store import access_log, journal, journal_pages
from desktop.store.journal_pages import Asked

if TYPE_CHECKING:
    from desktop.service.lookups import Difference
    from desktop.service.workspace import Workspace
    from desktop.workbook.list_sheet import ListPaper

__all__ = ["Asked"]

PAGE = 200
MOST_OUT = 20_000
"""Lines that are printed or exported at a time."""
_MOST_DETAILS = 30

KINDS = {
    journal.Kind.EDIT: N_("Edit"),
    journal.Kind.UNDO: N_("Undo"),
    journal.Kind.REDO: N_("Redo"),
    journal.Kind.IMPORT: N_("Taken in"),
    journal.Kind.REASON: N_("Reason given"),
    journal.Kind.SETTING: N_("Settings, people"),
    journal.Kind.ANONYMISE: N_("Anonymised"),
}
ACTS = {
    Act.SIGN_IN: N_("Signed in"),
    Act.LOCK: N_("Locked"),
    Act.VIEW: N_("Looked at"),
    Act.LIST: N_("Listed"),
    Act.OPEN: N_("Opened, restricted"),
    Act.COPY: N_("Copied"),
    Act.PRINT: N_("Printed"),
    Act.EXPORT: N_("Exported"),
}
Reading = Callable[..., list["JournalLine"]]
"""`changes` or `looks`."""
ReadAll = Callable[["Workspace"], list["JournalLine"]]
"""Reads everything that fits some filters."""
_HEADS = (N_("When"), N_("Who"), N_("Computer"), N_("What"), N_("About"), N_("Reason"))


@dataclass(frozen=True, slots=True)
class JournalLine:
    """One line, in words."""

    id: int
    when: str
    who: str
    host: str
    what: str
    about: str
    reason: str = ""
    record: tuple[str, str] = ("", "")
    """(register, id) of the one record it is about; ("", "") for none or several."""

    @property
    def cells(self) -> tuple[str, ...]:
        """As the table shows it."""
        return (self.when, self.who, self.host, self.what, self.about, self.reason)


def heads() -> tuple[str, ...]:
    """Heads of the table."""
    return tuple(tr(one) for one in _HEADS)


def changes(
    workspace: Workspace, asked: Asked, *, before: int = 0, limit: int = PAGE
) -> list[JournalLine]:
    """The newest changes, `before` an id if given. Raises NotAllowed."""
    workspace.rights.require(Action.JOURNAL)
    names = workspace.people.names()
    found = []
    for line in journal_pages.lines(workspace.reader, asked, before=before, limit=limit):
        change = line.change
        about = change.label
        if _hides(workspace, line.records):
            about = restricted_words()
        kind = tr(KINDS[change.kind])
        if change.undone_by is not None:
            kind = tr("{kind}, undone").format(kind=kind)
        record = line.records[0] if line.count == 1 else ("", "")
        found.append(
            JournalLine(
                change.id, _moment(change.at), names.get(change.by, change.by), change.host,
                kind, about, "", record,
            )
        )  # fmt: skip
    return found


def looks(
    workspace: Workspace, asked: Asked, *, before: int = 0, limit: int = PAGE
) -> list[JournalLine]:
    """The newest rows of the access log. Raises NotAllowed."""
    workspace.rights.require(Action.JOURNAL)
    workspace.access.flush()
    names = workspace.people.names()
    found = []
    for id, seen in access_log.page(workspace.reader, asked, before=before, limit=limit):
        try:
            what = tr(ACTS[Act(seen.act)])
        except ValueError:  # of a newer version
            what = seen.act
        about = _about(workspace, seen)
        record = (seen.register, seen.ids[0]) if len(seen.ids) == 1 else ("", "")
        found.append(
            JournalLine(
                id, _moment(seen.at), names.get(seen.by, seen.by), seen.host, what, about,
                seen.reason, record,
            )
        )  # fmt: skip
    return found


def details(workspace: Workspace, change: int) -> list[tuple[str, tuple[Difference, ...]]]:
    """(record, what became of its fields) of one change, the first `_MOST_DETAILS` records.

    Raises NotAllowed. What this person must not see is masked.
    """
    workspace.rights.require(Action.JOURNAL)
    told: list[tuple[str, tuple[Difference, ...]]] = []
    for entry in journal.entries(workspace.reader, change)[:_MOST_DETAILS]:
        register = workspace.registers.get(entry.register)
        if register is None:
            continue
        if workspace.sight.hidden_among(entry.register, [entry.record_id]):
            told.append((f"{register.title}: {restricted_words()}", ()))
            continue
        title = workspace.lookups.title(entry.register, entry.record_id)
        told.append((f"{register.title}: {title}", workspace.lookups.differences(entry)))
    return told


def paper(
    workspace: Workspace, title: str, notes: Sequence[str], found: Sequence[JournalLine]
) -> ListPaper:
    """The lines as a list that is printed or exported."""
    from desktop.workbook.list_sheet import ListPaper, PaperColumn

    office = workspace.office_on(workspace.today)
    values = {name: str(value or "") for name, value in office.values.items()} if office else {}
    cells = [line.cells for line in found]
    return ListPaper(
        superior=values.get("superior_body", ""),
        issuer=values.get("body_name", ""),
        place=values.get("place_name", ""),
        made_on=workspace.today,
        title=title,
        notes=tuple(notes),
        internal=True,
        columns=tuple(PaperColumn(title=head) for head in heads()),
        rows=list(cells),
        texts=list(cells),
    )


def export_journal(
    workspace: Workspace, sheet: ListPaper, path: Path, progress: Progress = silent
) -> None:
    """Write the lines to an Excel file, logged before. Raises NotAllowed, `UserError`s."""
    from desktop.workbook.list_sheet import write_list

    workspace.rights.require(Action.JOURNAL)
    workspace.access.note(Act.EXPORT, "", count=len(sheet.rows), what=f"{sheet.title}: {path.name}")
    write_list(sheet, path, progress)


def note_printed(workspace: Workspace, sheet: ListPaper) -> None:
    """Log that the lines go to paper; before they do. Raises `UserError`s."""
    workspace.access.note(Act.PRINT, "", count=len(sheet.rows), what=sheet.title)


def _hides(workspace: Workspace, records: Sequence[tuple[str, str]]) -> bool:
    for register in {register for register, _ in records if register in workspace.registers}:
        ids = [id for name, id in records if name == register]
        if workspace.sight.hidden_among(register, ids):
            return True
    return False


def _about(workspace: Workspace, seen: access_log.Seen) -> str:
    register = workspace.registers.get(seen.register)
    parts = [register.title] if register else []
    if register is not None and len(seen.ids) == 1:
        parts.append(workspace.lookups.title(seen.register, seen.ids[0]))
    elif seen.count:
        parts.append(tr("{count} records").format(count=seen.count))
    return " · ".join(part for part in (*parts, seen.what) if part)


def _moment(at: str) -> str:
    return format_date(at[:16])
