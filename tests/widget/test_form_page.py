"""A form built from a definition: what is asked, when it is checked, where the keyboard goes."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.service.problems import MISSING, UNREADABLE
from desktop.service.workspace import Workspace
from desktop.widget.form_page import FormPage
from desktop.widget.inputs import (
    ChoiceInput,
    ChoicesInput,
    DateInput,
    DateTimeInput,
    DigitsInput,
    LongTextInput,
    MoneyInput,
    NumberInput,
    PartialDateInput,
    ReferenceInput,
    TextInput,
    YesNoInput,
)
from desktop.widget.main_window import MainWindow
from tests.offices import saved
from tests.widget.conftest import WindowMaker
from tests.widget.keyboard import (
    CTRL,
    SHIFT,
    enter,
    field,
    fill_in,
    focus,
    here,
    key,
    keys,
    notes,
    tab,
    words,
)  # fmt: skip
from tests.widget.scripted_ask import ScriptedAsk
from tests.widget.typing import TYPISTS, preedit

KINDS = {
    "name": TextInput,
    "kind": ChoiceInput,
    "tags": ChoicesInput,
    "broken": YesNoInput,
    "price": MoneyInput,
    "count": NumberInput,
    "weight": NumberInput,
    "bought": DateInput,
    "checked_at": DateTimeInput,
    "made": PartialDateInput,
    "serial": DigitsInput,
    "owner": ReferenceInput,
    "note": LongTextInput,
}


@pytest.fixture
def window(windows: WindowMaker, small: Workspace) -> MainWindow:
    return windows.open(small)


@pytest.fixture
def form(window: MainWindow) -> FormPage:
    """A new thing, the keyboard in its first field."""
    assert window.add_record("thing", {})
    return window.pages.register_page("thing").form


def thing(workspace: Workspace, name: str, **texts: object) -> str:
    return saved(workspace, "thing", {"name": name, "kind": "1", **texts}, "đã xem tận nơi")


def test_each_kind_of_field_has_its_input(form: FormPage) -> None:
    for name, kind in KINDS.items():
        assert type(field(form, name).input) is kind, name


def test_every_input_is_named_and_is_the_buddy_of_its_label(form: FormPage) -> None:
    for name in KINDS:
        row = field(form, name)
        assert row.input.editor().accessibleName() == row.field.label
        assert row.label.buddy() is row.input


def test_an_empty_form_begins_without_problems_shown(form: FormPage) -> None:
    assert here(form) == "name"
    assert form.draft is not None
    assert form.draft.problems
    assert notes(field(form, "name")) == []
    assert field(form, "name").label.is_required()
    assert not field(form, "tags").label.is_required()


def test_a_problem_is_shown_when_its_field_is_left_not_before(form: FormPage) -> None:
    keys("x")
    key(Qt.Key.Key_Backspace)
    assert notes(field(form, "name")) == []
    tab()
    assert here(form) == "kind"
    assert notes(field(form, "name")) == [MISSING]
    assert field(form, "name").input.problem()[0] == "error"
    assert notes(field(form, "kind")) == []


def test_nothing_is_checked_inside_a_syllable(form: FormPage) -> None:
    checks: list[int] = []
    draft = form.draft
    assert draft is not None
    check = draft.check
    draft.check = lambda *args: checks.append(1) or check(*args)  # type: ignore
    preedit(focus(), "Nguyê")
    preedit(focus(), "Nguyễ")
    assert checks == []
    words("Nguyễn Thị Hoà")
    assert checks == []
    tab()
    assert checks == [1]


@pytest.mark.parametrize("typist", TYPISTS.values(), ids=TYPISTS.keys())
def test_vietnamese_reaches_the_draft(form: FormPage, typist: object) -> None:
    words("Bàn thờ gỗ mít", typist)  # type: ignore[arg-type]
    assert form.draft is not None
    assert form.draft.row.texts["name"] == "Bàn thờ gỗ mít"
    assert form.head.words()[0] == "Bàn thờ gỗ mít"


def test_enter_goes_through_every_field_and_a_full_one_moves_on(form: FormPage) -> None:
    visited = [here(form)]
    for _ in range(13):
        enter()
        visited.append(here(form))
    assert visited == [
        "name", "kind", "detail", "tags", "broken", "price", "count", "weight", "year",
        "bought", "checked_at", "made", "serial", "owner",
    ]  # fmt: skip
    key(Qt.Key.Key_Tab, SHIFT)
    assert here(form) == "serial"
    keys("123456")
    assert here(form) == "owner"


def test_enter_on_the_last_field_of_a_section_goes_to_the_next_section(form: FormPage) -> None:
    field(form, "owner").input.take_focus()
    enter()
    assert form.sections.current_section() == 1
    assert here(form) == "note"
    key(Qt.Key.Key_Tab, SHIFT)
    assert form.sections.current_section() == 0
    assert here(form) == "owner"


def test_an_answer_brings_its_question_and_takes_it_away_with_a_note(form: FormPage) -> None:
    broken, damage = field(form, "broken"), field(form, "damage")
    assert damage.isHidden()
    broken.input.take_focus()
    keys("c")
    assert not damage.isHidden()
    assert damage.label.is_required()
    tab()
    assert here(form) == "damage"
    words("Gãy chân")
    broken.input.take_focus()
    keys("k")
    assert damage.isHidden()
    assert any("Hỏng thế nào" in text for text in form.notices.words())
    keys("c")
    assert damage.input.value_text() == "Gãy chân"
    assert form.notices.words() == []


def test_tab_goes_into_a_field_that_leaving_this_one_brings(
    windows: WindowMaker, workspace: Workspace
) -> None:
    window = windows.open(workspace)
    assert window.add_record("client", {})
    form = window.pages.register_page("client").form
    form.sections.section(2)
    form.go_to_section(2)
    field(form, "guardian_name").input.take_focus()
    words("Lê Thị Bà")
    assert field(form, "guardian_relation").isHidden()
    tab()
    assert here(form) == "guardian_relation"


def test_codes_follow_the_group_they_belong_to(form: FormPage) -> None:
    field(form, "kind").input.take_focus()
    keys("sat")
    enter()
    assert here(form) == "detail"
    options = field(form, "detail").input
    assert isinstance(options, ChoiceInput)
    assert [one.code for one in options.options() if one.active] == ["21"]


def test_a_code_no_longer_given_out_is_not_offered(form: FormPage) -> None:
    options = field(form, "kind").input
    assert isinstance(options, ChoiceInput)
    assert [one.code for one in options.options() if one.active] == ["1", "2"]


def test_text_that_is_no_value_keeps_its_place_and_says_why(form: FormPage) -> None:
    bought = field(form, "bought")
    bought.input.take_focus()
    keys("31022025")
    tab()
    assert notes(bought) == [UNREADABLE]
    assert bought.input.value_text() == "31022025"
    owner = field(form, "owner")
    owner.input.take_focus()
    keys("khongco")
    tab()
    assert notes(owner) == [UNREADABLE]
    assert form.draft is not None
    assert form.draft.row.values["owner"] is None


def test_what_is_worked_out_is_shown_and_cannot_be_typed(form: FormPage) -> None:
    field(form, "price").input.take_focus()
    keys("2500")
    tab()
    keys("4")
    tab()
    worth = field(form, "worth")
    assert worth.input.value_text() == "10.000"
    assert worth.input.is_read_only()
    assert not worth.is_asked()


def test_a_year_has_no_dots(form: FormPage) -> None:
    field(form, "year").input.take_focus()
    keys("2025")
    tab()
    shown = field(form, "year").input
    assert isinstance(shown, NumberInput)
    assert shown.text() == "2025"


def test_a_rule_is_shown_at_its_first_field_and_goes_when_mended(form: FormPage) -> None:
    field(form, "count").input.take_focus()
    keys("0")
    tab()
    assert notes(field(form, "count")) == []
    keys("3")
    tab()
    assert notes(field(form, "count")) == ["T02"]
    field(form, "count").input.take_focus()
    keys("1")
    tab()
    assert notes(field(form, "count")) == []


def test_a_warning_takes_a_reason_and_lets_go(
    form: FormPage, ask: ScriptedAsk, small: Workspace
) -> None:
    fill_in(form, price="2000000")
    tab()
    price = field(form, "price")
    assert notes(price) == ["T01"]
    assert price.input.problem()[0] == "warning"
    ask.then("Hàng thủ công, có hoá đơn")
    price.reason_asked.emit(price.problems()[0])
    assert price.problems()[0].reason == "Hàng thủ công, có hoá đơn"
    assert price.input.problem()[0] is None
    key(Qt.Key.Key_S, CTRL)
    assert small.lookups.count("thing") == 1
    assert ask.is_done()


def test_saving_asks_for_the_reasons_that_are_missing(
    form: FormPage, ask: ScriptedAsk, small: Workspace
) -> None:
    fill_in(form, price="2000000")
    ask.then(None)
    key(Qt.Key.Key_S, CTRL)
    assert small.lookups.count("thing") == 0
    ask.then("Hàng thủ công")
    key(Qt.Key.Key_S, CTRL)
    assert small.lookups.count("thing") == 1
    assert [title for title, _ in ask.asked] == ["T01 · Ghi lý do", "T01 · Ghi lý do"]


def test_a_refused_save_shows_every_problem_and_goes_to_the_first(
    window: MainWindow, form: FormPage, small: Workspace
) -> None:
    field(form, "count").input.take_focus()
    key(Qt.Key.Key_S, CTRL)
    assert small.lookups.count("thing") == 0
    assert here(form) == "name"
    assert notes(field(form, "kind")) == [MISSING]
    assert "2 lỗi" in window.said()
    key(Qt.Key.Key_F8)
    assert here(form) == "kind"
    key(Qt.Key.Key_F8)
    assert here(form) == "name"


def test_saved_record_shows_its_number_and_is_clean(form: FormPage, small: Workspace) -> None:
    fill_in(form)
    assert form.is_dirty
    key(Qt.Key.Key_S, CTRL)
    assert not form.is_dirty
    assert field(form, "number").input.value_text() == "2026-001"
    assert "2026-001" in form.head.words()[1]


def test_save_and_next_keeps_what_is_pinned(form: FormPage, small: Workspace) -> None:
    fill_in(form)
    field(form, "bought").input.take_focus()
    keys("05062026")
    field(form, "bought").input.take_focus()
    key(Qt.Key.Key_L, CTRL)
    key(Qt.Key.Key_S, CTRL | SHIFT)
    assert small.lookups.count("thing") == 1
    assert form.draft is not None
    assert form.draft.is_new
    assert here(form) == "name"
    assert field(form, "kind").input.value_text() == "1"
    assert field(form, "bought").input.is_empty()
    assert not form.is_dirty


def test_the_same_field_of_the_record_before(form: FormPage, small: Workspace) -> None:
    fill_in(form, "Bàn gỗ lim")
    key(Qt.Key.Key_S, CTRL | SHIFT)
    key(Qt.Key.Key_D, CTRL)
    assert field(form, "name").input.value_text() == "Bàn gỗ lim"
    assert form.draft is not None
    assert form.draft.row.texts["name"] == "Bàn gỗ lim"


def test_undo_in_a_field_is_the_fields_own_until_it_is_saved(
    window: MainWindow, form: FormPage, small: Workspace
) -> None:
    fill_in(form)
    field(form, "price").input.take_focus()
    keys("500")
    key(Qt.Key.Key_Z, CTRL)
    assert small.lookups.count("thing") == 0
    assert field(form, "price").input.is_empty()
    keys("700")
    key(Qt.Key.Key_S, CTRL)
    field(form, "price").input.take_focus()
    assert small.lookups.count("thing") == 1
    key(Qt.Key.Key_Z, CTRL)
    assert small.lookups.count("thing") == 0
    assert "Bàn gỗ" in window.said()
    key(Qt.Key.Key_Y, CTRL)
    assert small.lookups.count("thing") == 1


def test_escape_asks_before_it_drops_what_was_typed(
    window: MainWindow, form: FormPage, ask: ScriptedAsk
) -> None:
    words("Bàn")
    ask.then("")
    key(Qt.Key.Key_Escape)
    assert form.draft is not None
    assert field(form, "name").input.value_text() == "Bàn"
    ask.then("discard")
    key(Qt.Key.Key_Escape)
    assert form.draft is None
    assert ask.is_done()


def test_what_refers_to_a_record_is_listed_opened_and_added(
    window: MainWindow, small: Workspace, qtbot: QtBot
) -> None:
    table = thing(small, "Bàn")
    thing(small, "Ngăn kéo", owner=table)
    assert window.open_record("thing", table)
    form = window.pages.register_page("thing").form
    form.sections.show_section(1)
    related = form.sections.section(1).related_lists[0]
    qtbot.waitUntil(lambda: related.model.rowCount() == 1)
    assert related.model.index(0, 0).data() == "Ngăn kéo"
    assert "Đồ đi kèm 1" in form.head.words()[1]
    related.table.opened.emit(0)
    assert form.head.words()[0] == "Ngăn kéo"
    window.open_record("thing", table)
    related.add_button.click()
    assert form.draft is not None
    assert form.draft.is_new
    assert field(form, "owner").input.value_text() == table


def test_history_tells_every_change_in_words(window: MainWindow, small: Workspace) -> None:
    table = thing(small, "Bàn")
    draft = small.open_draft("thing", table)
    draft.set_text("name", "Bàn tròn")
    small.save(draft)
    window.open_record("thing", table)
    form = window.pages.register_page("thing").form
    form.sections.show_section(2)
    entries = small.lookups.history("thing", table)
    assert len(entries) == 2
    from desktop.widget.parts import Card, Paragraph

    told = [one.accessibleName() for one in form.findChildren(Paragraph)]
    assert "Tên: từ “Bàn” thành “Bàn tròn”" in told
    assert len(form.findChildren(Card)) >= 2


def test_help_stands_below(form: FormPage) -> None:
    assert form.foot.help.text() == "Ghi tên như mọi người gọi. Ví dụ: Cái bàn"
    field(form, "price").input.take_focus()
    assert form.foot.help.text() != "Ghi tên như mọi người gọi. Ví dụ: Cái bàn"


def test_a_field_left_asks_the_rules_once(form: FormPage) -> None:
    """Not timed here (`build/bench.py` is): a field left asks the rules once, not twice."""
    draft = form.draft
    assert draft is not None
    checks: list[int] = []
    check = draft.check
    draft.check = lambda *args: checks.append(1) or check(*args)  # type: ignore
    field(form, "broken").input.take_focus()
    keys("c")
    tab()
    assert checks == [1]
