"""Help topics: the Markdown files of resources/help, each said of the pages it belongs to.

A file begins with lines `key: value` (`pages`, `words`), an empty line and a `# Title`. The order
of the topics is that of the file names, `NN-key.md`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from desktop.base.text import fold

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.base.paths import Paths


@dataclass(frozen=True)
class HelpTopic:
    """One page of help."""

    key: str
    """Name of the file without its number: "keys"."""
    title: str
    text: str
    """Markdown, without the title."""
    pages: tuple[str, ...] = ()
    """Keys of the window's pages it is opened for; "register" is every register."""
    words: str = ""
    """Other words it is found by."""

    def holds(self, wanted: str) -> bool:
        """True if every word of `wanted` begins a word of it, without accents."""
        words = fold(f"{self.title} {self.words} {self.text}").split()
        starts = fold(wanted).split()
        return all(any(word.startswith(start) for word in words) for start in starts)


def topics(paths: Paths) -> tuple[HelpTopic, ...]:
    """Every topic, in order; read once. Raises ValueError for a file without a title."""
    return _read(paths.resources / "help")


def topic_for_page(found: tuple[HelpTopic, ...], page: str) -> HelpTopic:
    """The topic of a page by its key, the most particular first; the first topic for any other."""
    for key in (page, page.partition(".")[0]):
        for topic in found:
            if key in topic.pages:
                return topic
    return found[0]


@lru_cache(maxsize=4)
def _read(folder: Path) -> tuple[HelpTopic, ...]:
    return tuple(read_topic(path) for path in sorted(folder.glob("*.md")))


def read_topic(path: Path) -> HelpTopic:
    """One file. Raises ValueError where it has no title."""
    head, mark, rest = path.read_text(encoding="utf-8").partition("# ")
    title, _, text = rest.partition("\n")
    if not mark or not title.strip():
        raise ValueError(f"{path.name}: no title")
    said = dict(line.split(":", 1) for line in head.splitlines() if ":" in line)
    pages = tuple(one.strip() for one in said.get("pages", "").split(",") if one.strip())
    return HelpTopic(
        key=path.stem.partition("-")[2],
        title=title.strip(),
        text=text.strip(),
        pages=pages,
        words=said.get("words", "").strip(),
    )
