"""Several codes of a list: chips in the field, and the same look-up to add more."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter

from desktop.base.text import clean
from desktop.base.translate import tr
from desktop.widget import theme
from desktop.widget.inputs.chips import Chip, Chips
from desktop.widget.inputs.choice import option_rows, shown_option
from desktop.widget.inputs.frame import FrameIcon
from desktop.widget.inputs.look_up import LookUpInput
from desktop.widget.inputs.option import Option, OptionList
from desktop.widget.inputs.popup import Popup, Row

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent, QResizeEvent
    from PySide6.QtWidgets import QWidget


class ChoicesInput(LookUpInput):
    """Any number of `options`. Backspace in the empty line takes the last chip away."""

    def __init__(
        self,
        options: Iterable[Option] = (),
        parent: QWidget | None = None,
        *,
        show_codes: bool = True,
    ) -> None:
        self._codes: tuple[str, ...] = ()
        self._chips = Chips()
        super().__init__(parent, columns=44)
        self._show_codes = show_codes
        self._options = OptionList.of(options)
        self._set_icons(FrameIcon("chevron-down", tr("Show the list (F4)"), self.open_list))
        self._flow()

    def set_options(self, options: Iterable[Option]) -> None:
        """Offer other values; the answers stay."""
        self._options = OptionList.of(options)
        self._flow()

    def codes(self) -> tuple[str, ...]:
        """The answers, sorted."""
        return self._codes

    # The face of an input

    def value_text(self) -> str:
        return ", ".join(part for part in (*self._codes, clean(self._line.text())) if part)

    def set_value_text(self, text: str) -> None:
        if self.value_text() != text:
            self._codes, rest = codes_and_rest(text, self._options)
            self._typing = bool(rest)
            self._show_text(rest)
            self._flow()
        self._said = self.value_text()
        self._set_unreadable(False)

    def complaint(self) -> str:
        unknown = any(self._options.find(code) is None for code in self._codes)
        return tr(self.not_found) if unknown else super().complaint()

    # Taking answers

    def popup_chosen(self, key: str) -> None:
        """A row was clicked: the list stays open for the next."""
        popup = Popup.of(self)
        scrolled = popup.verticalScrollBar().value()
        self._toggle(key)
        popup.show_for(self, self.rows_for(""), key)
        popup.verticalScrollBar().setValue(scrolled)

    def _take(self, key: str) -> None:
        self._close()
        self._put({*self._codes, key} - {""})

    def _toggle(self, key: str) -> None:
        if not self._read_only:
            self._put(set(self._codes) ^ {key})

    def _put(self, codes: set[str]) -> None:
        self._codes = tuple(sorted(codes))
        self._typing = False
        self._show_text("")
        self._flow()
        self._say_if_changed()

    def _enter(self) -> None:
        """With a list open, take what is highlighted and stay; else go on."""
        popup = Popup.of(self)
        key = popup.current_key() if popup.is_open_for(self) else None
        if key is None:
            self._finish()
        elif self._typing:
            self._take(key)
        else:
            self.popup_chosen(key)

    def key_pressed(self, event: QKeyEvent) -> bool:
        last = event.key() == Qt.Key.Key_Backspace and not self._line.text() and self._codes
        if last and not self._line.composing and not event.isAutoRepeat():
            self._toggle(self._codes[-1])
            return True
        return super().key_pressed(event)

    def rows_for(self, typed: str) -> list[Row]:
        found = self._options.matching(typed)
        return option_rows(found, self._show_codes, headings=not typed, ticked=set(self._codes))

    def _only_one(self, typed: str) -> str | None:
        exact = self._options.exact(typed)
        return None if exact is None else exact.code

    # Geometry and painting

    def _flow(self) -> None:
        """Put the chips in lines and take the height they need."""
        chips = []
        for code in self._codes:
            option = self._options.find(code)
            words = code if option is None else shown_option(option, self._show_codes)
            chips.append(Chip(code, words, known=option is not None and option.active))
        self._chips.flow(chips, self.width() - self._right_room() - 4)
        if self.minimumHeight() != self._chips.height:
            self.setFixedHeight(self._chips.height)
        self._place_editor()
        self.update()

    def _editor_rect(self) -> QRect:
        return self._chips.line

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._flow()
        super().resizeEvent(event)

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        hint.setHeight(max(theme.INPUT_HEIGHT, self.minimumHeight()))
        return hint

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._chips.paint(painter, crosses=not self._read_only)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        code = self._chips.code_of_cross(event.position().toPoint())
        if code is not None and event.button() == Qt.MouseButton.LeftButton and self.isEnabled():
            self._line.setFocus(Qt.FocusReason.MouseFocusReason)
            self._toggle(code)
            return
        super().mousePressEvent(event)


def codes_and_rest(text: str, options: OptionList) -> tuple[tuple[str, ...], str]:
    """A value text as (codes, what else was typed). One word is taken for a code."""
    parts = [part.strip() for part in text.split(",") if part.strip()]
    codes = {part for part in parts if options.find(part) or len(part.split()) == 1}
    return tuple(sorted(codes)), ", ".join(part for part in parts if part not in codes)
