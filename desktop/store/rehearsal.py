"""Try the SQL of a report on an empty database, so that its mistakes are found at the desk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from desktop.base.translate import tr
from desktop.schema.definition import Forms
from desktop.store import tables
from desktop.store.driver import Connection, DriverError, Stored, connect
from desktop.store.measures import Counting, Fact, Measures, Source


class Rehearsal:
    """An empty database of the definitions, with the facts that could be built."""

    def __init__(self, forms: Forms, parameters: Mapping[str, Stored]) -> None:
        self._forms = forms
        self._parameters = parameters
        self._facts: list[Fact] = []
        self._broken: list[str] = []
        self._connection: Connection = connect(":memory:", None)
        for statement in tables.schema_statements(forms, tables.OWN_TABLES):
            self._connection.execute(statement)

    def fact(self, fact: Fact) -> str:
        """What is wrong with a fact ("" if nothing); the ones before it must have been tried."""
        wrong = self._try([*self._facts, fact], lambda measures: _select(measures, fact.sql))
        if wrong:
            self._broken.append(fact.name)
        else:
            self._facts.append(fact)
        return wrong

    def source(self, source: Source, countings: Sequence[Counting]) -> dict[str, str]:
        """What is wrong with a source (key "") or with single columns, by code."""
        wrong = self.select(source.sql, ("row", "record"))
        if wrong:
            return {"": wrong}
        found = {}
        for counting in countings:
            wrong = self._try(self._facts, lambda m, c=counting: m.figures(source, [c]))
            if wrong:
                found[counting.code] = wrong
        return found

    def measure(self, source: Source, counting: Counting) -> str:
        """What is wrong with a measure; `:from` is one of its parameters."""
        return self._try(self._facts, lambda m: m.total(source, counting, **{"from": "2026-01-01"}))

    def select(self, sql: str, columns: Iterable[str]) -> str:
        """What is wrong with a SELECT that must give these columns."""
        return self._try(self._facts, lambda measures: _select(measures, sql, columns))

    def value(self, sql: str) -> str:
        """What is wrong with a SELECT of one value."""
        return self._try(self._facts, lambda measures: measures.value(sql))

    def close(self) -> None:
        """Forget the database."""
        self._connection.close()

    def _try(self, facts: Sequence[Fact], use: object) -> str:
        try:
            measures = Measures(self._connection, facts, self._parameters, self._forms)
            try:
                use(measures)  # type: ignore[operator]
            finally:
                measures.close()
        except DriverError as error:
            said = str(error)
            if any(name in said for name in self._broken):
                return ""
            return tr("SQLite says: {message}").format(message=said)
        return ""


def _select(measures: Measures, sql: str, columns: Iterable[str] = ("1",)) -> None:
    measures.lines(f"SELECT *, 1 AS row FROM ({sql})" if columns == ("1",) else sql, columns)
