"""Records in a JSON file, read one after another: a file of any size takes little memory.

The file holds one object, an array of objects, or objects one below the other (JSON Lines).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

from desktop.base.errors import UserError, translate_os_error
from desktop.base.translate import tr

Item = dict[str, object]

_CHUNK = 1 << 20
_BLANK = " \t\r\n"


def read_items(path: Path) -> Iterator[Item]:
    """The objects of a file in their order; what is no object comes as it is, for `put` to tell.

    Raises `UserError` for a file that cannot be read, is not UTF-8 or not JSON, with the line.
    """
    try:
        with path.open(encoding="utf-8-sig") as stream:
            yield from _Reading(stream, path).items()
    except OSError as error:
        raise translate_os_error(error, path) from error
    except UnicodeDecodeError as error:
        raise UserError(
            tr("“{path}” is not a text in UTF-8, so nothing was read.").format(path=path)
        ) from error


class _Reading:
    """What is read of a file and not yet given out."""

    def __init__(self, stream: TextIO, path: Path) -> None:
        self._stream = stream
        self._path = path
        self._decoder = json.JSONDecoder()
        self._text = ""
        self._at = 0
        self._line = 1
        self._ended = False

    def items(self) -> Iterator[Any]:
        """Every object."""
        listed = self._next() == "["
        if listed:
            self._at += 1
        first = True
        while (char := self._next()) and char != "]":
            if listed and not first:
                if char != ",":
                    raise self._broken()
                self._at += 1
                self._next()
            yield self._value()
            first = False
        if listed:
            if char != "]":
                raise self._broken()
            self._at += 1
            if self._next():
                raise self._broken()

    def _next(self) -> str:
        """The next character that is no blank, "" at the end."""
        while True:
            while self._at < len(self._text):
                char = self._text[self._at]
                if char not in _BLANK:
                    return char
                self._at += 1
            if not self._read_on():
                return ""

    def _value(self) -> Any:
        while True:
            try:
                value, end = self._decoder.raw_decode(self._text, self._at)
            except json.JSONDecodeError as error:
                if self._read_on():
                    continue
                self._at = error.pos
                raise self._broken() from error
            # A number at the edge of what was read may go on.
            if end < len(self._text) or not self._read_on():
                self._at = end
                return value

    def _read_on(self) -> bool:
        """Take in more of the file; False at its end."""
        if self._ended:
            return False
        more = self._stream.read(_CHUNK)
        if not more:
            self._ended = True
            return False
        self._line += self._text.count("\n", 0, self._at)
        self._text = self._text[self._at :] + more
        self._at = 0
        return True

    def _broken(self) -> UserError:
        line = self._line + self._text.count("\n", 0, self._at)
        return UserError(
            tr("“{path}”, line {line}: this is not JSON, so nothing was written.").format(
                path=self._path, line=line
            )
        )
