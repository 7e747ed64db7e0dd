"""A report as plain data: sheets, parts, columns, rows, cells. Knows no SQL and no Excel.

`desktop.report.build` makes it, `desktop.workbook` lays it out, `_DULIEU` and the
window read the same cells, so that no figure is worked out twice.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Mark(StrEnum):
    """Why a cell shows words in place of a figure (statistical conventions, `domain.md` §6.2)."""

    NONE = ""
    UNKNOWN = "…"
    """Occurred, but nobody has collected it: never 0."""
    SMALL = "<5"
    """A count of 1–4 of a restricted group (`domain.md` §7.3)."""
    HIDDEN = "*"
    """Left out so that a total does not give a small cell away."""
    UNDEFINED = "không tính được"
    """The denominator is 0."""


class Style(StrEnum):
    """How a value is written. Widths and fonts are the workbook's business."""

    TEXT = "text"
    CODE = "code"
    """Text kept as text: codes with leading zeros, numbers of contracts."""
    INTEGER = "integer"
    """#,##0 where zero is shown as "-"."""
    DECIMAL = "decimal"
    """Two decimals."""
    PERCENT = "percent"
    """A number 0–100 with one decimal (60 means 60 %), half up."""
    MONEY = "money"
    DATE = "date"


Value = str | int | float | date | None


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One value and how it came about."""

    value: Value = None
    """The computed result; None where `mark` says why, or where the cell does not apply ("x")."""
    mark: Mark = Mark.NONE
    style: Style = Style.INTEGER
    formula: str = ""
    """Live formula without "=", in tokens: `[4]` is column 4 of this row, `[ROW!4]` column 4 of row
    ROW, `[*!4]` the range of column 4 over the data rows of this part. Other text is Excel's own
    (English function names, comma separators). Empty: a plain value."""
    countable: bool = False
    """True where `Measures.records` can list the records it was counted from."""

    @property
    def shown(self) -> Value:
        """What stands in the visible sheet and in _DULIEU alike."""
        return str(self.mark) if self.mark else self.value


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column of a part."""

    code: str
    """As printed in the row of column numbers: "A", "1", "2"."""
    title: str
    above: tuple[str, ...] = ()
    """Heads standing over it, outermost first; equal neighbours are merged."""
    style: Style = Style.INTEGER
    width: float = 9.0
    """Characters."""
    population: str = ""
    """Whom it counts, in Vietnamese (`domain.md` §8.6)."""
    numbered: str = ""
    """Text for the row of column numbers where it differs from `code`: "(4=1+2-3)"."""
    restricted: bool = False
    """Counts a restricted group: figures of 1-4 are not shown outside (`domain.md` §7.3)."""


@dataclass(frozen=True, kw_only=True)
class Row:
    """One row of a part."""

    code: str
    """Unique in its part; goes into _DULIEU."""
    cells: dict[str, Cell]
    """By column code."""
    kind: str = "data"
    """data, group (a heading over rows), total or sub (indented, "trong đó")."""
    restricted: bool = False


@dataclass(frozen=True, kw_only=True)
class Part:
    """A table of a sheet."""

    code: str
    """"I", "II"; unique in its sheet."""
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    title: str = ""
    open_list: bool = False
    """Rows are a list of unknown length (B02) rather than a fixed frame."""


@dataclass(frozen=True, kw_only=True)
class TextBlock:
    """A heading with running text (B13, notes)."""

    heading: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One visible sheet of the workbook."""

    code: str
    """"00", "B01" … as in file and _DULIEU."""
    name: str
    """The sheet's tab, at most 31 characters."""
    form: str
    """"01.6T/CTXH"."""
    title: str
    parts: tuple[Part, ...] = ()
    texts: tuple[TextBlock, ...] = ()
    notes: tuple[str, ...] = ()
    landscape: bool = True


@dataclass(frozen=True, kw_only=True)
class Heading:
    """What stands at the head and foot of every sheet; from the office's dated settings."""

    superior: str
    """"UỶ BAN NHÂN DÂN TỈNH …" upper body."""
    issuer: str
    """The reporting unit."""
    receiver: str
    place: str
    """Official name for "Phủ Lý, ngày …"."""
    number: str
    """"05/BC-UBND"."""
    period_title: str
    """"6 tháng đầu năm 2026"."""
    date_from: date
    date_to: date
    signed_on: date
    preparer: str
    checker: str
    signer: str
    authority: str
    """"TM. ỦY BAN NHÂN DÂN" or "KT. CHỦ TỊCH"; may hold two lines."""
    position: str
    """"CHỦ TỊCH"."""
    legal: str
    """"Ban hành theo …"."""
    recipients: tuple[str, ...] = ()
    """Lines of "Nơi nhận", without dashes."""


@dataclass(frozen=True, kw_only=True)
class Datum:
    """One line of _DULIEU: long form, what the receiving program reads."""

    sheet: str
    part: str
    row: str
    column: str
    value: Value
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class CodeLine:
    """One line of _DM: a code list value as it stood at export."""

    list: str
    code: str
    label: str
    valid_from: str = ""
    valid_to: str = ""


@dataclass(frozen=True, kw_only=True)
class Report:
    """A whole six-month (or yearly) report, ready to be written."""

    unit_level: str
    unit_code: str
    unit_valid_from: str
    unit_name: str
    period: str
    """"2026H1"."""
    revision: int
    heading: Heading
    sheets: tuple[Sheet, ...]
    lists: tuple[CodeLine, ...] = ()
    manifest: dict[str, str] = field(default_factory=dict)
    """key → value lines at the head of _DULIEU: schema, rule set, made at, counts, digest."""

    def data(self) -> list[Datum]:
        """Every figure of every sheet in long form, as shown (small cells stay "<5")."""
        return data_of(self.sheets)


def data_of(sheets: Iterable[Sheet]) -> list[Datum]:
    """Every figure of some sheets in long form, as shown."""
    found = []
    for sheet in sheets:
        for part in sheet.parts:
            for row in part.rows:
                if row.kind == "group":
                    continue
                found += [
                    Datum(
                        sheet=sheet.code,
                        part=part.code,
                        row=row.code,
                        column=column.code,
                        value=row.cells[column.code].shown,
                    )
                    for column in part.columns
                    if column.code in row.cells
                ]
        for index, block in enumerate(sheet.texts, start=1):
            found.append(
                Datum(
                    sheet=sheet.code,
                    part="T",
                    row=f"T{index}",
                    column=block.heading,
                    value=block.text,
                )
            )
    return found
