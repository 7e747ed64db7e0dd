"""What records are found by from anywhere in the program: id, folded text, length of the name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from desktop.base.text import fold
from desktop.schema.definition import Field, FieldType, Forms, Register
from desktop.store.driver import Connection, placeholders, quoted
from desktop.store.list_queries import ListQueries, searched_text

NameKey = tuple[str, str, int]
"""Id, folded text, how many of its first words are the name."""

_BATCH = 2000
_VALID_TO = "valid_to"


def found_by_name(forms: Forms) -> list[Register]:
    """Registers whose records are looked for by name or number from anywhere: people first, then
    what bears a number, then what other records refer to by a name of its own."""
    found = [one for one in forms.registers.values() if not one.parent and _has_name(forms, one)]
    return sorted(found, key=lambda one: (not one.person, not one.number_field, one.order))


def _has_name(forms: Forms, register: Register) -> bool:
    if register.person or register.number_field:
        return True
    return _name_field(register) is not None and register.name in forms.referred


def _name_field(register: Register) -> Field | None:
    """The text a search key begins with."""
    first = next((one for one in register.fields if register.search[:1] == (one.name,)), None)
    return first if first is not None and first.type is FieldType.TEXT else None


def name_keys(connection: Connection, forms: Forms, register: Register) -> Iterator[NameKey]:
    """Of every record that is not deleted, in the register's order; units in force first."""
    current = ""
    if any(one.name == _VALID_TO for one in register.fields):
        current = f"t.{_VALID_TO} IS NOT NULL, "
    ordered = ListQueries(forms, register).ordered.replace("ORDER BY ", f"ORDER BY {current}", 1)
    cursor = connection.execute(f"{_select(forms, register)} WHERE t.deleted_at IS NULL {ordered}")
    while rows := cursor.fetchmany(_BATCH):
        yield from (_key(*row) for row in rows)


def name_keys_of(
    connection: Connection, forms: Forms, register: Register, ids: Sequence[str]
) -> list[NameKey]:
    """Of these records, those that are there and not deleted."""
    statement = (
        f"{_select(forms, register)} WHERE t.deleted_at IS NULL AND t.id IN ({placeholders(ids)})"
    )
    return [_key(*row) for row in connection.execute(statement, list(ids))]


def _select(forms: Forms, register: Register) -> str:
    text, joins = searched_text(forms, register)
    field = _name_field(register)
    name = f"t.{quoted(field.name)}" if field is not None else "''"
    return f"SELECT t.id, {text}, {name} FROM main.{quoted(register.name)} AS t{joins}"


def _key(id: str, text: str, name: str | None) -> NameKey:
    folded = fold(name) if name else ""
    words = folded.count(" ") + 1 if folded and text.startswith(folded) else 0
    return id, " ".join(text.split()), words
