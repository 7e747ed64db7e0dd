"""Window tasks, each in a process of its own: `python build/bench_window_tasks.py TASK …`.

Nothing of the program is imported before the task asks: starting is what some of them measure.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

if TYPE_CHECKING:
    from desktop.widget.main_window import MainWindow

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

TYPING_MS = 3000
"""How long a person takes to type a password."""
NAMES = ("nguyen van", "tran thi hong", "le minh", "pham thu ha", "hoang", "bui duc", "do thi lan")
"""Without accents; each key of each is measured."""
FIELDS = 150
MOST_STOPS = 1500


def report(**found: object) -> None:
    """Say what was found, and leave at once: closing is not measured."""
    print(json.dumps(found), flush=True)
    os._exit(0)


class Paints(QObject):
    """Calls back behind the first paint of a widget that fits."""

    def __init__(self, fits: Callable[[QWidget], bool], then: Callable[[], None]) -> None:
        super().__init__()
        self._fits = fits
        self._then = then

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.Paint
            and isinstance(watched, QWidget)
            and self._fits(watched)
        ):
            QApplication.instance().removeEventFilter(self)  # type: ignore[union-attr]
            QTimer.singleShot(0, self._then)
        return False


def window_floor() -> None:
    """An empty window of the program's size."""
    app = QApplication(["floor"])
    window = QWidget()
    watch = Paints(lambda widget: widget is window, lambda: report(painted=time.time()))
    app.installEventFilter(watch)
    window.resize(1366, 768)
    window.show()
    app.exec()


def window_signin(office: str) -> None:
    """The program from its own entry to the sign-in page."""
    app = QApplication(["so-ctxh"])
    watch = Paints(_is("SignInPage"), lambda: report(painted=time.time()))
    app.installEventFilter(watch)
    _run_program(office)


def window_list(office: str, password: str) -> None:
    """From Enter behind the password to the list of clients."""
    from desktop.base.settings import Settings
    from desktop.widget import window_settings

    settings = Settings(window_settings.WINDOW_SETTINGS, Path(office) / "settings.json")
    settings.set(window_settings.LAST_PAGE, "register.client")
    settings.save()
    app = QApplication(["so-ctxh"])
    begun = [0.0]

    def sign_in() -> None:
        page = next(w for w in app.topLevelWidgets() if type(w).__name__ == "SignInPage")
        people = json.loads((Path(office) / "khoa.json").read_text(encoding="utf-8"))["people"]
        begun[0] = time.perf_counter()
        app.installEventFilter(listed)
        page.asked.emit(people[0]["id"], password)  # type: ignore[attr-defined]

    seen = Paints(_is("SignInPage"), lambda: QTimer.singleShot(TYPING_MS, sign_in))
    listed = Paints(_shows_clients, lambda: report(seconds=time.perf_counter() - begun[0]))
    app.installEventFilter(seen)
    _run_program(office)


def _is(name: str) -> Callable[[QWidget], bool]:
    return lambda widget: type(widget).__name__ == name


def _shows_clients(widget: QWidget) -> bool:
    """True for the inside of a table with rows."""
    table = widget.parent()
    model = getattr(table, "model", None)
    viewport = getattr(table, "viewport", None)
    return (
        model is not None
        and viewport is not None
        and viewport() is widget
        and model() is not None
        and model().rowCount() > 0
    )


def _run_program(office: str) -> None:
    import main

    sys.exit(main.main(["--data", office]))


def window_search(office: str) -> None:
    """From each key to the list painted."""
    app, window = _open_window(office)
    page = window.pages.register_page("client")
    viewport = page.list.choice.table.viewport()
    found: list[float] = []
    for name in NAMES:
        page.list.search.set_value_text("")
        page.list.rows.find("")
        settle(app)
        for char in name:
            begun = time.perf_counter()
            _press(page.list.search, ord(char.upper()), char)
            viewport.repaint()
            app.sendPostedEvents()
            found.append(time.perf_counter() - begun)
            settle(app)
    report(seconds=found)


def window_rules(office: str) -> None:
    """From leaving a field of a client's page to its problems painted."""
    app, window = _open_window(office)
    page = window.pages.register_page("client")
    page.open_record(page.list.rows.ids[0])
    page.form.enter()
    settle(app)
    found: list[float] = []

    def unchecked() -> bool:
        state = page.form.state
        return state is not None and bool(state.unchecked)

    for _ in range(MOST_STOPS):
        left = QApplication.focusWidget()
        if left is None or not page.form.isAncestorOf(left):
            page.form.go_to_section(0)  # Tab has gone on behind the form
            settle(app)
            left = QApplication.focusWidget()
        if left is None:
            raise RuntimeError("no field has the focus")
        _press(left, ord("1"), "1")
        settle(app)
        checked_before = unchecked()
        begun = time.perf_counter()
        _press(left, Qt.Key.Key_Tab, "")
        app.processEvents()
        if checked_before and not unchecked():
            found.append(time.perf_counter() - begun)
            if len(found) == FIELDS:
                report(seconds=found)
        settle(app)
    raise RuntimeError(f"only {len(found)} fields were left with something to check")


def _open_window(office: str) -> tuple[QApplication, MainWindow]:
    from bench_tasks import open_measured
    from desktop.base import translate
    from desktop.model.jobs import Jobs
    from desktop.widget import theme
    from desktop.widget.main_pages import make_main_window

    app = QApplication(["so-ctxh"])
    workspace = open_measured(office)
    translate.install("vi", workspace.paths.translations)
    theme.follow_system(app, workspace.paths.resources)
    window = make_main_window(workspace, Jobs())
    window.resize(1366, 768)
    window.show()
    window.open_page("register.client")
    window.activateWindow()
    settle(app)
    while window.pages.register_page("client").list.rows.is_waiting:
        app.processEvents()
    return app, window


def _press(widget: QWidget, key: int, text: str) -> None:
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(widget, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text))


def settle(app: QApplication) -> None:
    """Let everything that waits be done, what waits for a short while included."""
    until = time.perf_counter() + 0.05
    while time.perf_counter() < until:
        app.processEvents()


TASKS: dict[str, Any] = {
    function.__name__: function
    for function in (window_floor, window_signin, window_list, window_search, window_rules)
}

if __name__ == "__main__":
    TASKS[sys.argv[1]](*sys.argv[2:])
