"""The editor of one line, deaf to half-made syllables, and the inputs' base around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QLineEdit

from desktop.base.typed_text import clean_line
from desktop.widget.inputs.frame import text_width
from desktop.widget.inputs.input import Input
from desktop.widget.inputs.pasting import clean_paste, too_long_words

if TYPE_CHECKING:
    from PySide6.QtGui import (
        QContextMenuEvent,
        QDropEvent,
        QFocusEvent,
        QInputMethodEvent,
        QKeyEvent,
        QMouseEvent,
        QWheelEvent,
    )
    from PySide6.QtWidgets import QWidget

# Keys of the program that a line of text takes for itself on some systems.
_NOT_OURS = (
    Qt.KeyboardModifier.ControlModifier.value | Qt.Key.Key_K.value,
    Qt.KeyboardModifier.ControlModifier.value | Qt.Key.Key_D.value,
)


def is_plain_enter(event: QKeyEvent) -> bool:
    """True for Enter, of the keypad too, without Shift, Ctrl or Alt."""
    plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def is_with_alt(event: QKeyEvent) -> bool:
    """True for a letter or digit with Alt, a command that is not offered now: Qt would type it over
    what is selected. AltGr, which is Ctrl and Alt, types."""
    held = event.modifiers() & ~(
        Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier
    )
    return held == Qt.KeyboardModifier.AltModifier and bool(event.text().strip())


MOST = 1_000_000


class Line(QLineEdit):
    """A bare line of text that reports to its input.

    `composing` is true while an input method shows a syllable, `preedit`, that is not yet text.
    """

    def __init__(self, owner: LineInput) -> None:
        super().__init__(owner)
        self.setProperty("bare", True)
        self.setFrame(False)
        self.setMaxLength(MOST)  # Qt's own limit of 32767 would cut a stored text without a word
        self.composing = False
        self.preedit = ""
        self._owner = owner
        self._select_on_release = False

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self.preedit = event.preeditString()
        self.composing = bool(self.preedit)
        super().inputMethodEvent(event)
        self._owner.composed()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._owner.line_entered(event.reason())
        super().focusInEvent(event)
        self._select_on_release = event.reason() == Qt.FocusReason.MouseFocusReason

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.composing, self.preedit = False, ""
        self._owner.composed()
        self._owner.line_left(event.reason())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_with_alt(event):
            event.ignore()
            return
        if self.composing and is_plain_enter(event):
            QGuiApplication.inputMethod().commit()
            if self.composing:  # Enter ends the syllable; the next one goes on
                event.accept()
                return
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste_clipboard()
            event.accept()
            return
        if self._owner.key_pressed(event):
            event.accept()
            return
        super().keyPressEvent(event)
        self._owner.key_done(event)

    def paste_clipboard(self) -> None:
        """Ctrl+V, and the line of the menu."""
        if not self.isReadOnly():
            found = QGuiApplication.clipboard().mimeData()
            self._owner.paste(found.text(), found.html() if found.hasHtml() else "")

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = self.createStandardContextMenu()
        for action in menu.actions():
            if action.objectName() == "edit-paste":
                action.triggered.disconnect()
                action.triggered.connect(self.paste_clipboard)
        menu.exec(event.globalPos())
        menu.deleteLater()

    def dropEvent(self, event: QDropEvent) -> None:
        if event.source() is self or self.isReadOnly():
            super().dropEvent(event)
            return
        self.setCursorPosition(self.cursorPositionAt(event.position().toPoint()))
        event.acceptProposedAction()
        self._owner.paste(event.mimeData().text())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self._owner.line_clicked()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if self._select_on_release and self._owner.selects_on_click and not self.hasSelectedText():
            self.selectAll()
        self._select_on_release = False

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            key_event: QKeyEvent = event  # type: ignore[assignment]
            if self._owner.wants_key(key_event):
                event.accept()
                return True
            if self._leaves_to_program(key_event):
                event.ignore()
                return False
        return super().event(event)

    def _leaves_to_program(self, event: QKeyEvent) -> bool:
        """Undo with nothing typed here is the program's undo; so are its own keys."""
        if event.matches(QKeySequence.StandardKey.Undo):
            return not self.isUndoAvailable()
        if event.matches(QKeySequence.StandardKey.Redo):
            return not self.isRedoAvailable()
        return event.keyCombination().toCombined() in _NOT_OURS


class LineInput(Input):
    """An input of one line. Subclasses override the hooks `_accept_edit` to `_settle`."""

    longest_paste = 500
    """Characters of a paste; 0: the edit itself is judged."""
    selects_on_click = False
    """Select everything when the mouse brings the focus: for short values typed anew."""

    def __init__(self, parent: QWidget | None = None, *, columns: int = 20) -> None:
        super().__init__(parent, columns=columns)
        self._line = Line(self)
        self._held_back = False
        self._was_taken = True
        """False if the last edit was refused."""
        self._good = ("", 0)
        """Text and cursor to go back to when an edit is refused."""
        self._adopt(self._line)
        self._line.textEdited.connect(self._text_edited)

    def line(self) -> QLineEdit:
        """The editor, typed."""
        return self._line

    def set_placeholder(self, text: str) -> None:
        self._line.setPlaceholderText(text)

    def take_focus(self) -> None:
        super().take_focus()
        self._line.selectAll()  # Qt does it only where the keyboard was elsewhere

    def text(self) -> str:
        """What stands in the line, untouched."""
        return self._line.text()

    def _show_text(self, text: str) -> None:
        """Put text into the line unless it is there already."""
        if self._line.text() != text:
            self._line.setText(text)
            if not self._line.hasFocus():
                self._line.setCursorPosition(0)
        self._good = (text, self._line.cursorPosition())

    def _unseen_text(self) -> str:
        text = self._line.text()
        return text if text_width(text) > self._line.width() - 4 else ""

    def _show_read_only(self, on: bool) -> None:
        self._line.setReadOnly(on)

    # Called by the line

    def composed(self) -> None:
        """A composition moved on; report the edit that was held back while it lasted."""
        if self._held_back and not self._line.composing:
            self._held_back = False
            self._text_edited()

    def line_entered(self, reason: Qt.FocusReason) -> None:
        """The line has the focus now; nothing is selected yet."""
        self._good = (self._line.text(), self._line.cursorPosition())
        self._focus_came()

    def line_left(self, reason: Qt.FocusReason) -> None:
        """The focus is gone."""
        self._focus_went(reason)

    def line_clicked(self) -> None:
        """The mouse went down in the line."""

    def wants_key(self, event: QKeyEvent) -> bool:
        """True to have a key before the window's own shortcuts."""
        return False

    def key_pressed(self, event: QKeyEvent) -> bool:
        """Deal with a key before the line does; True if that was all."""
        if is_plain_enter(event):
            self._finish()
            return True
        return False

    def key_done(self, event: QKeyEvent) -> None:
        """A key was dealt with by the line."""

    # Pasting

    def paste(self, raw: str, html: str = "") -> None:
        """Put a pasted text where the cursor is: cleaned, and that is said; or refused.

        `html`: the same with its fonts, where it was copied with them.
        """
        line = self._line
        start = line.selectionStart() if line.hasSelectedText() else line.cursorPosition()
        before, after = line.text()[:start], line.text()[start + len(line.selectedText()) :]
        whole = not (before + after).strip()
        cleaner = self.cleaner if whole else clean_line
        pasted = clean_paste(raw, cleaner, table=self.takes_cells, html=html)
        if pasted.cleaned.refused:
            self.noted.emit(pasted.cleaned.refused)
            return
        text = pasted.cleaned.text
        if self.longest_paste and len(text) > self.longest_paste:
            self.noted.emit(too_long_words(len(text), self.longest_paste))
            return
        line.insert(text)
        if self._was_taken and pasted.cleaned.notes:
            self.noted.emit(pasted.cleaned.words)
            self.pasted.emit(pasted.around(before, after))

    def take_pasted(self, text: str) -> None:
        self._line.selectAll()
        self._line.insert(text)

    # Hooks

    def _accept_edit(self, text: str) -> str | None:
        """The text to keep after an edit (usually the same), or None to refuse the edit."""
        return text

    def _after_edit(self) -> None:
        """The text is changed and kept, and no composition is open."""
        self._say_edited()

    def _text_edited(self) -> None:
        if self._line.composing:
            self._held_back = True
            return
        self._held_back = False
        typed = self._line.text()
        kept = self._accept_edit(typed)
        self._was_taken = kept is not None
        if kept is None:
            self._line.setText(self._good[0])
            self._line.setCursorPosition(self._good[1])
            return
        if kept != typed:
            behind = len(typed) - self._line.cursorPosition()
            self._line.setText(kept)
            self._line.setCursorPosition(max(0, len(kept) - behind))
        self._good = (kept, self._line.cursorPosition())
        self._after_edit()
