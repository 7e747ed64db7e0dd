"""A restricted file asks for its reason in the form's place, by keyboard, once."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.service.workspace import Workspace
from desktop.store import access_log
from desktop.widget.main_pages import make_main_window
from desktop.widget.main_window import MainWindow
from tests.offices import saved
from tests.service.test_rights import RESTRICTED
from tests.widget.conftest import WindowMaker
from tests.widget.scripted_ask import ScriptedAsk

WORKER = {"full_name": "Lê Văn Ba", "sex": "NAM", "birth": "1980", "education": "DH"}


def test_the_reason_is_typed_in_place_and_opens_the_form(
    qtbot: QtBot,
    workspace: Workspace,
    windows: WindowMaker,
    ask: ScriptedAsk,
    on_screen: list[MainWindow],
) -> None:
    keeper = saved(workspace, "worker", WORKER | {"study_field": "CTXH"})
    id = saved(workspace, "client", RESTRICTED | {"keeper": keeper}, "Hồ sơ cũ, chưa đủ giấy tờ")
    workspace.access.close_all()
    window = make_main_window(workspace, windows.jobs, ask)
    on_screen.append(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    assert window.open_record("client", id)
    page = window.pages.register_page("client")
    gate = page._on_show.gate
    assert page._on_show.currentWidget() is gate
    assert page.form.draft is None
    field = QApplication.focusWidget()
    assert field is not None
    QTest.keyClicks(field, "abc")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert page._on_show.currentWidget() is gate
    QTest.keyClicks(field, " tham ho thang 6")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert page._on_show.currentWidget() is page.form
    assert page.form.draft is not None
    assert page.form.draft.id == id
    opened = [one.seen for one in access_log.rows(workspace.reader) if one.seen.act == "open"]
    assert [(one.ids, one.reason) for one in opened] == [((id,), "tham ho thang 6")]
    assert window.open_record("worker", keeper)
    assert window.open_record("client", id)
    assert page._on_show.currentWidget() is page.form
