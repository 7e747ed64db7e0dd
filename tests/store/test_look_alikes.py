"""Look-alikes of one record and of a whole register, against a plain comparison of all with all."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from datetime import date
from itertools import combinations
from pathlib import Path
from random import Random

import pytest

from desktop.base.clock import FixedClock
from desktop.base.likeness import Born, Likeness, Name, Place
from desktop.base.paths import bundled_root
from desktop.base.progress import Cancelled
from desktop.base.text import fold
from desktop.schema.definition import Forms
from desktop.schema.loader import load_forms
from desktop.store import look_alikes
from desktop.store.database import Database, create_database
from desktop.store.driver import Stored
from desktop.store.look_alikes import LookAlikes
from desktop.store.records import StoredRecord, write, write_new
from tests.store.conftest import KEY, NOW

HA_NAM, PHU_LY, DUY_TIEN = "XA.13366.20250701", "XA.13285.20250701", "XA.13324.20250701"
QUANG_TRUNG = "XA.13285."
FAR = "XA.00001."
CLOCK = FixedClock(date(2026, 11, 23))


@pytest.fixture(scope="module")
def forms() -> Forms:
    return load_forms(bundled_root() / "forms")


@pytest.fixture
def database(tmp_path: Path, forms: Forms) -> Iterator[Database]:
    with create_database(tmp_path / "office.db", KEY, forms, None, CLOCK) as made:
        units = [
            StoredRecord(register="admin_unit", id=id, values={"name": id, "level": "XA"})
            for id in (HA_NAM, PHU_LY, DUY_TIEN, QUANG_TRUNG, FAR)
        ]
        joins = [
            StoredRecord(
                register="admin_unit_successor",
                id=new,
                values={"old_unit": QUANG_TRUNG, "new_unit": new, "people": "PART"},
            )
            for new in (HA_NAM, PHU_LY)
        ]
        hamlets = [
            StoredRecord(register="hamlet", id=id, values={"name": id, "commune": HA_NAM})
            for id in ("h1", "h2")
        ]
        with made.transaction() as connection:
            for register, records in (
                ("admin_unit", units), ("admin_unit_successor", joins), ("hamlet", hamlets),
            ):  # fmt: skip
                write_new(connection, forms, register, records, now=NOW, by="P")
        yield made


def put(database: Database, id: str, name: str = "Nguyễn Thị Hoà", **more: Stored) -> str:
    values: dict[str, Stored] = {
        "kind": "CA_NHAN", "full_name": name, "birth_year": 1948, "current_unit": HA_NAM,
    }  # fmt: skip
    record = StoredRecord(register="client", id=id, values=values | more)
    with database.transaction() as connection:
        write(connection, database.forms, record, now=NOW, by="P")
    return id


def of(database: Database) -> LookAlikes:
    return LookAlikes(database.connection, database.forms, database.forms.registers["client"])


def values_of(database: Database, id: str) -> dict[str, Stored]:
    finder = of(database)
    listed = ", ".join(finder.columns)
    row = database.connection.execute(f"SELECT {listed} FROM main.client WHERE id = ?", [id])
    return dict(zip(finder.columns, row.fetchone(), strict=True))


def found(database: Database, id: str) -> dict[str, Likeness]:
    return {one.id: one.likeness for one in of(database).find(id, values_of(database, id))}


@pytest.mark.parametrize(
    "name",
    [
        "Nguyễn Thị Hòa", "nguyen thi hoa", "NGUYỄN THỊ HOÀ", "Hoà Nguyễn Thị", "Nguyễn Hoà",
        "Nguyễn Thị Thu Hoà", unicodedata.normalize("NFD", "Nguyễn Thị Hoà"), "Nguyễn-Thị Hoà",
    ],
)  # fmt: skip
def test_the_same_person_written_otherwise(database: Database, name: str) -> None:
    put(database, "a", hamlet="h1")
    put(database, "b", name, hamlet="h1")
    assert set(found(database, "b")) == {"a"}
    assert set(found(database, "a")) == {"b"}


@pytest.mark.parametrize(
    "more",
    [
        {"name": "Nguyễn Thị Hoài"},
        {"name": "Nguyễn Văn Hoà"},
        {"birth_year": 1950},
        {"birth_year": 1946},
        {"current_unit": FAR},
        {"kind": "NHOM"},
        {"unknown_name": 1},
        {"merged_into": "z"},
    ],
)
def test_somebody_else(database: Database, more: dict[str, Stored]) -> None:
    put(database, "z", "Ai Đó Khác", birth_year=1900)
    put(database, "a")
    put(database, "b", **more)  # type: ignore[arg-type]
    assert found(database, "a") == {}


def test_twins_have_other_names(database: Database) -> None:
    born = {"birth_year": 2015, "birth_month": 6, "birth_day": 1}
    put(database, "a", "Lê Minh An", **born)
    put(database, "b", "Lê Minh Anh", **born)
    assert found(database, "a") == {}


def test_who_has_no_name_is_like_nobody(database: Database) -> None:
    for place, name in enumerate(["Chưa rõ tên", "chua ro ten", "Vô danh", "Không rõ"]):
        put(database, f"a{place}", name)
        put(database, f"b{place}", name)
    assert found(database, "a0") == {}
    assert of(database).pairs() == []


def test_a_name_of_one_word(database: Database) -> None:
    put(database, "a", "Hoà")
    put(database, "b", "Hòa")
    put(database, "c", "Hoà Bình")
    assert set(found(database, "a")) == {"b"}


def test_places_next_to_each_other(database: Database) -> None:
    put(database, "a")
    put(database, "old", current_unit=QUANG_TRUNG)
    put(database, "together", current_unit=PHU_LY)
    put(database, "apart", current_unit=DUY_TIEN)
    put(database, "before", current_unit=DUY_TIEN, former_unit=QUANG_TRUNG)
    places = {id: one.place for id, one in found(database, "a").items()}
    assert places == {"old": Place.NEAR, "together": Place.NEAR, "before": Place.NEAR}
    assert found(database, "old")["before"].place is Place.SAME


def test_who_moved_far_is_known_by_the_whole_date(database: Database) -> None:
    born = {"birth_month": 6, "birth_day": 15}
    put(database, "a", **born)
    put(database, "b", current_unit=FAR, **born)
    put(database, "c", current_unit=FAR, birth_month=6)
    assert {id: one.born for id, one in found(database, "a").items()} == {"b": Born.DATE}


def test_an_unknown_year_ranks_lower(database: Database) -> None:
    put(database, "a")
    put(database, "b", birth_year=None)
    put(database, "c", birth_year=1949)
    put(database, "d", hamlet="h1")
    assert [one.id for one in of(database).find("a", values_of(database, "a"))] == ["d", "c", "b"]
    assert set(found(database, "b")) == {"a", "c", "d"}


def test_equal_numbers(database: Database) -> None:
    put(database, "a", old_id_no="168123457")
    put(database, "b", "Trần Văn Tám", birth_year=1990, current_unit=FAR, old_id_no="168123457")
    likeness = found(database, "a")["b"]
    assert (likeness.papers, likeness.name) == (("old_id_no",), Name.OTHER)


@pytest.mark.parametrize("number", ["000000000000", "111111111111", "123456789012"])
def test_placeholders_are_never_equal(database: Database, number: str) -> None:
    put(database, "a", personal_no=number)
    put(database, "b", "Trần Văn Tám", personal_no=number)
    assert found(database, "a") == {}
    assert of(database).pairs() == []


def test_deleted_records_are_left_out(database: Database) -> None:
    put(database, "a", personal_no="035148000123")
    put(database, "b", personal_no="035148000123")
    with database.transaction() as connection:
        connection.execute("UPDATE main.client SET deleted_at = ? WHERE id = 'b'", [NOW])
    assert found(database, "a") == {}
    assert of(database).pairs() == []


def test_told_apart_until_something_changes(database: Database) -> None:
    put(database, "a")
    put(database, "b")
    put(database, "c")
    with database.transaction():
        of(database).tell_apart("b", ["a"], at=NOW, by="P")
    assert set(found(database, "a")) == {"c"}
    assert set(found(database, "b")) == {"c"}
    everybody = of(database).find("a", values_of(database, "a"), told_apart=True)
    assert {one.id for one in everybody} == {"b", "c"}
    assert {(pair.one, pair.other) for pair in of(database).pairs()} == {("a", "c"), ("b", "c")}
    with database.transaction() as connection:
        connection.execute("UPDATE main.client SET phone = '0912345678' WHERE id = 'a'")
    assert set(found(database, "a")) == {"c"}
    with database.transaction() as connection:
        connection.execute("UPDATE main.client SET birth_month = 6 WHERE id = 'a'")
    assert set(found(database, "a")) == {"b", "c"}


def test_a_thousand_of_one_name(database: Database) -> None:
    records = [
        StoredRecord(
            register="client",
            id=f"p{n:04}",
            values={"kind": "CA_NHAN", "full_name": "Nguyễn Thị Hoà", "birth_year": 1948,
                    "current_unit": HA_NAM, "hamlet": "h1" if n == 700 else None},
        )
        for n in range(1000)
    ]  # fmt: skip
    with database.transaction() as connection:
        write_new(connection, database.forms, "client", records, now=NOW, by="P")
    put(database, "a", hamlet="h1")
    alike = of(database).find("a", values_of(database, "a"))
    assert len(alike) == 1000
    assert alike[0].id == "p0700"
    assert len(of(database).pairs()) == look_alikes.MOST_PAIRS


def test_the_work_can_be_stopped(database: Database) -> None:
    put(database, "a")

    def stop(text: str, done: float) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        of(database).pairs(stop)


NAMES = [
    "Nguyễn Thị Hoà", "Nguyễn Thị Hòa", "Nguyen Thi Hoa", "Nguyễn Hoà", "Hoà Nguyễn Thị",
    "Nguyễn Thị Thu Hoà", "Hoà", "Lê Văn Ba", "Lê Ba", "Ba Lê Văn", "Chưa rõ tên", "Tổ 3",
]  # fmt: skip
NUMBERS = [None, None, None, "035148000123", "035148000124", "000000000000"]


def random_values(chance: Random) -> dict[str, Stored]:
    year = chance.choice([None, 1947, 1948, 1949, 1951])
    return {
        "kind": chance.choice(["CA_NHAN", "CA_NHAN", "NHOM", None]),
        "unknown_name": chance.choice([None, None, None, 1]),
        "birth_year": year,
        "birth_month": chance.choice([None, 6]) if year else None,
        "personal_no": chance.choice(NUMBERS),
        "old_id_no": chance.choice([None, None, None, "168123457", "111111111"]),
        "current_unit": chance.choice([HA_NAM, PHU_LY, DUY_TIEN, QUANG_TRUNG, FAR, None]),
        "former_unit": chance.choice([None, None, QUANG_TRUNG]),
        "hamlet": chance.choice([None, None, "h1", "h2"]),
    }


@pytest.mark.parametrize("seed", range(4))
def test_searching_finds_what_comparing_all_with_all_does(database: Database, seed: int) -> None:
    chance = Random(seed)
    for n in range(120):
        put(database, f"p{n:03}", chance.choice(NAMES), **random_values(chance))
    with database.transaction() as connection:
        connection.execute("UPDATE main.client SET deleted_at = ? WHERE id LIKE '%9'", [NOW])
        connection.execute("UPDATE main.client SET merged_into = 'p000' WHERE id LIKE '%8'")
    standing = {f"p{n:03}" for n in range(120) if n % 10 < 8}
    expected = {
        (one, other): likeness
        for one, other in combinations(sorted(standing), 2)
        if (likeness := plain(values_of(database, one), values_of(database, other)))
    }
    assert len(expected) > 50
    told = {(pair.one, pair.other): grades(pair.likeness) for pair in of(database).pairs()}
    assert told == expected
    for id in sorted(standing)[:40]:
        alike = {other: grades(likeness) for other, likeness in found(database, id).items()}
        assert alike == {
            (set(pair) - {id}).pop(): likeness
            for pair, likeness in expected.items() if id in pair
        }  # fmt: skip


Grades = tuple[bool, str, str]


def grades(likeness: Likeness) -> Grades:
    return bool(likeness.papers), likeness.name.name, likeness.born.name


UNIT_NEIGHBOURS = {
    HA_NAM: {QUANG_TRUNG, PHU_LY}, PHU_LY: {QUANG_TRUNG, HA_NAM},
    QUANG_TRUNG: {HA_NAM, PHU_LY}, DUY_TIEN: set[str](), FAR: set[str](),
}  # fmt: skip


def plain(one: dict[str, Stored], other: dict[str, Stored]) -> Grades | None:
    """The rule of the manual, worked out without the program's own parts but `fold`."""
    paper = any(
        one[field] == other[field] and one[field] not in (None, "000000000000", "111111111")
        for field in ("personal_no", "old_id_no")
    )
    name, born = plain_name(one, other), plain_birth(one, other)
    if paper:
        return True, name, born
    if one["kind"] and other["kind"] and one["kind"] != other["kind"]:
        return None
    place = plain_place(one, other)
    if name in ("SAME", "FOLDED"):
        alike = born != "APART" and place != "apart"
    else:
        enough = {"SWAPPED": ("same", "hamlet"), "SHORTER": ("hamlet",)}.get(name, ())
        alike = born == "YEAR" and place in enough
    return (False, name, born) if alike else None


def plain_name(one: dict[str, Stored], other: dict[str, Stored]) -> str:
    words = []
    for values in (one, other):
        text = str(values["full_name"])
        if values["unknown_name"] or text == "Chưa rõ tên":
            return "OTHER"
        words.append(fold(text).split())
    first, second = words
    if first == second:
        accents = [str(v["full_name"]).replace("oà", "òa") for v in (one, other)]
        return "SAME" if accents[0] == accents[1] else "FOLDED"
    if sorted(first) == sorted(second):
        return "SWAPPED"
    if len(first) != len(second) and min(len(first), len(second)) > 1:
        short, long = sorted(words, key=len)
        middles = [list(some) for some in combinations(long[1:-1], len(short) - 2)]
        if (short[0], short[-1]) == (long[0], long[-1]) and short[1:-1] in middles:
            return "SHORTER"
    return "OTHER"


def plain_birth(one: dict[str, Stored], other: dict[str, Stored]) -> str:
    years = one["birth_year"], other["birth_year"]
    if None in years:
        return "UNKNOWN"
    apart = abs(int(str(years[0])) - int(str(years[1])))
    return {0: "YEAR", 1: "NEAR"}.get(apart, "APART")  # nobody's day is known


def plain_place(one: dict[str, Stored], other: dict[str, Stored]) -> str:
    if one["hamlet"] and one["hamlet"] == other["hamlet"]:
        return "hamlet"
    units = [
        {str(v[name]) for name in ("current_unit", "former_unit") if v[name]} for v in (one, other)
    ]
    if units[0] & units[1]:
        return "same"
    if any(UNIT_NEIGHBOURS[unit] & units[1] for unit in units[0]):
        return "near"
    if all(units) or (one["hamlet"] and other["hamlet"]):
        return "apart"
    return "unknown"
