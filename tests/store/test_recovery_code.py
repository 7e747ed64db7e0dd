"""The recovery code as it is typed back, and wrong tries."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.base.errors import WrongPassword
from desktop.store.keys import Cost, KeyFile, new_person
from desktop.store.recovery_code import ALPHABET, groups, new_code, same_group, understood
from desktop.store.tries import LONGEST_SECONDS, Tries


def test_a_code_has_six_groups_of_signs_nobody_mixes_up() -> None:
    code = new_code()
    assert [len(group) for group in groups(code)] == [4] * 6
    assert not set(code) & set("ILOU")
    assert understood(code) == code
    assert new_code() != code


@pytest.mark.parametrize("write", [str.lower, lambda c: c.replace("-", ""),
                                   lambda c: c.replace("-", " "), lambda c: f" {c}\n"])  # fmt: skip
def test_it_is_understood_however_it_is_typed(write: object) -> None:
    code = new_code()
    assert understood(write(code)) == code  # type: ignore[operator]


def test_letters_that_look_like_others_are_read_as_them() -> None:
    assert same_group("o1l", "011")
    assert same_group("uv", "VV")


@pytest.mark.parametrize(("typed", "struck"), [("Đ7", "DD7"), ("â", "AA"), ("ế", "EES"),
                                               ("ạ", "AJ"), ("ă2", "AW2")])  # fmt: skip
def test_what_telex_made_of_two_letters_is_taken_back(typed: str, struck: str) -> None:
    assert same_group(typed, struck)


def test_any_one_sign_typed_wrongly_is_told_in_nearly_every_case() -> None:
    code = new_code()
    places = [place for place, sign in enumerate(code) if sign != "-"]
    slips = [
        code[:place] + other + code[place + 1 :]
        for place in places for other in ALPHABET if other != code[place]
    ]  # fmt: skip
    missed = sum(bool(understood(slip)) for slip in slips)
    assert missed < len(slips) / 100
    assert understood(code[:-1]) == understood("") == ""


CHEAP = Cost(memory_kib=64, passes=1, lanes=1)


def test_the_code_opens_the_same_data_and_an_older_one_does_not(tmp_path: Path) -> None:
    lan = new_person("Lan")
    key = KeyFile.create(tmp_path / "k.json", lan, "mật khẩu", CHEAP)
    file = KeyFile(tmp_path / "k.json", CHEAP)
    with pytest.raises(WrongPassword):
        file.unlock_by_code(new_code())
    first, second = new_code(), new_code()
    file.set_recovery(key, first)
    assert file.unlock_by_code(first) == key
    file.set_recovery(key, second)
    assert file.unlock_by_code(second) == key
    with pytest.raises(WrongPassword):
        file.unlock_by_code(first)
    file.change_password(lan.id, "mật khẩu", "khác")
    assert file.unlock_by_code(second) == key
    with pytest.raises(WrongPassword):
        file.unlock(lan.id, second)
    assert second.replace("-", "") not in file.path.read_text(encoding="utf-8").replace("-", "")


def test_a_key_derived_too_cheaply_is_derived_anew_at_the_next_sign_in(tmp_path: Path) -> None:
    lan = new_person("Lan")
    key = KeyFile.create(tmp_path / "k.json", lan, "mật khẩu", CHEAP)
    dearer = KeyFile(tmp_path / "k.json", Cost(memory_kib=128, passes=2, lanes=1))
    before = dearer.path.read_bytes()
    with pytest.raises(WrongPassword):
        dearer.unlock(lan.id, "sai")
    assert dearer.path.read_bytes() == before
    assert dearer.unlock(lan.id, "mật khẩu") == key
    assert b'"m": 128' in dearer.path.read_bytes()
    assert KeyFile(dearer.path, CHEAP).unlock(lan.id, "mật khẩu") == key
    assert b'"m": 128' in dearer.path.read_bytes()


def test_waits_double_and_end(tmp_path: Path) -> None:
    moment = [1000.0]
    tries = Tries(tmp_path / "lan-thu.json", now=lambda: moment[0])
    waits = []
    for _ in range(14):
        tries.failed("a")
        waits.append(tries.seconds_to_wait("a"))
    assert waits[:6] == [0, 0, 2, 4, 8, 16]
    assert waits[-1] == LONGEST_SECONDS
    assert tries.seconds_to_wait("b") == 0
    moment[0] += LONGEST_SECONDS
    assert tries.seconds_to_wait("a") == 0
    moment[0] -= 10_000_000
    assert tries.seconds_to_wait("a") <= LONGEST_SECONDS
    tries.succeeded("a")
    assert tries.seconds_to_wait("a") == 0


@pytest.mark.parametrize("content", [b"", b"[]", b'{"a": 3}', b'{"a": ["x", null]}', b"\xff"])
def test_a_damaged_file_of_tries_locks_nobody_out(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "lan-thu.json"
    path.write_bytes(content)
    tries = Tries(path)
    assert tries.seconds_to_wait("a") == 0
    tries.failed("a")
    assert tries.seconds_to_wait("a") == 0
