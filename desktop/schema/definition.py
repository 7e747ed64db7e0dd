"""What forms/ says, as frozen data: registers, fields, code lists and rules.

Loaded by `desktop.schema.loader`; read by every layer above. The order of
fields, sections and values is the order of the file.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from desktop.base.text import fold


class FieldType(StrEnum):
    """Kinds of value. What a kind looks like on screen is decided by the window, never here."""

    TEXT = "text"
    """One line. `length` limits it; `digits` makes it a fixed-length number kept as text."""
    NOTE = "note"
    """Several lines of text."""
    INTEGER = "integer"
    DECIMAL = "decimal"
    MONEY = "money"
    """Whole đồng."""
    DATE = "date"
    """ISO text, yyyy-mm-dd."""
    DATETIME = "datetime"
    """ISO text, yyyy-mm-ddThh:mm."""
    PARTIAL_DATE = "partial_date"
    """Year, month and year, or a full date: integer columns NAME_year, NAME_month, NAME_day."""
    YES_NO = "yes_no"
    """0 or 1; NULL is "not answered"."""
    CHOICE = "choice"
    """One code of `list`."""
    CHOICES = "choices"
    """Several codes of `list`: a sorted JSON array, read with json_each."""
    REFERENCE = "reference"
    """The id of a record of register `to`."""


class DataClass(StrEnum):
    """How private a value is (Luật 91/2025/QH15, NĐ 356/2025/NĐ-CP)."""

    NONE = ""
    BASIC = "b"
    SENSITIVE = "s"


class TextFormat(StrEnum):
    """What a text is the writing of, where it has more than one."""

    NONE = ""
    PHONE = "phone"
    """A telephone number: pasted with +84, dots or blanks it becomes digits from 0 on."""


class Level(StrEnum):
    """What a broken rule does: an error stops the step, a warning asks for a reason."""

    ERROR = "error"
    WARNING = "warning"
    OFF = "off"


class Gate(StrEnum):
    """Where rules are asked."""

    TYPE = "type"
    SAVE = "save"
    CLOSE = "close"
    IMPORT = "import"


@dataclass(frozen=True, kw_only=True)
class Field:
    """One question of a form and its column(s)."""

    name: str
    """Column name and key in every file. Never changes; old names live in `Register.renamed`."""
    type: FieldType
    label: str
    """Vietnamese, as on screen and on paper."""
    label_en: str = ""
    section: str = ""
    """Name of the section it stands in; empty: the first."""
    heading: str = ""
    """Words over it and the fields after it, until the next heading of the section."""
    beside: bool = False
    """Stands on the line of the field before it, where there is room."""
    required: bool = False
    required_if: str = ""
    """SQL expression over this record: required where it is true."""
    show_if: str = ""
    """SQL expression over this record: asked where it is true. A hidden field reads NULL."""
    list: str = ""
    """Name of the code list (choice, choices)."""
    within: str = ""
    """Choice field of the same record whose code must be the `parent` of the codes offered here."""
    to: str = ""
    """Register referred to (reference)."""
    only: str = ""
    """SQL expression over the referred register's columns: which of its records are offered."""
    length: int = 0
    """Longest text, in characters; 0: 500 for text, 2000 for note."""
    digits: int = 0
    """Fixed length of a digits-only text; the input moves on when it is full."""
    format: TextFormat = TextFormat.NONE
    """How a pasted text is brought into one writing."""
    decimals: int = 2
    min: float | None = None
    max: float | None = None
    data_class: DataClass = DataClass.NONE
    computed: str = ""
    """SQL expression over this record. Never typed; worked out and stored at each save."""
    default: str = ""
    """Text put into a new record: a code, a number, or `today`, `now`, `office`, `me`."""
    unit: str = ""
    """Shown behind the input: "người", "đồng", "phút"."""
    keep: bool = False
    """Offered to be kept for the next record ("giữ lại")."""
    seldom: bool = False
    """Enter goes past it while it is empty, or holds its default; Tab stops at every field."""
    help: str = ""
    """What to enter, in Vietnamese."""
    example: str = ""
    legal: str = ""
    """The source that asks for it."""

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the table columns that hold the value."""
        if self.type is FieldType.PARTIAL_DATE:
            return (f"{self.name}_year", f"{self.name}_month", f"{self.name}_day")
        return (self.name,)


@dataclass(frozen=True, kw_only=True)
class Section:
    """A named part of a form page."""

    name: str
    title: str
    title_en: str = ""
    children: tuple[str, ...] = ()
    """Child registers edited in this section, below its fields."""


@dataclass(frozen=True, kw_only=True)
class ListColumn:
    """One column of a register's list."""

    field: str
    """A field's name, or `REF.FIELD` through a reference, or a count `#REGISTER` of child rows or
    of records that refer here."""
    title: str = ""
    """Empty: the field's label."""
    width: int = 0
    """Pixels at 100 %; 0: by kind."""


@dataclass(frozen=True, kw_only=True)
class Related:
    """Records of another register that refer to this one, shown on its page as a list."""

    register: str
    field: str
    title: str
    section: str = ""


@dataclass(frozen=True, kw_only=True)
class Summary:
    """One fact of the line under a record's name: "1 ca đang mở"."""

    text: str
    """Vietnamese, with `{value}` where the value stands."""
    value: str
    """SQL expression over the stored record; the fact is left out where it is NULL."""
    type: FieldType = FieldType.INTEGER
    """How the value is written: integer, decimal, money, date, datetime or text."""


@dataclass(frozen=True, kw_only=True)
class LookAlike:
    """How two records of a register of people are seen to be one person's, and merged."""

    name: str = ""
    """Text field; the first of `Register.search`, whose key leads to its bearers. Empty: nobody is
    compared."""
    birth: str = ""
    """Date or partial date."""
    papers: tuple[str, ...] = ()
    """Text fields with numbers of papers: an equal one is enough."""
    places: tuple[str, ...] = ()
    """Reference fields, the finest kind of place first; those to one register count as one kind."""
    neighbours: str = ""
    """Register with two references to a kind of place: those it joins, at most twice, are near."""
    same: tuple[str, ...] = ()
    """Fields whose values tell people apart where both are filled in and differ."""
    unnamed_if: str = ""
    """Yes/no field: where it is 1 the name is none."""
    unnamed: tuple[str, ...] = ()
    """Words written in place of a name."""
    only_one: tuple[str, ...] = ()
    """`CHILD.FIELD`, yes/no: rows that come with a merge give it up where a row has it already."""
    rule: str = ""
    """The rule whose warning is answered by setting the records side by side."""
    merged_into: str = ""
    """Reference field that names the record a merged one went into; empty: nothing is merged."""


@dataclass(frozen=True, kw_only=True)
class IdentityCard:
    """Which fields take what the QR code of a citizen's identity card (CCCD) says; "" for none."""

    number: str = ""
    """Text of 12 digits; the register's cards are looked for by it. Empty: no card is read."""
    old_number: str = ""
    """Text of 9 digits."""
    name: str = ""
    birth: str = ""
    """Date or partial date."""
    sex: str = ""
    """Choice whose labels are the words on the card."""
    unit: str = ""
    """Reference to the register of administrative units."""
    hamlet: str = ""
    """Reference to a register that refers to such units itself."""
    address: str = ""
    """Text that takes what unit and hamlet do not say of the residence."""
    residence: str = ""
    """Text that takes the residence as it is printed."""
    issued: str = ""
    """Date the card was issued."""


@dataclass(frozen=True, kw_only=True)
class Register:
    """One register: a table, a list and a form page."""

    name: str
    title: str
    """Vietnamese plural, for the sidebar: "Đối tượng"."""
    title_en: str = ""
    one: str = ""
    """Vietnamese singular, for commands: "đối tượng"; empty: `title` in lower case."""
    version: int = 1
    parent: str = ""
    """Register whose page edits these rows; its id is in the column of that name."""
    single: bool = False
    """A child with at most one row per parent."""
    group: str = ""
    """Heading in the sidebar; empty: not in the sidebar."""
    icon: str = ""
    order: int = 0
    person: bool = False
    """Rows are people: `full_name` is split into ho, dem, ten and sorted by tên."""
    catalogue: str = ""
    """CSV in resources/catalogues that fills it; such a register is not edited by hand."""
    number_field: str = ""
    """Field filled by the program with the next number, by `number_format`, never reused."""
    number_format: str = ""
    """As `{unit}-{year}-{n:04}`."""
    title_format: str = ""
    """How a record is called in messages and look-ups, as `{full_name}`."""
    subtitle_format: str = ""
    """The quiet second line, as `{birth_year} · {file_no}`."""
    search: tuple[str, ...] = ()
    """Fields whose text is found by the search box."""
    sort: tuple[str, ...] = ()
    """Order of the list: `sort_key` or columns, `-` before one for descending."""
    date_field: str = ""
    """The date that places a record in a period; empty: none."""
    restricted_if: str = ""
    """SQL expression over this record: shown as "Nhóm hạn chế" where it is true."""
    sections: tuple[Section, ...] = ()
    fields: tuple[Field, ...] = ()
    columns: tuple[ListColumn, ...] = ()
    related: tuple[Related, ...] = ()
    summary: tuple[Summary, ...] = ()
    """Facts worked out of the stored record and what refers to it; none: how many refer to it."""
    look_alike: LookAlike = LookAlike()
    card: IdentityCard = IdentityCard()
    renamed: tuple[tuple[str, str], ...] = ()
    """(old, new) pairs, kept for ever; new is "" where the field was dropped."""
    place: str = ""
    """File it was read from, for messages."""

    def field(self, name: str) -> Field:
        """The field called `name`. Raises KeyError."""
        return self.field_of_name[name]

    @cached_property
    def field_of_name(self) -> dict[str, Field]:
        """Fields by name."""
        return {field.name: field for field in reversed(self.fields)}

    @cached_property
    def _field_of_column(self) -> dict[str, Field]:
        return {column: field for field in reversed(self.fields) for column in field.columns}

    def field_of_column(self, column: str) -> Field | None:
        """The field that owns a table column, or None for the common columns."""
        return self._field_of_column.get(column)


@dataclass(frozen=True, kw_only=True)
class CodeValue:
    """One value of a code list."""

    code: str
    label: str
    label_en: str = ""
    short: str = ""
    """Label for narrow columns; empty: `label`."""
    parent: str = ""
    """Code of the group it belongs to, in this list or in `CodeList.parent_list`."""
    restricted: bool = False
    """Seen only by those allowed; one block in what leaves the office (`domain.md` §7.2)."""
    valid_from: str = ""
    valid_to: str = ""
    tags: tuple[str, ...] = ()
    """Words that rules and measures ask for, e.g. `counted`."""
    aliases: tuple[str, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """What may be typed for it."""
        return (self.code, self.label, *self.aliases)


@dataclass(frozen=True, kw_only=True)
class CodeList:
    """A list of codes with Vietnamese labels."""

    name: str
    title: str
    parent_list: str = ""
    values: tuple[CodeValue, ...] = ()
    place: str = ""

    def value(self, code: str) -> CodeValue | None:
        """The value of a code, or None."""
        return self.value_of_code.get(code)

    @cached_property
    def value_of_code(self) -> dict[str, CodeValue]:
        """Values by code."""
        return {value.code: value for value in reversed(self.values)}

    @cached_property
    def values_of_word(self) -> dict[str, tuple[CodeValue, ...]]:
        """Values by each folded word that may be typed for them: code, label, aliases."""
        found: dict[str, tuple[CodeValue, ...]] = {}
        for value in self.values:
            for word in dict.fromkeys(map(fold, value.words)):
                if word:
                    found[word] = (*found.get(word, ()), value)
        return found


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One check: a SQL expression that must not be false (NULL passes)."""

    number: str
    """V01, V06a … unique."""
    on: str
    """Register whose rows are checked (a child too; its parent's columns as `parent.x`)."""
    check: str
    message: str
    """Vietnamese: what is wrong and what to do. `{field}` puts the value's text in."""
    fields: tuple[str, ...] = ()
    """Fields the problem is shown at, first the one to jump to."""
    level: dict[Gate, Level] = field(default_factory=dict)
    """By gate, complete: the loader fills those not named, type, import and close as save."""
    when: str = ""
    """SQL expression: asked only where it is true (kept apart so that `check` reads plainly)."""
    invariant: bool = False
    """True of old rows for ever, own row only, no function: becomes a named CHECK of the table."""
    legal: str = ""
    place: str = ""


@dataclass(frozen=True, kw_only=True)
class Forms:
    """Everything forms/registers, forms/lists and forms/rules say, without mistakes."""

    registers: dict[str, Register]
    lists: dict[str, CodeList]
    rules: tuple[Rule, ...]
    digest: str
    """SHA-256 of the files read: what a workbook names as its rule-set version."""

    def children(self, register: str) -> tuple[Register, ...]:
        """Child registers of a register, in their order."""
        found = [r for r in self.registers.values() if r.parent == register]
        return tuple(sorted(found, key=lambda r: (r.order, r.name)))

    @cached_property
    def referred(self) -> frozenset[str]:
        """Registers that some field refers to."""
        return frozenset(
            field.to
            for register in self.registers.values()
            for field in register.fields
            if field.to
        )

    def rules_on(self, register: str) -> tuple[Rule, ...]:
        """Rules that check rows of this register."""
        return tuple(rule for rule in self.rules if rule.on == register)
