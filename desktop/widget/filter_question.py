"""One question about a list: which field, how it is compared, with what."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.base.translate import N_, tr
from desktop.schema import types
from desktop.schema.definition import Field, FieldType, Register
from desktop.service.list_fields import ListField, filter_choices
from desktop.service.list_words import ALONE, OPERATOR_WORDS
from desktop.service.row_list import Filter, Operator
from desktop.widget.inputs import ChoiceInput, Input, Option
from desktop.widget.parts import Button

if TYPE_CHECKING:
    from desktop.service.workspace import Workspace
    from desktop.widget.field_input import InputMaker


@dataclass(frozen=True)
class Way:
    """One way to compare, as offered."""

    operator: Operator
    words: str
    several: bool = False
    """Several codes, one of which is enough."""

    @property
    def key(self) -> str:
        return "one_of" if self.several else self.operator.value


def _way(operator: Operator) -> Way:
    return Way(operator, OPERATOR_WORDS[operator])


_ALONE = tuple(_way(one) for one in (Operator.FILLED, Operator.EMPTY))
_ONE_OF = Way(Operator.IS, N_("is one of"), several=True)
_TEXTS = (_way(Operator.CONTAINS), _way(Operator.IS), *_ALONE)
_RANGE = (_way(Operator.FROM), _way(Operator.TO), _way(Operator.BETWEEN))
_AMOUNTS = (*_RANGE, _way(Operator.IS), *_ALONE)
_CODES = (_way(Operator.IS), _ONE_OF, _way(Operator.IS_NOT), *_ALONE)
_WAYS = {
    FieldType.TEXT: _TEXTS,
    FieldType.NOTE: (_way(Operator.CONTAINS), *_ALONE),
    FieldType.INTEGER: _AMOUNTS,
    FieldType.DECIMAL: _AMOUNTS,
    FieldType.MONEY: _AMOUNTS,
    FieldType.DATE: _AMOUNTS,
    FieldType.DATETIME: (*_RANGE, *_ALONE),
    FieldType.PARTIAL_DATE: (*_RANGE, *_ALONE),
    FieldType.YES_NO: (_way(Operator.IS), *_ALONE),
    FieldType.CHOICE: _CODES,
    FieldType.CHOICES: (_way(Operator.IS), _way(Operator.IS_NOT), *_ALONE),
    FieldType.REFERENCE: (_way(Operator.IS), _way(Operator.IS_NOT), *_ALONE),
}
_DAY_ENOUGH = {FieldType.DATETIME: FieldType.DATE}
WIDEST, NARROWEST = 30, 9


class FilterQuestion(QWidget):
    """`made(Filter)` when the question is whole and Enter or the button takes it."""

    made = Signal(object)

    def __init__(
        self, register: Register, workspace: Workspace, maker: InputMaker, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._register = register
        self._workspace = workspace
        self._maker = maker
        choices = filter_choices(workspace.forms, register, workspace.rights)
        self._choices: dict[str, ListField] = {one.key: one for one in choices}
        self._values: list[Input] = []
        self._build()

    def _build(self) -> None:
        own = self._register.one or self._register.title
        options = [
            Option(one.key, one.label, group=one.group or own) for one in self._choices.values()
        ]
        self._field = ChoiceInput(options, show_codes=False)
        self._field.set_label(tr("Field to filter by"))
        self._field.set_placeholder(tr("Field"))
        self._field.set_columns(26)
        self._field.edited.connect(self._field_chosen)
        self._way = ChoiceInput((), show_codes=False)
        self._way.set_label(tr("How to compare"))
        self._way.set_columns(12)
        self._field.move_on.connect(self._way.take_focus)
        self._way.edited.connect(self._show_values)
        self._way.move_on.connect(self._after_way)
        self._add = Button(tr("Filter"), icon="plus")
        self._add.clicked.connect(self.take)
        first = QHBoxLayout()
        first.setSpacing(6)
        first.addWidget(self._field)
        first.addWidget(self._way)
        first.addStretch(1)
        self._second = QHBoxLayout()
        self._second.setSpacing(6)
        self._second.addWidget(self._add)
        self._second.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(first)
        column.addLayout(self._second)

    def take_focus(self) -> None:
        """Begin a question."""
        self._field.take_focus()

    def set_question(self, field: str, operator: Operator, *texts: str) -> None:
        """Fill it in as if typed; `take` takes it."""
        self._field.set_value_text(field)
        self._field_chosen()
        self._way.set_value_text(operator.value)
        self._show_values()
        for made, text in zip(self._values, texts, strict=False):
            made.set_value_text(text)

    def take(self) -> None:
        """Say what is asked, if it is a whole question, and begin another."""
        for part in (self._field, self._way, *self._values):
            part.commit()
        filter = self._made()
        if filter is None:
            return
        self._field.set_value_text("")
        self._field_chosen()
        self.made.emit(filter)
        self._field.take_focus()

    def _made(self) -> Filter | None:
        chosen, way = self._chosen(), self._chosen_way()
        if chosen is None or way is None:
            return None
        if way.operator in ALONE:
            return Filter(chosen.key, way.operator)
        if not self._values or any(one.is_empty() or not one.is_readable() for one in self._values):
            return None
        texts = [one.value_text() for one in self._values]
        if way.operator is Operator.CONTAINS:
            return Filter(chosen.key, way.operator, (texts[0],))
        compared = _compared(chosen, way)
        today, lists = self._workspace.today, self._workspace.forms.lists
        values = [types.parse(compared, text, today=today, lists=lists) for text in texts]
        if compared.type is FieldType.CHOICES:
            return Filter(chosen.key, way.operator, tuple(values[0]))  # type: ignore[arg-type]
        plain = [one[0] if isinstance(one, tuple) else one for one in values]
        if way.operator is Operator.BETWEEN and plain[0] > plain[1]:  # type: ignore[operator]
            plain.reverse()
        return Filter(chosen.key, way.operator, tuple(plain))

    def _chosen(self) -> ListField | None:
        return self._choices.get(self._field.value_text())

    def _ways(self) -> tuple[Way, ...]:
        chosen = self._chosen()
        if chosen is None:
            return ()
        return _AMOUNTS if chosen.field is None else _WAYS[chosen.field.type]

    def _chosen_way(self) -> Way | None:
        wanted = self._way.value_text()
        return next((one for one in self._ways() if one.key == wanted), None)

    def _field_chosen(self) -> None:
        ways = self._ways()
        self._way.set_options([Option(one.key, tr(one.words)) for one in ways])
        self._way.set_columns(12)
        self._way.set_value_text(ways[0].key if ways else "")
        self._show_values()

    def _show_values(self) -> None:
        for made in self._values:
            self._second.removeWidget(made)
            made.hide()
            made.deleteLater()
        self._values = []
        chosen, way = self._chosen(), self._chosen_way()
        if chosen is None or way is None or way.operator in ALONE:
            return
        count = 2 if way.operator is Operator.BETWEEN else 1
        for place in range(count):
            self._add_value(chosen, way, place, last=place == count - 1)

    def _add_value(self, chosen: ListField, way: Way, place: int, *, last: bool) -> None:
        compared = _compared(chosen, way)
        made = self._maker.make(self._register, compared)
        made.set_read_only(False)
        made.set_placeholder(tr("to") if place else "")
        made.set_columns(min(WIDEST if last and not place else 12, max(NARROWEST, 16)))
        made.set_label(f"{chosen.label}: {tr(way.words)}")
        if last:
            made.move_on.connect(self.take)
        else:
            made.move_on.connect(self._to_last_value)
        self._second.insertWidget(place, made)
        self._values.append(made)

    def _to_last_value(self) -> None:
        self._values[-1].take_focus()

    def _after_way(self) -> None:
        if self._values:
            self._values[0].take_focus()
        else:
            self.take()


def _compared(chosen: ListField, way: Way) -> Field:
    """The field as its value is typed here: a moment is compared by its day."""
    field = chosen.field
    if field is None:
        return Field(name="count", type=FieldType.INTEGER, label=chosen.title)
    kind = _DAY_ENOUGH.get(field.type, field.type)
    if way.several:
        kind = FieldType.CHOICES
    return replace(field, type=kind, computed="", required=False)
