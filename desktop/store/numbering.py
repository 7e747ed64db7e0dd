"""Numbers given by the program, per register, unit and year; none is ever given twice."""

from __future__ import annotations

import re
from functools import lru_cache
from string import Formatter

from desktop.schema.definition import Register
from desktop.store.driver import Connection


def unit_code(unit_id: str | None) -> str:
    """The official code inside an id of the catalogue of units: `XA.13366.20250701` → `13366`."""
    parts = (unit_id or "").split(".")
    return parts[1] if len(parts) > 2 else parts[0]


def take_numbers(
    connection: Connection, register: Register, unit_id: str | None, year: int, count: int
) -> list[str]:
    """Take the unit's next `count` numbers of the year, inside the caller's transaction; rolled
    back, it gives them back unused."""
    unit = unit_code(unit_id)
    # A part the format does not show must not start the count again.
    shown = {name for _, name, _, _ in Formatter().parse(register.number_format)}
    series = (unit if "unit" in shown else "", year if "year" in shown else 0)
    last = connection.execute(
        "INSERT INTO counter VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE "
        "SET last = last + excluded.last RETURNING last",
        (register.name, *series, count),
    ).fetchone()[0]
    return [
        register.number_format.format(unit=unit, year=year, n=n)
        for n in range(last - count + 1, last + 1)
    ]


def note_number(connection: Connection, register: Register, number: str) -> None:
    """Keep a number that came from outside from being given again."""
    match = _pattern(register.number_format).fullmatch(number)
    if match is None:
        return
    parts = match.groupdict()
    connection.execute(
        "INSERT INTO counter VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE "
        "SET last = max(last, excluded.last)",
        (register.name, parts.get("unit", ""), int(parts.get("year", 0)), int(parts["n"])),
    )


@lru_cache(maxsize=64)
def _pattern(number_format: str) -> re.Pattern[str]:
    """The format as an expression with the groups unit, year and n."""
    kinds = {"unit": r"\w*", "year": r"\d{4}", "n": r"\d{1,15}"}
    pattern = ""
    for text, name, _, _ in Formatter().parse(number_format):
        pattern += re.escape(text)
        if name is not None:
            pattern += f"(?P<{name}>{kinds[name]})"
    return re.compile(pattern)
