"""The middle column: find, filter, sort and choose the records of one register."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.base.numbers import format_integer
from desktop.base.translate import tr
from desktop.model.bridge import listen
from desktop.schema.definition import Register
from desktop.widget import theme
from desktop.widget.field_input import InputMaker
from desktop.widget.filter_bar import FilterBar
from desktop.widget.parts import Button, SearchBox, Toolbar, quiet
from desktop.widget.row_choice import RowChoice

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

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
        self.choice = RowChoice(register, self.rows)
        self._build()
        self._connect()
        self._show_count()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._make_head())
        column.addWidget(self._make_search())
        workspace = self._context.workspace
        self.filter_bar = FilterBar(self.register, workspace, InputMaker(workspace), self)
        self.filter_bar.changed.connect(self.rows.filter)
        self.filter_bar.hide()
        column.addWidget(self.filter_bar)
        self._among = Button("", "flat", icon="x")
        self._among.clicked.connect(lambda: self.show_only(None))
        self._among.hide()
        column.addWidget(self._among)
        column.addWidget(self.choice, 1)
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
        listen(self, self.rows.changed, self._show_count)

    def _make_head(self) -> QWidget:
        self._toolbar = Toolbar(self.register.title)
        self.filter_button = Button(tr("Filter"), icon="filter")
        self.filter_button.setCheckable(True)
        self.filter_button.toggled.connect(self.show_filters)
        self._toolbar.add(self.filter_button)
        self.add_button = Button(tr("Add"), "primary", key="Ctrl+N")
        self.add_button.clicked.connect(self.add_asked)
        self._toolbar.add(self.add_button)
        self.add_button.setHidden(bool(self.register.catalogue))
        return self._toolbar

    def _make_search(self) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(12, 8, 12, 6)
        self.search = SearchBox(search_words(self.register), key="Ctrl+F")
        row.addWidget(self.search)
        return holder

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

    def show_deleted(self, on: bool) -> None:
        """Show the deleted records instead of the others."""
        note = tr("Deleted records") if on else ""
        self._toolbar.set_title(self.register.title, note)
        self.add_button.setVisible(not on and not self.register.catalogue)
        self.rows.show_deleted(on)

    def show_filters(self, on: bool) -> None:
        """Open or close the filter bar; closing it takes the filters back."""
        self.filter_button.setChecked(on)
        self.filter_bar.setVisible(on)
        if on:
            self.filter_bar.take_focus()
        else:
            self.filter_bar.clear()

    def focus_search(self) -> None:
        """Ctrl+F."""
        self.search.take_focus()

    def _show_count(self) -> None:
        one = self.register.one or self.register.title.lower()
        shown, total = format_integer(self.rows.count), format_integer(self.rows.total)
        if self.rows.count == self.rows.total:
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


def small_first(label: str) -> str:
    """A label inside a sentence: "họ và tên", but "CCCD"."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def search_words(register: Register) -> str:
    """What the search box finds by: "tìm họ và tên, mã hồ sơ…"."""
    fields = (register.field_of_name.get(name) for name in register.search)
    labels = [small_first(one.label) for one in fields if one is not None][:3]
    if not labels:
        return tr("Find")
    return tr("Find by {labels}…").format(labels=", ".join(labels))
