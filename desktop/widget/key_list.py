"""Every key with what it does, as Ctrl+F1 shows them: keys in a field, then commands by menu."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.base.translate import tr

if TYPE_CHECKING:
    from desktop.widget.commands import Commands


def every_key(commands: Commands) -> list[tuple[str, str]]:
    """(key, words); of sections and related records by name where a form is on show, else once for
    them all."""
    named = [(key, words) for key, words in commands.with_keys() if words]
    shown = {key for key, _ in named}
    rest = [("Alt+1 … Alt+9", tr("a section of the form")),
            ("Ctrl+1 … Ctrl+9", tr("add a record that refers to this one"))]  # fmt: skip
    return [
        *keys_in_fields(),
        *named,
        *(one for one in rest if one[0].partition(" ")[0] not in shown),
    ]


def keys_in_fields() -> list[tuple[str, str]]:
    """Keys that belong to the field the keyboard is in, and stand in no menu."""
    return [
        ("Enter", tr("next field, past those that are seldom filled in; on the last field: save")),
        ("Tab, Shift+Tab", tr("next field, the field before; round the whole window")),
        ("h", tr("in a date: today")),
        ("C, K, Delete", tr("yes, no, not answered")),
        ("F4, ↓", tr("the list of a field to choose from")),
        ("Ctrl+O", tr("open the record chosen in this field")),
        ("Alt+Enter", tr("a new line in a long text")),
        ("↑, ↓, Enter", tr("in a list: choose, open")),
        ("Delete", tr("in a list: delete; in a table of rows: take the row out")),
    ]
