"""A main window with all its pages, worked by keys alone, as an officer does."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QTableView
from pytestqt.qtbot import QtBot

from desktop.base.text import fold
from desktop.model.jobs import Jobs
from desktop.service.workspace import Workspace
from desktop.widget.check_page import CheckPage
from desktop.widget.form_page import FormPage
from desktop.widget.main_pages import CHECK, REPORT, make_main_window
from desktop.widget.main_window import MainWindow
from desktop.widget.report_page import ReportPage
from tests.widget.keyboard import CTRL, enter, here, key, tab, words
from tests.widget.scripted_ask import ScriptedAsk
from tests.widget.typing import Typist, type_unikey

MOST_TABS = 90
PATIENCE_MS = 30_000


class Screen:
    """The window of one office, and its jobs."""

    def __init__(self, qtbot: QtBot, workspace: Workspace, window: MainWindow, jobs: Jobs) -> None:
        self.qtbot = qtbot
        self.workspace = workspace
        self.jobs = jobs
        self.window = window
        window.resize(1366, 768)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)

    @classmethod
    def open(cls, qtbot: QtBot, workspace: Workspace, ask: ScriptedAsk) -> Screen:
        """A new window on an office."""
        jobs = Jobs()
        return cls(qtbot, workspace, make_main_window(workspace, jobs, ask), jobs)

    def close(self) -> None:
        """Put the window away; what is not saved goes."""
        for name in self.workspace.registers:
            page = self.window.pages.made_page(f"register.{name}") if self._has_page(name) else None
            form = getattr(page, "form", None)
            if form is not None:
                form.clear()
        self.qtbot.waitUntil(lambda: not self.jobs.is_busy(), timeout=PATIENCE_MS)
        self.window.close()
        self.window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self.jobs.close()

    def _has_page(self, register: str) -> bool:
        return f"register.{register}" in self.window.pages.page_keys()

    def wait(self) -> None:
        """Until every job is done and has been told of."""
        self.qtbot.waitUntil(lambda: not self.jobs.is_busy(), timeout=PATIENCE_MS)

    # Going to pages

    def go_to(self, folded: str) -> None:
        """Ctrl+K, a few letters, Enter."""
        key(Qt.Key.Key_K, CTRL)
        names = self.window.go_to.palette_names
        self.qtbot.waitUntil(lambda: names.is_ready, timeout=PATIENCE_MS)
        words(folded)
        enter()

    def new(self, register: str) -> FormPage:
        """A new record of a register, by Ctrl+K and Ctrl+N."""
        self.go_to(fold(self.workspace.registers[register].title))
        page = self.window.pages.current_register()
        assert page is not None
        assert page.register.name == register
        key(Qt.Key.Key_N, CTRL)
        return page.form

    def form(self, register: str) -> FormPage:
        """The form of a register's page."""
        return self.window.pages.register_page(register).form

    def check_page(self) -> CheckPage:
        """The page “Kiểm tra”, on show."""
        assert self.window.open_page(CHECK)
        page = self.window.pages.page(CHECK)
        assert isinstance(page, CheckPage)
        self.wait()
        return page

    def report_page(self) -> ReportPage:
        """The page “Báo cáo kỳ”, on show."""
        assert self.window.open_page(REPORT)
        page = self.window.pages.page(REPORT)
        assert isinstance(page, ReportPage)
        self.wait()
        return page


def go(form: FormPage, name: str) -> None:
    """Tab to a field that comes later in the form."""
    for _ in range(MOST_TABS):
        if here(form) == name:
            return
        tab()
    raise AssertionError(f"Tab never came to {name}")


def put(form: FormPage, name: str, text: str, typist: Typist = type_unikey) -> None:
    """Tab to a field and type."""
    go(form, name)
    words(text, typist)


def problems_of(form: FormPage) -> list[str]:
    """What keeps the record from being saved, for the message of an assertion."""
    draft = form.draft
    if draft is None:
        return ["no record is on show"]
    return [f"{p.number} {p.fields}: {p.message}" for p in draft.problems if p.is_open]


def cells(table: QTableView) -> list[dict[str, str]]:
    """What a table shows, one mapping of head to text per row."""
    model = table.model()
    heads = [
        str(model.headerData(n, Qt.Orientation.Horizontal)) for n in range(model.columnCount())
    ]
    return [
        {head: str(model.index(row, n).data() or "") for n, head in enumerate(heads)}
        for row in range(model.rowCount())
    ]
