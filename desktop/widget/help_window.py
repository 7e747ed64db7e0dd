"""Help to read beside the work: topics at the left, one at the right; Esc goes back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import (
    QFont,
    QTextCharFormat,
    QTextCursor,
    QTextFrame,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
)
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from desktop.base.translate import tr
from desktop.widget import theme
from desktop.widget.parts import SearchBox, title

if TYPE_CHECKING:
    from PySide6.QtCore import QUrl
    from PySide6.QtGui import QKeyEvent, QTextBlock

    from desktop.service.help_topics import HelpTopic

WIDTH, HEIGHT = 880, 600
LIST_WIDTH = 224
INDENT = 16
MARGIN = 16
_KEY = Qt.ItemDataRole.UserRole


class HelpWindow(QWidget):
    """Stays open beside the window it was opened from, and is closed with it."""

    def __init__(self, topics: tuple[HelpTopic, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._topics = {one.key: one for one in topics}
        self._shown = ("", "", False)
        self.setWindowTitle(tr("Help"))
        self._build()
        self._list_topics("")
        theme.when_changed(self._show_again)
        room = self.screen().availableSize()
        self.resize(min(WIDTH, room.width() - 40), min(HEIGHT, room.height() - 60))

    def _build(self) -> None:
        self.search = SearchBox(tr("Search the help…"), key="Ctrl+F")
        self.search.searched.connect(self._search)
        self.search.stepped.connect(self._step)
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Topics"))
        self.list.currentItemChanged.connect(self._choose)
        left = QVBoxLayout()
        left.setContentsMargins(12, 12, 12, 12)
        left.setSpacing(8)
        left.addWidget(self.search)
        left.addWidget(self.list, 1)
        holder = QFrame()
        holder.setObjectName("side")
        holder.setFixedWidth(LIST_WIDTH)
        holder.setLayout(left)
        self.title = title("")
        self.title.setWordWrap(True)
        self.title.setContentsMargins(7, 0, 0, 0)
        self.page = QTextBrowser()
        self.page.setOpenLinks(False)
        self.page.setProperty("kind", "reading")
        self.page.anchorClicked.connect(self._follow)
        self.search.entered.connect(self.page.setFocus)
        right = QVBoxLayout()
        right.setContentsMargins(MARGIN, 14, 8, 8)
        right.addWidget(self.title)
        right.addWidget(self.page, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(holder)
        row.addLayout(right, 1)

    # What is shown

    def show_topic(self, key: str) -> None:
        """Show a topic; nothing changes for one that is not known."""
        topic = self._topics.get(key)
        if topic is None:
            return
        self._show(topic.title, topic.text, markdown=True)
        for place in range(self.list.count()):
            item = self.list.item(place)
            if item.data(_KEY) == key:
                self.list.setCurrentItem(item)

    def show_page(self, heading: str, html: str) -> None:
        """Show something that is no topic: help on a field, the keys."""
        self.list.setCurrentRow(-1)
        self._show(heading, html, markdown=False)

    def words(self) -> str:
        """Title and text on show, plain."""
        return f"{self.title.text()}\n{self.page.toPlainText()}"

    def _show(self, heading: str, text: str, *, markdown: bool) -> None:
        self._shown = (heading, text, markdown)
        self.title.setText(heading)
        self.page.setAccessibleName(heading)
        document = self.page.document()
        document.setDefaultFont(theme.font())
        document.setDocumentMargin(2)
        document.setIndentWidth(INDENT)
        if markdown:
            self.page.setMarkdown(text)
        else:
            self.page.setHtml(text)
        _dress(document.rootFrame())
        block = document.begin()
        while block.isValid():
            _space(block)
            block = block.next()
        self._mark(self.search.value_text())

    def _show_again(self) -> None:
        self._show(*self._shown[:2], markdown=self._shown[2])

    # Choosing and searching

    def _list_topics(self, text: str) -> None:
        self.list.blockSignals(True)
        self.list.clear()
        for topic in self._topics.values():
            if topic.holds(text):
                item = QListWidgetItem(topic.title)
                item.setData(_KEY, topic.key)
                item.setSizeHint(QSize(0, 30))
                item.setToolTip(topic.title)
                self.list.addItem(item)
        self.list.blockSignals(False)

    def _search(self, text: str) -> None:
        self._list_topics(text)
        if self.list.count():
            self.list.setCurrentRow(0)
            self._mark(text)
        else:
            self._show(tr("Nothing found"), "", markdown=True)

    def _step(self, by: int) -> None:
        place = self.list.currentRow() + by
        if 0 <= place < self.list.count():
            self.list.setCurrentRow(place)

    def _choose(self, item: QListWidgetItem | None) -> None:
        topic = self._topics.get(item.data(_KEY)) if item is not None else None
        if topic is not None and self._shown[0] != topic.title:
            self._show(topic.title, topic.text, markdown=True)

    def _follow(self, link: QUrl) -> None:
        self.show_topic(link.toString())

    def _mark(self, text: str) -> None:
        """Mark the words searched for where they stand on the page."""
        found = marks(self.page, text)
        self.page.setExtraSelections(found)
        if found:
            cursor = self.page.textCursor()
            cursor.setPosition(min(one.cursor.position() for one in found))
            self.page.setTextCursor(cursor)
            self.page.ensureCursorVisible()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, control = event.key(), event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if key == Qt.Key.Key_Escape:
            self.close()
        elif control and key == Qt.Key.Key_F:
            self.search.take_focus()
        else:
            super().keyPressEvent(event)


def marks(page: QTextBrowser, text: str) -> list[QTextBrowser.ExtraSelection]:
    """Where the words of a search begin on a page, without accents."""
    from desktop.base.text import fold

    letters = [fold(one)[:1] or one for one in page.toPlainText()]
    folded = "".join(letters)
    look = QTextCharFormat()
    look.setBackground(theme.current().color("warning_soft"))
    found = []
    for word in fold(text).split():
        at = folded.find(word)
        while at >= 0:
            if at == 0 or not folded[at - 1].isalnum():
                one = QTextBrowser.ExtraSelection()
                cursor = page.textCursor()
                cursor.setPosition(at)
                cursor.setPosition(at + len(word), cursor.MoveMode.KeepAnchor)
                one.cursor, one.format = cursor, look
                found.append(one)
            at = folded.find(word, at + 1)
    return found


def _dress(frame: QTextFrame) -> None:
    """Tables in the lines of the theme, as wide as the page."""
    for child in frame.childFrames():
        if isinstance(child, QTextTable):
            look = child.format()
            look.setBorder(1)
            look.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
            look.setBorderBrush(theme.current().color("line"))
            look.setBorderCollapse(True)
            look.setCellPadding(5)
            look.setCellSpacing(0)
            look.setWidth(QTextLength(QTextLength.Type.PercentageLength, 98))
            child.setFormat(look)
        _dress(child)


def _space(block: QTextBlock) -> None:
    """Headings in the program's sizes, air between the lines."""
    cursor = QTextCursor(block)
    look = block.blockFormat()
    level = look.headingLevel()
    look.setLineHeight(125, 1)
    look.setTopMargin(14 if level else 2)
    look.setBottomMargin(4 if level else 3)
    cursor.setBlockFormat(look)
    _lighten(block)
    if level:
        cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
        words = QTextCharFormat()
        words.setFont(theme.font(600, theme.POINT_SIZE))
        words.setForeground(theme.current().color("accent"))
        cursor.setCharFormat(words)


def _lighten(block: QTextBlock) -> None:
    """Bold is the heaviest weight there is a file of: what is heavier would be drawn smeared."""
    for start, length in _bold_parts(block):
        cursor = QTextCursor(block)
        cursor.setPosition(start)
        cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
        look = QTextCharFormat()
        look.setFontWeight(QFont.Weight.DemiBold)
        cursor.mergeCharFormat(look)


def _bold_parts(block: QTextBlock) -> list[tuple[int, int]]:
    """(place, length) of what is written in bold."""
    found, place = [], block.begin()
    while not place.atEnd():
        part = place.fragment()
        if part.charFormat().fontWeight() > QFont.Weight.DemiBold:
            found.append((part.position(), part.length()))
        place += 1
    return found
