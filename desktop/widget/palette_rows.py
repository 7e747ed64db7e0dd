"""What Ctrl+K lists: records, pages, commands and help topics, the best answer first."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.base.key_index import Quality
from desktop.base.text import fold
from desktop.base.translate import tr
from desktop.widget.inputs.popup import Row

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desktop.model.palette import Palette
    from desktop.schema.definition import Register

PAGE, COMMAND, RECORD, TOPIC = "page", "command", "record", "topic"
MOST = 12
"""Records shown; pages, commands and topics are few."""
_LISTED_MOST = 6

Listed = Iterable[tuple[str, str, str]]
"""(key, words, quiet words) each."""


@dataclass(frozen=True)
class Source:
    """A short list that is searched as well."""

    kind: str
    title: str
    listed: Callable[[], Listed]
    words: Callable[[str], str] = lambda _: ""
    """Other words an entry is found by, from its key."""


class PaletteRows:
    """Rows for a text; a row's key is "KIND:REST", of a record "record:REGISTER ID"."""

    def __init__(
        self, palette: Palette, registers: Mapping[str, Register], sources: Iterable[Source]
    ) -> None:
        self._palette = palette
        self._registers = registers
        self._sources = tuple(sources)

    def add_source(self, source: Source) -> None:
        """Search one more list."""
        self._sources += (source,)

    def found(self, text: str) -> list[Row]:
        """Best first; among equally good ones people, other records, pages, commands, topics."""
        ranked: list[tuple[int, Row]] = [
            (one.quality, self._record(one.register, one.id, one.title, one.subtitle))
            for one in self._palette.find(text, MOST)
        ]
        for source in self._sources:
            ranked += _listed(source, text)
        ranked.sort(key=lambda one: one[0])
        rows = [row for _, row in ranked]
        if not self._palette.is_ready:
            rows.append(Row("", tr("Names are still being read…"), heading=True))
        return rows or [Row("", tr("Nothing found"), heading=True)]

    def has_exact(self, text: str) -> bool:
        """True if a page or command is called just so: nothing read later would come before it."""
        return any(
            quality is Quality.EXACT for one in self._sources for quality, _ in _listed(one, text)
        )

    def recent(self, records: list[tuple[str, str]]) -> list[Row]:
        """What was opened last, and the pages."""
        rows = [
            self._record(one.register, one.id, one.title, one.subtitle)
            for one in self._palette.named(records)
        ]
        if rows:
            rows.insert(0, Row("", tr("Opened last"), heading=True))
        for source in self._sources[:1]:
            pages = [Row(f"{source.kind}:{key}", title) for key, title, _ in source.listed()]
            rows += [Row("", source.title, heading=True), *pages]
        return rows

    def _record(self, register: str, id: str, title: str, subtitle: str) -> Row:
        kind = self._registers[register].title
        quiet = f"{kind} · {subtitle}" if subtitle else kind
        return Row(f"{RECORD}:{register} {id}", title, quiet)


def _listed(source: Source, text: str) -> list[tuple[Quality, Row]]:
    wanted = fold(text)
    found = []
    for key, title, note in source.listed():
        quality = _quality(fold(title), wanted)
        if quality is None and _quality(fold(source.words(key)), wanted) is not None:
            quality = Quality.WORD
        if quality is not None:
            quiet = f"{source.title} · {note}" if note else source.title
            found.append((quality, Row(f"{source.kind}:{key}", title, quiet)))
    found.sort(key=lambda one: one[0])
    return found[:_LISTED_MOST]


def _quality(title: str, wanted: str) -> Quality | None:
    if title == wanted:
        return Quality.EXACT
    if title.startswith(wanted):
        return Quality.PREFIX
    words = wanted.split()
    parts = title.split()
    if all(any(part.startswith(word) for part in parts) for word in words):
        return Quality.WORD
    return Quality.INSIDE if all(word in title for word in words) else None
