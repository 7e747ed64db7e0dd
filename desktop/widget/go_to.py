"""Ctrl+K: type part of a name and go to that person, case, page or command."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal

from desktop.base.text import fold
from desktop.base.translate import tr
from desktop.model.bridge import Soon
from desktop.widget.inputs.popup import Popup, Row
from desktop.widget.parts import SearchBox

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QWidget

    from desktop.service.workspace import Workspace

PAGE, COMMAND, RECORD = "page", "command", "record"
MOST_RECORDS = 6
FEWEST_LETTERS = 2
WAIT_MS = 60

Listed = Iterable[tuple[str, str, str]]


class GoTo(SearchBox):
    """Says `picked(kind, key)`; the key of a record is "REGISTER ID"."""

    picked = Signal(str, str)

    def __init__(
        self,
        workspace: Workspace,
        pages: Callable[[], Listed],
        commands: Callable[[], Listed],
        parent: QWidget | None = None,
    ) -> None:
        """`pages` and `commands` give (key, words, quiet words)."""
        super().__init__(tr("Go to a person, case, page, command…"), key="Ctrl+K", parent=parent)
        self._workspace = workspace
        self._pages = pages
        self._commands = commands
        self._soon = Soon(self, self._show, WAIT_MS)
        self.searched.connect(self._ask)

    def popup_chosen(self, key: str) -> None:
        """A row was clicked, or taken with Enter."""
        kind, _, rest = key.partition(":")
        self._put_away()
        self.picked.emit(kind, rest)

    def key_pressed(self, event: QKeyEvent) -> bool:
        popup = Popup.of(self)
        key = event.key()
        if popup.is_open_for(self) and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            popup.step(1 if key == Qt.Key.Key_Down else -1)
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._soon.now()
            chosen = popup.current_key() if popup.is_open_for(self) else None
            if chosen is not None:
                self.popup_chosen(chosen)
            return True
        if key == Qt.Key.Key_Down:
            self._show()
            return True
        return super().key_pressed(event)

    def line_left(self, reason: Qt.FocusReason) -> None:
        super().line_left(reason)
        self._put_away()

    def _put_away(self) -> None:
        self._soon.forget()
        Popup.of(self).close_for(self)
        self.set_value_text("")

    def _ask(self, text: str) -> None:
        if text:
            self._soon.ask()
        else:
            self._soon.forget()
            Popup.of(self).close_for(self)

    def _show(self) -> None:
        rows = self.rows_for(self.value_text())
        Popup.of(self).show_for(self, rows or [Row("", tr("Nothing found"), heading=True)])

    def rows_for(self, text: str) -> list[Row]:
        """What a text finds: pages called so, records, pages with such a word, commands."""
        wanted = fold(text)
        pages = list(self._pages())
        called = [page for page in pages if fold(page[1]).startswith(wanted)]
        others = [page for page in pages if page not in called]
        return [
            *self._found(tr("Pages"), PAGE, called, text),
            *self._records(text),
            *self._found(tr("Other pages"), PAGE, others, text),
            *self._found(tr("Commands"), COMMAND, self._commands(), text),
        ]

    def _found(self, heading: str, kind: str, listed: Listed, text: str) -> list[Row]:
        words = fold(text).split()
        rows = []
        for key, title, note in listed:
            folded = fold(title).split()
            if all(any(part.startswith(word) for part in folded) for word in words):
                shown = f"{title}  ({note})" if note else title
                rows.append(Row(f"{kind}:{key}", shown))
        return [Row("", heading, heading=True), *rows] if rows else []

    def _records(self, text: str) -> list[Row]:
        if len(text) < FEWEST_LETTERS:
            return []
        rows: list[Row] = []
        registers = self._workspace.registers.values()
        # People first: a case bears its client's name, and Enter takes the first row.
        for register in sorted(registers, key=lambda one: (not one.person, one.order)):
            if not register.person and not register.number_field:
                continue
            found = self._workspace.lookups.search(register.name, text, limit=MOST_RECORDS)
            if found:
                rows.append(Row("", register.title, heading=True))
            for one in found:
                rows.append(Row(f"{RECORD}:{register.name} {one.id}", one.title, one.subtitle))
        return rows
