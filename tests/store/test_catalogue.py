"""Code lists and catalogues in the database: units of both country models, by date."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from desktop.base.clock import FixedClock
from desktop.base.errors import UserError
from desktop.base.paths import bundled_root
from desktop.schema.definition import FieldType, Forms, Register
from desktop.schema.loader import load_forms
from desktop.store.catalogue import unit_id
from desktop.store.database import Database, create_database, open_database
from desktop.store.references import search

from .conftest import KEY, make_forms, of_type, text

HEAD = "level,code,type,name,parent_code,valid_from,valid_to\n"
OLD = (
    "TINH,35,tỉnh,Tỉnh Hà Nam,,,2025-06-30\n"
    "HUYEN,347,thành phố,Thành phố Phủ Lý,35,,2025-06-30\n"
    "XA,13285,phường,Phường Quang Trung,347,,2025-06-30\n"
)
NEW = (
    "TINH,37,tỉnh,Tỉnh Ninh Bình,,2025-07-01,\n"
    "XA,13285,phường,Phường Phủ Lý,37,2025-07-01,\n"
    "XA,13366,phường,Phường Hà Nam,37,2025-07-01,\n"
)
UNITS = Register(
    name="admin_unit",
    title="Đơn vị hành chính",
    title_format="{name}",
    subtitle_format="{parent}",
    search=("name", "code"),
    catalogue="units.csv",
    fields=(
        text("code"),
        text("level"),
        text("name"),
        of_type("parent", FieldType.REFERENCE, to="admin_unit"),
        of_type("valid_from", FieldType.DATE),
        of_type("valid_to", FieldType.DATE),
    ),
)
SALARY = Register(
    name="base_salary",
    title="Mức lương cơ sở",
    title_format="{amount}",
    catalogue="salary.csv",
    fields=(
        of_type("date_from", FieldType.DATE),
        of_type("amount", FieldType.MONEY),
        of_type("verified", FieldType.YES_NO),
    ),
)
FORMS = make_forms(UNITS, SALARY, rules=())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "catalogues"
    made.mkdir()
    (made / "units.csv").write_text(HEAD + OLD + NEW, encoding="utf-8")
    (made / "salary.csv").write_text(
        "date_from,amount,verified\n2023-07-01,1800000,1\n2024-07-01,2340000,\n", encoding="utf-8"
    )
    return made


@pytest.fixture
def filled(tmp_path: Path, folder: Path, clock: FixedClock) -> Iterator[Database]:
    with create_database(tmp_path / "o.db", KEY, FORMS, folder, clock) as made:
        yield made


def units(database: Database) -> dict[str, tuple[object, ...]]:
    rows = database.connection.execute("SELECT id, name, parent, valid_to FROM admin_unit")
    return {row[0]: row[1:] for row in rows}


def test_units_have_speaking_ids_and_parents_of_their_own_time(filled: Database) -> None:
    assert units(filled) == {
        "TINH.35.": ("Tỉnh Hà Nam", None, "2025-06-30"),
        "HUYEN.347.": ("Thành phố Phủ Lý", "TINH.35.", "2025-06-30"),
        "XA.13285.": ("Phường Quang Trung", "HUYEN.347.", "2025-06-30"),
        "TINH.37.20250701": ("Tỉnh Ninh Bình", None, None),
        "XA.13285.20250701": ("Phường Phủ Lý", "TINH.37.20250701", None),
        "XA.13366.20250701": ("Phường Hà Nam", "TINH.37.20250701", None),
    }
    assert unit_id("XA", "13285", "") == "XA.13285."


def test_numbers_come_as_numbers_and_blanks_as_nothing(filled: Database) -> None:
    rows = filled.connection.execute("SELECT id, amount, verified FROM base_salary ORDER BY id")
    assert rows.fetchall() == [
        ("base_salary.2023-07-01", 1800000, 1),
        ("base_salary.2024-07-01", 2340000, None),
    ]


def test_units_are_found_by_name_at_a_date(filled: Database) -> None:
    def found(text: str, day: str) -> list[str]:
        titles = search(filled.connection, FORMS, "admin_unit", text, day=day)
        return [title.id for title in titles]

    assert found("ha nam", "2025-06-14") == ["TINH.35."]
    assert found("ha nam", "2026-06-14") == ["XA.13366.20250701"]
    assert found("13285", "2025-06-30") == ["XA.13285."]
    assert found("13285", "2025-07-01") == ["XA.13285.20250701"]


def test_a_new_catalogue_is_taken_in_at_the_next_opening(filled: Database, folder: Path) -> None:
    filled.close()
    changed = HEAD + OLD + NEW.replace("Phường Hà Nam", "Phường Hà Nam mới")
    added = "TINH,38,tỉnh,Tỉnh Thanh Hóa,,2025-07-01,\n"
    (folder / "units.csv").write_text(changed + added, encoding="utf-8")
    with open_database(filled.path, KEY, FORMS, filled.clock, catalogues=folder) as again:
        assert units(again)["XA.13366.20250701"][0] == "Phường Hà Nam mới"
        assert len(units(again)) == 7
        found = search(again.connection, FORMS, "admin_unit", "ha nam moi")
        assert [title.title for title in found] == ["Phường Hà Nam mới"]


def test_a_unit_that_left_the_file_stays_for_the_records_that_name_it(
    filled: Database, folder: Path
) -> None:
    filled.close()
    (folder / "units.csv").write_text(HEAD + NEW, encoding="utf-8")
    with open_database(filled.path, KEY, FORMS, filled.clock, catalogues=folder) as again:
        assert "XA.13285." in units(again)


def test_the_same_files_are_not_read_again(filled: Database, folder: Path) -> None:
    filled.close()
    with open_database(filled.path, KEY, FORMS, filled.clock, catalogues=folder) as again:
        versions = again.connection.execute("SELECT DISTINCT row_version FROM admin_unit")
        assert versions.fetchall() == [(1,)]


def test_a_missing_catalogue_is_told_and_leaves_no_database(
    tmp_path: Path, folder: Path, clock: FixedClock
) -> None:
    (folder / "salary.csv").unlink()
    with pytest.raises(UserError, match=r"salary\.csv"):
        create_database(tmp_path / "o.db", KEY, FORMS, folder, clock)
    assert not (tmp_path / "o.db").exists()


def test_a_file_that_says_the_same_twice_is_refused(
    tmp_path: Path, folder: Path, clock: FixedClock
) -> None:
    line = "2023-07-01,1800000,1\n"
    (folder / "salary.csv").write_text(f"date_from,amount,verified\n{line}{line}", encoding="utf-8")
    with pytest.raises(ValueError, match=r"salary\.csv"):
        create_database(tmp_path / "o.db", KEY, FORMS, folder, clock)


def test_codes_stand_in_their_table_as_rules_read_them(database: Database) -> None:
    rows = database.connection.execute(
        "SELECT code, label, parent, restricted, valid_from, tags, position "
        "FROM code WHERE list = 'CAT' ORDER BY position"
    ).fetchall()
    assert rows == [
        ("05", "Người cao tuổi cô đơn", None, 0, None, " counted old ", 0),
        ("09", "Người nhiễm HIV/AIDS", None, 1, None, " ", 1),
    ]
    tagged = "SELECT code FROM code WHERE instr(tags, ' counted ')"
    assert database.connection.execute(tagged).fetchall() == [("05",)]


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    folder = tmp_path_factory.mktemp("shipped")
    forms: Forms = load_forms(bundled_root() / "forms")
    catalogues = bundled_root() / "resources" / "catalogues"
    clock = FixedClock(datetime(2026, 11, 23))
    with create_database(folder / "o.db", KEY, forms, catalogues, clock) as made:
        yield made


def test_the_shipped_catalogues_have_both_country_models(shipped: Database) -> None:
    def counted(day: str) -> dict[str, int]:
        rows = shipped.connection.execute(
            "SELECT level, count(*) FROM admin_unit WHERE coalesce(valid_from, '') <= ? "
            "AND coalesce(valid_to, '9') >= ? GROUP BY level",
            (day, day),
        )
        return dict(rows.fetchall())

    assert counted("2025-06-30") == {"TINH": 63, "HUYEN": 696, "XA": 10035}
    assert counted("2025-07-01") == counted("2026-11-23") == {"TINH": 34, "XA": 3321}
    total = shipped.connection.execute("SELECT count(*) FROM admin_unit").fetchone()[0]
    assert total == 14160


def test_every_shipped_unit_below_a_province_has_its_parent(shipped: Database) -> None:
    orphans = shipped.connection.execute(
        "SELECT id FROM admin_unit WHERE parent IS NULL AND level <> 'TINH'"
    )
    assert orphans.fetchall() == []
    wrong = shipped.connection.execute(
        "SELECT u.id FROM admin_unit u JOIN admin_unit p ON p.id = u.parent "
        "WHERE coalesce(p.valid_to, '9') < coalesce(u.valid_to, '9') OR p.level = u.level"
    )
    assert wrong.fetchall() == []
    dong_nai = shipped.connection.execute(
        "SELECT DISTINCT parent FROM admin_unit WHERE parent LIKE 'TINH.75.%' AND valid_to IS NULL"
    )
    assert dong_nai.fetchall() == [("TINH.75.20260430",)]


def test_every_shipped_successor_names_units_that_are_there(shipped: Database) -> None:
    assert shipped.connection.execute("PRAGMA foreign_key_check").fetchall() == []
    number = shipped.connection.execute("SELECT count(*) FROM admin_unit_successor").fetchone()[0]
    assert number > 10000


def test_opening_with_changed_definitions_and_catalogues_at_once(
    tmp_path: Path, folder: Path, clock: FixedClock
) -> None:
    create_database(tmp_path / "o.db", KEY, make_forms(SALARY, rules=()), folder, clock).close()
    newer = replace(FORMS, digest="2")
    with open_database(tmp_path / "o.db", KEY, newer, clock, catalogues=folder) as again:
        assert len(units(again)) == 6
