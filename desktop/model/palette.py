"""What Ctrl+K finds: record names in memory, read beside the window and kept up to date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.model.bridge import follow, listen
from desktop.model.jobs import Jobs
from desktop.service.name_search import Indexes, Named, NameSearch, load_indexes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.base.progress import Progress
    from desktop.service.saving import Changed
    from desktop.service.workspace import Workspace

BEGIN_MS = 600
"""The names are read so long after the window was made: it is painted first."""


class Palette(QObject):
    """Has a thread of its own: a check of everything would keep the names waiting."""

    ready = Signal()
    """Names can be found now."""

    def __init__(self, workspace: Workspace, parent: QObject) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._search = NameSearch(workspace)
        self._jobs = jobs = Jobs()
        self._loading = False
        listen(self, workspace.changed, self._records_changed)
        self.destroyed.connect(lambda _: jobs.close())
        QTimer.singleShot(BEGIN_MS, self, self.load)

    @property
    def is_ready(self) -> bool:
        """False until the names were read."""
        return self._search.is_loaded

    def load(self) -> None:
        """Read the names, unless that was done or begun."""
        if not self._loading and not self.is_ready:
            self._read(None)

    def find(self, text: str, most: int) -> list[Named]:
        """As `NameSearch.find`."""
        return self._search.find(text, most)

    def named(self, records: Sequence[tuple[str, str]]) -> list[Named]:
        """As `NameSearch.named`."""
        return self._search.named(records)

    def forget_titles(self) -> None:
        """Ask anew what may be seen: somebody may have been let in, or the window locked."""
        self._search.forget_titles()

    def close(self) -> None:
        """Stop reading: the office is about to be closed."""
        self._jobs.close()

    def _read(self, registers: set[str] | None) -> None:
        self._loading = True
        self._search.loading()

        def work(progress: Progress) -> Indexes:
            other = self._workspace.another()
            try:
                return load_indexes(other, progress, registers)
            finally:
                other.close()

        follow(
            self,
            self._jobs.start(work),
            done=self._take,
            failed=self._fail,
            finished=self._finished,
        )

    def _take(self, indexes: Indexes) -> None:
        self._search.take(indexes)
        self.ready.emit()

    def _finished(self) -> None:
        self._loading = False

    def _fail(self, error: Exception) -> None:
        raise error

    def _records_changed(self, change: Changed) -> None:
        worn = self._search.changed(change)
        if worn and not self._loading:
            self._read(worn)
