"""Setting an office up: typed, proposed, refused under its field, made, opened."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from desktop.base.clock import FixedClock
from desktop.base.paths import Paths
from desktop.model.jobs import Jobs
from desktop.service.definitions import Definitions, load_definitions
from desktop.service.folder import has_office
from desktop.service.workspace import Workspace
from desktop.widget.field_row import FieldRow
from desktop.widget.first_run import FirstRunPage
from desktop.widget.help_window import HelpWindow
from desktop.widget.parts import ProblemNote
from tests.widget.scripted_ask import ScriptedAsk
from tests.widget.typing import press, press_char

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

PASSWORD = "sen nở trong đầm"


@pytest.fixture(scope="module")
def definitions() -> Definitions:
    return load_definitions(Paths.from_arguments().forms)


@pytest.fixture
def jobs() -> Iterator[Jobs]:
    made = Jobs()
    yield made
    made.close()


@pytest.fixture
def page(qtbot: QtBot, tmp_path: Path, jobs: Jobs, definitions: Definitions) -> FirstRunPage:
    made = FirstRunPage(
        Paths.from_arguments(tmp_path / "data"),
        jobs,
        definitions,
        ask=ScriptedAsk(),
        clock=FixedClock(date(2026, 6, 2)),
    )
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    qtbot.waitExposed(made)
    return made


def row(page: FirstRunPage, name: str) -> FieldRow:
    return next(one for one in page.findChildren(FieldRow) if one.field.name == name)


def type_into(page: FirstRunPage, name: str, text: str) -> None:
    field = row(page, name).input
    field.take_focus()
    for char in text:
        press_char(field.editor(), char)
    press(field.editor(), Qt.Key.Key_Return)


def secrets(page: FirstRunPage) -> list[QLineEdit]:
    return [
        line
        for line in page.people.findChildren(QLineEdit)
        if line.echoMode() == QLineEdit.EchoMode.Password
    ]


def fill_in(page: FirstRunPage) -> None:
    type_into(page, "unit", "ha nam ninh binh")
    for name in ("preparer", "checker", "signer"):
        type_into(page, name, "Vũ Đức Hoà")
    type_into(page, "document_number", "05")
    type_into(page, "recipients", "")
    for line in secrets(page):
        line.setText(PASSWORD)


def test_the_unit_proposes_and_what_was_typed_stays(page: FirstRunPage) -> None:
    type_into(page, "place_name", "Phủ Lý")
    type_into(page, "unit", "ha nam ninh binh")
    texts = page.draft.row.texts
    assert texts["unit"] == "XA.13366.20250701"
    assert texts["body_name"] == "Ủy ban nhân dân phường Hà Nam"
    assert texts["place_name"] == "Phủ Lý"
    assert texts["valid_from"] == "01/07/2025", "as old as the unit: its last report is due yet"
    assert row(page, "signer_position").input.value_text() == "CHỦ TỊCH"
    type_into(page, "authority", "kt")
    assert row(page, "signer_position").input.value_text() == "PHÓ CHỦ TỊCH"
    type_into(page, "unit", "13285")
    assert texts["superior_body"] == "Ủy ban nhân dân tỉnh Ninh Bình"
    assert row(page, "body_name").input.value_text() == "Ủy ban nhân dân phường Phủ Lý"


def test_an_office_is_made_and_handed_over(qtbot: QtBot, page: FirstRunPage) -> None:
    fill_in(page)
    assert page.people.name() == "Vũ Đức Hoà", "the preparer is proposed as the first person"
    with qtbot.waitSignal(page.made, timeout=20_000) as made:
        page.make_office()
    workspace = made.args[0]
    assert isinstance(workspace, Workspace)
    office = workspace.office_on(date(2026, 6, 2))
    assert office is not None
    assert office.values["signer"] == "Vũ Đức Hoà"
    workspace.close()


def notes(page: FirstRunPage) -> int:
    return sum(note.isVisible() for note in page.findChildren(ProblemNote))


def test_what_is_missing_is_said_under_its_field_and_gets_the_focus(
    qtbot: QtBot, page: FirstRunPage
) -> None:
    type_into(page, "unit", "ha nam ninh binh")
    page.make_office()
    assert row(page, "signer").problems()
    assert row(page, "document_number").input.has_focus()
    qtbot.waitUntil(lambda: notes(page) == 6)  # number, preparer, checker, signer, name, password
    assert not has_office(page.paths)


def test_passwords_that_differ_are_refused_before_anything_is_made(page: FirstRunPage) -> None:
    fill_in(page)
    secrets(page)[1].setText(PASSWORD + "!")
    page.make_office()
    assert not page._busy.is_running()
    assert secrets(page)[1].hasFocus()
    assert not has_office(page.paths)


def test_a_rule_of_the_new_data_shows_under_its_field(qtbot: QtBot, page: FirstRunPage) -> None:
    fill_in(page)
    type_into(page, "valid_from", "01012020")
    page.make_office()
    qtbot.waitUntil(lambda: not page._busy.is_running(), timeout=20_000)
    assert [problem.number for problem in row(page, "unit").problems()] == ["V20m"]
    assert row(page, "unit").input.has_focus()
    assert not has_office(page.paths)


def test_every_field_can_be_named_aloud(page: FirstRunPage) -> None:
    for one in page.findChildren(FieldRow):
        assert one.input.editor().accessibleName() == one.field.label
        assert one.label.buddy() is one.input
    assert all(line.accessibleName() for line in secrets(page))


def test_f1_tells_of_the_field_before_there_is_an_office(page: FirstRunPage, qtbot: QtBot) -> None:
    row(page, "place_name").input.take_focus()
    press(row(page, "place_name").input.editor(), Qt.Key.Key_F1)
    read = page.findChild(HelpWindow)
    assert isinstance(read, HelpWindow)
    assert read.words().startswith("Địa danh\n")
    assert "Nghị định 30/2020/NĐ-CP" in read.words()
    read.close()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    secrets(page)[0].setFocus()
    press(secrets(page)[0], Qt.Key.Key_F1)
    assert read.words().startswith("Thiết lập đơn vị\n")
