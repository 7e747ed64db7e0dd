"""Several codes of a list: chips in the field, and the same look-up to add more."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen

from desktop.base.translate import tr
from desktop.widget import theme
from desktop.widget.inputs.choice import option_rows, shown_option
from desktop.widget.inputs.input import PAD, FrameIcon, text_width
from desktop.widget.inputs.look_up import LookUpInput
from desktop.widget.inputs.option import Option, OptionList
from desktop.widget.inputs.popup import Popup, Row

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent, QResizeEvent
    from PySide6.QtWidgets import QWidget

CHIP_HEIGHT, CHIP_GAP, CHIP_PAD, CROSS = 22, 4, 8, 18
LEAST_LINE = 48
"""Room kept for typing behind the last chip; less, and the line goes below."""


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
        self._chips: list[tuple[str, QRect]] = []
        self._line_box = QRect()
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
        return ", ".join(part for part in (*self._codes, self._line.text().strip()) if part)

    def set_value_text(self, text: str) -> None:
        if self.value_text() != text:
            codes, rest = self._read(text)
            self._codes = codes
            self._typing = bool(rest)
            self._show_text(rest)
            self._flow()
        self._said = self.value_text()
        self._set_unreadable(False)

    def _read(self, text: str) -> tuple[tuple[str, ...], str]:
        """A value text as (codes, what else was typed). One word is taken for a code."""
        parts = [part.strip() for part in text.split(",") if part.strip()]
        codes = {part for part in parts if self._options.find(part) or len(part.split()) == 1}
        return tuple(sorted(codes)), ", ".join(part for part in parts if part not in codes)

    def complaint(self) -> str:
        unknown = [code for code in self._codes if self._options.find(code) is None]
        return self._not_found() if unknown else super().complaint()

    def _not_found(self) -> str:
        return tr("This is not in the list. Type a code or part of the words; F4 shows the list.")

    # Taking answers

    def popup_chosen(self, key: str) -> None:
        """A row was clicked: the list stays open for the next."""
        popup = Popup.of(self)
        scrolled = popup.verticalScrollBar().value()
        self._toggle(key)
        popup.show_for(self, self._rows_for(""), key)
        popup.verticalScrollBar().setValue(scrolled)

    def _take(self, key: str) -> None:
        self._close()
        if key and key not in self._codes:
            self._codes = tuple(sorted((*self._codes, key)))
        self._clear_line()

    def _toggle(self, key: str) -> None:
        codes = set(self._codes) ^ {key}
        self._codes = tuple(sorted(codes))
        self._clear_line()

    def _remove(self, code: str) -> None:
        if code in self._codes and not self._read_only:
            self._toggle(code)

    def _clear_line(self) -> None:
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
            self._remove(self._codes[-1])
            return True
        return super().key_pressed(event)

    def _shown(self, key: str) -> str:
        return ""

    def _rows_for(self, typed: str) -> list[Row]:
        found = self._options.matching(typed)
        return option_rows(found, self._show_codes, headings=not typed, ticked=set(self._codes))

    def _only_one(self, typed: str) -> str | None:
        exact = self._options.exact(typed)
        return None if exact is None else exact.code

    # Geometry and painting

    def _words(self, code: str) -> str:
        option = self._options.find(code)
        return code if option is None else shown_option(option, self._show_codes)

    def _flow(self) -> None:
        """Put the chips in lines, the editor behind the last, and take the height they need."""
        right = self.width() - self._right_room() - 4
        x, y = 4, 4
        self._chips = []
        for code in self._codes:
            width = min(text_width(self._words(code)) + 2 * CHIP_PAD + CROSS, max(60, right - 8))
            if x > 4 and x + width > right:
                x, y = 4, y + CHIP_HEIGHT + CHIP_GAP
            self._chips.append((code, QRect(x, y, width, CHIP_HEIGHT)))
            x += width + CHIP_GAP
        if self._codes and x + LEAST_LINE > right:
            x, y = 4, y + CHIP_HEIGHT + CHIP_GAP
        left = max(x, PAD)
        self._line_box = QRect(left, y - 1, max(8, right - left), CHIP_HEIGHT + 2)
        height = y + CHIP_HEIGHT + 4
        if self.minimumHeight() != height:
            self.setFixedHeight(height)
        self._place_editor()
        self.update()

    def _editor_rect(self) -> QRect:
        return self._line_box

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._flow()
        super().resizeEvent(event)

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        hint.setHeight(max(theme.INPUT_HEIGHT, self.minimumHeight()))
        return hint

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_frame(painter)
        self._paint_right(painter)
        for code, box in self._chips:
            self._paint_chip(painter, code, box)

    def _paint_chip(self, painter: QPainter, code: str, box: QRect) -> None:
        look = theme.current()
        option = self._options.find(code)
        known = option is not None and option.active
        painter.setPen(QPen(look.color("line"), 1))
        painter.setBrush(look.color("accent_soft" if known else "field_still"))
        painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        painter.setPen(look.color("text" if known else "quiet"))
        painter.setFont(self.font())
        room = box.adjusted(CHIP_PAD, 0, -CROSS - 2, 0)
        words = QFontMetrics(self.font()).elidedText(
            self._words(code), Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, words)
        if not self._read_only:
            theme.draw_icon(painter, "x", "quiet", box.right() - 16, box.top() + 5, 12)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        code = self._chip_cross_at(place)
        if code is not None and event.button() == Qt.MouseButton.LeftButton and self.isEnabled():
            self._line.setFocus(Qt.FocusReason.MouseFocusReason)
            self._remove(code)
            return
        super().mousePressEvent(event)

    def _chip_cross_at(self, place: QPoint) -> str | None:
        for code, box in self._chips:
            if box.contains(place) and place.x() > box.right() - CROSS:
                return code
        return None
