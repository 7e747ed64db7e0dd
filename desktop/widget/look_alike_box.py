"""“Có thể đã có hồ sơ”: a record beside each of its look-alikes, and what the person says of them.

Every answer is a key: 1 the same person, 2 two people, 3 merge. Left and Right go to the other
look-alikes; while it is chosen what a merge keeps, they choose the side.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.base.errors import UserError
from desktop.base.translate import tr
from desktop.model.comparison_table import LEFT, RIGHT
from desktop.service.comparing import compare
from desktop.service.look_alikes import Suspect, Suspects, likeness_words
from desktop.service.merging import Merge, older_first
from desktop.service.rights import Action
from desktop.widget.look_alike_table import LookAlikeTable
from desktop.widget.parts import Button, Paragraph, ProblemNote, heading, quiet
from desktop.widget.writing_cover import WritingCover

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from desktop.service.draft import Draft
    from desktop.service.workspace import Workspace

WIDTH, HEIGHT, SIDE = 1120, 640, 20
MANY = 3
"""From so many look-alikes on all can be told apart at once."""


class Mode(StrEnum):
    """What the box asks."""

    ASK = "ask"
    """Is it the same person?"""
    TAKE_OVER = "take_over"
    """Which of what was typed is to be put into the record there is?"""
    MERGE = "merge"
    """Which values are kept?"""


class LookAlikeBox(QDialog):
    """Stands over the window until it is answered or put away with Esc."""

    opened = Signal(str, object)
    """(id, draft of that record with what was taken over, or None where nothing was)."""
    told_apart = Signal(list)
    """Ids of records of other people than this one."""
    merged = Signal(str, str)
    """(id of the record that stays, label of the change)."""

    def __init__(
        self, parent: QWidget | None, workspace: Workspace, draft: Draft, suspects: Suspects
    ) -> None:
        """`draft`: of the record at the left, stored or not."""
        super().__init__(parent)
        self._workspace = workspace
        self._draft = draft
        self._waiting = list(suspects.shown)
        self._more = suspects.more
        self._apart: list[str] = []
        self._place = 0
        self._other: Draft | None = None
        self.mode = Mode.ASK
        self.setWindowTitle(tr("There may be a record already"))
        self.setWindowFlag(Qt.WindowType.WindowContextHelpButtonHint, False)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._build()
        self.cover = WritingCover(self, workspace)
        room = parent.window().size() if parent is not None else None
        width = min(WIDTH, room.width() - 40) if room else WIDTH
        self.resize(width, min(HEIGHT, room.height() - 40) if room else HEIGHT)
        self._show_suspect()

    # What it looks like

    def _build(self) -> None:
        self.title = heading("")
        self.words = Paragraph("", "quiet")
        self.count = quiet("")
        self.before = Button("", "flat", icon="chevron-left")
        self.after = Button("", "flat", icon="chevron-right")
        self.before.setToolTip(tr("The look-alike before (←)"))
        self.after.setToolTip(tr("The next look-alike (→)"))
        self.before.setAccessibleName(tr("The look-alike before (←)"))
        self.after.setAccessibleName(tr("The next look-alike (→)"))
        self.before.clicked.connect(lambda: self._step(-1))
        self.after.clicked.connect(lambda: self._step(1))
        top = QHBoxLayout()
        top.setSpacing(4)
        top.addWidget(self.title, 1)
        for widget in (self.count, self.before, self.after):
            top.addWidget(widget)
        self.table = LookAlikeTable()
        self.table.sideways.connect(self._sideways)
        self.table.turned.connect(lambda: self.table.lines.turn(self.table.row()))
        self.note = ProblemNote("error", "")
        self.note.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(SIDE, 16, SIDE, 16)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(self.words)
        column.addWidget(self.table, 1)
        column.addWidget(self.note)
        column.addLayout(self._make_foot())

    def _make_foot(self) -> QHBoxLayout:
        self.back = Button(tr("Go back"), key="Esc")
        self.all_apart = Button("")
        self.merge = Button(tr("Merge…"), icon="merge", key="3")
        self.two = Button(tr("Two different people"), key="2")
        self.same = Button("", "primary", key="1")
        self.go = Button("", "primary", key="Ctrl+Enter")
        self.back.clicked.connect(self.reject)
        self.all_apart.clicked.connect(self._all_apart)
        self.merge.clicked.connect(lambda: self._choose(Mode.MERGE))
        self.two.clicked.connect(self._two_people)
        self.same.clicked.connect(self._same_person)
        self.go.clicked.connect(self._go)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.back)
        foot.addStretch(1)
        for button in (self.all_apart, self.merge, self.two, self.same, self.go):
            foot.addWidget(button)
        return foot

    # The look-alike on show

    @property
    def suspect(self) -> Suspect:
        """The look-alike at the right."""
        return self._waiting[self._place]

    def _show_suspect(self) -> None:
        """Show the record beside the look-alike whose turn it is."""
        suspect = self.suspect
        self.mode, self._other, gone = Mode.ASK, None, ""
        if not suspect.hidden:
            try:
                self._other = self._workspace.open_draft(self._draft.register.name, suspect.id)
            except UserError as error:
                gone = str(error)
        self._say(gone)
        hidden = self._other is None
        right = self._draft if self._other is None else self._other
        lines = compare(self._workspace, self._draft.to_record(), right.to_record(), hidden=hidden)
        self.table.lines.show(lines, _heads(self._workspace, self._draft, suspect))
        self.table.setCurrentIndex(self.table.lines.index(0, 0))
        self._show_words()
        self.table.setFocus()

    def _show_words(self) -> None:
        asking = self.mode is Mode.ASK
        count = len(self._waiting)
        several = asking and count > 1
        place = tr("{place} of {count}").format(place=self._place + 1, count=count + self._more)
        self.count.setText(place if several else "")
        for button in (self.before, self.after):
            button.setVisible(several)
        self.title.setText(
            {
                Mode.ASK: tr("There may be a record already"),
                Mode.TAKE_OVER: tr("The same person: what is to be taken over?"),
                Mode.MERGE: tr("Merge: what is to be kept?"),
            }[self.mode]
        )
        likeness = likeness_words(self.suspect.likeness, self._draft.register)
        how = tr("← keeps the left, → keeps the right, the space bar changes sides.")
        self.words.set_text(likeness if asking else how)
        self._show_buttons(asking, several=asking and count >= MANY)

    def _show_buttons(self, asking: bool, *, several: bool) -> None:
        register = self._draft.register
        known = self._other is not None
        may_merge = self._workspace.rights.may(Action.MERGE, register.name)
        open_it = tr("The same person: open that record")
        self.same.set_words(open_it if self._draft.is_new else tr("Open the right record"), "1")
        self.all_apart.set_words(tr("All {count} are others").format(count=len(self._waiting)), "0")
        for button in (self.all_apart, self.merge, self.two, self.same, self.go):
            button.hide()  # never all at once: the box would grow
        self.all_apart.setVisible(several)
        self.two.setVisible(asking)
        self.same.setVisible(asking)
        self.merge.setVisible(
            asking and known and may_merge and bool(register.look_alike.merged_into)
        )
        self.go.setVisible(not asking)
        taking = self.mode is Mode.TAKE_OVER
        self.go.set_words(
            tr("Open it with these values") if taking else tr("Merge both records"), "Ctrl+Enter"
        )

    def _say(self, text: str) -> None:
        self.note.set_problem("error", text)
        self.note.setVisible(bool(text))

    # Answers

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ctrl = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        button = {
            Qt.Key.Key_0: self.all_apart, Qt.Key.Key_1: self.same, Qt.Key.Key_2: self.two,
            Qt.Key.Key_3: self.merge,
        }.get(Qt.Key(event.key()))  # fmt: skip
        if enter and ctrl:
            button = self.go
        if button is not None and button.isVisible():
            button.click()
        elif event.key() == Qt.Key.Key_Escape:
            self.reject()
        elif not enter:
            super().keyPressEvent(event)

    def reject(self) -> None:
        """Esc: from choosing back to the question, from the question back to the record."""
        if self.cover.is_running():
            return
        if self.mode is Mode.ASK:
            super().reject()
        else:
            self._show_suspect()

    def done(self, result: int) -> None:
        super().done(result)
        parent = self.parentWidget()
        if parent is not None:
            parent.window().activateWindow()

    def _sideways(self, by: int) -> None:
        if self.mode is Mode.ASK:
            self._step(by)
        else:
            self.table.lines.choose(self.table.row(), LEFT if by < 0 else RIGHT)

    def _step(self, by: int) -> None:
        place = max(0, min(len(self._waiting) - 1, self._place + by))
        if place != self._place:
            self._place = place
            self._show_suspect()

    def _two_people(self) -> None:
        self._apart.append(self._waiting.pop(self._place).id)
        if self._waiting:
            self._place = min(self._place, len(self._waiting) - 1)
            self._show_suspect()
        else:
            self._end_apart()

    def _all_apart(self) -> None:
        self._apart += [suspect.id for suspect in self._waiting]
        self._end_apart()

    def _end_apart(self) -> None:
        self.told_apart.emit(self._apart)
        self.accept()

    def _same_person(self) -> None:
        """Open the other record, after asking what of a new one is to be put into it."""
        if self._draft.is_new and self._other is not None and self._choose(Mode.TAKE_OVER):
            return
        self.opened.emit(self.suspect.id, None)
        self.accept()

    def _choose(self, mode: Mode) -> bool:
        """Let it be chosen what is kept; False where there is nothing to choose."""
        if self._other is None:
            return False
        stays, other = older_first(self._draft, self._other)
        try:
            merge = Merge(self._workspace, stays, other)
        except UserError as error:
            self._say(str(error))
            return False
        if mode is Mode.TAKE_OVER and not merge.brings_something():
            return False
        self.mode = mode
        self.table.lines.choose_from(merge, stays=LEFT if stays is self._draft else RIGHT)
        self.table.setCurrentIndex(self.table.lines.index(self._first_choice(), 0))
        self._show_words()
        self.table.setFocus()
        return True

    def _first_choice(self) -> int:
        lines = self.table.lines
        found = (row for row in range(lines.rowCount()) if lines.winner(row) is not None)
        return next(found, 0)

    def _go(self) -> None:
        merge = self.table.lines.merge
        if merge is None:
            return
        if self.mode is Mode.TAKE_OVER:
            self.opened.emit(self.suspect.id, merge.result())
            self.accept()
            return

        def done(label: str) -> None:
            self.merged.emit(merge.stays.id, label)
            self.accept()

        self.cover.run(
            tr("Merge both records"),
            lambda copy, progress: merge.over(copy).run(progress),
            done,
            refused=lambda error: self._say(str(error)),
        )


def _heads(workspace: Workspace, draft: Draft, suspect: Suspect) -> tuple[str, str]:
    """What stands over the two columns."""
    theirs = " · ".join(filter(None, (suspect.title, suspect.subtitle)))
    if draft.is_new:
        return tr("Being entered"), tr("On file: {title}").format(title=theirs)
    found = workspace.lookups.titles(draft.register.name, [draft.id]).get(draft.id)
    return " · ".join(filter(None, (found.title, found.subtitle))) if found else "", theirs
