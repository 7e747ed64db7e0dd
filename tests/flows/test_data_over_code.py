"""A field, a rule, a list value and a sheet column, added as text in a copy of `forms/`.

They are seen on the page, in the list, in the check and in the workbook without a line of Python.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from desktop.base.paths import bundled_root
from desktop.service.backup_file import BackupKind
from desktop.service.definitions import Definitions, lint, load_definitions
from desktop.service.exporting import export
from desktop.service.workspace import Workspace
from desktop.widget.inputs import NumberInput
from tests.flows.screen import Screen, cells, problems_of, put
from tests.flows.workbooks import LISTS, cells_of, data_lines, opened, visible_lines
from tests.offices import OfficeMaker, saved
from tests.widget.keyboard import ALT, CTRL, enter, field, key, keys, notes, tab, words

FIELD = """
[[field]]
name = "help_hours"
type = "integer"
label = "Số giờ cần giúp mỗi tuần"
section = "home"
show_if = "kind = 'CA_NHAN'"
min = 0
unit = "giờ"
help = "Hỏi người chăm sóc."

[[column]]
field = "help_hours"
title = "Giờ cần giúp"
"""
RULES = """
[[rule]]
number = "V90"
on = "client"
fields = ["help_hours"]
check = "help_hours <= 168"
level = { save = "error" }
message = "Một tuần chỉ có 168 giờ: sửa lại {help_hours}."

[[rule]]
number = "V91"
on = "client"
fields = ["help_hours"]
when = "kind = 'CA_NHAN'"
check = "help_hours IS NOT NULL"
level = { save = "warning" }
message = "Chưa hỏi mỗi tuần cần giúp mấy giờ. Hỏi rồi ghi, hoặc ghi lý do."
"""
VALUE = """
[[value]]
code = "VAN_NGHE"
label = "Biểu diễn văn nghệ, kịch ngắn"
"""
COLUMN = """
[[part.column]]
code = "14"
title = "Cần giúp từ 20 giờ mỗi tuần"
above = ["Trong số cuối kỳ"]
population = "Người của cột 4 cần giúp từ 20 giờ mỗi tuần."
where = "closing AND record IN (SELECT rowid FROM client WHERE help_hours >= 20)"
"""
BEFORE_THE_ROWS = '\n[[part.row]]\ncode = "TONG"'

OLD_WOMAN = {
    "full_name": "Nguyễn Thị Hoà",
    "sex": "NU",
    "birth": "1948",
    "personal_no": "035148000123",
    "marital": "GOA",
    "client_category": [{"category": "05", "is_main": "1", "date_from": "01/01/2026"}],
}


@dataclass
class Shop:
    """An office that began with the shipped definitions and goes on with the changed ones."""

    workspace: Workspace
    old_id: str
    folder: Path


@pytest.fixture(scope="module")
def changed_forms(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of `forms/` with nothing but text added."""
    folder = tmp_path_factory.mktemp("forms") / "forms"
    shutil.copytree(bundled_root() / "forms", folder)
    append(folder / "registers" / "client.toml", FIELD)
    append(folder / "rules" / "client.toml", RULES)
    append(folder / "lists" / "hinhthuc_tt.toml", VALUE)
    sheet = folder / "reports" / "sheets" / "B05.toml"
    text = sheet.read_text(encoding="utf-8")
    assert text.count(BEFORE_THE_ROWS) == 1
    sheet.write_text(text.replace(BEFORE_THE_ROWS, COLUMN + BEFORE_THE_ROWS), encoding="utf-8")
    return folder


def append(path: Path, text: str) -> None:
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


@pytest.fixture(scope="module")
def changed(changed_forms: Path) -> Definitions:
    assert lint(changed_forms) == []
    return load_definitions(changed_forms)


@pytest.fixture
def shop(offices: OfficeMaker, changed: Definitions) -> Iterator[Shop]:
    before = offices.open()
    old_id = saved(before, "client", OLD_WOMAN)
    before.close()
    workspace = offices.reopen(before.paths.data, definitions=changed)
    yield Shop(workspace, old_id, before.paths.data)
    workspace.close()


@pytest.fixture
def screen(shop: Shop, show: Callable[[Workspace], Screen]) -> Screen:
    return show(shop.workspace)


def test_an_office_of_before_is_brought_up_and_keeps_a_copy(shop: Shop) -> None:
    record = shop.workspace.read("client", shop.old_id)
    assert record.values["help_hours"] is None
    assert record.values["full_name"] == "Nguyễn Thị Hoà"
    (kept,) = shop.workspace.backups.kept()
    assert kept.manifest is not None
    assert kept.manifest.kind is BackupKind.BEFORE_MIGRATION
    assert kept.manifest.counts["client"] == 1


def test_all_four_are_seen_in_the_window_and_in_the_workbook(
    screen: Screen, shop: Shop, tmp_path: Path
) -> None:
    see_the_old_record_in_the_check(screen)
    fill_in_a_client(screen)
    see_the_column_of_the_list(screen)
    choose_the_new_value(screen)

    done = export(shop.workspace, "2026H1", tmp_path)
    sent, seen = data_lines(done.path), visible_lines(done.path, done.report)
    assert sent["B05", "I", "TONG", "14"] == seen["B05", "I", "TONG", "14"] == 1
    assert sent["B05", "I", "TONG", "4"] == 2
    assert sent["B05", "I", "05", "14"] == 1
    assert sent["B09", "I", "VAN_NGHE", "1"] == 1
    assert sent["B09", "I", "VAN_NGHE", "2"] == 80
    titles = {cell for row in cells_of(done.path)["B05 Đối tượng"] for cell in row}
    assert "Cần giúp từ 20 giờ mỗi tuần" in titles
    values, _ = opened(done.path)
    lists = [row[:3] for row in values[LISTS].iter_rows(values_only=True)]
    assert ("HINHTHUC_TT", "VAN_NGHE", "Biểu diễn văn nghệ, kịch ngắn") in lists


def see_the_old_record_in_the_check(screen: Screen) -> None:
    page = screen.check_page()
    rows = [row for row in cells(page.table) if "V91" in row.values()]
    assert len(rows) == 1
    assert any("Chưa hỏi mỗi tuần" in text for text in rows[0].values())
    assert any("Nguyễn Thị Hoà" in text for text in rows[0].values())


def fill_in_a_client(screen: Screen) -> None:
    """The rule blocks 200 hours; 25 are saved and are there after reading again."""
    form = screen.new("client")
    put(form, "full_name", "Trần Văn Sáu")
    put(form, "sex", "nam")
    put(form, "birth", "1950")
    tab()
    put(form, "personal_no", "035050000123")
    put(form, "marital", "goa")
    key(Qt.Key.Key_2, ALT)
    key(Qt.Key.Key_Return, CTRL)
    put(form, "category", "05")
    put(form, "is_main", "c")
    put(form, "date_from", "01012026")
    key(Qt.Key.Key_3, ALT)
    row = field(form, "help_hours")
    assert isinstance(row.input, NumberInput)
    assert row.label.text() == "Số giờ cần giúp mỗi tuần"
    put(form, "help_hours", "200")
    tab()
    assert notes(row) == ["V90"]
    assert row.problems()[0].message == "Một tuần chỉ có 168 giờ: sửa lại 200."
    key(Qt.Key.Key_S, CTRL)
    assert form.draft is not None
    assert form.draft.is_new, "the rule keeps it from being saved, and the keyboard is there"
    keys("25")
    key(Qt.Key.Key_S, CTRL)
    assert not form.draft.is_new, problems_of(form)
    assert screen.workspace.read("client", form.draft.id).values["help_hours"] == 25


def see_the_column_of_the_list(screen: Screen) -> None:
    table = screen.window.pages.register_page("client").list.choice.table
    shown = {row["Họ và tên"]: row["Giờ cần giúp"] for row in cells(table)}
    assert shown == {"Nguyễn Thị Hoà": "", "Trần Văn Sáu": "25"}


def choose_the_new_value(screen: Screen) -> None:
    form = screen.new("communication")
    put(form, "title", "Đêm kịch ở nhà văn hóa")
    tab()
    words("01062026")
    put(form, "form", "kich ngan")
    put(form, "topic", "bao luc gia")
    enter()
    put(form, "turns", "80")
    key(Qt.Key.Key_S, CTRL)
    assert form.draft is not None
    assert not form.draft.is_new, problems_of(form)
    stored = screen.workspace.read("communication", form.draft.id)
    assert stored.values["form"] == "VAN_NGHE"
