"""What a form carries from one record to the next: texts to copy, and texts to keep."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.schema.definition import Field, Register
from desktop.widget.window_settings import kept_fields, put_kept_fields

if TYPE_CHECKING:
    from desktop.base.settings import Settings
    from desktop.service.draft import Draft


class FormMemory:
    """One per form page."""

    def __init__(self, register: Register, settings: Settings) -> None:
        self._register = register
        self._settings = settings
        chosen = kept_fields(settings, register.name)
        self.kept = {
            one.name
            for one in register.fields
            if can_keep(one, register) and (one.keep if chosen is None else one.name in chosen)
        }
        """Names of the fields whose answer goes into the next record; as chosen last, in another
        session too."""
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
        put_kept_fields(self._settings, self._register.name, self.kept)

    def kept_texts(self, draft: Draft) -> dict[str, str]:
        """Texts for the next record, by field."""
        row = draft.row
        texts = {name: row.texts.get(name, "") for name in self.kept if name not in row.hidden}
        return {name: text for name, text in texts.items() if text}


def can_keep(field: Field, register: Register) -> bool:
    """False for what is worked out, and for the number a record is given when it is saved."""
    return not field.computed and field.name != register.number_field
