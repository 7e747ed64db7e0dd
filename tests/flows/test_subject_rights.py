"""What a person may ask of the office about the data on them, done by keys alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.service.retention import set_years
from desktop.service.workspace import Workspace
from desktop.store import access_log
from desktop.widget.list_preview import ListPreview
from desktop.widget.retention_page import RetentionPage
from tests.flows.screen import Screen
from tests.offices import OfficeMaker, saved
from tests.widget.keyboard import CTRL, enter, key, words
from tests.widget.pdf_text import pdf_pages
from tests.widget.scripted_ask import ScriptedAsk

HOA: dict[str, object] = {
    "full_name": "Nguyễn Thị Hoà", "sex": "NU", "birth": "1948", "marital": "GOA",
    "no_id_reason": "CHUA_CAP", "occupation": "Thợ may",
    "client_category": [{"category": "06", "is_main": "1", "date_from": "01/01/2023"}],
}  # fmt: skip


@pytest.fixture
def workspace(offices: OfficeMaker) -> Iterator[Workspace]:
    made = offices.open()
    yield made
    made.close()


@pytest.fixture
def screen(workspace: Workspace, show: Callable[[Workspace], Screen]) -> Screen:
    return show(workspace)


def preview_of(screen: Screen) -> ListPreview:
    """The pages to look at, once they are there."""

    def there() -> bool:
        return isinstance(QApplication.activeModalWidget(), ListPreview)

    screen.qtbot.waitUntil(there, timeout=20_000)
    found = QApplication.activeModalWidget()
    assert isinstance(found, ListPreview)
    return found


def test_an_extract_is_made_by_ctrl_k_and_kept_as_a_pdf(
    screen: Screen, workspace: Workspace, ask: ScriptedAsk, tmp_path: Path
) -> None:
    hoa = saved(workspace, "client", HOA, reason="Đã xem giấy tờ.")
    screen.window.open_record("client", hoa)
    ask.then("Bà Hoà xin trích lục")
    screen.go_to("trich toan bo")
    preview = preview_of(screen)
    ask.then(tmp_path / "trich.pdf")
    QTest.keyClick(preview, Qt.Key.Key_S, CTRL)
    screen.wait()
    text = "\n".join(pdf_pages(tmp_path / "trich.pdf"))
    assert "BẢN TRÍCH DỮ LIỆU VỀ MỘT NGƯỜI" in text
    assert "Thợ may" in text
    (row, *_) = access_log.of_record(workspace.reader, "client", hoa)
    assert (row.act, row.reason) == ("print", "Bà Hoà xin trích lục")
    preview.reject()


def aged(workspace: Workspace) -> str:
    """A client nobody has touched for eleven years."""
    hoa = saved(workspace, "client", HOA, reason="Đã xem giấy tờ.")
    with workspace.database.transaction() as connection:
        connection.execute("UPDATE main.client SET updated_at = '2015-06-19T08:00:00'")
    return hoa


def retention_page(screen: Screen) -> RetentionPage:
    screen.go_to("luu giu")
    page = screen.window.pages.current_page()
    assert isinstance(page, RetentionPage)
    screen.wait()
    return page


def test_who_is_due_is_listed_and_anonymised_by_keys(
    screen: Screen, workspace: Workspace, ask: ScriptedAsk
) -> None:
    hoa = aged(workspace)
    page = retention_page(screen)
    assert page.told.text() == "Không có hồ sơ nào đến hạn."
    page.years["client"].take_focus()
    words("10")
    enter()
    screen.qtbot.waitUntil(lambda: page.model.rowCount() == 1, timeout=20_000)
    assert page.told.text() == "1 hồ sơ đến hạn."
    page.table.set_row(0)
    page.anonymise_button.setFocus()
    ask.then("Hết thời hạn lưu giữ", "ẩn danh")
    key(Qt.Key.Key_Space)
    screen.qtbot.waitUntil(lambda: page.model.rowCount() == 0, timeout=20_000)
    assert ask.is_done()
    assert workspace.lookups.title("client", hoa) == "Đã ẩn danh"


def test_enter_opens_a_file_that_is_due(screen: Screen, workspace: Workspace) -> None:
    hoa = aged(workspace)
    set_years(workspace, "client", "5")
    page = retention_page(screen)
    screen.qtbot.waitUntil(lambda: page.model.rowCount() == 1, timeout=20_000)
    page.table.setFocus()
    enter()
    state = screen.form("client").state
    assert state is not None
    assert state.draft.id == hoa


def test_the_record_on_show_is_anonymised_only_when_the_word_is_typed(
    screen: Screen, workspace: Workspace, ask: ScriptedAsk
) -> None:
    hoa = saved(workspace, "client", HOA, reason="Đã xem giấy tờ.")
    screen.window.open_record("client", hoa)
    ask.then("Bà Hoà yêu cầu", "đồng ý")
    screen.go_to("an danh")
    assert screen.window.said() == "Chưa xác nhận; không có gì thay đổi."
    assert workspace.lookups.title("client", hoa) == "Nguyễn Thị Hoà"
    ask.then("Bà Hoà yêu cầu", "ẨN DANH")
    screen.go_to("an danh")
    title = workspace.lookups.title
    screen.qtbot.waitUntil(lambda: title("client", hoa) == "Đã ẩn danh", timeout=20_000)
    form = screen.form("client")
    screen.qtbot.waitUntil(
        lambda: form.state is not None and form.state.draft.row.texts["full_name"] == "Đã ẩn danh"
    )
    assert workspace.saving.undoable() == ""


def test_nothing_is_made_without_a_reason(
    screen: Screen, workspace: Workspace, ask: ScriptedAsk
) -> None:
    hoa = saved(workspace, "client", HOA, reason="Đã xem giấy tờ.")
    screen.window.open_record("client", hoa)
    ask.then(None)
    screen.go_to("trich toan bo")
    screen.wait()
    assert QApplication.activeModalWidget() is None
    assert not [
        one for one in access_log.of_record(workspace.reader, "client", hoa) if one.act == "print"
    ]
