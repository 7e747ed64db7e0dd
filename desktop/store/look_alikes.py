"""Records of people that may be one person's: found for one record, or over a whole register.

What is compared the definitions say (`Register.look_alike`), how alike two are `base.likeness`.
Pairs of whom somebody said that they are two people are kept with what was known of both then.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from desktop.base.likeness import Birth, Identity, Likeness, judge
from desktop.base.paper_numbers import is_placeholder, plain_number
from desktop.base.progress import Progress, silent
from desktop.base.text import fold, tone_free_key
from desktop.base.translate import tr
from desktop.schema.definition import Field, FieldType, Forms, Register
from desktop.store.driver import Connection, Stored, placeholders, quoted

OWN_TABLES: tuple[str, ...] = (
    # one_id < other_id; digest: of what was known of both, see `LookAlikes.digest`.
    """CREATE TABLE IF NOT EXISTS told_apart (
  register TEXT NOT NULL,
  one_id TEXT NOT NULL,
  other_id TEXT NOT NULL,
  digest TEXT NOT NULL,
  at TEXT NOT NULL,
  "by" TEXT NOT NULL,
  PRIMARY KEY (register, one_id, other_id)
) STRICT""",
    "CREATE INDEX IF NOT EXISTS told_apart_other ON told_apart (other_id)",
)

MOST_PAIRS = 5000
"""More suspected pairs of a register than this are not listed."""
_ROWS = 5000
_OLDEST, _NEWEST = 1850, 2100
_AFTER_NAME = " ~"
"""Behind a name and a blank: after every other key that begins with the name as whole words."""

Values = Mapping[str, Stored]
"""Columns of a record."""


@dataclass(frozen=True, slots=True)
class Alike:
    """A record that may be the same person's as another."""

    id: str
    likeness: Likeness


@dataclass(frozen=True, slots=True)
class Pair:
    """Two stored records that may be one person's."""

    one: str
    other: str
    likeness: Likeness


class LookAlikes:
    """Of one register, over one connection; made for one piece of work."""

    def __init__(self, connection: Connection, forms: Forms, register: Register) -> None:
        self._connection = connection
        self._forms = forms
        self._register = register
        self._said = register.look_alike
        self._near: dict[str, frozenset[str]] = {}
        self._table = f"main.{quoted(register.name)}"

    # What a record says of a person

    def identity(self, values: Values) -> Identity:
        """Who the columns of a record say somebody is."""
        said = self._said
        name = fold(str(values.get(said.name) or ""))
        if name in self._unnamed or (said.unnamed_if and values.get(said.unnamed_if) == 1):
            name = ""
        return Identity(
            name=name,
            exact=tone_free_key(str(values.get(said.name) or "")) if name else "",
            birth=_birth(self._birth_field, values),
            papers=tuple(self._papers(values)),
            same=tuple("" if (v := values.get(one)) is None else str(v) for one in said.same),
            places=tuple(
                frozenset(str(values[one]) for one in names if values.get(one))
                for names in self._kinds_of_place
            ),
        )

    def _papers(self, values: Values) -> Iterator[tuple[str, str]]:
        for name in self._said.papers:
            number = plain_number(str(values.get(name) or ""))
            if number and not is_placeholder(number):
                yield name, number

    @cached_property
    def _birth_field(self) -> Field | None:
        return self._register.field_of_name.get(self._said.birth)

    @cached_property
    def _unnamed(self) -> frozenset[str]:
        return frozenset(map(fold, self._said.unnamed))

    @cached_property
    def _kinds_of_place(self) -> list[list[str]]:
        """Names of the fields for each register of places."""
        kinds: dict[str, list[str]] = {}
        for name in self._said.places:
            kinds.setdefault(self._register.field(name).to, []).append(name)
        return list(kinds.values())

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """Columns that say who somebody is: what `identity` reads."""
        said = self._said
        names = (
            said.name, said.birth, *said.papers, *said.same, said.unnamed_if, *said.places,
        )  # fmt: skip
        fields = (self._register.field(name) for name in dict.fromkeys(names) if name)
        return tuple(column for field in fields for column in field.columns)

    # Places

    def neighbours(self, place: str) -> frozenset[str]:
        """Places that came from this one or went into it, and those that did so together with it.

        The parent of a unit says nothing here: a province has a hundred communes.
        """
        if place not in self._near:
            first = self._joined([place])
            self._near[place] = frozenset({*first, *self._joined(first)} - {place})
        return self._near[place]

    def _joined(self, places: Iterable[str]) -> set[str]:
        ends, given = self._ends, list(places)
        if ends is None or not given:
            return set()
        one, other = map(quoted, ends)
        marks = placeholders(given)
        table = f"main.{quoted(self._said.neighbours)}"
        rows = self._connection.execute(
            f"SELECT {other} FROM {table} WHERE {one} IN ({marks}) "
            f"UNION SELECT {one} FROM {table} WHERE {other} IN ({marks})",
            [*given, *given],
        )
        return {str(row[0]) for row in rows.fetchall()}

    @cached_property
    def _ends(self) -> tuple[str, str] | None:
        """The two references of the register that joins places."""
        joins = self._forms.registers.get(self._said.neighbours)
        if joins is None:
            return None
        kinds = {self._register.field(name).to for name in self._said.places}
        for kind in sorted(kinds):
            ends = [field.name for field in joins.fields if field.to == kind]
            if len(ends) >= 2:
                return ends[0], ends[1]
        return None

    # Of one record

    def find(self, id: str, values: Values, *, told_apart: bool = False) -> list[Alike]:
        """Records like the one with these columns, the likeliest first; itself, deleted and merged
        ones are left out, and those told apart unless they are wanted."""
        me = self.identity(values)
        apart = {} if told_apart else _told_apart(self._connection, self._register.name, id)
        found: dict[str, Alike] = {}
        for statement, given in self._questions(me):
            for other_id, *row in self._connection.execute(statement, given).fetchall():
                if other_id == id or other_id in found:
                    continue
                other = self.identity(dict(zip(self.columns, row, strict=True)))
                likeness = judge(me, other, self.neighbours)
                if likeness is None:
                    continue
                if apart.get(other_id) == digest((id, me), (other_id, other)):
                    continue
                found[other_id] = Alike(other_id, likeness)
        return sorted(found.values(), key=lambda one: (-one.likeness.rank, one.id))

    def _questions(self, me: Identity) -> Iterator[tuple[str, list[Stored]]]:
        """SELECTs of records that may be alike, `judge` has the last word."""
        listed = ", ".join(quoted(name) for name in ("id", *self.columns))
        select = f"SELECT {listed} FROM {self._table} WHERE {{}} AND {self._standing}"
        for name, number in me.papers:
            yield select.format(f"{quoted(name)} = ?"), [number]
        if not me.name:
            return
        key = [me.name, me.name + _AFTER_NAME]
        born = self._birth_columns
        if not born:
            yield select.format("search_key BETWEEN ? AND ?"), list(key)
            return
        year = me.birth[0]
        named = f"{born} IN ({{}}) AND search_key BETWEEN ? AND ?"
        years = [year - 1, year, year + 1] if year else list(range(_OLDEST, _NEWEST))
        yield select.format(named.format(placeholders(years))), [*years, *key]
        yield select.format(f"{born} IS NULL AND search_key BETWEEN ? AND ?"), list(key)
        words = me.name.split()
        if year and len(words) > 1:
            # In another order, or with other words between the first and the last.
            has = "instr(' ' || search_key || ' ', ?) > 0"
            ends = [f" {words[0]} ", f" {words[-1]} "]
            yield select.format(f"{born} = ? AND {has} AND {has}"), [year, *ends]

    @cached_property
    def _standing(self) -> str:
        """Neither deleted nor merged. A plus keeps SQLite from an index nearly all are in."""
        merged = self._said.merged_into
        return "+deleted_at IS NULL" + (f" AND +{quoted(merged)} IS NULL" if merged else "")

    @cached_property
    def _birth_columns(self) -> str:
        """The column the index over people begins with, "" where it has none."""
        field = self._birth_field
        has = field is not None and field.type is FieldType.PARTIAL_DATE
        return quoted(field.columns[0]) if field is not None and has else ""

    # Pairs told apart

    def tell_apart(self, id: str, others: Iterable[str], *, at: str, by: str) -> None:
        """Keep that stored records are of other people than this one, inside the caller's
        transaction."""
        known = self._identities([id, *others])
        for other in others:
            if id in known and other in known:
                one_id, other_id = sorted((id, other))
                said = digest((id, known[id]), (other, known[other]))
                self._connection.execute(
                    "INSERT OR REPLACE INTO main.told_apart VALUES (?, ?, ?, ?, ?, ?)",
                    [self._register.name, one_id, other_id, said, at, by],
                )

    def values_of(self, id: str) -> dict[str, Stored]:
        """The columns `identity` reads of a stored record; empty where there is none."""
        listed = ", ".join(map(quoted, self.columns))
        row = self._connection.execute(
            f"SELECT {listed} FROM {self._table} WHERE id = ?", [id]
        ).fetchone()
        return dict(zip(self.columns, row, strict=True)) if row else {}

    def _identities(self, ids: Iterable[str]) -> dict[str, Identity]:
        listed = ", ".join(quoted(name) for name in ("id", *self.columns))
        given = list(dict.fromkeys(ids))
        found = {}
        for start in range(0, len(given), 500):
            chunk = given[start : start + 500]
            rows = self._connection.execute(
                f"SELECT {listed} FROM {self._table} WHERE id IN ({placeholders(chunk)})", chunk
            )
            for id, *row in rows.fetchall():
                found[str(id)] = self.identity(dict(zip(self.columns, row, strict=True)))
        return found

    # Over the whole register

    def pairs(self, progress: Progress = silent) -> list[Pair]:
        """Every two records that may be one person's, the likeliest first, at most `MOST_PAIRS`;
        pairs told apart are left out. Raises `Cancelled` from `progress`."""
        people = self._everybody(progress)
        found: dict[tuple[str, str], Likeness] = {}
        groups = list(self._groups(people))
        for place, group in enumerate(groups):
            if place % 200 == 0:
                progress(tr("Comparing people"), 0.5 + 0.5 * place / len(groups))
            for one, other in group:
                key = (one, other) if one < other else (other, one)
                if key in found:
                    continue
                likeness = judge(people[one], people[other], self.neighbours)
                if likeness is not None:
                    found[key] = likeness
        apart = _all_told_apart(self._connection, self._register.name)
        pairs = [
            Pair(*key, likeness)
            for key, likeness in found.items()
            if apart.get(key) is None
            or apart[key] != digest((key[0], people[key[0]]), (key[1], people[key[1]]))
        ]
        pairs.sort(key=lambda pair: (-pair.likeness.rank, pair.one, pair.other))
        return pairs[:MOST_PAIRS]

    def _everybody(self, progress: Progress) -> dict[str, Identity]:
        columns = ("id", *self.columns)
        listed = ", ".join(map(quoted, columns))
        total = self._connection.execute(f"SELECT count(*) FROM {self._table}").fetchone()[0]
        people: dict[str, Identity] = {}
        last = ""
        while True:
            rows = self._connection.execute(
                f"SELECT {listed} FROM {self._table} WHERE id > ? AND {self._standing} "
                "ORDER BY id LIMIT ?",
                [last, _ROWS],
            ).fetchall()
            if not rows:
                return people
            for id, *row in rows:
                people[id] = self.identity(dict(zip(self.columns, row, strict=True)))
            last = str(rows[-1][0])
            progress(tr("Reading people"), 0.5 * min(1.0, len(people) / max(1, total)))

    def _groups(self, people: Mapping[str, Identity]) -> Iterator[Iterator[tuple[str, str]]]:
        """Pairs worth a look: with an equal number, the same words, or the same first and last."""
        numbers: dict[tuple[str, str], list[str]] = {}
        words: dict[tuple[str, ...], list[str]] = {}
        ends: dict[tuple[str, str], list[str]] = {}
        for id, one in people.items():
            for paper in one.papers:
                numbers.setdefault(paper, []).append(id)
            if one.name:
                parts = one.name.split()
                words.setdefault(tuple(sorted(parts)), []).append(id)
                if len(parts) > 1 and one.birth[0] is not None:
                    ends.setdefault((parts[0], parts[-1]), []).append(id)
        for ids in numbers.values():
            if len(ids) > 1:
                yield _every_two(ids)
        for group in (*words.values(), *ends.values()):
            if len(group) > 1:
                yield _born_near(group, people)


def _birth(field: Field | None, values: Values) -> Birth:
    if field is None:
        return (None, None, None)
    if field.type is FieldType.PARTIAL_DATE:
        parts = [values.get(column) for column in field.columns]
    else:
        parts = [int(part) for part in str(values.get(field.name) or "").split("-") if part]
    year, month, day = [int(part) if part is not None else None for part in parts] or [None] * 3
    return (year, month, day)


def _told_apart(connection: Connection, register: str, id: str) -> dict[str, str]:
    """Id of the other → digest, of the pairs of one record."""
    rows = connection.execute(
        "SELECT other_id, digest FROM main.told_apart WHERE register = ? AND one_id = ? "
        "UNION ALL SELECT one_id, digest FROM main.told_apart WHERE register = ? AND other_id = ?",
        [register, id, register, id],
    )
    return {str(other): str(said) for other, said in rows.fetchall()}


def _all_told_apart(connection: Connection, register: str) -> dict[tuple[str, str], str]:
    rows = connection.execute(
        "SELECT one_id, other_id, digest FROM main.told_apart WHERE register = ?", [register]
    )
    return {(str(one), str(other)): str(said) for one, other, said in rows.fetchall()}


def survivor(connection: Connection, register: Register, id: str) -> str:
    """The record a merged one went into in the end, itself where it was not merged."""
    pointer = register.look_alike.merged_into
    seen = {id}
    while pointer:
        row = connection.execute(
            f"SELECT {quoted(pointer)} FROM main.{quoted(register.name)} WHERE id = ?", [id]
        ).fetchone()
        if not row or not row[0] or row[0] in seen:
            break
        id = str(row[0])
        seen.add(id)
    return id


def merged_into(connection: Connection, register: Register, id: str) -> list[str]:
    """Records that went into this one, directly or through others."""
    pointer = register.look_alike.merged_into
    found: list[str] = []
    waiting = [id] if pointer else []
    while waiting:
        rows = connection.execute(
            f"SELECT id FROM main.{quoted(register.name)} WHERE {quoted(pointer)} = ? ORDER BY id",
            [waiting.pop()],
        ).fetchall()
        new = [str(row[0]) for row in rows if row[0] not in found and row[0] != id]
        found += new
        waiting += new
    return found


def digest(one: tuple[str, Identity], other: tuple[str, Identity]) -> str:
    """Of what is known of two people, by id: another one means that they have to be looked at
    again."""
    told = [
        (id, who.exact, who.birth, who.papers, who.same, [sorted(kind) for kind in who.places])
        for id, who in sorted((one, other), key=lambda pair: pair[0])
    ]
    return hashlib.sha256(repr(told).encode()).hexdigest()


def _every_two(ids: list[str]) -> Iterator[tuple[str, str]]:
    for place, one in enumerate(ids):
        for other in ids[place + 1 :]:
            yield one, other


def _born_near(ids: list[str], people: Mapping[str, Identity]) -> Iterator[tuple[str, str]]:
    """Pairs born at most a year apart, and those of whom a year is not known with all."""
    unknown = [id for id in ids if people[id].birth[0] is None]
    by_year: dict[int, list[str]] = {}
    for id in ids:
        year = people[id].birth[0]
        if year is not None:
            by_year.setdefault(year, []).append(id)
    for year, group in by_year.items():
        yield from _every_two(group)
        for one in group:
            for other in by_year.get(year + 1, ()):
                yield one, other
            for other in unknown:
                yield one, other
    yield from _every_two(unknown)
