"""Every page, register, panel and dialog, in both themes and at three scales: nothing is cut or
beyond an edge, everything has a name, and the keyboard is always seen (`page_audit`)."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from desktop.base.paths import bundled_root
from desktop.widget.field_row import FieldRow
from desktop.widget.inputs import Input
from tests.widget import page_audit
from tests.widget.conftest import WindowMaker
from tests.widget.test_shipped_forms import TOP, Workspace, open_new, sections

ROOT = bundled_root()
VARIANTS = {"light": "1", "dark": "1.25", "larger": "1.5"}
"""Theme ("larger" is light too) and scale."""


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, subprocess.Popen[str]]:
    """A process for each scale: Qt takes it once. They work side by side."""
    folder = tmp_path_factory.mktemp("pages")
    return {variant: start(variant, scale, folder) for variant, scale in VARIANTS.items()}


def start(variant: str, scale: str, folder: Path) -> subprocess.Popen[str]:
    paths = os.pathsep.join([str(ROOT), str(ROOT / "build")])
    return subprocess.Popen(
        [sys.executable, "-m", "tests.widget.page_audit", variant, str(folder / variant)],
        cwd=ROOT,
        env=os.environ | {"QT_SCALE_FACTOR": scale, "PYTHONPATH": paths},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize("variant", VARIANTS)
def test_nothing_is_wrong_with_any_page(
    runs: dict[str, subprocess.Popen[str]], variant: str
) -> None:
    told, errors = runs[variant].communicate()
    assert runs[variant].returncode == 0, errors
    *faults, last = told.splitlines()
    assert faults == []
    looked = re.fullmatch(r"looked at (\d+) places of the keyboard", last)
    assert looked is not None
    assert int(looked[1]) > 40


# The checks themselves find what they are for


@pytest.fixture
def page(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(300, 200)
    return made


def show(page: QWidget, *children: QWidget) -> None:
    page.show()
    for place, one in enumerate(children):
        one.setParent(page)
        one.move(10, 10 + 40 * place)
        one.show()
    QApplication.processEvents()


def test_cut_words_are_found(page: QWidget) -> None:
    label = QLabel("Một câu dài hơn chỗ của nó")
    show(page, label)
    assert page_audit.audit(page) == []
    label.setFixedWidth(40)
    assert [one for one in page_audit.audit(page) if "Một câu dài" in one]


def test_faint_words_are_found(page: QWidget) -> None:
    label = QLabel("Chữ mờ")
    label.setStyleSheet("color: #c0c8cc")
    show(page, label)
    assert [one for one in page_audit.audit(page) if "contrast" in one]


def test_what_lies_beyond_an_edge_is_found(page: QWidget) -> None:
    button = QPushButton("Lưu")
    show(page, button)
    assert page_audit.audit(page) == []
    button.move(280, 10)
    assert [one for one in page_audit.audit(page) if "beyond" in one]


def test_an_input_without_a_name_is_found(page: QWidget) -> None:
    line = QLineEdit()
    show(page, line)
    assert [one for one in page_audit.audit(page) if "no name" in one]
    line.setAccessibleName("Tên")
    assert page_audit.audit(page) == []


def test_scroll_bars_inside_scroll_bars_are_found(page: QWidget) -> None:
    outer, inner = QScrollArea(), QScrollArea()
    tall, taller = QWidget(), QLabel("Cao")
    tall.setFixedSize(100, 900)
    taller.setFixedSize(50, 900)
    inner.setParent(tall)
    inner.setFixedSize(80, 100)
    inner.setWidget(taller)
    outer.setWidget(tall)
    outer.setFixedSize(200, 150)
    show(page, outer)
    assert [one for one in page_audit.audit(page) if "inside that of" in one]


def test_a_keyboard_that_cannot_be_seen_is_found(page: QWidget) -> None:
    seen, unseen = QPushButton("Thấy"), QPushButton("Không thấy")
    unseen.setStyleSheet("QPushButton, QPushButton:focus { border: 1px solid #dbe2e6; }")
    show(page, seen, unseen)
    page.activateWindow()
    assert page_audit.ring(page, seen) >= page_audit.LEAST_RING
    assert page_audit.ring(page, unseen) < page_audit.LEAST_RING
    assert page.palette().color(QPalette.ColorRole.Window).isValid()


# What a form tells a screen reader


@pytest.mark.parametrize("register", TOP)
def test_problems_and_reading_order_of_every_section(
    windows: WindowMaker, workspace: Workspace, register: str
) -> None:
    window = windows.open(workspace)
    open_new(window, register)
    form = window.pages.register_page(register).form
    if form.state is not None and not form.state.read_only:
        form.telling.check_strictly(form.state)
    for section in sections(window, register):
        body = section.widget()
        tops = [
            stop.mapTo(body, stop.rect().topLeft()).y()
            for stop in section.stops()
            if isinstance(stop, Input) and stop.isVisibleTo(body)
        ]
        assert tops == sorted(tops), section.plan.title
        for row in section.findChildren(FieldRow):
            for problem in row.problems():
                said = row.input.editor().accessibleDescription()
                assert problem.message in said, row.field.name
