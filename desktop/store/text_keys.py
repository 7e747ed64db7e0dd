"""`search_key` and `sort_key` of a record: what is searched, and its place in a list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from desktop.base.text import fold, sort_key, text_sort_key
from desktop.schema.definition import Field, FieldType, Forms, Register
from desktop.store.driver import Connection, Stored
from desktop.store.titles import Titles, shown_value

_WORDS = (FieldType.TEXT, FieldType.NOTE)


class TextKeys:
    """Computes the keys of one register's records; remembers titles of records they refer to."""

    def __init__(self, connection: Connection, forms: Forms, register: Register) -> None:
        self._forms = forms
        self._register = register
        self._titles = Titles(connection, forms)
        # In the order of `search`: a rule finds people of the same name by how the key begins.
        searched = [register.field(name) for name in register.search]
        self._searched = [field for field in searched if field.type is not FieldType.REFERENCE]

    def prepare(self, rows: Iterable[Mapping[str, Stored]]) -> None:
        """Look up at once what the titles of these records refer to."""
        if not self._register.person:
            self._titles.prepare(self._register, rows)

    def of(self, values: Mapping[str, Stored]) -> tuple[str, str]:
        """(search key, sort key). A reference that is searched is joined in when the list loads:
        its text may change later without this record."""
        found = " ".join(self._text(field, values) for field in self._searched)
        return fold(found), self._sort_key(values)

    def _text(self, field: Field, values: Mapping[str, Stored]) -> str:
        if field.type in _WORDS:
            return str(values[field.name] or "")
        return shown_value(self._forms, field, values)

    def _sort_key(self, values: Mapping[str, Stored]) -> str:
        if self._register.person:
            return _person_key(str(values["full_name"] or ""))
        return text_sort_key(self._titles.rendered(self._register, values))


@lru_cache(maxsize=1 << 12)
def _person_key(full_name: str) -> str:
    return sort_key(full_name)
