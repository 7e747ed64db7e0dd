"""Names of many records in one text, found by parts of words within a frame, the best first.

A scan of one long text stops at the first hits that are good enough, where looking at one name
after the other would touch every string: of 100,000 names the rarest part costs 1–4 ms.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from enum import IntEnum
from heapq import merge
from itertools import islice

from desktop.base.breaths import in_breaths

_GIVEN, _NAME, _REST, _INITIALS = "\n", "\t", "\x1f", "\x1e"
"""Before the given name, the name, what else is found, the initials; blanks around every word."""
_KEPT_COUNTS = 256
_MOST_FRESH = 400
_SAMPLES, _SAMPLE = 24, 20_000
"""Parts of the text in which words are counted, and letters in each."""
_SORTED_AT_ONCE = 4000
_MOST_JUDGED = 400
"""Lines looked at one by one; of more, the best are looked for."""
_INITIALS_LENGTH = range(2, 7)


class Quality(IntEnum):
    """How well an entry answers; the smaller the better."""

    EXACT = 0
    """The whole name."""
    PREFIX = 1
    """The name, or a person's given name, begins so."""
    WORD = 2
    """Every word begins a word of it."""
    INITIALS = 3
    INSIDE = 4
    """Every word is a part of it."""


class KeyIndex:
    """Ids by folded keys, in the order they were given. Belongs to one thread once it is built."""

    def __init__(self, entries: Iterable[tuple[str, str, int]], *, people: bool = False) -> None:
        """`entries`: (id, folded key, how many of its first words are the name). `people`: names
        have a given name, the last word, and initials."""
        self._people = people
        self._ids: list[str] = []
        self._starts: list[int] = [0]
        lines: list[str] = []
        begins: list[tuple[str, int]] = []
        for place, (id, key, words) in enumerate(entries):
            line = self._line(key, words)
            self._ids.append(id)
            self._starts.append(self._starts[-1] + len(line))
            lines.append(line)
            name = key.split(" ")[:words]
            if name:
                begins.append((" ".join(name), place))
            if people and len(name) > 1:
                begins.append((name[-1], place))
        self._text = "".join(lines)
        begins = _sorted_in_turns(begins)
        self._begins = [begin for begin, _ in begins]
        self._begin_places = [place for _, place in begins]
        self._gone: set[str] = set()
        self._fresh: dict[str, str] = {}
        self._counts: dict[str, int] = {}
        self._last: tuple[list[str], list[int]] | None = None
        """The words asked for last, and every place that has them: typing on narrows it."""

    @property
    def is_worn(self) -> bool:
        """True when so much was changed that building it anew is better."""
        return len(self._fresh) + len(self._gone) > _MOST_FRESH

    def put(self, id: str, key: str, words: int) -> None:
        """Take in a new or changed entry."""
        self._gone.add(id)
        self._fresh[id] = self._line(key, words)

    def drop(self, id: str) -> None:
        """Forget an entry."""
        self._gone.add(id)
        self._fresh.pop(id, None)

    def find(self, words: list[str], most: int) -> list[tuple[Quality, str]]:
        """The best `most` entries for folded words in any order, each as (quality, id)."""
        if not words:
            return []
        judge = _Judge(words)
        hits = [
            (judge.quality(line), -1, id) for id, line in self._fresh.items() if judge.holds(line)
        ]
        places = self._every(words, judge)
        if places is None:
            places = self._best(words, most)
        found = [(judge.quality(self._line_at(place)), place) for place in places]
        hits += [
            (quality, place, self._ids[place])
            for quality, place in found
            if self._ids[place] not in self._gone
        ]
        hits.sort(key=lambda hit: hit[:2])
        return [(quality, id) for quality, _, id in hits[:most]]

    def _every(self, words: list[str], judge: _Judge) -> list[int] | None:
        """Every place that has the words; None where there are too many to judge each."""
        if self._last is not None and _narrows(self._last[0], words):
            places = [one for one in self._last[1] if judge.holds(self._line_at(one))]
        else:
            self._last = None
            places = list(islice(self._scan(words), _MOST_JUDGED))
            if len(places) == _MOST_JUDGED:
                return None
        self._last = (words, places)
        return places

    def _best(self, words: list[str], most: int) -> list[int]:
        """Enough good places out of very many."""
        most += len(self._gone)
        found = dict.fromkeys(self._beginning(" ".join(words), most))
        for needles in ([f" {word}" for word in words], words):
            found.update(dict.fromkeys(islice(self._scan(needles), max(0, most - len(found)))))
        return list(found)

    def _beginning(self, phrase: str, most: int) -> list[int]:
        """Places whose name, or given name, begins so; whole names first."""
        at = bisect_left(self._begins, phrase)
        end = bisect_left(self._begins, phrase + "\x7f", at)
        return self._begin_places[at : min(end, at + most)]

    def _scan(self, needles: list[str]) -> Iterator[int]:
        """Places that have every needle, looked for by the rarest."""
        anchor = needles[0] if len(needles) == 1 else min(needles, key=self._count)
        others = [one for one in needles if one != anchor]
        for place in self._places(anchor):
            if not others or all(map(self._line_at(place).__contains__, others)):
                yield place

    def _count(self, needle: str) -> int:
        """About how often it stands in the text: in parts of it, since all would take a scan."""
        known = self._counts.get(needle)
        if known is None:
            if len(self._counts) >= _KEPT_COUNTS:
                self._counts.clear()
            count, step = self._text.count, max(_SAMPLE, len(self._text) // _SAMPLES)
            samples = range(0, len(self._text), step)
            known = self._counts[needle] = sum(count(needle, at, at + _SAMPLE) for at in samples)
        return known

    def _places(self, needle: str) -> Iterator[int]:
        """Places of the lines a needle stands in."""
        find, starts = self._text.find, self._starts
        at = find(needle)
        while at >= 0:
            place = bisect_right(starts, at) - 1
            yield place
            at = find(needle, starts[place + 1])

    def _line_at(self, place: int) -> str:
        return self._text[self._starts[place] : self._starts[place + 1]]

    def _line(self, key: str, words: int) -> str:
        parts = key.split(" ")
        name, rest = parts[:words], parts[words:]
        given, initials = "", ""
        if self._people and name:
            given = name[-1]
            initials = "".join(part[:1] for part in name)
        # The given name alone must not count as a word of its own: it stands in the name too.
        head = f"{_GIVEN}{given}{_NAME} {' '.join(name)} {_REST} {' '.join(rest)}"
        return f"{head}{_INITIALS}{initials}" if initials else head


def _sorted_in_turns(begins: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """Sorted in short steps: in one, it would keep every other thread waiting for a third of a
    second."""
    chunks = [
        sorted(begins[at : at + _SORTED_AT_ONCE]) for at in range(0, len(begins), _SORTED_AT_ONCE)
    ]
    return list(in_breaths(merge(*chunks), lambda: None))


class _Judge:
    """How well a line answers some words."""

    def __init__(self, words: list[str]) -> None:
        phrase = " ".join(words)
        self._words = words
        self._begun = [f" {word}" for word in words]
        self._exact = f"{_NAME} {phrase} {_REST}"
        self._prefix = f"{_NAME} {phrase}"
        self._given = f"{_GIVEN}{phrase}"
        short = len(words) == 1 and len(phrase) in _INITIALS_LENGTH
        self._initials = f"{_INITIALS}{phrase}" if short else ""

    def holds(self, line: str) -> bool:
        return all(map(line.__contains__, self._words))

    def quality(self, line: str) -> Quality:
        if self._exact in line:
            return Quality.EXACT
        if line.startswith(self._given) or self._prefix in line:
            return Quality.PREFIX
        if all(map(line.__contains__, self._begun)):
            return Quality.WORD
        if self._initials and self._initials in line:
            return Quality.INITIALS
        return Quality.INSIDE


def _narrows(before: list[str], now: list[str]) -> bool:
    """True if what has the new words has the old ones too."""
    return all(any(old in new for new in now) for old in before)
