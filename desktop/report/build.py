"""Build a whole report: every sheet as plain data, small figures hidden, with its fingerprint."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from desktop.base.vietnamese_dates import format_date
from desktop.report import cells
from desktop.report.definition import Builder, PartDefinition, SheetDefinition
from desktop.report.earlier import (
    FIGURE_COLUMN,
    INDICATOR_PART,
    INDICATOR_SHEET,
    Earlier,
)
from desktop.report.indicators import Book
from desktop.report.outgoing import hide_small
from desktop.report.parts import build_part, sheet_column
from desktop.report.records import records_of
from desktop.report.run import Run
from desktop.report.sheet import (
    Cell,
    CodeLine,
    Heading,
    Mark,
    Part,
    Report,
    Row,
    Sheet,
    Style,
    TextBlock,
    Value,
    data_of,
)
from desktop.report.summary import build_comparison, build_indicators
from desktop.store.snapshots import Exact, KeptFigure

__all__ = ["BuiltReport", "Request", "build_report", "records_of"]

SCHEMA = "so-ctxh/1"
"""Version of the workbook's layout, for the receiving program."""
HIDE = "small_cells"
YES = "CO"
BASELINE_OF_COLLABORATORS = "COLLABORATORS_BASE"


@dataclass(frozen=True, kw_only=True)
class Request:
    """What the office says about a report beside its figures."""

    heading: Heading
    revision: int
    made_at: str
    """ISO moment with offset."""
    manifest: Mapping[str, str]
    """More lines for the head of _DULIEU: how many warnings were overridden, …"""


@dataclass(frozen=True, kw_only=True)
class BuiltReport:
    """A report and what is kept of it."""

    report: Report
    figures: tuple[KeptFigure, ...]
    """Every figure as counted and as shown, for the snapshot."""
    digest: str
    """SHA-256 of the figures as shown, in hexadecimal; printed on the cover."""


def build_report(run: Run, request: Request, earlier: Earlier) -> BuiltReport:
    """Sheets 00 and B01-B13 of the run's period, in the run's version (outgoing or not)."""
    book = Book(run)
    exact = [
        _sheet(definition, run, book, earlier, request)
        for definition in run.reports.sheets
        if not _is_comparison(definition)
    ]
    shown = exact
    if run.outgoing and run.settings[HIDE] == YES:
        shown = _hidden(exact, run, earlier)
    summary = _part_of(shown, INDICATOR_SHEET, INDICATOR_PART)
    comparisons = [
        _sheet(definition, run, book, earlier, request, summary)
        for definition in run.reports.sheets
        if _is_comparison(definition)
    ]
    sheets = sorted([*shown, *comparisons], key=lambda sheet: sheet.code)
    digest = _digest(sheets)
    sheets = [_with_digest(sheet, digest) for sheet in sheets]
    figures = (*_kept([*exact, *comparisons], sheets), *_kept_indicators(book, summary))
    return BuiltReport(report=_report(run, request, sheets, digest), figures=figures, digest=digest)


def _is_comparison(definition: SheetDefinition) -> bool:
    return any(part.build in (Builder.COMPARISON, Builder.REBASED) for part in definition.parts)


def _hidden(exact: Sequence[Sheet], run: Run, earlier: Earlier) -> list[Sheet]:
    before = run.reports.periods.previous(run.period)
    return hide_small(
        exact,
        run.reports,
        earlier.reported(before) if before else {},
        earlier.reported(run.period),
    )


def _part_of(sheets: Sequence[Sheet], sheet: str, part: str) -> Part:
    for found in sheets:
        if found.code == sheet:
            return next(one for one in found.parts if one.code == part)
    return Part(code=part, columns=(), rows=())


def _sheet(
    definition: SheetDefinition,
    run: Run,
    book: Book,
    earlier: Earlier,
    request: Request,
    summary: Part | None = None,
) -> Sheet:
    parts = []
    for part in definition.parts:
        if part.build is Builder.INDICATORS:
            parts.append(build_indicators(part, run, book, earlier))
        elif part.build in (Builder.COMPARISON, Builder.REBASED) and summary is not None:
            rebased = part.build is Builder.REBASED
            parts.append(build_comparison(part, run, book, summary, earlier, rebased=rebased))
        elif part.build is Builder.COVER:
            parts.append(_cover(part, run, request))
        else:
            parts.append(_counted_part(part, run, book))
    return Sheet(
        code=definition.code,
        name=definition.name,
        form=definition.form_no,
        title=definition.title,
        landscape=definition.landscape,
        parts=tuple(parts),
        texts=tuple(_texts(definition, run)),
        notes=tuple(_notes(definition, run)),
    )


def _counted_part(part: PartDefinition, run: Run, book: Book) -> Part:
    made = build_part(part, run)
    if part.build is not Builder.COLLABORATORS:
        return made
    base = book.amount(BASELINE_OF_COLLABORATORS)
    total = next(row for row in made.rows if row.code == "TONG").cells["1"]
    grown = cells.increase(total, base, ("[TONG!1]", "[GOC!1]"))
    extra = [
        _line("GOC", "Số cộng tác viên ở mốc gốc", replace(base, countable=False)),
        _line("TANG", "Mức tăng so với mốc gốc (%)", grown),
    ]
    return replace(made, rows=(*made.rows, *extra))


def _line(code: str, title: str, cell: Cell) -> Row:
    words = {"A": None, "B": title, "C": code}
    row = {name: Cell(value=text, style=Style.TEXT) for name, text in words.items()}
    return Row(code=code, cells={**row, "1": cell}, kind="sub")


def _notes(definition: SheetDefinition, run: Run) -> Iterator[str]:
    for note in definition.notes:
        if not note.sql:
            yield note.text
            continue
        number = run.measures.value(note.sql)
        if number:
            yield note.text.format(n=number)


def _texts(definition: SheetDefinition, run: Run) -> Iterator[TextBlock]:
    for text in definition.texts:
        for heading, words in run.measures.lines(text.sql, ("heading", "text")):
            yield TextBlock(heading=str(heading), text=str(words or ""))


def _cover(part: PartDefinition, run: Run, request: Request) -> Part:
    rows = []
    for code, title, value in _cover_lines(run, request):
        row = {"A": Cell(value=title, style=Style.TEXT), "1": Cell(value=value, style=Style.TEXT)}
        rows.append(Row(code=code, cells=row))
    return Part(code=part.code, columns=tuple(map(sheet_column, part.columns)), rows=tuple(rows))


def _cover_lines(run: Run, request: Request) -> Iterator[tuple[str, str, str]]:
    unit, period, heading = run.unit, run.period, request.heading
    holidays = [
        date.fromisoformat(str(day)) for (day,) in run.measures.table("fact_holiday", ("day",))
    ]
    due = run.reports.periods.due(period, unit.level, holidays)
    calendar = run.reports.periods.calendar(period.calendar)
    yield "DON_VI", "Đơn vị báo cáo", unit.name
    yield "MA_DVHC", "Mã đơn vị hành chính", unit.code
    yield "CAP", "Cấp", unit.level
    yield "HIEU_LUC", "Đơn vị có hiệu lực từ", format_date(unit.valid_from)
    yield "CAP_TREN", "Cơ quan chủ quản", heading.superior
    yield "NOI_NHAN", "Đơn vị nhận báo cáo", heading.receiver
    yield "KY", "Kỳ báo cáo", period.title
    yield "MA_KY", "Mã kỳ", f"{period.code} ({period.national_code})"
    yield "CHE_DO", "Cách tính kỳ", calendar.title
    yield "TU_NGAY", "Từ ngày", format_date(period.date_from.isoformat())
    yield "DEN_NGAY", "Ngày chốt số liệu", format_date(period.closing.isoformat())
    yield "HAN_GUI", "Hạn gửi", format_date(due.isoformat()) if due else ""
    yield "LAN", "Lần gửi", str(request.revision)
    yield "LAP_LUC", "Lập lúc", format_date(request.made_at)
    yield "NGUOI_LAP", "Người lập biểu", heading.preparer
    yield "NGUOI_KIEM_TRA", "Người kiểm tra", heading.checker
    yield "NGUOI_DUYET", "Người duyệt", heading.signer
    for setting in run.reports.settings:
        chosen = run.settings[setting.code]
        title = next((c.title for c in setting.choices if c.code == chosen), chosen)
        yield f"CD_{setting.code}", setting.title, title


DIGEST_ROW = "MA_BAM"


def _with_digest(sheet: Sheet, digest: str) -> Sheet:
    if sheet.code != "00":
        return sheet
    cover = sheet.parts[0]
    title = Cell(value="Mã băm số liệu (SHA-256)", style=Style.TEXT)
    row = Row(code=DIGEST_ROW, cells={"A": title, "1": Cell(value=digest, style=Style.CODE)})
    return replace(sheet, parts=(replace(cover, rows=(*cover.rows, row)), *sheet.parts[1:]))


def _digest(sheets: Sequence[Sheet]) -> str:
    """Over the lines of _DULIEU, but for the line that holds the digest itself."""
    total = hashlib.sha256()
    for datum in data_of(sheets):
        line = [datum.sheet, datum.part, datum.row, datum.column, _plain(datum.value)]
        total.update(json.dumps(line, ensure_ascii=False).encode() + b"\n")
    return total.hexdigest()


def _plain(value: Value) -> Exact:
    return value.isoformat() if isinstance(value, date) else value


def _kept(exact: Sequence[Sheet], shown: Sequence[Sheet]) -> Iterator[KeptFigure]:
    """Figures that are numbers or marks; words need no comparing."""
    counted = {
        (sheet.code, part.code, row.code, column): cell
        for sheet in exact
        for part in sheet.parts
        if not part.open_list
        for row in part.rows
        for column, cell in row.cells.items()
    }
    for sheet in shown:
        for part in sheet.parts:
            for row in part.rows:
                for column, cell in row.cells.items():
                    key = (sheet.code, part.code, row.code, column)
                    number = isinstance(cell.value, int | float)
                    if key in counted and (number or cell.mark):
                        yield KeptFigure(key, _plain(counted[key].value), _plain(cell.shown))


def _kept_indicators(book: Book, summary: Part) -> Iterator[KeptFigure]:
    """Lines B01 does not print: the other phases', so that the next has something to compare with.

    Where a figure about clients is hidden in B01, none of these that counts clients is kept as
    shown: it might be the same one under another name.
    """
    hides = any(row.cells["5"].mark is Mark.HIDDEN for row in summary.rows if "5" in row.cells)
    for definition in book.others():
        figure = book.line(definition.code).figure
        if not isinstance(figure.value, int | float):
            continue
        codes = [code for code in (definition.numerator, definition.denominator) if code]
        about_clients = any(book.measure(code).register == "client" for code in codes)
        shown: Exact = str(Mark.HIDDEN) if hides and about_clients else figure.value
        key = (INDICATOR_SHEET, INDICATOR_PART, definition.code, FIGURE_COLUMN)
        yield KeptFigure(key, figure.value, shown)


def _report(run: Run, request: Request, sheets: Sequence[Sheet], digest: str) -> Report:
    unit, forms = run.unit, run.forms
    counts = {f"rows_{s.code}": str(sum(len(p.rows) for p in s.parts)) for s in sheets}
    settings = {f"setting_{code}": value for code, value in run.settings.items()}
    return Report(
        unit_level=unit.level,
        unit_code=unit.code,
        unit_valid_from=unit.valid_from,
        unit_name=unit.name,
        period=run.period.code,
        revision=request.revision,
        heading=request.heading,
        sheets=tuple(sheets),
        lists=tuple(
            CodeLine(
                list=code_list.name,
                code=value.code,
                label=value.label,
                valid_from=value.valid_from,
                valid_to=value.valid_to,
            )
            for code_list in forms.lists.values()
            for value in code_list.values
        ),
        manifest={
            "schema": SCHEMA,
            "calendar": run.period.calendar,
            "date_from": run.period.date_from.isoformat(),
            "date_to": run.period.date_to.isoformat(),
            "made_at": request.made_at,
            "forms": forms.digest,
            "reports": run.reports.digest,
            **settings,
            **counts,
            **request.manifest,
            "digest": digest,
        },
    )
