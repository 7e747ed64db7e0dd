"""Long work in front of a page: what is being done, how far it is, and a way out."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QApplication, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget
from shiboken6 import isValid

from desktop.base.translate import tr
from desktop.widget import theme
from desktop.widget.parts.button import Button
from desktop.widget.parts.card import Card
from desktop.widget.parts.label import Paragraph, heading

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPaintEvent

DELAY_MS = 250
"""Work shorter than this shows nothing: a flash tells nobody anything."""


class BusyOverlay(QWidget):
    """Covers a page from `start` to `finish`; keys and mouse do not reach the page meanwhile."""

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._cancel: Callable[[], None] | None = None
        self._focus_before: QWidget | None = None
        self._running = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._build()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DELAY_MS)
        self._timer.timeout.connect(self._card.show)
        page.installEventFilter(self)
        self.hide()

    def _build(self) -> None:
        self._card = Card(parent=self)
        self._card.setFixedWidth(400)
        self._title = heading("")
        self._words = Paragraph("", "quiet")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setRange(0, 1000)
        self._button = Button(tr("Stop"), key="Esc")
        self._button.clicked.connect(self._stop)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self._button)
        self._card.body.setSpacing(8)
        for widget in (self._title, self._words, self._bar):
            self._card.add(widget)
        self._card.body.addLayout(foot)
        outer = QVBoxLayout(self)
        outer.addStretch(2)
        outer.addWidget(self._card, 0, Qt.AlignmentFlag.AlignHCenter)
        outer.addStretch(3)

    def start(self, title: str, cancel: Callable[[], None] | None = None) -> None:
        """Cover the page. `cancel` is called once, when the person wants to stop."""
        page = self.parentWidget()
        self._cancel = cancel
        self._running = True
        self._title.setText(title)
        self.setAccessibleName(title)
        self._words.set_text(tr("Beginning…"))
        self._bar.setRange(0, 0)
        self._bar.setAccessibleName(title)
        self._button.setVisible(cancel is not None)
        self._button.setEnabled(True)
        focus = QApplication.focusWidget()
        # Somebody typing outside the page (Ctrl+K, a search) goes on typing there.
        inside = focus is None or (page is not None and page.isAncestorOf(focus))
        self._focus_before = focus if inside else None
        self._card.hide()
        if page is not None:
            self.setGeometry(page.rect())
        self.show()
        self.raise_()
        if inside:
            self.setFocus()
        self._timer.start()

    def report(self, text: str, done: float) -> None:
        """Say what is being done and how much of the whole is, 0 to 1."""
        self._words.set_text(text)
        self._bar.setRange(0, 1000)
        self._bar.setValue(int(max(0.0, min(1.0, done)) * 1000))

    def finish(self) -> None:
        """Uncover the page; the keyboard goes back where it was, unless it has been put somewhere
        else meanwhile: another page may be on show by now."""
        self._running = False
        self._timer.stop()
        focus = QApplication.focusWidget()
        is_here = focus is None or focus is self or self.isAncestorOf(focus)
        self.hide()
        before, self._focus_before = self._focus_before, None
        if is_here and before is not None and isValid(before) and before.isVisible():
            before.setFocus()

    def is_running(self) -> bool:
        return self._running

    def _stop(self) -> None:
        if self._cancel is not None and self._button.isEnabled():
            self._button.setEnabled(False)
            self._words.set_text(tr("Stopping; what was there before stays as it was…"))
            self._cancel()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._stop()
        event.accept()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and self._running:
            event.accept()
            return True
        return super().event(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab stays on the cover; Qt asks too when the cover goes with the keyboard on it."""
        return self._running or super().focusNextPrevChild(forward)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        page = self.parentWidget()
        if event.type() == QEvent.Type.Resize and page is not None and watched is page:
            self.setGeometry(page.rect())
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        veil = QColor(theme.current().background)
        veil.setAlpha(190 if self._card.isVisible() else 1)
        QPainter(self).fillRect(self.rect(), veil)
