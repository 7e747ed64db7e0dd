"""What records are called, how they refer to each other, and who changed them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from desktop.base.translate import tr
from desktop.schema import types
from desktop.service.sight import MASK, restricted_words
from desktop.store import journal, references
from desktop.store.look_alikes import merged_into
from desktop.store.titles import Title, Titles

if TYPE_CHECKING:
    from desktop.schema.definition import Field, Forms, Register, Related
    from desktop.service.sight import Sight
    from desktop.store.driver import Connection


@dataclass(frozen=True)
class Difference:
    """One field in one change, in words."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class HistoryEntry:
    """One change of a record."""

    at: str
    """ISO moment with its offset."""
    by: str
    host: str
    label: str
    kind: str
    differences: tuple[Difference, ...]


@dataclass(frozen=True)
class RelatedRecords:
    """Records of another register that refer to one record."""

    related: Related
    titles: tuple[Title, ...]


class Lookups:
    """Reading beside the lists; made by `Workspace`."""

    def __init__(self, connection: Connection, forms: Forms, sight: Sight) -> None:
        self._connection = connection
        self._forms = forms
        self._sight = sight

    def search(self, register: str, text: str, *, only: str = "", limit: int = 50) -> list[Title]:
        """Records whose search text holds every word of `text`, without accents, best first; none
        that this person must not find.

        `only`: the field's SQL condition on the records offered (`Field.only`).
        """
        found = references.search(
            self._connection, self._forms, register, text, only=only, limit=limit
        )
        hidden = self._sight.hidden_among(register, [one.id for one in found])
        return [one for one in found if one.id not in hidden]

    def is_offered(self, field: Field, id: str) -> bool:
        """True if a reference field may refer to this record (`Field.only`)."""
        return references.is_offered(self._connection, field.to, id, field.only)

    def person_named(self, register: str, name: str) -> str:
        """Id of the one record of people with exactly this name, "" where none or several."""
        found = [one.id for one in self.search(register, name, limit=5) if one.title == name]
        return found[0] if len(found) == 1 else ""

    def title(self, register: str, id: str) -> str:
        """How a record is called, "" where there is none."""
        found = self.titles(register, [id]).get(id)
        return found.title if found else ""

    def titles(self, register: str, ids: list[str]) -> dict[str, Title]:
        """Id → title of the records that are there; of one this person must not find, only that it
        is restricted."""
        found = Titles(self._connection, self._forms).of(register, ids)
        for id in self._sight.hidden_among(register, list(found)):
            found[id] = replace(found[id], title=restricted_words(), subtitle="")
        return found

    def count(self, register: str) -> int:
        """Records that are not deleted."""
        return references.count(self._connection, register)

    def related(self, register: str, id: str) -> list[RelatedRecords]:
        """The lists of [[related]] of a register's page, newest first in each."""
        found = []
        for one in self._forms.registers[register].related:
            ids = references.referring(self._connection, self._forms, one.register, one.field, id)
            hidden = self._sight.hidden_among(one.register, ids)
            named = self.titles(one.register, [id for id in ids if id not in hidden])
            found.append(RelatedRecords(one, tuple(named[i] for i in ids if i in named)))
        return found

    def history(self, register: str, id: str) -> list[HistoryEntry]:
        """Every change of a record, and of those merged into it until they were, the newest first,
        fields and values in words. Raises as `Sight.require`."""
        self._sight.require(register, id)
        entries = journal.history(self._connection, register, id)
        known = {entry.change.id for entry in entries}
        for merged in merged_into(self._connection, self._forms.registers[register], id):
            more = journal.history(self._connection, register, merged)
            entries += [entry for entry in more if entry.change.id not in known]
        entries.sort(key=lambda entry: -entry.change.id)
        told: list[HistoryEntry] = []
        for _, group in groupby(entries, key=lambda entry: entry.change.id):
            rows = list(group)[::-1]  # the record first, then why warnings were let pass
            change = rows[0].change
            told.append(
                HistoryEntry(
                    at=change.at, by=change.by, host=change.host,
                    label=self._label(rows[0], id), kind=str(change.kind),
                    differences=tuple(one for row in rows for one in self.differences(row)),
                )
            )  # fmt: skip
        return told

    def differences(self, entry: journal.Entry) -> tuple[Difference, ...]:
        """What one change did to one record, in words."""
        return tuple(self._differences(self._forms.registers[entry.register], entry))

    def _label(self, entry: journal.Entry, id: str) -> str:
        if entry.record_id == id:
            return entry.change.label
        return tr("{label} (in the merged record)").format(label=entry.change.label)

    def _differences(self, register: Register, entry: journal.Entry) -> list[Difference]:
        before = (entry.before or {}).get("values", {})
        after = entry.after.get("values", {})
        found = []
        for one in register.fields:
            if not any(column in before or column in after for column in one.columns):
                continue
            texts = [self._text(register, one.name, side) for side in (before, after)]
            if texts[0] != texts[1]:
                found.append(Difference(one.label, *texts))
        reasons = entry.after.get("reasons", {})
        told = tr("Reason for {rule}")
        found += [Difference(told.format(rule=rule), "", why) for rule, why in reasons.items()]
        return found + self._child_differences(entry)

    def _child_differences(self, entry: journal.Entry) -> list[Difference]:
        was = (entry.before or {}).get("children", {})
        now = entry.after.get("children", {})
        found = []
        for name in dict.fromkeys([*was, *now]):
            child = self._forms.registers[name]
            for row_id in dict.fromkeys([*was.get(name, {}), *now.get(name, {})]):
                sides = [
                    self._row_text(child, side.get(name, {}).get(row_id)) for side in (was, now)
                ]
                found.append(Difference(child.title, *sides))
        return found

    def _row_text(self, child: Register, row: dict[str, object] | None) -> str:
        if not row:
            return ""
        texts = (self._text(child, one.name, row) for one in child.fields)
        return " · ".join(text for text in texts if text)

    def _text(self, register: Register, name: str, values: dict[str, object]) -> str:
        one = register.field(name)
        if not self._sight.rights.sees_field(register.name, one):
            return MASK if any(values.get(column) is not None for column in one.columns) else ""
        row = {column: values.get(column) for column in one.columns}
        value = types.from_columns(one, row)
        if value is None:
            return ""
        if one.to:
            return self.title(one.to, str(value))
        return types.show(one, value, self._forms.lists)
