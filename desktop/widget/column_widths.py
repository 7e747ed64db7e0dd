"""How wide the columns of a table are: as their words need, fitted into the room there is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil

from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtGui import QFontMetrics

from desktop.model.child_table import PROBLEM
from desktop.widget import theme

PAD = 8
SIGN_ROOM = 21
NARROWEST = 44
WIDEST = 260
"""More than this no column asks for, however long its texts."""
COMFORT = 116
"""Room for two or three words."""
MEASURED_ROWS = 40
_EDGES = 2 * PAD + 4


@dataclass(frozen=True)
class Need:
    """What one column needs, in pixels."""

    least: int
    """Its heading in two lines."""
    wanted: int
    """Its cells, and `least`."""
    heading: int
    """Its heading in one line."""


def measured(model: QAbstractItemModel, figures: frozenset[int] = frozenset()) -> list[Need]:
    """What each column needs, by its heading and its first rows.

    A few long cells do not take the room of the others, but in `figures` nothing is cut.
    """
    head = QFontMetrics(theme.font(600, 8.5)).horizontalAdvance
    cell = QFontMetrics(theme.font()).horizontalAdvance
    rows = range(min(model.rowCount(), MEASURED_ROWS))
    needs = []
    for column in range(model.columnCount()):
        title = str(model.headerData(column, Qt.Orientation.Horizontal) or "")
        texts = (str(model.index(n, column).data() or "") for n in rows)
        longest = _usual(sorted(map(cell, texts)), whole=column in figures)
        if column == 0 and any(model.index(n, 0).data(PROBLEM) for n in rows):
            longest += SIGN_ROOM
        least = max(NARROWEST, two_lines(title, head) + _EDGES)
        wanted = max(least, min(longest, WIDEST) + _EDGES)
        needs.append(Need(least, wanted, head(title) + _EDGES))
    return needs


def _usual(widths: Sequence[int], *, whole: bool) -> int:
    """The width nine cells of ten keep within; `whole`: all of them."""
    if not widths:
        return 0
    return widths[-1] if whole else widths[(len(widths) * 9 - 1) // 10]


def two_lines(text: str, advance: Callable[[str], int]) -> int:
    """Pixels of the narrowest way to write a text in at most two lines."""
    words = text.split()
    ways = (
        max(advance(" ".join(words[:place])), advance(" ".join(words[place:])))
        for place in range(1, len(words) + 1)
    )
    return min(ways, default=0)


@dataclass(frozen=True)
class Keep:
    """Which columns (places) are not to be shortened, or only when others have given enough."""

    figures: frozenset[int] = frozenset()
    """Figures, dates, numbers of records: shortened, they say something else."""
    names: frozenset[int] = frozenset()
    """What records are called by."""


def widths_for(needs: Sequence[Need], keep: Keep, room: int) -> list[int]:
    """Widths that fill `room`: with every heading in one line where that is possible."""
    whole = [max(need.wanted, need.heading) for need in needs]
    wanted = whole if sum(whole) <= room else [need.wanted for need in needs]
    return fitted(wanted, [need.least for need in needs], keep, room)


def fitted(wanted: Sequence[int], least: Sequence[int], keep: Keep, room: int) -> list[int]:
    """Widths that fill `room` pixels.

    What is too much is taken first from ordinary columns as far as is comfortable, then from names,
    then from ordinary ones again, last from figures; what is left over goes to the widest column
    that holds no figures.
    """
    widths = list(wanted)
    places = range(len(widths))
    words = [place for place in places if place not in keep.figures] or list(places)
    loose = [place for place in words if place not in keep.names] or words
    comfortable = [max(low, min(want, COMFORT)) for low, want in zip(least, wanted, strict=True)]
    _shrink(widths, comfortable, loose, room)
    _shrink(widths, comfortable, words, room)
    _shrink(widths, least, loose, room)
    _shrink(widths, least, list(places), room)
    _shrink(widths, [NARROWEST] * len(widths), words, room)
    widest = max(words, key=lambda place: widths[place])
    widths[widest] += max(0, room - sum(widths))
    return widths


def _shrink(widths: list[int], least: Sequence[int], places: Sequence[int], room: int) -> None:
    """Take from the widest of `places`, down to the next one, until all fit or none can give."""
    while (excess := sum(widths) - room) > 0:
        giving = [place for place in places if widths[place] > least[place]]
        if not giving:
            return
        top = max(widths[place] for place in giving)
        widest = [place for place in giving if widths[place] == top]
        next_ones = [widths[place] for place in giving if widths[place] < top]
        down = max([top - ceil(excess / len(widest)), *next_ones])
        for place in widest:
            widths[place] = max(least[place], down)
