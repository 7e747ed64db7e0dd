"""Help topics are read, found by words without accents, and belong to pages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from desktop.base.paths import Paths
from desktop.service.help_topics import HelpTopic, read_topic, topic_for_page, topics

SHIPPED = topics(Paths.from_arguments(Path("nowhere")))


def write(folder: Path, text: str) -> HelpTopic:
    path = folder / "07-papers.md"
    path.write_text(text, encoding="utf-8")
    return read_topic(path)


def test_a_topic_says_its_title_pages_and_words(tmp_path: Path) -> None:
    topic = write(tmp_path, "pages: home, register.client\nwords: thẻ\n\n# Giấy tờ\n\nMột: hai.\n")
    assert topic == HelpTopic("papers", "Giấy tờ", "Một: hai.", ("home", "register.client"), "thẻ")


def test_a_topic_without_a_title_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"07-papers\.md"):
        write(tmp_path, "Không có gì.\n")


@pytest.mark.parametrize("wanted", ["giay", "THẺ", "mot gi", "hai"])
def test_it_is_found_by_the_beginning_of_words(tmp_path: Path, wanted: str) -> None:
    topic = write(tmp_path, "words: thẻ\n\n# Giấy tờ\n\nMột hai.\n")
    assert topic.holds(wanted)
    assert not topic.holds(f"{wanted} ba")
    assert not topic.holds("ay")


def test_a_page_has_its_own_topic_before_that_of_its_kind() -> None:
    found = (
        HelpTopic("first", "A", ""),
        HelpTopic("any", "B", "", ("register",)),
        HelpTopic("people", "C", "", ("register.client",)),
    )
    assert topic_for_page(found, "register.client").key == "people"
    assert topic_for_page(found, "register.worker").key == "any"
    assert topic_for_page(found, "home").key == "first"


def test_every_topic_has_words_and_leads_somewhere() -> None:
    keys = [one.key for one in SHIPPED]
    assert len(set(keys)) == len(keys) >= 12
    for topic in SHIPPED:
        assert len(topic.text) > 200, topic.key
        for link in re.findall(r"\]\(([^)]+)\)", topic.text):
            assert link in keys, (topic.key, link)
