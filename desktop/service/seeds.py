"""What every new office begins with: base salaries and holidays known today, its own from then on.

They are ordinary records: whoever learns of a new decree changes or adds one.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.base.errors import UserError, translate_os_error
from desktop.base.translate import tr
from desktop.service.putting import put_records

if TYPE_CHECKING:
    from desktop.service.workspace import Workspace

SEEDS = {"base_salary": "base_salary.csv", "holiday": "holidays.csv"}
"""Register → file in resources/catalogues; columns that are no field are notes to developers."""


def plant_seeds(workspace: Workspace) -> None:
    """Fill the registers of a new office. Raises `UserError` for a file that cannot be used."""
    for register, name in SEEDS.items():
        fields = set(workspace.registers[register].field_of_name)
        path = workspace.paths.catalogues / name
        result = put_records(workspace, register, _items(path, fields))
        if result.problems:
            said = "\n".join(f"{at + 2}: {problem.message}" for at, problem in result.problems)
            raise UserError(tr("“{path}” has mistakes:\n{said}").format(path=path, said=said))


def _items(path: Path, fields: set[str]) -> Iterator[dict[str, str]]:
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            for line in csv.DictReader(stream):
                yield {key: text for key, text in line.items() if key in fields and text}
    except OSError as error:
        raise translate_os_error(error, path) from error
