"""What the window remembers on this machine; it may be lost without harm."""

from __future__ import annotations

from collections.abc import Iterable

from desktop.base.settings import Setting, Settings

SPLIT = "window.split"
GEOMETRY = "window.geometry"
FOLDED = "window.folded_groups"
SIDEBAR = "window.sidebar"
THEME = "window.theme"
LAST_PAGE = "window.last_page"
EXPORT_FOLDER = "export.folder"
LISTS = "lists"
"""By register: columns, widths, orders and totals of its list (`list_memory`)."""
LIST_FOLDER = "lists.folder"
RECENT = "window.recent"
"""Registers and ids of the records opened last, never their names."""
KEPT_FIELDS = "form.kept"
LOCK_MINUTES = "lock.minutes"

WINDOW_SETTINGS = (
    Setting(SPLIT, list, [530, 620]),
    Setting(GEOMETRY, str, ""),
    Setting(FOLDED, list, ["Danh mục"]),
    Setting(SIDEBAR, bool, True),
    Setting(THEME, str, "system"),
    Setting(LAST_PAGE, str, ""),
    Setting(EXPORT_FOLDER, str, ""),
    Setting(LISTS, dict, {}),
    Setting(LIST_FOLDER, str, ""),
    Setting(RECENT, list, []),
    Setting(KEPT_FIELDS, dict, {}),
    Setting(LOCK_MINUTES, int, 10),
)
"""To be declared by whoever makes the `Settings`."""


def split_of(settings: Settings) -> list[int]:
    """Widths of list and form, as left last."""
    kept = settings.get(SPLIT)
    if len(kept) == 2 and all(type(one) is int and one > 0 for one in kept):
        return list(kept)
    return [548, 600]


def put_split(settings: Settings, sizes: list[int]) -> None:
    """Remember the widths of list and form, for every register."""
    if len(sizes) == 2 and all(one > 0 for one in sizes):
        settings.set(SPLIT, list(sizes))


def kept_fields(settings: Settings, register: str) -> frozenset[str] | None:
    """Names of the fields a person chose to keep for the next record; None: nothing was chosen."""
    chosen = settings.get(KEPT_FIELDS).get(register)
    return frozenset(map(str, chosen)) if isinstance(chosen, list) else None


def put_kept_fields(settings: Settings, register: str, names: Iterable[str]) -> None:
    """Remember which fields of a register are kept for the next record."""
    settings.set(KEPT_FIELDS, {**settings.get(KEPT_FIELDS), register: sorted(names)})
