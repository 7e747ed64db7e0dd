"""Windows that show every input and part in every state, and what can be checked of them by eye.

`python -m tests.widget.gallery FOLDER` writes the pictures at the QT_SCALE_FACTOR that is set, on
a screen of 1366 × 768 pixels whatever that is.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.base.clock import FixedClock
from desktop.widget import theme
from desktop.widget.ask import Answer, QuestionDialog, ReasonDialog
from desktop.widget.inputs import (
    ChoiceInput,
    ChoicesInput,
    DateInput,
    DateTimeInput,
    DigitsInput,
    Hit,
    Input,
    LongTextInput,
    MoneyInput,
    NumberInput,
    Option,
    OptionList,
    PartialDateInput,
    ReferenceInput,
    TextInput,
    YesNoInput,
)
from desktop.widget.parts import (
    Badge,
    BusyOverlay,
    Button,
    NavButton,
    NavHeading,
    ProblemNote,
    SearchBox,
    SectionTabs,
    Toast,
    Toolbar,
    quiet,
    title,
)
from tests.widget.gallery_cards import SCREEN, cards, is_narrow
from tests.widget.gallery_checks import cut_words, overlapping

CLOCK = FixedClock(date(2026, 6, 2))
PEOPLES = OptionList(
    [Option("01", "Kinh"), Option("02", "Tày"), Option("03", "Thái"), Option("05", "Khơ-me")]
)
GROUPS = OptionList(
    [
        Option("01", "Trẻ em có hoàn cảnh đặc biệt", group="Trẻ em"),
        Option("02", "Trẻ em có nguy cơ rơi vào hoàn cảnh đặc biệt", group="Trẻ em"),
        Option("05", "Người cao tuổi cô đơn", group="Bảo trợ xã hội"),
        Option("06", "Người khuyết tật nặng và đặc biệt nặng", group="Bảo trợ xã hội"),
        Option("07", "Hộ nghèo, hộ cận nghèo", group="Bảo trợ xã hội"),
        Option("09", "Nhóm cũ", group="Khác", active=False),
    ]
)
PEOPLE = [
    Hit("1", "Nguyễn Thị Hoà", "1948 · 13366-26-0041 · Tổ dân phố 4"),
    Hit("2", "Trần Thị Hoa", "1948 · 13366-25-0117 · Thôn Ễnh Ương"),
    Hit("3", "Lê Hoá", "1948 · 13366-24-0009"),
]
PAGES = (
    ("Cộng tác viên", "user-check", "6"),
    ("Đối tượng", "users", "412"),
    ("Tiếp nhận", "inbox", "19"),
    ("Ca", "folder-open", "37"),
    ("Dịch vụ", "heart-handshake", "1.204"),
    ("Cơ sở, đơn vị", "building", "23"),
    ("Tập huấn", "graduation-cap", "4"),
    ("Truyền thông", "megaphone", "11"),
    ("Kinh phí", "wallet", "8"),
)


def reference() -> ReferenceInput:
    """People, whatever is typed."""
    made = ReferenceInput(
        lambda text: PEOPLE, lambda key: next((hit.title for hit in PEOPLE if hit.id == key), "")
    )
    made.set_can_open(True)
    return made


def scrolled(inner: QWidget) -> QScrollArea:
    """What may be higher than the window."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(inner)
    return area


def sidebar(chosen: str) -> QWidget:
    """The left column."""
    side = QWidget()
    side.setFixedWidth(56 if is_narrow() else 184)
    column = QVBoxLayout(side)
    column.setContentsMargins(8, 8, 8, 8)
    column.setSpacing(0)

    def add(text: str, icon: str, count: str = "", attention: bool = False) -> None:
        button = NavButton(text, icon)
        button.set_count(count, attention=attention)
        button.setChecked(text == chosen)
        column.addWidget(button)

    add("Trang chủ", "house")
    column.addWidget(NavHeading("Sổ ghi chép"))
    for text, icon, count in PAGES:
        add(text, icon, count)
    column.addWidget(NavHeading("Kỳ báo cáo"))
    add("Kiểm tra", "search-check", "5", attention=True)
    add("Biểu tổng hợp", "file-text")
    column.addWidget(NavHeading("Hệ thống"))
    add("Thiết lập", "settings")
    column.addStretch(1)
    return side


def line(*, across: bool) -> QFrame:
    """A line between columns."""
    made = QFrame()
    made.setFixedSize(1, 16777215) if across else made.setFixedHeight(1)
    made.setStyleSheet(f"background: {theme.current().line}")
    return made


def top_bar() -> QWidget:
    """Office, period, days left, search."""
    bar = QWidget()
    bar.setFixedHeight(44)
    row = QHBoxLayout(bar)
    row.setContentsMargins(16, 0, 16, 0)
    row.setSpacing(16)
    row.addWidget(title("Sổ CTXH"))
    if not is_narrow():
        row.addWidget(QLabel("UBND phường Hà Nam, tỉnh Ninh Bình"))
    row.addWidget(Badge("6 tháng đầu năm 2026 · 15/12/2025–14/06/2026", "accent"))
    row.addWidget(Badge("Còn 12 ngày", "warning"))
    row.addStretch(1)
    box = SearchBox("Đi tới người, ca, trang, lệnh…", key="Ctrl K")
    box.setFixedWidth(240 if is_narrow() else 300)
    row.addWidget(box)
    return bar


def form_rows() -> Iterator[tuple[str, Input, str, ProblemNote | None]]:
    """Label, input, hint and note of each row of the form."""

    def filled(field: Input, text: str, **states: object) -> Input:
        field.set_value_text(text)
        if "problem" in states:
            field.set_problem(str(states["problem"]), "…")
        field.set_read_only(bool(states.get("still")))
        field.setEnabled(not states.get("off"))
        return field

    yield "Họ và tên *", filled(TextInput(length=80), "NGUYỄN THỊ HOÀ Ễ Ấ g"), "", None
    yield (
        "Giới tính *",
        filled(ChoiceInput([Option("2", "Nữ")], show_codes=False), "2"),
        ("gõ n, nu hoặc 2"),
        None,
    )
    yield (
        "Ngày sinh *",
        filled(PartialDateInput(clock=CLOCK), "1948"),
        "chỉ biết năm · 78 tuổi",
        None,
    )
    yield (
        "Số định danh/CCCD",
        filled(DigitsInput(digits=12, groups=(3, 1, 2, 6)), "035048000123", problem="warning"),
        "",
        ProblemNote(
            "warning",
            "Chữ số thứ 4 là “0” (nam, thế kỷ 20) nhưng giới tính ghi Nữ. Kiểm tra thẻ; nếu thẻ "
            "đúng như vậy,",
            number="V03",
            link="ghi lý do.",
        ),
    )
    yield "Điện thoại", filled(DigitsInput(digits=10, groups=(4, 3, 3)), "0912345678"), "", None
    yield "Dân tộc", filled(ChoiceInput(PEOPLES), "01"), "", None
    yield "Nhóm đối tượng", filled(ChoicesInput(GROUPS), "05, 06, 07"), "", None
    yield (
        "Nơi ở trước 1/7/2025",
        filled(TextInput(), "Phường Quang Trung, TP Phủ Lý, Hà Nam", problem="error"),
        "",
        ProblemNote(
            "error",
            "Phường Quang Trung đã chia cho phường Phủ Lý và phường Hà Nam. Chọn nơi người này "
            "đang ở.",
            number="V20",
        ),
    )
    yield "Ghi chú", filled(LongTextInput(), "Sống một mình.\nCon gái ở Ễnh Ương."), "", None


def more_rows() -> Iterator[tuple[str, Input, str]]:
    """The other kinds and states."""

    def filled(field: Input, text: str) -> Input:
        field.set_value_text(text)
        return field

    yield "Lúc tiếp nhận", filled(DateTimeInput(clock=CLOCK), "2026-05-19T14:20"), ""
    yield "Ngày cấp", filled(DateInput(clock=CLOCK), "2021-08-10"), "h = hôm nay"
    half = filled(DateInput(clock=CLOCK), "31/02/1950")
    half._set_unreadable(True)
    yield "Ngày không có thật", half, ""
    yield "Số tiền", filled(MoneyInput(), "1234567"), ""
    yield "Số người", filled(NumberInput(unit="người"), "1204"), ""
    yield "Tỷ lệ", filled(NumberInput(decimals=2, unit="%"), "82,6"), ""
    yield "Còn sống", filled(YesNoInput(), "1"), "C hoặc K"
    yield "Biết chữ", YesNoInput(), ""
    yield "Có thẻ BHYT", filled(YesNoInput(two_state=True), "1"), ""
    yield "Đã nghỉ", YesNoInput(two_state=True), ""
    yield "Người chăm sóc", filled(reference(), "1"), ""
    yield "Nhóm hết hiệu lực", filled(ChoiceInput(GROUPS), "09"), ""
    still = filled(TextInput(length=30), "13366-26-0041")
    still.set_read_only(True)
    yield "Mã hồ sơ (chỉ đọc)", still, ""
    off = filled(TextInput(length=30), "không dùng được")
    off.setEnabled(False)
    yield "Bị tắt", off, ""
    empty = TextInput(length=30)
    empty.set_placeholder("Ví dụ: Nguyễn Thị Hoà")
    yield "Trống", empty, ""


def add_row(grid: QGridLayout, text: str, field: Input, hint: str) -> None:
    """Label right, input left, hint behind it."""
    row = grid.rowCount()
    label = quiet(text)
    label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    label.setFixedHeight(theme.INPUT_HEIGHT)
    field.set_label(text)
    label.setBuddy(field)
    beside = QHBoxLayout()
    beside.setSpacing(8)
    beside.addWidget(field, 0, Qt.AlignmentFlag.AlignTop)
    if hint:
        words = quiet(hint)
        words.setFixedHeight(theme.INPUT_HEIGHT)
        beside.addWidget(words, 0, Qt.AlignmentFlag.AlignTop)
    beside.addStretch(1)
    grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
    grid.addLayout(beside, row, 1)


def form() -> QWidget:
    """A record's page as the design draws it."""
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(
        Toolbar("Nguyễn Thị Hoà", "78 tuổi · Nữ · 1 ca đang mở · dịch vụ gần nhất 02/06/2026")
    )
    tabs = SectionTabs(("Nhân thân", "Nhóm", "Hộ", "Chế độ", "Ca", "Dịch vụ", "Lịch sử"))
    tabs.set_problems(0, "warning", 1)
    column.addWidget(tabs)
    column.addWidget(line(across=False))
    grid = QGridLayout()
    grid.setContentsMargins(16, 12, 16, 12)
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(6)
    grid.setColumnStretch(1, 1)
    for text, field, hint, note in form_rows():
        add_row(grid, text, field, hint)
        if note is not None:
            grid.addWidget(note, grid.rowCount(), 1)
    grid.setRowStretch(grid.rowCount(), 1)
    inner = QWidget()
    inner.setLayout(grid)
    column.addWidget(scrolled(inner), 1)
    foot = Toolbar(at_top=False)
    foot.set_title("", "Đã lưu nháp lúc 10:42:07")
    foot.add(Button("Hủy", key="Esc"))
    foot.add(Button("Lưu", "primary", key="Ctrl+S"))
    column.addWidget(foot)
    return page


def states() -> QWidget:
    """The middle column: the other inputs."""
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    head = Toolbar("Đối tượng")
    head.add(Button("Lọc", icon="filter"))
    head.add(Button("", "flat", icon="more", key="Thêm lệnh"))
    head.add(Button("Thêm mới", "primary", icon="plus", key="Ctrl+N"))
    column.addWidget(head)
    search = SearchBox("Tìm tên, số định danh, mã hồ sơ…", key="Ctrl F")
    search.set_value_text("hoa 48")
    over = QVBoxLayout()
    over.setContentsMargins(12, 8, 12, 8)
    over.addWidget(search)
    column.addLayout(over)
    grid = QGridLayout()
    grid.setContentsMargins(8, 0, 8, 8)
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(6)
    grid.setColumnStretch(1, 1)
    for text, field, hint in more_rows():
        add_row(grid, text, field, hint)
    grid.setRowStretch(grid.rowCount(), 1)
    below = QWidget()
    below.setLayout(grid)
    column.addWidget(scrolled(below), 1)
    return page


def client_window() -> QWidget:
    """Sidebar, the other inputs, a form."""
    window = QWidget()
    window.setObjectName("client")
    column = QVBoxLayout(window)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(top_bar())
    column.addWidget(line(across=False))
    row = QHBoxLayout()
    row.setSpacing(0)
    row.addWidget(sidebar("Đối tượng"))
    row.addWidget(line(across=True))
    if is_narrow():
        middle = states()
        middle.hide()
        middle.setParent(window)
        row.addWidget(form(), 1)
    else:
        row.addWidget(states(), 10)
        row.addWidget(line(across=True))
        row.addWidget(form(), 12)
    column.addLayout(row, 1)
    return window


def home_window() -> QWidget:
    """Sidebar and cards, with what was just done said at the foot."""
    window = QWidget()
    window.setObjectName("home")
    column = QVBoxLayout(window)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(top_bar())
    column.addWidget(line(across=False))
    row = QHBoxLayout()
    row.setSpacing(0)
    row.addWidget(sidebar("Trang chủ"))
    row.addWidget(line(across=True))
    row.addWidget(scrolled(cards()), 1)
    column.addLayout(row, 1)
    return window


def open_lists(window: QWidget, kind: type[Input]) -> None:
    """Open the list of the first input of a kind, as if a letter had been typed."""
    field = next(f for f in window.findChildren(kind) if f.isVisible() or not is_narrow())
    assert isinstance(field, (ChoiceInput, ChoicesInput, ReferenceInput))
    field.take_focus()
    field.open_list()


def open_reference(window: QWidget) -> None:
    """The list of people, where there is room for the column with it."""
    if not is_narrow():
        open_lists(window, ReferenceInput)


def toast(window: QWidget) -> None:
    """Say what was done."""
    Toast(window).say(
        "Đã xóa: Nguyễn Thị Hoà", action="Hoàn tác", key="Ctrl+Z", act=lambda: None, seconds=0
    )


def busy(window: QWidget) -> None:
    """Show long work half done."""
    cover = BusyOverlay(window)
    cover.start("Lập biểu tổng hợp 6 tháng", lambda: None)
    cover.report("Đang ghi biểu B05 · dịch vụ theo nhóm đối tượng", 0.4)
    cover._card.show()


def focus_name(window: QWidget) -> None:
    """The keyboard is in the name."""
    names = [
        f for f in window.findChildren(TextInput) if f.isVisible() and f.text().startswith("NG")
    ]
    names[0].take_focus()


def question() -> QWidget:
    """A question."""
    return QuestionDialog(
        None,
        "Bỏ những gì vừa gõ?",
        "Hồ sơ Nguyễn Thị Hoà có 3 ô chưa lưu. Bản nháp sẽ được giữ lại đến khi bạn bỏ hẳn.",
        [Answer("", "Quay lại"), Answer("drop", "Bỏ", "danger"), Answer("save", "Lưu", "primary")],
        level="warning",
    )


def reason() -> QWidget:
    """A reason, too short."""
    dialog = ReasonDialog(
        None, "Vì sao vẫn giữ số này?", "V03: chữ số thứ 4 là “0” nhưng giới tính ghi Nữ."
    )
    dialog.field.set_value_text("ok")
    dialog.accept()
    return dialog


Scene = tuple[str, Callable[[], QWidget], Callable[[QWidget], None] | None]
SCENES: tuple[Scene, ...] = (
    ("client", client_window, focus_name),
    ("client-choice", client_window, lambda window: open_lists(window, ChoiceInput)),
    ("client-choices", client_window, lambda window: open_lists(window, ChoicesInput)),
    ("client-reference", client_window, open_reference),
    ("home", home_window, toast),
    ("home-busy", home_window, busy),
    ("question", question, None),
    ("reason", reason, None),
)


def show(app: QApplication, scene: Scene, look: theme.Theme) -> QWidget:
    """Build a scene on a screen of 1366 × 768 pixels and bring it to rest."""
    theme.apply(app, look)
    name, build, prepare = scene
    window = build()
    ratio = app.primaryScreen().devicePixelRatio()
    if window.objectName():
        window.setFixedSize(round(SCREEN[0] / ratio), round(SCREEN[1] / ratio))
    window.setWindowTitle(name)
    window.show()
    window.activateWindow()
    app.processEvents()
    if prepare is not None:
        prepare(window)
    for _ in range(3):
        app.processEvents()
    return window


def gone(window: QWidget) -> None:
    """Close a scene and delete it now, not when an event loop comes round."""
    window.close()
    window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def main(folder: Path) -> None:
    """Write every scene, light and dark."""
    app = QApplication([])
    folder.mkdir(parents=True, exist_ok=True)
    scale = os.environ.get("QT_SCALE_FACTOR", "1")
    for look in (theme.LIGHT, theme.DARK):
        for scene in SCENES:
            window = show(app, scene, look)
            tone = "dark" if look.is_dark else "light"
            window.grab().save(str(folder / f"{scene[0]}-{tone}-{scale}.png"))
            for problem in cut_words(window) + overlapping(window):
                print(f"{scene[0]} {tone} {scale}: cut {problem}")
            gone(window)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
