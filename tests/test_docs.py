"""What the documents say about keys, commands, registers and choices is what the program has."""

from __future__ import annotations

import dataclasses
import re
import shlex
import tomllib
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

import pytest

import dev
from desktop import cli
from desktop.base.paths import bundled_root
from desktop.base.po_file import read_po
from desktop.report import definition as report_definition
from desktop.report import periods
from desktop.report.loader import load_reports
from desktop.report.sheet import Style
from desktop.schema import definition
from desktop.schema.loader import load_forms
from desktop.store import measures

ROOT = bundled_root()
DOCS = sorted([ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")])
FORMS = (ROOT / "docs" / "forms.md").read_text(encoding="utf-8")
MANUAL = (ROOT / "docs" / "manual.md").read_text(encoding="utf-8")

SCHEMA_CLASSES = (
    definition.Register,
    definition.Section,
    definition.Field,
    definition.ListColumn,
    definition.Related,
    definition.Summary,
    definition.LookAlike,
    definition.IdentityCard,
    definition.CodeList,
    definition.CodeValue,
    definition.Rule,
)
REPORT_CLASSES = (
    periods.Calendar,
    periods.Window,
    periods.KindWords,
    periods.Phase,
    periods.Tier,
    periods.Due,
    report_definition.Setting,
    report_definition.Choice,
    measures.Fact,
    measures.Source,
    report_definition.MeasureDefinition,
    report_definition.IndicatorDefinition,
    report_definition.TargetDefinition,
    report_definition.SheetDefinition,
    report_definition.PartDefinition,
    report_definition.ColumnDefinition,
    report_definition.RowDefinition,
    report_definition.RelationDefinition,
    report_definition.NoteDefinition,
    report_definition.TextDefinition,
)
OWN_FIELDS = {"place"}
"""Filled by the loader, never written in a file."""


def documented(name: str) -> dict[str, str]:
    """Key → what the table under the heading of a class says it takes."""
    head = re.search(rf"^### {name}: .*?\n\n(.*?)(?=^##|\Z)", FORMS, re.MULTILINE | re.DOTALL)
    assert head, f"docs/forms.md has no heading “### {name}: …”"
    table = head[1].partition("| key | takes |")[2].partition("\n\n")[0]
    rows = re.findall(r"^\| `([a-z_]+)` \| (.*?) \|", table, re.MULTILINE)
    assert len(rows) == len(dict(rows)), f"a key of {name} stands twice"
    return dict(rows)


def keys_of(kind: type[Any]) -> dict[str, bool]:
    """Key → whether it must be there, of a class that a file fills."""
    missing = dataclasses.MISSING
    return {
        item.name.rstrip("_"): item.default is missing and item.default_factory is missing
        for item in dataclasses.fields(kind)
        if item.name not in OWN_FIELDS
    }


@pytest.mark.parametrize("kind", [*SCHEMA_CLASSES, *REPORT_CLASSES], ids=lambda kind: kind.__name__)
def test_every_key_of_the_format_is_explained(kind: type[Any]) -> None:
    told = documented(kind.__name__)
    keys = keys_of(kind)
    assert set(told) == set(keys)
    tables = {name for name, takes in told.items() if takes.startswith("`[[")}
    assert {name for name, takes in told.items() if "required" in takes} == {
        name for name, needed in keys.items() if needed and name not in tables
    }


def test_no_class_of_the_format_is_left_out() -> None:
    described = {*SCHEMA_CLASSES, *REPORT_CLASSES}
    filled = {definition.Register, definition.CodeList, definition.Rule}
    filled |= {report_definition.SheetDefinition, report_definition.Setting, measures.Fact}
    filled |= {*_parts_of(periods.Periods), *_parts_of(report_definition.Indicators)}
    todo = list(filled)
    while todo:
        for part in _parts_of(todo.pop()):
            if part not in filled:
                filled.add(part)
                todo.append(part)
    assert filled - {periods.DayOfYear} == described


def _parts_of(kind: type[Any]) -> set[type[Any]]:
    """Classes of the tables inside a table."""
    found = set()
    for hint in get_type_hints(kind).values():
        inner = get_args(hint)[0] if get_origin(hint) is tuple else hint
        if dataclasses.is_dataclass(inner) and isinstance(inner, type):
            found.add(inner)
    return found


@pytest.mark.parametrize(
    ("name", "key", "choices"),
    [
        ("ColumnDefinition", "style", Style),
        ("ColumnDefinition", "count", measures.Count),
        ("ColumnDefinition", "label", report_definition.Label),
        ("ColumnDefinition", "show", report_definition.Show),
        ("RowDefinition", "kind", report_definition.RowKind),
        ("PartDefinition", "build", report_definition.Builder),
        ("MeasureDefinition", "basis", report_definition.Basis),
        ("KindWords", "code", periods.PeriodKind),
        ("Field", "data_class", definition.DataClass),
    ],
)
def test_every_word_a_key_takes_is_named(name: str, key: str, choices: type[StrEnum]) -> None:
    takes = documented(name)[key]
    assert [word for word in choices if word and f"`{word}`" not in takes] == []


@pytest.mark.parametrize("choices", [definition.FieldType, report_definition.IndicatorKind])
def test_every_kind_has_a_line(choices: type[StrEnum]) -> None:
    assert [word for word in choices if f"\n| `{word}` |" not in FORMS] == []


@pytest.mark.parametrize("choices", [definition.Gate, definition.Level])
def test_gates_and_levels_are_named(choices: type[StrEnum]) -> None:
    takes = documented("Rule")["level"]
    line = next(line for line in FORMS.splitlines() if line.startswith(f"| `level` | {takes}"))
    assert [word for word in choices if f"`{word}`" not in line] == []


def code_lines(path: Path) -> Iterator[str]:
    """Lines of the fenced blocks of a document, without comments."""
    for block in re.findall(r"^```\w*\n(.*?)^```", path.read_text("utf-8"), re.M | re.DOTALL):
        for line in block.splitlines():
            yield line.partition(" #")[0].strip()


def commands_of(script: str) -> list[tuple[str, list[str]]]:
    """(document, words behind `script`) of every command in a fenced block."""
    found = []
    for path in DOCS:
        for line in code_lines(path):
            before, called, rest = line.partition(script)
            interpreter = before.replace("\\", "/").strip()
            if called and re.fullmatch(r"|python3?|py|\.venv/(bin|Scripts)/python", interpreter):
                found.append((path.name, shlex.split(rest)))
    return found


def test_every_command_in_the_documents_is_one() -> None:
    commands = commands_of("main.py")
    assert {name for name, _ in commands} >= {"README.md", "manual.md"}
    parser = cli._parser()
    for name, words in commands:
        if not words or words[0] == "--data":
            assert len(words) in (0, 2), f"{name}: {words}"
            continue
        try:
            parser.parse_args(words)
        except SystemExit as error:
            if error.code:
                pytest.fail(f"{name}: main.py {shlex.join(words)}")


def test_the_manual_shows_every_command() -> None:
    shown = {words[0] for name, words in commands_of("main.py") if name == "manual.md" and words}
    actions = cli._parser()._subparsers
    assert actions
    assert shown >= set(actions._group_actions[0].choices or ())


def test_every_build_command_in_the_documents_is_one() -> None:
    shown = commands_of("build/dev.py")
    assert {words[0] for _, words in shown} <= set(dev.COMMANDS)
    assert {"demo", "test"} <= {words[0] for name, words in shown if name == "README.md"}


def test_every_register_is_in_the_manual() -> None:
    registers = load_forms(ROOT / "forms").registers.values()
    chapter = MANUAL.partition("\n## 6. Các sổ ghi chép\n")[2].partition("\n## ")[0]
    titles = re.findall(r"^\| \*\*(.+?)\*\* \|", chapter, re.MULTILINE)
    assert sorted(titles) == sorted(register.title for register in registers)


def test_every_choice_and_sheet_is_in_the_manual() -> None:
    forms = load_forms(ROOT / "forms")
    reports = load_reports(ROOT / "forms" / "reports", forms)
    for sheet in reports.sheets:
        assert f"| {sheet.code} |" in MANUAL
    for setting in reports.settings:
        assert f"| {setting.title} |" in MANUAL


def test_every_word_of_the_screen_in_the_manual_is_on_it() -> None:
    text = re.sub(r"^```.*?^```", "", MANUAL, flags=re.MULTILINE | re.DOTALL)
    quoted = re.findall(r"(?<![*`])\*([^*\n]+)\*(?!\*)", text.replace("`*`", ""))
    assert "Lưu" in quoted
    known = [word.lower() for word in words_of_the_screen()]
    for words in quoted:
        for piece in filter(None, (part.strip(" :") for part in words.split("…"))):
            assert any(piece.lower() in one for one in known), words


def words_of_the_screen() -> Iterator[str]:
    """What the window may say: its own texts in Vietnamese, and the labels of the definitions."""
    for path in (ROOT / "resources" / "translations" / "vi" / "LC_MESSAGES").glob("*.po"):
        for texts in read_po(path.read_text("utf-8")).values():
            yield from (text.replace("&", "") for text in texts)
    forms = load_forms(ROOT / "forms")
    for register in forms.registers.values():
        yield from (register.title, register.group)
        yield from (section.title for section in register.sections)
        yield from (field.label for field in register.fields)
    for setting in load_reports(ROOT / "forms" / "reports", forms).settings:
        yield setting.title


def test_every_key_of_the_window_is_in_the_manual() -> None:
    sources = (ROOT / "desktop" / "widget").rglob("*.py")
    text = "\n".join(path.read_text("utf-8") for path in sources)
    keys = set(re.findall(r'shortcut="([^"]+)"', text))
    keys |= set(re.findall(r'QKeySequence\("([^"]+)"\)', text))
    assert "Ctrl+S" in keys
    written = {key.replace("Return", "Enter") for key in keys}
    assert [key for key in sorted(written) if f"**{key}**" not in MANUAL] == []


@pytest.mark.parametrize("path", DOCS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(path: Path) -> None:
    text = re.sub(r"^```.*?^```", "", path.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if target.startswith(("http://", "https://")):
            continue
        name, _, anchor = target.partition("#")
        found = (path.parent / name).resolve() if name else path
        assert found.exists(), f"{path.name}: {target}"
        if anchor:
            assert anchor in _anchors(found), f"{path.name}: {target}"


def toml_blocks() -> list[tuple[str, str]]:
    """(file it is cut from, text) of every example."""
    text = "\n".join(path.read_text("utf-8") for path in DOCS)
    blocks = re.findall(r"^```toml\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    return [(block.splitlines()[0].split()[1].rstrip(","), block) for block in blocks]


@pytest.mark.parametrize(("name", "block"), toml_blocks(), ids=lambda text: text[:40])
def test_examples_are_cut_from_the_files(name: str, block: str) -> None:
    _is_part(tomllib.loads(block), tomllib.loads((ROOT / name).read_text("utf-8")), name)


def _is_part(example: Any, real: Any, at: str) -> None:
    """Every key of the example is in the file with that value; “…” stands for what is left out."""
    if isinstance(example, dict):
        for key, value in example.items():
            assert key in real, f"{at}: {key}"
            _is_part(value, real[key], f"{at}.{key}")
    elif isinstance(example, list) and example and isinstance(example[0], dict):
        for item in example:
            assert any(_fits(item, other) for other in real), f"{at}: {item}"
    elif isinstance(example, str):
        pieces = (re.escape(piece.strip()) for piece in example.split("…"))
        assert re.fullmatch(".*".join(pieces), real.strip(), re.DOTALL), f"{at}: {example}"
    else:
        assert example == real, at


def _fits(example: Any, real: Any) -> bool:
    try:
        _is_part(example, real, "")
    except AssertionError:
        return False
    return True


def _anchors(path: Path) -> set[str]:
    heads = re.findall(r"^#+ (.+)$", path.read_text("utf-8"), re.MULTILINE)
    kept = (re.sub(r"[^\w\- ]", "", head.lower()).strip() for head in heads)
    return {head.replace(" ", "-") for head in kept}


def test_decisions_are_numbered_once() -> None:
    numbers = [path.name[:4] for path in (ROOT / "docs" / "decisions").glob("*.md")]
    assert sorted(numbers) == [f"{n:04}" for n in range(1, len(numbers) + 1)]
