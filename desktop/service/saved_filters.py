"""Filters kept under a name: of one person, for one register."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.base.errors import UserError
from desktop.base.text import clean, text_sort_key
from desktop.base.translate import tr
from desktop.service.list_fields import sees_key
from desktop.service.list_words import filters_from_json, filters_to_json
from desktop.store import list_filters

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.schema.definition import Register
    from desktop.service.workspace import Workspace
    from desktop.store.filters import Filter

LONGEST_NAME = 60


class SavedFilters:
    """Of one register, for the person who is signed in."""

    def __init__(self, workspace: Workspace, register: Register) -> None:
        self._workspace = workspace
        self._register = register

    def names(self) -> list[str]:
        """By the alphabet."""
        return sorted(self._kept(), key=text_sort_key)

    def get(self, name: str) -> tuple[tuple[Filter, ...], int]:
        """(the filters, how many were left out because their field is gone or may not be seen).
        Raises KeyError."""
        workspace = self._workspace
        found, lost = filters_from_json(workspace.forms, self._register, self._kept()[name])
        rights = workspace.rights
        seen = [o for o in found if sees_key(workspace.forms, self._register, o.field, rights)]
        return tuple(seen), lost + len(found) - len(seen)

    def keep(self, name: str, filters: Sequence[Filter]) -> str:
        """Keep under a name, in place of what it meant before; returns the name as kept. Raises
        UserError for no name or one too long, and those of the disk."""
        name = clean(name)
        if not name or len(name) > LONGEST_NAME:
            raise UserError(
                tr("A filter's name has 1 to {most} characters.").format(most=LONGEST_NAME)
            )
        with self._workspace.database.transaction() as connection:
            list_filters.keep_filters(
                connection, self._workspace.person.id, self._register.name, name,
                filters_to_json(filters),
            )  # fmt: skip
        return name

    def forget(self, name: str) -> None:
        """Keep it no more."""
        with self._workspace.database.transaction() as connection:
            list_filters.forget_filters(
                connection, self._workspace.person.id, self._register.name, name
            )

    def _kept(self) -> dict[str, str]:
        workspace = self._workspace
        return list_filters.kept_filters(workspace.reader, workspace.person.id, self._register.name)
