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
from desktop.base.translate import tr
from desktop.schema import types
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
    }
)
"""Types of which the same text comes again and again: read once."""


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
    """Fields that were filled in."""


@dataclass(slots=True)
class ReadItem:
    """One record as columns."""

    row: ReadRow
    children: dict[str, list[ReadRow]] = field(default_factory=dict)
    unread: list[Unread] = field(default_factory=list)
    reasons: dict[str, str] = field(default_factory=dict)
    """By rule number."""

    def rows(self) -> Iterator[ReadRow]:
        """The record's own row, then its child rows."""
        yield self.row
        for rows in self.children.values():
            yield from rows


class FieldReader:
    """Reads one field out of objects."""

    def __init__(self, one: Field, forms: Forms, today: date) -> None:
        self.field = one
        self.columns = one.columns
        self._forms = forms
        self._today = today
        self._known: dict[Any, Row] | None = {} if one.type in _REPEATED else None

    def read(self, item: Mapping[str, object]) -> Row:
        """Column → value. Raises `ParseProblem`."""
        given = item.get(self.field.name)
        known = self._known
        if known is None or not isinstance(given, (str, int, float)):
            return self._read(item)
        key = (given, type(given))  # 1, 1.0 and true are not the same
        found = known.get(key)
        if found is None:
            if len(known) > _KEPT_READINGS:
                known.clear()
            found = self._read(item)
            if len(item.keys() & self.columns) <= 1:
                known[key] = found
        return found

    def _read(self, item: Mapping[str, object]) -> Row:
        value = types.from_json(self.field, item, today=self._today, lists=self._forms.lists)
        return types.to_columns(self.field, value)


class RowReader:
    """Reads rows of one register."""

    def __init__(
        self, register: Register, forms: Forms, today: date, default: Callable[[Field], str]
    ) -> None:
        self.register = register
        self.children = {child.name: child for child in forms.children(register.name)}
        self._readers: dict[str, FieldReader] = {}
        self._computed: set[str] = set()
        self._defaults: dict[str, tuple[FieldReader, Row]] = {}
        for one in register.fields:
            if one.computed:
                self._computed.update(one.columns)
                continue
            reader = FieldReader(one, forms, today)
            self._readers.update(dict.fromkeys(types.json_keys(one), reader))
            text = default(one)
            if text:
                value = types.parse(one, text, today=today, lists=forms.lists)
                self._defaults[one.name] = (reader, types.to_columns(one, value))

    def read(self, item: Mapping[str, object], row: ReadRow, unread: list[Unread]) -> None:
        """Put what the object says into the row; note what cannot be read."""
        values, readers, done = row.values, self._readers, set[str]()
        for key, given in item.items():
            reader = readers.get(key)
            if reader is None:
                self._other_key(key, row, unread)
                continue
            name = reader.field.name
            if name in done:
                continue
            done.add(name)
            try:
                values.update(reader.read(item))
                if given is not None:
                    row.given.append(name)
            except types.ParseProblem as problem:
                values.update(dict.fromkeys(reader.columns))
                unread.append(self._unread(row, name, reader.columns, str(problem)))

    def fill_defaults(self, item: Mapping[str, object], row: ReadRow) -> None:
        """The defaults of a new row, where the object does not say anything."""
        for reader, default in self._defaults.values():
            if not any(column in item for column in reader.columns) and (
                reader.field.name not in item
            ):
                row.values.update(default)

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
        found = ReadItem(ReadRow(self.register, new_id(), {}))
        self._top.fill_defaults(item, found.row)
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
        self._top.read(item, found.row, found.unread)
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
        if not isinstance(given, list) or not all(isinstance(one, Mapping) for one in given):
            self._tell(found, tr("“{title}” must be a list of objects.").format(title=title))
            return
        if reader.register.single and len(given) > 1:
            self._tell(found, tr("“{title}” takes one row only.").format(title=title))
        for one in given:
            id = one.get(ID)
            if id is not None and id not in known:
                self._tell(found, tr("“{title}” has no row {id}.").format(title=title, id=id))
                continue
            if id is None:
                row = ReadRow(reader.register, new_id(), {})
                reader.fill_defaults(one, row)
            else:
                row = ReadRow(reader.register, str(id), dict(known[str(id)]))
            reader.read(one, row, found.unread)
            yield row

    def _tell(self, found: ReadItem, why: str) -> None:
        found.unread.append(Unread(self.register.name, found.row.id, "", (), why))
