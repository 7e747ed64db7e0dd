"""What a form carries from one record to the next: texts to copy, and texts to keep."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.schema.definition import Register

if TYPE_CHECKING:
    from desktop.service.draft import Draft


class FormMemory:
    """One per form page."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self.kept = {one.name for one in register.fields if one.keep}
        """Names of the fields whose answer goes into the next record."""
        self._previous: dict[tuple[str, str], str] = {}

    def remember(self, draft: Draft) -> None:
        """Take the texts of a stored record that is left; the last row of each child counts."""
        texts = {
            (row.register.name, name): text
            for row in draft.rows()
            for name, text in row.texts.items()
            if text
        }
        if texts and not draft.is_new:
            self._previous = texts

    def text_before(self, register: str, name: str) -> str:
        """The same field's text in the record before, "" if there is none."""
        return self._previous.get((register, name), "")

    def keep(self, name: str, on: bool) -> None:
        """Keep a field's answer for the next record, or no longer."""
        (self.kept.add if on else self.kept.discard)(name)

    def kept_texts(self, draft: Draft) -> dict[str, str]:
        """Texts for the next record, by field."""
        row = draft.row
        texts = {name: row.texts.get(name, "") for name in self.kept if name not in row.hidden}
        return {name: text for name, text in texts.items() if text}
