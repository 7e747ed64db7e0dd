"""Get ready behind the sign-in page: import what is heavy and load the definitions meanwhile."""

from __future__ import annotations

import threading
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.base.paths import Paths
    from desktop.service.definitions import Definitions

_UNLOCKING = ("argon2.low_level", "cryptography.hazmat.primitives.ciphers.aead")
"""What `store.keys` loads when a password is tried."""


class Preload:
    """Definitions being loaded on a thread of their own; `definitions` waits for them."""

    def __init__(self, paths: Paths, modules: Sequence[str] = ()) -> None:
        """`modules`: names of the modules to import besides."""
        self._paths = paths
        self._modules = modules
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
            for name in (*_UNLOCKING, *self._modules):
                import_module(name)
            _ = self._found.reports  # the window's heading says which report is due
        except BaseException as error:  # handed over to the thread that asks
            self._error = error

    def wait(self) -> None:
        """Come back when it has ended, however it ended."""
        self._thread.join()

    @property
    def definitions(self) -> Definitions:
        """The definitions, as soon as they are there. Raises what loading raised."""
        self._thread.join()
        if self._error is not None:
            raise self._error
        assert self._found is not None  # noqa: S101  (one of the two is set)
        return self._found
