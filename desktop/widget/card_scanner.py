"""Notices that a scanner, not a person, is typing the code of an identity card.

A scanner is a keyboard: the text of the code comes as keys, wherever the keyboard is, faster than
anybody types and ended by Enter. What it has typed before it is recognised is taken back; the rest
never reaches the field.
"""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from desktop.service.identity_card import LONGEST, SEPARATOR, is_card_text
from desktop.widget.inputs import Input
from desktop.widget.inputs.popup import Popup

if TYPE_CHECKING:
    from PySide6.QtGui import QWindow

MOST_GAP_MS = 50
"""Between two keys of a scanner; people who type fast need twice as long, for every key."""
SILENCE_MS = 400
"""After the last key, where the scanner sends no Enter."""
MOST_BEFORE = 80
"""Keys that may come before the second separator."""
# An AIM identifier may stand in front, as “]Q3”.
_BEGUN = re.compile(r"(?:\][A-Za-z][0-9])?(?:\d{12}|\d{9})\|")
_ENDS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)
_ENOUGH = 4
"""Separators that make a code of what does not begin like one: another keyboard layout is on."""


class CardScanner(QObject):
    """Watches the keys of one window, from when it is first shown."""

    scanned = Signal(str, bool)
    """(text, whether a typing program was at work on it); the field is as it was before."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._handle: QWindow | None = None
        self._text = ""
        self._last = 0
        self._touched: list[tuple[Input, str]] = []
        """Fields that got keys of this burst, with what they held before."""
        self._first: QWidget | None = None
        self._catching: QWidget | None = None
        """Where the keyboard was when the code was recognised."""
        self._disturbed = False
        self._silence = QTimer(self)
        self._silence.setSingleShot(True)
        self._silence.setInterval(SILENCE_MS)
        self._silence.timeout.connect(self._finish)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._window:
            if event.type() == QEvent.Type.Show and self._window.windowHandle() is not self._handle:
                self._watch()
            return False
        if isinstance(event, QKeyEvent):
            return self._key(event)
        if self._catching is not None and isinstance(event, QInputMethodEvent):
            self._disturbed = True
            self._add(event.commitString())
            return True
        return False

    def _watch(self) -> None:
        self._handle = self._window.windowHandle()
        if self._handle is not None:
            self._handle.installEventFilter(self)

    # Keys

    def _key(self, event: QKeyEvent) -> bool:
        """True for a key that the field is not to get."""
        if self._catching is not None:
            self._caught(event)
            return True
        if event.type() != QEvent.Type.KeyPress:
            return False
        if event.matches(QKeySequence.StandardKey.Paste):
            return self._pasted()
        text = event.text()
        if len(text) != 1 or not text.isprintable():
            if event.key() not in (Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_AltGr):
                self._text = ""
            return False
        now = event.timestamp() or int(time.monotonic() * 1000)
        if not self._text or now - self._last > MOST_GAP_MS or len(self._text) > MOST_BEFORE:
            self._begin()
        self._last = now
        self._text += text
        self._remember()
        if text == SEPARATOR and self._is_code():
            self._catch()
            return True
        return False

    def _is_code(self) -> bool:
        begun = _BEGUN.fullmatch(self._text) is not None
        return begun or self._text.count(SEPARATOR) >= _ENOUGH

    def _begin(self) -> None:
        self._text = ""
        self._touched.clear()
        self._first = self._window.focusWidget()

    def _remember(self) -> None:
        """Keep what the field holds before the first key of the burst reaches it."""
        field = _input_of(self._window.focusWidget())
        if field is not None and all(field is not one for one, _ in self._touched):
            self._touched.append((field, field.value_text()))

    def _caught(self, event: QKeyEvent) -> None:
        if event.type() != QEvent.Type.KeyPress:
            return
        if event.key() in _ENDS:
            self._finish()
        elif event.key() == Qt.Key.Key_Backspace:
            self._disturbed = True
            self._text = self._text[:-1]
            self._silence.start()
        else:
            self._add(event.text())

    def _add(self, text: str) -> None:
        self._text = (self._text + text)[: 2 * LONGEST]
        self._silence.start()

    # A code

    def _catch(self) -> None:
        """From now on every key is the scanner's; what it has typed so far is taken back."""
        if self._text.startswith("]"):
            self._text = self._text[len("]Q3") :]
        self._disturbed = False
        self._catching = self._window.focusWidget() or self._window
        for field, before in reversed(self._touched):
            Popup.of(field).close_for(field)
            field.put_back(before)
        self._touched.clear()
        if self._first is not None and self._first.isVisible():
            self._first.setFocus(Qt.FocusReason.OtherFocusReason)
        self._catching = self._window.focusWidget() or self._window
        self._catching.installEventFilter(self)
        self._silence.start()

    def _finish(self) -> None:
        """The whole text is there, or nothing more comes."""
        self._silence.stop()
        if self._catching is not None and self._catching is not self._window:
            self._catching.removeEventFilter(self)
        self._catching = None
        text, self._text = self._text, ""
        # Behind the key that ended it: who shows a question now would still get its release.
        QTimer.singleShot(0, self, lambda: self.scanned.emit(text, self._disturbed))

    def _pasted(self) -> bool:
        """A code on the clipboard, as from a telephone's scanner, is the same as a scanned one."""
        text = QGuiApplication.clipboard().text()
        if not is_card_text(text):
            return False
        self._disturbed = False
        QTimer.singleShot(0, self, lambda: self.scanned.emit(text, False))
        return True


def _input_of(widget: QWidget | None) -> Input | None:
    """The field a widget is the editor of."""
    while widget is not None and not isinstance(widget, Input):
        widget = widget.parentWidget()
    return widget
