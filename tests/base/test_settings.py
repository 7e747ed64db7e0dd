"""Settings survive damage, newer versions and wrong types."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.base.errors import UserError
from desktop.base.settings import Setting, Settings

DECLARED = [
    Setting("language", str, "vi"),
    Setting("font_size", int, 10),
    Setting("zoom", float, 1.0),
    Setting("dark", bool, False),
    Setting("recent", list, []),
]


def loaded(path: Path) -> Settings:
    settings = Settings(DECLARED, path)
    settings.load()
    return settings


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    settings = loaded(tmp_path / "settings.json")
    assert settings.get("language") == "vi"
    assert settings.damaged_copy is None
    assert not list(tmp_path.iterdir())


def test_what_was_set_is_there_next_time(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    settings = loaded(path)
    settings.set("language", "en")
    settings.set("zoom", 2)
    settings.set("recent", ["Đơn vị Hà Nam"])
    settings.save()
    again = loaded(path)
    assert again.get("language") == "en"
    assert again.get("zoom") == 2
    assert again.get("recent") == ["Đơn vị Hà Nam"]
    again.reset("language")
    again.save()
    assert loaded(path).get("language") == "vi"


def test_keys_of_a_newer_version_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"of_next_year": {"a": 1}, "language": "en"}', encoding="utf-8")
    settings = loaded(path)
    settings.set("dark", True)
    settings.save()
    assert '"of_next_year"' in path.read_text(encoding="utf-8")
    with pytest.raises(KeyError):
        settings.get("of_next_year")


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[1]", b"null", b"\xff\xfe\x00", b'{"a": ' * 100_000, b"\x00" * 100]
)
def test_a_damaged_file_is_kept_aside_and_defaults_hold(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(content)
    settings = loaded(path)
    assert settings.get("font_size") == 10
    assert settings.damaged_copy is not None
    assert settings.damaged_copy.read_bytes() == content
    settings.save()
    assert loaded(path).damaged_copy is None


@pytest.mark.parametrize("stored", ['"ten"', "true", "null", "1.5", "[]"])
def test_a_value_of_another_type_is_not_taken(tmp_path: Path, stored: str) -> None:
    path = tmp_path / "settings.json"
    path.write_text(f'{{"font_size": {stored}}}', encoding="utf-8")
    assert loaded(path).get("font_size") == 10


def test_a_wrong_type_or_name_is_a_bug_and_said_so(tmp_path: Path) -> None:
    settings = loaded(tmp_path / "settings.json")
    with pytest.raises(TypeError, match="font_size"):
        settings.set("font_size", "ten")
    with pytest.raises(TypeError, match="dark"):
        settings.set("dark", 1)
    with pytest.raises(KeyError):
        settings.set("unknown", 1)


def test_a_file_that_cannot_be_read_is_said_in_words(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.mkdir()
    with pytest.raises(UserError, match="là thư mục"):
        Settings(DECLARED, path).load()
