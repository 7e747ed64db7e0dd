"""What a paste brings to an input: the text that fits, and what else could be made of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from desktop.base.numbers import format_integer
from desktop.base.translate import tr
from desktop.base.typed_text import Cleaned, Offer, clean_line, offer_by_font, read_cells, shortened


@dataclass(frozen=True)
class Pasted:
    """One paste, cleaned."""

    cleaned: Cleaned
    cells: tuple[tuple[str, ...], ...] = ()
    """Rows of a table, where only its first cell was taken."""
    raw: str = ""

    def around(self, before: str, after: str) -> Pasted:
        """The same with the text that stood around it already."""
        if not before and not after:
            return self
        offers = tuple(
            replace(offer, text=f"{before}{offer.text}{after}") for offer in self.cleaned.offers
        )
        return replace(self, cleaned=replace(self.cleaned, offers=offers))


def clean_paste(
    raw: str, cleaner: Callable[[str], Cleaned], *, table: bool, html: str = ""
) -> Pasted:
    """What a paste becomes. With `table` only the first of several cells is taken, and the others
    come with it. `html`: the same with its fonts."""
    rows = read_cells(raw)
    several = "\t" in raw and sum(bool(cell.strip()) for row in rows for cell in row) > 1
    if not table or not several:
        cleaned = cleaner(raw)
        return Pasted(cleaned if cleaned.refused else offer_by_font(cleaned, html), raw=raw)
    first = cleaner(rows[0][0])
    if first.refused:
        return Pasted(first, raw=raw)
    together = clean_line(raw).text
    count = format_integer(sum(map(len, rows)))
    told = tr("A table of {count} cells: only the first is taken here, “{text}”.")
    notes = (told.format(count=count, text=shortened(first.text)), *first.notes)
    offers = (*first.offers, Offer(tr("All cells in this field"), together))
    cells = tuple(tuple(row) for row in rows)
    return Pasted(replace(first, notes=notes, offers=offers), cells, raw)


def too_long_words(size: int, most: int) -> str:
    """Why a paste is refused that no field of this kind can hold."""
    told = tr("At most {most} characters fit here; {size} is too long. Nothing was changed.")
    return told.format(most=most, size=size)
