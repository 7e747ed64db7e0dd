"""What is pasted or typed, made fit for a field: cleaned and told, or refused and told why.

Pure: text in, `Cleaned` out. The window, `put` and imports use the same functions, so that the same
cell of Excel gets the same answer everywhere. Nothing is changed without a note, with one
exception: letters and marks kept apart (NFD) are joined and blanks around the text fall away, which
nobody could see. Every function gives back its own result unchanged, and then without a note.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from dataclasses import dataclass, replace

from desktop.base.legacy_text import read_by_font, read_legacy
from desktop.base.numbers import format_integer
from desktop.base.text import is_clean
from desktop.base.translate import tr

LONGEST_SHOWN = 60
"""Characters of a text that a note repeats."""

# Line ends and cell ends of every system; a run of them with the blanks around is one break.
_BREAKS = re.compile("[ ]*[\t\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+[ ]*")
_LINE_ENDS = re.compile("\r\n|[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]")
_ODD_BLANKS = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_RUNS = re.compile(" {2,}")
_FONTS = {"tcvn3": "TCVN3, .VnTime", "vni": "VNI-Windows"}
_SOFT_HYPHEN = "\u00ad"
# Control and zero-width characters, text direction, halves of surrogates, tags: nobody types them.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)


@dataclass(frozen=True)
class Offer:
    """Another text that the person may take instead of the one that stands there."""

    words: str
    text: str


@dataclass(frozen=True)
class Cleaned:
    """What became of a text."""

    text: str
    notes: tuple[str, ...] = ()
    """What was changed or must be looked at, in words."""
    refused: str = ""
    """Why it cannot be taken at all; then `text` is what was given."""
    offers: tuple[Offer, ...] = ()

    @property
    def words(self) -> str:
        """What is to be said, "" for nothing."""
        return self.refused or " ".join(self.notes)


def one_line(text: str) -> str:
    """The text without breaks and without characters nobody sees, blanks as they are: what may
    stand in a line while it is being typed."""
    if text.isprintable():
        return text
    keep_soft = _SOFT_HYPHEN in text and read_legacy(text) is not None
    return _without_unseen(_BREAKS.sub(" ", text.strip("\r\n")), keep_soft=keep_soft)[0]


def clean_line(text: str) -> Cleaned:
    """The text as it can stand in one line.

    Breaks become blanks, characters nobody sees go, runs of blanks become one. What looks like an
    old encoding keeps its soft hyphens, which are letters there, and is offered in Unicode.
    """
    if is_clean(text) and text.isascii():
        return Cleaned(text)
    if "\t" not in text and not _LINE_ENDS.search(text.strip()):
        return _one_line(text)
    rows = len([line for line in _LINE_ENDS.split(text) if line.strip()])
    joined = _BREAKS.sub(" ", text.strip())
    found = _one_line(joined)
    if rows > 1:
        told = tr("{count} lines were put together into one.").format(count=format_integer(rows))
    elif found.text != _plain(text):
        told = tr("Tabs between cells became blanks.")
    else:
        return found
    return replace(found, notes=(told, *found.notes))


def clean_lines(text: str) -> Cleaned:
    """The text of several lines: "\\n" between them, each cleaned as a line is."""
    lines = _LINE_ENDS.sub("\n", text).strip("\n").split("\n")
    unseen = blanks = 0
    kept = []
    keep_soft = _SOFT_HYPHEN in text and read_legacy(text) is not None
    for line in lines:
        spaced = _BREAKS.sub(" ", line)
        seen, gone = _without_unseen(spaced, keep_soft=keep_soft)
        unseen += gone
        tidy = _spaced(seen).rstrip()
        blanks += tidy != unicodedata.normalize("NFC", seen).rstrip()
        kept.append(tidy)
    notes = _notes_of(unseen, blanks=bool(blanks), tabs="\t" in text)
    return _with_legacy(Cleaned("\n".join(kept).strip(), notes))


def _one_line(text: str) -> Cleaned:
    keep_soft = _SOFT_HYPHEN in text and read_legacy(text) is not None
    seen, gone = _without_unseen(_BREAKS.sub(" ", text.strip()), keep_soft=keep_soft)
    seen = unicodedata.normalize("NFC", seen).strip()
    tidy = _spaced(seen).strip()
    return _with_legacy(Cleaned(tidy, _notes_of(gone, blanks=tidy != seen)))


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text).strip()


def _without_unseen(text: str, *, keep_soft: bool) -> tuple[str, int]:
    """(text, how many characters nobody sees were taken out); line and cell ends stay."""
    if text.isprintable():
        return text, 0
    gone = [char for char in _UNSEEN.findall(text) if not (keep_soft and char == _SOFT_HYPHEN)]
    if not gone:
        return text, 0
    table = dict.fromkeys(map(ord, gone))
    return text.translate(table), len(gone)


def _spaced(text: str) -> str:
    """NFC, every blank a space, never two in a row."""
    return _RUNS.sub(" ", _ODD_BLANKS.sub(" ", unicodedata.normalize("NFC", text)))


def _notes_of(unseen: int, *, blanks: bool, tabs: bool = False) -> tuple[str, ...]:
    notes = []
    if tabs:
        notes.append(tr("Tabs between cells became blanks."))
    if unseen:
        told = tr("Characters that nobody sees were taken out: {count}.")
        notes.append(told.format(count=format_integer(unseen)))
    if blanks:
        notes.append(tr("Extra or special blanks became one ordinary blank."))
    return tuple(notes)


def _with_legacy(found: Cleaned) -> Cleaned:
    """Offer an old encoding in Unicode; what stands there stays until the person has chosen."""
    legacy = read_legacy(found.text)
    if legacy is None:
        return found
    told = tr("This was written with an old font ({font}) and cannot be read: “{old}” is “{text}”.")
    reading = legacy.text.strip()
    shown = {"old": shortened(found.text), "text": shortened(reading)}
    notes = [*found.notes, told.format(font=_FONTS[legacy.encoding], **shown)]
    offers = [Offer(tr("Take “{text}”").format(text=shortened(reading)), reading)]
    if legacy.encoding == "tcvn3":
        notes.append(
            tr(
                "Read it before taking it: “ư” often gets lost on the way. Whether the font was a "
                "capital one (.VnTimeH) cannot be seen in the text."
            )
        )
        capitals = reading.upper()
        if capitals != reading:
            offers.append(Offer(tr("Take it in capitals"), capitals))
    return replace(found, notes=tuple(notes), offers=(*found.offers, *offers))


def offer_by_font(found: Cleaned, html: str) -> Cleaned:
    """Offer the reading that the fonts copied with a text speak for, instead of the letters'."""
    legacy = read_by_font(found.text, html) if html else None
    if legacy is None:
        return found
    told = tr("This was written with an old font ({font}) and cannot be read: “{old}” is “{text}”.")
    shown = {"old": shortened(found.text), "text": shortened(legacy.text)}
    words = told.format(font=_FONTS[legacy.encoding], **shown)
    offer = Offer(tr("Take “{text}”").format(text=shortened(legacy.text)), legacy.text)
    return Cleaned(found.text, (words,), offers=(offer,))


def shortened(text: str, most: int = LONGEST_SHOWN) -> str:
    """The beginning of a text, for a note; breaks as blanks."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def read_cells(text: str) -> list[list[str]]:
    """The rows and cells of what a spreadsheet puts on the clipboard; one cell for other text.

    A cell with a line end or a quote in it stands in quotes, as Excel writes it. Empty rows go.
    """
    if "\t" not in text and not _LINE_ENDS.search(text.strip()):
        return [[text]]
    body = text.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    if '"' in body and not _is_quoted_well(body):
        rows = [line.split("\t") for line in body.split("\n")]
    else:
        rows = list(
            csv.reader(body.split("\n") if '"' not in body else _lines(body), delimiter="\t")
        )
    return [row for row in rows if any(cell.strip() for cell in row)] or [[""]]


def _lines(body: str) -> list[str]:
    return body.splitlines(keepends=True)


def _is_quoted_well(body: str) -> bool:
    """True if every quoted cell is closed: else a quote is only a letter."""
    try:
        list(csv.reader(_lines(body), delimiter="\t", strict=True))
    except csv.Error:
        return False
    return True
