"""The scripts that check the project are checked themselves: each finds what it is for."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import house_rules
import machine
import sizes
import steps
import translations

HOST = ".".join(("pypi", "org"))
UNDONE = "TO" + "DO"


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        ("a.lock", f"x\nurl = https://{HOST}/simple\n", "a.lock:2: names the host"),
        ("a.md", "see /wo" + "rk/main/x\n", "a.md:1: names a folder"),
        ("a.py", 'open("../sha' + 'red/design")\n', "a.py:1: leans on a folder outside"),
        ("a.py", f"x = 1  # {UNDONE} later\n", "a.py:1: leaves something undone"),
        ("a.py", "@pytest.mark." + "skip\n", "a.py:1: skips a test"),
        ("a.py", "<<<<<<< ours\n", "a.py:1: holds an unfinished merge"),
    ],
)
def test_house_rules_find(name: str, text: str, why: str) -> None:
    (fault,) = house_rules.faults_in(name, text)
    assert fault.startswith(why)


def test_house_rules_let_ordinary_text_be() -> None:
    text = "out/work, $HOME/x, shared/room, a todo list, https://example.org/work/x\n"
    assert house_rules.faults_in("a.py", text) == []


def function_of(lines: int, heading: str = "def f():") -> str:
    return "\n".join([heading, *["    x = 1"] * (lines - 1)])


def judged(*functions: str) -> list[str]:
    text = "\n".join(functions)
    return sizes.function_faults(sizes.measured("a.py", ast.parse(text), text.splitlines()))


def test_sizes_find_long_functions_but_not_tables() -> None:
    short = [function_of(5)] * 20
    assert judged(*short, function_of(60)) == []
    assert judged(*short, function_of(61)) == ["a.py:101 f: 61 lines, at most 60"]
    assert judged(*short, function_of(61, "def f():  # table: a straight list")) == []


def test_sizes_want_nine_functions_in_ten_to_be_short() -> None:
    assert judged(*[function_of(30)] * 9, function_of(31)) == []
    assert judged(*[function_of(30)] * 8, *[function_of(31)] * 2)[0].startswith("Only 80.0%")


def test_sizes_find_long_files_empty_names_and_crowded_classes() -> None:
    assert sizes.file_faults("a.py", "x\n" * 500) == []
    assert len(sizes.file_faults("text_utils.py", "x\n" * 501)) == 2
    methods = "\n".join(f"    def m{number}(self): ..." for number in range(21))
    assert len(sizes.class_faults("a.py", ast.parse(f"class A:\n{methods}"))) == 1


PO = """
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\n"

msgid "Save"
msgstr "Lưu"

msgid "{count} rows"
msgstr "{n} dòng"

msgid "Close"
msgstr ""

msgid "Gone"
msgstr "Đã bỏ"
"""


@pytest.fixture
def catalogues(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of catalogues with one of each fault."""
    folder = tmp_path / "vi" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "so_ctxh.po").write_text(PO, encoding="utf-8")
    monkeypatch.setattr(translations, "ROOT", tmp_path)
    monkeypatch.setattr(translations, "FOLDER", tmp_path)
    monkeypatch.setattr(translations, "CATALOGUES", folder)
    monkeypatch.setattr(translations, "MAIN_CATALOGUE", folder / "so_ctxh.po")
    return folder


TEXTS: translations.Texts = {
    text: (text,) for text in ("Save", "{count} rows", "Close", "New in the code")
}


def test_translations_find_what_is_missing_wrong_or_left_over(catalogues: Path) -> None:
    assert sorted(translations.catalogue_faults(TEXTS)) == [
        "'New in the code' is in no catalogue",
        "so_ctxh.po: 'Close' is not translated",
        "so_ctxh.po: 'Gone' is not in the code any more",
        "so_ctxh.po: '{count} rows' has the places ['count'], its translation ['n']",
    ]


def test_translations_are_stale_until_compiled(catalogues: Path) -> None:
    assert len(translations.stale()) == 1
    translations.compile_all()
    assert translations.stale() == []
    with (catalogues / "so_ctxh.po").open("a", encoding="utf-8") as stream:
        stream.write('\nmsgid "Open"\nmsgstr "Mở"\n')
    assert len(translations.stale()) == 1


def test_update_takes_in_new_texts_and_drops_old_ones(catalogues: Path) -> None:
    translations.update(TEXTS)
    (catalogue,) = translations.catalogues().values()
    found = {translations.singular(message) for message in translations.messages(catalogue)}
    assert found == TEXTS.keys()
    assert "Lưu" in (catalogues / "so_ctxh.po").read_text(encoding="utf-8")


def test_a_step_without_tests_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(steps, "ROOT", tmp_path)
    command = steps.module("this")
    assert steps.run_all([steps.Step("empty", command, needs=(tmp_path / "store",))]) == 1


def test_the_lock_pins_every_package_by_hash_and_names_no_host() -> None:
    text = machine.LOCK.read_text(encoding="utf-8")
    packages = [block for block in text.replace("\\\n", "").splitlines() if "==" in block]
    assert packages
    assert all("--hash=sha256:" in package for package in packages)
    assert house_rules.faults_in(machine.LOCK.name, text) == []
    assert "://" not in text
