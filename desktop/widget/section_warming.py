"""The sections of a form built before they are looked at, a few fields at a time.

A section of twenty fields costs two frames; made in one piece it would hold up the search that is
typed meanwhile.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desktop.model.bridge import Soon
from desktop.widget.field_row import FieldRow

if TYPE_CHECKING:
    from desktop.widget.field_input import InputMaker
    from desktop.widget.section_stack import SectionStack

PIECE_SECONDS = 0.008
BREATH_MS = 10
"""Between two pieces: keys and mouse come first."""


class SectionWarming:
    """Of one `SectionStack`. `rows` are those made so far whose section is not there."""

    def __init__(self, stack: SectionStack, maker: InputMaker) -> None:
        self.rows: dict[str, FieldRow] = {}
        self._stack = stack
        self._maker = maker
        self._shelf = QWidget(stack)
        self._shelf.hide()
        self._next = Soon(stack, self._go_on, BREATH_MS)

    def warm(self) -> None:
        """Begin; each piece asks for the next."""
        self._next.ask()

    def _go_on(self) -> None:
        stack = self._stack
        for place, plan in enumerate(stack.plans):
            if stack.is_built(place):
                continue
            missing = [one for one in plan.fields if one.name not in self.rows]
            if not missing:
                stack.section(place)
                self._next.ask()
                return
            until = time.perf_counter() + PIECE_SECONDS
            for field in missing:
                made = self._maker.make(stack.register, field)
                self.rows[field.name] = FieldRow(field, made, self._shelf)
                if time.perf_counter() >= until:
                    break
            self._next.ask()
            return
