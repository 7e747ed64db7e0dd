"""Mistakes in forms/reports are found all at once, each with its file and place."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from desktop.base.errors import DefinitionError
from desktop.report.loader import lint_reports, load_reports
from tests.report.office import FORMS_FOLDER, forms


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of forms/reports to make mistakes in."""
    copy = tmp_path / "forms" / "reports"
    shutil.copytree(FORMS_FOLDER / "reports", copy)
    return copy


def change(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def found(folder: Path) -> dict[str, str]:
    """Code of each mistake by place."""
    return {problem.place: problem.code for problem in lint_reports(folder, forms())}


def test_what_is_shipped_has_no_mistake() -> None:
    assert lint_reports(FORMS_FOLDER / "reports", forms()) == []


def test_all_mistakes_at_once(folder: Path) -> None:
    change(folder, "sheets/B05.toml", 'where = "opening"', 'wheer = "opening"')
    change(folder, "sheets/B07.toml", 'share = ["4", "1"]', 'share = ["4", "99"]')
    change(folder, "periods.toml", "latest_day = 25", 'latest_day = "25"')
    change(folder, "indicators.toml", 'numerator = "STAFFED1"', 'numerator = "STAFED1"')
    shutil.copy(folder / "sheets" / "B09.toml", folder / "sheets" / "B99.toml")
    with pytest.raises(DefinitionError) as error:
        load_reports(folder, forms())
    told = {problem.place: problem for problem in error.value.problems}
    assert told["forms/reports/sheets/B05.toml: part[I].column[1]"].code == "unknown-key"
    assert told["forms/reports/periods.toml: calendar[ND09].latest_day"].code == "kind"
    # What hangs on a file that cannot be read is told once that file is right.
    change(folder, "periods.toml", 'latest_day = "25"', "latest_day = 25")
    told = {problem.place: problem for problem in lint_reports(folder, forms())}
    assert told["forms/reports/sheets/B07.toml: part[I].column[5]"].code == "unknown-name"
    place = "forms/reports/indicators.toml: indicator[G1-1].measure"
    assert told[place].code == "unknown-name"
    assert "STAFFED1" in told[place].text  # the likely name
    assert told["forms/reports/sheets: sheet[B09]"].code == "duplicate"


@pytest.mark.parametrize(
    ("name", "old", "new", "place", "code"),
    [
        ("sheets/B05.toml", "form = 1", "form = 2", "form", "form"),
        ("sheets/B05.toml", 'label = "number"', 'label = "numbr"', "part[I].column[A].label",
         "unknown-value"),
        ("sheets/B05.toml", 'list = "CAT"', 'list = "CATS"', "part[I].row[2].list", "unknown-name"),
        ("sheets/B05.toml", 'register = "client"', 'register = "clients"',
         "part[I].source[care].register", "unknown-name"),
        ("sheets/B05.toml", 'plus = ["1", "2"]', 'plus = ["1", "22"]', "part[I].column[4]",
         "unknown-name"),
        ("sheets/B05.toml", 'is = "[5] <= [4]"', 'is = "[5] < [4]"', "part[I].relation",
         "relation"),
        ("sheets/B05.toml", 'is = "[5] <= [4]"', 'is = "[5] <= [44]"', "part[I].relation",
         "unknown-name"),
        ("sheets/B05.toml", 'is = "[5] <= [4]"', 'is = "[5] <= sum"', "part[I].relation",
         "relation"),
        ("sheets/B07.toml", "[B05/I!HC!6]", "[B55/I!HC!6]", "part[I].relation", "unknown-name"),
        ("sheets/B05.toml", 'name = "B05 Đối tượng"', 'name = "B05: Đối tượng"', "name", "tab"),
        ("settings.toml", 'default = "TY_LE"', 'default = "TYLE"', "setting[A1].default",
         "unknown-name"),
        ("facts.toml", 'name = "fact_poor"', 'name = "fact_who"', "fact[fact_who]", "duplicate"),
        ("facts.toml", 'name = "fact_poor"', 'name = "client"', "fact[client]", "duplicate"),
        ("indicators.toml", 'baseline = "CTV_GOC"', 'baseline = "CTVGOC"',
         "measure[COLLABORATORS_BASE].baseline", "unknown-name"),
        ("indicators.toml", 'code = "G1-1"', 'code = "G1-2"', "indicator[G1-2]", "duplicate"),
        ("indicators.toml", '"DIEM" = "G1-3.DIEM"', '"DIEMS" = "G1-3.DIEM"',
         "indicator[G1-3].chosen", "unknown-name"),
    ],
)  # fmt: skip
def test_a_mistake_and_its_place(
    folder: Path, name: str, old: str, new: str, place: str, code: str
) -> None:
    change(folder, name, old, new)
    assert found(folder)[f"forms/reports/{name}: {place}"] == code


@pytest.mark.parametrize(
    ("name", "old", "new", "place"),
    [
        ("sheets/B05.toml", 'where = "closing AND female"', 'where = "closing AND femal"',
         "part[I].column[5]"),
        ("sheets/B05.toml", "FROM fact_client", "FROM fact_clients", "part[I].source[care]"),
        ("sheets/B05.toml", "FROM fact_client", "FROM snapshot", "part[I].source[care]"),
        ("sheets/B05.toml", "last_managed >= :a", "last_managed >= :aa", "part[I].source[care]"),
        ("sheets/B05.toml", "FROM fact_client", "FROM meta", "part[I].source[care]"),
        ("sheets/B02.toml", 'value = "full_name"', 'value = "fullname"', "part[I].column[2]"),
        ("sheets/B05.toml", "SELECT count(*) FROM intake", "SELECT count(*) FROM intakes", "note"),
        ("sheets/B13.toml", "AS heading,", "AS headline,", "text"),
        ("sheets/B11.toml", "t.label AS title", "t.label AS titel", "part[I].row.frame"),
        ("facts.toml", "FROM household_poverty AS p", "FROM poverty AS p", "fact[fact_poor]"),
        ("facts.toml", "SELECT DISTINCT p.household", "DELETE FROM client; SELECT p.household",
         "fact[fact_poor]"),
        ("indicators.toml", "WHERE last >= :from", "WHERE latest >= :from", "measure[SERVED]"),
    ],
)  # fmt: skip
def test_bad_sql_is_tried_out(folder: Path, name: str, old: str, new: str, place: str) -> None:
    change(folder, name, old, new)
    assert found(folder) == {f"forms/reports/{name}: {place}": "sql"}


def test_a_file_that_is_no_toml_or_missing(folder: Path) -> None:
    (folder / "settings.toml").unlink()
    change(folder, "facts.toml", "form = 1", "form = ")
    codes = found(folder)
    assert codes["forms/reports/settings.toml"] == "missing-file"
    assert codes["forms/reports/facts.toml"] == "syntax"


def test_a_column_more_needs_no_python(folder: Path) -> None:
    """A new column with its condition, and a new row: counted, listed, in the right place."""
    change(
        folder,
        "sheets/B05.toml",
        "[[part.row]]\n",
        """[[part.column]]
code = "14"
title = "Nam"
population = "Người của cột 4 là nam hoặc chưa rõ giới tính."
where = "closing AND NOT female"

[[part.row]]
""",
    )
    assert lint_reports(folder, forms()) == []
    sheet = load_reports(folder, forms()).sheet("B05")
    assert sheet.part("I").column("14").counting().where == "closing AND NOT female"
