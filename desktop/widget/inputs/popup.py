"""The list that opens under a look-up: a child of the window that never takes the keyboard.

One per window, shared by its inputs. A Qt popup or QCompleter would take the focus, and with it the
half-made syllable of an input method.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import (
    QFontMetrics,
    QPainter,
    QPen,
)
from PySide6.QtWidgets import (
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop.widget import theme
from desktop.widget.inputs.announce import say_aloud
from desktop.widget.inputs.frame import text_width

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent

LINE_HEIGHT, TALL_HEIGHT, HEADING_HEIGHT = 28, 44, 26
MOST_HEIGHT = 9 * LINE_HEIGHT
WIDEST = 560


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list. A heading cannot be chosen."""

    key: str
    title: str
    subtitle: str = ""
    heading: bool = False
    ticked: bool | None = None
    """True or False paints a box; None none."""
    faint: bool = False


class PopupOwner(Protocol):
    """What the list wants of the input it is open for."""

    def popup_chosen(self, key: str) -> None:
        """A row was clicked."""


class RowsModel(QAbstractListModel):
    """The rows; replaced as a whole."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: Sequence[Row] = ()

    def replace(self, rows: Sequence[Row]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = 0) -> Any:
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        row = self.rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return ", ".join(part for part in (row.title, row.subtitle) if part)
        return row if role == Qt.ItemDataRole.UserRole else None

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        if not index.isValid() or self.rows[index.row()].heading:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class _RowPainter(QStyledItemDelegate):
    """Paints rows; heights are by kind, so that no text is measured."""

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(80, row_height(index.data(Qt.ItemDataRole.UserRole)))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        row: Row = index.data(Qt.ItemDataRole.UserRole)
        look = theme.current()
        box: QRect = option.rect
        view = option.widget
        current = isinstance(view, QListView) and view.currentIndex().row() == index.row()
        painter.save()
        if current and not row.heading:
            painter.fillRect(box, look.color("accent_soft"))
            painter.fillRect(QRect(box.x(), box.y(), 3, box.height()), look.color("accent"))
        inner = box.adjusted(10, 0, -8, 0)
        if row.ticked is not None:
            _paint_tick(painter, inner, row.ticked)
            inner.setLeft(inner.left() + 26)
        _paint_words(painter, inner, row)
        painter.restore()


def row_height(row: Row) -> int:
    """Pixels of a row."""
    if row.heading:
        return HEADING_HEIGHT
    return TALL_HEIGHT if row.subtitle else LINE_HEIGHT


def _paint_tick(painter: QPainter, box: QRect, ticked: bool) -> None:
    look = theme.current()
    square = QRect(box.left(), box.center().y() - 7, 15, 15)
    painter.setPen(QPen(look.color("accent" if ticked else "field_line"), 1))
    painter.setBrush(look.color("accent" if ticked else "field"))
    painter.drawRoundedRect(square, 3, 3)
    if ticked:
        theme.draw_icon(painter, "check", "on_accent", square.x() + 1, square.y() + 1, 14)


def _paint_words(painter: QPainter, box: QRect, row: Row) -> None:
    look = theme.current()
    middle = Qt.AlignmentFlag.AlignVCenter
    if row.heading:
        painter.setFont(theme.font(600, 8.5))
        painter.setPen(look.color("quiet"))
        painter.drawText(box.adjusted(0, 4, 0, 0), middle, row.title)
        return
    painter.setFont(theme.font())
    painter.setPen(look.color("quiet" if row.faint else "text"))
    metrics = QFontMetrics(painter.font())
    title = metrics.elidedText(row.title, Qt.TextElideMode.ElideRight, box.width())
    if not row.subtitle:
        painter.drawText(box, middle, title)
        return
    painter.drawText(QRect(box.left(), box.top() + 3, box.width(), 20), middle, title)
    painter.setFont(theme.font(400, 9))
    painter.setPen(look.color("quiet"))
    metrics = QFontMetrics(painter.font())
    subtitle = metrics.elidedText(row.subtitle, Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(QRect(box.left(), box.top() + 22, box.width(), 18), middle, subtitle)


class Popup(QListView):
    """The list of one window. `of(widget)` gives it; `show_for` opens it under an input."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.hide()
        self._owner: QWidget | None = None
        self._watched: list[QObject] = []
        self.was_moved = False
        """True once the person moved the highlight since the list opened."""
        self._rows = RowsModel(self)
        self.setModel(self._rows)
        self.setItemDelegate(_RowPainter(self))
        self.setProperty("kind", "popup")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(True)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)

    @classmethod
    def of(cls, widget: QWidget) -> Popup:
        """The list of the window this widget is in, made at the first use."""
        window = widget.window()
        for child in window.children():
            if isinstance(child, cls):
                return child
        return cls(window)

    def is_open_for(self, owner: QWidget) -> bool:
        """True if the list is on screen for this input."""
        return self._owner is owner and self.isVisible()

    def show_for(self, owner: QWidget, rows: Sequence[Row], current: str | None = None) -> None:
        """Open under an input with the row `current` (a key) or the first one highlighted."""
        if not rows:
            self.close_for(owner)
            return
        if self._owner is not owner:
            self._watch(owner)
        self.was_moved = False
        self._rows.replace(rows)
        self._place()
        keys = [row.key if not row.heading else None for row in rows]
        start = keys.index(current) if current in keys and current is not None else 0
        self._highlight(start, 1)
        self.show()
        self.raise_()

    def close_for(self, owner: QWidget) -> None:
        """Close if it is this input's."""
        if self._owner is owner:
            self._unwatch()
            self.hide()

    def current_key(self) -> str | None:
        """Key of the highlighted row."""
        place = self.currentIndex().row()
        return self._rows.rows[place].key if 0 <= place < len(self._rows.rows) else None

    def step(self, by: int) -> None:
        """Move the highlight, past headings."""
        self.was_moved = True
        self._highlight(self.currentIndex().row() + by, 1 if by > 0 else -1)

    def _highlight(self, place: int, direction: int) -> None:
        rows = self._rows.rows
        place = max(0, min(place, len(rows) - 1))
        if rows[place].heading:
            beyond = place + direction
            place = beyond if 0 <= beyond < len(rows) else place - direction
        if not 0 <= place < len(rows) or rows[place].heading:
            return
        self.setCurrentIndex(self._rows.index(place))
        self._announce(rows[place])
        if place == 1 and rows[0].heading:
            self.scrollToTop()

    def _announce(self, row: Row) -> None:
        """Have a screen reader say the highlighted row: the keyboard is elsewhere."""
        if self._owner is not None:
            say_aloud(self._owner, ", ".join(part for part in (row.title, row.subtitle) if part))

    def _place(self) -> None:
        """Under the input, or above it where there is more room; never outside the window."""
        owner, window = self._owner, self.parentWidget()
        if owner is None or window is None:
            return
        corner = owner.mapTo(window, QPoint(0, 0))
        most = getattr(owner, "most_list_height", MOST_HEIGHT)
        wanted = min(sum(row_height(row) for row in self._rows.rows), most) + 8
        below = window.height() - corner.y() - owner.height() - 6
        above = corner.y() - 6
        down = below >= wanted or below >= above
        height = min(wanted, below if down else above)
        width = min(max(owner.width(), self._wanted_width()), window.width() - 8)
        left = max(4, min(corner.x(), window.width() - width - 4))
        top = corner.y() + owner.height() + 2 if down else corner.y() - height - 2
        self.setGeometry(left, top, width, height)

    def _wanted_width(self) -> int:
        longest = 0
        for row in self._rows.rows[:60]:
            room = 50 if row.ticked is not None else 26
            longest = max(longest, text_width(row.title) + room, text_width(row.subtitle) + room)
        return min(longest + 12, WIDEST)

    # Staying where the input is

    def _watch(self, owner: QWidget) -> None:
        self._unwatch()
        self._owner = owner
        widget: QWidget | None = owner
        while widget is not None:
            widget.installEventFilter(self)
            self._watched.append(widget)
            widget = None if widget.isWindow() else widget.parentWidget()
        owner.destroyed.connect(self._owner_gone)

    def _unwatch(self) -> None:
        if self._owner is not None:
            self._owner.destroyed.disconnect(self._owner_gone)
        for widget in self._watched:
            widget.removeEventFilter(self)
        self._watched.clear()
        self._owner = None

    def _owner_gone(self) -> None:
        self._owner = None
        self._watched.clear()
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in (QEvent.Type.Move, QEvent.Type.Resize):
            self._place()
        elif kind == QEvent.Type.Hide and self._owner is not None:
            self.close_for(self._owner)
        return False

    # Mouse and painting

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        row = self._rows.rows[index.row()] if index.isValid() else None
        owner: Any = self._owner
        if row is not None and not row.heading and owner is not None:
            owner.popup_chosen(row.key)
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and not self._rows.rows[index.row()].heading:
            self.setCurrentIndex(index)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        event.accept()
