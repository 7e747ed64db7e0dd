"""A list on its way out: to the clipboard, to paper, to Excel. What leaves is asked for and logged.

Records of restricted groups and sensitive fields stay behind unless the person may see them and
says why they must go along.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from html import escape
from typing import TYPE_CHECKING

from desktop.base.files import ascii_name
from desktop.base.numbers import format_integer
from desktop.base.progress import Progress, silent
from desktop.base.translate import ntr, tr
from desktop.schema import types
from desktop.schema.definition import FieldType
from desktop.service.access import Act
from desktop.service.list_fields import small_first
from desktop.service.list_words import filter_words, order_words
from desktop.service.rights import Action, Kind
from desktop.service.row_list import masked_row
from desktop.store.list_cells import CellReader
from desktop.store.list_queries import list_queries
from desktop.store.restricted import restricted_ids
from desktop.workbook.list_sheet import (
    FIRST_EXCEL_DAY,
    ListPaper,
    PaperColumn,
    signed_on,
    write_list,
)
from desktop.workbook.words import INTERNAL, MOTTO, NATION

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from desktop.schema.definition import Field
    from desktop.schema.types import Value
    from desktop.service.list_fields import ShownColumn
    from desktop.service.row_list import RowList
    from desktop.service.workspace import Workspace
    from desktop.store.list_cells import ListRow
    from desktop.workbook.list_sheet import Cell

__all__ = [
    "MOTTO",
    "NATION",
    "ListPaper",
    "Outgoing",
    "PaperColumn",
    "clipboard_cells",
    "internal_words",
    "signed_on",
]

FEW = 1000
"""Records about which one may ask without a window waiting for it."""
_CHUNK = 1000
_EXCEL_EPOCH = date(1899, 12, 30)
_FORMULA = tuple("=+-@\t\r")
_FORMATS = {
    FieldType.INTEGER: "#,##0",
    FieldType.MONEY: "#,##0",
    FieldType.DATE: "dd/mm/yyyy",
    FieldType.DATETIME: "dd/mm/yyyy hh:mm",
    FieldType.PARTIAL_DATE: "dd/mm/yyyy",
}


@dataclass(frozen=True)
class Outgoing:
    """What is to leave: the rows and columns shown, in words and by id."""

    register: str
    ids: tuple[str, ...]
    columns: tuple[ShownColumn, ...]
    title: str
    asked: tuple[str, ...]
    """What was searched, filtered by, sorted by: a line each."""
    restricted: frozenset[str] = frozenset()
    """Those of `ids` that belong to a restricted group."""
    reason: str = ""
    """Why restricted records and sensitive fields go along; "" leaves them out."""

    @property
    def sensitive(self) -> tuple[ShownColumn, ...]:
        """Columns of sensitive facts."""
        return tuple(one for one in self.columns if one.is_sensitive)

    @property
    def leaves_out(self) -> bool:
        """True if something stays behind unless there is a reason."""
        return bool(self.restricted or self.sensitive)

    def left_out_words(self) -> str:
        """What stays behind, in words; "" for nothing."""
        if self.reason:
            return ""
        parts = []
        if self.restricted:
            told = ntr(
                "{count} record of a restricted group",
                "{count} records of restricted groups",
                len(self.restricted),
            )
            parts.append(told.format(count=format_integer(len(self.restricted))))
        if self.sensitive:
            titles = ", ".join(small_first(one.title) for one in self.sensitive)
            parts.append(tr("sensitive columns: {titles}").format(titles=titles))
        return "; ".join(parts)


def outgoing(workspace: Workspace, rows: RowList, ids: Sequence[str], only: str = "") -> Outgoing:
    """What a list shows, to be let out; of more than `FEW` ids to be asked beside the window, in a
    workspace of that thread. Raises NotAllowed.

    `only`: the words over the records behind a figure.
    """
    register = rows.register
    workspace.rights.require(Action.LIST_OUT, register.name)
    forms, title_of = workspace.forms, workspace.lookups.title
    asked = [only] if only else []
    if rows.text:
        asked.append(tr("Found by “{text}”").format(text=rows.text))
    if rows.filters:
        told = "; ".join(filter_words(forms, register, one, title_of) for one in rows.filters)
        asked.append(tr("Filtered: {filters}").format(filters=told))
    sorted_by = order_words(forms, register, rows.orders)
    title = tr("List: {title}").format(title=small_first(register.title))
    if rows.shows_deleted:
        title = tr("Deleted records: {title}").format(title=small_first(register.title))
    few = ids if len(ids) <= FEW else None
    hidden = restricted_ids(workspace.reader, forms, register.name, few)
    return Outgoing(
        register.name, tuple(ids), rows.columns, title,
        (*asked, sorted_by) if sorted_by else tuple(asked), frozenset(hidden.intersection(ids)),
    )  # fmt: skip


def paper_of(workspace: Workspace, out: Outgoing, progress: Progress = silent) -> ListPaper:
    """The list as it leaves: head, notes and every cell, without what stays behind."""
    columns = [one for one in out.columns if out.reason or not one.is_sensitive]
    ids = [id for id in out.ids if out.reason or id not in out.restricted]
    rows: list[tuple[Cell, ...]] = []
    texts: list[tuple[str, ...]] = []
    for row in _read(workspace, out.register, columns, ids, progress):
        cells = zip(columns, row.values, row.texts, strict=True)
        rows.append(
            tuple(cell_of_value(column.field, value, text) for column, value, text in cells)
        )
        texts.append(row.texts)
    office = workspace.office_on(workspace.today)
    values = {name: str(value or "") for name, value in office.values.items()} if office else {}
    left_out = out.left_out_words()
    notes = [*out.asked, _count_words(len(rows))]
    if left_out:
        notes.append(tr("Left out: {what}").format(what=left_out))
    return ListPaper(
        superior=values.get("superior_body", ""),
        issuer=values.get("body_name", "") or (office.unit.name if office else ""),
        place=values.get("place_name", ""),
        made_on=workspace.today,
        title=out.title,
        notes=tuple(notes),
        internal=workspace.rights.kind(out.register) is Kind.PERSONAL,
        columns=tuple(_paper_column(one) for one in columns),
        rows=rows,
        texts=texts,
    )


def export_list(
    workspace: Workspace, out: Outgoing, path: Path, progress: Progress = silent
) -> ListPaper:
    """Write the list to an Excel file, proved, and put it into the access log before. Returns what
    was written. Raises NotAllowed, `UserError`, `Cancelled`."""
    workspace.rights.require(Action.LIST_OUT, out.register)

    def first(text: str, done: float, /) -> None:
        progress(text, done * 0.4)

    def second(text: str, done: float, /) -> None:
        progress(text, 0.4 + done * 0.6)

    paper = paper_of(workspace, out, first)
    note(workspace, Act.EXPORT, out, len(paper.rows))
    write_list(paper, path, second)
    return paper


def note(workspace: Workspace, act: Act, out: Outgoing, count: int) -> None:
    """One row in the access log: who let what out, how much, why. Raises `UserError`: then it must
    not be done."""
    # On the clipboard nothing is left out, only masked, as on the screen.
    whole = bool(out.reason) or act is Act.COPY
    shown = [one.title for one in out.columns if whole or not one.is_sensitive]
    kept = [id for id in out.ids if whole or id not in out.restricted]
    what = "; ".join((*out.asked, ", ".join(shown)))
    workspace.access.note(
        act, out.register, kept[:_CHUNK], count=count, reason=out.reason, what=what
    )


def copied(
    workspace: Workspace, out: Outgoing, progress: Progress = silent
) -> tuple[str, str, int]:
    """(tab-separated text, HTML, rows) for the clipboard: restricted records as lists show them,
    sensitive columns too. Raises `UserError`."""
    found = [
        masked_row(row, out.columns) if row.restricted else row
        for row in _read(workspace, out.register, out.columns, out.ids, progress, short=True)
    ]
    note(workspace, Act.COPY, out, len(found))
    plain, html = clipboard_cells(out.columns, found)
    return plain, html, len(found)


def file_name(workspace: Workspace, out: Outgoing) -> str:
    """`DS_<sổ>_<mã ĐVHC>_<ngày giờ>.xlsx`: no word of a filter, which may be a name."""
    office = workspace.office_on(workspace.today)
    unit = office.unit.code if office else ""
    made = workspace.clock.now().strftime("%Y%m%d-%H%M")
    register = workspace.registers[out.register]
    return "_".join(part for part in ("DS", ascii_name(register.title), unit, made) if part)


def clipboard_cells(columns: Sequence[ShownColumn], rows: Sequence[ListRow]) -> tuple[str, str]:
    """(tab-separated text, HTML table), headings first.

    Excel takes the HTML: numbers and dates there are values, everything else is text, so that a
    number with leading zeros keeps them and nothing is worked out as a formula. In plain text an
    apostrophe stands before what would be one.
    """
    heads = [one.title for one in columns]
    lines = ["\t".join(_plain(one) for one in heads)]
    table = ["<tr>" + "".join(f"<th>{escape(one)}</th>" for one in heads) + "</tr>"]
    for row in rows:
        cells = list(zip(columns, row.values, row.texts, strict=True))
        lines.append("\t".join(_plain(text, number=_is_number(v)) for _, v, text in cells))
        table.append("<tr>" + "".join(_td(column, v, text) for column, v, text in cells) + "</tr>")
    head = (
        '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta charset="utf-8">'
        "<style>td{mso-number-format:'\\@'}</style></head><body><table>"
    )
    return "\r\n".join(lines), f"{head}{''.join(table)}</table></body></html>"


def _read(
    workspace: Workspace,
    register: str,
    columns: Sequence[ShownColumn],
    ids: Sequence[str],
    progress: Progress,
    *,
    short: bool = False,
) -> Iterator[ListRow]:
    keys, hides = [one.key for one in columns], not workspace.rights.sees_restricted
    queries = list_queries(workspace.forms, register, keys, hides=hides)
    cells = CellReader(workspace.reader, workspace.forms, queries, short=short)
    for start in range(0, len(ids), _CHUNK):
        progress(tr("Reading the records"), start / len(ids))
        yield from cells.rows(ids[start : start + _CHUNK])


def _paper_column(column: ShownColumn) -> PaperColumn:
    field = column.field
    if field is None:
        number = "#,##0"
    elif field.type is FieldType.DECIMAL:
        number = f"#,##0.{'0' * field.decimals}" if field.decimals else "#,##0"
    elif types.is_year(field):
        number = "0"
    else:
        number = _FORMATS.get(field.type, "@")
    return PaperColumn(title=column.title, align=column.align, number=number)


def cell_of_value(field: Field | None, value: Value, text: str) -> Cell:
    """The value as Excel counts with it; what it cannot is the text of the screen."""
    if value is None or text == "":
        return 0 if field is None else None
    if field is None or (_is_number(value) and field.type is not FieldType.YES_NO):
        return value  # type: ignore[return-value]
    day = _moment(field, value)
    return day if day is not None and _day_of(day) >= FIRST_EXCEL_DAY else text


def _is_number(value: Value) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _moment(field: Field, value: Value) -> date | datetime | None:
    """A date known to its day, None for anything else."""
    if field.type is FieldType.DATE:
        return date.fromisoformat(str(value))
    if field.type is FieldType.DATETIME:
        return datetime.fromisoformat(str(value))
    if field.type is FieldType.PARTIAL_DATE and isinstance(value, tuple) and None not in value:
        year, month, day = value
        return date(int(str(year)), int(str(month)), int(str(day)))
    return None


def _day_of(moment: date | datetime) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _plain(text: str, *, number: bool = False) -> str:
    if not number and text.startswith(_FORMULA):
        text = f"'{text}"
    if any(sign in text for sign in '\t\n\r"'):
        return '"' + text.replace('"', '""') + '"'
    return text


def _td(column: ShownColumn, value: Value, text: str) -> str:
    field, cell = column.field, cell_of_value(column.field, value, text)
    words = text or ("0" if field is None else "")
    shown = escape(words).replace("\n", '<br style="mso-data-placement:same-cell">')
    if cell is None or isinstance(cell, str):
        return f"<td>{shown}</td>"
    if isinstance(cell, date):
        days = (_day_of(cell) - _EXCEL_EPOCH).days
        share = (cell.hour * 60 + cell.minute) / 1440 if isinstance(cell, datetime) else 0
        number = f"{days + share:.10g}"
    else:
        number = str(cell)
    style = _paper_column(column).number if field is not None else "0"
    style = style.replace("/", "\\/")
    return f'<td x:num="{number}" style=\'mso-number-format:"{style}"\'>{shown}</td>'


def internal_words(paper: ListPaper) -> str:
    """The mark of a paper that stays in the office, "" where it need not."""
    return INTERNAL if paper.internal else ""


def _count_words(count: int) -> str:
    return ntr("{count} row", "{count} rows", count).format(count=format_integer(count))
