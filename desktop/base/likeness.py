"""How alike two people on paper are: names, births, places and numbers compared.

What of a record is its name, its birth and so on the definitions say (`LookAlike`); here nothing
is known of registers. Source: domain.md's V17 and V18, told apart into grades.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import IntEnum

Birth = tuple[int | None, int | None, int | None]
"""Year, month, day; None where unknown."""
Neighbours = Callable[[str], frozenset[str]]
"""Places next to a place."""


class Name(IntEnum):
    """How alike two names are; more is nearer."""

    OTHER = 0
    SHORTER = 1
    """Same first and last word, and words between left out of one: Nguyễn Hoà, Nguyễn Thị Hoà."""
    SWAPPED = 2
    """The same words in another order."""
    FOLDED = 3
    """The same without accents."""
    SAME = 4
    """The same; where in its syllable a tone is written does not count."""


class Born(IntEnum):
    """How near two births are; more is nearer."""

    APART = 0
    UNKNOWN = 1
    """A year is missing."""
    NEAR = 2
    """A year apart."""
    YEAR = 3
    DATE = 4
    """The same whole date."""


class Place(IntEnum):
    """How near two places are; more is nearer."""

    APART = 0
    UNKNOWN = 1
    NEAR = 2
    """Units that came from one another, or went into the same."""
    SAME = 3
    SAME_FINE = 4
    """The same in the finest of the places compared, a hamlet."""


@dataclass(frozen=True, slots=True)
class Identity:
    """What a record says about who somebody is."""

    name: str
    """Folded; "" where it is not known."""
    exact: str = ""
    """`tone_free_key` of the name."""
    birth: Birth = (None, None, None)
    papers: tuple[tuple[str, str], ...] = ()
    """(field, plain number), without placeholders."""
    same: tuple[str, ...] = ()
    """Values that must be equal where both are there; "" where one is not."""
    places: tuple[frozenset[str], ...] = ()
    """Ids of places, the finest kind first."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """In what two identities are alike."""

    name: Name
    born: Born
    place: Place
    papers: tuple[str, ...] = ()
    """Fields whose numbers are equal."""

    @property
    def rank(self) -> int:
        """More is more likely the same person."""
        paper = 1000 if self.papers else 0
        return paper + 40 * self.name + 9 * self.born + 4 * self.place


def judge(one: Identity, other: Identity, neighbours: Neighbours) -> Likeness | None:
    """In what the two are alike, None if they need not be looked at.

    An equal number always counts. Otherwise the name must be the same, accents aside, the birth at
    most a year apart or unknown, and the place the same, next to it or unknown; with the same
    whole date of birth the place does not count, for people move. A name in another order counts
    with the same year in the same place, a shortened one in the same hamlet, both with the same
    whole date nearby.
    """
    papers = tuple(sorted(field for field, _ in set(one.papers) & set(other.papers)))
    found = Likeness(
        compare_names(one, other), compare_births(one.birth, other.birth),
        compare_places(one.places, other.places, neighbours), papers,
    )  # fmt: skip
    if papers:
        return found
    if any(a and b and a != b for a, b in zip(one.same, other.same, strict=False)):
        return None
    return found if _is_alike(found) else None


def _is_alike(found: Likeness) -> bool:
    if found.name >= Name.FOLDED:
        if found.born is Born.APART:
            return False
        return found.place is not Place.APART or found.born is Born.DATE
    if found.name is Name.OTHER or found.place is Place.APART:
        return False
    if found.born is Born.DATE:
        return True
    # Half the women of a year may be called Nguyễn Thị: without the day, only in one hamlet.
    least = Place.SAME if found.name is Name.SWAPPED else Place.SAME_FINE
    return found.born is Born.YEAR and found.place >= least


def compare_names(one: Identity, other: Identity) -> Name:
    """How alike the names are; one that is not known is like no other."""
    if not one.name or not other.name:
        return Name.OTHER
    if one.name == other.name:
        return Name.SAME if one.exact == other.exact else Name.FOLDED
    words, others = one.name.split(), other.name.split()
    if len(words) == len(others):
        return Name.SWAPPED if sorted(words) == sorted(others) else Name.OTHER
    short, long = sorted((words, others), key=len)
    ends_meet = short[0] == long[0] and short[-1] == long[-1]
    if len(short) > 1 and ends_meet and _is_within(short, long):
        return Name.SHORTER
    return Name.OTHER


def _is_within(short: list[str], long: list[str]) -> bool:
    """True if the words stand in the longer name in their order."""
    rest = iter(long)
    return all(word in rest for word in short)


def compare_births(one: Birth, other: Birth) -> Born:
    """How near the births are; an unknown month or day makes no date of a year."""
    if one[0] is None or other[0] is None:
        return Born.UNKNOWN
    apart = abs(one[0] - other[0])
    if apart:
        return Born.NEAR if apart == 1 else Born.APART
    return Born.DATE if one == other and None not in one else Born.YEAR


def compare_places(
    one: tuple[frozenset[str], ...], other: tuple[frozenset[str], ...], neighbours: Neighbours
) -> Place:
    """How near the places are, kind by kind; `SAME` where no kind of place is compared at all."""
    if not one or not other:
        return Place.SAME
    pairs = list(zip(one, other, strict=True))
    if len(pairs) > 1 and pairs[0][0] & pairs[0][1]:
        return Place.SAME_FINE
    if any(mine & theirs for mine, theirs in pairs):
        return Place.SAME
    known = [(mine, theirs) for mine, theirs in pairs if mine and theirs]
    if not known:
        return Place.UNKNOWN
    near = any(_around(mine, neighbours) & theirs for mine, theirs in known)
    return Place.NEAR if near else Place.APART


def _around(places: Iterable[str], neighbours: Neighbours) -> frozenset[str]:
    return frozenset().union(*map(neighbours, places))
