"""Who may do what: five roles, what each is for, and the one table of what each may do.

The table is code and not a definition: whoever could edit it would give himself every right. A
person may have several roles and then may do what any of them may. The sources: Luật 91/2025/QH15
and Nghị định 356/2025/NĐ-CP (restricted access to sensitive data), Luật PCHIV/AIDS 2006, amended by
Luật 71/2020/QH14, and letter 367/AIDS-GSXN 2021 (by role who sees HIV status), Nghị định 56/2017
Art. 33 (a child's private information).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from desktop.base.errors import UserError
from desktop.base.translate import N_, tr
from desktop.schema.definition import DataClass
from desktop.store import people
from desktop.store.office_rows import OFFICE

if TYPE_CHECKING:
    from desktop.schema.definition import Field, Forms, Register
    from desktop.store.driver import Connection


class NotAllowed(UserError):
    """The person's roles do not allow what was asked."""


class Role(StrEnum):
    """What a person is here for; the order is the one of the page “Người dùng”."""

    ENTRY = "entry"
    OFFICER = "officer"
    LEADER = "leader"
    ADMIN = "admin"
    SUMMARY = "summary"


class Action(StrEnum):
    """What the services ask about before they do it."""

    VIEW = "view"
    EDIT = "edit"
    DELETE = "delete"
    """Delete and restore."""
    APPROVE = "approve"
    """Fill in who approved, and when."""
    REASON = "reason"
    """Let a warning pass."""
    MERGE = "merge"
    PUT = "put"
    """Take many records in from a file."""
    LIST_OUT = "list_out"
    """Copy, print or export a list of records."""
    CHECK = "check"
    REPORT = "report"
    EXPORT = "export"
    """Write the period's workbook, or a package."""
    CLOSE = "close"
    """Close a period, and open it again."""
    SETTINGS = "settings"
    """The office's choices, earlier figures."""
    ANONYMISE = "anonymise"
    CONSOLIDATE = "consolidate"
    PEOPLE = "people"
    JOURNAL = "journal"
    """The journal of everybody and the access log; a record's own history goes with VIEW."""
    BACKUP = "backup"
    RESTORE = "restore"
    VERIFY = "verify"


class Kind(StrEnum):
    """What a register holds, as far as rights go."""

    PERSONAL = "personal"
    """Sensitive facts of people, or records about such people."""
    WORK = "work"
    """What the office does, without people's sensitive facts."""
    SETTINGS = "settings"
    """The office itself, units, calendars, targets: what stands beside the register `office`."""


_WRITTEN = (Kind.PERSONAL, Kind.WORK)
_ALL = (Kind.PERSONAL, Kind.WORK, Kind.SETTINGS)
_OPEN = (Kind.WORK, Kind.SETTINGS)

# Action → role → the kinds of register it may be done in; an empty tuple: it is about no register.
_MAY: dict[Action, dict[Role, tuple[Kind, ...]]] = {
    Action.VIEW: {
        Role.ENTRY: _ALL, Role.OFFICER: _ALL, Role.LEADER: _ALL, Role.ADMIN: _ALL,
        Role.SUMMARY: (Kind.SETTINGS,),
    },
    Action.EDIT: {Role.ENTRY: _WRITTEN, Role.OFFICER: _ALL, Role.ADMIN: (Kind.SETTINGS,)},
    Action.DELETE: {Role.OFFICER: _ALL, Role.ADMIN: (Kind.SETTINGS,)},
    Action.APPROVE: {Role.OFFICER: _WRITTEN, Role.LEADER: _WRITTEN},
    Action.REASON: {Role.ENTRY: _WRITTEN, Role.OFFICER: _ALL, Role.ADMIN: (Kind.SETTINGS,)},
    Action.MERGE: {Role.OFFICER: _WRITTEN},
    Action.PUT: {Role.OFFICER: _ALL, Role.ADMIN: (Kind.SETTINGS,)},
    Action.LIST_OUT: {
        Role.OFFICER: _ALL, Role.LEADER: _ALL, Role.ADMIN: (Kind.SETTINGS,),
        Role.SUMMARY: (Kind.SETTINGS,),
    },
    Action.CHECK: dict.fromkeys((Role.ENTRY, Role.OFFICER, Role.LEADER), ()),
    Action.REPORT: dict.fromkeys(Role, ()),
    Action.EXPORT: dict.fromkeys((Role.OFFICER, Role.LEADER, Role.SUMMARY), ()),
    Action.CLOSE: dict.fromkeys((Role.OFFICER, Role.LEADER), ()),
    Action.SETTINGS: dict.fromkeys((Role.OFFICER, Role.ADMIN), ()),
    Action.ANONYMISE: dict.fromkeys((Role.OFFICER, Role.LEADER), ()),
    Action.CONSOLIDATE: dict.fromkeys((Role.OFFICER, Role.SUMMARY), ()),
    Action.PEOPLE: {Role.ADMIN: ()},
    Action.JOURNAL: dict.fromkeys((Role.LEADER, Role.ADMIN), ()),
    Action.BACKUP: dict.fromkeys((Role.OFFICER, Role.LEADER, Role.ADMIN), ()),
    Action.RESTORE: {Role.ADMIN: ()},
    Action.VERIFY: dict.fromkeys(Role, ()),
}  # fmt: skip

_SENSITIVE = frozenset({Role.ENTRY, Role.OFFICER, Role.LEADER})
_RESTRICTED = frozenset({Role.OFFICER, Role.LEADER})
FIRST_ROLES = frozenset({Role.OFFICER, Role.ADMIN})
"""Of the first person: an office of one officer must be able to do all its work."""

APPROVAL = "approved_"
"""How the names of fields begin that say who approved, and when."""

_TITLES = {
    Role.ENTRY: N_("Data entry"),
    Role.OFFICER: N_("Officer in charge"),
    Role.LEADER: N_("Approving leader"),
    Role.ADMIN: N_("Administrator"),
    Role.SUMMARY: N_("Consolidation"),
}
_PURPOSES = {
    Role.ENTRY: N_("Types records. Sees no restricted file, deletes and exports nothing."),
    Role.OFFICER: N_("Keeps the files. Opens restricted ones with a reason, deletes, exports."),
    Role.LEADER: N_("Reads, approves, closes periods, exports. Reads the journal."),
    Role.ADMIN: N_("People, settings, backups, journal. Sees no sensitive field."),
    Role.SUMMARY: N_("Figures only: no person's record, no small figure."),
}
_ACTS = {
    Action.VIEW: N_("see these records"),
    Action.EDIT: N_("change these records"),
    Action.DELETE: N_("delete or restore records"),
    Action.APPROVE: N_("approve"),
    Action.REASON: N_("let a warning pass"),
    Action.MERGE: N_("merge records"),
    Action.PUT: N_("take records in from a file"),
    Action.LIST_OUT: N_("copy, print or export lists"),
    Action.CHECK: N_("check all records"),
    Action.REPORT: N_("see the figures"),
    Action.EXPORT: N_("export the report"),
    Action.CLOSE: N_("close the period"),
    Action.SETTINGS: N_("change the office's choices"),
    Action.ANONYMISE: N_("anonymise records"),
    Action.CONSOLIDATE: N_("consolidate reports"),
    Action.PEOPLE: N_("change who may sign in"),
    Action.JOURNAL: N_("read the whole journal"),
    Action.BACKUP: N_("make backups"),
    Action.RESTORE: N_("restore a backup"),
    Action.VERIFY: N_("verify the journal"),
}


def role_title(role: Role) -> str:
    """The role as the page of people names it."""
    return tr(_TITLES[role])


def role_purpose(role: Role) -> str:
    """What the role is for, in one sentence."""
    return tr(_PURPOSES[role])


class Rights:
    """What one person may do in one office; made by `Workspace`."""

    def __init__(self, roles: Iterable[Role], forms: Forms) -> None:
        self.roles = frozenset(roles)
        self._forms = forms

    @property
    def role(self) -> Role:
        """The one to name where only one fits: the first of the person's, in the order of `Role`
        but the officer before all."""
        if Role.OFFICER in self.roles:
            return Role.OFFICER
        return next((role for role in Role if role in self.roles), Role.SUMMARY)

    @property
    def words(self) -> str:
        """Every role of the person, for messages and the title strip."""
        return ", ".join(role_title(role) for role in Role if role in self.roles)

    def may(self, action: Action, register: str = "") -> bool:
        """True if one of the roles may do this; `register` for what is done to records.

        Without a register, an action on records is answered for any register at all. Raises
        KeyError for an unknown register.
        """
        kinds = [_MAY[action][role] for role in self.roles if role in _MAY[action]]
        if not register:
            return bool(kinds)
        kind = self.kind(register)
        return any(kind in one or not one for one in kinds)

    def require(self, action: Action, register: str = "") -> None:
        """Raises NotAllowed, naming the roles that may."""
        if self.may(action, register):
            return
        able = [role for role in Role if Rights([role], self._forms).may(action, register)]
        raise NotAllowed(
            tr("Your role ({roles}) may not {act}; nothing was done.").format(
                roles=self.words, act=tr(_ACTS[action])
            ),
            tr("Ask somebody with the role: {roles}.").format(
                roles=", ".join(map(role_title, able))
            ),
        )

    def sees_field(self, register: str, field: Field) -> bool:
        """True unless the field is sensitive and no role of the person is there for such facts."""
        del register  # the class of a field is said by its definition alone
        return field.data_class is not DataClass.SENSITIVE or self.sees_sensitive

    @property
    def sees_sensitive(self) -> bool:
        """True if sensitive fields are shown at all."""
        return bool(self.roles & _SENSITIVE)

    @property
    def sees_restricted(self) -> bool:
        """True if records of restricted groups are found, and opened with a reason."""
        return bool(self.roles & _RESTRICTED)

    def kind(self, register: str) -> Kind:
        """What a register holds; of a child, what its parent holds. Raises KeyError."""
        one = self._forms.registers[register]
        top = one.parent or one.name
        if top in self._personal:
            return Kind.PERSONAL
        office = self._forms.registers.get(OFFICE)
        beside = office is not None and self._forms.registers[top].group == office.group
        return Kind.SETTINGS if beside else Kind.WORK

    def approves(self, register: Register) -> bool:
        """True for a register with fields that say who approved."""
        return any(one.name.startswith(APPROVAL) for one in register.fields)

    def masked(self, register: Register) -> frozenset[str]:
        """Names of the fields of a register that this person must not see."""
        return frozenset(
            one.name for one in register.fields if not self.sees_field(register.name, one)
        )

    @cached_property
    def _personal(self) -> frozenset[str]:
        return personal_registers(self._forms)


def require_write(
    rights: Rights,
    register: str,
    after: Mapping[str, object],
    before: Mapping[str, object],
    *,
    others: bool,
) -> None:
    """Raises NotAllowed unless the person may write what differs; `others`: more than these
    columns does. Who approves needs no right to change anything else."""
    changed = {name for name, value in after.items() if value != before.get(name)}
    approval = {name for name in changed if name.startswith(APPROVAL)}
    if approval:
        rights.require(Action.APPROVE, register)
    if others or changed - approval or not approval:
        rights.require(Action.EDIT, register)


def personal_registers(forms: Forms) -> frozenset[str]:
    """Registers with sensitive fields, in themselves or their child rows, and those about them."""
    found: set[str] = set()
    known = -1
    while known != len(found):
        known = len(found)
        for register in forms.registers.values():
            if any(
                one.data_class is DataClass.SENSITIVE or one.to in found for one in register.fields
            ):
                found.add(register.parent or register.name)
    return frozenset(found)


def roles_of(connection: Connection, person_id: str) -> frozenset[Role]:
    """The roles of a person who has the key. Raises NotAllowed where they may no longer sign in.

    An office of before this table had no rows: its people did everything.
    """
    known = people.all_people(connection)
    if not known:
        return FIRST_ROLES
    for one in known:
        if one.id == person_id and one.disabled_at is None:
            return frozenset(Role(role) for role in one.roles if role in set(Role))
    raise NotAllowed(
        tr("You may no longer sign in to this office."),
        tr("Ask somebody with the role: {roles}.").format(roles=role_title(Role.ADMIN)),
    )
