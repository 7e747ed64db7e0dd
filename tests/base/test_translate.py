"""Texts in Vietnamese, from compiled catalogues or from their source."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.base import translate
from desktop.base.po_file import read_po
from desktop.base.translate import N_, install, ntr, tr

PO = r"""
msgid ""
msgstr "Language: vi\n"

#. a note
msgid "Save"
msgstr "Lưu"

msgid "Two "
"lines\n"
msgstr ""
"Hai "
"dòng\n"

msgid "{n} record"
msgid_plural "{n} records"
msgstr[0] "{n} hồ sơ"

#, fuzzy
msgid "Old"
msgstr "Cũ?"

msgid "Untranslated"
msgstr ""

#~ msgid "Gone"
#~ msgstr "Đã bỏ"
"""


@pytest.fixture(autouse=True)
def _own_language_again() -> Iterator[None]:
    yield
    install()


def catalogue(folder: Path, name: str, content: str) -> Path:
    path = folder / "vi" / "LC_MESSAGES" / f"{name}.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")
    return path


def test_a_source_is_read_without_what_is_not_final() -> None:
    assert read_po(PO) == {
        "Save": ("Lưu",),
        "Two lines\n": ("Hai dòng\n",),
        "{n} record": ("{n} hồ sơ",),
    }


def test_windows_line_ends_do_not_matter() -> None:
    assert read_po(PO.replace("\n", "\r\n")) == read_po(PO)


def test_texts_come_from_every_catalogue_of_the_language(tmp_path: Path) -> None:
    catalogue(tmp_path, "one", PO)
    catalogue(tmp_path, "two", 'msgid "Open"\nmsgstr "Mở"\n')
    assert install("vi", tmp_path) == 4
    assert tr("Save") == "Lưu"
    assert tr("Open") == "Mở"
    assert tr("Not there") == "Not there"
    assert ntr("{n} record", "{n} records", 5).format(n=5) == "5 hồ sơ"


def test_a_compiled_catalogue_gives_the_same_texts(tmp_path: Path) -> None:
    babel_mo = pytest.importorskip("babel.messages.mofile")
    babel_po = pytest.importorskip("babel.messages.pofile")
    source = catalogue(tmp_path, "one", PO)
    with source.open("rb") as stream:
        compiled = babel_po.read_po(stream, locale="vi")
    with source.with_suffix(".mo").open("wb") as stream:
        babel_mo.write_mo(stream, compiled)
    source.unlink()
    assert install("vi", tmp_path) == 3
    assert tr("Two lines\n") == "Hai dòng\n"
    assert ntr("{n} record", "{n} records", 2) == "{n} hồ sơ"
    newer = catalogue(tmp_path, "one", 'msgid "Save"\nmsgstr "Ghi lại"\n')
    os.utime(newer, (2_000_000_000, 2_000_000_000))
    install("vi", tmp_path)
    assert tr("Save") == "Ghi lại"


def test_english_is_what_the_code_says(tmp_path: Path) -> None:
    assert install("en", tmp_path) == 0
    assert tr("Save") == "Save"
    assert ntr("{n} record", "{n} records", 1) == "{n} record"
    assert ntr("{n} record", "{n} records", 2) == "{n} records"
    assert N_("Save") == "Save"


def test_vietnamese_is_there_without_being_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(translate, "_messages", None)
    assert tr("An amount of money cannot be negative.").startswith("Số tiền không được âm")
