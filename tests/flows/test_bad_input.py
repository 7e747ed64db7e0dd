"""What bad input gets in the window: plain words, nothing lost, nothing half-written."""

from __future__ import annotations

import shutil
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.base.errors import DefinitionError
from desktop.base.paths import Paths, bundled_root
from desktop.service.exporting import export
from desktop.service.folder import DATABASE, KEYS
from desktop.service.problems import DEAD_REFERENCE
from desktop.service.workspace import Workspace
from desktop.widget.form_page import FormPage
from desktop.widget.main_window import MainWindow
from desktop.widget.restore_page import RestorePage
from desktop.widget.sign_in import SignInPage
from tests.flows.limits import ROOM_FOR_THE_LOG, little_room, read_only
from tests.flows.screen import PATIENCE_MS, Screen, go, problems_of, put
from tests.flows.seat import Seat, said
from tests.flows.test_main_job import set_up_the_office
from tests.flows.workbooks import opened
from tests.offices import PASSWORD, OfficeMaker, emptied, paths_of, saved
from tests.widget.keyboard import ALT, CTRL, enter, field, key, tab, words
from tests.widget.scripted_ask import ScriptedAsk
from tests.widget.typing import type_nfd

OLD_WOMAN = {
    "full_name": "Nguyễn Thị Hoà",
    "sex": "NU",
    "birth": "1948",
    "personal_no": "035148000123",
    "marital": "GOA",
    "client_category": [{"category": "05", "is_main": "1", "date_from": "01/01/2026"}],
}
NAME = "Lê Văn Bảy"


@pytest.fixture
def workspace(offices: OfficeMaker) -> Iterator[Workspace]:
    made = offices.open()
    yield made
    made.close()


@pytest.fixture
def screen(workspace: Workspace, show: Callable[[Workspace], Screen]) -> Screen:
    return show(workspace)


@pytest.fixture
def folder(offices: OfficeMaker) -> Path:
    """A data folder that nobody has open."""
    made = offices.open()
    saved(made, "client", OLD_WOMAN)
    made.close()
    return made.paths.data


def fill_in(screen: Screen, name: str = NAME) -> FormPage:
    """A client, typed and not saved."""
    form = screen.new("client")
    put(form, "full_name", name)
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
    return form


def state_of(workspace: Workspace) -> tuple[int, int, list[tuple[str]]]:
    """Clients, changes in the journal, and what SQLite thinks of the file."""
    connection = workspace.database.connection
    clients = connection.execute("SELECT count(*) FROM main.client").fetchone()[0]
    changes = connection.execute("SELECT count(*) FROM change").fetchone()[0]
    return clients, changes, connection.execute("PRAGMA integrity_check").fetchall()


# The disk


@contextmanager
def no_pages_left(workspace: Workspace) -> Iterator[None]:
    """SQLite says "full", as it does when the drive takes no more."""
    connection = workspace.database.connection
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count = {pages}")
    try:
        yield
    finally:
        connection.execute("PRAGMA max_page_count = 1000000")


@contextmanager
def no_bytes_left(workspace: Workspace) -> Iterator[None]:
    """The system refuses to let any file grow."""
    with little_room(4096):
        yield


@pytest.mark.parametrize(
    ("drive", "words_of_it"),
    [(no_pages_left, "đầy"), (no_bytes_left, "Không đọc hoặc ghi được")],
    ids=["full", "refusing"],
)
def test_a_full_drive_keeps_the_draft_and_what_was_saved(
    screen: Screen,
    workspace: Workspace,
    ask: ScriptedAsk,
    drive: Callable[[Workspace], AbstractContextManager[None]],
    words_of_it: str,
) -> None:
    id = saved(workspace, "client", OLD_WOMAN)
    form = fill_in(screen)
    key(Qt.Key.Key_1, ALT)
    go(form, "note")
    words("Ghi chú dài. " * 30)
    before = state_of(workspace)
    with drive(workspace):
        key(Qt.Key.Key_S, CTRL)
    title, text = ask.asked[-1]
    assert title == "Chưa lưu được"
    assert words_of_it in text
    assert form.draft is not None
    assert form.draft.is_new
    assert form.draft.row.texts["full_name"] == NAME
    assert field(form, "full_name").input.value_text() == NAME
    assert [row.texts["category"] for row in form.draft.children["client_category"]] == ["05"]
    assert state_of(workspace) == before
    key(Qt.Key.Key_S, CTRL)
    assert not form.draft.is_new, problems_of(form)
    assert state_of(workspace)[0] == before[0] + 1
    assert workspace.read("client", id).values["full_name"] == "Nguyễn Thị Hoà"


def test_a_read_only_folder_is_told_before_anything_is_typed(
    sit: Callable[[Paths], Seat], folder: Path, ask: ScriptedAsk
) -> None:
    before = (folder / DATABASE).read_bytes()
    seat = sit(paths_of(folder))
    with read_only(folder):
        seat.start()
        page = seat.sign_in(PASSWORD)
        assert isinstance(page, SignInPage)
        assert "chỉ được đọc" in said(page)[0]
    assert (folder / DATABASE).read_bytes() == before
    assert isinstance(seat.sign_in(PASSWORD), MainWindow), "it may be written to again"
    assert seat.screen().workspace.lookups.count("client") == 1


def test_a_new_office_in_a_read_only_folder_is_not_half_made(
    sit: Callable[[Paths], Seat], tmp_path: Path, qtbot: QtBot, ask: ScriptedAsk
) -> None:
    seat = sit(paths_of(tmp_path / "ổ chung" / "dữ liệu"))
    (tmp_path / "ổ chung").mkdir()
    with read_only(tmp_path / "ổ chung"):
        page = seat.start()
        set_up_the_office(page)
        qtbot.waitUntil(lambda: bool(ask.asked), timeout=PATIENCE_MS)
    assert "chỉ được phép đọc" in ask.asked[0][1]
    assert seat.page() is page, "what was typed is still there"
    assert list((tmp_path / "ổ chung").iterdir()) == []


# The file


def another_program(path: Path) -> None:
    path.write_bytes(b"SQLite format 3\0" + bytes(4080))


def a_picture(path: Path) -> None:
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 64)


def half_copied(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: 4096 * 20 + 100])


def scratched(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[200:260] = bytes(60)
    path.write_bytes(data)


@pytest.mark.parametrize("spoil", [another_program, a_picture, half_copied, scratched])
def test_a_file_that_is_not_our_database(
    sit: Callable[[Paths], Seat], folder: Path, spoil: Callable[[Path], None]
) -> None:
    path = folder / DATABASE
    spoil(path)
    spoilt = path.read_bytes()
    seat = sit(paths_of(folder))
    seat.start()
    page = seat.sign_in(PASSWORD)
    assert isinstance(page, RestorePage)
    assert len(said(page)) == 1
    assert "của chương trình này" in said(page)[0]
    assert path.read_bytes() == spoilt, "what may still be saved of it was not touched"


@pytest.mark.parametrize("spoil", [another_program, a_picture])
def test_where_nothing_can_be_brought_back_nothing_is_touched(
    sit: Callable[[Paths], Seat],
    folder: Path,
    spoil: Callable[[Path], None],
    ask: ScriptedAsk,
    qtbot: QtBot,
) -> None:
    path = folder / DATABASE
    spoil(path)
    spoilt = path.read_bytes()
    seat = sit(paths_of(folder))
    seat.start()
    page = seat.sign_in(PASSWORD)
    assert isinstance(page, RestorePage)
    key(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: bool(ask.asked), timeout=PATIENCE_MS)
    assert ask.asked[0][0] == "Chưa phục hồi được"
    assert path.read_bytes() == spoilt


def test_a_key_file_that_is_none(sit: Callable[[Paths], Seat], folder: Path) -> None:
    (folder / KEYS).write_text("{", encoding="utf-8")
    page = sit(paths_of(folder)).start()
    assert isinstance(page, SignInPage)
    QApplication.processEvents()
    assert str(folder / KEYS) in said(page)[0]


def test_data_of_a_newer_program(
    sit: Callable[[Paths], Seat], folder: Path, offices: OfficeMaker
) -> None:
    made = offices.reopen(folder)
    made.database.connection.execute("PRAGMA user_version = 99")
    made.close()
    before = (folder / DATABASE).read_bytes()
    seat = sit(paths_of(folder))
    seat.start()
    page = seat.sign_in(PASSWORD)
    assert "phiên bản" in said(page)[0]
    assert "mới hơn" in said(page)[0]
    assert (folder / DATABASE).read_bytes() == before


@pytest.fixture
def wrong_forms(tmp_path: Path) -> Path:
    """A copy of the definitions with two mistakes in two files."""
    forms = tmp_path / "forms"
    shutil.copytree(bundled_root() / "forms", forms)
    for name, text in (
        ("registers/client.toml", '\n[[field]]\nname = "x"\ntype = "choice"\nlabel = "X"\n'),
        ("rules/client.toml", '\n[[rule]]\nnumber = "V90"\non = "client"\nmessage = "X"\n'
                              'check = "no_such_field > 1"\n'),
    ):  # fmt: skip
        path = forms / name
        path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")
    return forms


def test_definitions_with_mistakes_are_told_at_the_start(
    sit: Callable[[Paths], Seat], folder: Path, wrong_forms: Path, tmp_path: Path
) -> None:
    seat = sit(replace(paths_of(folder), forms=wrong_forms))
    seat.start()
    page = seat.sign_in(PASSWORD)
    assert isinstance(page, SignInPage)
    assert "client.toml" in said(page)[0]
    with pytest.raises(DefinitionError, match=r"client\.toml"):  # `main` says it and ends
        sit(replace(paths_of(tmp_path / "mới"), forms=wrong_forms)).start()


# The fields


def paste(text: str) -> None:
    """Ctrl+V."""
    QApplication.clipboard().setText(text)
    key(Qt.Key.Key_V, CTRL)


def test_odd_text_is_cleaned_or_refused_and_never_cut(screen: Screen) -> None:
    form = fill_in(screen)
    key(Qt.Key.Key_1, ALT)
    field(form, "full_name").input.take_focus()
    paste("Lê\tVăn\x07 Bảy\u200b\n")
    assert field(form, "full_name").input.value_text() == "Lê", "a table: its first cell"
    assert "2 ô" in said(field(form, "full_name"))[0]
    key(Qt.Key.Key_Period, CTRL)
    tab()
    enter()
    assert field(form, "full_name").input.value_text() == NAME, "all cells, as chosen"
    assert field(form, "full_name").input.has_focus()
    field(form, "full_name").input.take_focus()
    words(NAME, type_nfd)
    go(form, "current_address")
    words("Số nhà 4")
    paste("ă" * 40_000)
    row = field(form, "current_address")
    assert row.input.value_text() == "Số nhà 4", "the paste is refused as a whole"
    screen.qtbot.waitUntil(lambda: bool(said(row)))
    assert "40008" in said(row)[0]
    go(form, "note")
    paste("=1+1; đơn ngày 5/3")
    id = saved_by_key(screen, form)
    values = screen.workspace.read("client", id).values
    assert values["full_name"] == unicodedata.normalize("NFC", NAME)
    assert (values["current_address"], values["note"]) == ("Số nhà 4", "=1+1; đơn ngày 5/3")


def saved_by_key(screen: Screen, form: FormPage) -> str:
    key(Qt.Key.Key_S, CTRL)
    assert form.draft is not None
    assert not form.draft.is_new, problems_of(form)
    return form.draft.id


def test_text_that_looks_like_a_formula_stays_text_in_the_workbook(
    screen: Screen, tmp_path: Path
) -> None:
    formula = '=HYPERLINK("http://example.vn";"mở")'
    form = screen.new("narrative")
    put(form, "period", "2026H1")
    tab()
    put(form, "heading", "i.1")
    tab()
    put(form, "text", formula)
    saved_by_key(screen, form)
    done = export(screen.workspace, "2026H1", tmp_path)
    _, formulas = opened(done.path)
    cells = [c for s in formulas for row in s.iter_rows() for c in row if c.value == formula]
    assert cells
    assert {cell.data_type for cell in cells} == {"s"}


WRONG = [
    (Qt.Key.Key_1, "birth", "31021950", "không có ngày 31", "1950"),
    (Qt.Key.Key_1, "birth", "00001948", "Không có ngày 00", "1950"),
    (Qt.Key.Key_1, "birth", "29022023", "không có ngày 29", "1950"),
    (Qt.Key.Key_1, "personal_no", "03504800012", "đang có 11", "035050000123"),
    (Qt.Key.Key_3, "income_month", "-5000", "không được âm", ""),
    (Qt.Key.Key_8, "death_date", "32/13/2025", "13", ""),
]
"""Key of the section, field of a client, what is typed, what is said below it, what is right."""


def test_what_cannot_be_right_is_said_under_its_field_and_stays_there(screen: Screen) -> None:
    form = fill_in(screen)
    for section, name, typed, told, right in WRONG:
        key(section, ALT)
        go(form, name)
        words(typed)
        tab()
        row = field(form, name)
        messages = [problem.message for problem in row.problems()]
        assert any(told in message for message in messages), (name, typed, messages)
        key(Qt.Key.Key_S, CTRL)
        assert form.draft is not None
        assert form.draft.is_new
        assert row.input.has_focus(), "saving leads to what is wrong"
        assert row.input.value_text(), "what was typed is still there"
        key(Qt.Key.Key_Delete)
        words(right)
    saved_by_key(screen, form)


def test_letters_and_blanks_in_a_number(screen: Screen) -> None:
    """Blanks that a card or a phone is written with are taken out; a letter is refused."""
    form = fill_in(screen)
    key(Qt.Key.Key_1, ALT)
    row = field(form, "personal_no")
    row.input.take_focus()
    paste("035 050 000 123")
    assert row.input.value_text() == "035050000123"
    row.input.take_focus()
    paste("03505000O123")
    assert row.input.value_text() == "035050000123", "the letter O: nothing was changed"
    assert said(row)


# References


def test_a_reference_that_is_deleted_meanwhile(screen: Screen, workspace: Workspace) -> None:
    worker = saved(
        workspace,
        "worker",
        {"full_name": "Vũ Thị Lan", "sex": "NU", "birth": "1980", "education": "CHUA",
         "assignment": []},
        reason="chưa phân công",
    )  # fmt: skip
    form = fill_in(screen)
    key(Qt.Key.Key_2, ALT)
    put(form, "keeper", "vu thi lan")
    tab()
    workspace.saving.delete("worker", [worker])
    key(Qt.Key.Key_S, CTRL)
    assert form.draft is not None
    assert form.draft.is_new
    row = field(form, "keeper")
    assert [(p.number, "đã xóa" in p.message) for p in row.problems()] == [(DEAD_REFERENCE, True)]
    assert form.draft.row.texts["keeper"] == worker
    assert workspace.lookups.count("client") == 0
    workspace.saving.restore("worker", [worker])
    saved_by_key(screen, form)
    assert workspace.lookups.count("client") == 1


# The workbook


def test_an_export_that_cannot_be_written_says_why(
    screen: Screen, workspace: Workspace, ask: ScriptedAsk, tmp_path: Path
) -> None:
    page = screen.report_page()
    page.show_period("2026H1")
    screen.wait()
    key(Qt.Key.Key_E, CTRL)
    target = tmp_path / "ổ chung"
    target.mkdir()
    ask.then(target)
    page.export.choose_folder()
    with read_only(target, workspace.paths.data):
        page.export.button.click()
        screen.wait()
        assert "chỉ được phép đọc" in page.export.said()
    workspace.database.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with little_room(ROOM_FOR_THE_LOG):
        page.export.button.click()
        screen.wait()
        assert "nên chưa ghi gì" in page.export.said()
    assert list(target.iterdir()) == []
    assert workspace.reporting.exports() == []
    emptied(workspace, "receiving_department")
    page.export.button.click()
    assert "đơn vị nhận" in page.export.said().lower()
    assert list(target.iterdir()) == []
