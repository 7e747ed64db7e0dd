"""Changes of many records: carried out on another thread, told on the window's, and taken back."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt

from desktop.service.beside import AT_ONCE
from desktop.service.merging import Merge
from desktop.service.saving import Saving
from desktop.service.workspace import Workspace
from desktop.store import records
from desktop.store.driver import Stored
from desktop.store.records import StoredRecord
from tests.flows.screen import PATIENCE_MS, Screen
from tests.offices import OfficeMaker, saved
from tests.service.test_merging import HOA, NOW, WHY
from tests.widget.keyboard import CTRL, key

LEAD_THERE = AT_ONCE + 5


@pytest.fixture
def workspace(offices: OfficeMaker) -> Iterator[Workspace]:
    made = offices.open()
    yield made
    made.close()


@pytest.fixture
def screen(workspace: Workspace, show: Callable[[Workspace], Screen]) -> Screen:
    return show(workspace)


def two_of_one_person(workspace: Workspace) -> tuple[str, str]:
    """The second has been asked about often."""
    first = saved(workspace, "client", HOA, reason=WHY)
    second = saved(workspace, "client", HOA | {"phone": "0912345678"}, reason=WHY)
    with workspace.database.transaction() as connection:
        for number in range(LEAD_THERE):
            values: dict[str, Stored] = {"client": second, "received_at": "2026-01-08T09:00"}
            intake = StoredRecord(register="intake", id=f"i{number}", values=values)
            records.write(connection, workspace.forms, intake, now=NOW, by="P")
    return first, second


def noting(monkeypatch: pytest.MonkeyPatch, kind: type, name: str) -> list[int]:
    """Threads a method is called on, which does what it always does."""
    seen: list[int] = []
    real = getattr(kind, name)

    def called(*given: object, **more: object) -> object:
        seen.append(threading.get_ident())
        return real(*given, **more)

    monkeypatch.setattr(kind, name, called)
    return seen


def led_to(workspace: Workspace, id: str) -> int:
    sql = "SELECT count(*) FROM main.intake WHERE client = ?"
    return int(workspace.reader.execute(sql, (id,)).fetchone()[0])


def wait_until_led(screen: Screen, id: str, count: int) -> None:
    screen.qtbot.waitUntil(lambda: led_to(screen.workspace, id) == count, timeout=PATIENCE_MS)


def test_a_merge_and_its_undo_leave_the_window_free(
    workspace: Workspace, screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = two_of_one_person(workspace)
    here = threading.get_ident()
    merged = noting(monkeypatch, Merge, "run")
    undone = noting(monkeypatch, Saving, "undo")
    done_again = noting(monkeypatch, Saving, "redo")
    told: list[int] = []
    workspace.changed.connect(lambda _: told.append(threading.get_ident()))
    assert screen.window.open_record("client", second)
    form = screen.form("client")
    draft = form.draft
    assert draft is not None
    form.saving.look_alikes.look(draft)
    box = form.saving.look_alikes.box
    assert box is not None
    screen.qtbot.waitUntil(box.isActiveWindow)
    key(Qt.Key.Key_3)
    key(Qt.Key.Key_Return, CTRL)
    key(Qt.Key.Key_Return, CTRL)
    wait_until_led(screen, first, LEAD_THERE)
    screen.qtbot.waitUntil(lambda: told == [here], timeout=PATIENCE_MS)
    assert len(merged) == 1
    assert merged != [here]
    screen.qtbot.waitUntil(screen.window.isActiveWindow)
    assert form.draft is not None
    assert form.draft.id == first
    for turn, count in ((Qt.Key.Key_Z, 0), (Qt.Key.Key_Y, LEAD_THERE)):
        key(turn, CTRL)
        wait_until_led(screen, first, count)
        screen.qtbot.waitUntil(
            lambda: (
                screen.window.said().endswith("Gộp: Nguyễn Thị Hoà")
                and not screen.window.taking_back.is_running()
            ),
            timeout=PATIENCE_MS,
        )
    assert len(undone) == len(done_again) == 1
    assert here not in (*undone, *done_again)
    assert set(told) == {here}


def test_a_merge_that_is_stopped_changes_nothing(workspace: Workspace, screen: Screen) -> None:
    first, second = two_of_one_person(workspace)
    assert screen.window.open_record("client", second)
    form = screen.form("client")
    assert form.draft is not None
    form.saving.look_alikes.look(form.draft)
    box = form.saving.look_alikes.box
    assert box is not None
    screen.qtbot.waitUntil(box.isActiveWindow)
    key(Qt.Key.Key_3)
    with workspace.database.transaction():  # the merge has to wait for this one
        key(Qt.Key.Key_Return, CTRL)
        assert box.cover.is_running()
        key(Qt.Key.Key_Escape)
    screen.qtbot.waitUntil(lambda: not box.cover.is_running(), timeout=PATIENCE_MS)
    assert (led_to(workspace, first), led_to(workspace, second)) == (0, LEAD_THERE)
    assert box.isVisible()
    key(Qt.Key.Key_Escape)
    key(Qt.Key.Key_Escape)
