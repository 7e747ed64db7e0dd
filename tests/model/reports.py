"""A small report by hand: what a page shows without any figure having been counted."""

from __future__ import annotations

from datetime import date

from desktop.service.report_data import (
    Cell,
    Column,
    Heading,
    Mark,
    Part,
    Report,
    Row,
    Sheet,
    Style,
    TextBlock,
)

HEADING = Heading(
    superior="Ủy ban nhân dân tỉnh Ninh Bình",
    issuer="Ủy ban nhân dân phường Hà Nam",
    receiver="Sở Y tế tỉnh Ninh Bình",
    place="Hà Nam",
    number="05/BC-UBND",
    period_title="6 tháng đầu năm 2026",
    date_from=date(2025, 12, 15),
    date_to=date(2026, 6, 14),
    signed_on=date(2026, 6, 15),
    preparer="Đỗ Thị Ngọc Ánh",
    checker="Vũ Đức Hoà",
    signer="Nguyễn Văn Ất",
    authority="TM. ỦY BAN NHÂN DÂN",
    position="CHỦ TỊCH",
    legal="",
)
COLUMNS = (
    Column(code="A", title="STT", style=Style.TEXT, width=5),
    Column(code="B", title="Nhóm đối tượng", style=Style.TEXT, width=36),
    Column(code="1", title="Cuối kỳ", above=("Số người",), population="Người đang quản lý."),
    Column(code="2", title="Nữ", above=("Số người", "Trong đó")),
    Column(code="3", title="Trẻ em", above=("Số người", "Trong đó")),
    Column(code="4", title="Tỷ lệ (%)", numbered="(4=2/1)", style=Style.PERCENT),
    Column(code="5", title="Ngày", style=Style.DATE),
    Column(code="6", title="Kinh phí", style=Style.MONEY),
)


def row(code: str, title: str, kind: str = "data", **figures: Cell) -> Row:
    words = {"A": Cell(style=Style.TEXT), "B": Cell(value=title, style=Style.TEXT)}
    return Row(code=code, kind=kind, cells=words | {k[1:]: cell for k, cell in figures.items()})


PART = Part(
    code="I",
    title="I. Theo nhóm",
    columns=COLUMNS,
    rows=(
        row("TONG", "Tổng số", "total", c1=Cell(value=1234, countable=True), c2=Cell(value=0)),
        row(
            "05",
            "Người cao tuổi cô đơn",
            "sub",
            c1=Cell(value=7, countable=True),
            c2=Cell(mark=Mark.SMALL),
            c3=Cell(mark=Mark.UNKNOWN),
            c4=Cell(value=57.14, style=Style.PERCENT),
            c5=Cell(value=date(2026, 6, 14), style=Style.DATE),
            c6=Cell(value=1500000, style=Style.MONEY),
        ),
        row("G", "Nhóm khác", "group"),
    ),
)
SECOND = Part(
    code="II",
    title="II. Ca",
    columns=COLUMNS[:3],
    rows=(row("MO", "Ca đang mở", c1=Cell(value=2, style=Style.DECIMAL)),),
)
B05 = Sheet(
    code="B05",
    name="B05 Đối tượng",
    form="05.6T/CTXH",
    title="ĐỐI TƯỢNG THEO NHÓM",
    parts=(PART, SECOND),
    notes=("Một người có thể thuộc nhiều nhóm.",),
)
B13 = Sheet(
    code="B13",
    name="B13 Thuyết minh",
    form="13.6T/CTXH",
    title="THUYẾT MINH",
    texts=(TextBlock(heading="Kết quả nổi bật", text="Đã mở lớp tập huấn."),),
)
EMPTY = Sheet(
    code="B09",
    name="B09 Truyền thông",
    form="09.6T/CTXH",
    title="TRUYỀN THÔNG",
    parts=(Part(code="I", columns=COLUMNS[:3], rows=(row("1", "Buổi", c1=Cell(value=0)),)),),
)


def report(*sheets: Sheet) -> Report:
    """A report of these sheets, of the three above if none is given."""
    return Report(
        unit_level="XA",
        unit_code="13366",
        unit_valid_from="2025-07-01",
        unit_name="Phường Hà Nam",
        period="2026H1",
        revision=1,
        heading=HEADING,
        sheets=sheets or (B05, EMPTY, B13),
    )
