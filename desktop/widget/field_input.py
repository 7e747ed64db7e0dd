"""The input of a field: its kind by the field's type, its values by the code list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Protocol

from desktop.base.translate import tr
from desktop.schema.cleaning import clean
from desktop.schema.definition import CodeList, Field, FieldType, Register
from desktop.schema.types import choices_on, is_year
from desktop.service.sight import MASK
from desktop.widget.inputs import (
    ChoiceInput,
    ChoicesInput,
    DateInput,
    DateTimeInput,
    DigitsInput,
    Hit,
    Input,
    LongTextInput,
    MoneyInput,
    NumberInput,
    Option,
    OptionList,
    PartialDateInput,
    ReferenceInput,
    TextInput,
    YesNoInput,
)

if TYPE_CHECKING:
    from desktop.base.clock import Clock
    from desktop.schema.definition import Forms

PERSONAL_NUMBER = 12
PERSONAL_NUMBER_GROUPS = (3, 1, 2, 6)
"""Province, century and sex, year, and the rest (Nghị định 137/2015/NĐ-CP, Điều 13)."""
DEFAULT_LENGTH, DEFAULT_NOTE_LENGTH = 500, 2000
LONGEST_SHOWN_CODE = 4


def settles_at_once(field: Field) -> bool:
    """True where each edit is a whole answer, so that what depends on it may follow at once."""
    return field.type in (
        FieldType.CHOICE,
        FieldType.CHOICES,
        FieldType.REFERENCE,
        FieldType.YES_NO,
    )


class Found(Protocol):
    """A record that a look-up offers."""

    @property
    def id(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def subtitle(self) -> str: ...


class Finder(Protocol):
    """Finds records to refer to."""

    def search(self, register: str, text: str, *, only: str = "") -> Sequence[Found]:
        """The likely ones first."""
        ...

    def title(self, register: str, id: str) -> str:
        """How a record is called, "" where there is none."""
        ...


class Desk(Protocol):
    """What inputs ask: a `Workspace`, or the page that sets an office up before there is one."""

    clock: Clock

    @property
    def forms(self) -> Forms:
        """The definitions."""
        ...

    @property
    def lookups(self) -> Finder:
        """The records there are to refer to."""
        ...

    @property
    def today(self) -> date: ...

    def sees_field(self, register: str, field: Field) -> bool:
        """False for a field that is kept from the person signed in."""
        ...


class InputMaker:
    """Makes inputs; options of a code list are made once and shared by all inputs."""

    def __init__(self, workspace: Desk) -> None:
        self._workspace = workspace
        self._options: dict[tuple[str, str], OptionList] = {}
        self._makers: dict[FieldType, Callable[[Field], Input]] = {
            FieldType.TEXT: self._text,
            FieldType.NOTE: lambda one: LongTextInput(length=one.length or DEFAULT_NOTE_LENGTH),
            FieldType.INTEGER: self._integer,
            FieldType.DECIMAL: lambda one: NumberInput(decimals=one.decimals, unit=one.unit),
            FieldType.MONEY: lambda one: MoneyInput(unit=one.unit or tr("đ")),
            FieldType.DATE: lambda _: DateInput(clock=workspace.clock),
            FieldType.DATETIME: lambda _: DateTimeInput(clock=workspace.clock),
            FieldType.PARTIAL_DATE: lambda _: PartialDateInput(clock=workspace.clock),
            FieldType.YES_NO: lambda _: YesNoInput(),
            FieldType.CHOICE: self._choice,
            FieldType.CHOICES: self._choices,
            FieldType.REFERENCE: self._reference,
        }

    @property
    def desk(self) -> Desk:
        """What inputs ask."""
        return self._workspace

    def make(self, register: Register, field: Field) -> Input:
        """The input of one field, named and explained; empty."""
        made = self._makers[field.type](field)
        made.set_label(field.label)
        made.set_help(help_of(field))
        made.cleaner = partial(clean, field)
        if field.computed:
            made.set_read_only(True)
            made.set_placeholder(tr("worked out"))
        elif field.name == register.number_field:
            made.set_read_only(True)
            made.set_placeholder(tr("given when saved"))
        elif not self._workspace.sees_field(register.name, field):
            made.set_read_only(True)
            made.set_placeholder(MASK)
        elif field.seldom:
            made.set_placeholder(tr("seldom filled in · Tab stops here"))
        return made

    def options(self, list_name: str, within: str = "") -> OptionList:
        """The values of a list, those of one group only if asked for."""
        key = (list_name, within)
        if key not in self._options:
            self._options[key] = self._make_options(self._workspace.forms.lists[list_name], within)
        return self._options[key]

    def _make_options(self, codes: CodeList, within: str) -> OptionList:
        today = choices_on(codes, self._workspace.today)
        valid = {value.code for value in today}
        groups = self._group_titles(codes)
        return OptionList(
            Option(
                value.code,
                value.label,
                group=groups.get(value.parent, ""),
                active=value.code in valid and (not within or value.parent == within),
                aliases=value.aliases,
            )
            for value in codes.values
        )

    def _group_titles(self, codes: CodeList) -> dict[str, str]:
        parents = self._workspace.forms.lists.get(codes.parent_list, codes)
        wanted = {value.parent for value in codes.values if value.parent}
        return {value.code: value.label for value in parents.values if value.code in wanted}

    def _shows_codes(self, list_name: str) -> bool:
        """Codes people know, such as 01; longer ones are ours."""
        values = self._workspace.forms.lists[list_name].values
        return all(v.code[:1].isdigit() and len(v.code) <= LONGEST_SHOWN_CODE for v in values)

    def _text(self, field: Field) -> Input:
        if field.digits:
            groups = PERSONAL_NUMBER_GROUPS if field.digits == PERSONAL_NUMBER else ()
            return DigitsInput(digits=field.digits, groups=groups)
        return TextInput(length=field.length or DEFAULT_LENGTH)

    def _integer(self, field: Field) -> Input:
        made = NumberInput(decimals=0, unit=field.unit, grouped=not is_year(field))
        made.set_columns(6 if is_year(field) else 10)
        return made

    def _choice(self, field: Field) -> Input:
        return ChoiceInput(self.options(field.list), show_codes=self._shows_codes(field.list))

    def _choices(self, field: Field) -> Input:
        return ChoicesInput(self.options(field.list), show_codes=self._shows_codes(field.list))

    def _reference(self, field: Field) -> Input:
        lookups = self._workspace.lookups

        def search(text: str) -> list[Hit]:
            found = lookups.search(field.to, text, only=field.only)
            return [Hit(one.id, one.title, one.subtitle) for one in found]

        made = ReferenceInput(search, lambda id: lookups.title(field.to, id))
        made.set_can_open(True)
        return made


def help_of(field: Field) -> str:
    """What to enter, with the example: one paragraph, "" where the definition says nothing."""
    example = tr("Example: {text}").format(text=field.example) if field.example else ""
    return " ".join(part for part in (field.help, example) if part)
