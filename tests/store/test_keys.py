"""The key file: people, passwords, and what a damaged one gets."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from desktop.base.errors import NotOurDatabase, ReadOnly, UserError, WrongPassword
from desktop.store.keys import Cost, KeyFile, new_person

CHEAP = Cost(memory_kib=64, passes=1, lanes=1)
LAN = new_person("Nguyễn Thị Lan")


def make(tmp_path: Path, password: str = "mật khẩu") -> tuple[KeyFile, bytes]:
    path = tmp_path / "office.key"
    key = KeyFile.create(path, LAN, password, CHEAP)
    return KeyFile(path, CHEAP), key


def test_the_password_gives_the_key_back(tmp_path: Path) -> None:
    file, key = make(tmp_path)
    assert len(key) == 32
    assert file.people() == [LAN]
    assert file.unlock(LAN.id, "mật khẩu") == key
    assert key.hex() not in file.path.read_text(encoding="utf-8")


def test_a_wrong_password_is_told_with_the_name(tmp_path: Path) -> None:
    file, _ = make(tmp_path)
    for wrong in ("mat khau", "", "mật khẩu "):
        with pytest.raises(WrongPassword, match="Nguyễn Thị Lan"):
            file.unlock(LAN.id, wrong)


def test_a_password_is_the_same_in_either_form_of_its_marks(tmp_path: Path) -> None:
    file, key = make(tmp_path, unicodedata.normalize("NFD", "mật khẩu"))
    assert file.unlock(LAN.id, unicodedata.normalize("NFC", "mật khẩu")) == key


def test_another_person_opens_the_same_data(tmp_path: Path) -> None:
    file, key = make(tmp_path)
    binh = new_person("Trần Văn Bình")
    file.add_person(key, binh, "khác")
    assert file.people() == [LAN, binh]
    assert file.unlock(binh.id, "khác") == key
    with pytest.raises(WrongPassword):
        file.unlock(binh.id, "mật khẩu")
    with pytest.raises(ValueError, match=binh.id):
        file.add_person(key, binh, "khác")


def test_a_changed_password_replaces_the_old_one_and_keeps_the_key(tmp_path: Path) -> None:
    file, key = make(tmp_path)
    with pytest.raises(WrongPassword):
        file.change_password(LAN.id, "sai", "mới")
    file.change_password(LAN.id, "mật khẩu", "mới")
    assert file.unlock(LAN.id, "mới") == key
    with pytest.raises(WrongPassword):
        file.unlock(LAN.id, "mật khẩu")


def test_one_persons_entry_does_not_open_for_another(tmp_path: Path) -> None:
    file, key = make(tmp_path)
    file.add_person(key, new_person("Bình"), "khác")
    content = json.loads(file.path.read_bytes())
    content["people"][0]["id"], content["people"][1]["id"] = "x", LAN.id
    file.path.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(WrongPassword):
        file.unlock(LAN.id, "khác")


def test_cost_is_kept_with_each_person(tmp_path: Path) -> None:
    file, key = make(tmp_path)
    dearer = KeyFile(file.path, Cost(memory_kib=128, passes=2, lanes=2))
    dearer.add_person(key, new_person("Bình"), "khác")
    costs = [(one["m"], one["t"], one["p"]) for one in json.loads(file.path.read_bytes())["people"]]
    assert costs == [(64, 1, 1), (128, 2, 2)]
    assert dearer.unlock(LAN.id, "mật khẩu") == key


def test_an_existing_key_file_is_never_overwritten(tmp_path: Path) -> None:
    file, key = make(tmp_path)
    with pytest.raises(UserError):
        KeyFile.create(file.path, new_person("Bình"), "khác", CHEAP)
    assert file.unlock(LAN.id, "mật khẩu") == key


def huge_memory(content: dict[str, Any]) -> None:
    content["people"][0]["m"] = 1 << 40


def half_a_pass(content: dict[str, Any]) -> None:
    content["people"][0]["t"] = 1.5


def short_key(content: dict[str, Any]) -> None:
    content["people"][0]["key"] = "AAAA"


def no_people(content: dict[str, Any]) -> None:
    del content["people"]


def not_base64(content: dict[str, Any]) -> None:
    content["people"][0]["salt"] = "mặn"


def newer(content: dict[str, Any]) -> None:
    content["format"] = 3


HARMS = [huge_memory, half_a_pass, short_key, no_people, not_base64, newer]


@pytest.mark.parametrize("harm", HARMS)
def test_a_harmed_file_is_told_in_words(
    tmp_path: Path, harm: Callable[[dict[str, Any]], None]
) -> None:
    file, _ = make(tmp_path)
    content = json.loads(file.path.read_bytes())
    harm(content)
    file.path.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(NotOurDatabase, match=r"office\.key"):
        file.people()


@pytest.mark.parametrize("content", [b"", b"[]", b"\xff\xfe", b'{"format": 1, "people": [3]}'])
def test_another_kind_of_file_is_told_in_words(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "office.key"
    path.write_bytes(content)
    with pytest.raises(NotOurDatabase):
        KeyFile(path).people()


def test_a_folder_that_may_only_be_read(tmp_path: Path, as_nobody: Callable[[], None]) -> None:
    as_nobody()
    with pytest.raises(ReadOnly):
        KeyFile.create(tmp_path / "office.key", LAN, "mật khẩu", CHEAP)
    assert list(tmp_path.iterdir()) == []
