"""Try the SQL of a report on an empty database, so that its mistakes are found at the desk."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial

from desktop.base.translate import tr
from desktop.schema.definition import Forms
from desktop.store.blank import blank_database
from desktop.store.driver import DriverError, Stored
from desktop.store.measures import Counting, Fact, Measures, Source


class Rehearsal:
    """An empty database of the definitions; facts are added one by one. Call `close` when done."""

    def __init__(self, forms: Forms, parameters: Mapping[str, Stored]) -> None:
        self._broken: list[str] = []
        self._connection = blank_database(forms)
        self._measures = Measures(self._connection, (), parameters, forms)

    def fact(self, fact: Fact) -> str:
        """What is wrong with a fact ("" if nothing); the ones before it must have been tried."""
        error = self._error(lambda: self._measures.build(fact))
        wrong = self._told(error)
        if error:
            self._broken.append(fact.name)
        return wrong

    def source(self, source: Source, countings: Sequence[Counting]) -> dict[str, str]:
        """What is wrong with a source (key "") or with single columns, by code."""
        wrong = self.select(source.sql, ("row", "record"))
        if wrong:
            return {"": wrong}
        found = {}
        for counting in countings:
            wrong = self._try(partial(self._measures.figures, source, [counting]))
            if wrong:
                found[counting.code] = wrong
        return found

    def measure(self, source: Source, counting: Counting) -> str:
        """What is wrong with a measure; `:from` is one of its parameters."""
        start = {"from": "2026-01-01"}
        return self._try(lambda: self._measures.total(source, counting, **start))

    def select(self, sql: str, columns: Iterable[str]) -> str:
        """What is wrong with a SELECT that must give these columns."""
        return self._try(lambda: self._measures.lines(sql, columns))

    def value(self, sql: str) -> str:
        """What is wrong with a SELECT of one value."""
        return self._try(lambda: self._measures.value(sql))

    def close(self) -> None:
        """Forget the database."""
        self._measures.close()
        self._connection.close()

    def _try(self, use: Callable[[], object]) -> str:
        return self._told(self._error(use))

    def _error(self, use: Callable[[], object]) -> str:
        try:
            use()
        except DriverError as error:
            return str(error)
        return ""

    def _told(self, error: str) -> str:
        """The error in words; nothing where it only follows from a fact that is wrong itself."""
        if not error or any(name in error for name in self._broken):
            return ""
        return tr("SQLite says: {message}").format(message=error)
