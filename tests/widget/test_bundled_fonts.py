"""The bundled fonts are what build/fonts.py makes of the published ones."""

from __future__ import annotations

import subprocess
import sys

from desktop.base.paths import bundled_root


def test_the_fonts_have_the_line_that_their_letters_need() -> None:
    script = bundled_root() / "build" / "fonts.py"
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")
