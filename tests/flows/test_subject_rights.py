"""What a person may ask of the office about the data on them, done by keys alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.service.workspace import Workspace
from desktop.store import access_log
from desktop.widget.list_preview import ListPreview
from tests.flows.screen import Screen
from tests.offices import OfficeMaker, saved
from tests.widget.keyboard import CTRL
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
