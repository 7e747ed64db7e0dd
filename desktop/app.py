"""The window's composition root: builds everything once and hands it down."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QObject, QTimer, QTranslator
from PySide6.QtWidgets import QApplication, QWidget

from desktop.base import translate
from desktop.base.errors import UserError
from desktop.base.paths import Paths
from desktop.base.translate import tr
from desktop.service import folder
from desktop.widget import theme
from desktop.widget.sign_in import SignInPage

if TYPE_CHECKING:
    from desktop.model.jobs import Jobs
    from desktop.service.preload import Preload
    from desktop.service.workspace import Workspace

FIRST_SIZE = (1366, 768)


def main(arguments: Sequence[str]) -> int:
    """Open the window; returns the exit code of the event loop."""
    options = _options(arguments)
    paths = Paths.from_arguments(options.data)
    translate.install("vi", paths.translations)
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)  # noqa: S101  (the only kind made here)
    app.setApplicationName("Sổ CTXH")
    theme.follow_system(app, paths.resources)
    translate_qt(app, paths)
    program = Program(app, paths)
    program.start()
    return app.exec()


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="so-ctxh")
    parser.add_argument("--data", type=Path, default=None)
    return parser.parse_args(list(arguments))


def translate_qt(app: QApplication, paths: Paths) -> None:
    """Qt's own buttons and menus in Vietnamese; numbers and dates too."""
    QLocale.setDefault(QLocale(QLocale.Language.Vietnamese, QLocale.Country.Vietnam))
    translator = QTranslator(app)
    if translator.load("qtbase_vi", str(paths.translations)):
        app.installTranslator(translator)


class Program(QObject):
    """From the sign-in page or the first run to the main window."""

    def __init__(self, app: QApplication, paths: Paths) -> None:
        super().__init__(app)
        self._app = app
        self._paths = paths
        self._preload: Preload | None = None
        self._jobs: Jobs | None = None
        self.page: QWidget | None = None
        """What is on screen: sign-in, first run, or the main window."""
        self.workspace: Workspace | None = None
        app.aboutToQuit.connect(self._close)

    def start(self) -> None:
        """Show the page that fits the data folder."""
        if folder.has_office(self._paths):
            self._show_sign_in()
        else:
            self._show_first_run()
        QTimer.singleShot(0, self._get_ready)

    def _show_sign_in(self) -> None:
        problem, people = "", []
        try:
            people = folder.people(self._paths)
        except UserError as error:
            problem = str(error)
        page = SignInPage(str(self._paths.data), [(one.id, one.name) for one in people])
        page.asked.connect(self._sign_in)
        page.folder_asked.connect(self._choose_folder)
        self._show(page)
        if problem:
            page.show_problem(problem)

    def _get_ready(self) -> None:
        """Load what comes next while the password is typed."""
        from desktop.service.preload import Preload

        self._preload = Preload(self._paths)
        self._preload.start()

    def _show(self, page: QWidget) -> None:
        before, self.page = self.page, page
        if before is None:
            page.resize(*FIRST_SIZE)
        else:
            page.setGeometry(before.geometry())
        page.show()
        if before is not None:
            before.close()
            before.deleteLater()

    def _sign_in(self, person_id: str, password: str) -> None:
        from desktop.model.jobs import Jobs

        self._jobs = self._jobs or Jobs(self)
        person = next(one for one in folder.people(self._paths) if one.id == person_id)
        job = self._jobs.start(lambda _: folder.unlock(self._paths, person, password))
        job.done.connect(lambda key: self._open(person, key))
        job.failed.connect(self._say_failed)

    def _open(self, person: folder.Person, key: bytes) -> None:
        from desktop.service.office import open_unlocked

        try:
            definitions = self._preload.definitions if self._preload else None
            workspace = open_unlocked(self._paths, person, key, definitions=definitions)
        except UserError as error:
            self._say_failed(error)
            return
        self.show_workspace(workspace)

    def show_workspace(self, workspace: Workspace) -> None:
        """Open the main window on an office."""
        from desktop.model.jobs import Jobs
        from desktop.widget.main_pages import make_main_window

        self._jobs = self._jobs or Jobs(self)
        self.workspace = workspace
        self._show(make_main_window(workspace, self._jobs))

    def _say_failed(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            raise error
        if isinstance(self.page, SignInPage):
            self.page.show_problem(str(error))

    def _show_first_run(self) -> None:
        from desktop.widget.first_run import FirstRunPage

        page = FirstRunPage(self._paths)
        page.made.connect(self.show_workspace)
        self._show(page)

    def _choose_folder(self) -> None:
        from desktop.widget.ask import Ask

        chosen = Ask().save_dir(self.page, tr("Folder of the office's data"), self._paths.data)
        if chosen is not None:
            self._paths = Paths.from_arguments(chosen)
            self.start()

    def _close(self) -> None:
        if self._jobs is not None:
            self._jobs.close()
        if self.workspace is not None:
            self.workspace.close()
