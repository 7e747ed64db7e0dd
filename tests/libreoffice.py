"""Let LibreOffice work a workbook out anew: an opinion on every formula that is not ours."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook

PROGRAM = shutil.which("soffice")
SECONDS = 180
# "Recalculate on load: always", which is not the default for files of other programs.
ALWAYS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def convert(path: Path, folder: Path, kind: str) -> Path:
    """`path` as `kind` ("xlsx", "pdf"), worked out anew, in `folder`."""
    assert PROGRAM, "LibreOffice is missing: python3 build/dev.py setup installs it"
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True, exist_ok=True)
    (profile / "user" / "registrymodifications.xcu").write_text(ALWAYS, encoding="utf-8")
    out = folder / kind
    subprocess.run(
        [
            PROGRAM,
            f"-env:UserInstallation={profile.as_uri()}",
            "--headless",
            "--convert-to",
            kind,
            "--outdir",
            str(out),
            str(path),
        ],
        check=True,
        capture_output=True,
        timeout=SECONDS,
        env={**os.environ, "HOME": str(folder)},
    )
    return out / f"{path.stem}.{kind}"


def values_of(path: Path) -> dict[str, list[list[Any]]]:
    """Cell values by sheet, as calamine reads them, from A1 on."""
    with CalamineWorkbook.from_path(str(path)) as book:
        return {
            name: book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            for name in book.sheet_names
        }


def differences(path: Path, folder: Path) -> list[str]:
    """Cells whose value is another one after LibreOffice has worked everything out."""
    written, anew = values_of(path), values_of(convert(path, folder, "xlsx"))
    found = []
    for sheet, rows in written.items():
        for row, cells in enumerate(rows):
            for column, value in enumerate(cells):
                other = _at(anew[sheet], row, column)
                if not _same(value, other):
                    found.append(f"{sheet} R{row + 1}C{column + 1}: {value!r} ≠ {other!r}")
    return found


def _at(rows: list[list[Any]], row: int, column: int) -> Any:
    return rows[row][column] if row < len(rows) and column < len(rows[row]) else ""


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, float) and isinstance(other, float):
        return abs(one - other) < 1e-9
    return bool(one == other)
