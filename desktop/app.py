"""The window's composition root: builds everything once and hands it down."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QLocale, QObject, QTimer, QTranslator
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import delete

from desktop.base import translate
from desktop.base.errors import NotOurDatabase, UserError
from desktop.base.paths import Paths
from desktop.base.settings import Settings
from desktop.base.translate import tr
from desktop.service import folder
from desktop.widget import theme, window_settings
from desktop.widget.sign_in import SignInPage

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.base.clock import Clock
    from desktop.model.jobs import Jobs
    from desktop.service.preload import Preload
    from desktop.service.rescue import Rescued
    from desktop.service.restoring import Restored
    from desktop.service.workspace import Workspace
    from desktop.widget.ask import Asker
    from desktop.widget.crash_watch import CrashWatch
    from desktop.widget.lock_desk import LockDesk
    from desktop.widget.password_doors import PasswordDoors
    from desktop.widget.restore_page import RestorePage

FAILED = 2
FIRST_SIZE = (1366, 768)
TITLE_BAR = 32
"""Pixels at 100 %, about the same on every system."""
NEXT_PAGES = ("PySide6.QtSvg", "desktop.model.jobs", "desktop.widget.main_pages")
"""Modules loaded behind the sign-in page."""


def main(arguments: Sequence[str]) -> int:
    """Open the window; returns the exit code of the event loop."""
    options = _options(arguments)
    paths = Paths.from_arguments(options.data)
    translate.install("vi", paths.translations)
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)  # noqa: S101  (the only kind made here)
    app.setApplicationName("Sổ CTXH")
    theme.follow_system(app, paths.resources, chosen_theme(paths))
    translate_qt(app, paths)
    program = Program(app, paths)
    watch = _watch_faults(app, paths)
    try:
        program.start()
    except UserError as error:
        program.say(error)
        return FAILED
    code = app.exec()
    program.put_away()
    watch()
    return code


def _watch_faults(app: QApplication, paths: Paths) -> Callable[[], None]:
    """Log, and catch our own faults, once the first page is there; returns what ends both."""
    begun: list[CrashWatch] = []

    def begin() -> None:
        from desktop.base import log
        from desktop.widget.crash_watch import CrashWatch

        # A folder without an office gets no log: nothing is written before it is set up.
        folder_of_logs = paths.logs if paths.data.exists() else None
        begun.append(CrashWatch(paths.logs, log.set_up(folder_of_logs)))
        begun[0].watch()

    def end() -> None:
        from desktop.base import log

        for one in begun:
            one.stop()
        log.shut_down()

    QTimer.singleShot(0, app, begin)
    return end


def chosen_theme(paths: Paths) -> str:
    """The person's choice of colours; the system's where the settings cannot be read."""
    settings = Settings(window_settings.WINDOW_SETTINGS, paths.settings_file)
    try:
        settings.load()
    except UserError:
        return "system"
    return str(settings.get(window_settings.THEME))


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


def fits_screen(page: QWidget) -> bool:
    """False where a taskbar or the title bar would cover part of a page of its size."""
    if QGuiApplication.platformName() == "offscreen":  # nobody looks at it
        return True
    room = page.screen().availableSize()
    return room.width() >= page.width() and room.height() >= page.height() + TITLE_BAR


class Program(QObject):
    """From the sign-in page or the first run to the main window."""

    def __init__(
        self,
        app: QApplication,
        paths: Paths,
        *,
        ask: Asker | None = None,
        clock: Clock | None = None,
    ) -> None:
        """`ask`, `clock`: instead of dialogs and of the computer's clock."""
        super().__init__(app)
        self._app = app
        self._paths = paths
        self._asker = ask
        self._clock = clock
        self._preload: Preload | None = None
        self._jobs: Jobs | None = None
        self.page: QWidget | None = None
        """What is on screen: sign-in, first run, or the main window."""
        self.workspace: Workspace | None = None
        self.lock: LockDesk | None = None

    def start(self) -> None:
        """Show the page that fits the data folder; an office that is open is closed."""
        workspace, self.workspace = self.workspace, None
        if workspace is not None:
            workspace.close()
        folder.finish_restore(self._paths)
        if folder.has_office(self._paths):
            self._show_sign_in()
        else:
            self._show_first_run()

    def _show_sign_in(self) -> None:
        problem, people = "", []
        try:
            people = folder.people(self._paths)
        except UserError as error:
            problem = str(error)
        page = SignInPage(str(self._paths.data), [(one.id, one.name) for one in people])
        page.asked.connect(self._sign_in)
        page.folder_asked.connect(self._choose_folder)
        page.restore_asked.connect(self.show_restore)
        page.forgotten.connect(lambda id: self._doors().show_forgotten(id))
        _AfterPaint(page, self._get_ready)
        self._show(page)
        if problem:
            page.show_problem(problem)

    def _get_ready(self) -> Preload:
        """Load what comes next while the password is typed."""
        from desktop.service.preload import Preload

        if self._preload is None:
            self._preload = Preload(self._paths, NEXT_PAGES)
            self._preload.start()
        return self._preload

    def _show(self, page: QWidget, *, placed: bool = False) -> None:
        """Put a page in the place of the one before. `placed`: it has its own place already."""
        before, self.page = self.page, page
        if before is None:
            page.resize(*FIRST_SIZE)
            if not fits_screen(page):
                page.showMaximized()
        elif not placed:
            page.setGeometry(before.geometry())
            page.setWindowState(before.windowState())
        page.show()
        if before is not None:
            before.close()
            before.deleteLater()

    def jobs(self) -> Jobs:
        """The thread for long work; made when first needed."""
        from desktop.model.jobs import Jobs

        self._jobs = self._jobs or Jobs(self)
        return self._jobs

    def _sign_in(self, person_id: str, password: str) -> None:
        try:
            person = next(one for one in folder.people(self._paths) if one.id == person_id)
        except (UserError, StopIteration):
            self._show_sign_in()  # the key file has changed meanwhile
            return
        job = self.jobs().start(lambda _: folder.unlock(self._paths, person, password))
        job.done.connect(lambda key: self._open(person, key))
        job.failed.connect(self._say_failed)

    def _open(self, person: folder.Person, key: bytes) -> None:
        from desktop.service.office import open_unlocked

        try:
            definitions = self._get_ready().definitions
            workspace = open_unlocked(
                self._paths, person, key, clock=self._clock, definitions=definitions
            )
        except NotOurDatabase as error:
            self.show_restore(key, person.id, damage=str(error))
            return
        except UserError as error:
            self._say_failed(error)
            return
        self.show_workspace(workspace)

    def show_workspace(self, workspace: Workspace) -> None:
        """Open the main window on an office, behind a new password where one is due."""
        from desktop.service.access import Act
        from desktop.service.people import must_change_password
        from desktop.widget.lock_desk import LockDesk
        from desktop.widget.main_pages import make_main_window

        self.workspace = workspace
        if must_change_password(workspace.database, workspace.person.id):
            self._doors().show_new_password(workspace, self.start)
            return
        workspace.access.note(Act.SIGN_IN, "")
        window = make_main_window(workspace, self.jobs(), self._asker)
        window.restore_asked.connect(self._restore_from_window)
        self.lock = LockDesk(window, self.jobs())
        self.lock.another.connect(partial(_change_person, self))
        self._show(window, placed=window.place.was_kept())

    def _doors(self) -> PasswordDoors:
        from desktop.widget.password_doors import PasswordDoors

        return PasswordDoors(
            self._paths, self.jobs(), self._get_ready(), self._clock,
            show=self._show, opened=self.show_workspace, unlocked=self._open, back=self.start,
        )  # fmt: skip

    def _say_failed(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            raise error
        if isinstance(self.page, SignInPage):
            self.page.show_problem(str(error))
        else:
            self.say(error)

    def say(self, error: UserError) -> None:
        """Say in a message why something was not done; long lists go below it."""
        first, _, rest = str(error).partition("\n")
        self._ask().message(self.page, tr("Not opened"), first, "error", rest or error.hint)

    def _show_first_run(self) -> None:
        from desktop.widget.first_run import FirstRunPage

        definitions = self._get_ready().definitions

        def made(workspace: Workspace) -> None:
            if workspace.paths.data != self._paths.data:  # a sample office needs no code
                self.show_workspace(workspace)
                return
            self.workspace = workspace
            self._doors().show_code(workspace)

        page = FirstRunPage(
            self._paths, self.jobs(), definitions, ask=self._asker, clock=self._clock
        )
        page.made.connect(made)
        page.folder_asked.connect(self._choose_folder)
        page.restore_asked.connect(self.show_restore)
        self._show(page)

    def show_restore(self, key: bytes | None = None, by: str = "", damage: str = "") -> RestorePage:
        """Show the page that restores backups; `key`, `by`: of whoever was just signed in;
        `damage`: why the data could not be opened."""
        from desktop.widget.restore_page import RestorePage

        page = RestorePage(
            self._paths, self.jobs(), self._get_ready().definitions,
            key=key, by=by, damage=damage, ask=self._asker, clock=self._clock,
        )  # fmt: skip
        page.restored.connect(self._restored)
        page.rescued.connect(self._rescued)
        page.cancelled.connect(self.start)
        self._show(page)
        return page

    def _restore_from_window(self, backup: Path) -> None:
        """Close the office, then show what the backup holds."""
        workspace = self.workspace
        if workspace is None or self.page is None or not self.page.close():
            return
        key, by = workspace.database.key, workspace.person.id
        self.workspace = None
        self.page.deleteLater()
        self.page = None
        workspace.close()
        self.show_restore(key, by).look_into(backup)

    def _restored(self, done: Restored) -> None:
        self.start()
        kept = tr("What was there before is kept in “{folder}”.").format(folder=done.replaced)
        self._ask().message(
            self.page, tr("The backup was restored"), kept if done.replaced else "", "done"
        )

    def _rescued(self, done: Rescued) -> None:
        self.start()
        self._ask().message(self.page, tr("The data were brought back"), rescue_words(done), "done")

    def _choose_folder(self) -> None:
        title = tr("Folder of the office's data")
        chosen = self._ask().save_dir(self.page, title, self._paths.data)
        if chosen is None:
            return
        self._paths = Paths.from_arguments(chosen)
        try:
            self.start()
        except UserError as error:
            self.say(error)

    def _ask(self) -> Asker:
        from desktop.widget.ask import Ask

        return self._asker or Ask()

    def put_away(self) -> None:
        """End the jobs, then the window, then the office: each still uses the next."""
        if self._preload is not None:
            self._preload.wait()
        if self._jobs is not None:
            self._jobs.close()
        if self.lock is not None:
            self.lock.put_away()
            self.lock = None
        if self.page is not None:
            # Left to the end of the process, widgets would be told of events by modules that are
            # gone already.
            delete(self.page)
            self.page = None
        if self.workspace is not None:
            self.workspace.close()
            self.workspace = None


def rescue_words(done: Rescued) -> str:
    """What came back, and what to look after."""
    from desktop.base.vietnamese_dates import format_date  # the first page does without

    if done.base is None:
        parts = [tr("There was no backup: everything was made anew from the damaged file.")]
    else:
        moment = format_date(done.base.at)
        parts = [tr("Begun with the backup of {moment}.").format(moment=moment)]
    parts.append(
        tr("{changes} changes were made again, {records} records taken as they stood.").format(
            changes=done.changes, records=done.records
        )
    )
    if done.gaps:
        parts.append(tr("Some pages could not be read: check what was entered last."))
    parts.append(tr("The damaged file is kept in “{folder}”.").format(folder=done.aside))
    return " ".join(parts)


def _change_person(program: Program, person: folder.Person, key: bytes) -> None:
    """Put the locked window away without a question: its drafts are on the disk."""
    from desktop.widget.main_window import MainWindow

    lock, window, workspace = program.lock, program.page, program.workspace
    if lock is None or not isinstance(window, MainWindow) or workspace is None:
        return
    sign_in, lock.page = lock.page, None
    window.leaves_quietly = True
    window.close()
    window.deleteLater()
    program.page, program.workspace, program.lock = sign_in, None, None
    workspace.close()
    program._open(person, key)


class _AfterPaint(QObject):
    """Calls a function once, when a page has been painted for the first time."""

    def __init__(self, page: QWidget, call: Callable[[], object]) -> None:
        super().__init__(page)
        self._call = call
        page.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self._call)
        return False
