"""Sections built before they are looked at: in pieces, and the same as when they are looked at."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from desktop.service.workspace import Workspace
from desktop.widget.main_window import MainWindow
from desktop.widget.register_page import RegisterPage
from tests.offices import saved
from tests.service.test_saving import HOA
from tests.widget.conftest import WindowMaker


def opened(window: MainWindow) -> RegisterPage:
    assert window.open_page("register.client")
    return window.pages.register_page("client")


def test_every_section_is_there_before_it_is_asked_for(
    qtbot: QtBot, workspace: Workspace, windows: WindowMaker
) -> None:
    saved(workspace, "client", HOA)
    page = opened(windows.open(workspace))
    stack = page.form.sections
    places = range(len(stack.plans))
    stack.warm()
    assert not any(stack.is_built(place) for place in places), "nothing in one piece"
    qtbot.waitUntil(lambda: all(stack.is_built(place) for place in places))
    assert stack._warming.rows == {}
    assert page.open_record(page.list.rows.ids[0])
    for place, plan in enumerate(stack.plans):
        group = stack.section(place).group
        assert [row.field.name for row in group.rows] == [one.name for one in plan.fields]
        assert all(group.isAncestorOf(row) for row in group.rows)
    row = stack.section(0).group.row_of("full_name")
    assert row is not None
    assert row.input.value_text() == HOA["full_name"]


def test_a_record_opened_in_the_middle_has_all_its_fields(
    qtbot: QtBot, workspace: Workspace, windows: WindowMaker
) -> None:
    saved(workspace, "client", HOA)
    page = opened(windows.open(workspace))
    stack = page.form.sections
    stack.warm()
    qtbot.waitUntil(lambda: bool(stack._warming.rows) or stack.is_built(0))
    assert page.open_record(page.list.rows.ids[0])
    shown = stack.shown_section()
    assert shown is not None
    assert [row.field for row in shown.group.rows] == list(stack.plans[0].fields)
    assert all(shown.group.isAncestorOf(row) for row in shown.group.rows)
    assert {"full_name", "birth"} <= {row.field.name for row in shown.group.asked_rows()}
