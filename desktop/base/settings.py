"""Declared settings of one installation, in a JSON file that may be lost without harm.

For what belongs to the window and the machine. What belongs to the office and its reports is
dated data in the database.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from desktop.base.errors import translate_os_error

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

Value = str | int | float | bool | list[Any] | dict[str, Any] | None


@dataclass(frozen=True)
class Setting:
    """One setting the program knows."""

    name: str
    """The key in the file."""
    type: type
    """str, int, float, bool, list or dict; a value of another type is not taken."""
    default: Value
    """What holds until somebody changes it."""


class Settings:
    """The values of the declared settings; keys it does not know are kept for newer versions."""

    def __init__(self, declared: Iterable[Setting], path: Path) -> None:
        self._declared = {setting.name: setting for setting in declared}
        self._path = path
        self._stored: dict[str, Any] = {}
        self.damaged_copy: Path | None = None
        """Where the last `load` put a file it could not read."""

    def load(self) -> None:
        """Read the file. A missing one means defaults; a damaged one is copied aside first."""
        self.damaged_copy = None
        try:
            stored = json.loads(self._path.read_bytes().decode("utf-8"))
            if not isinstance(stored, dict):
                raise ValueError("not an object")
        except FileNotFoundError:
            stored = {}
        except (ValueError, RecursionError):
            stored = {}
            self.damaged_copy = self._keep_copy()
        except OSError as error:
            raise translate_os_error(error, self._path) from error
        self._stored = stored

    def save(self) -> None:
        """Write the file, whole or not at all. Raises `UserError`."""
        from desktop.base.files import write_text  # the first page only reads

        write_text(self._path, json.dumps(self._stored, ensure_ascii=False, indent=1) + "\n")

    def get(self, name: str) -> Any:
        """The value, or the default where none of that type is stored. KeyError: undeclared."""
        setting = self._declared[name]
        value = self._stored.get(name, setting.default)
        return value if _fits(value, setting) else setting.default

    def set(self, name: str, value: Value) -> None:
        """Change a value, not yet on the disk. KeyError: undeclared; TypeError: wrong type."""
        setting = self._declared[name]
        if not _fits(value, setting):
            raise TypeError(f"setting {name} takes {setting.type.__name__}, not {value!r}")
        self._stored[name] = value

    def reset(self, name: str) -> None:
        """Go back to the default."""
        self._stored.pop(self._declared[name].name, None)

    def _keep_copy(self) -> Path:
        from desktop.base.files import write_beside

        copy = self._path.with_name(self._path.name + ".damaged")
        with write_beside(copy) as beside:
            beside.write_bytes(self._path.read_bytes())
        return copy


def _fits(value: object, setting: Setting) -> bool:
    if value is None:
        return setting.default is None
    if setting.type is float and type(value) is int:
        return True
    return type(value) is setting.type
