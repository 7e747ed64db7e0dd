"""Every register that is shipped can be opened, read and gone through, at three scales."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from desktop.base.paths import bundled_root
from desktop.schema.loader import load_forms
from desktop.service.workspace import Workspace
from desktop.widget.form_section import FormSection
from desktop.widget.inputs import Input
from desktop.widget.main_window import MainWindow
from desktop.widget.page_stack import REGISTER
from tests.widget.conftest import WindowMaker
from tests.widget.looks import cut_words, too_wide, unscrollable

FORMS = load_forms(bundled_root() / "forms")
TOP = [one.name for one in FORMS.registers.values() if one.group and not one.parent]
SCREENS = {"100": (1366, 728), "125": (1093, 582), "150": (911, 485)}
"""What a screen of 1366×768 holds at each scale, in logical pixels, less a task bar of 40."""


def sections(window: MainWindow, register: str) -> list[FormSection]:
    """Every section of a register's form, with a row open in each of its child tables."""
    form = window.pages.register_page(register).form
    found = []
    for place in range(len(form.sections.plans)):
        form.sections.show_section(place)
        section = form.sections.section(place)
        for box in section.children_boxes:
            box.add()
        found.append(section)
    return found


def open_new(window: MainWindow, register: str) -> None:
    if FORMS.registers[register].catalogue:
        units = window.context.workspace.lookups.search(register, "", limit=1)
        window.open_page(REGISTER + register)
        row = window.pages.register_page(register).list
        id = units[0].id if units else row.choice.model.id_at(0)
        assert window.open_record(register, id)
    else:
        assert window.add_record(register, {})


@pytest.mark.parametrize("register", TOP)
def test_every_field_is_there_named_and_labelled(
    windows: WindowMaker, workspace: Workspace, register: str
) -> None:
    window = windows.open(workspace)
    open_new(window, register)
    asked: list[str] = []
    for section in sections(window, register):
        for group in section.groups():
            for row in group.rows:
                asked.append(f"{group.register.name}.{row.field.name}")
                assert row.input.editor().accessibleName() == row.field.label
                assert row.label.buddy() is row.input
                assert row.label.text() == row.field.label
                if row.field.help:
                    assert row.field.help in row.input.editor().accessibleDescription()
    defined = FORMS.registers[register]
    wanted = [f"{register}.{one.name}" for one in defined.fields]
    if not defined.catalogue:
        for child in FORMS.children(register):
            wanted += [f"{child.name}.{one.name}" for one in child.fields]
    assert sorted(asked) == sorted(wanted)


@pytest.mark.parametrize("scale", SCREENS)
@pytest.mark.parametrize("register", TOP)
def test_nothing_is_cut(
    windows: WindowMaker, workspace: Workspace, register: str, scale: str
) -> None:
    window = windows.open(workspace, *SCREENS[scale])
    open_new(window, register)
    assert window.size().toTuple() == SCREENS[scale], "it needs more than the screen has"
    form = window.pages.register_page(register).form
    for place, section in enumerate(sections(window, register)):
        form.sections.show_section(place)
        # Everything at once: hidden questions too, and a problem under each field.
        for group in section.groups():
            for row in group.rows:
                row.show()
        # Labels, then rows, then the area around them: a layout takes some turns to settle.
        for _ in range(20):
            QApplication.processEvents()
            if not unscrollable(section) and not cut_words(section):
                break
        assert not unscrollable(section), section.plan.title
        assert too_wide(section) <= 0, section.plan.title
        assert cut_words(section) == [], section.plan.title
    page = window.pages.register_page(register)
    assert cut_words(page) == []
    assert cut_words(window) == []


@pytest.mark.parametrize("register", ["client", "worker", "service_event"])
def test_tab_reaches_every_input_in_reading_order(
    windows: WindowMaker, workspace: Workspace, register: str
) -> None:
    window = windows.open(workspace)
    open_new(window, register)
    form = window.pages.register_page(register).form
    section = form.sections.section(0)
    tops = []
    for stop in section.stops():
        if isinstance(stop, Input):
            tops.append(stop.mapTo(section.widget(), stop.rect().topLeft()).y())
    assert tops == sorted(tops)
    assert len(tops) > 5
