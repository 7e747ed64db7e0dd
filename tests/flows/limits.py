"""Takes rights and room away from this process for a moment: no disk has to be filled for it."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from desktop.base.paths import bundled_root

NOBODY = 65534
ROOM_FOR_THE_LOG = 40_960
"""Bytes: enough to log what is about to leave, too few for a workbook."""


@contextmanager
def little_room(most_bytes: int) -> Iterator[None]:
    """No file may grow past `most_bytes`: what the system says then is like a full drive."""
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@contextmanager
def read_only(folder: Path, *others: Path) -> Iterator[None]:
    """Nothing in the folder may be written to, not even by root (who becomes nobody); everything
    in the `others` may be."""
    pytest.importorskip("pwd")  # elsewhere rights are given to people in another way
    before: dict[Path, int] = {}
    for top, rights in ((folder, 0o444), *((other, 0o666) for other in others)):
        for path in (top, *top.rglob("*"), *_closed_parents(top)):
            before.setdefault(path, stat.S_IMODE(path.stat().st_mode))
            inside = path == top or top in path.parents
            enter = 0o111 if path.is_dir() else 0
            path.chmod((rights if inside else before[path]) | enter)
    root = os.geteuid() == 0
    if root:
        # Nobody must still reach the program itself, in a folder that only root may enter.
        for path in _closed_parents(bundled_root() / "forms"):
            before.setdefault(path, stat.S_IMODE(path.stat().st_mode))
            path.chmod(before[path] | 0o111)
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)
        for path, mode in before.items():
            if path.exists():
                path.chmod(mode)


def _closed_parents(folder: Path) -> list[Path]:
    """Temporary folders of tests are closed to everybody but who made them."""
    return [
        parent
        for parent in folder.parents
        if parent.stat().st_uid == os.geteuid() and not parent.stat().st_mode & stat.S_IXOTH
    ]
