"""Every input and part in every state, light and dark, at three scales: nothing is cut."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from desktop.base.paths import bundled_root
from desktop.widget import theme
from tests.widget.gallery import SCENES, gone, show
from tests.widget.gallery_cards import SCREEN
from tests.widget.gallery_checks import cut_words, overlapping

OUT = bundled_root() / "out" / "gallery"


@pytest.mark.parametrize("look", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
@pytest.mark.parametrize("scene", SCENES, ids=[scene[0] for scene in SCENES])
def test_nothing_is_cut_or_covered(qapp: QApplication, scene, look: theme.Theme) -> None:
    window = show(qapp, scene, look)
    try:
        assert cut_words(window) == []
        assert overlapping(window) == []
        picture = window.grab()
        OUT.mkdir(parents=True, exist_ok=True)
        tone = "dark" if look.is_dark else "light"
        assert picture.save(str(OUT / f"{scene[0]}-{tone}-1.png"))
        if window.objectName():
            assert (picture.width(), picture.height()) == SCREEN
        if scene[0] in ("client", "home"):
            assert picture.toImage().pixelColor(700, 2).name() == look.panel
    finally:
        gone(window)


@pytest.mark.parametrize("scale", ["1.25", "1.5"])
def test_nothing_is_cut_on_a_scaled_screen(scale: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.widget.gallery", OUT],
        cwd=bundled_root(),
        env=os.environ | {"QT_SCALE_FACTOR": scale},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""
    assert len(list(OUT.glob(f"*-{scale}.png"))) == 2 * len(SCENES)
