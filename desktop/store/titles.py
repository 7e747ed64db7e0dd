"""What a record is called: its title and the quiet line under it, from the register's formats."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from string import Formatter

from desktop.schema.definition import Field, FieldType, Forms, Register
from desktop.schema.types import from_columns, show
from desktop.store.driver import Connection, Stored, placeholders, quoted

SEPARATOR = " · "
"""Between the parts of a format that disappear together with their field when it is empty."""

_DEEPEST = 3  # a title may name a record whose title names another
_CHUNK = 500  # ids in one statement


@dataclass(frozen=True, slots=True)
class Title:
    """How a record is called, for look-ups, lists and messages."""

    id: str
    title: str
    subtitle: str = ""
    deleted: bool = False


class Titles:
    """Titles of records, remembered; made for one piece of work, so that it sees one state."""

    def __init__(self, connection: Connection, forms: Forms) -> None:
        self._connection = connection
        self._forms = forms
        self._kept: dict[tuple[str, str], Title] = {}

    def of(self, register: str, ids: Iterable[str]) -> dict[str, Title]:
        """Id → title, for the ids that are there."""
        wanted = set(ids)
        self._load(register, wanted, 0)
        kept = self._kept
        return {id: kept[register, id] for id in wanted if (register, id) in kept}

    def prepare(self, register: Register, rows: Iterable[Mapping[str, Stored]]) -> None:
        """Look up at once what the titles of these records will name."""
        rows = list(rows)
        for field in _references(register, register.title_format):
            self._load(field.to, {str(row[field.name]) for row in rows if row[field.name]}, 1)

    def rendered(self, register: Register, values: Mapping[str, Stored]) -> str:
        """The title of a record that is not stored yet, from its column values."""
        for field in _references(register, register.title_format):
            if values.get(field.name):
                self._load(field.to, {str(values[field.name])}, 1)
        return self._render(register, register.title_format, values)

    def _load(self, register: str, ids: set[str], depth: int) -> None:
        missing = [id for id in ids if (register, id) not in self._kept]
        if not missing or depth > _DEEPEST:
            return
        defined = self._forms.registers[register]
        formats = (defined.title_format, defined.subtitle_format)
        columns = sorted({name for text in formats for name in _columns(defined, text)})
        for start in range(0, len(missing), _CHUNK):
            self._load_chunk(defined, columns, missing[start : start + _CHUNK], depth)

    def _load_chunk(
        self, register: Register, columns: list[str], ids: list[str], depth: int
    ) -> None:
        deleted = "NULL" if register.parent else "deleted_at"
        listed = ", ".join(["id", deleted, *(quoted(name) for name in columns)])
        found = self._connection.execute(
            f"SELECT {listed} FROM main.{quoted(register.name)} WHERE id IN ({placeholders(ids)})",
            ids,
        ).fetchall()
        rows = [dict(zip(("id", "deleted_at", *columns), row, strict=True)) for row in found]
        for text in (register.title_format, register.subtitle_format):
            for field in _references(register, text):
                named = {str(row[field.name]) for row in rows if row[field.name]}
                self._load(field.to, named, depth + 1)
        for row in rows:
            self._kept[register.name, str(row["id"])] = Title(
                str(row["id"]),
                self._render(register, register.title_format, row) or register.one,
                self._render(register, register.subtitle_format, row),
                row["deleted_at"] is not None,
            )

    def _render(self, register: Register, text: str, values: Mapping[str, Stored]) -> str:
        segments = []
        for segment in _segments(text):
            shown = ""
            filled = not any(name for _, name in segment)
            for literal, name in segment:
                value = self._value(register, name, values) if name else ""
                filled = filled or bool(value)
                shown += literal + value
            if filled:
                segments.append(shown.strip())
        return SEPARATOR.join(segments)

    def _value(self, register: Register, name: str, values: Mapping[str, Stored]) -> str:
        field = _field(register, name)
        if field is None:
            value = values.get(name)
            return "" if value is None else str(value)
        if field.type is FieldType.REFERENCE:
            title = self._kept.get((field.to, str(values.get(field.name))))
            return title.title if title else ""
        return shown_value(self._forms, field, values)


def shown_value(forms: Forms, field: Field, values: Mapping[str, Stored]) -> str:
    """A field's value as on screen, "" where there is none; a reference's as its id."""
    if field.type in (FieldType.TEXT, FieldType.NOTE, FieldType.REFERENCE):
        value = values.get(field.name)
        return "" if value is None else str(value)
    return show(field, from_columns(field, values), forms.lists)


@lru_cache(maxsize=256)
def _segments(text: str) -> tuple[tuple[tuple[str, str], ...], ...]:
    """The format as segments of (literal, field name or "")."""
    return tuple(
        tuple((literal, name or "") for literal, name, _, _ in Formatter().parse(part))
        for part in text.split(SEPARATOR)
        if part
    )


def _names(text: str) -> list[str]:
    return [name for segment in _segments(text) for _, name in segment if name]


def _field(register: Register, name: str) -> Field | None:
    return next((field for field in register.fields if field.name == name), None)


def _columns(register: Register, text: str) -> list[str]:
    """Columns the format reads: of fields, or named as columns."""
    found: list[str] = []
    for name in _names(text):
        field = _field(register, name)
        found += field.columns if field else [name]
    return found


def _references(register: Register, text: str) -> list[Field]:
    """Reference fields the format names."""
    found = (_field(register, name) for name in _names(text))
    return [one for one in found if one is not None and one.type is FieldType.REFERENCE]
