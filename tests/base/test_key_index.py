"""Names in one long text: found in any order of words, the best first, and kept up to date."""

from __future__ import annotations

import random

import pytest

from desktop.base.key_index import KeyIndex, Quality

PEOPLE = [
    ("hoa", "nguyen thi hoa 035148000123 0912", 3),
    ("hoang", "le hoang anh 001", 3),
    ("hoai", "hoai thuong 002", 2),
    ("choa", "tran van choa 003", 3),
    ("hai", "nguyen thu ha 004 nha so 7", 3),
]


@pytest.fixture
def people() -> KeyIndex:
    return KeyIndex(PEOPLE, people=True)


def test_names_that_begin_so_come_before_words_and_parts(people: KeyIndex) -> None:
    found = people.find(["hoa"], 10)
    assert found == [
        (Quality.PREFIX, "hoa"),
        (Quality.PREFIX, "hoai"),
        (Quality.WORD, "hoang"),
        (Quality.INSIDE, "choa"),
    ]


def test_the_whole_name_is_the_best_answer(people: KeyIndex) -> None:
    assert people.find(["nguyen", "thi", "hoa"], 5)[0] == (Quality.EXACT, "hoa")


def test_words_stand_in_any_order(people: KeyIndex) -> None:
    assert people.find(["hoa", "nguyen"], 5) == [(Quality.WORD, "hoa")]
    assert people.find(["0351", "hoa"], 5) == [(Quality.WORD, "hoa")]
    assert people.find(["hoa", "nobody"], 5) == []


def test_initials_find_a_person(people: KeyIndex) -> None:
    assert people.find(["nth"], 5) == [(Quality.INITIALS, "hoa"), (Quality.INITIALS, "hai")]
    assert KeyIndex(PEOPLE).find(["nth"], 5) == []


def test_only_so_many_are_looked_for(people: KeyIndex) -> None:
    assert [id for _, id in people.find(["n"], 2)] == ["hoa", "hai"]
    assert people.find([], 5) == []


def test_changes_are_found_at_once(people: KeyIndex) -> None:
    people.put("new", "pham quynh nhu 009", 3)
    assert people.find(["quynh"], 5) == [(Quality.WORD, "new")]
    people.put("hoa", "nguyen thi hong 035148000123", 3)
    assert people.find(["hong"], 5) == [(Quality.PREFIX, "hoa")]
    assert "hoa" not in [id for _, id in people.find(["hoa"], 9)]
    people.drop("hoa")
    people.drop("new")
    assert people.find(["hong"], 5) == []
    assert people.find(["quynh"], 5) == []
    assert not people.is_worn


def test_every_part_of_every_key_is_found_as_if_each_was_looked_at() -> None:
    chance = random.Random(7)
    words = ["an", "ban", "ca", "hoa", "hoan", "le", "van", "thi", "thien", "xu"]
    keys = [
        (str(n), " ".join(chance.choice(words) for _ in range(chance.randint(1, 4))), 2)
        for n in range(300)
    ]
    index = KeyIndex(keys)
    for _ in range(200):
        asked = [chance.choice(words)[: chance.randint(1, 4)] for _ in range(chance.randint(1, 3))]
        wanted = {id for id, key, _ in keys if all(word in key for word in asked)}
        begun = {
            id
            for id, key, _ in keys
            if all(any(part.startswith(word) for part in key.split()) for word in asked)
        }
        found = index.find(asked, 1000)
        assert {id for _, id in found} == wanted, asked
        assert {id for quality, id in found if quality <= Quality.WORD} == begun, asked
