"""The people of an office: who may sign in, with which roles, and what becomes of a lost password.

Every change stands in the journal. The row in the encrypted data comes first and the key file
after it: a program killed between leaves somebody without a key, never somebody with one too many.
"""

from __future__ import annotations

import socket
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from desktop.base.errors import UserError, WrongPassword
from desktop.base.text import clean, fold
from desktop.base.translate import tr
from desktop.service.folder import KEYS, counted_try
from desktop.service.passwords import refuse_short
from desktop.service.rights import FIRST_ROLES, Action, Role, role_title, roles_of
from desktop.store import journal
from desktop.store import people as stored
from desktop.store.keys import KeyFile, new_person
from desktop.store.keys import Person as KeyPerson
from desktop.store.people import PersonRow
from desktop.store.recovery_code import groups, new_code, same_group, understood

if TYPE_CHECKING:
    from desktop.base.clock import Clock
    from desktop.base.paths import Paths
    from desktop.service.definitions import Definitions
    from desktop.service.folder import Person
    from desktop.service.workspace import Workspace
    from desktop.store.database import Database
    from desktop.store.driver import Connection

RECOVERY = "recovery"


@dataclass(frozen=True)
class OfficePerson:
    """One line of the page “Người dùng”."""

    id: str
    name: str
    roles: frozenset[Role]
    disabled: bool
    must_change: bool
    """The password is one that somebody else gave."""
    has_password: bool


class People:
    """Made for one workspace, on its thread; whoever asks needs the right `people`, except for the
    own password."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._keys = KeyFile(workspace.paths.data / KEYS)

    def all(self) -> list[OfficePerson]:
        """Everybody in the order they were added."""
        self._workspace.rights.require(Action.PEOPLE)
        with_key = {one.id for one in self._keys.people()}
        return [
            OfficePerson(
                one.id, one.name, _roles(one), one.disabled_at is not None, one.must_change,
                one.id in with_key,
            )
            for one in self._rows(self._workspace.reader)
        ]  # fmt: skip

    def names(self) -> dict[str, str]:
        """Name by id, of those who left too."""
        known = {one.id: one.name for one in self._keys.people()}
        return known | {one.id: one.name for one in stored.all_people(self._workspace.reader)}

    # Changes

    def add(self, name: str, roles: Iterable[Role], password: str) -> str:
        """Let somebody in with a first password, to be changed at once; the new id.

        Raises UserError for a name that is there, no role, or a short password.
        """
        name, chosen = self._checked_name(name), _checked_roles(roles)
        refuse_short(password)
        made = new_person(name)
        row = PersonRow(
            id=made.id, name=name, roles=tuple(chosen), must_change=True,
            added_at=self._workspace.database.now(),
        )  # fmt: skip
        words = tr("Add the person {name} ({roles})").format(name=name, roles=_words(chosen))
        self._write(row, words)
        self._keys.add_person(self._workspace.database.key, made, password)
        return made.id

    def rename(self, id: str, name: str) -> None:
        """Another name, at the sign-in and from now on in the journal."""
        row = self._row(id)
        name = self._checked_name(name, but=id)
        words = tr("Rename the person {name} to {other}").format(name=row.name, other=name)
        self._write(replace(row, name=name), words)
        if self._has_key(id):
            self._keys.rename(id, name)

    def set_roles(self, id: str, roles: Iterable[Role]) -> None:
        """Other roles, from the next sign-in. Raises UserError where nobody would be left who may
        change people."""
        row, chosen = self._row(id), _checked_roles(roles)
        self._keep_an_admin(id, row, Role.ADMIN in chosen)
        words = tr("Roles of {name}: {roles}").format(name=row.name, roles=_words(chosen))
        self._write(replace(row, roles=tuple(chosen)), words)

    def disable(self, id: str) -> None:
        """Let somebody in no more; what they did stays in the journal. Raises UserError for
        oneself, and for the last who may change people."""
        row = self._row(id)
        if id == self._workspace.person.id:
            raise UserError(tr("You cannot shut yourself out. Another administrator can."))
        self._keep_an_admin(id, row, False)
        words = tr("Shut out the person {name}").format(name=row.name)
        self._write(replace(row, disabled_at=self._workspace.database.now()), words)
        self._keys.remove(id)

    def reset_password(self, id: str, password: str) -> None:
        """Give a password that must be changed at the next sign-in; lets in again who was out."""
        row = self._row(id)
        refuse_short(password)
        words = tr("New first password for {name}").format(name=row.name)
        self._write(replace(row, must_change=True, disabled_at=None), words)
        key = self._workspace.database.key
        if self._has_key(id):
            self._keys.set_password(key, id, password)
        else:
            self._keys.add_person(key, KeyPerson(id, row.name), password)

    def change_own_password(self, old: str, new: str) -> None:
        """Raises WrongPassword, TooManyTries, UserError for a short or the same password."""
        workspace = self._workspace
        refuse_short(new)
        if new == old:
            raise UserError(tr("The new password is the old one. Choose another."))
        with counted_try(workspace.paths, workspace.person.id):
            self._keys.change_password(workspace.person.id, old, new)
        row = self._row(workspace.person.id, own=True)
        words = tr("Change the own password")
        self._write(replace(row, must_change=False), words, own=True)

    def replace_given_password(self, password: str) -> None:
        """Choose the own password after one that somebody else gave; it must be another. Slow.

        Raises UserError for a short or the same one.
        """
        workspace = self._workspace
        id, key = workspace.person.id, workspace.database.key
        refuse_short(password)
        try:
            self._keys.unlock(id, password)
        except WrongPassword:
            pass
        else:
            raise UserError(tr("The new password is the old one. Choose another."))
        self._keys.set_password(key, id, password)
        row = replace(self._row(id, own=True), must_change=False)
        self._write(row, tr("Change the own password"), own=True)

    # The recovery code

    def has_recovery(self) -> bool:
        """True once there is a code."""
        return self._keys.has_recovery()

    def new_recovery_code(self) -> str:
        """Make a code; it opens only after `keep_recovery_code`, when it has been written down."""
        self._workspace.rights.require(Action.PEOPLE)
        return new_code()

    def keep_recovery_code(self, code: str) -> None:
        """Let the code open the data from now on; the one before opens no more. Slow (argon2id)."""
        self._workspace.rights.require(Action.PEOPLE)
        with self._changing(tr("New recovery code")):
            pass
        self._keys.set_recovery(self._workspace.database.key, code)

    # How

    def _rows(self, connection: Connection) -> list[PersonRow]:
        return stored.all_people(connection) or people_of_before(
            self._keys, self._workspace.database.now()
        )

    def _row(self, id: str, *, own: bool = False) -> PersonRow:
        if not own:
            self._workspace.rights.require(Action.PEOPLE)
        return next(one for one in self._rows(self._workspace.database.connection) if one.id == id)

    def _has_key(self, id: str) -> bool:
        return any(one.id == id for one in self._keys.people())

    def _checked_name(self, name: str, but: str = "") -> str:
        self._workspace.rights.require(Action.PEOPLE)
        name = clean(name)
        if not name:
            raise UserError(tr("Write the name of the person who will use the program."))
        for one in self._rows(self._workspace.reader):
            if one.id != but and fold(one.name) == fold(name):
                raise UserError(
                    tr("“{name}” is there already. Add what tells the two apart.").format(name=name)
                )
        return name

    def _keep_an_admin(self, id: str, row: PersonRow, stays: bool) -> None:
        others = [
            one for one in self._rows(self._workspace.reader)
            if one.id != id and one.disabled_at is None and Role.ADMIN in _roles(one)
        ]  # fmt: skip
        if not stays and not others and Role.ADMIN in _roles(row):
            raise UserError(
                tr("{name} is the last administrator. Give somebody else that role first.").format(
                    name=row.name
                )
            )

    def _write(self, row: PersonRow, words: str, *, own: bool = False) -> None:
        if not own:
            self._workspace.rights.require(Action.PEOPLE)
        with self._changing(words) as connection:
            stored.put_person(connection, row)

    @contextmanager
    def _changing(self, words: str) -> Iterator[Connection]:
        workspace = self._workspace
        with noted(workspace.database, words, workspace.person.id) as connection:
            if not stored.all_people(connection):
                for one in self._rows(connection):
                    stored.put_person(connection, one)
            yield connection


@contextmanager
def noted(database: Database, words: str, by: str) -> Iterator[Connection]:
    """A change of people, with its line in the journal."""
    with database.transaction() as connection:
        journal.open_change(
            connection, label=words, at=database.now(), by=by, host=socket.gethostname(),
            kind=journal.Kind.SETTING,
        )  # fmt: skip
        yield connection


def people_of_before(keys: KeyFile, now: str) -> list[PersonRow]:
    """Rows for the people of a key file of before there were roles: they did everything."""
    roles = tuple(str(role) for role in sorted(FIRST_ROLES))
    return [PersonRow(id=one.id, name=one.name, roles=roles, added_at=now) for one in keys.people()]


def put_first(database: Database, id: str, name: str) -> None:
    """The row of the person who sets the office up."""
    roles = tuple(str(role) for role in sorted(FIRST_ROLES))
    row = PersonRow(id=id, name=name, roles=roles, added_at=database.now())
    with database.transaction() as connection:
        stored.put_person(connection, row)


def recover(
    paths: Paths,
    person: Person,
    code: str,
    password: str,
    *,
    clock: Clock,
    definitions: Definitions,
) -> bytes:
    """Give a person a new password by the printed code; the database key, to go on with.

    Raises WrongPassword, TooManyTries, NotAllowed for somebody who was shut out, `UserError`s.
    Slow (argon2id, twice). Stands in the journal.
    """
    from desktop.service.folder import DATABASE
    from desktop.store.database import open_database

    refuse_short(password)
    read = understood(code)
    if not read:
        raise UserError(
            tr("This is not a whole recovery code: a sign is missing or is another one.")
        )
    keys = KeyFile(paths.data / KEYS)
    with counted_try(paths, RECOVERY):
        key = keys.unlock_by_code(read)
    words = tr("New password of {name} by the recovery code").format(name=person.name)
    with open_database(
        paths.data / DATABASE, key, definitions.forms, clock, catalogues=paths.catalogues
    ) as database:
        roles_of(database.connection, person.id)
        with noted(database, words, person.id) as connection:
            for row in stored.all_people(connection):
                if row.id == person.id:
                    stored.put_person(connection, replace(row, must_change=False))
    keys.set_password(key, person.id, password)
    return key


def code_groups(code: str) -> list[str]:
    """The groups of a recovery code, as they are printed."""
    return groups(code)


def is_group(typed: str, group: str) -> bool:
    """True if what was typed from paper is this group of a code."""
    return same_group(typed, group)


def must_change_password(database: Database, person_id: str) -> bool:
    """True while the person's password is one that somebody else gave."""
    known = stored.all_people(database.connection)
    return any(one.id == person_id and one.must_change for one in known)


def _checked_roles(roles: Iterable[Role]) -> list[Role]:
    chosen = [role for role in Role if role in set(roles)]
    if not chosen:
        raise UserError(tr("Choose at least one role."))
    return chosen


def _roles(row: PersonRow) -> frozenset[Role]:
    return frozenset(role for role in Role if str(role) in row.roles)


def _words(roles: Iterable[Role]) -> str:
    return ", ".join(map(role_title, roles))
