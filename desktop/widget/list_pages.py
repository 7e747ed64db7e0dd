"""A list on A4 pages: laid out once, then any page painted alone, on screen, in a PDF, on paper.

The head is that of an office's paper (NĐ 30/2020/NĐ-CP, Phụ lục I): margins, capitals, sizes and
page numbers are the decree's; the heads of the table stand on every page.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from PySide6.QtCore import QMarginsF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPageLayout, QPageSize, QPainter, QPdfWriter, QPen

from desktop.base.progress import Progress, silent
from desktop.base.translate import tr
from desktop.service.list_output import MOTTO, NATION, ListPaper, internal_words, signed_on
from desktop.widget import theme

FAMILIES = ("Times New Roman", "Liberation Serif", "Tinos", theme.FAMILY)
"""The decree asks for the first; the others stand in where it is not installed."""
UNIT = 10
"""Of a point: everything here is in tenths of points, so that fonts of half sizes have whole ones;
y downwards."""
MM = 72 * UNIT / 25.4
TOP, BOTTOM, RIGHT = 20 * MM, 20 * MM, 15 * MM
LEFT, LEFT_WIDE = 30 * MM, 20 * MM
NUMBER = "STT"
CELL, HEAD = 10.5, 10.5
PAD = 3.0 * UNIT
_LEAST = 26.0 * UNIT
_GAP, _ABOVE_TITLE = 16.0 * UNIT, 14.0 * UNIT
_WIDEST = 200.0 * UNIT
_MEASURED = 400
_STEP = 200
LEFT_SHARE = 0.42
"""Of the head's width for the office's block: the name of the state is longer."""
_CENTRE = Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap
_SIDES = {
    "left": Qt.AlignmentFlag.AlignLeft,
    "right": Qt.AlignmentFlag.AlignRight,
    "center": Qt.AlignmentFlag.AlignHCenter,
}


def font(size: float, *, bold: bool = False, italic: bool = False) -> QFont:
    """The font of official papers; `size` in points of the paper."""
    made = QFont()
    made.setFamilies(list(FAMILIES))
    made.setPixelSize(round(size * UNIT))
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    made.setBold(bold)
    made.setItalic(italic)
    return made


@dataclass
class _Page:
    first: int
    last: int
    """Rows of the list, the last not counted in."""
    heights: list[float] = field(default_factory=list)


class ListPages:
    """Made on any thread: `ListPages(paper)` lays out, `paint(painter, n)` paints page n from 0.

    The painter's unit must be `UNIT`: see `scaled`.
    """

    def __init__(self, paper: ListPaper, progress: Progress = silent) -> None:
        self.paper = paper
        self._cell = QFontMetricsF(font(CELL))
        self._bold = QFontMetricsF(font(HEAD, bold=True))
        wanted = self._wanted()
        self.landscape = sum(wanted) > _width(landscape=False)
        self.widths = _shared(wanted, _width(landscape=self.landscape))
        self._head_height = self._heads_height()
        self._top_height = self._letter_height()
        self.pages = self._break_up(progress)

    @property
    def count(self) -> int:
        """Pages."""
        return len(self.pages)

    def size(self) -> tuple[float, float]:
        """Width and height of a page, in units."""
        short, long = 210 * MM, 297 * MM
        return (long, short) if self.landscape else (short, long)

    def layout(self) -> QPageLayout:
        """For a printer: the margins are part of what is painted."""
        turned = QPageLayout.Orientation.Landscape
        upright = QPageLayout.Orientation.Portrait
        made = QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4),
            turned if self.landscape else upright,
            QMarginsF(0, 0, 0, 0),
        )
        made.setMode(QPageLayout.Mode.FullPageMode)
        return made

    def paint(self, painter: QPainter, number: int) -> None:
        """Paint one page."""
        page = self.pages[number]
        painter.setPen(QPen(Qt.GlobalColor.black, 0.5 * UNIT))
        left = LEFT_WIDE if self.landscape else LEFT
        top = TOP
        if number:
            painter.setFont(font(13))
            box = QRectF(0, TOP / 2 - 4 * UNIT, self.size()[0], 20 * UNIT)
            painter.drawText(box, Qt.AlignmentFlag.AlignHCenter, str(number + 1))
        else:
            top = self._paint_letter(painter, left)
        top = self._paint_heads(painter, left, top)
        for row, height in zip(range(page.first, page.last), page.heights, strict=True):
            self._paint_row(painter, left, top, row, height)
            top += height

    # Laying out

    def _wanted(self) -> list[float]:
        """Units that each column would like."""
        paper = self.paper
        number = self._cell.horizontalAdvance(str(len(paper.texts))) + 2 * PAD
        found = [max(number, self._bold.horizontalAdvance(NUMBER) + 2 * PAD)]
        for place, column in enumerate(paper.columns):
            longest_word = max(map(self._bold.horizontalAdvance, column.title.split()), default=0)
            cells = sorted(
                self._cell.horizontalAdvance(row[place]) for row in paper.texts[:_MEASURED]
            )
            usual = cells[(len(cells) * 9 - 1) // 10] if cells else 0.0
            if column.align != "left" and cells:
                usual = cells[-1]
            most = max(longest_word, min(usual, _WIDEST))
            found.append(max(_LEAST, most + 2 * PAD + 2 * UNIT))
        return found

    def _heads_height(self) -> float:
        titles = [NUMBER, *(one.title for one in self.paper.columns)]
        return max(
            _text_height(self._bold, title, width)
            for title, width in zip(titles, self.widths, strict=True)
        )

    def _letter_height(self) -> float:
        return sum(height for *_, height in self._letter_lines()) + _GAP

    def _break_up(self, progress: Progress) -> list[_Page]:
        room = self.size()[1] - TOP - BOTTOM - self._head_height
        pages, page, left = [], _Page(0, 0), room - self._top_height
        rows = self.paper.texts
        for number, row in enumerate(rows):
            if number % _STEP == 0:
                progress(tr("Laying out the pages"), number / len(rows))
            height = min(self._row_height(row), room)
            if height > left and page.heights:
                pages.append(page)
                page, left = _Page(number, number), room
            page.heights.append(height)
            page.last = number + 1
            left -= height
        return [*pages, page]

    def _row_height(self, row: tuple[str, ...]) -> float:
        tallest = self._cell.height()
        for text, width in zip(row, self.widths[1:], strict=True):
            if "\n" in text or len(text) * CELL * UNIT > width - 2 * PAD:
                tallest = max(tallest, _text_height(self._cell, text, width) - 2 * PAD)
        return tallest + 2 * PAD

    # Painting

    def _letter_lines(self) -> Iterator[tuple[str, str, QFont, QFont, float]]:
        """(left, right, their fonts, height) of the head, then its title and notes with the left
        empty."""
        paper = self.paper
        whole = sum(self.widths)
        plain, bold = font(12), font(12, bold=True)
        lines = (
            (paper.superior.upper(), NATION, plain, bold),
            (paper.issuer.upper(), MOTTO, bold, font(13, bold=True)),
            (internal_words(paper), signed_on(paper), bold, font(13, italic=True)),
        )
        for place, (left, right, left_font, right_font) in enumerate(lines):
            height = max(
                _text_height(QFontMetricsF(left_font), left, whole * LEFT_SHARE),
                _text_height(QFontMetricsF(right_font), right, whole * (1 - LEFT_SHARE)),
            )
            yield left, right, left_font, right_font, height + (PAD if place == 1 else 0)
        title = font(14, bold=True)
        height = _text_height(QFontMetricsF(title), paper.title.upper(), whole)
        yield "", paper.title.upper(), title, title, height + _ABOVE_TITLE
        for words in paper.notes:
            italic = font(12, italic=True)
            yield "", words, italic, italic, _text_height(QFontMetricsF(italic), words, whole) - PAD

    def _paint_letter(self, painter: QPainter, left: float) -> float:
        whole, top = sum(self.widths), TOP
        share = whole * LEFT_SHARE
        for place, (words, right, one, other, height) in enumerate(self._letter_lines()):
            if place < 3:
                self._paint_line(painter, QRectF(left, top, share, height), words, one)
                box = QRectF(left + share, top, whole - share, height)
                self._paint_line(painter, box, right, other)
                if place == 1:
                    _underline(painter, QRectF(left, top, share, height), words, one, 0.4)
                    _underline(painter, box, right, other, 1.0)
            else:
                gap = _ABOVE_TITLE if place == 3 else 0
                box = QRectF(left, top + gap, whole, height - gap)
                self._paint_line(painter, box, right, other)
            top += height
        return top + _GAP

    def _paint_line(self, painter: QPainter, box: QRectF, words: str, of: QFont) -> None:
        painter.setFont(of)
        painter.drawText(box.adjusted(PAD, PAD, -PAD, PAD), _flags(_CENTRE), words)

    def _paint_heads(self, painter: QPainter, left: float, top: float) -> float:
        painter.setFont(font(HEAD, bold=True))
        titles = [NUMBER, *(one.title for one in self.paper.columns)]
        x = left
        for title, width in zip(titles, self.widths, strict=True):
            box = QRectF(x, top, width, self._head_height)
            painter.drawRect(box)
            flags = _flags(_CENTRE | Qt.AlignmentFlag.AlignVCenter)
            painter.drawText(box.adjusted(PAD, 0, -PAD, 0), flags, title)
            x += width
        return top + self._head_height

    def _paint_row(
        self, painter: QPainter, left: float, top: float, row: int, height: float
    ) -> None:
        painter.setFont(font(CELL))
        texts = (str(row + 1), *self.paper.texts[row])
        sides = ("center", *(one.align for one in self.paper.columns))
        x = left
        for text, side, width in zip(texts, sides, self.widths, strict=True):
            box = QRectF(x, top, width, height)
            painter.drawRect(box)
            inner = box.adjusted(PAD, PAD, -PAD, 0)
            flags = _flags(_SIDES[side] | Qt.TextFlag.TextWrapAnywhere)
            if self._cell.horizontalAdvance(text) > inner.width():
                flags = _flags(_SIDES[side] | Qt.TextFlag.TextWordWrap)
            painter.save()
            painter.setClipRect(box)
            painter.drawText(inner, flags, text)
            painter.restore()
            x += width


def write_pdf(pages: ListPages, path: str, progress: Progress = silent) -> None:
    """Every page as a PDF; from any thread. Nothing in it says who made it."""
    writer = QPdfWriter(path)
    writer.setCreator("")
    writer.setTitle(pages.paper.title)
    writer.setPageLayout(pages.layout())
    writer.setResolution(600)
    painter = QPainter(writer)
    try:
        scaled(painter, writer.resolution())
        for number in range(pages.count):
            progress(tr("Page {number} of {count}").format(number=number + 1, count=pages.count),
                     number / pages.count)  # fmt: skip
            if number:
                writer.newPage()
            pages.paint(painter, number)
    finally:
        painter.end()


def scaled(painter: QPainter, dots_per_inch: float) -> None:
    """Have the painter's unit be `UNIT`."""
    share = dots_per_inch / 72 / UNIT
    painter.scale(share, share)


def _width(*, landscape: bool) -> float:
    return (297 * MM - LEFT_WIDE if landscape else 210 * MM - LEFT) - RIGHT


def _shared(wanted: list[float], room: float) -> list[float]:
    """The wanted widths in this room: all a little narrower, or the words wider."""
    whole = sum(wanted)
    if whole <= room:
        spare = (room - whole) / max(1, len(wanted) - 1)
        return [wanted[0], *(one + spare for one in wanted[1:])]
    rest = room - wanted[0]
    return [wanted[0], *(one * rest / (whole - wanted[0]) for one in wanted[1:])]


def _text_height(metrics: QFontMetricsF, text: str, width: float) -> float:
    box = QRectF(0, 0, max(4.0 * UNIT, width - 2 * PAD), 1e7)
    found = metrics.boundingRect(box, _flags(Qt.TextFlag.TextWordWrap), text or " ")
    return found.height() + 2 * PAD


def _underline(painter: QPainter, box: QRectF, words: str, of: QFont, share: float) -> None:
    """A line below, as long as a share of the text (NĐ 30/2020: a third to a half, or all)."""
    if not words:
        return
    metrics = QFontMetricsF(of)
    long = min(metrics.horizontalAdvance(words), box.width() - 2 * PAD) * share
    y = box.bottom() - 2 * UNIT
    middle = box.center().x()
    painter.drawLine(QRectF(middle - long / 2, y, long, 0).topLeft(),
                     QRectF(middle - long / 2, y, long, 0).topRight())  # fmt: skip


def _flags(flags: Qt.AlignmentFlag | Qt.TextFlag) -> int:
    value: int = flags.value
    return value
