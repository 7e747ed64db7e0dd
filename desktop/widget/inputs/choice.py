"""One code of a list: type the code, any part of the words without accents, or first letters."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from desktop.base.translate import tr
from desktop.widget.inputs.frame import FrameIcon
from desktop.widget.inputs.look_up import LookUpInput
from desktop.widget.inputs.option import Option, OptionList
from desktop.widget.inputs.popup import Row

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

NARROWEST, WIDEST = 12, 40


def shown_option(option: Option, show_codes: bool) -> str:
    """An option as it stands in a field: "01 · Kinh", or the label alone."""
    return f"{option.code} · {option.label}" if show_codes else option.label


def option_rows(
    options: Iterable[Option], show_codes: bool, *, headings: bool, ticked: set[str] | None = None
) -> list[Row]:
    """Rows for the list; a heading before each new group if asked for."""
    rows: list[Row] = []
    group = ""
    for option in options:
        if headings and option.group != group:
            group = option.group
            rows.append(Row("", group, heading=True))
        tick = None if ticked is None else option.code in ticked
        rows.append(
            Row(option.code, shown_option(option, show_codes), ticked=tick, faint=not option.active)
        )
    return rows


class ChoiceInput(LookUpInput):
    """One of `options`. An `OptionList` may be shared by many inputs."""

    def __init__(
        self,
        options: Iterable[Option] = (),
        parent: QWidget | None = None,
        *,
        show_codes: bool = True,
    ) -> None:
        super().__init__(parent)
        self._show_codes = show_codes
        self._options = OptionList()
        self._set_icons(FrameIcon("chevron-down", tr("Show the list (F4)"), self.open_list))
        self.set_options(options)

    def set_options(self, options: Iterable[Option]) -> None:
        """Offer other values; the answer stays, and is shown as far as it is known."""
        self._options = OptionList.of(options)
        extra = 5 if self._show_codes else 1
        longest = max((len(option.label) for option in self._options), default=0) + extra
        self.set_columns(max(NARROWEST, min(longest, WIDEST)))
        if not self._typing:
            self._show_text(self._shown(self._key) if self._key else "")

    def options(self) -> OptionList:
        """What is offered now."""
        return self._options

    def is_expired(self) -> bool:
        """True if the answer is a code that is no longer given out."""
        option = self._options.find(self._key)
        return not self._typing and option is not None and not option.active

    def complaint(self) -> str:
        if not self._typing and self._key and self._options.find(self._key) is None:
            return tr(self.not_found)
        return super().complaint()

    def _show_text(self, text: str) -> None:
        super()._show_text(text)
        if self._line.property("faint") != self.is_expired():
            self._line.setProperty("faint", self.is_expired())
            self._line.style().polish(self._line)

    def _shown(self, key: str) -> str:
        option = self._options.find(key)
        if option is None:
            return key
        text = shown_option(option, self._show_codes)
        return text if option.active else tr("{value} (no longer used)").format(value=text)

    def rows_for(self, typed: str) -> list[Row]:
        found = self._options.matching(typed)
        stored = self._options.find(self._key)
        if not typed and stored is not None and not stored.active:
            found.append(stored)
        return option_rows(found, self._show_codes, headings=not typed)

    def _only_one(self, typed: str) -> str | None:
        exact = self._options.exact(typed)
        if exact is not None:
            return exact.code
        found = self._options.matching(typed, most=2)
        return found[0].code if len(found) == 1 else None
