"""Finding records by name from anywhere in the program: keys in memory, titles of the few shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from desktop.base.breaths import in_breaths
from desktop.base.garbage import without_ring_search
from desktop.base.key_index import KeyIndex, Quality
from desktop.base.progress import Progress, silent
from desktop.base.text import fold
from desktop.schema.definition import FieldType
from desktop.service.sight import restricted_words
from desktop.store import references
from desktop.store.name_keys import found_by_name, name_keys, name_keys_of
from desktop.store.restricted import restricted_ids

if TYPE_CHECKING:
    from desktop.schema.definition import Register
    from desktop.service.saving import Changed
    from desktop.service.workspace import Workspace

MOST_PER_REGISTER = 8
_MOST_KEPT = 4000
"""Titles remembered until something changes."""
_MOST_CHANGED = 300
"""Changed records from which a register is read anew instead."""


@dataclass(frozen=True, slots=True)
class Named:
    """One record found."""

    quality: Quality
    register: str
    id: str
    title: str
    subtitle: str


Indexes = dict[str, KeyIndex]
"""By register."""


def load_indexes(
    workspace: Workspace, progress: Progress = silent, registers: Iterable[str] | None = None
) -> Indexes:
    """Read the keys of every register that is found by name; on the thread of the workspace."""
    wanted = set(registers) if registers is not None else None
    found: Indexes = {}
    for place, one in enumerate(found_by_name(workspace.forms)):
        if wanted is None or one.name in wanted:
            told = partial(progress, one.title, place / 10)
            keys = in_breaths(name_keys(workspace.reader, workspace.forms, one), told)
            with without_ring_search():  # which would stop the window, too
                found[one.name] = KeyIndex(keys, people=one.person)
    return found


class NameSearch:
    """Over one workspace, on its thread; `take` gives it what `load_indexes` read on another."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self.registers: list[Register] = found_by_name(workspace.forms)
        self._indexes: Indexes = {}
        self._behind: set[tuple[str, str]] = set()
        self._kept: dict[tuple[str, str], tuple[str, str] | None] = {}

    @property
    def is_loaded(self) -> bool:
        """True once something can be found."""
        return bool(self._indexes)

    def take(self, indexes: Indexes) -> None:
        """Search in these from now on, and what was changed while they were read."""
        self._indexes.update(indexes)
        behind, self._behind = self._behind, set()
        for register in {name for name, _ in behind}:
            self._refresh(register, [id for name, id in behind if name == register])

    def changed(self, change: Changed) -> set[str]:
        """Take in a change; returns registers that had better be read anew."""
        self._kept.clear()
        self._behind |= set(change.records)
        if not self._indexes:
            return set()
        worn = set()
        for register in change.registers:
            worn |= self._refresh(register, change.ids(register))
        return worn

    def loading(self) -> None:
        """Indexes are read from now on: what is changed meanwhile is remembered for `take`."""
        self._behind.clear()

    def forget_titles(self) -> None:
        """Look titles, and whether they may be seen, up anew."""
        self._kept.clear()

    def find(self, text: str, most: int) -> list[Named]:
        """The best records for a text, people first among equally good ones."""
        words = fold(text).split()
        hits: list[tuple[Quality, int, str]] = []
        for place, register in enumerate(self.registers):
            index = self._indexes.get(register.name)
            if index is not None:
                hits += [(q, place, id) for q, id in index.find(words, MOST_PER_REGISTER)]
        hits.sort(key=lambda hit: hit[:2])
        return self._named(hits, most)

    def named(self, records: Sequence[tuple[str, str]]) -> list[Named]:
        """(register, id) with their titles, as far as they are there and may be seen."""
        names = [one.name for one in self.registers]
        known = [(Quality.EXACT, names.index(r), id) for r, id in records if r in names]
        return self._named(known, len(known))

    def _named(self, hits: list[tuple[Quality, int, str]], most: int) -> list[Named]:
        found: list[Named] = []
        for start in range(0, len(hits), most or 1):
            found += self._titled(hits[start : start + most])
            if len(found) >= most:
                break
        return found[:most]

    def _titled(self, hits: list[tuple[Quality, int, str]]) -> list[Named]:
        for place in {place for _, place, _ in hits}:
            name = self.registers[place].name
            ids = [id for _, at, id in hits if at == place]
            self._learn(name, [id for id in ids if (name, id) not in self._kept])
        found = []
        for quality, place, id in hits:
            name = self.registers[place].name
            known = self._kept[name, id]
            if known is not None:
                found.append(Named(quality, name, id, *known))
        return found

    def _learn(self, register: str, ids: list[str]) -> None:
        """Look up what these are called; None for what is gone or may not be found."""
        if not ids:
            return
        if len(self._kept) > _MOST_KEPT:
            self._kept.clear()
        workspace = self._workspace
        hidden = workspace.sight.hidden_among(register, ids)
        private = restricted_ids(workspace.reader, workspace.forms, register, ids)
        titles = workspace.lookups.titles(register, ids)
        for id in ids:
            title = titles.get(id)
            if title is None or title.deleted or id in hidden:
                self._kept[register, id] = None
            else:
                quiet = restricted_words() if id in private else title.subtitle
                self._kept[register, id] = (title.title, quiet)

    def _refresh(self, register: str, ids: Sequence[str]) -> set[str]:
        """Take in these records and those found by their names; registers to be read anew."""
        worn = self._put(register, ids)
        forms = self._workspace.forms
        for other in self.registers:
            for field in other.fields:
                referring = field.type is FieldType.REFERENCE and field.to == register
                if not referring or field.name not in other.search:
                    continue
                near = {
                    one
                    for id in ids[:_MOST_CHANGED]
                    for one in references.referring(
                        self._workspace.reader, forms, other.name, field.name, id
                    )
                }
                worn |= self._put(other.name, sorted(near))
        return worn

    def _put(self, register: str, ids: Sequence[str]) -> set[str]:
        index = self._indexes.get(register)
        if index is None or not ids:
            return set()
        if len(ids) > _MOST_CHANGED:
            return {register}
        workspace = self._workspace
        defined = workspace.registers[register]
        keys = name_keys_of(workspace.reader, workspace.forms, defined, ids)
        for id in set(ids) - {key[0] for key in keys}:
            index.drop(id)
        for key in keys:
            index.put(*key)
        return {register} if index.is_worn else set()
