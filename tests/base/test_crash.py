"""The crash report says where it happened, and nothing about anybody."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from desktop.base.crash import KEPT, report_text, write_report
from desktop.base.paths import Paths

AT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
PRIVATE = "Nguyễn Thị Hoà 035148000123"


def failing() -> BaseException:
    try:
        try:
            int(PRIVATE)
        except ValueError as error:
            raise KeyError(PRIVATE) from error
    except KeyError as error:
        return error


def test_types_and_places_are_in_it_and_no_value() -> None:
    text = report_text(failing(), ["09:29 INFO desktop: 3 records saved"], "0.1.0", AT)
    assert "KeyError" in text
    assert "ValueError" in text
    assert "tests/base/test_crash.py:" in text
    assert "in failing" in text
    assert "3 records saved" in text
    assert "2026-11-23 09:30:00 +0000" in text
    for word in PRIVATE.split():
        assert word not in text


def test_no_path_of_a_person_is_in_it(tmp_path: Path) -> None:
    text = report_text(failing(), [], "0.1.0", AT)
    assert str(Path.home()) not in text
    assert str(Paths.from_arguments().forms.parent) not in text


def test_a_ring_of_causes_ends() -> None:
    first, second = ValueError(), KeyError()
    first.__cause__, second.__cause__ = second, first
    assert report_text(first, [], "0", AT).count("ValueError") == 1


def test_it_is_kept_and_the_oldest_go(tmp_path: Path) -> None:
    for minute in range(KEPT + 3):
        path = write_report(tmp_path / "logs", "x\n", AT.replace(minute=minute))
        assert path is not None
        assert path.read_text(encoding="utf-8") == "x\n"
    left = sorted(one.name for one in (tmp_path / "logs").iterdir())
    assert len(left) == KEPT
    assert left[0] == "su-co-20261123-090300.txt"


def test_where_nothing_can_be_written_nothing_is_raised(tmp_path: Path) -> None:
    (tmp_path / "logs").write_text("a file")
    assert write_report(tmp_path / "logs", "x\n", AT) is None
