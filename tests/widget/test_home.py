"""Home by keys: each number opens exactly what it counts; it fits the screen; old values stay."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from desktop.schema.definition import Gate, Level
from desktop.service.checking import check_all
from desktop.service.workspace import Workspace
from desktop.store.snapshots import SnapshotHead, keep_snapshot
from desktop.widget.check_page import CheckPage
from desktop.widget.home_page import HomePage
from desktop.widget.home_period import PeriodLine
from desktop.widget.home_sheets import SheetTile
from desktop.widget.home_targets import Spark, TargetRow
from desktop.widget.main_pages import make_main_window
from desktop.widget.main_window import MainWindow
from desktop.widget.parts import Card, CardRow, Paragraph
from desktop.widget.parts.painted_button import PaintedButton
from desktop.widget.report_page import ReportPage
from tests.offices import saved
from tests.service.test_saving import HOA
from tests.widget.conftest import WindowMaker
from tests.widget.keyboard import enter, focus, key, tab
from tests.widget.scripted_ask import ScriptedAsk

NAMES = {"Nguyễn Thị Hoà": "035148000123", "Trần Thị Lan": "035148000124"}
GROUP = {"client_category": [{"category": "07", "is_main": "1", "date_from": "01/01/2023"}]}
Opener = Callable[[], MainWindow]
BEFORE, DUE = "Trước khi gửi báo cáo", "Việc quá hạn và sắp đến hạn"


@pytest.fixture
def opened(
    qtbot: QtBot,
    workspace: Workspace,
    windows: WindowMaker,
    ask: ScriptedAsk,
    on_screen: list[MainWindow],
) -> Opener:
    def make() -> MainWindow:
        window = make_main_window(workspace, windows.jobs, ask)
        on_screen.append(window)
        window.resize(1366, 768)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        window.open_page("home")
        rest(qtbot, windows)
        return window

    return make


@pytest.fixture
def filled(workspace: Workspace) -> None:
    """Two people without the level of their disability, an unapproved plan, a quiet case."""
    ids = [
        saved(
            workspace,
            "client",
            HOA | GROUP | {"full_name": name, "personal_no": number},
            reason="Đang làm hồ sơ",
        )
        for name, number in NAMES.items()
    ]
    worker = {
        "full_name": "Đỗ Thu Hà",
        "sex": "NU",
        "birth": "12/04/1988",
        "education": "DH",
        "study_field": "CTXH",
    }
    manager = saved(workspace, "worker", worker, reason="đúng như vậy")
    for id in ids:
        case = {
            "client": id,
            "opened": "05/01/2026",
            "criteria": "KHAN_CAP",
            "manager": manager,
            "case_type": "KHAC",
            "status": "MO",
        }
        record = saved(workspace, "case_record", case, reason="đúng như vậy")
        plan = {"case_record": record, "version": "1", "date": "06/01/2026", "goals": "Ổn định"}
        saved(workspace, "plan", plan, reason="đúng như vậy")


def rest(qtbot: QtBot, windows: WindowMaker) -> None:
    """Until no job runs, and none is about to."""
    qtbot.wait(150)
    qtbot.waitUntil(lambda: not windows.jobs.is_busy(), timeout=30_000)
    qtbot.wait(150)
    qtbot.waitUntil(lambda: not windows.jobs.is_busy(), timeout=30_000)


def home(window: MainWindow) -> HomePage:
    window.open_page("home")
    page = window.pages.page("home")
    assert isinstance(page, HomePage)
    QApplication.processEvents()
    return page


def card(page: HomePage, title: str) -> Card:
    return next(one for one in page.findChildren(Card) if one.accessibleName() == title)


def rows(page: HomePage, title: str) -> list[CardRow]:
    body = card(page, title).body
    found = [body.itemAt(place).widget() for place in range(body.count())]
    return [one for one in found if isinstance(one, CardRow)]


def open_by_enter(row: QWidget) -> None:
    row.setFocus(Qt.FocusReason.TabFocusReason)
    assert focus() is row
    enter()


def test_each_line_of_what_is_wrong_opens_as_many_as_it_says(
    workspace: Workspace, filled: None, opened: Opener
) -> None:
    window = opened()
    wanted = check_all(workspace, Gate.CLOSE)
    problems = [p for record in wanted.records for p in record.problems]
    errors = sum(p.level is Level.ERROR for p in problems)
    warnings = sum(p.level is Level.WARNING and not p.reason for p in problems)
    assert errors
    assert warnings
    told = [one.accessibleName() for one in rows(home(window), BEFORE)]
    assert told[:2] == [f"Lỗi phải sửa · {errors}", f"Cảnh báo chưa có lý do · {warnings}"]
    for place, count in enumerate((errors, warnings)):
        open_by_enter(rows(home(window), BEFORE)[place])
        check = window.pages.current_page()
        assert isinstance(check, CheckPage)
        assert check.model.rowCount() == count
    for place in range(2, len(told)):
        title = told[place].split(" · ")[0]
        name = next(one.name for one in workspace.registers.values() if one.title == title)
        own = [p for record in wanted.records if record.register == name for p in record.problems]
        open_by_enter(rows(home(window), BEFORE)[place])
        check = window.pages.current_page()
        assert isinstance(check, CheckPage)
        assert check.model.rowCount() == sum(p.is_open for p in own) > 0, title
        assert all(f"{n} " in told[place] for n in _counts(own) if n)


def _counts(problems: list) -> tuple[int, int]:  # type: ignore[type-arg]
    errors = sum(p.level is Level.ERROR for p in problems)
    return errors, sum(p.is_open for p in problems) - errors


def test_each_line_of_what_is_due_opens_the_records_it_counts(
    workspace: Workspace, filled: None, opened: Opener
) -> None:
    window = opened()
    told = [one.accessibleName() for one in rows(home(window), DUE)]
    days = (workspace.today - date(2026, 1, 6)).days
    assert told == [
        "Rà soát ca · 2 ca đã lâu không có dịch vụ, rà soát · "
        f"lâu nhất {(workspace.today - date(2026, 4, 5)).days} ngày",
        f"Kế hoạch trợ giúp chưa duyệt · 2 kế hoạch · lâu nhất {days} ngày",
    ]
    for place, register in enumerate(("case_record", "plan")):
        open_by_enter(rows(home(window), DUE)[place])
        page = window.pages.current_register()
        assert page is not None
        assert page.register.name == register
        assert page.list.rows.count == 2


def test_every_sheet_is_there_and_opens_itself(filled: None, opened: Opener) -> None:
    window = opened()
    page = home(window)
    tiles = page.findChildren(SheetTile)
    assert [one.state.code for one in tiles] == [f"B{n:02}" for n in range(1, 14)]
    five = tiles[4]
    assert "Đối tượng" in five.accessibleName() or "ĐỐI TƯỢNG" in five.accessibleName()
    assert f"{five.state.filled} trong {five.state.expected} dòng" in five.accessibleName()
    five.setFocus(Qt.FocusReason.TabFocusReason)
    key(Qt.Key.Key_Right)
    assert focus() is tiles[5]
    key(Qt.Key.Key_Left)
    enter()
    report = window.pages.current_page()
    assert isinstance(report, ReportPage)
    shown = report.sheet.sheet()
    assert shown is not None
    assert shown.code == "B05"


def test_a_trend_has_a_point_for_each_figure_known_and_none_else(
    qtbot: QtBot, workspace: Workspace, opened: Opener, windows: WindowMaker
) -> None:
    window = opened()
    bars = home(window).findChildren(TargetRow)
    assert len(bars) == 5
    assert all("chưa có số kỳ trước" in one.accessibleName() for one in bars)
    before = workspace.reporting.period("2026H1")
    workspace.reporting.type_figure(before, ("B01", "I", "G2-2", "5"), 55.0, "Báo cáo 12")
    home(window)._reports.forget()
    rest(qtbot, windows)
    told = [one.accessibleName() for one in home(window).findChildren(TargetRow)]
    assert "6 tháng đầu năm 2026: 55,0 %" in told[1]
    assert "chưa có số kỳ trước" in told[0]


def test_points_nobody_knows_are_left_out(qtbot: QtBot) -> None:
    from desktop.service.overview import Progress112

    one = Progress112("G2-2", "2", "Cơ sở", 0.7, 0.6, "70,0 %", "mục tiêu 60 %", True)
    row = TargetRow(one, [Spark("A", 50.0), Spark("B", None), Spark("C", 70.0)])
    qtbot.addWidget(row)
    assert row.trend_words() == "A: 50,0 % → C: 70,0 %"
    alone = TargetRow(one, [Spark("B", None), Spark("C", 70.0)])
    qtbot.addWidget(alone)
    assert alone.trend_words() == "chưa có số kỳ trước"


def test_the_days_left_are_counted_to_the_due_date(workspace: Workspace, opened: Opener) -> None:
    line = home(opened()).findChild(PeriodLine)
    reporting = workspace.reporting
    due = reporting.due(reporting.to_report())
    assert due is not None
    figure, told = line.words()
    assert figure == str((due - workspace.today).days)
    assert f"{due:%d/%m/%Y}" in told
    period = reporting.period("2026H1")
    line.show_period(period, date(2026, 6, 20), date(2026, 6, 16))
    assert line.words() == ("4", "ngày quá hạn gửi, hạn là thứ Ba 16/06/2026")


def test_arrows_and_tab_reach_every_line(filled: None, opened: Opener) -> None:
    page = home(opened())
    stops = [
        one
        for one in page.findChildren(PaintedButton)
        if one.isVisible() and one.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    first = page.findChild(PeriodLine)
    first.setFocus(Qt.FocusReason.TabFocusReason)
    seen = [focus()]
    for _ in range(len(stops) + 5):
        key(Qt.Key.Key_Down)
        if isinstance(focus(), SheetTile):
            key(Qt.Key.Key_Right)
        if focus() is not seen[-1]:
            seen.append(focus())
    assert len(seen) > len(stops) - 13
    tabbed = set()
    for _ in range(2 * len(stops) + 60):
        tab()
        tabbed.add(focus())
    assert set(stops) <= tabbed
    assert all(one.accessibleName() for one in stops)


@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5])
def test_home_scrolls_as_one_page_and_never_sideways(
    filled: None, opened: Opener, scale: float
) -> None:
    window = opened()
    window.resize(int(1366 / scale), int(768 / scale))
    page = home(window)
    QApplication.processEvents()
    areas = page.findChildren(QScrollArea)
    assert len(areas) == 1
    inside = areas[0].widget()
    assert inside.width() <= areas[0].viewport().width()
    assert areas[0].horizontalScrollBar().maximum() == 0
    if scale == 1.0:
        assert areas[0].verticalScrollBar().maximum() == 0, "all of it at once"
    for row in page.findChildren(TargetRow):
        assert row.text() in row.toolTip()


def test_what_was_exported_says_whether_it_arrived(workspace: Workspace, opened: Opener) -> None:
    reporting = workspace.reporting
    period = reporting.period("2026H1")
    head = SnapshotHead(
        unit_id="XA.13366.20250701",
        calendar=period.calendar,
        period=period.code,
        revision=1,
        made_at="2026-06-15T09:30:00+07:00",
        made_by="",
        digest="",
        file_name="bao-cao.xlsx",
    )
    with workspace.database.transaction() as connection:
        keep_snapshot(connection, head, ())
    window = opened()
    title = "Đã xuất"
    told = [one.accessibleName() for one in rows(home(window), title)]
    assert told == ["6 tháng đầu năm 2026 · lần 1 · đã xuất 15/06/2026 09:30, chưa ghi gửi"]
    way = {"period": "2026H1", "version": "1", "sent_at": "15/06/2026 10:00"}
    id = saved(workspace, "report_submission", way, reason="đúng như vậy")
    window.open_page("check")
    told = [one.accessibleName() for one in rows(home(window), title)]
    assert told == ["6 tháng đầu năm 2026 · lần 1 · đã gửi 15/06/2026 10:00, chưa báo nhận"]
    open_by_enter(rows(home(window), title)[0])
    page = window.pages.current_register()
    assert page is not None
    assert page.form.draft is not None
    assert page.form.draft.id == id


def test_old_values_stay_until_the_new_ones_are_counted(
    workspace: Workspace, filled: None, opened: Opener, qtbot: QtBot
) -> None:
    window = opened()
    page = home(window)
    before = [one.accessibleName() for one in rows(page, BEFORE)]
    plans = [one.accessibleName() for one in rows(page, DUE)]
    saved(workspace, "client", HOA | {"full_name": "Lê Thị Mơ", "personal_no": "035148000200"})
    assert [one.accessibleName() for one in rows(page, BEFORE)] == before
    assert [one.accessibleName() for one in rows(page, DUE)] == plans
    assert len(page.findChildren(TargetRow)) == 5
    assert not [p for p in page.findChildren(Paragraph) if p.text().startswith("Đang đếm")]
