"""Every word an officer reads is Vietnamese: catalogues, screens and forms are looked through."""

from __future__ import annotations

import ast
import re
import tomllib
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import translations
from desktop.base import legacy_text
from tree import python_files

ROOT = Path(__file__).resolve().parent.parent
FORMS = ROOT / "forms"
SCREENS = [
    path for part in ("model", "widget") for path in sorted((ROOT / "desktop" / part).rglob("*.py"))
]
MARKS = {"tr", "ntr", "N_"}

# What shows a text, and where among its arguments the text stands.
SHOWN_FIRST = """
    QLabel QPushButton QToolButton QCheckBox QRadioButton QGroupBox QAction QMenu
    title heading quiet caption Paragraph Elided Badge Button NavButton NavHeading SearchBox
    setText setTitle setWindowTitle setToolTip setStatusTip setWhatsThis setPlaceholderText
    setAccessibleName setAccessibleDescription addAction addMenu addItem
    set_text set_words set_note set_label set_placeholder set_unit set_help say start
""".split()  # noqa: SIM905 - a list of names, nothing else
SHOWN_AT = dict.fromkeys(SHOWN_FIRST, (0,)) | {
    "addTab": (1,),
    "setTabText": (1,),
    "set_problem": (1,),
    "Answer": (1,),
    "save_dir": (1,),
    "open_file": (1, 2),
    "save_file": (1, 2),
    "Card": (0, 1),
    "CardRow": (0, 1),
    "Toolbar": (0, 1),
    "set_title": (0, 1),
    "EmptyState": (1, 2),
    "message": (1, 2, 4),
    "question": (1, 2),
    "reason": (1, 2),
}
SHOWN_BY_NAME = {"text", "title", "note", "label", "placeholder", "details", "strong", "action"}
# The program's name, what is printed on keys, and markup, which may be cut by what goes into it.
THE_SAME_EVERYWHERE = re.compile(r"Sổ CTXH|\b(?:Enter|Esc|Ctrl\+|Alt\+|Shift\+)|<[^>]*(?:>|$)")
MADE_OF: dict[type[ast.expr], tuple[str, ...]] = {
    ast.JoinedStr: ("values",),
    ast.FormattedValue: ("value",),
    ast.BinOp: ("left", "right"),
    ast.IfExp: ("body", "orelse"),
    ast.BoolOp: ("values",),
    ast.List: ("elts",),
    ast.Tuple: ("elts",),
}
"""Kind of expression → its parts that may hold words."""
A_WORD = re.compile(r"[^\W\d_]{2}")

# In a TOML file of forms, keys whose text is shown or printed.
WORD_KEYS = {
    "title", "one", "label", "help", "group", "message", "short", "unit", "text", "population",
    "above", "wording", "block_title", "heading",
}  # fmt: skip
NAME_TABLES = {"card", "look_alike"}
"""Tables whose values are names of fields, under whatever key."""
ENGLISH = re.compile(
    r"\b(?:the|of|and|or|is|are|was|were|not|for|with|from|by|this|that|must|please|date|name|"
    r"number|year|month|person|people|client|clients|record|records|register|report|period|"
    r"service|services|case|cases|group|office|unit|kind|type|level|list|note|value|status|"
    r"result|other|none|yes|unknown|total|sum|before|after|field|worker|hamlet|household)\b",
    re.IGNORECASE,
)
CODE_NAME = re.compile(r"\b[a-z]+_[a-z_]+\b")
PLACE = re.compile(r"\{[^{}]*\}")
LETTERS = re.compile(r"[^\W\d_]+")
# The tone stands on ơ, ô, ê; and of hòa and hoà, ủy and uỷ, the first is used throughout.
TONE_ELSEWHERE = re.compile(
    r"[ừứửữự]ơ|[ùúủũụ]ô|[ìíỉĩị]ê|[ỳýỷỹỵ]ê|o[àáảãạèéẻẽẹ]$|(?<!q)u[ỳýỷỹỵ]$", re.IGNORECASE
)
ABBREVIATIONS = {"đ", "NĐ", "QĐ", "NSĐP", "HCĐB", "CĐHH", "LĐTBXH", "BLĐTBXH"}
OTHER_LANGUAGES = {"Đắk", "Lắk", "Kạn"}
PEOPLES = "dantoc.toml"  # names in their own languages


def test_every_text_is_translated() -> None:
    texts = translations.texts_of_code()
    assert len(texts) > 500
    assert translations.catalogue_faults(texts) + translations.qt_faults() == []


def marked_texts(tree: ast.AST) -> Iterator[str]:
    """Every literal that is given to `tr`, `ntr` or `N_`, wherever it stands."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and name_of(node.func) in MARKS:
            first = node.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield first.value


def test_no_text_hides_from_the_catalogues() -> None:
    """Texts marked inside an f-string are not found by the tool that collects them."""
    found = translations.texts_of_code()
    for path in python_files("desktop", "main.py"):
        hidden = set(marked_texts(ast.parse(path.read_text(encoding="utf-8")))) - found.keys()
        assert not hidden, path.relative_to(ROOT)


def name_of(called: ast.expr) -> str:
    """The last name of what is called."""
    if isinstance(called, ast.Name):
        return called.id
    return called.attr if isinstance(called, ast.Attribute) else ""


def spoken(node: ast.expr) -> Iterator[str]:
    """The literals a text is made of, those that went through the catalogue left out."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    parts = [getattr(node, name) for name in MADE_OF.get(type(node), ())]
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        parts = [node.func.value]
        if node.func.attr in ("format", "join"):
            parts += [*node.args, *(keyword.value for keyword in node.keywords)]
    for part in parts:
        for one in part if isinstance(part, list) else [part]:
            yield from spoken(one)


def untranslated(tree: ast.AST) -> Iterator[str]:
    """Words that are shown as they stand in the code, with their line."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or name_of(node.func) not in SHOWN_AT:
            continue
        shown = [node.args[at] for at in SHOWN_AT[name_of(node.func)] if at < len(node.args)]
        shown += [keyword.value for keyword in node.keywords if keyword.arg in SHOWN_BY_NAME]
        for text in (text for one in shown for text in spoken(one)):
            if A_WORD.search(THE_SAME_EVERYWHERE.sub("", text)):
                yield f"{node.lineno}: {text}"


@pytest.mark.parametrize("path", SCREENS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_words_on_the_screen_come_from_the_catalogue(path: Path) -> None:
    assert list(untranslated(ast.parse(path.read_text(encoding="utf-8")))) == []


@pytest.mark.parametrize(
    "code",
    [
        'QLabel("Saved")',
        'self.head.set_title(tr("Check"), "Nothing yet")',
        'button.setText(f"{count} records")',
        'EmptyState("chart", "Nothing" if empty else tr("Something"))',
        'context.ask.message(self, tr("Not saved"), ", ".join([names, "and more"]))',
        'window.say(tr("Saved"), action="Undo")',
        'Paragraph("Saved at {time}".format(time=now))',
    ],
)
def test_a_word_past_the_catalogue_is_found(code: str) -> None:
    assert len(list(untranslated(ast.parse(code)))) == 1


@pytest.mark.parametrize(
    "code",
    [
        'QLabel("–")',
        'Button(tr("Save"), "primary", icon="check", key="Ctrl+S")',
        'heading(f"{number} · {tr(words)}")',
        'row.setText(_WORDS["register"])',
        'quiet(tr("{count} days left").format(count=days["left"]))',
    ],
)
def test_what_went_through_the_catalogue_is_let_be(code: str) -> None:
    assert list(untranslated(ast.parse(code))) == []


def test_a_text_inside_an_f_string_is_seen() -> None:
    tree = ast.parse("""print(f"({tr('reason')}: {reason})")""")
    assert list(marked_texts(tree)) == ["reason"]


def words_of(table: object, key: str = "") -> Iterator[tuple[str, str]]:
    """(key, text) of everything in a TOML table that is shown or printed."""
    if isinstance(table, dict):
        for name, value in table.items():
            if name not in NAME_TABLES:
                yield from words_of(value, name)
    elif isinstance(table, list):
        for value in table:
            yield from words_of(value, key)
    elif isinstance(table, str) and key in WORD_KEYS:
        yield key, table


def definitions(folder: str) -> Iterator[tuple[Path, dict[str, Any]]]:
    """The files of a folder of definitions."""
    for path in sorted((FORMS / folder).rglob("*.toml")):
        yield path, tomllib.loads(path.read_text(encoding="utf-8"))


def shown_in_forms() -> Iterator[tuple[str, str]]:
    """(file, text) of all definitions; in reports `label` names a column to the program."""
    for folder in ("lists", "registers", "rules", "reports"):
        for path, table in definitions(folder):
            for key, text in words_of(table):
                if (folder, key) != ("reports", "label"):
                    yield path.relative_to(FORMS).as_posix(), text


def test_forms_speak_vietnamese() -> None:
    texts = list(shown_in_forms())
    assert len(texts) > 2000
    for place, text in texts:
        bare = PLACE.sub("", text)
        assert text == text.strip() != "", place
        assert unicodedata.is_normalized("NFC", text), f"{place}: {text}"
        assert not ENGLISH.search(bare), f"{place}: {text}"
        assert not CODE_NAME.search(bare), f"{place}: {text}"


def misspelt(text: str) -> list[str]:
    """Words with marks that no Vietnamese spells so, such as a tone on the wrong letter."""
    words = LETTERS.findall(PLACE.sub(" ", text).replace("&", ""))
    return [
        word
        for word in words
        if not word.isascii()
        and word not in ABBREVIATIONS | OTHER_LANGUAGES
        and (TONE_ELSEWHERE.search(word) or not legacy_text._is_syllable(word.lower()))
    ]


def test_words_of_the_forms_are_spelt_right() -> None:
    found = [(at, misspelt(text)) for at, text in shown_in_forms() if not at.endswith(PEOPLES)]
    assert [(place, words) for place, words in found if words] == []


def test_words_of_the_catalogues_are_spelt_right() -> None:
    for path, catalogue in translations.catalogues().items():
        for message in translations.messages(catalogue):
            for text in translations.translations(message):
                assert misspelt(text) == [], f"{path.name}: {text}"
                assert unicodedata.is_normalized("NFC", text), f"{path.name}: {text}"


def test_a_slip_of_the_keyboard_is_found() -> None:
    assert misspelt("Đối tưọng đang hưỡnng chế độ của {tỉnhh}") == ["tưọng", "hưỡnng"]
    assert misspelt("ngừơi, giaỏ, khôngg, thôn") == ["ngừơi", "giaỏ", "khôngg"]
    assert misspelt("Nghị định 110/2024/NĐ-CP, &Lưu, quý II, hòa và hoà") == ["hoà"]


def test_every_title_and_field_has_its_english() -> None:
    lacking = []
    for path, table in definitions("registers"):
        owners = [(table["name"], "title", table)]
        owners += [(one["name"], "title", one) for one in table.get("section", [])]
        owners += [(one["name"], "label", one) for one in table["field"]]
        lacking += [
            f"{path.name}: {name}"
            for name, key, one in owners
            if not one[key].strip() or not one.get(f"{key}_en", "").isascii()
            or not one.get(f"{key}_en", "").strip()
        ]  # fmt: skip
    assert lacking == []


@pytest.mark.parametrize(
    "path", sorted((ROOT / "resources" / "help").glob("*.md")), ids=lambda path: path.stem
)
def test_help_is_spelt_rightly(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert unicodedata.is_normalized("NFC", text)
    body = text.partition("# ")[2]
    assert misspelt(re.sub(r"`[^`]*`|\]\([^)]*\)", " ", body)) == []
