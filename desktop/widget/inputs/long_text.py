"""Several lines of text that grow with what is written."""

from __future__ import annotations

import math
import unicodedata
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QKeySequence, QTextOption
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QSizePolicy

from desktop.base.typed_text import clean_lines, one_line
from desktop.widget.inputs.frame import PAD
from desktop.widget.inputs.input import Input
from desktop.widget.inputs.line import is_with_alt
from desktop.widget.inputs.pasting import Pasted, too_long_words

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData
    from PySide6.QtGui import (
        QFocusEvent,
        QInputMethodEvent,
        QKeyEvent,
        QResizeEvent,
        QWheelEvent,
    )
    from PySide6.QtWidgets import QWidget

FEWEST, MOST = 2, 6
"""Lines shown; more are scrolled."""
MARGIN = 5


def many_lines(text: str) -> str:
    """The text with "\\n" between lines, tabs as blanks, without characters nobody sees."""
    return "\n".join(one_line(line) for line in text.splitlines())


class _Page(QPlainTextEdit):
    """The bare editor."""

    def __init__(self, owner: LongTextInput) -> None:
        super().__init__(owner)
        self.setProperty("bare", True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(2)
        self.viewport().setAutoFillBackground(False)
        self.composing = False
        self._owner = owner

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self.composing = bool(event.preeditString())
        super().inputMethodEvent(event)
        self._owner.composed()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._owner.page_entered()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.composing = False
        self._owner.composed()
        self._owner.page_left(event.reason())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
                self.insertPlainText("\n")
            else:
                self._owner.enter_pressed()
            event.accept()
            return
        if is_with_alt(event):
            event.ignore()
            return
        super().keyPressEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:
        self._owner.paste(source.text())

    def wheelEvent(self, event: QWheelEvent) -> None:
        bar = self.verticalScrollBar()
        if self.hasFocus() and bar.minimum() != bar.maximum():
            super().wheelEvent(event)
        else:
            event.ignore()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            key: QKeyEvent = event  # type: ignore[assignment]
            undo, redo = QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo
            if (key.matches(undo) and not self.document().isUndoAvailable()) or (
                key.matches(redo) and not self.document().isRedoAvailable()
            ):
                event.ignore()
                return False
        return super().event(event)


class LongTextInput(Input):
    """Two to six lines of text of at most `length` characters (NFC).

    Enter goes on to the next field as everywhere; Alt+Enter starts a line, as in Excel
    (Shift+Enter and Ctrl+Enter too). An edit that would make it too long is refused and said in
    `noted`.
    """

    def __init__(self, parent: QWidget | None = None, *, length: int = 2000) -> None:
        super().__init__(parent, columns=56)
        self._length = length
        self._held_back = False
        self._quiet = False
        self._good = ""
        self._page = _Page(self)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._adopt(self._page)
        self._page.textChanged.connect(self._text_changed)

    def value_text(self) -> str:
        return unicodedata.normalize("NFC", many_lines(self._page.toPlainText())).strip()

    def set_value_text(self, text: str) -> None:
        if self.value_text() != unicodedata.normalize("NFC", text).strip():
            self._put(text)

    def set_placeholder(self, text: str) -> None:
        self._page.setPlaceholderText(text)

    def take_focus(self) -> None:
        super().take_focus()
        self._page.selectAll()

    def composed(self) -> None:
        """A composition moved on; report the edit held back while it lasted."""
        if self._held_back and not self._page.composing:
            self._held_back = False
            self._text_changed()

    def page_entered(self) -> None:
        """The editor has the focus."""
        self._focus_came()

    def page_left(self, reason: Qt.FocusReason) -> None:
        """The focus is gone."""
        self._focus_went(reason)

    def enter_pressed(self) -> None:
        """Enter alone."""
        self._finish()

    def paste(self, text: str) -> None:
        """Put pasted text in, cleaned, or refuse it whole."""
        cleaned = clean_lines(text)
        kept = cleaned.text
        cursor = self._page.textCursor()
        size = len(self._page.toPlainText()) - len(cursor.selectedText()) + len(kept)
        if size > self._length:
            self._refuse(size)
            return
        page = self._page.toPlainText()
        start, end = cursor.selectionStart(), cursor.selectionEnd()
        self._page.insertPlainText(kept)
        if cleaned.notes:
            self.noted.emit(cleaned.words)
            self.pasted.emit(Pasted(cleaned, raw=text).around(page[:start], page[end:]))

    def take_pasted(self, text: str) -> None:
        self._page.selectAll()
        self._page.insertPlainText(text)

    def _refuse(self, size: int) -> None:
        self.noted.emit(too_long_words(size, self._length))

    def _put(self, text: str) -> None:
        self._quiet = True
        try:
            self._page.setPlainText(text)
        finally:
            self._quiet = False
        self._good = text
        self._grow()

    def _text_changed(self) -> None:
        if self._quiet:
            return
        if self._page.composing:
            self._held_back = True
            return
        self._held_back = False
        text = self._page.toPlainText()
        if len(text) > self._length and len(text) > len(self._good):
            self._refuse(len(text))
            self._put(self._good)
            self._page.moveCursor(self._page.textCursor().MoveOperation.End)
            return
        if text == self._good:
            return
        self._good = text
        self._grow()
        self._say_edited()

    def _show_read_only(self, on: bool) -> None:
        self._page.setReadOnly(on)

    # Geometry

    def _text_height(self) -> int:
        """Pixels of the lines on the screen, wrapped ones counted, within the limits."""
        count, block = 0, self._page.document().firstBlock()
        layout = self._page.document().documentLayout()
        while block.isValid() and count < MOST:
            layout.blockBoundingRect(block)  # lays the block out
            count += max(1, block.layout().lineCount())
            block = block.next()
        line = self._page.document().firstBlock().layout().lineAt(0).height()
        return math.ceil(max(FEWEST, min(MOST, count)) * line)

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        hint.setHeight(self._text_height() + 5 + 2 * MARGIN)
        return hint

    def _editor_rect(self) -> QRect:
        return self.rect().adjusted(PAD, MARGIN, -3, -MARGIN)

    def _grow(self) -> None:
        hint = self.sizeHint().height()
        if self.height() != hint or self.minimumHeight() != hint:
            self.setFixedHeight(hint)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._grow()
