"""The rows of a list: their cells as values and as words, read for the ids that are looked at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from desktop.schema.definition import FieldType, Forms
from desktop.schema.types import Value, from_columns, show
from desktop.store.driver import Connection, Stored
from desktop.store.list_queries import Cell, ListQueries
from desktop.store.titles import Titles

_CHUNK = 500  # ids in one statement
_PLAIN_TYPES = (FieldType.TEXT, FieldType.NOTE)


@dataclass(frozen=True, slots=True)
class ListRow:
    """One row of a list, its cells in the order of the columns asked for."""

    id: str
    values: tuple[Value, ...]
    """As `schema.types` has them; a reference's is the id, a count's the number."""
    texts: tuple[str, ...]
    """As on screen; a reference's is the title of the record."""
    deleted: bool
    restricted: bool


class CellReader:
    """Reads the cells of `queries` over a connection, which belongs to the calling thread."""

    def __init__(
        self, connection: Connection, forms: Forms, queries: ListQueries, *, short: bool = True
    ) -> None:
        """`short`: codes by their label for narrow columns."""
        self._connection = connection
        self._forms = forms
        self._queries = queries
        self._label_is_short = short

    def rows(self, ids: Sequence[str]) -> list[ListRow]:
        """The rows of these ids in their order; an id that is not there (any more) is left out."""
        rows: dict[str, ListRow] = {}
        for chunk in chunks(ids):
            for row in self._chunk(chunk):
                rows[row.id] = row
        return [rows[id] for id in ids if id in rows]

    def _chunk(self, ids: list[str]) -> Iterator[ListRow]:
        marks = ",".join("?" * len(ids))
        found = self._connection.execute(self._queries.page.format(marks=marks), ids).fetchall()
        restricted: set[str] = set()
        if self._queries.restricted:
            sql = self._queries.restricted.format(marks=marks)
            restricted = {str(row[0]) for row in self._connection.execute(sql, ids)}
        titles = self._titles(found)
        for row in found:
            yield self._list_row(row, titles, row[0] in restricted)

    def _titles(self, rows: list[tuple[Stored, ...]]) -> Titles:
        """Titles of every record the rows refer to, looked up together."""
        titles = Titles(self._connection, self._forms)
        for cell, start in self._cells():
            if cell.refers_to:
                titles.of(cell.refers_to, {str(row[start]) for row in rows if row[start]})
        return titles

    def _cells(self) -> Iterator[tuple[Cell, int]]:
        """Every cell and where its first value stands in a row of `page`."""
        start = 2
        for cell in self._queries.cells:
            yield cell, start
            start += len(cell.expressions)

    def _list_row(self, row: tuple[Stored, ...], titles: Titles, restricted: bool) -> ListRow:
        values: list[Value] = []
        texts: list[str] = []
        for cell, start in self._cells():
            value, text = self._cell(cell, row[start : start + len(cell.expressions)], titles)
            values.append(value)
            texts.append(text)
        return ListRow(
            str(row[0]), tuple(values), tuple(texts), row[1] is not None, restricted
        )  # fmt: skip

    def _cell(self, cell: Cell, found: Sequence[Stored], titles: Titles) -> tuple[Value, str]:
        first = found[0]
        if cell.field is None:
            return first, str(first or "")
        if first is None:
            return None, ""
        if cell.refers_to:
            named = titles.of(cell.refers_to, [str(first)])
            return first, named[str(first)].title if named else ""
        if cell.field.type in _PLAIN_TYPES:
            return first, str(first)
        value = from_columns(cell.field, dict(zip(cell.field.columns, found, strict=True)))
        if cell.field.type is FieldType.CHOICE and self._label_is_short:
            return value, self._short(cell.field.list, str(value))
        return value, show(cell.field, value, self._forms.lists)

    def _short(self, code_list: str, code: str) -> str:
        """The label for narrow columns of a code; the code itself where it is in no list."""
        found = self._forms.lists[code_list].value(code)
        return (found.short or found.label) if found else code


def chunks(ids: Sequence[str], size: int = _CHUNK) -> Iterable[list[str]]:
    """The ids, as many at a time as one statement takes."""
    return (list(ids[start : start + size]) for start in range(0, len(ids), size))
