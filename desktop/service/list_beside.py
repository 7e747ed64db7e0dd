"""Reading and sorting a large list beside the window, and what is shown until it is done."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from desktop.base.progress import Progress
from desktop.store.filters import Operator

if TYPE_CHECKING:
    from desktop.store.driver import Connection
    from desktop.store.rows import Loaded, RowIndex, Wanted

SMALL = 1000
"""Records that are read and sorted at once, sooner than a frame is late."""
FIRST_PAGE = 200
"""Records shown before the others are read."""

Later = Callable[
    [Callable[[Progress], "Loaded"], Callable[["Loaded"], None], Callable[[Exception], None]],
    None,
]
"""Runs the first function on another thread and calls the second with what it returned, or the
third with what it raised, on this one. The first calls the progress it gets between parts: there it
can be stopped, and then neither is called."""
Told = tuple[tuple[str, ...], dict[str, tuple[str, ...]]]
"""A change: ids of the list's own register, and of others by register."""


class Beside:
    """Of one list. Without `later`, and a way to another reader, everything is read at once."""

    def __init__(
        self,
        index: RowIndex,
        another: Callable[[], Connection] | None,
        show: Callable[[], None],
    ) -> None:
        """`show` is called when what was awaited is there."""
        self.later: Later | None = None
        self._index = index
        self._another = another
        self._show = show
        self._awaited: Wanted | None = None
        self._under_way = 0
        self._missed: list[Told] = []
        """What changed while something is being read."""
        self._anew = 0

    @property
    def is_waiting(self) -> bool:
        """True while what was asked for is being read."""
        return self._awaited is not None

    def reader(self) -> Connection:
        """A connection for any thread; the caller closes it."""
        assert self._another is not None  # noqa: S101 - lists of a workspace have one
        return self._another()

    def is_slow(self, wanted: Wanted) -> bool:
        """True if reading it at once would freeze the window, and it need not."""
        if self.later is None or self._another is None:
            return False
        if any("." in one.field and one.operator is Operator.CONTAINS for one in wanted.filters):
            return True
        return len(self._index.first(SMALL + 1, deleted=wanted.deleted)) > SMALL

    def await_(self, wanted: Wanted) -> None:
        """Have it read, unless that is being done already."""
        if self._awaited is not None and self._awaited.same(wanted):
            return
        assert self.later is not None  # noqa: S101 - `is_slow` has asked
        self._awaited = wanted
        self._under_way += 1
        index, reader = self._index, self.reader

        def work(progress: Progress) -> Loaded:
            connection = reader()
            try:
                return index.load(connection, wanted, lambda: progress("", 0.0))
            finally:
                connection.close()

        self.later(work, partial(self._loaded, self._anew), partial(self._failed, wanted))

    def forget(self) -> None:
        """Wait no more: something else is asked for, and is there."""
        self._awaited = None

    def take_in(self, change: Told) -> None:
        """Take in what was committed, also into what is being read."""
        if self._under_way:
            self._missed.append(change)
        self._index.refresh(*change)

    def reload(self) -> None:
        """Read everything anew when it is next asked for."""
        self._anew += 1
        self._index.reload()

    def _loaded(self, anew: int, loaded: Loaded) -> None:
        self._under_way -= 1
        if anew == self._anew:
            self._index.take(loaded)
            for change in self._missed:
                self._index.refresh(*change)
        if not self._under_way:
            self._missed.clear()
        if self._awaited is loaded.wanted:
            self._awaited = None
            self._show()

    def _failed(self, wanted: Wanted, error: Exception) -> None:
        self._under_way -= 1
        if self._awaited is wanted:
            self._awaited = None
        raise error
