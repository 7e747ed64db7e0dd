"""Pictures of every page, of a sample office on its last day: docs/screens/NAME.png, 1366 × 768.

NAME alone is light at 100 %; NAME-dark, NAME-125 and NAME-150 are what they say. Each scale and
theme is a process of its own, since Qt takes the scale once. What is taken: `scenes.py`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from tree import ROOT

sys.path.insert(0, str(ROOT))

import scenes
from desktop.widget import theme
from studio import HEIGHT, WIDTH, Studio

SCREENS = ROOT / "docs" / "screens"
COLOURS = 256
VARIANTS = {
    "": ("1", ""),
    "dark": ("1", ""),
    "150": ("1.5", ""),
    "125": ("1.25", "home client B01"),
}
"""Ending of the name → scale, and words one of which the name must hold (empty: every page)."""


def main(arguments: list[str]) -> int:
    """Make every picture anew; `--variant` is what the process of one variant is started with."""
    if arguments[:1] == ["--variant"]:
        take_all(arguments[1])
        return 0
    if arguments:
        print("shots.py takes no arguments")
        return 2
    SCREENS.mkdir(parents=True, exist_ok=True)
    for old in SCREENS.glob("*.png"):
        old.unlink()
    for variant, (scale, _) in VARIANTS.items():
        done = subprocess.run(
            [sys.executable, __file__, "--variant", variant],
            check=False,
            env=os.environ | {"QT_SCALE_FACTOR": scale, "QT_QPA_PLATFORM": "offscreen"},
        )
        if done.returncode != 0:
            return done.returncode
    print(f"{len(list(SCREENS.glob('*.png')))} pictures in {SCREENS}")
    return 0


def take_all(variant: str) -> None:
    """Every picture of one variant."""
    # Always the same folder, because pages show it.
    folder = Path(tempfile.gettempdir()) / "so-ctxh"
    scale, words = VARIANTS[variant]
    try:
        studio = Studio(folder, float(scale), theme.DARK if variant == "dark" else theme.LIGHT)
        for name, page in scenes.before_the_office(studio):
            take(studio, name, variant, words, page)
        with studio.window() as window:
            for name, page in scenes.every_page(studio, window):
                take(studio, name, variant, words, page)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


class Studio:
    """One application, one sample office."""

    def __init__(self, folder: Path, scale: str) -> None:
        self._app = QApplication([])
        self._app.setCursorFlashTime(0)
        self._folder = folder
        self._scale = float(scale)
        self._paths = Paths.from_arguments(folder / "SoCTXH")
        self._definitions: Definitions = load_definitions(self._paths.forms)
        translate.install("vi", self._paths.translations)
        translate_qt(self._app, self._paths)
        theme.apply(self._app, theme.LIGHT)

    # What is taken

    def before_the_office(self) -> None:
        """Sign-in and the first start."""
        page = SignInPage("SoCTXH", [("1", "Đỗ Thị Ngọc Ánh")])
        self._show(page)
        self._take("sign-in", page)
        self._put_away(page)
        jobs = Jobs()
        clock = FixedClock(sample_day(self._paths, SAMPLE))
        first = FirstRunPage(self._paths, jobs, self._definitions, clock=clock)
        self._show(first)
        self._take("first-run", first)
        row = next(one for one in first.findChildren(FieldRow) if one.field.name == "unit")
        row.take_text("XA.13366.20250701")
        first.make_office()
        self._take("first-run-refused", first)
        self._put_away(first)
        jobs.close()

    def every_page(self) -> None:
        """Home, every register with a record open, the check, the report with its panels."""
        with self._window() as window:
            self._page(window, "home", "home")
            for key in window.pages.page_keys():
                if key.startswith(REGISTER):
                    self._register(window, key)
            self._page(window, "check", "check")
            report = self._report_page(window)
            for view in [*self._sheet_codes(window), SETTINGS, EARLIER, EXPORT]:
                report.show_view(view)
                self._take(f"report-{view}", window)
            window.context.settings.set(kept.EXPORT_FOLDER, str(self._folder / "bao-cao"))
            report.export.show_folder()
            report.export.export()
            self._wait(window, lambda: report.export.done is not None)
            self._take("report-exported", window)

    def in_the_dark(self) -> None:
        """The dark theme."""
        theme.apply(self._app, theme.DARK)
        with self._window() as window:
            self._page(window, "home", "home-dark")
            self._register(window, f"{REGISTER}client", "-dark")
            report = self._report_page(window)
            report.show_view("B05")
            self._take("report-B05-dark", window)
        theme.apply(self._app, theme.LIGHT)

    def larger(self) -> None:
        """At 125 %, on the same screen."""
        with self._window() as window:
            self._page(window, "home", "home-125")
            self._register(window, f"{REGISTER}client", "-125")
            report = self._report_page(window)
            report.show_view("B01")
            self._take("report-B01-125", window)

    # How it is taken

    @contextmanager
    def _window(self) -> Iterator[MainWindow]:
        day = sample_day(self._paths, SAMPLE)
        clock = FixedClock(datetime(day.year, day.month, day.day, 16, 30))
        data = self._folder / f"office-{len(list(self._folder.glob('office-*')))}"
        workspace: Workspace = open_sample(
            Paths.from_arguments(data), SAMPLE, clock=clock, definitions=self._definitions
        )
        jobs = Jobs()
        window = make_main_window(workspace, jobs)
        self._show(window)
        yield window
        self._wait(window)
        jobs.close()
        self._put_away(window)
        workspace.close()

    def _show(self, page: QWidget) -> None:
        page.setFixedSize(round(WIDTH / self._scale), round(HEIGHT / self._scale))
        page.show()
        page.activateWindow()
        self._settle()

    def _page(self, window: MainWindow, key: str, name: str) -> None:
        window.open_page(key)
        self._wait(window)
        self._take(name, window)

    def _register(self, window: MainWindow, key: str, suffix: str = "") -> None:
        window.open_page(key)
        page = window.pages.register_page(key.removeprefix(REGISTER))
        if page.list.rows.count:
            page.open_record(page.list.rows.ids[0], enter=False)
        self._wait(window)
        self._take(f"{key.replace('.', '-')}{suffix}", window)
        page.form.clear()

    def _report_page(self, window: MainWindow) -> ReportPage:
        window.open_page("report")
        self._wait(window)
        page = window.pages.page("report")
        if not isinstance(page, ReportPage):
            raise TypeError(page)
        return page

    def _sheet_codes(self, window: MainWindow) -> list[str]:
        reporting = window.context.workspace.reporting
        return [sheet.code for sheet in reporting.reports.sheets]

    def _wait(self, window: MainWindow, until: Callable[[], bool] = lambda: True) -> None:
        """Until no job runs and nothing is left to paint."""
        self._settle()
        end = time.monotonic() + LONGEST_WAIT
        while window.context.jobs.is_busy() or window.counts.is_counting() or not until():
            if time.monotonic() > end:
                raise TimeoutError("the window never came to rest")
            self._settle()
        self._settle(0.5)

    def _settle(self, seconds: float = 0.1) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self._app.processEvents()
            time.sleep(0.005)

    def _take(self, name: str, page: QWidget) -> None:
        self._settle()
        picture = page.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
        size = (picture.width(), picture.height())
        if max(abs(size[0] - WIDTH), abs(size[1] - HEIGHT)) > 2:
            raise ValueError(f"{name} does not fit the screen: {size[0]} × {size[1]}")
        colours = palette(Counter(_pixels(picture)))
        flags = Qt.ImageConversionFlag.ThresholdDither | Qt.ImageConversionFlag.AvoidDither
        small = picture.convertToFormat(QImage.Format.Format_Indexed8, colours, flags)
        small.save(str(SCREENS / f"{name}.png"), quality=0)

    def _put_away(self, page: QWidget) -> None:
        page.close()
        page.deleteLater()
        self._app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
def take(studio: Studio, name: str, variant: str, words: str, page: QWidget) -> None:
    """One picture, if its name is wanted. Raises ValueError where a page is beyond the screen."""
    if words and not any(word in name for word in words.split()):
        return
    studio.settle()
    picture = page.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    if picture.width() > WIDTH + 2 or picture.height() > HEIGHT + 2:
        raise ValueError(f"{name} is beyond the screen: {picture.width()} × {picture.height()}")
    colours = palette(Counter(_pixels(picture)))
    flags = Qt.ImageConversionFlag.ThresholdDither | Qt.ImageConversionFlag.AvoidDither
    small = picture.convertToFormat(QImage.Format.Format_Indexed8, colours, flags)
    ending = f"-{variant}" if variant else ""
    small.save(str(SCREENS / f"{name}{ending}.png"), quality=0)


def palette(found: Counter[int]) -> list[int]:
    """At most 256 colours that are near every one found, the exact ones for what is frequent.

    Colours are put together by the first bits of red, green and blue, as many bits as fit: a sign
    in a colour of its own keeps it, however small it is.
    """
    frequent = [colour for colour, _ in found.most_common(COLOURS // 4)]
    for bits in range(5, 2, -1):
        mask = sum((0xFF00 >> bits & 0xFF) << shift for shift in (0, 8, 16))
        chosen: dict[int, int] = {}
        for colour, _ in found.most_common():
            chosen.setdefault(colour & mask, colour)
        colours = list(dict.fromkeys([*frequent, *chosen.values()]))
        if len(colours) <= COLOURS:
            break
    return colours[:COLOURS]


def _pixels(picture: QImage) -> memoryview:
    return memoryview(picture.constBits()).cast("I")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
