"""What keeping a draft costs the window: handing it over as a field is left.

Measured while somebody else holds the database for writing, as a long import does: nothing typed
may wait for that. Run as a script it is its own measured process: `bench_drafts.py OFFICE`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from bench_offices import Offices, percentile_95
from machine import ROOT

sys.path.insert(0, str(ROOT))

if TYPE_CHECKING:
    from desktop.widget.draft_keeping import DraftKeeping
    from desktop.widget.main_window import MainWindow

ROUNDS, FIELDS = 5, 40
TEXTS = ("Trần Thị Hoa", "1948", "0912345678", "gặp ở trạm y tế phường")


def wait(offices: Offices) -> float:
    """95th percentile of milliseconds the window waits at a field left, in the quietest of some
    rounds: whatever else the machine does can only add to it."""
    office = offices.copy(offices.small(), "drafts")
    command = [sys.executable, __file__, str(office)]
    settings = {"PYTHONUTF8": "1", "QT_QPA_PLATFORM": "offscreen"} | os.environ
    done = subprocess.run(
        command, check=False, cwd=ROOT, capture_output=True, text=True, encoding="utf-8",
        env=settings, timeout=600,
    )  # fmt: skip
    if done.returncode != 0:
        raise RuntimeError(f"{done.stdout}\n{done.stderr}")
    found = json.loads(done.stdout.splitlines()[-1])
    rounds = [found[begun : begun + FIELDS] for begun in range(0, ROUNDS * FIELDS, FIELDS)]
    return 1000 * min(percentile_95(one) for one in rounds)


def main(office: str) -> None:
    """Key fields of new clients, one after another; the seconds of each hand-over."""
    from bench_window_tasks import _open_window, _press, settle
    from desktop.widget.draft_keeping import DraftKeeping

    found: list[float] = []
    measure(DraftKeeping, found)
    app, window = _open_window(office)
    form = window.pages.register_page("client").form
    busy = window.context.workspace.database.another()
    with busy.transaction():
        while len(found) < ROUNDS * FIELDS:
            begin(window)
            for place in range(len(form.walk.stops()) - 1):
                editor = app.focusWidget()
                if editor is None:
                    raise RuntimeError("no field has the focus")
                for char in TEXTS[place % len(TEXTS)]:
                    _press(editor, ord(char.upper()) if char.isascii() else 0, char)
                _press(editor, 0x01000001, "")  # Tab
                settle(app)
        if not window.context.workspace.drafts.wait():
            raise RuntimeError("drafts did not come to the disk")
    print(json.dumps(found), flush=True)
    os._exit(0)


def begin(window: MainWindow) -> None:
    """A new client; the one before is left as a draft."""
    page = window.pages.register_page("client")
    page.form.keeping.leave()
    page._on_show.begin({})


def measure(keeping: type[DraftKeeping], found: list[float]) -> None:
    """Note how long each hand-over takes; calls with nothing new are not counted."""
    plain = keeping.keep

    def keep(self: DraftKeeping) -> None:
        state = self._sections.state
        before = state.kept if state is not None else None
        begun = time.perf_counter()
        plain(self)
        taken = time.perf_counter() - begun
        if state is not None and state.kept is not None and state.kept is not before:
            found.append(taken)

    keeping.keep = keep  # type: ignore[method-assign]


if __name__ == "__main__":
    main(str(Path(sys.argv[1])))
