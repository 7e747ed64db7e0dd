"""Keys the reference client in a real window as a practised person does, and counts the keys.

A key is one press, whatever it is held together with: Ctrl+S is one, as in CSPro's own count of
strokes. Keys that type a value (letters, digits, K of "không") are counted apart from all others,
those that move, take, add, save and go back.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt

from desktop.service.workspace import Workspace
from desktop.widget.child_rows import ChildRows
from desktop.widget.form_page import FormPage
from desktop.widget.inputs import ChoicesInput
from desktop.widget.main_window import MainWindow
from desktop.widget.page_stack import REGISTER
from tests.widget.keyboard import ALT, CTRL, SHIFT, focus, here, key
from tests.widget.typing import type_unikey

PAPER = Path(__file__).with_name("reference_client.toml")
MOST_STEPS = 40
Section = Mapping[str, Any]


@dataclass
class Count:
    """What keying came to."""

    filled: list[str] = field(default_factory=list)
    """Fields that were typed, as "register.field"."""
    letters: int = 0
    """Characters of values."""
    others: list[str] = field(default_factory=list)
    """All other keys, in order, by what they were pressed for."""

    @property
    def keys_per_field(self) -> float:
        """Keys other than those that type a value ÷ filled fields."""
        return len(self.others) / len(self.filled)


def read_paper() -> dict[str, Any]:
    """The reference client."""
    return tomllib.loads(PAPER.read_text(encoding="utf-8"))


def put_before(workspace: Workspace, paper: Mapping[str, Any]) -> None:
    """Records that lie in the registers before anybody begins to key. AssertionError if one is
    refused."""
    for given in paper["before"]:
        texts = {name: text for name, text in given.items() if name != "register"}
        draft = workspace.new_draft(given["register"], texts)
        draft.check()
        for problem in draft.problems:
            draft.give_reason(problem, "có trước khi đo")
        workspace.save(draft)


class Keyer:
    """One person at one window."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window
        self.count = Count()

    def key_client(self, paper: Mapping[str, Any]) -> None:
        """The client, then the service from the client's form, and back to the client."""
        client = self.window.pages.register_page("client")
        self._press(Qt.Key.Key_N, CTRL, "new")
        self._key_sections(client.form, paper["client"]["section"])
        place = [one.register for one in client.register.related].index("service_event")
        self._press(Qt.Key(Qt.Key.Key_1 + place), CTRL, "save, add the service")
        assert self.window.pages.current_key() == REGISTER + "service_event", self.window.said()
        service = self.window.pages.register_page("service_event")
        self._key_sections(service.form, paper["service"]["section"])
        self._press(Qt.Key.Key_S, CTRL, "save")
        self._press(Qt.Key.Key_Left, ALT, "back")
        assert self.window.pages.current_key() == REGISTER + "client"

    # Moving

    def _press(self, code: Qt.Key, held: Qt.KeyboardModifier, why: str) -> None:
        key(code, held)
        self.count.others.append(why)

    def _enter(self) -> None:
        self._press(Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "Enter")

    def _key_sections(self, form: FormPage, sections: Sequence[Section]) -> None:
        for section in sections:
            rows = [(name, row) for name, found in section.items() if isinstance(found, list)
                    for row in found]  # fmt: skip
            own = {name: text for name, text in section.items() if isinstance(text, str)}
            titles = [plan.title for plan in form.sections.plans]
            place = titles.index(own.pop("title"))
            if own:
                if form.sections.current_section() != place:
                    self._press(Qt.Key(Qt.Key.Key_1 + place), ALT, "section")
                self._key_fields(form, form.register.name, own)
            for name, row in rows:
                self._begin_row(form, name)
                self._key_fields(form, name, row)

    def _begin_row(self, form: FormPage, register: str) -> None:
        """Ctrl+Enter where that begins a row of this kind, with Shift in the table after this."""
        tables = form.sections.child_tables()
        inside = form.sections.child_table_with_keyboard()
        here = (form.sections.current_section(), inside)
        follows = inside is not None and self._box(form, *here).register.name != register
        held = CTRL | SHIFT if follows else CTRL
        self._press(Qt.Key.Key_Return, held, f"new row of {register}")
        box = form.sections.child_with_focus()
        assert box is not None, tables
        assert box.register.name == register, f"{box.register.name} was begun, not {register}"

    def _box(self, form: FormPage, place: int, number: int | None) -> ChildRows:
        assert number is not None
        return form.sections.section(place).children_boxes[number]

    # Typing

    def _key_fields(self, form: FormPage, register: str, texts: Mapping[str, str]) -> None:
        left = dict(texts)
        for _ in range(MOST_STEPS):
            name = here(form)
            if name not in left:
                self._press(Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, f"past {name}")
                continue
            text = left.pop(name)
            self._type(text)
            self.count.filled.append(f"{register}.{name}")
            if not left:
                return
            if here(form) == name:
                self._settle(form, name)
        raise AssertionError(f"Enter never came to {sorted(left)} of {register}")

    def _type(self, text: str) -> None:
        type_unikey(focus(), text)
        self.count.letters += len(text)

    def _settle(self, form: FormPage, name: str) -> None:
        """Enter; once more where it only took one of several answers."""
        several = isinstance(form.sections.row_with_focus().input, ChoicesInput)  # type: ignore[union-attr]
        self._enter()
        if several and here(form) == name:
            self._enter()
