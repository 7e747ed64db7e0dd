"""The sign-in page loads what it shows and nothing else: it is the first thing waited for."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from desktop.base.paths import bundled_root
from desktop.store.keys import Cost, KeyFile, new_person

HEAVY = (
    "sqlcipher3",
    "cryptography",
    "argon2",
    "openpyxl",
    "PySide6.QtSvg",
    "desktop.store.database",
    "desktop.schema.loader",
    "desktop.widget.inputs.choice",
    "desktop.widget.parts.card",
)
PROGRAM = """
import sys
from desktop import app
from desktop.widget.sign_in import SignInPage

def paint(page, event):
    heavy = [name for name in sys.argv[2:] if name in sys.modules]
    print("loaded:", *heavy)
    sys.stdout.flush()
    import os
    os._exit(0)

SignInPage.paintEvent = paint
app.main(["--data", sys.argv[1]])
"""


def test_nothing_heavy_is_loaded_before_the_first_paint(tmp_path: Path) -> None:
    quick = Cost(memory_kib=64, passes=1, lanes=1)
    KeyFile.create(tmp_path / "khoa.json", new_person("Nguyễn Thị Hoà"), "mật khẩu 1", quick)
    (tmp_path / "so-ctxh.db").write_bytes(b"never read before the password")
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(tmp_path), *HEAVY],
        check=True,
        capture_output=True,
        text=True,
        cwd=bundled_root(),
        timeout=60,
    )
    assert done.stdout.split() == ["loaded:"], done.stdout
