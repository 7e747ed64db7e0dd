"""What all inputs share: a value as text, and what is said when it is edited and left."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.base.typed_text import Cleaned, clean_line
from desktop.widget.inputs.marked import Marked

_PASSING = (
    Qt.FocusReason.PopupFocusReason,
    Qt.FocusReason.MenuBarFocusReason,
    Qt.FocusReason.ActiveWindowFocusReason,
)
_KEYS = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)


class Input(Marked):
    """One field on the screen: a painted frame around an editor that holds the focus.

    Subclasses call `_adopt` once and implement `value_text`, `set_value_text` and `complaint`.
    """

    edited = Signal()
    left = Signal()
    move_on = Signal()
    noted = Signal(str)
    pasted = Signal(object)
    """A `Pasted`: what was cleaned, said with `noted` already, and what else could be taken."""

    def __init__(self, parent: QWidget | None = None, *, columns: int = 20) -> None:
        super().__init__(parent, columns=columns)
        self._left_said = True
        self.cleaner: Callable[[str], Cleaned] = clean_line
        """Makes a pasted text fit to stand here alone."""
        self.takes_cells = False
        """True where the cells of a pasted table may go to the fields that follow: then only the
        first one is put here."""
        self.is_hosted = False
        """True where somebody else shows what is `noted`."""
        self.noted.connect(self._say_alone)

    def value_text(self) -> str:
        """The value as text; text that is no value comes back as it was typed."""
        raise NotImplementedError

    def set_value_text(self, text: str) -> None:
        """Show a value without a signal; the same text again moves no cursor."""
        raise NotImplementedError

    def complaint(self) -> str:
        """Why the text is no value of this kind, in words for the officer; "" if it is one."""
        return ""

    def is_readable(self) -> bool:
        """True if the text is empty or a value of this kind."""
        return not self.complaint()

    def is_empty(self) -> bool:
        """True if nothing is answered and nothing half typed."""
        return not self.value_text()

    def commit(self, *, by_key: bool = False) -> None:
        """Settle what is being typed, as leaving does: before a save by key, before closing.

        `by_key`: before Tab moves on, which takes what a list has highlighted.
        """
        self._settle(by_key=by_key)
        self._say_left()

    def take_pasted(self, text: str) -> None:
        """Put another reading of what was pasted in, as if the person had typed it."""
        self.set_value_text(text)
        self._say_edited()

    def put_back(self, text: str) -> None:
        """Take back what was typed since the field held this text."""
        if self.value_text() != text:
            self.set_value_text(text)
            self._say_edited()

    def _say_alone(self, words: str) -> None:
        """Show a note below the field for a moment, where no page does."""
        if not self.is_hosted:
            from desktop.widget.inputs.bubble import Bubble

            Bubble.of(self).say(words)

    def set_placeholder(self, text: str) -> None:
        """A quiet word inside the empty field, where the kind has room for one."""

    def _settle(self, *, by_key: bool) -> None:
        """Bring the text into its final form. `by_key`: left with Tab or Enter."""

    def _focus_came(self) -> None:
        self._left_said = False
        self.update()

    def _focus_went(self, reason: Qt.FocusReason) -> None:
        """Settle and say so, but not for a menu of this field or another program in front."""
        if reason not in _PASSING:
            self._settle(by_key=reason in _KEYS)
            self._say_left()
        self.update()

    def _say_edited(self) -> None:
        self._left_said = False
        self._set_unreadable(False)
        self.edited.emit()

    def _say_left(self) -> None:
        self._set_unreadable(not self.is_readable())
        if not self._left_said:
            self._left_said = True
            self.left.emit()

    def _finish(self) -> None:
        """Enter, or full: settle, say left, ask the page to go on."""
        self._settle(by_key=True)
        self._say_left()
        self.move_on.emit()
