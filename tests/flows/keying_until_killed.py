"""Keys records into the window until it is killed; says what it left behind after each field.

Run by `test_kill_at_any_key`: the data folder, a seed and the key's hex digits on stdin. Like a
person it takes longer from field to field than a disk takes to write: a field is told as left once
its draft is on disk, before the first letter of the next.
"""

from __future__ import annotations

import json
import os
import random
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from desktop.base import translate
from desktop.base.clock import FixedClock
from desktop.model.jobs import Jobs
from desktop.service.definitions import load_definitions
from desktop.service.draft import Draft
from desktop.service.draft_picture import differences
from desktop.service.folder import people
from desktop.service.office import open_unlocked
from desktop.service.workspace import Workspace
from desktop.widget import theme
from desktop.widget.ask import Answer, Ask
from desktop.widget.draft_door import DRAFTS
from desktop.widget.form_page import FormPage
from desktop.widget.main_pages import HOME, make_main_window
from tests.offices import TODAY, paths_of
from tests.widget.keyboard import CTRL, SHIFT, enter, field, key, tab, words

SYLLABLES = (
    "Bưởi", "Cốm", "Đào", "Gấm", "Hồng", "Khế", "Lựu", "Mận", "Nhãn", "Ổi", "Quýt", "Sen", "Thị",
    "Vải", "Xoài", "Chanh", "Dứa", "Mơ",
)  # fmt: skip
SENTENCES = (
    "gặp ở trạm y tế", "ở với cháu ngoại", "hẹn tuần sau quay lại", "đã gọi điện cho con gái",
    "nhà ở cuối ngõ, cạnh giếng", "cần xe lăn", "đang chờ giấy xác nhận",
)  # fmt: skip
HOME_FIELDS = ("full_name", "sex", "birth", "no_id_reason", "phone", "marital", "note")
ROW_FIELDS = ("category", "is_main", "date_from")


class Answers(Ask):
    """Answers every question at once, since nobody sits there."""

    wanted = ""

    def question(
        self, parent: QWidget | None, title: str, text: str, options: Sequence[Answer]
    ) -> str:
        keys = [one.key for one in options]
        return self.wanted if self.wanted in keys else keys[-1]

    def message(
        self, parent: QWidget | None, title: str, text: str, level: str = "info", details: str = ""
    ) -> None:
        say(message=title)

    def reason(self, parent: QWidget | None, title: str, text: str) -> str | None:
        return "đã xem giấy tờ gốc"


def say(**told: object) -> None:
    print(json.dumps(told), flush=True)


class Officer:
    """Keys, saves, leaves and discards as chance has it."""

    def __init__(self, app: QApplication, workspace: Workspace, seed: int) -> None:
        self._app = app
        self._workspace = workspace
        self._chance = random.Random(seed)
        self._ask = Answers()
        self._draft = ""
        """Id of the draft of what is being keyed, "" while it has none."""
        self._saving = False
        self._window = make_main_window(workspace, Jobs(), self._ask)
        self._window.resize(1366, 768)
        self._window.show()
        self._window.activateWindow()
        self._app.processEvents()
        self._known: set[str] = set()
        workspace.drafts.changed.connect(self._follow)
        self._follow()

    def work(self) -> None:
        """One record after another, for ever."""
        while True:
            begin = self._chance.choice([self._new, self._new, self._edit, self._go_on])
            form = begin()
            if form is not None and form.state is not None:
                kept = form.state.kept
                self._draft = kept.id if kept is not None else ""
                self._key_in(form)
                self._chance.choice([self._save, self._save, self._leave, self._discard])(form)

    # Beginning

    def _form(self) -> FormPage:
        return self._window.pages.register_page("client").form

    def _new(self) -> FormPage:
        self._window.open_page("register.client")
        key(Qt.Key.Key_N, CTRL)
        self._app.processEvents()
        return self._form()

    def _edit(self) -> FormPage | None:
        ids = self._workspace.rows("client").ids
        if not ids or not self._window.open_record("client", self._chance.choice(ids)):
            return None
        return self._form()

    def _go_on(self) -> FormPage | None:
        if not self._workspace.drafts.offered():
            return None
        self._ask.wanted = "go_on"
        self._window.open_page(DRAFTS)
        self._app.processEvents()
        enter()
        self._app.processEvents()
        form = self._form()
        state = form.state
        if state is None or state.kept is None or not form.is_dirty:
            return None
        self._until(lambda: self._workspace.drafts.wait(0.01))
        self._tell_left(state.kept.id, state.draft)
        return form

    # Keying

    def _key_in(self, form: FormPage) -> None:
        most = len(HOME_FIELDS)
        names = self._chance.sample(HOME_FIELDS, self._chance.choice([most, most, 2, 4]))
        for name in [one for one in HOME_FIELDS if one in names]:
            self._type(form, name)
        draft = form.draft
        if draft is not None and not draft.children["client_category"]:
            form.go_to_section(1)
            key(Qt.Key.Key_Return, CTRL)
            for name in ROW_FIELDS:
                self._type(form, name)

    def _type(self, form: FormPage, name: str) -> None:
        row = field(form, name)
        if not row.is_asked():
            return
        form.sections.show_section(1 if name in ROW_FIELDS else 0)
        row.input.take_focus()
        say(typing=self._draft, field=name)
        key(Qt.Key.Key_A, CTRL)
        words(self._text(name))
        tab()
        self._app.processEvents()
        self._until(lambda: self._workspace.drafts.wait(0.01))
        state = form.state
        if state is None:
            raise RuntimeError("no record is on show")
        self._draft = state.kept.id if state.kept is not None else ""
        if state.kept is not None:
            self._tell_left(state.kept.id, state.draft)

    def _tell_left(self, id: str, draft: Draft) -> None:
        """Say what is typed that differs from what was there before: all that can be lost."""
        texts = [
            [row, name, text]
            for (_, row, name), _, text in differences(draft.as_opened, draft.picture())
            if name in (*HOME_FIELDS, *ROW_FIELDS)
        ]
        say(left=id, record=draft.id, texts=texts)

    def _follow(self) -> None:
        """Say which draft went; it may go only for a save, or where nothing was typed after all."""
        known = self._known
        drafts = self._workspace.drafts
        self._known = {one.id for one in [*drafts.offered(), *drafts.discarded()]}
        for gone in known - self._known:
            if not self._saving:
                if self._form().is_dirty:
                    raise RuntimeError(f"draft {gone} went, though its record is not saved")
                say(undone=gone)

    def _text(self, name: str) -> str:
        choose = self._chance.choice
        if name == "full_name":
            return " ".join(["Lê", *self._chance.sample(SYLLABLES, 3)])
        texts = {
            "sex": ("nam", "nu"), "birth": ("1948", "05/03/1951", "1939"), "no_id_reason": ("k",),
            "phone": ("0912345678", "0987654321", "091"),
            "marital": ("goa", "ly hon"),
            "note": SENTENCES, "category": ("05", "06"), "is_main": ("1",),
            "date_from": ("01/01/2026", "15/03/2026"),
        }  # fmt: skip
        return str(choose(texts[name]))

    def _until(self, done: Callable[[], bool]) -> None:
        while not done():
            self._app.processEvents()

    # Ending

    def _save(self, form: FormPage) -> None:
        draft = form.draft
        if draft is None:
            return
        texts = [
            [row.id, name, text]
            for row in draft.rows()
            for name, text in row.texts.items()
            if text and name not in row.hidden and name in (*HOME_FIELDS, *ROW_FIELDS)
        ]
        say(saving=self._draft, record=draft.id, texts=texts)
        self._saving = True
        key(Qt.Key.Key_S, CTRL)
        self._app.processEvents()
        self._saving = False
        if form.is_dirty:
            say(refused=self._draft)
            self._leave(form)
        else:
            say(saved=self._draft, record=draft.id)

    def _leave(self, form: FormPage) -> None:
        self._ask.wanted = "draft"
        self._window.open_page(HOME)
        self._app.processEvents()

    def _discard(self, form: FormPage) -> None:
        self._ask.wanted = "discard"
        while form.is_dirty:
            if form.sections.row_with_focus() is None:
                form.enter()
            key(Qt.Key.Key_Escape)
            self._app.processEvents()
        if self._chance.random() < 0.5:
            self._ask.wanted = "go_on"
            key(Qt.Key.Key_Z, CTRL | SHIFT)
            self._app.processEvents()
            self._leave(form)


def main(folder: Path, seed: int) -> None:
    paths = paths_of(folder)
    app = QApplication([])
    translate.install("vi", paths.translations)
    theme.apply(app, theme.LIGHT)
    definitions = load_definitions(paths.forms)
    office_key = bytes.fromhex(sys.stdin.readline().strip())
    if office_key:
        workspace = open_unlocked(
            paths,
            people(paths)[0],
            office_key,
            clock=FixedClock(TODAY),
            definitions=definitions,
        )
        officer = Officer(app, workspace, seed)
        say(begun=seed)
        officer.work()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
