"""A whole paper form, keyed without the mouse and without a dialog, and what is stored then."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from desktop.service.workspace import Workspace
from tests.bench.keyer import Keyer, put_before, read_paper
from tests.flows.screen import Screen, problems_of
from tests.offices import OfficeMaker
from tests.widget.scripted_ask import ScriptedAsk

BAR = 1.2
"""Keys other than those that type a value, for each filled field."""


@pytest.fixture
def workspace(offices: OfficeMaker) -> Iterator[Workspace]:
    made = offices.open()
    put_before(made, read_paper())
    yield made
    made.close()


def test_the_reference_client_is_keyed_and_stored_as_on_paper(
    workspace: Workspace, show: Callable[[Workspace], Screen], ask: ScriptedAsk
) -> None:
    screen = show(workspace)
    screen.window.open_page("register.client")
    paper = read_paper()
    keyer = Keyer(screen.window)
    keyer.key_client(paper)
    form = screen.form("client")
    assert form.draft is not None
    assert not form.is_dirty
    assert problems_of(form) == []
    stored = paper["stored"]
    client = workspace.read("client", form.draft.id)
    assert only(client.values, stored["client"]) == stored["client"]
    for child in ("client_category", "disability", "benefit"):
        rows = [only(row, stored[child][n]) for n, row in enumerate(client.children[child])]
        assert rows == stored[child]
    service = screen.form("service_event").draft
    assert service is not None
    values = workspace.read("service_event", service.id).values
    assert only(values, stored["service_event"]) == stored["service_event"]
    assert values["client"] == client.id
    titles = workspace.lookups.title
    assert titles("hamlet", str(client.values["hamlet"])).startswith("Tổ dân phố Thịnh Đại")
    assert titles("worker", str(values["provider_worker"])).startswith("Nguyễn Thị Thu Hà")
    assert QApplication.activeModalWidget() is None
    assert ask.is_done(), "nothing was asked"
    count = keyer.count
    assert len(count.filled) == typed_on([paper["client"], paper["service"]])
    assert count.keys_per_field <= BAR, (len(count.filled), count.others)


def only(found: Any, wanted: dict[str, Any]) -> dict[str, Any]:
    """The values of the columns that are compared."""
    return {name: found[name] for name in wanted}


def typed_on(part: Any) -> int:
    """Answers on the paper, counted without looking at any form."""
    if isinstance(part, str):
        return 1
    inner = part if isinstance(part, list) else [part[name] for name in part if name != "title"]
    return sum(typed_on(one) for one in inner)
