"""Nothing needs the mouse: Tab goes round the window in the order it is read in."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.service.workspace import Workspace
from desktop.widget.draft_door import DRAFTS
from desktop.widget.main_pages import CHECK, HOME, REPORT
from tests.flows.screen import Screen, put
from tests.offices import OfficeMaker, saved
from tests.widget.keyboard import CTRL, SHIFT, field, focus, key, tab
from tests.widget.scripted_ask import ScriptedAsk

MOST_STOPS = 80


@pytest.fixture
def workspace(offices: OfficeMaker) -> Iterator[Workspace]:
    made = offices.open()
    yield made
    made.close()


@pytest.fixture
def screen(workspace: Workspace, show: Callable[[Workspace], Screen]) -> Screen:
    return show(workspace)


def round_trip(screen: Screen) -> list[QWidget]:
    """Where Tab goes from the line of Ctrl+K until it is back there."""
    screen.window.go_to.take_focus()
    begun = focus()
    stops: list[QWidget] = []
    for _ in range(MOST_STOPS):
        tab()
        if focus() is begun:
            return stops
        stops.append(focus())
    raise AssertionError("Tab never came back")


@pytest.mark.parametrize("page", [HOME, CHECK, REPORT])
def test_tab_goes_down_the_pages_then_into_the_one_on_show(screen: Screen, page: str) -> None:
    screen.window.open_page(page)
    screen.wait()
    stops = round_trip(screen)
    sidebar = screen.window.sidebar
    at_left = [stop for stop in stops if sidebar.isAncestorOf(stop)]
    assert stops[: len(at_left)] == at_left
    names = [stop.accessibleName() for stop in at_left]
    at_top = ["Trang chủ", "Kiểm tra", "Báo cáo kỳ", "Bản nháp"]
    assert names[:5] == [*at_top, "Cộng tác viên, nhân viên"]
    unfolded = [title for key, title in sidebar.titles() if sidebar.button(key).isVisible()]
    assert names == unfolded
    assert len(stops) > len(at_left), "the page itself can be reached"
    assert all(stop.accessibleName() for stop in stops)


def test_tab_takes_what_the_list_has_highlighted(screen: Screen) -> None:
    form = screen.new("client")
    put(form, "ethnic", "t")
    tab()
    ethnic = field(form, "ethnic").input
    assert ethnic.is_readable()
    assert not ethnic.is_empty()
    put(form, "current_unit", "ha nam")
    tab()
    assert field(form, "current_unit").input.value_text() == "XA.13366.20250701"


def test_a_reference_is_opened_and_left_again_by_keys(
    screen: Screen, workspace: Workspace, ask: ScriptedAsk
) -> None:
    worker = {"full_name": "Vũ Thị Lan", "sex": "NU", "birth": "1980", "education": "CHUA"}
    id = saved(workspace, "worker", worker, reason="chưa phân công")
    form = screen.new("service_event")
    put(form, "provider_worker", "vu thi lan")
    tab()
    key(Qt.Key.Key_Tab, SHIFT)
    ask.then("discard")
    key(Qt.Key.Key_O, CTRL)
    opened = screen.form("worker").draft
    assert opened is not None
    assert opened.id == id
    assert ask.is_done()


def test_arrows_go_from_the_registers_up_to_the_drafts(screen: Screen) -> None:
    sidebar = screen.window.sidebar
    sidebar.button("register.worker").setFocus()
    key(Qt.Key.Key_Up)
    assert focus() is sidebar.button(DRAFTS)
