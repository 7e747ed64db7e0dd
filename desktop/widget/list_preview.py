"""A list as it will be printed, page by page; to the printer or into a PDF."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QDialog, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.base.translate import tr
from desktop.widget import theme
from desktop.widget.parts import Button, quiet

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPaintEvent

    from desktop.widget.list_pages import ListPages

SIZE = QSize(980, 700)
EDGE, LINE = 14, 60


class ListPreview(QDialog):
    """Page Up and Page Down turn the pages; Ctrl+P or Enter prints, Ctrl+S keeps a PDF."""

    print_asked = Signal()
    pdf_asked = Signal()

    def __init__(self, pages: ListPages, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.pages = pages
        self.setWindowTitle(tr("Print: {title}").format(title=pages.paper.title))
        self.setWindowFlag(Qt.WindowType.WindowContextHelpButtonHint, False)
        self.page = PagePicture(pages, self)
        self._place = quiet("")
        self._build()
        screen = parent.window().size() if parent is not None else SIZE
        self.resize(SIZE.boundedTo(screen - QSize(40, 40)))
        self.turn_to(0)
        self.print_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _build(self) -> None:
        self.before = Button(tr("Page before"), icon="arrow-left", key="PgUp")
        self.before.clicked.connect(lambda: self.turn(-1))
        self.after = Button(tr("Next page"), icon="arrow-right", key="PgDn")
        self.after.clicked.connect(lambda: self.turn(1))
        pdf = Button(tr("Keep as PDF…"), icon="download", key="Ctrl+S")
        pdf.clicked.connect(self.pdf_asked)
        self.print_button = Button(tr("Print…"), "primary", icon="printer", key="Ctrl+P")
        self.print_button.clicked.connect(self.print_asked)
        close = Button(tr("Close"), key="Esc")
        close.clicked.connect(self.reject)
        line = QHBoxLayout()
        line.setSpacing(8)
        for widget in (self.before, self.after, self._place):
            line.addWidget(widget)
        line.addStretch(1)
        for widget in (close, pdf, self.print_button):
            line.addWidget(widget)
        area = self._area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(self.page)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.addWidget(area, 1)
        column.addLayout(line)

    def turn(self, by: int) -> None:
        """Go pages forth or back."""
        self.turn_to(self.page.number + by)

    def turn_to(self, number: int) -> None:
        """Show a page, the nearest there is."""
        last = self.pages.count - 1
        self.page.show_page(max(0, min(number, last)))
        number = self.page.number
        self._place.setText(
            tr("Page {number} of {count}").format(number=number + 1, count=last + 1)
        )
        self.before.setEnabled(number > 0)
        self.after.setEnabled(number < last)

    def _scroll(self, by: int) -> None:
        bar = self._area.verticalScrollBar()
        bar.setValue(bar.value() + by * LINE)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, ctrl = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        ways = {
            Qt.Key.Key_PageDown: lambda: self.turn(1),
            Qt.Key.Key_PageUp: lambda: self.turn(-1),
            Qt.Key.Key_Home: lambda: self.turn_to(0),
            Qt.Key.Key_End: lambda: self.turn_to(self.pages.count),
            Qt.Key.Key_Down: lambda: self._scroll(1),
            Qt.Key.Key_Up: lambda: self._scroll(-1),
        }
        if ctrl and key == Qt.Key.Key_P:
            self.print_asked.emit()
        elif ctrl and key == Qt.Key.Key_S:
            self.pdf_asked.emit()
        elif Qt.Key(key) in ways and not ctrl:
            ways[Qt.Key(key)]()
        else:
            super().keyPressEvent(event)


class PagePicture(QWidget):
    """One page, as wide as there is room: a sheet of paper whatever the theme."""

    def __init__(self, pages: ListPages, parent: QWidget) -> None:
        super().__init__(parent)
        self._pages = pages
        self.number = 0
        self.setAccessibleName(tr("Page as it will be printed"))

    def show_page(self, number: int) -> None:
        """Show another page."""
        self.number = number
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        wide, high = self._pages.size()
        width = SIZE.width() - 60
        return QSize(width, round(width * high / wide) + 2 * EDGE)

    def minimumSizeHint(self) -> QSize:
        wide, high = self._pages.size()
        return QSize(300, round(max(300, self.width() - 2 * EDGE) * high / wide) + 2 * EDGE)

    def resizeEvent(self, event: object) -> None:
        self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.current().color("line"))
        wide, high = self._pages.size()
        width = self.width() - 2 * EDGE
        sheet = QRectF(EDGE, EDGE, width, width * high / wide)
        painter.fillRect(sheet, Qt.GlobalColor.white)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        painter.translate(sheet.topLeft())
        painter.scale(width / wide, width / wide)
        self._pages.paint(painter, self.number)
