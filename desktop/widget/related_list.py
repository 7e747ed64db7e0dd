"""Records of another register that refer to the one on show: open one, or begin a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.base.numbers import format_integer
from desktop.base.translate import tr
from desktop.model.title_table import TitleTable
from desktop.schema.definition import Register, Related
from desktop.widget.parts import Button, heading, quiet
from desktop.widget.plain_table import PlainTable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.model.title_table import Titled


class RelatedList(QWidget):
    """One [[related]] of a register's page."""

    open_asked = Signal(str, str)
    add_asked = Signal(str, str)
    """(register, field that refers here)."""

    def __init__(self, related: Related, register: Register, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.related = related
        self._can_be_added = can_be_added(register)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(6)
        head = QHBoxLayout()
        head.setSpacing(8)
        one = register.one or register.title.lower()
        self.add_button = Button(tr("Add {one}").format(one=one), icon="plus")
        self.add_button.clicked.connect(
            lambda: self.add_asked.emit(related.register, related.field)
        )
        self._title = heading(related.title)
        self._title.setWordWrap(True)
        head.addWidget(self._title, 1)
        head.addWidget(self.add_button)
        column.addLayout(head)
        self.model = TitleTable(self)
        self.table = PlainTable()
        self.table.setAccessibleName(related.title)
        self.table.setModel(self.model)
        self.table.horizontalHeader().hide()
        self.table.opened.connect(self._open)
        column.addWidget(self.table)
        self._none = quiet(tr("None yet."))
        column.addWidget(self._none)
        self.show_titles((), can_add=False)

    def show_titles(self, titles: Sequence[Titled], *, can_add: bool) -> None:
        """Show the records; `can_add` False while the record itself is not stored."""
        self.model.replace(titles)
        self.table.measure()
        self.add_button.setVisible(can_add and self._can_be_added)
        self._none.setVisible(not titles)
        self.table.setVisible(bool(titles))
        count = f" ({format_integer(len(titles))})" if titles else ""
        self._title.setText(self.related.title + count)
        self.table.show_all_rows(len(titles))

    def stops(self) -> list[QWidget]:
        """Where Tab goes, in order."""
        wanted = (self.add_button, self.table)
        return [widget for widget in wanted if not widget.isHidden()]

    def _open(self, row: int) -> None:
        self.open_asked.emit(self.related.register, self.model.titles[row].id)


def can_be_added(register: Register) -> bool:
    """False for child rows, which are added in their parent's form, and for ready-made lists."""
    return not register.parent and not register.catalogue
