"""What forms/reports says, as frozen data: settings, facts, sheets, indicators.

The format is the dataclasses: a key of the same name, arrays of tables in the singular. Loaded by
`desktop.report.loader`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from desktop.report.periods import Periods
from desktop.report.sheet import Style
from desktop.store.measures import Count, Counting, Fact, Source


class RowKind(StrEnum):
    """What a row is, as in `sheet.Row.kind`."""

    DATA = "data"
    GROUP = "group"
    TOTAL = "total"
    SUB = "sub"


class Label(StrEnum):
    """Columns that hold the row's own words."""

    NONE = ""
    NUMBER = "number"
    TITLE = "title"
    CODE = "code"
    UNIT = "unit"


class Show(StrEnum):
    """In which version of a sheet a column or a row stands."""

    ALWAYS = ""
    INSIDE = "inside"
    """Only in the version kept in the office."""
    OUTGOING = "outgoing"
    """Only in the version that leaves it (`domain.md` §7.3)."""


class Builder(StrEnum):
    """Parts whose rows are not the lines of a source."""

    NONE = ""
    COVER = "cover"
    INDICATORS = "indicators"
    COMPARISON = "comparison"
    REBASED = "rebased"
    COLLABORATORS = "collaborators"


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One answer to a setting."""

    code: str
    title: str


@dataclass(frozen=True, kw_only=True)
class Setting:
    """A reading the office may choose; its code is a parameter of every SQL here."""

    code: str
    title: str
    default: str
    help: str = ""
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ColumnDefinition:
    """One column: either words of the row, or a count of a source, or worked out of others."""

    code: str
    title: str
    above: tuple[str, ...] = ()
    style: Style = Style.INTEGER
    width: float = 9.0
    population: str = ""
    numbered: str = ""
    label: Label = Label.NONE
    source: str = ""
    """Name of the source; empty: the first of the part."""
    count: Count = Count.RECORD
    where: str = ""
    """SQL condition over the lines of the source."""
    value: str = ""
    """SQL: what is summed, the aggregate of count = "value", the text of an open list."""
    share: tuple[str, ...] = ()
    """Two columns: 100 × the first ÷ the second, one decimal, half up."""
    plus: tuple[str, ...] = ()
    """Columns added …"""
    minus: tuple[str, ...] = ()
    """… and taken away."""
    additive: bool = False
    """Rows of it may be added up: a total row is their sum."""
    restricted: bool = False
    show: Show = Show.ALWAYS
    rows: tuple[str, ...] = ()
    """Codes of the only rows it applies to; empty: all."""
    setting: str = ""
    """Filled only where this setting is CO."""

    @property
    def counted(self) -> bool:
        """True where it is an aggregate of a source; a balance with a `where` is both, and the
        two must agree."""
        worked_out = self.share or self.plus or self.minus
        return not self.label and (not worked_out or bool(self.where))

    def counting(self) -> Counting:
        """As `store.measures` counts it."""
        return Counting(code=self.code, count=self.count, where=self.where, value=self.value)


@dataclass(frozen=True, kw_only=True)
class RowDefinition:
    """One row, or the rows made of a code list or of a SELECT."""

    code: str = ""
    title: str = ""
    unit: str = ""
    number: str = ""
    kind: RowKind = RowKind.DATA
    restricted: bool = False
    show: Show = Show.ALWAYS
    columns: tuple[str, ...] = ()
    """Codes of the only columns that apply; empty: all."""
    plus: tuple[str, ...] = ()
    """Rows added, column by column, to make this one …"""
    minus: tuple[str, ...] = ()
    """… and taken away."""
    prefix: str = ""
    """Put before the codes of `list`."""
    distinct: bool = False
    """A total row counted by its own lines of the source, not added up."""
    list: str = ""
    """One row per code of this list."""
    block: str = ""
    """Outgoing: the restricted codes of the list become one row of this code …"""
    block_title: str = ""
    """… and this title."""
    frame: str = ""
    """SELECT of `row` (its order), `code`, `title`, `number`, `kind`: one row per line."""


@dataclass(frozen=True, kw_only=True)
class RelationDefinition:
    """What anybody who reads the sheets knows of their figures; needed to hide small ones well.

    `is` holds terms, + and - on both sides of = or <=. On each row `[4]` is a column; with
    `columns` given, once for each of them, `[TONG]` is a row, `sum` the data rows together and
    `each` every data row in turn. `[B05/I!TONG!11]` is a figure anywhere, `[earlier!4]` the one of
    this row in the report of the period before.
    """

    is_: str
    columns: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    """Codes of the rows it holds on; empty: all."""


@dataclass(frozen=True, kw_only=True)
class PartDefinition:
    """One table of a sheet."""

    code: str
    title: str = ""
    open_list: bool = False
    build: Builder = Builder.NONE
    columns: tuple[ColumnDefinition, ...] = ()
    rows: tuple[RowDefinition, ...] = ()
    sources: tuple[Source, ...] = ()
    relations: tuple[RelationDefinition, ...] = ()

    def column(self, code: str) -> ColumnDefinition:
        """A column by code. Raises KeyError."""
        for column in self.columns:
            if column.code == code:
                return column
        raise KeyError(code)

    def source_of(self, column: ColumnDefinition) -> Source:
        """The source a column counts. Raises KeyError."""
        for source in self.sources:
            if source.name == column.source or not column.source:
                return source
        raise KeyError(column.source)


@dataclass(frozen=True, kw_only=True)
class NoteDefinition:
    """A line under a sheet; `{n}` is the number its SELECT finds, and 0 leaves the line out."""

    text: str
    sql: str = ""


@dataclass(frozen=True, kw_only=True)
class TextDefinition:
    """Running text of a sheet: lines of a SELECT of `row`, `heading`, `text`."""

    sql: str


@dataclass(frozen=True, kw_only=True)
class SheetDefinition:
    """One visible sheet."""

    code: str
    name: str
    form_no: str
    title: str
    landscape: bool = True
    parts: tuple[PartDefinition, ...] = ()
    notes: tuple[NoteDefinition, ...] = ()
    texts: tuple[TextDefinition, ...] = ()
    place: str = field(default="", metadata={"own": True})

    def part(self, code: str) -> PartDefinition:
        """A part by code. Raises KeyError."""
        for part in self.parts:
            if part.code == code:
                return part
        raise KeyError(code)


class Basis(StrEnum):
    """Over which days a measure counts."""

    CLOSING = "closing"
    """A stock on the closing date: the same for the period, the year and the phase."""
    WINDOW = "window"
    """A flow from `:from` to the closing date: period, year and phase differ."""
    PHASE = "phase"
    """A flow that stands for the period cumulated, since the phase or the year began (A6)."""
    PROGRAMME = "programme"
    """A flow that stands for the period cumulated since the programme began."""


@dataclass(frozen=True, kw_only=True)
class MeasureDefinition:
    """One number: records of a SELECT, a value typed in by date, or one of others by a setting."""

    code: str
    title: str
    """Whom it counts, in Vietnamese."""
    register: str = ""
    sql: str = ""
    """SELECT of `record`; parameters `:from` and `:d`."""
    count: Count = Count.RECORD
    value: str = ""
    known: str = ""
    """Name of a fact without whose lines the figure is not known; empty: always known."""
    basis: Basis = Basis.CLOSING
    baseline: str = ""
    """Code of list NEN: the latest value of the unit on or before the closing date."""
    setting: str = ""
    chosen: dict[str, str] = field(default_factory=dict)
    """Choice of the setting → code of the measure that counts."""

    def source(self) -> Source:
        """As `store.measures` reads it."""
        return Source(name=self.code, sql=self.sql, register=self.register)

    def counting(self) -> Counting:
        """As `store.measures` counts it."""
        return Counting(code=self.code, count=self.count, value=self.value)


class IndicatorKind(StrEnum):
    """How the figure of an indicator comes about."""

    SHARE = "share"
    """100 × numerator ÷ denominator."""
    COUNT = "count"
    """The numerator itself."""
    INCREASE = "increase"
    """100 × (numerator ÷ denominator − 1)."""
    GROWTH = "growth"
    """100 × (share of `of` ÷ figure of `base` − 1)."""
    POINTS = "points"
    """Share of `of` − figure of `base`."""
    CHOSEN = "chosen"
    """The figure of the line that a setting chooses."""
    GROUP = "group"
    """A heading over lines, with no figure."""


@dataclass(frozen=True, kw_only=True)
class TargetDefinition:
    """A figure to reach, nation-wide, with its document."""

    value: float
    document: str
    scope: str = "toàn quốc"
    """Whose plan it is, as the note says."""
    signed: date | None = None
    each_year: bool = False
    """For every year by itself; else for the whole phase."""
    absolute: bool = False
    """A number for the whole country, which is no plan of one commune: named in the note only."""


@dataclass(frozen=True, kw_only=True)
class IndicatorDefinition:
    """One row of B01 and B12."""

    code: str
    title: str
    """Short, as printed."""
    wording: str = ""
    """As the decision words it."""
    formula: str = ""
    """The reading chosen here, in Vietnamese: numerator and denominator."""
    phase: str = ""
    """2021-2025, 2026-2030; empty: every phase."""
    kind: IndicatorKind = IndicatorKind.SHARE
    unit: str = "%"
    numerator: str = ""
    denominator: str = ""
    of: str = ""
    base: str = ""
    baseline: str = ""
    """Measure of the value it is compared with in B12 ("giá trị gốc")."""
    setting: str = ""
    chosen: dict[str, str] = field(default_factory=dict)
    """Choice of the setting → code of the line."""
    yearly: bool = False
    """A flow: shown for a half-year, compared with the plan only for a year and more."""
    sub: bool = False
    """A line "trong đó" under the one before."""
    target_of: str = ""
    """Code in list CT whose plan it is measured by; empty: its own."""
    targets: tuple[TargetDefinition, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Indicators:
    """Everything indicators.toml says."""

    measures: tuple[MeasureDefinition, ...]
    indicators: tuple[IndicatorDefinition, ...]

    def measure(self, code: str) -> MeasureDefinition:
        """A measure by code. Raises KeyError."""
        for measure in self.measures:
            if measure.code == code:
                return measure
        raise KeyError(code)


@dataclass(frozen=True, kw_only=True)
class Reports:
    """Everything forms/reports says, without mistakes."""

    periods: Periods
    settings: tuple[Setting, ...]
    facts: tuple[Fact, ...]
    indicators: Indicators
    sheets: tuple[SheetDefinition, ...]
    digest: str
    """SHA-256 of the files read."""

    def sheet(self, code: str) -> SheetDefinition:
        """A sheet by code. Raises KeyError."""
        for sheet in self.sheets:
            if sheet.code == code:
                return sheet
        raise KeyError(code)
