"""The middle column: find, filter, sort and choose the records of one register."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.base.numbers import format_integer
from desktop.base.translate import tr
from desktop.model.bridge import listen
from desktop.model.list_reader import ListReader
from desktop.schema.definition import Register
from desktop.service.access import Act
from desktop.service.list_fields import field_of, small_first
from desktop.widget import theme
from desktop.widget.field_input import InputMaker
from desktop.widget.filter_bar import FilterBar
from desktop.widget.list_layout import ListLayout
from desktop.widget.list_memory import ListMemory
from desktop.widget.list_output import ListOutput
from desktop.widget.list_totals_line import TotalsLine
from desktop.widget.parts import Button, SearchBox, Toolbar, quiet
from desktop.widget.rights_shown import may_add
from desktop.widget.row_choice import RowChoice

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from desktop.service.row_list import Filter
    from desktop.widget.context import PageContext


class RecordList(QWidget):
    """`chosen(id)` where the person stops with the arrow keys, `picked(id)` at a click,
    `opened(id)` at Enter and a double click."""

    chosen = Signal(str)
    picked = Signal(str)
    opened = Signal(str)
    add_asked = Signal()
    delete_asked = Signal()
    changed = Signal()
    """Another row, another view: what commands are offered may be different."""

    def __init__(
        self, register: Register, context: PageContext, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.register = register
        self.rows = context.workspace.rows(register.name)
        self._context = context
        self.reader = reader_of(context)
        self.reader.serve(self.rows, self)
        memory = ListMemory(context.settings, register.name)
        self.choice = RowChoice(register, self.rows)
        self.totals = TotalsLine(self.rows, self.choice.table, self.reader, self)
        self.layout_of_list = ListLayout(self.rows, self.choice, self.totals, memory, self)
        self.output = ListOutput(self, context)
        self._build()
        self._connect()
        self.layout_of_list.recall()
        self._show_count()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._make_head())
        column.addWidget(self._make_search())
        self._filters_place = QVBoxLayout()
        column.addLayout(self._filters_place)
        self._among = Button("", "flat", icon="x")
        self._among.clicked.connect(lambda: self.show_only(None))
        self._among.hide()
        column.addWidget(self._among)
        self._columns_place = QVBoxLayout()
        column.addLayout(self._columns_place)
        column.addWidget(self.choice, 1)
        column.addWidget(self.totals)
        column.addWidget(self._make_foot())

    def _connect(self) -> None:
        self.search.searched.connect(self.choice.find_rows)
        self.search.stepped.connect(self.choice.table.step)
        self.search.entered.connect(self.choice.open_current)
        self.choice.left_above.connect(self.search.take_focus)
        self.choice.chosen.connect(self.chosen)
        self.choice.picked.connect(self.picked)
        self.choice.opened.connect(self.opened)
        self.choice.add_asked.connect(self.add_asked)
        self.choice.delete_asked.connect(self.delete_asked)
        self.choice.changed.connect(self.changed)
        self.choice.chosen_count_changed.connect(self._show_count)
        listen(self, self.rows.changed, self._show_count)

    def _make_head(self) -> QWidget:
        self._toolbar = Toolbar(self.register.title)
        self.filter_button = Button(tr("Filter"), icon="filter")
        self.filter_button.setCheckable(True)
        self.filter_button.toggled.connect(self.show_filters)
        self._toolbar.add(self.filter_button)
        self.columns_button = Button(tr("Columns"), icon="columns")
        self.columns_button.setCheckable(True)
        self.columns_button.toggled.connect(self.show_columns)
        self._toolbar.add(self.columns_button)
        self.add_button = Button(tr("Add"), "primary", key="Ctrl+N")
        self.add_button.clicked.connect(self.add_asked)
        self._toolbar.add(self.add_button)
        self.add_button.setVisible(self._may_add())
        return self._toolbar

    def _make_search(self) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(12, 8, 12, 6)
        self.search = SearchBox(search_words(self.register), key="Ctrl+F")
        row.addWidget(self.search)
        return holder

    @cached_property
    def filter_bar(self) -> FilterBar:
        """Made when filters are first asked for: on most visits nobody does."""
        workspace = self._context.workspace
        made = FilterBar(self.register, workspace, InputMaker(workspace), self)
        made.changed.connect(self._filter)
        made.said.connect(self._context.window.say)
        made.hide()
        self._filters_place.addWidget(made)
        return made

    def _make_foot(self) -> QWidget:
        foot = _Foot()
        row = QHBoxLayout(foot)
        row.setContentsMargins(12, 9, 12, 9)
        self.count = quiet("")
        row.addWidget(self.count, 1)
        self._hint = quiet(tr("Enter opens · F6 to the form"))
        row.addWidget(self._hint)
        return foot

    # What the page calls

    def show_only(self, ids: tuple[str, ...] | None, title: str = "") -> None:
        """Show only these records, under the words that say which they are."""
        self._among.set_words(title)
        self._among.setToolTip(tr("Show all again"))
        self._among.setVisible(ids is not None)
        self.rows.show_only(ids)

    def only_words(self) -> str:
        """Which records `show_only` shows, "" for all."""
        return "" if self.rows.among is None else self._among.accessibleName()

    def _may_add(self) -> bool:
        return may_add(self._context.workspace, self.register)

    def show_deleted(self, on: bool) -> None:
        """Show the deleted records instead of the others."""
        note = tr("Deleted records") if on else ""
        self._toolbar.set_title(self.register.title, note)
        self.add_button.setVisible(not on and self._may_add())
        self.rows.show_deleted(on)

    def show_filters(self, on: bool) -> None:
        """Open or close the filter bar; closing it takes the filters back."""
        self.filter_button.setChecked(on)
        if on and self.shows_columns():
            self.show_columns(False)
        if not on and "filter_bar" not in self.__dict__:
            return
        self.filter_bar.setVisible(on)
        if on:
            self.filter_bar.take_focus()
        else:
            self.filter_bar.clear()

    def show_columns(self, on: bool) -> None:
        """Open or close the panel of columns."""
        self.columns_button.setChecked(on)
        panel = self.layout_of_list.panel()
        if self._columns_place.isEmpty():
            self._columns_place.addWidget(panel)
            panel.closed.connect(lambda: self.show_columns(False))
        had = panel.isAncestorOf(self.window().focusWidget() or self)
        # There is no room for both: what is filtered holds meanwhile.
        if self.filter_button.isChecked():
            self.filter_bar.setVisible(not on)
        panel.setVisible(on)
        if on:
            panel.take_focus()
        elif had:
            self.choice.take_focus()

    def shows_columns(self) -> bool:
        """True while the panel of columns is open."""
        return self.columns_button.isChecked()

    def focus_search(self) -> None:
        """Ctrl+F."""
        self.search.take_focus()

    def _filter(self, filters: tuple[Filter, ...]) -> None:
        self.rows.filter(filters)
        several = f" · {len(filters)}" if filters else ""
        self.filter_button.set_words(tr("Filter") + several)
        keys = [field_of(self.rows.forms, self.register, one.field) for one in filters]
        if any(one.is_sensitive for one in keys):
            # Who has a disability may be learnt from a list without opening one record.
            what = "; ".join(one.label for one in keys)
            count = self.rows.count
            self._context.workspace.access.note(
                Act.LIST, self.register.name, count=count, what=what
            )

    def _show_count(self) -> None:
        one = self.register.one or self.register.title.lower()
        shown, total = format_integer(self.rows.count), format_integer(self.rows.total)
        chosen = self.choice.table.chosen_count()
        if self.rows.is_waiting:
            words = tr("Reading the list…")
        elif chosen > 1:
            told = tr("{chosen} chosen of {shown} {one}")
            words = told.format(chosen=format_integer(chosen), shown=shown, one=one)
        elif self.rows.count == self.rows.total:
            words = tr("{total} {one}").format(total=total, one=one)
        else:
            told = tr("{shown} of {total} {one}")
            words = told.format(shown=shown, total=total, one=one)
        self.count.setText(words)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme.current().color("panel"))


class _Foot(QWidget):
    """A strip with a line above it."""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(theme.current().color("line"))
        painter.drawLine(0, 0, self.width(), 0)


def reader_of(context: PageContext) -> ListReader:
    """The thread that reads lists, one for each window."""
    window = context.window
    if not isinstance(window, QObject):
        raise TypeError("lists are read for a window")
    find = Qt.FindChildOption.FindDirectChildrenOnly
    found = window.findChild(ListReader, options=find)
    if isinstance(found, ListReader):
        return found
    made = ListReader(window)
    closed = getattr(window, "closed", None)
    if closed is not None:
        closed.connect(made.close)
    return made


def search_words(register: Register) -> str:
    """What the search box finds by: "tìm họ và tên, mã hồ sơ…"."""
    fields = (register.field_of_name.get(name) for name in register.search)
    labels = [small_first(one.label) for one in fields if one is not None][:3]
    if not labels:
        return tr("Find")
    return tr("Find by {labels}…").format(labels=", ".join(labels))
