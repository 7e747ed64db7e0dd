"""From the JSON object of a record to its columns: each value read as if it had been typed.

    {"full_name": "…", "birth": "1948", "client_category": [{"category": "06", …}],
     "id": "…", "_reasons": {"V03": "…"}}

Keys are names of fields; a child register's name holds the list of its rows; `id` names the stored
record (or child row) that is meant, and then what is left out stays as it is. What is left out of
a new record takes the field's default, but never today's date: a day nobody wrote is not made up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from desktop.base.identity import new_id
from desktop.base.text import has_control, is_clean
from desktop.base.translate import tr
from desktop.schema import types
from desktop.schema.cleaning import clean
from desktop.schema.definition import Field, FieldType, Forms, Register

Row = dict[str, Any]

ID = "id"
REASONS = "_reasons"

_KEPT_READINGS = 5000
_REPEATED = frozenset(
    {
        FieldType.CHOICE,
        FieldType.CHOICES,
        FieldType.DATE,
        FieldType.PARTIAL_DATE,
        FieldType.YES_NO,
        FieldType.INTEGER,
        FieldType.DECIMAL,
        FieldType.MONEY,
        FieldType.REFERENCE,
    }
)
"""Types of which the same value comes again and again: read once."""


@dataclass(frozen=True, slots=True)
class Unread:
    """A part of an object that could not be read."""

    register: str
    row_id: str
    field: str
    """A field's name, or "" for the row as a whole."""
    columns: tuple[str, ...]
    why: str


@dataclass(slots=True)
class ReadRow:
    """One row as columns."""

    register: Register
    id: str
    values: Row
    given: list[str] = field(default_factory=list)
    """Fields that the object has."""


@dataclass(slots=True)
class ReadItem:
    """One record as columns."""

    row: ReadRow
    children: dict[str, list[ReadRow]] = field(default_factory=dict)
    unread: list[Unread] = field(default_factory=list)
    reasons: dict[str, str] = field(default_factory=dict)
    """By rule number."""
    cleaned: list[tuple[str, str]] = field(default_factory=list)
    """(label of a field, what was changed in its text)."""

    def rows(self) -> Iterator[ReadRow]:
        """The record's own row, then its child rows."""
        yield self.row
        for rows in self.children.values():
            yield from rows


class FieldReader:
    """Reads one field out of objects."""

    def __init__(self, one: Field, forms: Forms, today: date) -> None:
        self._field = one
        self.name = one.name
        self.label = one.label
        self.columns = one.columns
        self._read = types.column_reader(one, today=today, lists=forms.lists)
        self.keys = frozenset(types.json_keys(one))
        self.several = len(self.keys) > 1
        self.known: dict[object, Row] | None = {} if one.type in _REPEATED else None
        """What values were read as; not used where the object has several of the keys."""

    def read(self, item: Mapping[str, object], given: object) -> tuple[Row, str]:
        """(column → value as in the tables, what had to be cleaned for it, in words); `given`
        stands under one of the field's keys in the item. Raises `ParseProblem`."""
        if type(given) is not str or has_control(given):
            return self._read_value(item, given), ""
        if is_clean(given):
            try:
                return self._read_value(item, given), ""
            except types.ParseProblem as problem:
                return self._read_cleaned(item, given, problem)
        return self._read_cleaned(item, given, None)

    def _read_cleaned(
        self, item: Mapping[str, object], given: str, problem: types.ParseProblem | None
    ) -> tuple[Row, str]:
        """Read the text as the window's fields clean it when it is pasted there."""
        cleaned = clean(self._field, given)
        if cleaned.refused:
            raise types.ParseProblem(cleaned.refused)
        if problem is not None and cleaned.text == given:
            raise problem
        changed = {key: cleaned.text if item[key] is given else item[key] for key in item}
        words = cleaned.words if cleaned.text != given else ""
        return self._read_value(changed, cleaned.text), words

    def _read_value(self, item: Mapping[str, object], given: object) -> Row:
        known = self.known
        if known is None or (self.several and len(self.keys & item.keys()) > 1):
            return self._read(item)
        # 1, 1.0 and true are equal and yet not the same.
        key = given if type(given) is str else _told_apart(given)
        if key is None:
            return self._read(item)
        found = known.get(key)
        if found is None:
            if len(known) > _KEPT_READINGS:
                known.clear()
            found = known[key] = self._read(item)
        return found


def _told_apart(given: object) -> object:
    """A key for a number, a boolean or a list of texts; None for anything else."""
    if isinstance(given, (int, float)):
        return (type(given), given)
    if isinstance(given, list) and all(isinstance(part, str) for part in given):
        return (list, *given)
    return None


class RowReader:
    """Reads rows of one register."""

    def __init__(
        self, register: Register, forms: Forms, today: date, default: Callable[[Field], str]
    ) -> None:
        self.register = register
        self.children = {child.name: child for child in forms.children(register.name)}
        self.defaults: Row = {}
        """Columns of a new row, before the object is read."""
        self._readers: dict[str, FieldReader] = {}
        self._computed: set[str] = set()
        for one in register.fields:
            if one.computed:
                self._computed.update(one.columns)
                continue
            reader = FieldReader(one, forms, today)
            self._readers.update(dict.fromkeys(reader.keys, reader))
            text = default(one)
            if text:
                value = types.parse(one, text, today=today, lists=forms.lists)
                self.defaults.update(types.to_columns(one, value))

    def read(self, item: Mapping[str, object], row: ReadRow, into: ReadItem) -> None:
        """Put what the object says into the row; note what cannot be read, and what was cleaned."""
        unread = into.unread
        values, readers, names = row.values, self._readers, row.given
        for key, given in item.items():
            reader = readers.get(key)
            if reader is None:
                self._other_key(key, row, unread)
                continue
            if reader.several and reader.name in names:
                continue
            names.append(reader.name)
            if reader.known and type(given) is str and not reader.several:
                known = reader.known.get(given)
                if known is not None:
                    values.update(known)
                    continue
            try:
                found, cleaned = reader.read(item, given)
            except types.ParseProblem as problem:
                values.update(dict.fromkeys(reader.columns))
                unread.append(self._unread(row, reader.name, reader.columns, str(problem)))
                continue
            values.update(found)
            if cleaned:
                into.cleaned.append((reader.label, cleaned))

    def _other_key(self, key: str, row: ReadRow, unread: list[Unread]) -> None:
        if key in self._computed or key in self.children or key in (ID, REASONS):
            return
        said = tr("“{key}” is no field of {register}.").format(
            key=key, register=self.register.title.lower()
        )
        unread.append(self._unread(row, "", (), said))

    def _unread(self, row: ReadRow, name: str, columns: tuple[str, ...], why: str) -> Unread:
        return Unread(self.register.name, row.id, name, columns, why)


class ItemReader:
    """Reads records of one register with their child rows."""

    def __init__(
        self, register: Register, forms: Forms, today: date, default: Callable[[Field], str]
    ) -> None:
        self.register = register
        self._top = RowReader(register, forms, today, default)
        self._children = {
            name: RowReader(child, forms, today, default)
            for name, child in self._top.children.items()
        }

    def read_new(self, item: Mapping[str, object]) -> ReadItem:
        """A record that is not stored yet."""
        found = ReadItem(ReadRow(self.register, new_id(), self._top.defaults.copy()))
        self._read(item, found, {})
        return found

    def read_changed(
        self,
        item: Mapping[str, object],
        id: str,
        values: Mapping[str, Any],
        children: Mapping[str, list[Row]],
    ) -> ReadItem:
        """A stored record (its column values and child rows) with what the object says put in."""
        found = ReadItem(ReadRow(self.register, id, dict(values)))
        found.children = {
            name: [ReadRow(self._children[name].register, str(row[ID]), dict(row)) for row in rows]
            for name, rows in children.items()
        }
        self._read(item, found, children)
        return found

    def _read(
        self, item: Mapping[str, object], found: ReadItem, stored: Mapping[str, list[Row]]
    ) -> None:
        self._top.read(item, found.row, found)
        for name, reader in self._children.items():
            if name in item:
                known = {str(row[ID]): row for row in stored.get(name, ())}
                found.children[name] = list(self._child_rows(reader, item[name], known, found))
        given = item.get(REASONS)
        if isinstance(given, Mapping):
            found.reasons = {str(k): str(v).strip() for k, v in given.items() if str(v).strip()}
        elif given is not None:
            self._tell(found, tr('“_reasons” must be an object: {"V03": "…"}.'))

    def _child_rows(
        self, reader: RowReader, given: object, known: Mapping[str, Row], found: ReadItem
    ) -> Iterator[ReadRow]:
        title = reader.register.title
        if given is None:
            return
        if not isinstance(given, list):
            self._tell(found, tr("“{title}” must be a list of objects.").format(title=title))
            return
        if reader.register.single and len(given) > 1:
            self._tell(found, tr("“{title}” takes one row only.").format(title=title))
        for one in given:
            if not isinstance(one, (dict, Mapping)):
                self._tell(found, tr("“{title}” must be a list of objects.").format(title=title))
                return
            id = one.get(ID)
            if id is not None and id not in known:
                self._tell(found, tr("“{title}” has no row {id}.").format(title=title, id=id))
                continue
            if id is None:
                row = ReadRow(reader.register, new_id(), reader.defaults.copy())
            else:
                row = ReadRow(reader.register, str(id), dict(known[str(id)]))
            reader.read(one, row, found)
            row.values[ID] = row.id
            yield row

    def _tell(self, found: ReadItem, why: str) -> None:
        found.unread.append(Unread(self.register.name, found.row.id, "", (), why))
