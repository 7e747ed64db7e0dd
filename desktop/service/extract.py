"""Everything held about one person, as plain lines: for the paper the person may ask for.

Luật 91/2025/QH15 gives everybody the right to see the data about them. Facts of other people are
left out: of a record of somebody else only the row that names this person is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.base.errors import UserError
from desktop.base.numbers import format_integer
from desktop.base.progress import Progress, silent
from desktop.base.translate import tr
from desktop.base.vietnamese_dates import format_date
from desktop.schema import types
from desktop.service.access import SHORTEST_REASON, Act
from desktop.service.journal_reading import ACTS, KINDS
from desktop.service.rights import Action
from desktop.service.sight import restricted_words
from desktop.store import access_log, journal, records
from desktop.store.about import About, Row, about
from desktop.store.overrides import Overrides

if TYPE_CHECKING:
    from desktop.schema.definition import Field, Register
    from desktop.service.workspace import Workspace
    from desktop.store.driver import Stored
    from desktop.workbook.list_sheet import ListPaper


@dataclass(frozen=True, slots=True)
class Line:
    """One fact."""

    source: str
    """Where it stands: "Ca quản lý · 13366-CA-2026-0001"."""
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Extract:
    """What is held about one person."""

    register: str
    id: str
    name: str
    lines: tuple[Line, ...]


def may_extract(workspace: Workspace, register: str) -> bool:
    """True if records of this register are people, and this person may let lists of them out."""
    rights = workspace.rights
    person = workspace.registers[register].person
    return person and rights.sees_sensitive and rights.may(Action.LIST_OUT, register)


def extract(workspace: Workspace, register: str, id: str, progress: Progress = silent) -> Extract:
    """Read everything about one person.

    Raises NotAllowed, ReasonNeeded before a restricted file is opened, NotFound, UserError for a
    register that is not of people.
    """
    rights = workspace.rights
    rights.require(Action.VIEW, register)
    rights.require(Action.LIST_OUT, register)
    defined = workspace.registers[register]
    if not may_extract(workspace, register):
        raise UserError(tr("An extract is made of a person's record only."))
    workspace.read(register, id)
    collecting = _Collecting(workspace, register, id)
    lines = tuple(collecting.lines(progress))
    return Extract(register, id, collecting.title(defined.name, id), lines)


class _Collecting:
    """The work of one extract."""

    def __init__(self, workspace: Workspace, register: str, id: str) -> None:
        self._workspace = workspace
        self._forms = workspace.forms
        self._people = workspace.people.names()
        self._found: About = about(workspace.reader, workspace.forms, register, id)
        self._own = set(self._found.records)

    def lines(self, progress: Progress) -> Iterator[Line]:
        """Records, rows in records of others, history, who looked."""
        count = len(self._found.records)
        for place, (register, id) in enumerate(self._found.records):
            progress(tr("Reading the records"), place / count)
            yield from self._record(register, id)
        for row in self._found.rows:
            yield from self._row_of_another(row)
        for (name, field), number in self._found.others.items():
            defined = self._workspace.registers[name]
            told = tr("{count} records name this person")
            label = defined.field(field).label
            yield Line(defined.title, label, told.format(count=format_integer(number)))
        for key in self._found.records:
            yield from self._history(*key)
        self._workspace.access.flush()
        for key in self._found.records:
            yield from self._looks(*key)

    # Records

    def title(self, register: str, id: str) -> str:
        """How a record is called; one of a restricted group that is not this person's is not."""
        defined = self._workspace.registers[register]
        private = defined.restricted_if and (register, id) not in self._own
        if private and self._workspace.sight.is_restricted(register, id):
            return restricted_words()
        return self._workspace.lookups.title(register, id)

    def _source(self, register: str, id: str) -> str:
        title = self.title(register, id)
        name = self._workspace.registers[register].title
        return f"{name} · {title}" if title else name

    def _record(self, register: str, id: str) -> Iterator[Line]:
        stored = records.read(self._workspace.reader, self._forms, register, id)
        source = self._source(register, id)
        yield from self._fields(source, self._workspace.registers[register], stored.values)
        for child, rows in stored.children.items():
            defined = self._workspace.registers[child]
            for place, row in enumerate(rows, 1):
                yield from self._fields(f"{source} · {defined.title} {place}", defined, row)
        yield Line(source, tr("Entered"), self._stamp(stored.created_at, stored.created_by))
        yield Line(source, tr("Last changed"), self._stamp(stored.updated_at, stored.updated_by))
        if stored.deleted_at:
            yield Line(source, tr("Deleted on"), format_date(stored.deleted_at[:16]))
        reasons = Overrides(self._workspace.reader).reasons_for([id])
        told = tr("Reason for {rule}")
        for one in reasons.values():
            yield Line(source, told.format(rule=one.rule), one.reason)

    def _fields(self, source: str, register: Register, values: dict[str, Stored]) -> Iterator[Line]:
        for field in register.fields:
            text = self._text(field, values)
            if text:
                yield Line(source, field.label, text)

    def _text(self, field: Field, values: dict[str, Stored]) -> str:
        value = types.from_columns(field, values)
        if value is None:
            return ""
        if field.to:
            return self.title(field.to, str(value))
        return types.show(field, value, self._forms.lists)

    def _row_of_another(self, row: Row) -> Iterator[Line]:
        owner, owner_id = row.owner
        defined = self._workspace.registers[owner]
        source = self._workspace.registers[row.register].title
        if defined.person:
            told = tr("{row}, in another person's record")
            source = told.format(row=source)
        else:
            source = f"{self._source(owner, owner_id)} · {source}"
        stored = records.read(self._workspace.reader, self._forms, owner, owner_id)
        for values in stored.children[row.register]:
            if values["id"] == row.id:
                yield from self._fields(source, self._workspace.registers[row.register], values)

    # History

    def _history(self, register: str, id: str) -> Iterator[Line]:
        source = tr("Journal · {record}").format(record=self._source(register, id))
        for entry in journal.history(self._workspace.reader, register, id):
            change = entry.change
            told = [tr(KINDS[change.kind])]
            for one in self._workspace.lookups.differences(entry):
                told.append(f"{one.label}: {one.before or '–'} → {one.after or '–'}")
            yield Line(source, self._stamp(change.at, change.by), "\n".join(told))

    def _looks(self, register: str, id: str) -> Iterator[Line]:
        source = tr("Access · {record}").format(record=self._source(register, id))
        for seen in access_log.of_record(self._workspace.reader, register, id):
            known = {str(act): words for act, words in ACTS.items()}
            parts = (tr(known.get(seen.act, seen.act)), seen.reason)
            words = " · ".join(part for part in parts if part)
            yield Line(source, self._stamp(seen.at, seen.by), words)

    def _stamp(self, at: str, by: str) -> str:
        return " · ".join(part for part in (format_date(at[:16]), self._people.get(by, by)) if part)


# On paper


def extract_paper(workspace: Workspace, found: Extract, reason: str) -> ListPaper:
    """The extract as it is printed, with the head of an office's paper."""
    from desktop.workbook.list_sheet import ListPaper, PaperColumn

    office = workspace.office_on(workspace.today)
    values = {name: str(value or "") for name, value in office.values.items()} if office else {}
    heads = (tr("Where it stands"), tr("Item"), tr("Content"))
    cells = _cells(found.lines)
    notes = (
        tr("About: {name}").format(name=found.name),
        tr("Reason: {reason}").format(reason=reason),
        tr("What the program holds about this person on the day of this paper, in every register; "
           "facts of other people are left out."),
    )  # fmt: skip
    return ListPaper(
        superior=values.get("superior_body", ""),
        issuer=values.get("body_name", ""),
        place=values.get("place_name", ""),
        made_on=workspace.today,
        title=tr("Extract of the data about one person"),
        notes=notes,
        internal=True,
        columns=tuple(PaperColumn(title=head) for head in heads),
        rows=list(cells),
        texts=cells,
    )


def _cells(lines: Sequence[Line]) -> list[tuple[str, ...]]:
    """A source is said once, over its lines."""
    cells: list[tuple[str, ...]] = []
    last = ""
    for line in lines:
        cells.append(("" if line.source == last else line.source, line.label, line.value))
        last = line.source
    return cells


def note_extract(workspace: Workspace, found: Extract, reason: str) -> None:
    """Log that the extract goes to paper or into a file, before it does. Raises `UserError`s, also
    for a reason that is too short."""
    reason = reason.strip()
    if len(reason) < SHORTEST_REASON:
        raise UserError(tr("Write in a few words why the extract is made."))
    what = tr("Extract of the data about one person")
    workspace.access.note(Act.PRINT, found.register, [found.id], reason=reason, what=what)
