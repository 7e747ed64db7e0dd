"""UUIDv7: valid, and only growing, whatever the clock does."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.base.identity import IdMaker, continue_after, id_time, new_id


def test_an_id_is_a_uuid_of_version_7() -> None:
    made = UUID(new_id())
    assert made.version == 7
    assert made.variant == "specified in RFC 4122"
    assert len(new_id()) == 36


def test_an_id_tells_when_it_was_made() -> None:
    before = datetime.now(UTC)
    made = id_time(new_id())
    assert abs((made - before).total_seconds()) < 5
    maker = IdMaker(lambda: 1_750_000_000_123)
    assert id_time(maker.new_id()) == datetime.fromtimestamp(1_750_000_000.123, UTC)


@given(st.lists(st.integers(0, 2**47), min_size=1, max_size=200))
def test_ids_grow_while_the_clock_goes_back_and_forth(clock: list[int]) -> None:
    ticks = iter(clock)
    maker = IdMaker(lambda: next(ticks))
    made = [maker.new_id() for _ in clock]
    assert made == sorted(set(made))


def test_ids_grow_within_one_millisecond() -> None:
    maker = IdMaker(lambda: 1_750_000_000_000)
    made = [maker.new_id() for _ in range(10_000)]
    assert made == sorted(set(made))
    assert id_time(made[-1]) > id_time(made[0])


def test_ids_go_on_after_the_newest_known_one() -> None:
    newest = IdMaker(lambda: 2_000_000_000_000).new_id()
    maker = IdMaker(lambda: 1_750_000_000_000)
    maker.continue_after(newest)
    assert maker.new_id() > newest
    older = IdMaker(lambda: 1_000).new_id()
    maker.continue_after(older)
    assert maker.new_id() > newest
    continue_after(older)
    assert new_id() > older


def test_threads_never_get_the_same_id() -> None:
    made: list[list[str]] = [[] for _ in range(4)]

    def work(own: list[str]) -> None:
        own.extend(new_id() for _ in range(2_000))

    threads = [threading.Thread(target=work, args=(own,)) for own in made]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(own == sorted(own) for own in made)
    assert len(set().union(*made)) == 8_000


@pytest.mark.parametrize(
    "text", ["", "x", "7f1c2d3e-0000-4000-8000-000000000000", "0197000000007000800000000000000f"]
)
def test_what_is_no_id_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="UUID"):
        id_time(text)
