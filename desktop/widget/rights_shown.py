"""What the window offers a person for a register: it hides what the services would refuse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.service.rights import Action

if TYPE_CHECKING:
    from desktop.schema.definition import Register
    from desktop.service.workspace import Workspace


def may_add(workspace: Workspace, register: Register) -> bool:
    """True if the person may make new records of it."""
    return not register.catalogue and workspace.rights.may(Action.EDIT, register.name)


def may_write(workspace: Workspace, register: Register) -> bool:
    """True if some field of a stored record may be changed, be it only who approved."""
    rights = workspace.rights
    approves = rights.may(Action.APPROVE, register.name) and rights.approves(register)
    return may_add(workspace, register) or (approves and not register.catalogue)


def may_delete(workspace: Workspace, register: Register) -> bool:
    """True if records of it may be deleted and restored."""
    return not register.catalogue and workspace.rights.may(Action.DELETE, register.name)
