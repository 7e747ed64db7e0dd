"""Questions above a list: which records have this value. Several hold together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.base.translate import N_, tr
from desktop.schema import types
from desktop.schema.definition import Field, FieldType, Register
from desktop.service.row_list import Filter, Operator
from desktop.widget.inputs import ChoiceInput, Input, Option
from desktop.widget.parts import Button

if TYPE_CHECKING:
    from desktop.service.workspace import Workspace
    from desktop.widget.field_input import InputMaker

_WORDS = {
    Operator.IS: N_("is"),
    Operator.IS_NOT: N_("is not"),
    Operator.CONTAINS: N_("contains"),
    Operator.FROM: N_("from"),
    Operator.TO: N_("up to"),
    Operator.FILLED: N_("is filled in"),
    Operator.EMPTY: N_("is empty"),
}
_ALONE = (Operator.FILLED, Operator.EMPTY)
_TEXTS = (Operator.CONTAINS, *_ALONE)
_CODES = (Operator.IS, Operator.IS_NOT, *_ALONE)
_AMOUNTS = (Operator.FROM, Operator.TO, Operator.IS, *_ALONE)
_OPERATORS = {
    FieldType.TEXT: _TEXTS,
    FieldType.NOTE: _TEXTS,
    FieldType.INTEGER: _AMOUNTS,
    FieldType.DECIMAL: _AMOUNTS,
    FieldType.MONEY: _AMOUNTS,
    FieldType.DATE: _AMOUNTS,
    FieldType.DATETIME: (Operator.FROM, Operator.TO, *_ALONE),
    FieldType.PARTIAL_DATE: (Operator.FROM, Operator.TO, *_ALONE),
    FieldType.YES_NO: (Operator.IS, *_ALONE),
    FieldType.CHOICE: _CODES,
    FieldType.CHOICES: _CODES,
    FieldType.REFERENCE: _CODES,
}
_DAY_ENOUGH = {FieldType.DATETIME: FieldType.DATE}


class FilterBar(QWidget):
    """Field, operator, value; what holds stands below as buttons that take it back."""

    changed = Signal(object)
    """tuple of `Filter`."""

    def __init__(
        self, register: Register, workspace: Workspace, maker: InputMaker, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._register = register
        self._workspace = workspace
        self._maker = maker
        self._filters: list[tuple[Filter, str]] = []
        self._value: Input | None = None
        self._build()

    def _build(self) -> None:
        fields = [Option(one.name, one.label) for one in self._register.fields]
        self._field = ChoiceInput(fields, show_codes=False)
        self._field.set_label(tr("Field to filter by"))
        self._field.set_placeholder(tr("Field"))
        self._field.set_columns(15)
        self._field.edited.connect(self._field_chosen)
        self._operator = ChoiceInput((), show_codes=False)
        self._operator.set_label(tr("How to compare"))
        self._operator.set_columns(9)
        self._field.move_on.connect(self._operator.take_focus)
        self._operator.edited.connect(self._show_value)
        self._operator.move_on.connect(self._after_operator)
        self._add = Button(tr("Filter"), icon="plus")
        self._add.clicked.connect(self.add)
        self._line = QHBoxLayout()
        self._line.setSpacing(6)
        self._line.addWidget(self._field)
        self._line.addWidget(self._operator)
        self._line.addWidget(self._add)
        self._line.addStretch(1)
        self._chips = QVBoxLayout()
        self._chips.setSpacing(2)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 0, 12, 8)
        column.setSpacing(4)
        column.addLayout(self._line)
        column.addLayout(self._chips)

    def filters(self) -> tuple[Filter, ...]:
        """What holds now."""
        return tuple(one for one, _ in self._filters)

    def take_focus(self) -> None:
        """Begin a filter."""
        self._field.take_focus()

    def clear(self) -> None:
        """Take every filter back."""
        if self._filters:
            self._filters.clear()
            self._tell()

    def set_question(self, field: str, operator: Operator, text: str = "") -> None:
        """Fill the line in as if typed; `add` takes it."""
        self._field.set_value_text(field)
        self._field_chosen()
        self._operator.set_value_text(operator.value)
        self._show_value()
        if self._value is not None:
            self._value.set_value_text(text)

    def add(self) -> None:
        """Take the line as one more filter, if it is a whole question."""
        for part in (self._field, self._operator, self._value):
            if part is not None:
                part.commit()
        made = self._made()
        if made is None:
            return
        self._filters.append(made)
        self._field.set_value_text("")
        self._field_chosen()
        self._tell()
        self._field.take_focus()

    def _made(self) -> tuple[Filter, str] | None:
        field = self._chosen_field()
        if field is None or not self._operator.value_text():
            return None
        operator = Operator(self._operator.value_text())
        words = f"{field.label} {tr(_WORDS[operator])}"
        if operator in _ALONE:
            return Filter(field.name, operator), words
        if self._value is None or self._value.is_empty() or not self._value.is_readable():
            return None
        typed = self._value.value_text()
        if operator is Operator.CONTAINS:
            return Filter(field.name, operator, (typed,)), f"{words} “{typed}”"
        today, lists = self._workspace.today, self._workspace.forms.lists
        value = types.parse(_compared(field), typed, today=today, lists=lists)
        values = value if field.type is FieldType.CHOICES else (_first(value),)
        shown = types.show(_compared(field), value, lists)
        if field.type is FieldType.REFERENCE:
            shown = self._workspace.lookups.title(field.to, typed)
        return Filter(field.name, operator, values), f"{words} {shown}"  # type: ignore[arg-type]

    def _chosen_field(self) -> Field | None:
        return self._register.field_of_name.get(self._field.value_text())

    def _field_chosen(self) -> None:
        field = self._chosen_field()
        offered = _OPERATORS[field.type] if field is not None else ()
        self._operator.set_options([Option(one.value, tr(_WORDS[one])) for one in offered])
        self._operator.set_columns(9)
        self._operator.set_value_text(offered[0].value if offered else "")
        self._show_value()

    def _show_value(self) -> None:
        if self._value is not None:
            self._line.removeWidget(self._value)
            self._value.hide()
            self._value.deleteLater()
            self._value = None
        field = self._chosen_field()
        operator = self._operator.value_text()
        if field is None or not operator or operator in _ALONE:
            return
        made = self._maker.make(self._register, _compared(field))
        made.set_read_only(False)
        made.set_placeholder("")
        made.set_columns(min(16, max(8, field.digits or 16)))
        made.move_on.connect(self.add)
        self._line.insertWidget(2, made)
        self._value = made

    def _after_operator(self) -> None:
        if self._value is not None:
            self._value.take_focus()
        else:
            self.add()

    def _tell(self) -> None:
        while (item := self._chips.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for place, (_, words) in enumerate(self._filters):
            chip = Button(words, "flat", icon="x")
            chip.setToolTip(tr("Take this filter back"))
            chip.clicked.connect(lambda _=False, place=place: self._take_back(place))
            self._chips.addWidget(chip, 0, Qt.AlignmentFlag.AlignLeft)
        self.changed.emit(self.filters())

    def _take_back(self, place: int) -> None:
        del self._filters[place]
        self._tell()


def _compared(field: Field) -> Field:
    """The field as its value is typed here: a moment is compared by its day."""
    kind = _DAY_ENOUGH.get(field.type)
    return field if kind is None else Field(name=field.name, type=kind, label=field.label)


def _first(value: object) -> object:
    """What is compared: of a partial date its year."""
    return value[0] if isinstance(value, tuple) else value
