"""Read the records of a JSON file: one object, an array of them, or one object a line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from desktop.base.errors import UserError, translate_os_error
from desktop.base.translate import tr

Item = dict[str, object]


def read_items(path: Path) -> Iterator[Item]:
    """The objects of the file in their order.

    A file of lines (.jsonl) is read line by line, so that its size does not matter. Raises
    `UserError` for a file that cannot be read, is not UTF-8, is not JSON, or holds something else
    than objects; the place is named.
    """
    try:
        if path.suffix.lower() == ".jsonl":
            yield from _lines(path)
        else:
            yield from _whole(path)
    except OSError as error:
        raise translate_os_error(error, path) from error
    except UnicodeDecodeError as error:
        raise UserError(
            tr("“{path}” is not a text in UTF-8, so nothing was read.").format(path=path)
        ) from error


def _whole(path: Path) -> Iterator[Item]:
    found = _parsed(path.read_text(encoding="utf-8-sig"), path, 1)
    for item in found if isinstance(found, list) else [found]:
        yield _object(item, path)


def _lines(path: Path) -> Iterator[Item]:
    with path.open(encoding="utf-8-sig") as stream:
        for number, line in enumerate(stream, start=1):
            if line.strip():
                yield _object(_parsed(line, path, number), path)


def _parsed(text: str, path: Path, first_line: int) -> object:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise UserError(
            tr("“{path}”, line {line}: this is not JSON, so nothing was written.").format(
                path=path, line=first_line + error.lineno - 1
            )
        ) from error


def _object(item: object, path: Path) -> Item:
    if not isinstance(item, dict):
        raise UserError(
            tr("“{path}” must hold records as objects with field names.").format(path=path)
        )
    return item
