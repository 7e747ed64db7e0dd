"""The log keeps what happened and forgets what was typed."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.base import log

logger = logging.getLogger("desktop.tests.log")


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    yield
    log.shut_down()


def read(folder: Path) -> str:
    return (folder / log.FILE_NAME).read_text(encoding="utf-8")


def test_lines_go_to_the_file_and_stay_in_memory(tmp_path: Path) -> None:
    recent = log.set_up(tmp_path / "logs")
    logger.info("mở cơ sở dữ liệu")
    logger.debug("not at this level")
    assert read(tmp_path / "logs").count("\n") == 1
    assert recent.lines()[-1].endswith("INFO desktop.tests.log: mở cơ sở dữ liệu")


def test_the_value_in_an_exception_is_not_logged(tmp_path: Path) -> None:
    recent = log.set_up(tmp_path)
    try:
        try:
            dict[str, str]()["Nguyễn Thị Hoà"]
        except KeyError as error:
            raise ValueError("035148000123") from error
    except ValueError:
        logger.exception("saving failed")
    text = "\n".join(recent.lines())
    assert text == read(tmp_path).rstrip("\n")
    assert "saving failed" in text
    assert "ValueError" in text
    assert "KeyError" in text
    assert "test_log.py" in text
    assert "Hoà" not in text
    assert "035148000123" not in text


def test_errors_of_the_system_keep_their_number() -> None:
    assert log.describe_exception(PermissionError(13, "x", "secret")) == "PermissionError errno 13"


def test_only_the_last_lines_stay_in_memory() -> None:
    recent = log.set_up(None)
    for number in range(log.LINES_KEPT + 5):
        logger.info("line %d", number)
    assert len(recent.lines()) == log.LINES_KEPT
    assert recent.lines()[0].endswith("line 5")


def test_a_folder_that_cannot_be_written_never_stops_the_program(tmp_path: Path) -> None:
    (tmp_path / "logs").write_text("a file in the way", encoding="utf-8")
    recent = log.set_up(tmp_path / "logs")
    logger.warning("still here")
    assert recent.lines()[-1].endswith("still here")


def test_setting_up_again_writes_every_line_once(tmp_path: Path) -> None:
    log.set_up(tmp_path)
    log.set_up(tmp_path)
    logger.info("once")
    assert read(tmp_path).count("once") == 1


def test_a_broken_text_does_not_break_the_log(tmp_path: Path) -> None:
    log.set_up(tmp_path)
    logger.info("half a sign: \ud800")
    assert "\\ud800" in read(tmp_path)
