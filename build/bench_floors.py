"""The floors: the least that the same rows cost, with the program's own connection settings."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from desktop.base.identity import new_id
from desktop.store.database import Database
from desktop.store.shapes import Shape, shape_of

NOW = "2026-06-14T08:00:00+07:00"
BY = "san"


def put_bare(database: Database, file: Path) -> None:
    """json.loads, then record by record its row, its child rows and its journal row as they are;
    one transaction."""
    items = json.loads(file.read_text(encoding="utf-8"))
    shape = shape_of(database.forms, "client")
    with database.transaction() as connection:
        connection.execute(
            "INSERT INTO change (id, at, \"by\", host, label, kind) VALUES (-1, ?, ?, '', '', ?)",
            (NOW, BY, "import"),
        )
        for position, item in enumerate(items):
            id = new_id()
            connection.execute(shape.insert, _row(shape, id, item))
            for child in shape.children:
                for place, row in enumerate(item.get(child.name, ())):
                    values = (new_id(), id, place, *_cells(child.columns, row))
                    connection.execute(child.insert, values)
            connection.execute(
                "INSERT INTO journal VALUES (?, ?, ?, ?, ?, ?)",
                (-position - 1, -1, "client", id, None, json.dumps(item, ensure_ascii=False)),
            )


def _row(shape: Shape, id: str, item: dict[str, Any]) -> tuple[Any, ...]:
    name = item["full_name"]
    common = (id, None, NOW, BY, NOW, BY, 1, None, "NHAP_TAY", name, name)
    return (*common, *_cells(shape.columns, item))


def _cells(columns: tuple[str, ...], item: dict[str, Any]) -> list[Any]:
    found = []
    for column in columns:
        value = item.get(column)
        found.append(json.dumps(value) if isinstance(value, list) else value)
    return found


def commit_bare(database: Database, register: str, id: str) -> None:
    """One durable commit that writes the whole row anew."""
    shape = shape_of(database.forms, register)
    listed = ", ".join(f'"{column}" = "{column}"' for column in shape.columns)
    with database.transaction() as connection:
        connection.execute(
            f'UPDATE main."{register}" SET {listed}, updated_at = ? WHERE id = ?', (NOW, id)
        )


PASSES = 10


def join_ten_times(database: Database) -> None:
    """Ten passes over both tables, joined and grouped as a column of a sheet is counted."""
    reader = database.reader()
    for _ in range(PASSES):
        reader.execute(
            """SELECT c.main_category, c.sex, count(DISTINCT s.client), count(*), sum(s.value)
            FROM service_event AS s JOIN client AS c ON c.id = s.client
            WHERE s.deleted_at IS NULL AND c.deleted_at IS NULL
            GROUP BY c.main_category, c.sex"""
        ).fetchall()
    reader.close()


def cells_of(workbook: Path) -> dict[str, list[list[Any]]]:
    """Every cell of a workbook by sheet."""
    from python_calamine import CalamineWorkbook

    found = CalamineWorkbook.from_path(str(workbook))
    return {name: found.get_sheet_by_name(name).to_python() for name in found.sheet_names}


def write_bare(cells: dict[str, list[list[Any]]], path: Path) -> None:
    """The cells without formats, in a new workbook."""
    import xlsxwriter

    with xlsxwriter.Workbook(str(path), {"default_date_format": "dd/mm/yyyy"}) as workbook:
        for name, rows in cells.items():
            sheet = workbook.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, value in enumerate(row):
                    if value != "":
                        sheet.write(number, column, value)
