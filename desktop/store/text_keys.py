"""`search_key` and `sort_key` of a record: what is searched, and its place in a list."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from functools import lru_cache

from desktop.base.text import fold, sort_key, text_sort_key
from desktop.schema.definition import Field, FieldType, Forms, Register
from desktop.store.driver import Connection, Stored, quoted
from desktop.store.tables import field_columns
from desktop.store.titles import Titles, shown_value

_VERSION = 1
"""Of `base.text`: a change there that makes other keys counts up here."""

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
        self._has_place = has_place(forms, register)

    def prepare(self, rows: Iterable[Mapping[str, Stored]]) -> None:
        """Look up at once what the titles of these records refer to."""
        if self._has_place and not self._register.person:
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
        if not self._has_place:
            return ""
        return text_sort_key(self._titles.rendered(self._register, values))


def has_place(forms: Forms, register: Register) -> bool:
    """True if records are put in order by their title: in their own list, or where a column of
    another list refers to them. Working it out for thousands of services would take longer than
    writing them."""
    own = not register.sort or any(name.lstrip("-") == "sort_key" for name in register.sort)
    return own or register.name in forms.referred


def keys_digest(forms: Forms, register: Register) -> str:
    """What the keys of a register's records depend on besides the records; another one means that
    they have to be computed anew."""
    fields = [(field.name, field.type, field.list) for field in register.fields]
    has = has_place(forms, register)
    used = (_VERSION, register.search, register.title_format, register.person, has, fields)
    return hashlib.sha256(repr(used).encode()).hexdigest()


def compute_anew(connection: Connection, forms: Forms, register: Register) -> None:
    """Write the keys of every record of a top-level register, inside the caller's transaction."""
    columns = field_columns(register)
    listed = ", ".join(quoted(name) for name in ("id", *columns))
    table = f"main.{quoted(register.name)}"
    found = connection.execute(f"SELECT {listed} FROM {table}").fetchall()
    rows = [dict(zip(("id", *columns), row, strict=True)) for row in found]
    keys = TextKeys(connection, forms, register)
    keys.prepare(rows)
    connection.executemany(
        f"UPDATE {table} SET search_key = ?, sort_key = ? WHERE id = ?",
        [(*keys.of(row), row["id"]) for row in rows],
    )


@lru_cache(maxsize=1 << 12)
def _person_key(full_name: str) -> str:
    return sort_key(full_name)
