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
