"""A small report made by hand: every style, mark and kind of row, known figures."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.report.sheet import (
    Cell,
    CodeLine,
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


@pytest.fixture
def heading() -> Heading:
    return Heading(
        superior="Ủy ban nhân dân tỉnh Ninh Bình",
        issuer="Ủy ban nhân dân phường Hà Nam",
        receiver="Sở Y tế tỉnh Ninh Bình",
        place="Hà Nam",
        number="05/BC-UBND",
        period_title="6 tháng đầu năm 2026",
        date_from=date(2025, 12, 15),
        date_to=date(2026, 6, 14),
        signed_on=date(2026, 1, 5),
        preparer="Đỗ Thị Ngọc Ánh",
        checker="Vũ Đức Hoà",
        signer="Nguyễn Văn Ất",
        authority="TM. ỦY BAN NHÂN DÂN",
        position="CHỦ TỊCH",
        legal="Ban hành theo Quyết định số 112/QĐ-TTg ngày 22/01/2021",
        recipients=("Sở Y tế tỉnh Ninh Bình", "Lưu: VT"),
    )


@pytest.fixture
def balance_part() -> Part:
    columns = (
        Column(code="A", title="STT", style=Style.CODE, width=5),
        Column(code="B", title="Nhóm đối tượng", style=Style.TEXT, width=34),
        Column(code="1", title="Đầu kỳ", above=("Đang quản lý",)),
        Column(code="2", title="Mới trong kỳ", above=("Đang quản lý",)),
        Column(code="3", title="Thôi quản lý", above=("Đang quản lý",)),
        Column(code="4", title="Cuối kỳ", above=("Đang quản lý",), numbered="(4=1+2-3)"),
        Column(code="5", title="Tỷ lệ trên tổng số (%)", style=Style.PERCENT),
        Column(code="6", title="Ngày cập nhật", style=Style.DATE, width=12),
        Column(code="7", title="Kinh phí (đồng)", style=Style.MONEY, width=16),
    )
    return Part(
        code="I",
        title="I. Số người đang quản lý",
        columns=columns,
        rows=(
            Row(code="G1", kind="group", cells={"B": Cell(value="Trẻ em", style=Style.TEXT)}),
            counted("01", "Trẻ em có hoàn cảnh đặc biệt", (10, 3, 1), 12 / 25 * 100, 1_500_000),
            counted("05", "=Người cao tuổi cô đơn", (12, 1, 0), 13 / 25 * 100, 0),
            hidden_row(),
            total_row(),
        ),
    )


def counted(code: str, label: str, figures: tuple[int, int, int], share: float, money: int) -> Row:
    opening, new, left = figures
    return Row(
        code=code,
        cells={
            "A": Cell(value=code, style=Style.CODE),
            "B": Cell(value=label, style=Style.TEXT),
            "1": Cell(value=opening),
            "2": Cell(value=new),
            "3": Cell(value=left),
            "4": Cell(value=opening + new - left, formula="[1]+[2]-[3]"),
            "5": Cell(
                value=round(share, 1),
                style=Style.PERCENT,
                formula='IF([TOTAL!4]=0,"không tính được",ROUND(100*[4]/[TOTAL!4],1))',
            ),
            "6": Cell(value=date(2026, 6, 14), style=Style.DATE),
            "7": Cell(value=money, style=Style.MONEY),
        },
    )


def hidden_row() -> Row:
    small = Cell(mark=Mark.SMALL)
    return Row(
        code="HC",
        restricted=True,
        cells={
            "A": Cell(value="3", style=Style.CODE),
            "B": Cell(value="Nhóm hạn chế", style=Style.TEXT),
            **dict.fromkeys("123", small),
            "4": Cell(mark=Mark.HIDDEN),
            "5": Cell(mark=Mark.UNKNOWN, style=Style.PERCENT),
        },
    )


def total_row() -> Row:
    return Row(
        code="TOTAL",
        kind="total",
        cells={
            "B": Cell(value="Tổng số", style=Style.TEXT),
            "1": Cell(value=22, formula="SUM([*!1])"),
            "2": Cell(value=4, formula="SUM([*!2])"),
            "3": Cell(value=1, formula="SUM([*!3])"),
            "4": Cell(value=25, formula="SUM([*!4])"),
            "7": Cell(value=1_500_000, style=Style.MONEY, formula="SUM([*!7])"),
        },
    )


@pytest.fixture
def report(heading: Heading, balance_part: Part) -> Report:
    sheets = (
        Sheet(
            code="00",
            name="00-Bìa",
            form="00.6T/CTXH",
            title="Báo cáo công tác xã hội",
            landscape=False,
            texts=(TextBlock(heading="I. Kết quả", text="Đã thực hiện.\nĐang theo dõi ca."),),
        ),
        Sheet(
            code="B05",
            name="B05-Đối tượng",
            form="05.6T/CTXH",
            title="Đối tượng công tác xã hội theo nhóm",
            parts=(balance_part,),
            notes=("Ô “<5” thuộc nhóm hạn chế.",),
        ),
    )
    return Report(
        unit_level="XA",
        unit_code="13366",
        unit_valid_from="2025-07-01",
        unit_name="Phường Hà Nam",
        period="2026H1",
        revision=1,
        heading=heading,
        sheets=sheets,
        lists=(CodeLine(list="CAT", code="01", label="Trẻ em"),),
        manifest={"schema": "1", "ky": "2026H1"},
    )
