"""The figure behind each register in the sidebar, counted one register at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.model.bridge import Soon
from desktop.widget.page_stack import REGISTER

if TYPE_CHECKING:
    from collections.abc import Iterable

    from desktop.service.workspace import Workspace
    from desktop.widget.sidebar import Sidebar

WAIT_MS = 60


class RegisterCounts(QObject):
    """Counts after the window has been painted, and gives it a turn between two registers."""

    def __init__(self, workspace: Workspace, sidebar: Sidebar, parent: QObject) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._sidebar = sidebar
        self._stale: set[str] = set()
        self._soon = Soon(self, self._count, WAIT_MS)

    def recount(self) -> None:
        """Count every register again."""
        registers = self._workspace.registers.values()
        self._stale.clear()
        self.count_again(one.name for one in registers if one.group and not one.parent)

    def count_again(self, registers: Iterable[str]) -> None:
        """Count registers whose records have changed."""
        self._stale.update(registers)
        self._soon.ask()

    def is_counting(self) -> bool:
        """True while figures are still to come."""
        return bool(self._stale)

    def _count(self) -> None:
        if not self._stale:
            return
        name = self._stale.pop()
        count = self._workspace.lookups.count(name)
        self._sidebar.set_count(REGISTER + name, count or None)
        if self._stale:
            self._soon.ask()
