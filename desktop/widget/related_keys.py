"""Which key adds to which list of related records: Ctrl+1 to the first."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.schema.definition import Register
    from desktop.widget.related_list import RelatedList

MOST = 9


def related_key(place: int) -> str:
    """The key that adds to the list of related records at a place, "" beyond the ninth."""
    return f"Ctrl+{place + 1}" if place < MOST else ""


def show_key(box: RelatedList, register: Register) -> None:
    """Write the key on the button that adds to a list of related records."""
    key = related_key(register.related.index(box.related))
    box.add_button.set_words(box.add_button.accessibleName(), key)
