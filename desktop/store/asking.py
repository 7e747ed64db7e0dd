"""Ask many expressions of many rows in one statement, and survive the one that fails."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import StrEnum

from desktop.base.errors import Problem, UserError
from desktop.base.translate import tr
from desktop.store.authorizer import OWN_RECORD, Authorizer, Reads
from desktop.store.driver import Connection, DriverError, Stored, in_words, quoted
from desktop.store.own_tables import row_source, staging_name, stored_source
from desktop.store.rulebook import RuleBook

STEPS_PER_CALL = 100_000
"""Steps of SQLite's machine between two looks at the limit."""
CALLS_PER_STATEMENT = 500
CALLS_PER_RECORD = 5
"""How much one statement may do before it is stopped; counted in steps, not seconds, so that it
is the same on a slow machine. The whole comes to about a second."""

_INTERRUPTED = 9  # SQLITE_INTERRUPT


class Source(StrEnum):
    """Where the rows that are asked stand."""

    STAGED = "staged"
    STORED = "stored"


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """An expression asked of each row of a register."""

    label: str
    """For messages: number of a rule, or field and key."""
    sql: str
    reads: Reads


class QuestionSet:
    """Questions asked together of the rows of one register.

    `only_true`: rows of which no answer is true are left out, which saves fetching them.
    """

    def __init__(
        self, register: str, questions: Sequence[Question], *, only_true: bool = False
    ) -> None:
        self.register = register
        self.questions = tuple(questions)
        self.only_true = only_true


Rows = list[tuple[Stored, ...]]
Block = tuple[tuple[Question, ...], Rows]
"""Questions, and rows of: id of the row, id of the record, the answers in their order."""

FIRST_ANSWER = 2
"""Place of the first answer in a row."""


class Asker:
    """Asks over one connection. `problems` collects what broke while it ran."""

    def __init__(
        self,
        connection: Connection,
        book: RuleBook,
        authorizer: Authorizer,
        show: Callable[[str], None],
    ) -> None:
        self._connection = connection
        self._book = book
        self._authorizer = authorizer
        self._show = show
        self._statements: dict[tuple[str, Source, bool, bool, tuple[Question, ...]], str] = {}
        self._too_slow: set[Question] = set()
        self._calls_left = 0
        self.problems: dict[str, Problem] = {}

    @contextmanager
    def session(self) -> Iterator[None]:
        """All that is staged and asked inside sees one state of the data; no snapshot is kept."""
        self._connection.execute("SAVEPOINT rules")
        self._connection.set_progress_handler(self._step, STEPS_PER_CALL)
        try:
            yield
            self._connection.execute("RELEASE rules")
        except BaseException:
            with suppress(DriverError, UserError):  # gone already if the disk is full
                self._connection.execute("ROLLBACK TO rules")
                self._connection.execute("RELEASE rules")
            raise
        finally:
            self._connection.set_progress_handler(None, STEPS_PER_CALL)

    def ask_staged(self, asked: QuestionSet, records: Sequence[str]) -> Iterator[Block]:
        """Ask of all that is staged; `records` are the ids of the records it belongs to."""
        alone = len(records) == 1
        if alone:
            self._show(records[0])
        yield from self._block(asked, asked.questions, Source.STAGED, records, alone)

    def ask_stored(self, asked: QuestionSet, records: Sequence[str]) -> Iterator[Block]:
        """Ask of stored records; the deleted are left out."""
        yield from self._block(asked, asked.questions, Source.STORED, records, False)

    def _block(
        self,
        asked: QuestionSet,
        questions: tuple[Question, ...],
        source: Source,
        records: Sequence[str],
        narrowed: bool,
    ) -> Iterator[Block]:
        if self._too_slow:
            questions = tuple(q for q in questions if q not in self._too_slow)
        if not questions or not records:
            return
        statement = self._statement(asked, questions, source, narrowed)
        given = (json.dumps(list(records)),) if source is Source.STORED else ()
        try:
            rows = self._run(statement, given, len(records))
        except DriverError as error:
            yield from self._parts(asked, questions, source, records, error)
        else:
            yield questions, rows

    def _parts(
        self,
        asked: QuestionSet,
        questions: tuple[Question, ...],
        source: Source,
        records: Sequence[str],
        error: Exception,
    ) -> Iterator[Block]:
        """After a failure: half the questions, one question, one record, until it stands alone."""
        alone = source is Source.STAGED and len(records) == 1
        if len(questions) > 1:
            middle = len(questions) // 2
            for half in (questions[:middle], questions[middle:]):
                yield from self._block(asked, half, source, records, alone)
        elif getattr(error, "sqlite_errorcode", 0) & 0xFF == _INTERRUPTED:
            self._too_slow.add(questions[0])
            self._note(questions[0], tr("it takes too long"))
        elif len(records) > 1:
            for record_id in records:
                self._show(record_id)
                alone = source is Source.STAGED
                yield from self._block(asked, questions, source, (record_id,), alone)
        else:
            self._note(questions[0], str(error))

    def _note(self, question: Question, reason: str) -> None:
        text = tr("Rule {number} could not be asked: {reason}. Tell whoever keeps the definitions.")
        told = text.format(number=question.label, reason=reason)
        self.problems.setdefault(question.label, Problem(question.label, "rule-failed", told))

    def _statement(
        self, asked: QuestionSet, questions: tuple[Question, ...], source: Source, narrowed: bool
    ) -> str:
        key = (asked.register, source, narrowed, asked.only_true, questions)
        statement = self._statements.get(key)
        if statement is None:
            statement = self._written(asked.register, questions, source, narrowed)
            if asked.only_true:
                some = " OR ".join(f"answer{n}" for n in range(len(questions)))
                statement = f"SELECT * FROM ({statement}) WHERE {some}"
            self._statements[key] = statement
        return statement

    def _written(
        self, register: str, questions: tuple[Question, ...], source: Source, narrowed: bool
    ) -> str:
        forms = self._book.forms
        found = forms.registers.get(register)
        top = quoted((found.parent if found else "") or register)
        columns = [f"{quoted(register)}.id AS row", f"{top}.id AS record"]
        for number, question in enumerate(questions):
            views = [] if narrowed else self._views(question, source, top)
            sql = f"(\n{question.sql}\n)"
            sql = f"(WITH {', '.join(views)} SELECT {sql})" if views else sql
            columns.append(f"{sql} AS answer{number}")
        listed = ", ".join(columns)
        if source is Source.STORED:
            return (
                f"SELECT {listed} FROM {stored_source(forms, register)} WHERE "
                # The plus keeps SQLite from walking all that is not deleted.
                f"+{top}.deleted_at IS NULL AND {top}.id IN (SELECT value FROM json_each(?))"
            )
        where = f" WHERE {top}.id = {OWN_RECORD}()" if narrowed and found else ""
        return f"SELECT {listed} FROM {row_source(forms, register)}{where}"

    def _views(self, question: Question, source: Source, top: str) -> list[str]:
        """What the bare table names in an expression mean where many records are asked at once:
        the rows of the record of the row that is asked."""
        views = []
        for table in sorted({table for table, _ in question.reads.own}):
            found = self._book.forms.registers.get(table)
            if found is not None:
                name = f"main.{quoted(table)}" if source is Source.STORED else staging_name(table)
                key = quoted(found.parent or "id")
                views.append(f"{quoted(table)} AS (SELECT * FROM {name} WHERE {key} = {top}.id)")
        return views

    def _run(self, statement: str, given: tuple[str, ...], records: int) -> Rows:
        """All rows at once. Raises DriverError for an expression that fails, UserError else."""
        self._calls_left = CALLS_PER_STATEMENT + CALLS_PER_RECORD * records
        self._authorizer.guard = True
        try:
            return self._connection.execute(statement, given).fetchall()
        except DriverError as error:
            said = in_words(error, self._connection.path)
            if isinstance(said, UserError):
                raise said from error
            raise
        finally:
            self._authorizer.guard = False

    def _step(self) -> int:
        if not self._authorizer.guard:
            return 0  # staging takes as long as there are rows
        self._calls_left -= 1
        return int(self._calls_left < 0)
