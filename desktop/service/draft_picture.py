"""The texts of a record being typed, as plain data: kept on disk, compared, put together again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

Texts = dict[str, str]
Picture = dict[str, list[tuple[str, Texts]]]
"""Child register → its rows in order, each (id, texts by field that are not empty); under "" the
one row of the record itself. Answers set aside are in it like all others."""

Place = tuple[str, str, str]
"""(register of the row, row id, field)."""

OWN = ""
"""Key of the record's own row in a picture."""


class NotADraft(ValueError):
    """The body of a row in the file is not what `to_body` writes."""


@dataclass(frozen=True)
class Lost:
    """Something typed that the definitions have no place for any more."""

    label: str
    text: str


@dataclass(frozen=True, kw_only=True)
class KeptDraft:
    """A draft as it is kept on disk."""

    id: str
    person: str
    """Id of who typed it."""
    register: str
    record_id: str
    row_version: int
    """Of the stored record it was begun on; 0: a new record."""
    title: str
    at: str
    """ISO moment of the last field left."""
    discarded_at: str = ""
    picture: Picture
    base: Picture
    """What the record held before anything was typed."""
    reasons: dict[tuple[str, str, str], str] = field(default_factory=dict)
    place: Place = ("", "", "")
    """The field left last."""
    place_label: str = ""
    labels: Texts = field(default_factory=dict)
    """What each field of the picture was called: "child.field" → label, ".field" for the record's
    own. It is told where the definitions know the field no more."""
    lost: tuple[Lost, ...] = ()

    @property
    def is_new(self) -> bool:
        """True if the record was not stored when it was begun."""
        return self.row_version == 0


def to_body(draft: KeptDraft) -> str:
    """The part of a draft that the file keeps as one JSON text."""
    body = {
        "picture": draft.picture,
        "base": draft.base,
        "reasons": [[*key, reason] for key, reason in draft.reasons.items()],
        "place": draft.place,
        "place_label": draft.place_label,
        "labels": draft.labels,
        "lost": [[one.label, one.text] for one in draft.lost],
    }
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"))


def from_body(body: str) -> dict[str, Any]:
    """The same part again, as arguments of `KeptDraft`. Raises NotADraft."""
    try:
        read = json.loads(body)
        register, row_id, name = read["place"]
        return {
            "picture": _picture(read["picture"]),
            "base": _picture(read["base"]),
            "reasons": {(n, r, i): reason for n, r, i, reason in read["reasons"]},
            "place": (register, row_id, name),
            "place_label": read["place_label"],
            "labels": {str(k): str(v) for k, v in read["labels"].items()},
            "lost": tuple(Lost(label, text) for label, text in read["lost"]),
        }
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise NotADraft from error


def _picture(read: dict[str, Any]) -> Picture:
    return {
        name: [(str(id), {str(k): str(v) for k, v in texts.items()}) for id, texts in rows]
        for name, rows in read.items()
    }


@dataclass(frozen=True)
class Clash:
    """A field, or a whole child row, that differs from what is stored and was changed there too."""

    place: Place
    """An empty field: the whole row."""
    typed: str | None
    """None: the row was taken out here."""
    stored: str | None
    """None: the row was taken out there."""


@dataclass
class Merged:
    """What was typed, put over what is stored now."""

    picture: Picture
    clashes: list[Clash]


def merge(
    base: Picture, typed: Picture, stored: Picture, take_stored: frozenset[Place] = frozenset()
) -> Merged:
    """Three pictures of one record made one: each change of either side is in it.

    Where both sides changed the same, `typed` wins, but for the places in `take_stored`; every
    such place is told. Rows typed stand in their order, rows only there behind them.
    """
    made = Merged({}, [])
    for name in {**typed, **stored}:
        was, here, there = (dict(side.get(name, ())) for side in (base, typed, stored))
        rows = made.picture.setdefault(name, [])
        for id in {**here, **there}:
            row = _merged_row((name, id), (was.get(id), here.get(id), there.get(id)), take_stored)
            made.clashes += row.clashes
            if row.texts is not None:
                rows.append((id, row.texts))
    return made


@dataclass
class _Row:
    texts: Texts | None
    """None: no such row."""
    clashes: list[Clash]


def _merged_row(
    at: tuple[str, str],
    sides: tuple[Texts | None, Texts | None, Texts | None],
    take_stored: frozenset[Place],
) -> _Row:
    was, here, there = sides
    if here is None or there is None:
        return _row_on_one_side(at, sides, take_stored)
    texts: Texts = {}
    clashes: list[Clash] = []
    for name in {**there, **here, **(was or {})}:
        before, typed, stored = (side.get(name, "") for side in (was or {}, here, there))
        text = stored if typed == before else typed
        if typed not in (before, stored) and stored != before:
            place = (*at, name)
            clashes.append(Clash(place, typed, stored))
            text = stored if place in take_stored else typed
        if text:
            texts[name] = text
    return _Row(texts, clashes)


def _row_on_one_side(
    at: tuple[str, str],
    sides: tuple[Texts | None, Texts | None, Texts | None],
    take_stored: frozenset[Place],
) -> _Row:
    """A row that one side does not have: new on the other, or taken out there or here."""
    was, here, there = sides
    one = here if here is not None else there
    if was is None or one is None:
        return _Row(one, [])
    if one == was:
        return _Row(None, [])
    place = (*at, "")
    clash = Clash(place, _in_a_line(here), _in_a_line(there))
    return _Row(there if place in take_stored else here, [clash])


def _in_a_line(texts: Texts | None) -> str | None:
    return None if texts is None else " · ".join(texts.values())


def differences(before: Picture, after: Picture) -> Iterator[tuple[Place, str, str]]:
    """(place, text before, text after) of each field that differs, in the order of `after`."""
    for name in {**after, **before}:
        was, now = dict(before.get(name, ())), dict(after.get(name, ()))
        for id in {**now, **was}:
            old, new = was.get(id, {}), now.get(id, {})
            for field_name in {**new, **old}:
                texts = old.get(field_name, ""), new.get(field_name, "")
                if texts[0] != texts[1]:
                    yield (name, id, field_name), *texts
