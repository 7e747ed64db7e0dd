"""Tab between what stands beside each other in the window, in the order it is read in.

Qt goes by the order in which widgets were made, and a form makes its sections when they are looked
at: after its buttons. So a form is entered at its first or last stop, and left past all of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

if TYPE_CHECKING:
    from desktop.widget.page_stack import PageStack

MOST = 5000
"""Widgets looked at; the ring is shorter."""


def next_outside(start: QWidget, outside: QWidget | None, forward: bool) -> QWidget | None:
    """The next widget that Tab would go to, none of those inside `outside`."""
    here = start
    for _ in range(MOST):
        beside = here.nextInFocusChain() if forward else here.previousInFocusChain()
        if beside is None or beside is start:
            return None
        here = beside
        inside = outside is not None and (here is outside or outside.isAncestorOf(here))
        if not inside and _takes_tab(here, start.window()):
            return here
    return None


def _takes_tab(widget: QWidget, window: QWidget) -> bool:
    return (
        bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        and widget.focusProxy() is None
        and widget.isEnabled()
        and widget.isVisibleTo(window)
        and widget.window() is window
    )


def keep_keyboard(page: QWidget) -> None:
    """Put the keyboard on a page's first stop where nobody who is seen has it."""
    focus = QApplication.focusWidget()
    if focus is not None and focus.isVisible():
        return
    first = next_outside(page, None, forward=True)
    if first is not None:
        first.setFocus(Qt.FocusReason.OtherFocusReason)


def tab_between(window: QWidget, pages: PageStack, forward: bool) -> bool:
    """Tab where the form on show is entered or left; False where Qt knows the way."""
    page, focus = pages.current_register(), QApplication.focusWidget()
    if page is None or page.form.state is None or focus is None or focus.window() is not window:
        return False
    form = page.form
    if form.isAncestorOf(focus):
        target = next_outside(focus, form, forward)
        if target is None:
            return False
        reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
        target.setFocus(reason)
        return True
    target = next_outside(focus, None, forward)
    return target is not None and form.isAncestorOf(target) and form.walk.enter_by_tab(forward)
