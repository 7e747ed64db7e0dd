"""Find, set up and open the office kept in a data folder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from desktop.base.clock import Clock, SystemClock
from desktop.base.errors import UserError, translate_os_error
from desktop.base.translate import tr
from desktop.schema.definition import Gate
from desktop.service.backups import back_up_before_change
from desktop.service.definitions import Definitions, load_definitions
from desktop.service.folder import (
    DATABASE,
    KEYS,
    Person,
    finish_restore,
    has_office,
    people,
    unlock,
)
from desktop.service.passwords import refuse_short
from desktop.service.people import must_change_password, put_first
from desktop.service.seeds import plant_seeds
from desktop.service.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.base.paths import Paths

__all__ = [
    "Setup",
    "create_office",
    "definitions_of",
    "has_office",
    "open_office",
    "open_unlocked",
    "people",
    "unlock",
]


@dataclass(frozen=True, kw_only=True)
class Setup:
    """What "Thiết lập đơn vị" asks at the first start."""

    office: Mapping[str, str] = field(default_factory=dict)
    """Texts by field of the register `office`; references as ids."""
    reasons: Mapping[str, str] = field(default_factory=dict)
    """Why a warning is let pass, by rule number."""
    person: str
    """Name of the first person, as she signs."""
    password: str


def definitions_of(paths: Paths) -> Definitions:
    """Load the definitions (the window does it while the password is typed)."""
    return load_definitions(paths.forms)


def create_office(
    paths: Paths,
    setup: Setup,
    *,
    clock: Clock | None = None,
    definitions: Definitions | None = None,
) -> Workspace:
    """Make a new office and open it.

    Raises `UserError` for a short password, a folder that holds an office or cannot be written
    to, and `NotSaved` where the settings break a rule; then nothing is left behind.
    """
    from desktop.store.database import create_database
    from desktop.store.keys import KeyFile, new_person

    refuse_short(setup.password)
    if not setup.person.strip():
        raise UserError(tr("Write the name of the person who will use the program."))
    if has_office(paths):
        raise UserError(
            tr("“{folder}” holds an office already; nothing was changed.").format(folder=paths.data)
        )
    clock = clock or SystemClock()
    definitions = definitions or definitions_of(paths)
    _make_folder(paths.data)
    made = new_person(setup.person.strip())
    _set_aside_keys(paths, clock)
    key = KeyFile.create(paths.data / KEYS, made, setup.password)
    try:
        database = create_database(
            paths.data / DATABASE, key, definitions.forms, paths.catalogues, clock
        )
        workspace = Workspace(paths, definitions, database, Person(made.id, made.name), clock)
        try:
            put_first(database, made.id, made.name)
            _fill_in(workspace, setup)
            plant_seeds(workspace)
        except BaseException:
            workspace.close()
            raise
    except BaseException:
        remove_files(paths)
        raise
    return workspace


def open_office(
    paths: Paths,
    *,
    password: str,
    person: str | None = None,
    clock: Clock | None = None,
    definitions: Definitions | None = None,
) -> Workspace:
    """Sign in; `person`: id or name, the first one if left out.

    Raises `WrongPassword`, `NotOurDatabase`, `NewerDatabase`, `FileLocked`, other `UserError`s.
    """
    finish_restore(paths)
    if not has_office(paths):
        raise UserError(
            tr("There is no office in “{folder}”. Set one up, or choose another folder.").format(
                folder=paths.data
            )
        )
    who = _find_person(people(paths), person)
    key = unlock(paths, who, password)
    workspace = open_unlocked(paths, who, key, clock=clock, definitions=definitions)
    if must_change_password(workspace.database, who.id):
        workspace.close()
        raise UserError(
            tr("This password was given by somebody else. Change it in the window first.")
        )
    return workspace


def open_unlocked(
    paths: Paths,
    person: Person,
    key: bytes,
    *,
    clock: Clock | None = None,
    definitions: Definitions | None = None,
) -> Workspace:
    """Open the office with its key, on the thread that will use it. Raises as `open_office`."""
    from desktop.store.database import open_database

    definitions = definitions or definitions_of(paths)
    clock = clock or SystemClock()
    database = open_database(
        paths.data / DATABASE, key, definitions.forms, clock, catalogues=paths.catalogues,
        before_change=lambda found: back_up_before_change(paths, found),
    )  # fmt: skip
    try:
        database.check_quickly()
    except BaseException:
        database.close()
        raise
    try:
        return Workspace(paths, definitions, database, person, clock)
    except BaseException:
        database.close()
        raise


def _find_person(known: list[Person], asked: str | None) -> Person:
    for one in known:
        if asked is None or asked in (one.id, one.name):
            return one
    raise UserError(tr("Nobody called “{name}” may sign in here.").format(name=asked or ""))


def _fill_in(workspace: Workspace, setup: Setup) -> None:
    draft = workspace.new_draft("office", setup.office)
    for problem in draft.check(Gate.SAVE):
        draft.give_reason(problem, setup.reasons.get(problem.number, ""))
    workspace.save(draft)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise translate_os_error(error, folder) from error


def _set_aside_keys(paths: Paths, clock: Clock) -> None:
    """A key file without its data, as a set-up leaves it that was killed half-way: it may still
    open a copy of other data, so it is kept under another name."""
    path = paths.data / KEYS
    if path.exists():
        aside = path.with_name(f"khoa.truoc-{clock.now():%Y%m%d-%H%M%S}.json")
        try:
            path.replace(aside)
        except OSError as error:
            raise translate_os_error(error, path) from error


def remove_files(paths: Paths) -> None:
    """Take back what a failed set-up wrote: there was no office before it."""
    for name in (DATABASE, *(f"{DATABASE}{end}" for end in ("-wal", "-shm", ".lock")), KEYS):
        (paths.data / name).unlink(missing_ok=True)
