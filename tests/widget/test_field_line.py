"""Short fields on one line, headings over fields that belong together."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from desktop.service.workspace import Workspace
from desktop.widget.field_line import GroupHeading
from desktop.widget.form_page import FormPage
from desktop.widget.main_window import MainWindow
from tests.widget.conftest import WindowMaker
from tests.widget.keyboard import field, here, keys, tab


@pytest.fixture
def window(windows: WindowMaker, workspace: Workspace) -> MainWindow:
    made = windows.open(workspace)
    made.add_record("communication", {})
    QApplication.processEvents()
    return made


@pytest.fixture
def form(window: MainWindow) -> FormPage:
    return window.pages.register_page("communication").form


def places(form: FormPage) -> list[tuple[int, int]]:
    """Where the inputs of the two dates stand, as (left, top) in the form."""
    rows = [field(form, name) for name in ("date_from", "date_to")]
    return [(p.x(), p.y()) for p in (row.input.mapTo(form, row.rect().topLeft()) for row in rows)]


def test_from_and_to_stand_on_one_line_and_are_typed_in_order(form: FormPage) -> None:
    (left, top), (right, same) = places(form)
    assert top == same
    assert right > left
    field(form, "date_from").input.take_focus()
    keys("12052026")
    assert here(form) == "date_to"
    tab()
    assert here(form) == "form"


def test_a_problem_takes_the_whole_width_below_its_field(form: FormPage) -> None:
    field(form, "date_from").input.take_focus()
    keys("12052026")
    keys("10052026")
    QApplication.processEvents()
    assert field(form, "date_to").problems()
    (left, top), (under, below) = places(form)
    assert below > top
    assert left == under
    field(form, "date_to").take_text("15/05/2026")
    form.telling.check()
    QApplication.processEvents()
    assert places(form)[0][1] == places(form)[1][1]


def test_they_stand_one_under_the_other_where_it_is_narrow(
    window: MainWindow, form: FormPage
) -> None:
    window.resize(911, 485)
    QApplication.processEvents()
    (left, top), (under, below) = places(form)
    assert below > top
    assert left == under


def test_a_heading_goes_with_its_fields(windows: WindowMaker, workspace: Workspace) -> None:
    window = windows.open(workspace)
    window.add_record("client", {})
    form = window.pages.register_page("client").form
    form.sections.show_section(2)
    shown = form.sections.section(2).findChildren(GroupHeading)
    assert [one.text() for one in shown if not one.isHidden()][:2] == [
        "Gia đình", "Người giám hộ, chăm sóc",
    ]  # fmt: skip
    field(form, "kind").take_text("NHOM")
    form.telling.check()
    form.sections.show_section(2)
    assert [one.text() for one in shown if not one.isHidden()] == []
