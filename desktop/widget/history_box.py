"""Who changed a record, when, and what: the newest first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.base.translate import tr
from desktop.base.vietnamese_dates import format_date
from desktop.widget.parts import Card, Paragraph, quiet

if TYPE_CHECKING:
    from desktop.service.lookups import Difference, HistoryEntry

MOST_SHOWN = 100


class HistoryBox(QWidget):
    """One card per change."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._column.addStretch(1)

    def show_entries(
        self, entries: Sequence[HistoryEntry], people: Mapping[str, str] | None = None
    ) -> None:
        """Show the changes of another record; `people`: names by id."""
        names = people or {}
        while self._column.count() > 1:
            item = self._column.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for place, entry in enumerate(entries[:MOST_SHOWN]):
            self._column.insertWidget(place, _card(entry, names))
        more = len(entries) - MOST_SHOWN
        if more > 0:
            words = tr("and {count} older changes").format(count=more)
            self._column.insertWidget(MOST_SHOWN, quiet(words))
        if not entries:
            self._column.insertWidget(0, quiet(tr("Nothing has been changed yet.")))


def _card(entry: HistoryEntry, names: Mapping[str, str]) -> Card:
    by = names.get(entry.by, entry.by)
    who = " · ".join(part for part in (format_date(entry.at[:16]), by) if part)
    card = Card(entry.label, who)
    for difference in entry.differences:
        card.add(Paragraph(difference_words(difference), "quiet"))
    return card


def difference_words(one: Difference) -> str:
    """As "Ngày sinh: từ 1948 thành 1949", with what was added or taken away said as such."""
    if not one.before:
        return tr("{label}: {after}").format(label=one.label, after=one.after)
    if not one.after:
        return tr("{label}: {before} (taken out)").format(label=one.label, before=one.before)
    told = tr("{label}: from {before} to {after}")
    return told.format(label=one.label, before=one.before, after=one.after)
