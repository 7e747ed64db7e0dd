"""In what two people are alike, by a table of cases and by properties."""

from __future__ import annotations

import unicodedata
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.base.likeness import Birth, Born, Identity, Name, Place, judge
from desktop.base.text import fold, tone_free_key

ADJACENT = {"a": frozenset("b"), "b": frozenset("ac"), "c": frozenset("b")}
NO_DATE: Birth = (None, None, None)


def near(place: str) -> frozenset[str]:
    return ADJACENT.get(place, frozenset())


def person(
    name: str, birth: Birth = (1948, None, None), unit: str = "a", hamlet: str = "", **more: str
) -> Identity:
    papers = tuple(sorted(more.items()))
    places = (frozenset(filter(None, [hamlet])), frozenset(filter(None, [unit])))
    return Identity(fold(name), tone_free_key(name), birth, papers, ("",), places)


def names(one: str, other: str) -> Name:
    found = judge(person(one, (1948, 6, 15)), person(other, (1948, 6, 15)), near)
    return found.name if found else Name.OTHER


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Nguyễn Thị Hoà", "Nguyễn Thị Hòa", Name.SAME),
        ("Nguyễn Thị Hoà", unicodedata.normalize("NFD", "nguyễn thị hoà"), Name.SAME),
        ("Nguyễn Thị Hoà", "Nguyen Thi Hoa", Name.FOLDED),
        ("Đặng Đức Ưng", "Dang Duc Ung", Name.FOLDED),
        ("Nguyễn Thị Hoà", "Hoà Nguyễn Thị", Name.SWAPPED),
        ("Nguyễn Hoà", "Nguyễn Thị Hoà", Name.SHORTER),
        ("Nguyễn Thị Thu Hoà", "Nguyễn Thu Hoà", Name.SHORTER),
        ("Nguyễn Văn An", "Nguyễn Văn Ân Anh", Name.OTHER),
        ("Nguyễn Văn An", "Nguyễn Văn Anh", Name.OTHER),
        ("Hoà", "Nguyễn Thị Hoà", Name.OTHER),
        ("Hoà", "Hòa", Name.SAME),
        ("", "", Name.OTHER),
    ],
)
def test_names(one: str, other: str, expected: Name) -> None:
    assert names(one, other) is expected
    assert names(other, one) is expected


BIRTHS: list[tuple[Birth, Born]] = [
    ((1948, 6, 15), Born.DATE),
    ((1948, 6, 16), Born.YEAR),
    ((1948, None, None), Born.YEAR),
    ((1949, 1, 1), Born.NEAR),
    ((1950, 1, 1), Born.APART),
    (NO_DATE, Born.UNKNOWN),
]
PLACES = [
    ("a", "h", Place.SAME_FINE), ("a", "g", Place.SAME), ("a", "", Place.SAME),
    ("b", "", Place.NEAR), ("c", "", Place.APART), ("", "", Place.UNKNOWN),
]  # fmt: skip


def expected_alike(name: Name, born: Born, place: Place) -> bool:
    """The table of the manual, written out once more."""
    if name in (Name.SAME, Name.FOLDED):
        near_enough = place in (Place.SAME_FINE, Place.SAME, Place.NEAR, Place.UNKNOWN)
        return born is Born.DATE or (born is not Born.APART and near_enough)
    if name is Name.OTHER or place is Place.APART:
        return False
    enough = {Name.SWAPPED: (Place.SAME_FINE, Place.SAME), Name.SHORTER: (Place.SAME_FINE,)}
    return born is Born.DATE or (born is Born.YEAR and place in enough[name])


@pytest.mark.parametrize("name", ["Lê Văn Tư", "Le Van Tu", "Tư Lê Văn", "Lê Tư", "Lê Văn Năm"])
def test_name_birth_and_place_together(name: str) -> None:
    first = person("Lê Văn Tư", (1948, 6, 15), "a", "h")
    for (birth, born), (unit, hamlet, place) in product(BIRTHS, PLACES):
        second = person(name, birth, unit, hamlet)
        found = judge(first, second, near)
        kind = names("Lê Văn Tư", name)
        assert (found is not None) is expected_alike(kind, born, place), (birth, unit, hamlet)
        if found is not None:
            assert (found.name, found.born, found.place) == (kind, born, place)


def test_an_equal_number_is_enough() -> None:
    found = judge(
        person("Lê Văn Tư", (1948, 6, 15), personal_no="035048000123"),
        person("Trần Thị Ba", (1990, 1, 1), "c", personal_no="035048000123"),
        near,
    )
    assert found is not None
    assert found.papers == ("personal_no",)
    assert found.rank >= 1000


def test_the_same_number_in_other_fields_says_nothing() -> None:
    one = person("Lê Văn Tư", old_id_no="168123457")
    other = person("Trần Thị Ba", bhxh="168123457")
    assert judge(one, other, near) is None


def test_what_must_be_equal_tells_apart() -> None:
    one = Identity("to 3", "to 3", NO_DATE, (), ("NHOM",))
    other = Identity("to 3", "to 3", NO_DATE, (), ("CA_NHAN",))
    assert judge(one, other, near) is None
    assert judge(one, Identity("to 3", "to 3", NO_DATE, (), ("",)), near) is not None


people = st.builds(
    person,
    st.sampled_from(["Lê Văn Tư", "Le Van Tu", "Lê Tư", "Tư Lê Văn", "Lê Văn Văn Tư", "Tư", ""]),
    st.tuples(
        st.sampled_from([None, 1948, 1949, 1950]),
        st.sampled_from([None, 6]),
        st.sampled_from([None, 15]),
    ),
    st.sampled_from(["", "a", "b", "c"]),
    st.sampled_from(["", "h", "g"]),
)


@given(people, people)
def test_both_ways_are_the_same(one: Identity, other: Identity) -> None:
    assert judge(one, other, near) == judge(other, one, near)


@given(people)
def test_somebody_known_is_like_himself(one: Identity) -> None:
    assert (judge(one, one, near) is not None) is bool(one.name)
