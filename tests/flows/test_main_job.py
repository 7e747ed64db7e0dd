"""The main job from an empty folder to the workbook and back, by keys alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from desktop.base.paths import Paths
from desktop.service.workspace import Workspace
from desktop.widget.ask import Ask, ReasonDialog
from desktop.widget.field_row import FieldRow
from desktop.widget.first_run import FirstRunPage
from desktop.widget.main_window import MainWindow
from desktop.widget.report_page import ReportPage
from tests.flows.screen import PATIENCE_MS, Screen, cells, go, problems_of, put
from tests.flows.seat import Seat, said
from tests.flows.workbooks import bytes_inside, data_lines, opened
from tests.libreoffice import differences
from tests.offices import paths_of
from tests.widget.keyboard import (
    ALT,
    CTRL,
    SHIFT,
    enter,
    field,
    focus,
    here,
    key,
    keys,
    notes,
    tab,
    words,
)  # fmt: skip
from tests.widget.scripted_ask import ScriptedAsk
from tests.widget.typing import type_ime, type_unikey

CLOSING = date(2026, 6, 14)
PASSWORD = "sen nở trong đầm"
PERSON = "Đỗ Thị Ngọc Ánh"
REASON = "Thẻ in sai, đã xem giấy khai sinh"
TYPED = {
    "document_number": "05",
    "preparer": PERSON,
    "checker": "Vũ Đức Hoà",
    "signer": "Nguyễn Văn Ất",
}
"""What the first run is told; the rest follows from the unit."""
CLIENTS: list[dict[str, Any]] = [
    {
        "full_name": "Trần Văn Sáu", "sex": "nam", "birth": "1944", "personal_no": "035144000123",
        "phone": "0912345678", "marital": "goa", "category": "05", "since": "01032026",
        "benefit": "HUU_TRI_XH",
    },
    {
        "full_name": "Nguyễn Thị Hoà", "sex": "nu", "birth": "15061960",
        "personal_no": "035160000456", "phone": "0987654321", "marital": "goa", "category": "06",
        "since": "01022025", "benefit": "",
    },
]  # fmt: skip
"""Texts as they are typed. The number of the first says it is a woman's: rule V03."""


class KeyedAsk(ScriptedAsk):
    """Answers reasons in the real dialog, by keys."""

    def reason(self, parent: QWidget | None, title: str, text: str) -> str | None:
        answer = super().reason(parent, title, text)
        QTimer.singleShot(0, lambda: _type_and_enter(str(answer)))
        given = Ask().reason(parent, title, text)
        if parent is not None:
            parent.window().activateWindow()  # as a system with a screen does by itself
        return given


def _type_and_enter(text: str) -> None:
    dialog = QApplication.activeWindow()
    if not isinstance(dialog, ReasonDialog) or not dialog.isAncestorOf(focus()):
        QTimer.singleShot(10, lambda: _type_and_enter(text))
        return
    words(text)
    enter()


@pytest.fixture
def ask() -> KeyedAsk:
    return KeyedAsk()


@pytest.fixture
def seat(sit: Callable[[Paths], Seat], tmp_path: Path) -> Seat:
    return sit(paths_of(tmp_path / "dữ liệu"))


def test_the_main_job(seat: Seat, ask: KeyedAsk, tmp_path: Path) -> None:
    set_up_the_office(seat.start())
    seat.write_code_down()
    screen = seat.screen()
    record_the_office(screen)
    record_the_collaborator(screen)
    for number, texts in enumerate(CLIENTS):
        record_the_client(screen, ask, texts, type_ime if number else type_unikey)
    record_the_case(screen)
    record_the_service(screen)
    undo_and_redo(screen)
    path = export_the_period(screen, ask, tmp_path / "báo cáo")
    assert ask.is_done()
    read_the_workbook(screen.workspace, path)
    assert differences(path, tmp_path) == []
    seat.end()
    sign_in_again(seat)
    find_the_client(seat.screen())


# First run


def set_up_the_office(page: QWidget) -> None:
    """The unit is found by typing without accents; what follows from it is not typed."""
    assert isinstance(page, FirstRunPage)
    assert row_here(page) == "unit", "the keyboard is at the unit"
    words("ha nam ninh binh")
    enter()
    for _ in range(40):
        name = row_here(page)
        if not name:
            break
        words(TYPED.get(name, ""))
        enter()
    texts = page.draft.row.texts
    assert texts["unit"] == "XA.13366.20250701"
    assert texts["body_name"] == "Ủy ban nhân dân phường Hà Nam"
    assert {name: texts[name] for name in TYPED} == TYPED
    assert page.people.name() == PERSON
    enter()
    for _ in range(2):
        words(PASSWORD)
        enter()


def row_here(page: QWidget) -> str:
    """Name of the field of the first-run page that has the keyboard."""
    for row in page.findChildren(FieldRow):
        if row.input.has_focus():
            return row.field.name
    return ""


# Registers


def save(screen: Screen, register: str) -> str:
    """Ctrl+S; the id of what was saved."""
    form = screen.form(register)
    key(Qt.Key.Key_S, CTRL)
    screen.qtbot.waitUntil(screen.window.isActiveWindow)  # a dialog may have been over it
    assert form.draft is not None
    assert not form.draft.is_new, problems_of(form)
    return form.draft.id


def record_the_office(screen: Screen) -> None:
    form = screen.new("organization")
    put(form, "name", "Ủy ban nhân dân phường Hà Nam")
    put(form, "kind", "uy ban")
    put(form, "ownership", "cong lap")
    put(form, "active_from", "01072025")
    put(form, "in_scope", "c")
    put(form, "in_plan", "k")
    put(form, "provides_service", "k")
    save(screen, "organization")


def record_the_collaborator(screen: Screen) -> None:
    form = screen.new("worker")
    put(form, "full_name", "Nguyễn Thị Thu Hà")
    put(form, "sex", "nu")
    put(form, "birth", "12041988")
    put(form, "education", "dai hoc")
    put(form, "study_field", "cong tac xa hoi")
    put(form, "clean_record", "khong tien an")
    key(Qt.Key.Key_3, ALT)
    key(Qt.Key.Key_Return, CTRL)
    put(form, "organization", "uy ban nhan dan ha nam")
    put(form, "post_kind", "ctv")
    put(form, "full_time", "kiem nhiem")
    put(form, "is_main", "c")
    put(form, "date_from", "01072025")
    put(form, "contract_from", "01072025")
    put(form, "allowance_monthly", "2340000")
    tab()
    id = save(screen, "worker")
    stored = screen.workspace.read("worker", id)
    assert stored.values["full_name"] == "Nguyễn Thị Thu Hà"
    assert [row["post_kind"] for row in stored.children["assignment"]] == ["CTV"]


def record_the_client(screen: Screen, ask: KeyedAsk, texts: dict[str, Any], typist: Any) -> None:
    form = screen.new("client")
    put(form, "full_name", texts["full_name"], typist)
    put(form, "sex", texts["sex"])
    put(form, "birth", texts["birth"])
    put(form, "personal_no", texts["personal_no"])
    put(form, "phone", texts["phone"])
    put(form, "marital", texts["marital"])
    key(Qt.Key.Key_2, ALT)
    key(Qt.Key.Key_Return, CTRL)
    put(form, "category", texts["category"])
    put(form, "date_from", texts["since"])
    if texts["benefit"]:
        key(Qt.Key.Key_4, ALT)
        key(Qt.Key.Key_Return, CTRL)
        put(form, "kind", texts["benefit"])
        put(form, "decision_no", "QĐ 12")
        put(form, "date_from", texts["since"])
    key(Qt.Key.Key_1, ALT)
    wrong = field(form, "personal_no")
    if texts is CLIENTS[0]:
        assert notes(wrong) == ["V03"]
        assert "ghi lý do" in wrong.problems()[0].message
        ask.then(REASON)
    id = save(screen, "client")
    stored = screen.workspace.read("client", id)
    assert stored.values["full_name"] == texts["full_name"]
    assert [row["category"] for row in stored.children["client_category"]] == [texts["category"]]
    if texts is CLIENTS[0]:
        assert [p.reason for p in wrong.problems()] == [REASON]
        assert [row["kind"] for row in stored.children["benefit"]] == [texts["benefit"]]


def record_the_case(screen: Screen) -> None:
    form = screen.new("case_record")
    put(form, "client", "tran van sau")
    put(form, "opened", "05032026")
    put(form, "criteria", "lau dai")
    enter()
    put(form, "manager", "thu ha")
    put(form, "case_type", "khac")
    save(screen, "case_record")


def record_the_service(screen: Screen) -> None:
    form = screen.new("service_event")
    put(form, "client", "tran van sau")
    put(form, "date", "10032026")
    put(form, "service", "tv")
    put(form, "fund_source", "dia phuong")
    put(form, "provider_worker", "thu ha")
    save(screen, "service_event")


def undo_and_redo(screen: Screen) -> None:
    """Ctrl+Z and Ctrl+Y on a saved change, by name."""
    screen.go_to("tran van sau")
    form = screen.form("client")
    put(form, "phone", "0977000111")
    id = save(screen, "client")

    def phone() -> Any:
        return screen.workspace.read("client", id).values["phone"]

    assert phone() == "0977000111"
    key(Qt.Key.Key_Z, CTRL)
    assert phone() == CLIENTS[0]["phone"]
    assert "Trần Văn Sáu" in screen.window.said()
    screen.qtbot.waitUntil(lambda: field(form, "phone").input.value_text() == CLIENTS[0]["phone"])
    key(Qt.Key.Key_Y, CTRL)
    assert phone() == "0977000111"
    key(Qt.Key.Key_Z, CTRL)


# The report


def export_the_period(screen: Screen, ask: KeyedAsk, folder: Path) -> Path:
    screen.go_to("bao cao ky")
    page = screen.window.pages.current_page()
    assert isinstance(page, ReportPage)
    screen.wait()
    assert page.period.code == "2026H1"
    key(Qt.Key.Key_E, CTRL)
    told: list[tuple[str, float]] = []
    page.export.started.connect(
        lambda job: job.progressed.connect(lambda text, done: told.append((text, done)))
    )
    ask.then(folder)
    press_button(page, "Thư mục khác…")
    press_button(page, "Xuất báo cáo")
    screen.qtbot.waitUntil(lambda: bool(page.export.said()), timeout=PATIENCE_MS)
    done = page.export.done
    assert done is not None, page.export.said()
    assert str(done.path) in page.export.said()
    assert done.path == folder / "BC-CTXH_2026H1_XA_13366_Phuong-Ha-Nam_v1.xlsx"
    parts = [part for _, part in told]
    assert len(parts) > 1
    assert parts == sorted(parts)
    screen.wait()
    return done.path


def press_button(page: QWidget, text: str) -> None:
    """Tab to a button and press the space bar."""
    met: list[str] = []
    for _ in range(60):
        met.append(focus().accessibleName())
        if met[-1] == text:
            key(Qt.Key.Key_Space)
            return
        tab()
    raise AssertionError(f"Tab never came to “{text}”: {met}")


def read_the_workbook(workspace: Workspace, path: Path) -> None:
    """Figures against plain counting of what was typed; nothing of the clients in any byte."""
    sent = data_lines(path)
    values, _ = opened(path)
    assert {sheet.title[:3] for sheet in values.worksheets} >= {f"B{n:02}" for n in range(1, 14)}
    for code, (opening, new, closing, women, old) in counted().items():
        found = tuple(sent["B05", "I", code, column] for column in ("1", "2", "4", "5", "7"))
        assert found == (opening, new, closing, women, old), code
    assert sent["B05", "I", "TONG", "11"] == 1
    assert sent["B05", "I", "TONG", "12"] == 1
    assert sent["B05", "I", "TONG", "13"] == 1
    names = {value for place, value in sent.items() if place[0] == "B02"}
    assert "Nguyễn Thị Thu Hà" in names
    inside = bytes_inside(path)
    assert PERSON.encode() in inside
    for texts in CLIENTS:
        for name in ("full_name", "personal_no", "phone"):
            assert texts[name].encode() not in inside


def counted() -> dict[str, tuple[int, int, int, int, int]]:
    """By row of B05: opening, new, closing, women, 60 or older, by a loop over what was typed."""
    found = {}
    for code in ("TONG", "05", "06"):
        who = [one for one in CLIENTS if code in ("TONG", one["category"])]
        begun = [one["since"][4:] + one["since"][2:4] + one["since"][:2] for one in who]
        before = sum(day < "20251215" for day in begun)
        new = sum("20251215" <= day <= "20260614" for day in begun)
        women = sum(one["sex"] == "nu" for one in who)
        old = sum(CLOSING.year - int(one["birth"][-4:]) >= 60 for one in who)
        found[code] = (before, new, len(who), women, old)
    return found


# The next day


def sign_in_again(seat: Seat) -> None:
    """A wrong password is said in words and opens nothing; the right one opens the office."""
    seat.start()
    page = seat.sign_in("khong phai")
    assert "không đúng" in said(page)[0]
    assert isinstance(seat.sign_in(PASSWORD), MainWindow)


def find_the_client(screen: Screen) -> None:
    screen.wait()
    screen.go_to("doi tuong")
    page = screen.window.pages.current_register()
    assert page is not None
    key(Qt.Key.Key_F, CTRL)
    keys("tran sau")
    assert [row["Họ và tên"] for row in cells(page.list.choice.table)] == ["Trần Văn Sáu"]
    enter()
    assert page.form.head.words()[0] == "Trần Văn Sáu"
    assert here(page.form)
    go(page.form, "phone")
    assert field(page.form, "phone").input.value_text() == CLIENTS[0]["phone"]
    key(Qt.Key.Key_Tab, SHIFT)
