"""Every page of the program as it is shown in a picture and looked at by tests, by name.

Pages of the window and sheets of the report come by themselves; what must be brought about first (a
dialog, a panel, a state) is one line of `SCENES`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtWidgets import QWidget

from desktop.model.jobs import Jobs
from desktop.widget import window_settings as kept
from desktop.widget.field_row import FieldRow
from desktop.widget.first_run import FirstRunPage
from desktop.widget.help_box import help_window, show_help_of
from desktop.widget.help_window import HEIGHT, WIDTH
from desktop.widget.main_window import MainWindow
from desktop.widget.page_stack import REGISTER
from desktop.widget.register_page import RegisterPage
from desktop.widget.report_nav import EARLIER, EXPORT, SETTINGS
from desktop.widget.report_page import ReportPage
from desktop.widget.sign_in import SignInPage
from studio import Studio

Shown = tuple[str, QWidget]
Scene = Callable[[Studio, MainWindow], QWidget]
"""Brings a page about and gives the window to look at."""

LONGEST_TRY = 40
"""Records tried until one is found that is not restricted."""


def before_the_office(studio: Studio) -> Iterator[Shown]:
    """Sign-in and the first start."""
    page = SignInPage("SoCTXH", [("1", "Đỗ Thị Ngọc Ánh")])
    studio.show(page)
    yield "sign-in", page
    studio.put_away(page)
    jobs = Jobs()
    first = FirstRunPage(studio.paths, jobs, studio.definitions, clock=studio.clock)
    studio.show(first)
    yield "first-run", first
    row = next(one for one in first.findChildren(FieldRow) if one.field.name == "unit")
    row.take_text("XA.13366.20250701")
    first.make_office()
    studio.settle()
    yield "first-run-refused", first
    studio.put_away(first)
    jobs.close()


def every_page(studio: Studio, window: MainWindow) -> Iterator[Shown]:
    """Every page of the window, every sheet of the report, then `SCENES`."""
    for key in window.pages.page_keys():
        if key != "report":
            yield key.replace(".", "-"), open_page(studio, window, key)
    for view in [*_sheet_codes(window), SETTINGS, EARLIER, EXPORT]:
        report_page(studio, window).show_view(view)
        studio.rest(window)
        yield f"report-{view}", window
    for name, scene in SCENES.items():
        shown = scene(studio, window)
        studio.rest(window)
        yield name, shown
        if shown is not window:
            shown.close()


def open_page(studio: Studio, window: MainWindow, key: str) -> MainWindow:
    """A page; a register's with a record that is not restricted."""
    window.open_page(key)
    page = window.pages.current_register()
    if page is not None:
        _open_record(page)
    studio.rest(window)
    return window


def _open_record(page: RegisterPage) -> None:
    for place in range(min(page.list.rows.count, LONGEST_TRY)):
        page.open_record(page.list.choice.model.id_at(place), enter=False)
        if page.form.draft is not None:
            return


def report_page(studio: Studio, window: MainWindow) -> ReportPage:
    """The page of the report."""
    window.open_page("report")
    studio.rest(window)
    page = window.pages.page("report")
    if not isinstance(page, ReportPage):
        raise TypeError(page)
    return page


def _sheet_codes(window: MainWindow) -> list[str]:
    return [sheet.code for sheet in window.context.workspace.reporting.reports.sheets]


# Scenes


def exported(studio: Studio, window: MainWindow) -> QWidget:
    """The panel after an export."""
    report = report_page(studio, window)
    report.show_view(EXPORT)
    window.context.settings.set(kept.EXPORT_FOLDER, str(studio.folder / "bao-cao"))
    report.export.show_folder()
    report.export.export()
    studio.rest(window, lambda: report.export.done is not None)
    return window


def section(register: str, place: int) -> Scene:
    """A section of a record, from 0."""

    def scene(studio: Studio, window: MainWindow) -> QWidget:
        open_page(studio, window, REGISTER + register)
        window.pages.register_page(register).form.sections.show_section(place)
        return window

    return scene


def refused(register: str) -> Scene:
    """A new record that was to be saved with nothing in it."""

    def scene(studio: Studio, window: MainWindow) -> QWidget:
        window.add_record(register, {})
        form = window.pages.register_page(register).form
        form.save()
        studio.settle()
        form.clear()
        window.add_record(register, {})
        form.save()
        return window

    return scene


def restricted(register: str) -> Scene:
    """The first record, which is restricted, before its reason is written."""

    def scene(studio: Studio, window: MainWindow) -> QWidget:
        window.open_page(REGISTER + register)
        page = window.pages.register_page(register)
        page.form.clear()
        page.open_record(page.list.choice.model.id_at(0), enter=False)
        return window

    return scene


def help_topic(key: str) -> Scene:
    """A topic of the help."""

    def scene(studio: Studio, window: MainWindow) -> QWidget:
        read = help_window(studio.paths, window)
        read.show_topic(key)
        return _as_on_a_screen(read, window)

    return scene


def help_field(register: str, field: str) -> Scene:
    """The help on a field."""

    def scene(studio: Studio, window: MainWindow) -> QWidget:
        one = window.context.workspace.registers[register]
        show_help_of(studio.paths, studio.definitions, one, one.field(field), window)
        return _as_on_a_screen(help_window(studio.paths, window), window)

    return scene


def _as_on_a_screen(read: QWidget, window: MainWindow) -> QWidget:
    """The size it has beside a window as large as the screen; the one painted on is small."""
    read.resize(min(WIDTH, window.width() - 40), min(HEIGHT, window.height() - 60))
    return read


def palette(text: str) -> Scene:
    """What Ctrl+K finds."""

    def scene(studio: Studio, window: MainWindow) -> QWidget:
        window.open_page("home")
        window.go_to.take_focus()
        window.go_to.set_value_text(text)
        window.go_to.searched.emit(text)
        studio.rest(window)
        return window

    return scene


SCENES: dict[str, Scene] = {
    "report-exported": exported,
    **{f"register-client-{place + 1}": section("client", place) for place in range(1, 9)},
    "register-worker-2": section("worker", 1),
    "register-client-refused": refused("client"),
    "register-client-restricted": restricted("client"),
    "go-to": palette("hoa"),
    "help-keys": help_topic("keys"),
    "help-records": help_topic("records"),
    "help-field": help_field("client", "personal_no"),
}
