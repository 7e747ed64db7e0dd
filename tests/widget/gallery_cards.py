"""The cards, bars, buttons, badges and notes of the gallery."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QWidget

from desktop.widget import theme
from desktop.widget.parts import Badge, BarRow, Button, Card, CardRow, EmptyState, ProblemNote

SCREEN = (1366, 768)
FIGURES = (
    ("1", "Đơn vị có bố trí nhân sự công tác xã hội", 0.826, 0.9, "19/23 đơn vị · 82,6 %", "90 %"),
    ("2", "Cơ sở trong quy hoạch có dịch vụ", 0.667, 0.6, "4/6 cơ sở · 66,7 %", "60 %"),
    (
        "3",
        "Người có hoàn cảnh khó khăn được tư vấn, hỗ trợ",
        0.41,
        1.0,
        "+12,4 % so với 2025",
        "+30 %",
    ),
    ("4", "Người làm công tác xã hội được tập huấn", None, 0.4, "…", "40 %"),
)
BUTTONS = (
    ("Mặc định", "", ""),
    ("Chính", "primary", "save"),
    ("Xóa", "danger", "trash"),
    ("Phẳng", "flat", "columns"),
    ("liên kết", "link", ""),
)
BADGES = (
    ("Đang mở", "quiet"),
    ("Nhóm hạn chế", "error"),
    ("Sắp đến hạn", "warning"),
    ("Đã nhận", "success"),
    ("Kỳ này", "accent"),
)


def is_narrow(least: int = 1000) -> bool:
    """True where a screen of 1366 pixels has room for fewer than that, so large are they drawn."""
    return SCREEN[0] / QApplication.primaryScreen().devicePixelRatio() < least


def due_card() -> Card:
    """What is overdue."""
    card = Card("Việc quá hạn và sắp đến hạn", "8")
    late = "Tiếp nhận khẩn cấp 19/05 14:20, chưa ghi hành động"
    card.add(CardRow(late, "mở", strong="Quá 12 giờ", opens=True))
    for text in ("Rà soát ca · 3 ca quá 90 ngày không có dịch vụ", "Kế hoạch chưa duyệt · 2 ca"):
        card.add(CardRow(text, "mở", opens=True))
    return card


def before_card() -> Card:
    """What is wrong."""
    card = Card("Trước khi gửi báo cáo", "hạn 16/06/2026")
    card.add(CardRow("Lỗi phải sửa", "2", value_role="error", opens=True))
    card.add(CardRow("Cảnh báo chưa có lý do", "3", value_role="warning", opens=True))
    card.add(CardRow("Biểu đã đủ số liệu", "11 trong 13"))
    return card


def figures_card() -> Card:
    """Figures against targets."""
    card = Card("Chỉ tiêu Quyết định 112, giai đoạn 2026–2030", "đến 14/06/2026")
    for number, title, share, target, value, wanted in FIGURES:
        card.add(BarRow(number, title, share, target, value, f"mục tiêu {wanted}"))
    return card


def kinds_card() -> Card:
    """Every kind of button, badge and quiet note."""
    card = Card("Nút và nhãn")
    buttons, badges = QHBoxLayout(), QHBoxLayout()
    for text, kind, icon in BUTTONS:
        buttons.addWidget(Button(text, kind, icon=icon))
    off = Button("Tắt", icon="lock")
    off.setEnabled(False)
    buttons.addWidget(off)
    for text, role in BADGES:
        badges.addWidget(Badge(text, role))
    for row in (buttons, badges):
        row.addStretch(1)
        card.body.addLayout(row)
        card.body.addSpacing(8)
    card.add(ProblemNote("info", "Ô này đã được điền từ thẻ CCCD."))
    card.body.addSpacing(4)
    card.add(ProblemNote("done", "Đã có lý do: thẻ ghi như vậy, đã xem 02/06/2026.", number="V03"))
    return card


def cards() -> QWidget:
    """The page of the home design: two columns, or one where there is no room."""
    page = QWidget()
    page.setObjectName("cards")
    grid = QGridLayout(page)
    grid.setContentsMargins(20, 16, 20, 16)
    grid.setSpacing(12)
    empty = EmptyState("inbox", "Chưa có tiếp nhận nào", "Ghi người đến, gọi hoặc được chuyển đến.")
    empty.add(Button("Thêm tiếp nhận", "primary", icon="plus", key="Ctrl+N"))
    parts = (due_card(), before_card(), figures_card(), empty, kinds_card())
    wide = ((0, 0, 1), (0, 1, 1), (1, 0, 2), (2, 0, 1), (2, 1, 1))
    for place, part in enumerate(parts):
        row, column, span = (place, 0, 1) if is_narrow(1200) else wide[place]
        grid.addWidget(part, row, column, 1, span)
    grid.setRowStretch(grid.rowCount() - 1, 1)
    page.setStyleSheet(f"#cards {{ background: {theme.current().background} }}")
    return page
