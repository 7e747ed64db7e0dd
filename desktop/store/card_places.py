"""Whom a card's number belongs to, and which unit and hamlet of today its residence means.

Units are compared by name without their kind (“Xã”, “Phường”) and without accents, with the units
above them as far as the card names them; an old unit leads to the one that took its people over. A
name with two answers is none: nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desktop.base.text import fold
from desktop.schema.definition import FieldType, Forms, Register
from desktop.store.driver import Connection, quoted

_KINDS = re.compile(
    r"^(?:tinh|thanh pho|tp|quan|huyen|thi xa|tx|phuong|xa|thi tran|tt|dac khu|p|q|h|x)\.? +"
)
_HAMLETS = (("tdp ", "to dan pho "), ("kdc ", "khu dan cu "), ("tk ", "tieu khu "))
_NUMBER = re.compile(r"\bso +(?=\d)|\b0+(?=\d)")
_MOST_STEPS = 4
"""Reforms that a unit of the catalogue may have gone through."""


@dataclass(frozen=True)
class Residence:
    """What a residence means."""

    unit: str = ""
    """Id of a commune of today, "" where none or several could be meant."""
    before_unit: tuple[str, ...] = ()
    """Parts that stand before the unit's name."""
    why: str = ""
    """"unknown" or "several", where there is no unit."""


def bearers(connection: Connection, register: str, columns: Sequence[tuple[str, str]]) -> list[str]:
    """Ids of records that are not deleted with one of these (column, number), in order of age."""
    asked = [(column, number) for column, number in columns if column and number]
    if not asked:
        return []
    where = " OR ".join(f"{quoted(column)} = ?" for column, _ in asked)
    statement = (
        f"SELECT id FROM main.{quoted(register)} WHERE ({where}) AND deleted_at IS NULL ORDER BY id"
    )
    found = connection.execute(statement, [number for _, number in asked])
    return [str(row[0]) for row in found.fetchall()]


def residence_of(connection: Connection, text: str, day: str) -> Residence:
    """The unit in force on an ISO day that a residence with commas means."""
    parts = [part.strip() for part in text.split(",") if part.strip()]
    meant: dict[str, tuple[str, ...]] = {}
    for place in range(max(0, len(parts) - 3), len(parts) - 1):
        for unit in _named(connection, parts[place], parts[place + 1 :]):
            for today in _today(connection, unit, day):
                meant.setdefault(today, tuple(parts[:place]))
    if len(meant) == 1:
        unit, before = next(iter(meant.items()))
        return Residence(unit, before)
    return Residence(before_unit=tuple(parts), why="several" if meant else "unknown")


def hamlet_of(
    connection: Connection, forms: Forms, register: str, unit: str, parts: Sequence[str]
) -> tuple[str, str]:
    """(id, the part that names it) of the one hamlet of a unit; ("", "") for none or several."""
    defined = forms.registers[register]
    column = next((one.name for one in defined.fields if one.to == "admin_unit"), "")
    names = [name for name in _texts(defined) if name]
    if not column or not names:
        return "", ""
    columns = ", ".join(map(quoted, names))
    rows = connection.execute(
        f"SELECT id, {columns} FROM main.{quoted(register)} "
        f"WHERE {quoted(column)} = ? AND deleted_at IS NULL",
        (unit,),
    ).fetchall()
    for part in reversed(parts):
        key = _hamlet_key(part)
        found = {str(row[0]) for row in rows if key in map(_hamlet_key, filter(None, row[1:]))}
        if len(found) == 1:
            return found.pop(), part
    return "", ""


def _texts(register: Register) -> Iterator[str]:
    for name in register.search:
        one = register.field_of_name.get(name)
        if one is not None and one.type is FieldType.TEXT:
            yield name


def _hamlet_key(text: str) -> str:
    key = fold(text).replace(".", " ")
    for short, whole in _HAMLETS:
        if key.startswith(short):
            key = whole + key.removeprefix(short)
    return " ".join(_NUMBER.sub("", key).split())


def _bare(name: str) -> str:
    """A unit's name without its kind: “Phường Hà Nam” and “P. Hà Nam” → “ha nam”."""
    key = fold(name)
    bare = _KINDS.sub("", key)
    # “Phường 1” and “Quận 3” are called so.
    return key if bare.isdigit() else bare


def _named(connection: Connection, name: str, above: Sequence[str]) -> list[str]:
    """Ids of communes of any time with this name in the units named after it."""
    rows = connection.execute(
        "SELECT u.id, u.name, p.name, pp.name FROM main.admin_unit AS u "
        "LEFT JOIN main.admin_unit AS p ON p.id = u.parent "
        "LEFT JOIN main.admin_unit AS pp ON pp.id = p.parent "
        "WHERE u.level = 'XA' AND u.deleted_at IS NULL AND instr(u.search_key, ?) > 0",
        (_bare(name),),
    ).fetchall()
    wanted = [_bare(one) for one in above]
    return [
        str(id)
        for id, own, *parents in rows
        if _bare(own) == _bare(name) and [_bare(one) for one in parents if one] == wanted
    ]


def _today(connection: Connection, unit: str, day: str) -> set[str]:
    """Units of a day that an older one's people live in now."""
    units = {unit}
    for _ in range(_MOST_STEPS):
        following: set[str] = set()
        for one in units:
            following |= _successors(connection, one, day) or {one}
        if following == units:
            break
        units = following
    return {one for one in units if _is_in_force(connection, one, day)}


def _successors(connection: Connection, unit: str, day: str) -> set[str]:
    rows = connection.execute(
        "SELECT new_unit FROM main.admin_unit_successor WHERE old_unit = ? AND people <> 'NONE' "
        "AND effective <= ? AND new_unit <> old_unit AND deleted_at IS NULL",
        (unit, day),
    )
    return {str(row[0]) for row in rows.fetchall()}


def _is_in_force(connection: Connection, unit: str, day: str) -> bool:
    found = connection.execute(
        "SELECT 1 FROM main.admin_unit WHERE id = ? AND deleted_at IS NULL "
        "AND coalesce(valid_from, '') <= ? AND coalesce(valid_to, '9999') >= ?",
        (unit, day, day),
    )
    return found.fetchone() is not None
