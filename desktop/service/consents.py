"""Whose consent is missing or was taken back (Luật 91/2025/QH15)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.service.rights import Action
from desktop.store import consents

if TYPE_CHECKING:
    from desktop.service.workspace import Workspace


def without_consent(workspace: Workspace) -> tuple[str, ...]:
    """Ids of clients with no consent in force today, whom this person may find.

    Raises NotAllowed.
    """
    if consents.CLIENT not in workspace.registers:
        return ()
    workspace.rights.require(Action.VIEW, consents.CLIENT)
    found = consents.without_consent(workspace.reader, workspace.forms, workspace.today.isoformat())
    hidden = workspace.sight.hidden(consents.CLIENT)
    return tuple(id for id in found if id not in hidden)


CLIENT = consents.CLIENT
"""The register they are in."""
