"""Each kind of mistake in a definition, by the smallest text that has it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from desktop.schema import form_files, lint

PLACE = "registers/place.toml"
HEAD = 'form = 1\nname = "place"\ntitle = "Nơi"\n'
NAME = '[[field]]\nname = "name"\ntype = "text"\nlabel = "Tên"\n'
# A register of its own beside the good ones; each mistake is put before or after its only field.
PLACE_FIELD = "forms/registers/place.toml, [[field]] 1 (name)"
PLACE_FILE = "forms/registers/place.toml"


def field(settings: str, name: str = "extra") -> str:
    """A second field of the register; `settings` may have the type."""
    kind = "" if "type =" in settings else 'type = "text"\n'
    label = "" if "label =" in settings else 'label = "Thêm"\n'
    return f'{NAME}\n[[field]]\nname = "{name}"\n{kind}{label}{settings}\n'


def value(settings: str, code: str = "10") -> str:
    """A third value of the list CAT."""
    return f'\n[[value]]\ncode = "{code}"\nlabel = "Người nghèo"\n{settings}\n'


EXTRA = "forms/registers/place.toml, [[field]] 2 (extra)"
NEW_VALUE = "forms/lists/cat.toml, [[value]] 3 (10)"

IN_REGISTER = [
    # keys and values of any table
    ("unknown-key", PLACE_FILE, 'colour = "red"\n' + NAME),
    ("unknown-key", EXTRA, field("lenght = 3")),
    ("unknown-key", PLACE_FILE, NAME + '[[fields]]\nname = "x"\n'),
    ("missing-key", EXTRA, NAME + '[[field]]\nname = "extra"\ntype = "text"\n'),
    ("missing-key", PLACE_FILE + ", [[section]] 1 (a)", NAME + '[[section]]\nname = "a"\n'),
    ("wrong-type", EXTRA, field('required = "yes"')),
    ("wrong-type", EXTRA, field("length = true")),
    ("wrong-type", EXTRA, field("length = 3.5")),
    ("wrong-type", EXTRA, field('type = "integer"\nmin = true')),
    ("wrong-type", EXTRA, field('type = "integer"\nmax = inf')),
    ("wrong-type", EXTRA, field("help = 3")),
    ("wrong-type", EXTRA, field('type = "texte"')),
    ("wrong-type", EXTRA, field('data_class = "secret"')),
    ("wrong-type", PLACE_FILE, 'search = "name"\n' + NAME),
    ("wrong-type", PLACE_FILE, "search = [1]\n" + NAME),
    ("wrong-type", PLACE_FILE, 'column = "name"\n' + NAME),
    ("wrong-type", PLACE_FILE, NAME + '[related]\nregister = "client"\n'),
    ("wrong-type", PLACE_FILE, NAME + "[renamed]\nold = 1\n"),
    ("wrong-type", PLACE_FILE, 'renamed = ["old"]\n' + NAME),
    ("empty-text", EXTRA, field('label = " "')),
    ("empty-text", PLACE_FILE + ", [[section]] 1 (a)", NAME + '[[section]]\nname="a"\ntitle=""\n'),
    # names
    ("bad-name", EXTRA.replace("extra", "Extra"), field("", "Extra")),
    ("bad-name", EXTRA.replace("extra", "tên"), field("", "tên")),
    ("bad-name", EXTRA.replace("extra", "x" * 61), field("", "x" * 61)),
    ("bad-name", PLACE_FILE + ", [[section]] 1 (A b)",
     NAME + '[[section]]\nname="A b"\ntitle="A"\n'),
    *[("sql-keyword", EXTRA.replace("extra", word), field("", word)) for word in
      ("from", "to", "order", "group", "case", "values", "rowid", "end", "index")],
    *[("common-column", EXTRA.replace("extra", word), field("", word)) for word in
      ("id", "unit_id", "created_at", "updated_by", "deleted_at", "row_version", "sort_key")],
    # doubles
    ("duplicate-field", EXTRA.replace("extra", "name"), field("", "name")),
    ("duplicate-column", "forms/registers/place.toml, [[field]] 3 (since_year)",
     field('type = "partial_date"', "since")
     + '[[field]]\nname = "since_year"\ntype = "integer"\nlabel = "Năm"\n'),
    ("duplicate-section", PLACE_FILE + ", [[section]] 2 (a)",
     NAME + 2 * '[[section]]\nname = "a"\ntitle = "A"\n'),
    ("duplicate-list-column", PLACE_FILE + ", [[column]] 2 (name)",
     NAME + 2 * '[[column]]\nfield = "name"\n'),
    ("duplicate-search", PLACE_FILE, 'search = ["name", "name"]\n' + NAME),
    ("duplicate-sort", PLACE_FILE, 'sort = ["name", "-name"]\n' + NAME),
    # what is named and is not there
    ("unknown-list", EXTRA, field('type = "choice"\nlist = "CAT2"')),
    ("unknown-register", EXTRA, field('type = "reference"\nto = "clients"')),
    ("unknown-section", EXTRA, field('section = "first"')),
    ("unknown-field", EXTRA, field('type = "choice"\nlist = "CAT"\nwithin = "group"')),
    ("unknown-field", PLACE_FILE, 'search = ["nam"]\n' + NAME),
    ("unknown-field", PLACE_FILE, 'date_field = "day"\n' + NAME),
    ("unknown-field", PLACE_FILE, 'number_field="no"\nnumber_format="{n}"\n' + NAME),
    ("unknown-field", PLACE_FILE, 'title_format = "{nam}"\n' + NAME),
    ("unknown-field", PLACE_FILE, 'subtitle_format = "{name} · {}"\n' + NAME),
    ("unknown-column", PLACE_FILE, 'sort = ["-nam"]\n' + NAME),
    ("unknown-column", PLACE_FILE, 'sort = ["position"]\n' + NAME),
    ("unknown-register", PLACE_FILE, 'parent = "clients"\n' + NAME),
    ("unknown-register", PLACE_FILE + ", [[section]] 1 (a)",
     NAME + '[[section]]\nname = "a"\ntitle = "A"\nchildren = ["rooms"]\n'),
    ("unknown-register", PLACE_FILE + ", [[related]] 1 (clint)",
     NAME + '[[related]]\nregister = "clint"\nfield = "place"\ntitle = "Đối tượng"\n'),
    ("unknown-field", PLACE_FILE + ", [[related]] 1 (client)",
     NAME + '[[related]]\nregister = "client"\nfield = "place"\ntitle = "Đối tượng"\n'),
    ("not-a-reference", PLACE_FILE + ", [[related]] 1 (client)",
     NAME + '[[related]]\nregister = "client"\nfield = "full_name"\ntitle = "Đối tượng"\n'),
    ("unknown-section", PLACE_FILE + ", [[related]] 1 (place)",
     field('type = "reference"\nto = "place"') + '[[related]]\nregister = "place"\n'
     'field = "extra"\ntitle = "Nơi"\nsection = "last"\n'),
    # columns of the list
    ("unknown-field", PLACE_FILE + ", [[column]] 1 (nam)", NAME + '[[column]]\nfield = "nam"\n'),
    ("unknown-field", PLACE_FILE + ", [[column]] 1 (who.name)",
     NAME + '[[column]]\nfield = "who.name"\n'),
    ("unknown-field", PLACE_FILE + ", [[column]] 1 (extra.ful_name)",
     field('type = "reference"\nto = "client"') + '[[column]]\nfield = "extra.ful_name"\n'),
    ("not-a-reference", PLACE_FILE + ", [[column]] 1 (name.x)",
     NAME + '[[column]]\nfield = "name.x"\n'),
    ("unknown-register", PLACE_FILE + ", [[column]] 1 (#rooms)",
     NAME + '[[column]]\nfield = "#rooms"\ntitle = "Phòng"\n'),
    ("not-a-reference", PLACE_FILE + ", [[column]] 1 (#client)",
     NAME + '[[column]]\nfield = "#client"\ntitle = "Người"\n'),
    ("no-title", PLACE_FILE + ", [[column]] 1 (#place)",
     field('type = "reference"\nto = "place"') + '[[column]]\nfield = "#place"\n'),
    ("bad-width", PLACE_FILE + ", [[column]] 1 (name)",
     NAME + '[[column]]\nfield = "name"\nwidth = -1\n'),
    # parents
    ("single-without-parent", PLACE_FILE, "single = true\n" + NAME),
    ("parent-cycle", PLACE_FILE, 'parent = "place"\n' + NAME),
    ("child-not-shown", PLACE_FILE, 'parent = "client"\n' + NAME),
    ("not-a-child", PLACE_FILE + ", [[section]] 1 (a)",
     NAME + '[[section]]\nname = "a"\ntitle = "A"\nchildren = ["client_category"]\n'),
    # old names
    ("renamed-exists", PLACE_FILE + ", [renamed] (name)", NAME + '[renamed]\nname = ""\n'),
    ("renamed-nowhere", PLACE_FILE + ", [renamed] (old)", NAME + '[renamed]\nold = "nam"\n'),
    # settings of registers
    ("no-fields", PLACE_FILE, ""),
    ("bad-version", PLACE_FILE, "version = 0\n" + NAME),
    ("bad-icon", PLACE_FILE, 'icon = "../x"\n' + NAME),
    ("bad-catalogue", PLACE_FILE, 'catalogue = "../admin_units.csv"\n' + NAME),
    ("number-incomplete", PLACE_FILE, 'number_field = "name"\n' + NAME),
    ("number-incomplete", PLACE_FILE, 'number_field="name"\nnumber_format="{year}"\n' + NAME),
    ("unknown-field", PLACE_FILE, 'number_field="name"\nnumber_format="{yaer}-{n}"\n' + NAME),
    ("bad-format", PLACE_FILE, 'number_field="name"\nnumber_format="{n:q}"\n' + NAME),
    ("bad-format", PLACE_FILE, 'title_format = "{name"\n' + NAME),
    ("number-not-text", PLACE_FILE,
     'number_field="extra"\nnumber_format="{n}"\n' + field('type = "integer"')),
    ("date-field-type", PLACE_FILE, 'date_field = "name"\n' + NAME),
    ("person-fields", PLACE_FILE, "person = true\n" + NAME.replace('"name"', '"full_name"')
     + '[[field]]\nname="ho"\ntype="text"\nlabel="Họ"\n'
     + '[[field]]\nname="dem"\ntype="text"\nlabel="Đệm"\n'),
    # settings of fields
    ("misplaced-setting", EXTRA, field('type = "date"\nlength = 10')),
    ("misplaced-setting", EXTRA, field('type = "integer"\ndigits = 4')),
    ("misplaced-setting", EXTRA, field("min = 3")),
    ("misplaced-setting", EXTRA, field('type = "integer"\ndecimals = 1')),
    ("misplaced-setting", EXTRA, field('list = "CAT"')),
    ("misplaced-setting", EXTRA, field('to = "client"')),
    ("misplaced-setting", EXTRA, field("only = \"code = '1'\"")),
    ("missing-setting", EXTRA, field('type = "choice"')),
    ("missing-setting", EXTRA, field('type = "choices"')),
    ("missing-setting", EXTRA, field('type = "reference"')),
    ("bad-bounds", EXTRA, field("length = -1")),
    ("bad-bounds", EXTRA, field("length = 40000")),
    ("bad-bounds", EXTRA, field("digits = 12\nlength = 12")),
    ("bad-bounds", EXTRA, field('type = "integer"\nmin = 5\nmax = 4')),
    ("contradiction", EXTRA, field('required = true\nrequired_if = "name IS NULL"')),
    ("contradiction", EXTRA, field('computed = "name"\nrequired = true')),
    ("contradiction", EXTRA, field('computed = "name"\ndefault = "x"')),
    ("bad-within", EXTRA, field('type = "choice"\nlist = "CAT"\nwithin = "name"')),
    ("bad-within", EXTRA, field('type = "choice"\nlist = "CAT"\nwithin = "extra"')),
    ("bad-default", EXTRA, field('type = "choice"\nlist = "CAT"\ndefault = "77"')),
    ("bad-default", EXTRA, field('type = "date"\ndefault = "now"')),
    ("bad-default", EXTRA, field('type = "reference"\nto = "client"\ndefault = "first"')),
    ("bad-default", EXTRA, field('type = "integer"\ndefault = "-1"')),
    ("bad-example", EXTRA, field('digits = 12\nexample = "01234567890"')),
]  # fmt: skip

ALIKE = f"{PLACE_FILE}, [look_alike]"
PEOPLE_NAMES = "".join(
    f'[[field]]\nname = "{name}"\ntype = "text"\nlabel = "Tên"\n'
    for name in ("full_name", "ho", "dem", "ten")
)


def alike(settings: str, fields: str = "") -> str:
    """A register of people whose records are compared."""
    head = 'person = true\nsearch = ["full_name"]\n'
    return f'{head}{PEOPLE_NAMES}{fields}[look_alike]\nname = "full_name"\n{settings}\n'


IN_REGISTER += [
    ("unknown-key", ALIKE, alike('names = "full_name"')),
    ("wrong-type", PLACE_FILE, NAME + '[[look_alike]]\nname = "name"\n'),
    ("wrong-type", ALIKE, alike('papers = "full_name"')),
    ("unknown-field", ALIKE, alike('birth = "born"')),
    ("unknown-register", ALIKE, alike('neighbours = "places"')),
    ("look-alike-kind", ALIKE, alike('birth = "ten"')),
    ("look-alike-kind", ALIKE, alike('merged_into = "into"',
     '[[field]]\nname = "into"\ntype = "reference"\nto = "client"\nlabel = "Gộp"\n')),
    ("no-people", ALIKE, 'search = ["name"]\n' + NAME + '[look_alike]\nname = "name"\n'),
    ("name-not-searched", ALIKE, alike("").replace('search = ["full_name"]', 'search = ["ten"]')),
    ("no-neighbours", ALIKE, alike('neighbours = "client"')),
    ("not-a-child-field", ALIKE, alike('only_one = ["client_category.category"]')),
    ("no-such-warning", ALIKE, alike('rule = "V01"')),
]  # fmt: skip

CARD = f"{PLACE_FILE}, [card]"


def card(settings: str, number: str = "no") -> str:
    """A register of people whose cards are read."""
    no = '[[field]]\nname = "no"\ntype = "text"\nlabel = "Số"\ndigits = 12\n'
    return f'person = true\n{PEOPLE_NAMES}{no}[card]\nnumber = "{number}"\n{settings}\n'


IN_REGISTER += [
    ("unknown-key", CARD, card('old = "no"')),
    ("wrong-type", PLACE_FILE, NAME + '[[card]]\nnumber = "name"\n'),
    ("unknown-field", CARD, card('birth = "born"')),
    ("card-kind", CARD, card("", "full_name")),
    *[("card-kind", CARD, card(f'{key} = "full_name"')) for key in
      ("old_number", "birth", "sex", "unit", "hamlet", "issued")],
    *[("card-kind", CARD, card(f'{key} = "no"')) for key in ("name", "address", "residence")],
    ("card-without-number", CARD, card('name = "full_name"', "")),
    ("card-without-number", CARD, NAME + '[card]\nname = "name"\n'),
    ("misplaced-setting", EXTRA, field('type = "date"\nformat = "phone"')),
    ("wrong-type", EXTRA, field('format = "telephone"')),
    ("bad-bounds", EXTRA, field('digits = 9\nformat = "phone"')),
]  # fmt: skip

FACT = f"{PLACE_FILE}, [[summary]] 1"


def fact(settings: str) -> str:
    """A register with one fact in its summary."""
    return f"{NAME}[[summary]]\n{settings}\n"


IN_REGISTER += [
    ("missing-key", FACT, fact('text = "{value} ca"')),
    ("unknown-key", FACT, fact('text = "{value} ca"\nvalue = "1"\nunit = "ca"')),
    ("wrong-type", FACT, fact('text = "{value} ca"\nvalue = "1"\ntype = "number"')),
    ("no-value-place", FACT, fact('text = "một ca"\nvalue = "1"')),
    ("no-value-place", FACT, fact('text = "{value} ca {name}"\nvalue = "1"')),
    ("summary-type", FACT, fact('text = "{value} ca"\nvalue = "1"\ntype = "choice"')),
]

IN_LIST = [
    ("missing-key", NEW_VALUE, '\n[[value]]\ncode = "10"\n'),
    ("duplicate-code", "forms/lists/cat.toml, [[value]] 3 (09)", value("", "09")),
    ("bad-code", "forms/lists/cat.toml, [[value]] 3 (1,0)", value("", "1,0")),
    ("bad-code", "forms/lists/cat.toml, [[value]] 3 (1 0)", value("", "1 0")),
    ("bad-date", NEW_VALUE, value('valid_from = "01/07/2025"')),
    ("bad-date", NEW_VALUE, value('valid_from = "2025-07-01"\nvalid_to = "2025-06-30"')),
    ("wrong-type", NEW_VALUE, value("valid_from = 2025-07-01")),
    ("bad-tag", NEW_VALUE, value('tags = ["two words"]')),
    ("unknown-code", NEW_VALUE, value('parent = "8"')),
    ("parent-cycle", NEW_VALUE, value('parent = "10"')),
    ("ambiguous-word", NEW_VALUE, value('aliases = ["TRẺ EM"]')),
    ("ambiguous-word", NEW_VALUE, value('aliases = ["09"]')),
]

RULE = '\n[[rule]]\nnumber = "V12"\non = "client"\ncheck = "1"\nmessage = "Sai."\n'
NEW_RULE = "forms/rules/client.toml, [[rule]] 2 (V12)"

IN_RULES = [
    ("missing-key", "forms/rules/client.toml, [[rule]] 2 (V12)",
     '\n[[rule]]\nnumber = "V12"\non = "client"\ncheck = "1"\n'),
    ("empty-text", NEW_RULE, RULE.replace('"Sai."', '""')),
    ("duplicate-rule", "forms/rules/client.toml, [[rule]] 2 (V11)", RULE.replace("V12", "V11")),
    ("unknown-register", NEW_RULE, RULE.replace('"client"', '"clint"')),
    ("unknown-field", NEW_RULE, RULE + 'fields = ["full_nam"]\n'),
    ("unknown-field", NEW_RULE, RULE + 'fields = ["client_category.cat"]\n'),
    ("unknown-field", NEW_RULE, RULE.replace("Sai.", "Sai {full_nam}.")),
    ("unknown-field", NEW_RULE, RULE.replace('"client"', '"figure"') + 'fields = ["sum"]\n'),
    ("unknown-field", NEW_RULE, RULE.replace('"client"', '"figure"').replace("Sai", "{sum}")),
    ("bad-format", NEW_RULE, RULE.replace("Sai.", "Sai }.")),
    ("wrong-type", NEW_RULE, RULE + 'level = "error"\n'),
    ("wrong-type", NEW_RULE, RULE + 'level = { saving = "error" }\n'),
    ("wrong-type", NEW_RULE, RULE + 'level = { save = "fatal" }\n'),
    ("never-asked", NEW_RULE, RULE + 'level = { save = "off" }\n'),
    ("gate-without-rows", NEW_RULE,
     RULE.replace('"client"', '"figure"') + 'level = { save = "error" }\n'),
    ("bad-invariant", NEW_RULE, RULE + 'invariant = true\nlevel = { save = "warning" }\n'),
]  # fmt: skip

WHOLE_FILES = [
    ("no-format", PLACE_FILE, PLACE, HEAD.replace("form = 1\n", "") + NAME),
    ("no-format", PLACE_FILE, PLACE, HEAD.replace("form = 1\n", 'form = "1"\n') + NAME),
    ("newer-format", PLACE_FILE, PLACE, HEAD.replace("form = 1", "form = 2") + "x = 1\n"),
    ("missing-key", PLACE_FILE, PLACE, 'form = 1\nname = "place"\n' + NAME),
    ("empty-text", PLACE_FILE, PLACE, 'form = 1\nname = "place"\ntitle = ""\n' + NAME),
    ("sql-keyword", PLACE_FILE, PLACE, HEAD.replace('"place"', '"case"') + NAME),
    ("bad-name", PLACE_FILE, PLACE, HEAD.replace('"place"', '"Place"') + NAME),
    ("reserved-name", PLACE_FILE, PLACE, HEAD.replace('"place"', '"code"') + NAME),
    ("reserved-name", PLACE_FILE, PLACE, HEAD.replace('"place"', '"sqlite_x"') + NAME),
    ("duplicate-register", PLACE_FILE, PLACE, HEAD.replace('"place"', '"client"') + NAME),
    ("duplicate-list", "forms/lists/x.toml", "lists/x.toml",
     'form = 1\nname = "CAT"\ntitle = "X"\n[[value]]\ncode = "1"\nlabel = "Một"\n'),
    ("bad-name", "forms/lists/x.toml", "lists/x.toml",
     'form = 1\nname = "x-y"\ntitle = "X"\n[[value]]\ncode = "1"\nlabel = "Một"\n'),
    ("unknown-list", "forms/lists/x.toml", "lists/x.toml",
     'form = 1\nname = "X"\ntitle = "X"\nparent_list = "CATS"\n'
     '[[value]]\ncode = "1"\nlabel = "Một"\n'),
    ("no-values", "forms/lists/x.toml", "lists/x.toml", 'form = 1\nname = "X"\ntitle = "X"\n'),
    ("unknown-key", "forms/rules/x.toml", "rules/x.toml", 'form = 1\nname = "X"\n'),
]  # fmt: skip

BY_HAND = {"syntax", "not-utf8", "not-nfc", "no-registers", "unreadable"}
"""Kinds that test_loader.py has, for files that are no TOML or no text."""


@pytest.mark.parametrize(("code", "place", "text"), IN_REGISTER)
def test_mistake_in_a_register(problems_of, good, code, place, text):
    problems = problems_of({**good, PLACE: HEAD + text})
    assert (place, code) in [(problem.place, problem.code) for problem in problems]


@pytest.mark.parametrize(("code", "place", "text"), IN_LIST)
def test_mistake_in_a_list(problems_of, good, code, place, text):
    good["lists/cat.toml"] += text
    assert [(p.place, p.code) for p in problems_of(good)] == [(place, code)]


@pytest.mark.parametrize(("code", "place", "text"), IN_RULES)
def test_mistake_in_a_rule(problems_of, good, code, place, text):
    good["rules/client.toml"] += text
    assert [(p.place, p.code) for p in problems_of(good)] == [(place, code)]


@pytest.mark.parametrize(("code", "place", "file", "text"), WHOLE_FILES)
def test_mistake_in_the_head_of_a_file(problems_of, good, code, place, file, text):
    assert [(p.place, p.code) for p in problems_of({**good, file: text})] == [(place, code)]


def test_registers_that_are_each_others_parents(problems_of, good):
    one = HEAD + 'parent = "room"\n' + NAME
    other = one.replace('"place"', '"x"').replace('"room"', '"place"').replace('"x"', '"room"')
    problems = problems_of({**good, PLACE: one, "registers/room.toml": other})
    assert [problem.code for problem in problems] == ["parent-cycle", "parent-cycle"]


def test_a_circle_of_renames(problems_of, good):
    circle = HEAD + NAME + '[renamed]\na = "b"\nb = "a"\nold = "older"\nolder = "name"\n'
    problems = problems_of({**good, PLACE: circle})
    assert [problem.code for problem in problems] == ["renamed-cycle", "renamed-cycle"]


def test_a_child_shown_twice_or_dressed_as_a_register(problems_of, good):
    good["registers/client.toml"] += (
        '[[section]]\nname = "more"\ntitle = "Thêm"\nchildren = ["client_category"]\n'
    )
    child = good["registers/client_category.toml"]
    good["registers/client_category.toml"] = child.replace("[[field]]", 'group = "G"\n[[field]]')
    codes = [problem.code for problem in problems_of(good)]
    assert codes == ["duplicate-child", "not-for-children"]


def test_the_columns_of_a_child(problems_of, good):
    child = good["registers/client_category.toml"]
    for name in ("client", "position", "id"):
        child += f'[[field]]\nname = "{name}"\ntype = "text"\nlabel = "X"\n'
    problems = problems_of({**good, "registers/client_category.toml": child})
    assert [problem.code for problem in problems] == ["common-column"] * 3


def test_a_choice_within_a_field_of_another_list(problems_of, forms_of, good):
    sub = 'form = 1\nname = "SUB"\ntitle = "Nhóm nhỏ"\nparent_list = "{0}"\n[[value]]\n'
    sub += 'code = "01-1"\nlabel = "Mồ côi"\nparent = "01"\n'
    good["registers/client_category.toml"] += (
        '[[field]]\nname = "sub"\ntype = "choice"\nlabel = "Nhỏ"\nlist = "SUB"\nwithin = "category"'
    )
    forms = forms_of({**good, "lists/sub.toml": sub.format("CAT")})
    assert forms.lists["SUB"].parent_list == "CAT"
    problems = problems_of({**good, "lists/sub.toml": sub.replace('parent_list = "{0}"\n', "")})
    assert {problem.code for problem in problems} == {"bad-within", "unknown-code"}


def test_a_wrong_value_is_told_once(problems_of, good):
    text = HEAD + field('type = "chioce"\nlist = "CAT"\nwithin = "nam"')
    problems = problems_of({**good, PLACE: text})
    assert [problem.code for problem in problems] == ["wrong-type"]
    assert "“choice”" in problems[0].text


@pytest.mark.parametrize(
    ("text", "word"),
    [
        (field('type = "choice"\nlist = "CATT"'), "“CAT”"),
        (field('type = "reference"\nto = "clients"'), "“client”"),
        ('search = ["naem"]\n' + NAME, "“name”"),
        (NAME + '[[fields]]\nname = "x"\n', "“field”"),
    ],
)
def test_the_likely_word_is_offered(problems_of, good, text, word):
    (problem,) = problems_of({**good, PLACE: HEAD + text})
    assert f"Ý anh/chị là {word}?" in problem.text


def test_words_differing_in_accents_only_are_told_apart(forms_of, good):
    good["lists/cat.toml"] += value('aliases = ["Trê em"]')
    assert len(forms_of(good).lists["CAT"].values) == 3


def test_a_word_may_be_used_again_when_its_first_meaning_has_ended(forms_of, good):
    cat = good["lists/cat.toml"]
    cat = cat.replace('label = "Trẻ em"', 'label = "Trẻ em"\nvalid_to = "2025-06-30"')
    cat += value('valid_from = "2025-07-01"\naliases = ["Trẻ em"]')
    assert len(forms_of({**good, "lists/cat.toml": cat}).lists["CAT"].values) == 3


def test_every_kind_of_mistake_has_its_text_here():
    tested = {case[0] for case in (*IN_REGISTER, *IN_LIST, *IN_RULES, *WHOLE_FILES)} | BY_HAND
    tested |= {"renamed-cycle", "duplicate-child", "not-for-children"}
    assert codes_in_the_source() <= tested


def codes_in_the_source() -> set[str]:
    """The codes that `Problem(…)` and `reader.add(…)` are called with in the whole layer."""
    codes = set()
    schema = Path(form_files.__file__).parent
    assert Path(lint.__file__).is_relative_to(schema)
    for path in schema.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and len(node.args) >= 2:
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                code = node.args[1]
                if name in ("Problem", "add") and isinstance(code, ast.Constant):
                    codes.add(str(code.value))
    return codes
