"""Sample offices: invented people of two communes, entered as an officer would type them.

resources/sample/NAME.toml holds texts by field, `key` names a record for those behind it, "@key"
refers to it, and `reasons` answers warnings by rule number. `today` is the day they are entered:
rules about today then say the same on any day the sample is made.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from desktop.base.clock import Clock, FixedClock, SystemClock
from desktop.base.errors import UserError, translate_os_error
from desktop.base.progress import Progress, silent
from desktop.base.translate import tr
from desktop.schema.definition import FieldType, Gate
from desktop.service.draft import Draft, RowDraft
from desktop.service.folder import unlock
from desktop.service.office import Setup, create_office, definitions_of, open_unlocked, remove_files
from desktop.service.problems import NotSaved, RecordProblem

if TYPE_CHECKING:
    from desktop.base.paths import Paths
    from desktop.service.definitions import Definitions
    from desktop.service.workspace import Workspace

PASSWORD = "dung-thu-2026"  # noqa: S105 - of invented people; the demo prints it
SAMPLES = ("phuong_ha_nam", "xa_binh_luc")

_REFERS = "@"
_NOT_RECORDS = ("period", "today", "office")
_NOT_FIELDS = ("key", "reasons")
_END_OF_WORK = time(17)


class SampleProblems(UserError):
    """A sample that the rules refuse."""


def sample_period(paths: Paths, which: str) -> str:
    """Code of the period the sample is about: 2026H1. Raises `UserError` as `open_sample`."""
    return str(_content(paths, which)["period"])


def sample_day(paths: Paths, which: str) -> date:
    """The day the sample is entered on, the last of its period. Raises as `open_sample`."""
    day: date = _content(paths, which)["today"]
    return day


def sample_title(paths: Paths, which: str) -> str:
    """Name of the sample's office: “Ủy ban nhân dân phường Hà Nam”. Raises as `open_sample`."""
    return str(_content(paths, which)["office"]["body_name"])


def open_sample(
    paths: Paths,
    which: str,
    *,
    clock: Clock | None = None,
    definitions: Definitions | None = None,
    progress: Progress = silent,
) -> Workspace:
    """Make the sample office `which` (of `SAMPLES`) in the data folder and open it.

    `clock`: of the workspace returned; left out, the computer's, or the sample's last day where
    that is still to come. Raises `UserError` for an unknown sample or a folder that holds an
    office, `SampleProblems` with everything the rules refuse; then nothing is left behind.
    """
    content = _content(paths, which)
    definitions = definitions or definitions_of(paths)
    entering = FixedClock(datetime.combine(content["today"], _END_OF_WORK))
    setup = Setup(office=content["office"], person=content["office"]["preparer"], password=PASSWORD)
    workspace = create_office(paths, setup, clock=entering, definitions=definitions)
    try:
        _Entering(workspace).enter(content, progress)
    except BaseException:
        workspace.close()
        remove_files(paths)
        raise
    person = workspace.person
    workspace.close()
    if clock is None:
        now = SystemClock()
        clock = now if now.today() >= content["today"] else entering
    key = unlock(paths, person, PASSWORD)
    return open_unlocked(paths, person, key, clock=clock, definitions=definitions)


def _content(paths: Paths, which: str) -> dict[str, Any]:
    path = paths.resources / "sample" / f"{which}.toml"
    if which not in SAMPLES:
        raise UserError(
            tr("There is no sample “{name}”. There are: {known}.").format(
                name=which, known=", ".join(SAMPLES)
            )
        )
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise translate_os_error(error, path) from error


class _Entering:
    """Types the records of one sample, in the order of the file."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._ids: dict[tuple[str, str], str] = {}
        self._refused: set[tuple[str, str]] = set()
        self._problems: list[str] = []

    def enter(self, content: Mapping[str, Any], progress: Progress) -> None:
        """Save every record. Raises `SampleProblems`."""
        records = list(_records(content))
        for number, (register, texts) in enumerate(records):
            progress(tr("Making the sample office…"), number / len(records))
            self._enter(register, texts)
        if self._problems:
            raise SampleProblems("\n".join(self._problems))

    def _enter(self, register: str, texts: Mapping[str, Any]) -> None:
        """Save one record; what refers to a refused one is left out, since that is told already."""
        named = {given for given in _all_texts(texts) if given.startswith(_REFERS)}
        if any(_REFERS + key in named for _, key in self._refused):
            self._refused.add((register, texts.get("key", "")))
            return
        draft = self._workspace.new_draft(register)
        self._fill(draft, draft.row, texts)
        for problem in draft.check(Gate.SAVE):
            reason = texts.get("reasons", {}).get(problem.number)
            if reason:
                draft.give_reason(problem, reason)
        name = f"{register} {texts.get('key') or next(iter(texts.values()))}"
        try:
            self._workspace.save(draft)
        except NotSaved as error:
            self._problems += [_said(name, problem) for problem in error.problems]
            self._refused.add((register, texts.get("key", "")))
            return
        if "key" in texts:
            self._ids[register, texts["key"]] = draft.id

    def _fill(self, draft: Draft, row: RowDraft, texts: Mapping[str, Any]) -> None:
        for name, given in texts.items():
            if name in draft.children and row is draft.row:
                for child in given:
                    self._fill(draft, draft.add_row(name), child)
            elif name not in _NOT_FIELDS:
                draft.set_text(name, self._text(row, name, given), row)

    def _text(self, row: RowDraft, name: str, given: str) -> str:
        one = row.register.field(name)
        if one.type is not FieldType.REFERENCE or not given.startswith(_REFERS):
            return given
        key = given.removeprefix(_REFERS)
        if (one.to, key) not in self._ids:
            self._problems.append(
                tr("{register}: there is no {key} above.").format(
                    register=row.register.name, key=given
                )
            )
        return self._ids.get((one.to, key), "")


def _records(content: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for register, records in content.items():
        if register not in _NOT_RECORDS:
            for texts in records:
                yield register, texts


def _all_texts(texts: Mapping[str, Any]) -> Iterator[str]:
    for given in texts.values():
        if isinstance(given, str):
            yield given
        elif isinstance(given, list):
            for row in given:
                yield from _all_texts(row)


def _said(name: str, problem: RecordProblem) -> str:
    return f"{name}: {problem.number} {', '.join(problem.fields)}: {problem.message}"
