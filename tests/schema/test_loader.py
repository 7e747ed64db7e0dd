"""Loading: what comes out of good files, and what is said of files that cannot even be read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from desktop.base.errors import DefinitionError
from desktop.schema.definition import FieldType, Gate, Level
from desktop.schema.loader import load_forms

FolderOf = Callable[[Mapping[str, str]], Path]


def test_everything_in_the_files_is_in_the_forms(forms_of, good):
    forms = forms_of(good)
    client = forms.registers["client"]
    assert client.title == "Đối tượng"
    assert client.sections[0].children == ("client_category",)
    assert [field.name for field in client.fields] == ["full_name", "birth"]
    assert client.field("full_name").required
    assert client.field("birth").type is FieldType.PARTIAL_DATE
    assert client.renamed == (("nickname", ""), ("name_of_birth", "full_name"))
    assert client.place == "forms/registers/client.toml"
    value = forms.lists["CAT"].value("09")
    assert value is not None
    assert value.restricted
    assert value.tags == ("hiv", "counted")
    assert forms.children("client") == (forms.registers["client_category"],)
    assert forms.rules_on("client_category")[0].place == "forms/rules/client.toml, [[rule]] 1 (V11)"


@pytest.mark.parametrize(
    ("level", "expected"),
    [
        ("", "error error error error"),
        ('level = { save = "warning" }', "warning warning warning warning"),
        ('level = { save = "warning", close = "error" }', "warning warning error warning"),
        ('level = { close = "error" }', "off off error off"),
        ('level = { save = "error", import = "warning" }', "error error error warning"),
    ],
)
def test_levels_not_named_follow_the_gate_of_saving(forms_of, good, level, expected):
    rules = good["rules/client.toml"].replace('level = { save = "warning" }', level)
    rule = forms_of({**good, "rules/client.toml": rules}).rules[0]
    gates = (Gate.TYPE, Gate.SAVE, Gate.CLOSE, Gate.IMPORT)
    assert [rule.level[gate] for gate in gates] == [Level(word) for word in expected.split()]


def test_a_rule_about_a_figure_is_asked_at_closing_only(forms_of, good):
    figure = '\n[[rule]]\nnumber = "V40"\non = "figure"\ncheck = "1"\nmessage = "{title}?"\n'
    rule = forms_of({**good, "rules/figures.toml": "form = 1\n" + figure}).rules[-1]
    assert rule.level == {
        Gate.TYPE: Level.OFF, Gate.SAVE: Level.OFF, Gate.CLOSE: Level.ERROR, Gate.IMPORT: Level.OFF,
    }  # fmt: skip


def test_the_digest_follows_the_content_not_the_line_ends(folder_of: FolderOf, good):
    folder = folder_of(good)
    first = load_forms(folder).digest
    for path in folder.rglob("*.toml"):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert load_forms(folder).digest == first
    path = folder / "lists" / "cat.toml"
    path.write_text(path.read_text("utf-8-sig").replace("Trẻ em", "Trẻ nhỏ"), "utf-8")
    assert load_forms(folder).digest != first


def test_mistakes_of_all_files_are_told_at_once_in_the_order_of_the_files(problems_of, good):
    good["registers/client.toml"] = good["registers/client.toml"].replace("required", "requird")
    good["registers/client_category.toml"] += "colour = 1\n"
    good["lists/cat.toml"] += 'valid_from = "2025-02-30"\n'
    good["rules/client.toml"] += 'invariant = "yes"\n'
    found = [(problem.place, problem.code) for problem in problems_of(good)]
    assert found == [
        ("forms/registers/client.toml, [[field]] 1 (full_name)", "unknown-key"),
        ("forms/registers/client_category.toml, [[field]] 1 (category)", "unknown-key"),
        ("forms/lists/cat.toml, [[value]] 2 (09)", "bad-date"),
        ("forms/rules/client.toml, [[rule]] 1 (V11)", "wrong-type"),
    ]


def test_the_message_is_vietnamese_and_names_file_place_and_likely_word(forms_of, good):
    good["registers/client.toml"] = good["registers/client.toml"].replace("required", "requird")
    with pytest.raises(DefinitionError) as caught:
        forms_of(good)
    assert str(caught.value) == (
        "Các tệp định nghĩa có 1 chỗ sai:\n"
        "forms/registers/client.toml, [[field]] 1 (full_name): Ở đây không có khóa “requird”. "
        "Ý anh/chị là “required”? [unknown-key]"
    )


@pytest.mark.parametrize(
    ("broken", "line", "word"),
    [
        ('name = "client\ntitle = "x"\n', 1, "ngoặc kép"),
        ("form = 1\nname client\n", 2, "“=”"),
        ("form = 1\nname = client\n", 2, "ngoặc kép"),
        ('form = 1\nname = "a"\nname = "b"\n', 3, "hai lần"),
        ('form = 1\n[field]\nname = "a"\n[field]\n', 4, "[[…]]"),
        ('form = 1\ntitle = "a\\q"\n', 2, "\\\\"),
        ("form = 1\n[[field]\n", 2, "ngoặc"),
        ('form = 1\nname = """a\n', 2, "ngoặc kép"),
    ],
)
def test_a_syntax_mistake_is_told_with_its_line(problems_of, good, broken, line, word):
    problems = problems_of({**good, "registers/zone.toml": broken})
    assert [(p.place, p.code) for p in problems] == [
        (f"forms/registers/zone.toml, dòng {line}", "syntax")
    ]
    assert word in problems[0].text


def test_what_an_unreadable_file_defines_is_not_called_unknown(problems_of, good):
    good["lists/cat.toml"] = "form = \n"
    good["registers/client.toml"] = "name = = 1\n"
    assert [problem.code for problem in problems_of(good)] == ["syntax", "syntax"]


def test_a_file_in_another_encoding_is_told(folder_of: FolderOf, good):
    folder = folder_of(good)
    (folder / "lists" / "cat.toml").write_bytes("name = 'Trẻ'".encode("utf-16"))
    with pytest.raises(DefinitionError) as caught:
        load_forms(folder)
    assert [(p.place, p.code) for p in caught.value.problems] == [
        ("forms/lists/cat.toml", "not-utf8")
    ]


def test_text_with_marks_kept_apart_is_told_with_its_line(problems_of, good):
    good["lists/cat.toml"] = good["lists/cat.toml"].replace("Trẻ em", "Tre\u0309 em")
    assert [(p.place, p.code) for p in problems_of(good)] == [
        ("forms/lists/cat.toml, dòng 8", "not-nfc")
    ]


def test_a_folder_without_definitions_is_told(tmp_path):
    with pytest.raises(DefinitionError) as caught:
        load_forms(tmp_path / "forms")
    assert [problem.code for problem in caught.value.problems] == ["no-registers"]
