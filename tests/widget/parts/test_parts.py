"""The small parts: what they say, what they answer to, how they stand."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from desktop.widget import theme
from desktop.widget.parts import (
    Badge,
    BarRow,
    BusyOverlay,
    Button,
    Card,
    CardRow,
    EmptyState,
    NavButton,
    Paragraph,
    ProblemNote,
    SearchBox,
    SectionTabs,
    Toast,
    Toolbar,
)
from tests.widget.typing import type_unikey


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    """An active window with a column."""
    made = QWidget()
    made.resize(700, 500)
    QVBoxLayout(made)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def put(window: QWidget, *widgets: QWidget) -> None:
    """Show widgets in the window."""
    for widget in widgets:
        window.layout().addWidget(widget)
        widget.show()


def test_a_button_shows_its_key_and_is_called_by_its_word(qtbot: QtBot) -> None:
    button = Button("Lưu & đóng", "primary", icon="save", key="Ctrl+S")
    qtbot.addWidget(button)
    assert button.accessibleName() == "Lưu & đóng"
    assert button.text().strip() == "Lưu && đóng  Ctrl+S"
    assert not button.icon().isNull()


def test_an_icon_follows_the_theme(qtbot: QtBot, qapp) -> None:
    button = Button("Lọc", icon="filter")
    qtbot.addWidget(button)
    before = button.icon().pixmap(16, 16).toImage()
    theme.apply(qapp, theme.DARK)
    assert button.icon().pixmap(16, 16).toImage() != before


def test_arrows_walk_the_sidebar_and_enter_chooses(window: QWidget) -> None:
    pages = [NavButton(text, "users") for text in ("Trang chủ", "Đối tượng", "Ca")]
    put(window, *pages)
    pages[0].setChecked(True)
    pages[0].setFocus()
    QTest.keyClick(pages[0], Qt.Key.Key_Down)
    assert pages[1].isChecked()
    assert not pages[0].isChecked()
    pages[2].setFocus()
    QTest.keyClick(pages[2], Qt.Key.Key_Return)
    assert pages[2].isChecked()


def test_a_narrow_page_button_tells_its_name_under_the_mouse(qtbot: QtBot) -> None:
    page = NavButton("Đối tượng", "users")
    qtbot.addWidget(page)
    page.resize(168, 30)
    page.show()
    assert page.toolTip() == ""
    page.resize(40, 30)
    assert page.toolTip() == "Đối tượng"
    page.set_count("5", attention=True)
    assert page.accessibleDescription() == "5"


def test_a_line_of_a_card_opens_by_key_and_mouse_where_it_can(window: QWidget, qtbot) -> None:
    opens = CardRow("3 ca quá 90 ngày", "mở", strong="Quá hạn", opens=True)
    still = CardRow("Biểu đã đủ số liệu", "11 trong 13")
    card = Card("Việc", "8")
    card.add(opens)
    card.add(still)
    put(window, card)
    with qtbot.waitSignal(opens.opened):
        QTest.mouseClick(opens, Qt.MouseButton.LeftButton)
    opens.setFocus()
    with qtbot.waitSignal(opens.opened):
        QTest.keyClick(opens, Qt.Key.Key_Return)
    assert opens.accessibleName() == "Quá hạn · 3 ca quá 90 ngày · mở"
    assert still.focusPolicy() == Qt.FocusPolicy.NoFocus
    card.clear()
    assert card.body.count() == 0


def test_a_bar_says_its_figures_and_knows_its_target(window: QWidget, qtbot) -> None:
    bar = BarRow("1", "Đơn vị có nhân sự", 0.826, 0.9, "19/23 đơn vị · 82,6 %", "mục tiêu 90 %")
    unknown = BarRow("2", "Chưa có", None, 0.4, "…")
    put(window, bar, unknown)
    assert bar.reaches() is False
    assert BarRow("", "", 0.9, 0.9, "").reaches() is True
    assert unknown.reaches() is None
    assert bar.accessibleName() == ("1, Đơn vị có nhân sự, 19/23 đơn vị · 82,6 %, mục tiêu 90 %")
    with qtbot.waitSignal(bar.opened):
        QTest.mouseClick(bar, Qt.MouseButton.LeftButton)


@pytest.mark.parametrize("width", [700, 1100])
@pytest.mark.parametrize("share", [0.0, 0.5, 1.0])
def test_a_bar_is_filled_as_far_as_its_share(qtbot: QtBot, share: float, width: int) -> None:
    bar = BarRow("1", "Đơn vị", share, None, "")
    qtbot.addWidget(bar)
    bar.resize(width, 30)
    bar.resize(width, bar.sizeHint().height())
    image = bar.grab().toImage()
    box = bar._columns()[1]
    ratio = image.width() / bar.width()
    filled = sum(
        image.pixelColor(int(x * ratio), int(box.center().y() * ratio)).name() == theme.LIGHT.accent
        for x in range(box.left(), box.right())
    )
    assert filled == pytest.approx(share * box.width(), abs=3)


def test_a_note_says_its_kind_in_words_and_asks_for_the_reason_by_key(window, qtbot) -> None:
    note = ProblemNote("warning", "Chữ số thứ 4 là <0>.", number="V03", link="ghi lý do")
    put(window, note)
    assert note.words() == "V03 · Chữ số thứ 4 là <0>."
    assert note.accessibleName().endswith("V03 · Chữ số thứ 4 là <0>.")
    assert note.accessibleName() != note.words()
    words = note._words
    words.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(words, Qt.Key.Key_Tab)
    with qtbot.waitSignal(note.reason_asked):
        words.linkActivated.emit("reason")
    with pytest.raises(KeyError):
        ProblemNote("fatal", "x")


def test_a_note_without_a_link_is_not_in_the_way_of_tab(window: QWidget) -> None:
    note = ProblemNote("error", "Sai")
    put(window, note)
    assert note._words.focusPolicy() & Qt.FocusPolicy.TabFocus == Qt.FocusPolicy.NoFocus


def test_a_note_is_as_high_as_its_words(window: QWidget, qapp) -> None:
    short, long = ProblemNote("error", "Sai"), ProblemNote("error", "Rất nhiều chữ. " * 30)
    put(window, short, long)
    qapp.processEvents()
    assert long.height() > short.height() + 40
    assert long._words.height() >= long._words.heightForWidth(long._words.width())


def test_search_says_each_text_once_and_walks_the_list(window: QWidget, qtbot) -> None:
    box = SearchBox("Tìm tên", key="Ctrl K")
    put(window, box)
    box.take_focus()
    said: list[str] = []
    steps: list[int] = []
    box.searched.connect(said.append)
    box.stepped.connect(steps.append)
    type_unikey(box.editor(), "ơ")
    QTest.keyClicks(box.editor(), " ")
    assert said == ["o", "", "ơ"]
    QTest.keyClick(box.editor(), Qt.Key.Key_Down)
    QTest.keyClick(box.editor(), Qt.Key.Key_Up)
    assert steps == [1, -1]
    with qtbot.waitSignal(box.entered):
        QTest.keyClick(box.editor(), Qt.Key.Key_Return)
    box.set_value_text("hoa")
    assert said == ["o", "", "ơ"]


def test_escape_empties_the_search_first_and_then_is_the_pages(window: QWidget) -> None:
    box = SearchBox("Tìm tên")
    put(window, box)
    escaped: list[bool] = []
    QShortcut(QKeySequence("Esc"), window).activated.connect(lambda: escaped.append(True))
    box.take_focus()
    QTest.keyClicks(box.editor(), "hoa")
    QTest.keyClick(box.editor(), Qt.Key.Key_Escape)
    assert box.value_text() == ""
    assert escaped == []
    QTest.keyClick(box.editor(), Qt.Key.Key_Escape)
    assert escaped == [True]


def test_a_toast_offers_undo_without_taking_the_keyboard(window: QWidget, qtbot) -> None:
    line = QLineEdit()
    put(window, line)
    line.setFocus()
    toast = Toast(window)
    undone: list[bool] = []
    toast.say("Đã xóa: Hoà", action="Hoàn tác", key="Ctrl+Z", act=lambda: undone.append(True))
    assert toast.isVisible()
    assert line.hasFocus()
    assert window.rect().contains(toast.geometry())
    QTest.mouseClick(toast._button, Qt.MouseButton.LeftButton)
    assert undone == [True]
    assert not toast.isVisible()


def test_a_toast_goes_by_itself_and_stays_at_the_foot(window: QWidget, qtbot) -> None:
    toast = Toast(window)
    toast.say("Đã lưu", seconds=0.05)
    window.resize(900, 600)
    assert toast.geometry().bottom() > 520
    qtbot.waitUntil(toast.isHidden, timeout=2000)
    with pytest.raises(KeyError):
        toast.say("x", level="fatal")


def test_long_work_keeps_keys_from_the_page_and_gives_them_back(window: QWidget, qtbot) -> None:
    line = QLineEdit()
    put(window, line)
    line.setFocus()
    cover = BusyOverlay(window)
    stopped: list[bool] = []
    saved: list[bool] = []
    QShortcut(QKeySequence("Ctrl+S"), window).activated.connect(lambda: saved.append(True))
    cover.start("Lập biểu", lambda: stopped.append(True))
    QTest.keyClicks(cover, "abc")
    QTest.keyClick(cover, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(cover, Qt.Key.Key_Tab)
    assert cover.hasFocus()
    assert line.text() == ""
    assert saved == []
    QTest.keyClick(cover, Qt.Key.Key_Escape)
    QTest.keyClick(cover, Qt.Key.Key_Escape)
    assert stopped == [True]
    cover.report("Đang ghi", 0.5)
    assert cover._bar.value() == 500
    cover.finish()
    assert line.hasFocus()
    assert not cover.is_running()


def test_the_end_of_long_work_takes_the_keyboard_from_nobody(window: QWidget, qtbot) -> None:
    line, elsewhere = QLineEdit(), QLineEdit()
    put(window, line)
    line.setFocus()
    cover = BusyOverlay(window)
    cover.start("Lập biểu")
    elsewhere.setParent(window)
    elsewhere.show()
    elsewhere.setFocus()
    cover.finish()
    assert elsewhere.hasFocus()
    cover.start("Lập biểu")
    delete(elsewhere)
    cover.finish()
    assert line.hasFocus(), "the keyboard is never left on a cover that is gone"


def test_short_work_flashes_nothing(window: QWidget, qtbot) -> None:
    cover = BusyOverlay(window)
    cover.start("Lưu")
    assert not cover._card.isVisible()
    qtbot.waitUntil(cover._card.isVisible, timeout=2000)
    cover.finish()
    cover.start("Lưu")
    cover.finish()
    qtbot.wait(350)
    assert not cover._card.isVisible()


def test_tabs_are_numbered_for_their_keys_and_tell_their_problems(qtbot: QtBot) -> None:
    tabs = SectionTabs(("Nhân thân", "Nhóm & hộ"))
    qtbot.addWidget(tabs)
    assert tabs.tabText(0) == "1 Nhân thân"
    assert tabs.tabToolTip(1) == "Alt+2"
    tabs.set_problems(1, "error", 2)
    assert not tabs.tabIcon(1).isNull()
    assert tabs.accessibleTabName(1) == "Nhóm & hộ (2)"
    tabs.set_problems(1, "error", 0)
    assert tabs.tabIcon(1).isNull()
    assert tabs.accessibleTabName(1) == "Nhóm & hộ"


def test_an_empty_page_offers_its_one_thing_to_do(window: QWidget) -> None:
    empty = EmptyState("inbox", "Chưa có tiếp nhận nào", "Ghi người đến.")
    button = Button("Thêm", "primary")
    empty.add(button)
    put(window, empty)
    assert button.isVisible()
    assert button in empty.findChildren(QPushButton)


def test_a_badge_of_no_role_is_a_mistake_and_a_long_one_ends_in_dots(qtbot: QtBot) -> None:
    badge = Badge("6 tháng đầu năm 2026", "accent")
    qtbot.addWidget(badge)
    badge.show()
    badge.resize(60, 24)
    assert badge.toolTip() == "6 tháng đầu năm 2026"
    with pytest.raises(KeyError):
        badge.set_text("x", "pink")


def test_a_toolbar_shows_what_it_has(qtbot: QtBot) -> None:
    bar = Toolbar("Đối tượng")
    qtbot.addWidget(bar)
    bar.show()
    assert bar._title.isVisible()
    assert not bar._note.isVisible()
    bar.set_title("Nguyễn Thị Hoà", "78 tuổi")
    assert bar._note.text() == "78 tuổi"
    assert bar._note.isVisible()


def test_a_paragraph_shows_signs_as_they_are(qtbot: QtBot) -> None:
    words = Paragraph("a < b & c")
    qtbot.addWidget(words)
    assert words.text() == "a < b & c"
    assert words.textFormat() == Qt.TextFormat.PlainText


def test_the_mouse_opens_nothing_where_there_is_nothing(window: QWidget) -> None:
    still = CardRow("Biểu đã đủ số liệu", "11 trong 13")
    opened: list[bool] = []
    still.opened.connect(lambda: opened.append(True))
    put(window, still)
    QTest.mouseClick(window, Qt.MouseButton.LeftButton, pos=still.geometry().center())
    assert opened == []
    assert still.mapTo(window, QPoint(0, 0)).y() >= 0
