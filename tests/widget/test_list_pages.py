"""A list on A4 pages: the head of an office's paper, heads on every page, nothing cut or lost."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.base.progress import Cancelled
from desktop.service.list_output import ListPaper, PaperColumn
from desktop.widget.list_pages import BOTTOM, TOP, ListPages, write_pdf
from tests.widget.pdf_text import pdf_pages

COLUMNS = (
    PaperColumn(title="Mã hồ sơ"),
    PaperColumn(title="Họ và tên"),
    PaperColumn(title="Ngày sinh", align="center"),
    PaperColumn(title="Số tiền", align="right"),
)


def paper(rows: int, columns: tuple[PaperColumn, ...] = COLUMNS, long: str = "") -> ListPaper:
    texts = [
        (f"13366-{n:05}", f"Nguyễn Thị Hoà {n}{long}", "15/06/1980", "1.500.000")[: len(columns)]
        for n in range(rows)
    ]
    return ListPaper(
        superior="Ủy ban nhân dân tỉnh Ninh Bình",
        issuer="Ủy ban nhân dân phường Hà Nam",
        place="Hà Nam",
        made_on=date(2026, 1, 5),
        title="Danh sách đối tượng",
        notes=("Lọc: Giới tính là Nữ", f"{rows} dòng"),
        internal=True,
        columns=columns,
        rows=list(texts),
        texts=texts,
    )


def test_the_words_of_the_pages(qtbot: QtBot, tmp_path: Path) -> None:
    pages = ListPages(paper(100))
    path = tmp_path / "ds.pdf"
    write_pdf(pages, str(path))
    read = pdf_pages(path)
    assert len(read) == pages.count > 2
    for words in (
        "ỦY BAN NHÂN DÂN TỈNH NINH BÌNH",
        "ỦY BAN NHÂN DÂN PHƯỜNG HÀ NAM",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Hà Nam, ngày 05 tháng 01 năm 2026",
        "LƯU HÀNH NỘI BỘ",
        "DANH SÁCH ĐỐI TƯỢNG",
        "Lọc: Giới tính là Nữ",
        "100 dòng",
    ):
        assert words in read[0], words
    assert all("STT Mã hồ sơ Họ và tên Ngày sinh Số tiền" in page for page in read)
    assert [page.split()[0] for page in read[1:]] == [str(n) for n in range(2, len(read) + 1)]
    listed = [word for page in read for word in page.split() if word.startswith("13366-")]
    assert listed == [f"13366-{n:05}" for n in range(100)]
    assert all("CỘNG HÒA" not in page for page in read[1:])


def test_a_narrow_list_stands_upright_a_wide_one_across(qtbot: QtBot) -> None:
    assert not ListPages(paper(3)).landscape
    wide = COLUMNS + tuple(PaperColumn(title=f"Cột số {n} có tên dài") for n in range(16))
    across = ListPages(ListPaper(made_on=date(2026, 6, 14), title="x", columns=wide))
    assert across.landscape
    assert across.size()[0] > across.size()[1]
    for pages in (ListPages(paper(3)), across):
        assert sum(pages.widths) <= pages.size()[0]


def test_rows_never_run_over_the_foot_of_a_page(qtbot: QtBot) -> None:
    pages = ListPages(paper(300, long=" – cạnh nhà văn hóa thôn, đi qua cầu rẽ trái, ngõ 5" * 3))
    rows = [row for page in pages.pages for row in range(page.first, page.last)]
    assert rows == list(range(300))
    room = pages.size()[1] - TOP - BOTTOM
    for page in pages.pages:
        assert sum(page.heights) + pages._head_height <= room + 1
        assert len(page.heights) == page.last - page.first
    assert min(pages.pages[0].heights) > 2 * pages._cell.height()


def test_a_list_without_rows_is_one_page(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "ds.pdf"
    write_pdf(ListPages(paper(0)), str(path))
    (page,) = pdf_pages(path)
    assert "DANH SÁCH ĐỐI TƯỢNG" in page


def test_laying_out_and_writing_can_be_stopped(qtbot: QtBot, tmp_path: Path) -> None:
    def stop(text: str, done: float) -> None:
        if done > 0.4:
            raise Cancelled

    with pytest.raises(Cancelled):
        ListPages(paper(1000), stop)
    with pytest.raises(Cancelled):
        write_pdf(ListPages(paper(400)), str(tmp_path / "ds.pdf"), stop)


def test_nobody_is_named_in_the_properties(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "ds.pdf"
    write_pdf(ListPages(paper(1)), str(path))
    assert b"/Creator ()" in path.read_bytes()
    assert b"/Author ()" in path.read_bytes()
