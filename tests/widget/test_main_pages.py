"""Home, check and report of a real office: what they say, and where their lines lead."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.model.problem_table import State
from desktop.service.workspace import Workspace
from desktop.widget import window_settings as kept
from desktop.widget.check_page import CheckPage
from desktop.widget.home_page import HomePage
from desktop.widget.main_pages import make_main_window
from desktop.widget.main_window import MainWindow
from desktop.widget.parts import BarRow, BusyOverlay, Button, Card, CardRow
from desktop.widget.register_page import RegisterPage
from desktop.widget.report_nav import EARLIER, EXPORT, SETTINGS
from desktop.widget.report_page import ReportPage
from tests.offices import emptied, saved
from tests.service.test_saving import HOA
from tests.widget.conftest import WindowMaker
from tests.widget.scripted_ask import ScriptedAsk

DISABLED = HOA | {
    "client_category": [{"category": "07", "is_main": "1", "date_from": "01/01/2023"}]
}
WORKER = {
    "full_name": "Nguyễn Thị Thu Hà",
    "sex": "NU",
    "birth": "12/04/1988",
    "education": "DH",
    "study_field": "CTXH",
}
Opener = Callable[[], MainWindow]


@pytest.fixture
def opened(
    qtbot: QtBot,
    workspace: Workspace,
    windows: WindowMaker,
    ask: ScriptedAsk,
    on_screen: list[MainWindow],
) -> Opener:
    """Opens the program's own window on the office."""

    def make() -> MainWindow:
        window = make_main_window(workspace, windows.jobs, ask)
        on_screen.append(window)
        window.resize(1366, 768)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        return window

    return make


def page(window: MainWindow, key: str) -> QWidget:
    window.open_page(key)
    return window.pages.page(key)


def home(qtbot: QtBot, window: MainWindow) -> HomePage:
    made = page(window, "home")
    assert isinstance(made, HomePage)
    qtbot.waitUntil(lambda: len(made.findChildren(BarRow)) == 5, timeout=20_000)
    qtbot.waitUntil(lambda: bool(lines(made, "Trước khi gửi báo cáo")), timeout=20_000)
    return made


def lines(made: QWidget, title: str) -> list[str]:
    """What the lines of a card say."""
    card = next(one for one in made.findChildren(Card) if one.accessibleName() == title)
    rows = [card.body.itemAt(place).widget() for place in range(card.body.count())]
    return [row.accessibleName() for row in rows if isinstance(row, CardRow)]


def press(made: QWidget, begins: str) -> None:
    """Press the line or button that begins with these words."""
    for _ in range(20):
        QApplication.processEvents()  # what was just put there is still to be shown
        for kind in (CardRow, BarRow, Button):
            for one in made.findChildren(kind):
                if one.accessibleName().startswith(begins) and one.isVisible():
                    one.click()
                    return
        time.sleep(0.05)
    raise AssertionError(f"no line begins with {begins!r}")


# Home


def test_home_says_what_is_wrong_and_opens_it(
    qtbot: QtBot, workspace: Workspace, opened: Opener
) -> None:
    saved(workspace, "client", DISABLED, reason="Đang làm hồ sơ")
    window = opened()
    made = home(qtbot, window)
    told = lines(made, "Trước khi gửi báo cáo")
    assert told[:2] == ["Lỗi phải sửa · 1", "Cảnh báo chưa có lý do · 1"]
    press(made, "Lỗi phải sửa")
    check = window.pages.current_page()
    assert isinstance(check, CheckPage)
    assert check.model.rowCount() == 1
    row = check.current()
    assert row is not None
    assert (row.problem.number, row.state) == ("V14", State.ERROR)


def test_home_begins_an_empty_office(qtbot: QtBot, workspace: Workspace, opened: Opener) -> None:
    window = opened()
    made = home(qtbot, window)
    press(made, "Thêm đối tượng")
    register = window.pages.current_register()
    assert register is not None
    assert register.form.draft is not None
    assert register.form.draft.is_new
    register.form.clear()
    saved(workspace, "client", HOA)
    window.open_page("home")
    card = next(one for one in made.findChildren(Card) if one.accessibleName() == "Bắt đầu")
    assert not card.isVisible()


def test_an_overdue_record_is_one_press_away(
    qtbot: QtBot, workspace: Workspace, opened: Opener
) -> None:
    worker = saved(workspace, "worker", WORKER, reason="đúng như vậy")
    intake = {
        "received_at": "18/06/2026 08:00",
        "channel": "TRUC_TIEP",
        "reporter": "HANG_XOM",
        "problem": workspace.forms.lists["VANDE"].values[0].code,
        "urgency": "KHAN_CAP",
        "result": workspace.forms.lists["KQ_TIEPNHAN"].values[-1].code,
        "received_by": worker,
        "text": "Trẻ bị bỏ rơi",
    }
    id = saved(workspace, "intake", intake, reason="Đang trên đường đến nơi xảy ra")
    window = opened()
    made = home(qtbot, window)
    assert lines(made, "Việc quá hạn và sắp đến hạn") == [], "a reason was given"
    problem = next(p for p in workspace.open_draft("intake", id).problems if p.number == "V23a")
    workspace.saving.give_reason(problem, "")
    qtbot.waitUntil(lambda: bool(lines(made, "Việc quá hạn và sắp đến hạn")), timeout=20_000)
    press(made, "Khẩn cấp 12 giờ")
    register = window.pages.current_register()
    assert register is not None
    assert register.register.name == "intake"
    assert register.form.draft is not None
    assert register.form.draft.id == id


def test_a_target_opens_the_records_it_counts(
    qtbot: QtBot, workspace: Workspace, opened: Opener
) -> None:
    organization = {
        "name": "Trạm y tế phường Hà Nam",
        "kind": "BENHVIEN",
        "ownership": "CONG_LAP",
        "active_from": "01/07/2025",
        "in_scope": "1",
        "in_plan": "1",
        "provides_service": "1",
        "service_since": "01/07/2025",
        "unit": "XA.13366.20250701",
    }
    id = saved(workspace, "organization", organization, reason="đúng như vậy")
    window = opened()
    made = home(qtbot, window)
    bar = next(one for one in made.findChildren(BarRow) if one.accessibleName().startswith("2,"))
    assert "1/1 · 100,0 %" in bar.accessibleName()
    bar.click()
    qtbot.waitUntil(lambda: window.pages.current_register() is not None, timeout=20_000)
    register = window.pages.current_register()
    assert register is not None
    assert register.list.rows.ids == [id]


def test_the_window_opens_where_it_was_left(
    qtbot: QtBot, workspace: Workspace, opened: Opener
) -> None:
    window = opened()
    assert isinstance(window.pages.current_page(), HomePage)
    window.open_page("register.client")
    window.close()
    stored = json.loads(workspace.paths.settings_file.read_text(encoding="utf-8"))
    assert stored[kept.LAST_PAGE] == "register.client"
    assert isinstance(opened().pages.current_page(), RegisterPage)


def test_the_strip_says_which_report_is_due(workspace: Workspace, opened: Opener) -> None:
    title = opened().windowTitle()
    assert "Ủy ban nhân dân phường Hà Nam" in title
    assert "6 tháng cuối năm 2026 (15/06/2026–14/12/2026)" in title


# Check


def check(qtbot: QtBot, window: MainWindow) -> CheckPage:
    made = page(window, "check")
    assert isinstance(made, CheckPage)
    qtbot.waitUntil(lambda: made._checks.result is not None, timeout=20_000)
    qtbot.waitUntil(lambda: not made._busy.is_running(), timeout=20_000)
    return made


def test_a_problem_leads_to_its_field(qtbot: QtBot, workspace: Workspace, opened: Opener) -> None:
    wrong = HOA | {"personal_no": "035048900123"}
    id = saved(workspace, "client", wrong, reason="Thẻ gốc ghi vậy")
    window = opened()
    made = check(qtbot, window)
    made.search.set_value_text("v03 hoa")
    made._filter()
    assert made.model.rowCount() == 1
    made.open_record()
    register = window.pages.current_register()
    assert register is not None
    assert register.form.draft is not None
    assert register.form.draft.id == id
    focus = register.form.sections.row_with_focus()
    assert focus is not None
    assert focus.field.name == "personal_no"


def test_a_reason_is_given_on_the_page_and_the_sidebar_counts(
    qtbot: QtBot, ask: ScriptedAsk, opened: Opener
) -> None:
    window = opened()
    made = check(qtbot, window)
    row = made.current()
    assert row is not None
    assert (row.problem.number, row.state) == ("V30a", State.WARNING)
    ask.then("Đang tuyển cộng tác viên")
    press(made, "Ghi lý do…")
    assert ask.is_done()

    def answered() -> bool:
        now = made.current()
        return now is not None and now.state is State.REASON

    qtbot.waitUntil(answered, timeout=20_000)
    assert made.model.rowCount() == 1


def test_filters_are_offered_from_what_there_is(
    qtbot: QtBot, workspace: Workspace, opened: Opener
) -> None:
    saved(workspace, "client", DISABLED, reason="Đang làm hồ sơ")
    made = check(qtbot, opened())
    assert [one.code for one in made.filters.register.options()] == ["client", "office"]
    assert {one.code for one in made.filters.rule.options()} == {"V14", "V30a"}
    made.show_only(state=State.WARNING)
    assert [row.problem.number for row in all_rows(made)] == ["V30a"]
    made.show_only(register="client")
    assert [row.problem.number for row in all_rows(made)] == ["V14"]
    made.show_only()
    assert made.model.rowCount() == 2


def all_rows(made: CheckPage) -> list:  # type: ignore[type-arg]
    return [made.model.row(place) for place in range(made.model.rowCount())]


# Report


def report(qtbot: QtBot, window: MainWindow, code: str = "2026H1") -> ReportPage:
    made = page(window, "report")
    assert isinstance(made, ReportPage)
    made.show_period(code)
    qtbot.waitUntil(lambda: made._reports.report(code) is not None, timeout=20_000)
    qtbot.waitUntil(lambda: made.sheet.sheet() is not None)
    qtbot.waitUntil(lambda: not made._busy.is_running(), timeout=20_000)
    return made


def test_a_figure_opens_the_records_it_was_counted_from(
    qtbot: QtBot, workspace: Workspace, opened: Opener
) -> None:
    id = saved(workspace, "client", HOA)
    window = opened()
    made = report(qtbot, window)
    made.show_view("B05")
    place = next(n for n, one in enumerate(made.sheet.model.columns) if one.code == "4")
    index = made.sheet.model.index(0, place)
    assert index.data() == "1"
    made.sheet.table.setCurrentIndex(index)
    made.sheet.ask_records()
    qtbot.waitUntil(lambda: window.pages.current_register() is not None, timeout=20_000)
    register = window.pages.current_register()
    assert register is not None
    assert register.list.rows.ids == [id]


def test_a_choice_changes_the_figures_and_can_be_taken_back(
    qtbot: QtBot, workspace: Workspace, opened: Opener
) -> None:
    made = report(qtbot, opened())
    made.show_view(SETTINGS)
    field = made.settings.field("A4")
    field.take_focus()
    field.popup_chosen("2")
    chosen = {one.definition.code: one for one in workspace.reporting.settings()}
    assert (chosen["A4"].value, chosen["A4"].is_default) == ("2", False)
    assert not made._reports.is_fresh("2026H1") or made._reports._running
    field.popup_chosen("1")
    chosen = {one.definition.code: one for one in workspace.reporting.settings()}
    assert chosen["A4"].is_default


def test_an_earlier_figure_needs_its_source(
    qtbot: QtBot, workspace: Workspace, opened: Opener
) -> None:
    made = report(qtbot, opened())
    made.show_view(EARLIER)
    earlier = made.earlier.earlier()
    assert earlier is not None
    assert earlier.period.code == "2025H2"
    made.earlier.field("G2-1").set_value_text("12,5")
    assert not made.earlier.save()
    assert workspace.reporting.typed_figures(earlier.period) == []
    made.earlier.source.set_value_text("Báo cáo 12/BC-UBND ngày 15/12/2025")
    assert made.earlier.save()
    kept_figures = workspace.reporting.typed_figures(earlier.period)
    assert [(one.key[2], one.value) for one in kept_figures] == [("G2-1", 12.5)]

    def shown() -> bool:
        found = made._reports.report("2026H1")
        assert found is not None
        sheet = next(one for one in found.sheets if one.code == "B01")
        line = next(one for one in sheet.parts[0].rows if one.code == "G2-1")
        return line.cells["6"].value == 12.5

    qtbot.waitUntil(shown, timeout=20_000)
    made.earlier.field("G2-1").set_value_text("")
    assert made.earlier.save()
    assert workspace.reporting.typed_figures(earlier.period) == []


def test_a_report_is_exported_and_remembered(
    qtbot: QtBot, workspace: Workspace, ask: ScriptedAsk, opened: Opener, tmp_path: Path
) -> None:
    window = opened()
    made = report(qtbot, window)
    made.show_view(EXPORT)
    ask.then(tmp_path / "gửi")
    made.export.choose_folder()
    press(made.export, "Xuất báo cáo")
    qtbot.waitUntil(lambda: made.export.done is not None, timeout=60_000)
    done = made.export.done
    assert done is not None
    assert done.path.parent == tmp_path / "gửi"
    assert "B05 Đối tượng" in load_workbook(done.path, read_only=True).sheetnames
    assert str(done.path) in made.export.said()
    opened_paths: list[Path] = []
    made.export._open_path = opened_paths.append
    press(made.export, "Mở tệp")
    press(made.export, "Mở thư mục")
    assert opened_paths == [done.path, done.path.parent]
    assert window.context.settings.get(kept.EXPORT_FOLDER) == str(tmp_path / "gửi")
    assert [one.revision for one in workspace.reporting.exports()] == [1]
    assert lines(made.export, "Các lần đã xuất")[0].startswith("6 tháng đầu năm 2026 · lần 1")
    qtbot.waitUntil(lambda: not made._busy.is_running(), timeout=20_000)
    qtbot.waitUntil(lambda: made._reports.is_fresh("2026H1"), timeout=20_000)


def test_an_export_without_settings_is_refused_in_words(
    qtbot: QtBot, workspace: Workspace, opened: Opener, tmp_path: Path
) -> None:
    emptied(workspace, "checker")
    window = opened()
    window.context.settings.set(kept.EXPORT_FOLDER, str(tmp_path / "gửi"))
    made = report(qtbot, window)
    made.show_view(EXPORT)
    made.export.export()
    assert "Người kiểm tra" in made.export.said()
    assert not (tmp_path / "gửi").exists()
    assert workspace.reporting.exports() == []


def test_a_full_place_is_said_and_nothing_is_kept(
    qtbot: QtBot, workspace: Workspace, opened: Opener, tmp_path: Path
) -> None:
    window = opened()
    (tmp_path / "gửi").write_text("a file where the folder should be", encoding="utf-8")
    window.context.settings.set(kept.EXPORT_FOLDER, str(tmp_path / "gửi"))
    made = report(qtbot, window)
    made.show_view(EXPORT)
    made.export.export()
    qtbot.waitUntil(lambda: bool(made.export.said()), timeout=60_000)
    assert made.export.done is None
    assert str(tmp_path / "gửi") in made.export.said()
    assert workspace.reporting.exports() == []


VIEWS = [f"B{number:02}" for number in range(1, 14)] + ["00", EXPORT, SETTINGS, EARLIER]


@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5])
def test_every_page_fits_the_screen_of_an_office(
    qtbot: QtBot, workspace: Workspace, opened: Opener, scale: float
) -> None:
    window = opened()
    size = (int(1366 / scale), int(768 / scale))
    window.resize(*size)
    for key in ("home", "check", "report"):
        window.open_page(key)
        QApplication.processEvents()
        assert (window.width(), window.height()) == size, key
    made = report(qtbot, window)
    for view in VIEWS:
        made.show_view(view)
        QApplication.processEvents()
        assert (window.width(), window.height()) == size, view


def test_everything_that_takes_the_keyboard_has_a_name(
    qtbot: QtBot, workspace: Workspace, opened: Opener
) -> None:
    window = opened()
    home(qtbot, window)
    check(qtbot, window)
    made = report(qtbot, window)
    for view in ("B05", EXPORT, SETTINGS, EARLIER):
        made.show_view(view)
    nameless = [
        f"{type(widget).__name__} in {type(widget.parentWidget()).__name__}"
        for key in ("home", "check", "report")
        for widget in window.pages.page(key).findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.focusProxy() is None
        and not (isinstance(widget, BusyOverlay) and not widget.is_running())
        and not widget.accessibleName()
    ]
    assert not nameless, nameless


def test_a_press_with_the_mouse_on_a_figure_chooses_it(
    qtbot: QtBot, workspace: Workspace, opened: Opener
) -> None:
    made = report(qtbot, opened())
    made.show_view("B05")
    index = made.sheet.model.index(3, 3)
    place = made.sheet.table.visualRect(index).center()
    click(made.sheet.table.viewport(), place)
    assert made.sheet.table.currentIndex() == index


def click(widget: QWidget, place: QPoint) -> None:
    for kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease):
        event = QMouseEvent(
            kind,
            place.toPointF(),
            widget.mapToGlobal(place).toPointF(),
            Qt.MouseButton.LeftButton,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        QApplication.sendEvent(widget, event)
