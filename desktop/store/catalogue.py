"""Code lists and catalogues put into tables: `code` from forms/lists, registers from CSV files.

A catalogue's ids say what they are, so that every office has the same: `XA.13366.20250701` for a
unit, `TINH.35.` for one known from the start, else the register and the file's leading columns.
"""

from __future__ import annotations

import csv
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from desktop.base.errors import translate_os_error
from desktop.schema.definition import CodeList, Forms, Register
from desktop.schema.names import TOP_COLUMNS
from desktop.store.driver import Connection, Stored, quoted
from desktop.store.tables import column_types, field_columns
from desktop.store.text_keys import TextKeys

ORIGIN = "DANH_MUC"
BY = "DANH_MUC"
"""`origin` and `created_by` of rows that came with the program."""

_OPEN_END = "9999-12-31"
Row = dict[str, Stored]


def fill_codes(connection: Connection, forms: Forms) -> None:
    """Put the code lists into `code`, in place of what is there."""
    connection.execute("DELETE FROM code")
    rows = [row for code_list in forms.lists.values() for row in _code_rows(code_list)]
    connection.executemany(f"INSERT INTO code VALUES ({', '.join('?' * 11)})", rows)


def _code_rows(code_list: CodeList) -> Iterable[tuple[Stored, ...]]:
    for position, value in enumerate(code_list.values):
        yield (
            code_list.name, value.code, value.label, value.label_en, value.short,
            value.parent or None, int(value.restricted), value.valid_from or None,
            value.valid_to or None, f" {' '.join(value.tags)} " if value.tags else " ", position,
        )  # fmt: skip


def changed_files(kept: Mapping[str, str], forms: Forms, folder: Path) -> list[str]:
    """Catalogue files that are not those the database was filled from (`kept`: its meta)."""
    return [
        name for name in _files(forms) if kept.get(f"catalogue:{name}") != _digest(folder, name)
    ]


def fill_catalogues(connection: Connection, forms: Forms, folder: Path, *, now: str) -> None:
    """Put changed catalogue files into their registers; a row whose id is there is brought up to
    date, and none is taken away, for records may refer to it. Raises `UserError` for a file that
    cannot be read."""
    kept = dict(connection.execute("SELECT name, value FROM meta"))
    changed = changed_files(kept, forms, folder)
    for register in forms.registers.values():
        if register.catalogue in changed:
            rows = catalogue_rows(register, _read(folder / register.catalogue))
            _put(connection, forms, register, rows, now)
    connection.executemany(
        "INSERT OR REPLACE INTO meta VALUES (?, ?)",
        [(f"catalogue:{name}", _digest(folder, name)) for name in changed],
    )


def catalogue_rows(register: Register, lines: list[dict[str, str]]) -> list[Row]:
    """The lines of a CSV file as column values with `id`; cells of unknown columns are left out."""
    types = column_types(register)
    columns = set(field_columns(register))
    ids = _ids(register, lines)
    parents = _parents(lines, ids) if lines and "parent_code" in lines[0] else [None] * len(lines)
    rows = []
    for line, id, parent in zip(lines, ids, parents, strict=True):
        row: Row = dict.fromkeys(columns)
        for name, text in line.items():
            if name in columns:
                row[name] = _value(types[name], text)
        if "parent" in columns and parent is not None:
            row["parent"] = parent
        rows.append(row | {"id": id})
    return rows


def _value(kind: str, text: str) -> Stored:
    if text == "":
        return None
    if kind == "INTEGER":
        return int(text)
    return float(text) if kind == "REAL" else text


def unit_id(level: str, code: str, valid_from: str) -> str:
    """The id of an administrative unit; `valid_from` an ISO date, or "" from the start."""
    return f"{level}.{code}.{valid_from.replace('-', '')}"


def _ids(register: Register, lines: list[dict[str, str]]) -> list[str]:
    if lines and {"level", "code", "valid_from"} <= lines[0].keys():
        return [unit_id(line["level"], line["code"], line["valid_from"]) for line in lines]
    # The fewest leading columns that tell the lines apart.
    names = list(lines[0]) if lines else []
    for count in range(1, len(names) + 1):
        ids = [".".join((register.name, *(line[n] for n in names[:count]))) for line in lines]
        if len(set(ids)) == len(ids):
            return ids
    raise ValueError(f"{register.catalogue} holds the same line twice")


def _parents(lines: list[dict[str, str]], ids: list[str]) -> list[str | None]:
    """Id of each unit's parent: the one of that code in force on the unit's last day.

    Codes of levels have different lengths (2, 3, 5 digits), so a code says its level.
    """
    by_code: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for line, id in zip(lines, ids, strict=True):
        by_code[line["code"]].append((line["valid_from"], line["valid_to"] or _OPEN_END, id))
    found: list[str | None] = []
    for line in lines:
        last = line["valid_to"] or _OPEN_END
        fitting = (
            [id for start, end, id in by_code[line["parent_code"]] if start <= last <= end]
            if line["parent_code"]
            else []
        )
        found.append(fitting[-1] if fitting else None)
    return found


def _put(
    connection: Connection, forms: Forms, register: Register, rows: list[Row], now: str
) -> None:
    columns = field_columns(register)
    keys = TextKeys(connection, forms, register)
    names = (*TOP_COLUMNS, *columns)
    updated = ("updated_at", "search_key", "sort_key", *columns)
    sets = ", ".join(f"{quoted(name)} = excluded.{quoted(name)}" for name in updated)
    statement = (
        f"INSERT INTO main.{quoted(register.name)} ({', '.join(map(quoted, names))}) "
        f"VALUES ({', '.join('?' * len(names))}) "
        f"ON CONFLICT (id) DO UPDATE SET row_version = row_version + 1, {sets}"
    )
    keys.prepare(rows)
    connection.executemany(
        statement,
        [
            (row["id"], None, now, BY, now, BY, 1, None, ORIGIN, *keys.of(row),
             *(row[column] for column in columns))
            for row in rows
        ],
    )  # fmt: skip


def _files(forms: Forms) -> list[str]:
    return sorted({one.catalogue for one in forms.registers.values() if one.catalogue})


def _read(path: Path) -> list[dict[str, str]]:
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            return list(csv.DictReader(stream))
    except OSError as error:
        raise translate_os_error(error, path) from error


def _digest(folder: Path, name: str) -> str:
    path = folder / name
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise translate_os_error(error, path) from error
