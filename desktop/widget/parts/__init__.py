"""Small reusable pieces of the window. They hold no data and ask nobody: texts in, signals out.

Button(text, kind="", icon="", key="")   kinds "", "primary", "danger", "flat", "link"
heading / quiet / caption / title(text)  labels of one kind
Paragraph(text)                          plain text in as many lines as it needs
Elided(text, role="quiet")                one line, shortened where there is no room
Badge(text, role="quiet")                roles "accent", "success", "warning", "error", "quiet"
KeyHint("Ctrl+K")                        a key as printed on a key
NavButton(text, icon), NavHeading(text)  the sidebar; `set_count("412", attention=False)`
Card(title, note=""), CardRow(...)       a framed group and its lines; `opened` where they open
BarRow(...)                              a bar with a target tick and its figures
ProblemNote(level, text, number="")      under a field: icon and words; `reason_asked`
SearchBox(placeholder, key="")           `searched(text)` for each change, never in a syllable
Toolbar(title)                           the strip above a column: title left, buttons right
EmptyState(icon, title, text)            what stands where nothing is yet
Toast(window)                            `say(text, action, act)`: what was done, and undo
BusyOverlay(page)                        `start`, `report`, `finish`: progress and cancel
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.base.lazy_names import lazy_names

if TYPE_CHECKING:
    from desktop.widget.parts.badge import Badge, KeyHint
    from desktop.widget.parts.bar_row import BarRow
    from desktop.widget.parts.busy import BusyOverlay
    from desktop.widget.parts.button import Button
    from desktop.widget.parts.card import Card, CardRow
    from desktop.widget.parts.elided import Elided
    from desktop.widget.parts.empty_state import EmptyState
    from desktop.widget.parts.label import Paragraph, caption, heading, quiet, title
    from desktop.widget.parts.nav import NavButton, NavHeading
    from desktop.widget.parts.problem_note import ProblemNote
    from desktop.widget.parts.search_box import SearchBox
    from desktop.widget.parts.tabs import SectionTabs
    from desktop.widget.parts.toast import Toast
    from desktop.widget.parts.toolbar import Toolbar
else:
    __getattr__ = lazy_names(
        __name__,
        {
            "badge": "Badge KeyHint",
            "bar_row": "BarRow",
            "busy": "BusyOverlay",
            "button": "Button",
            "card": "Card CardRow",
            "elided": "Elided",
            "empty_state": "EmptyState",
            "label": "Paragraph caption heading quiet title",
            "nav": "NavButton NavHeading",
            "problem_note": "ProblemNote",
            "search_box": "SearchBox",
            "tabs": "SectionTabs",
            "toast": "Toast",
            "toolbar": "Toolbar",
        },
    )

__all__ = [
    "Badge",
    "BarRow",
    "BusyOverlay",
    "Button",
    "Card",
    "CardRow",
    "Elided",
    "EmptyState",
    "KeyHint",
    "NavButton",
    "NavHeading",
    "Paragraph",
    "ProblemNote",
    "SearchBox",
    "SectionTabs",
    "Toast",
    "Toolbar",
    "caption",
    "heading",
    "quiet",
    "title",
]
