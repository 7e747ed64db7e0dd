"""Get ready behind the sign-in page: import what is heavy and load the definitions meanwhile."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.base.paths import Paths
    from desktop.service.definitions import Definitions


class Preload:
    """Definitions being loaded on a thread of their own; `definitions` waits for them."""

    def __init__(self, paths: Paths) -> None:
        self._paths = paths
        self._found: Definitions | None = None
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._load, name="preload", daemon=True)

    def start(self) -> None:
        """Begin; a second call is an error of the caller (RuntimeError)."""
        self._thread.start()

    def _load(self) -> None:
        try:
            from desktop.service import office

            self._found = office.definitions_of(self._paths)
        except BaseException as error:  # handed over to the thread that asks
            self._error = error

    @property
    def definitions(self) -> Definitions:
        """The definitions, as soon as they are there. Raises what loading raised."""
        self._thread.join()
        if self._error is not None:
            raise self._error
        assert self._found is not None  # noqa: S101  (one of the two is set)
        return self._found
