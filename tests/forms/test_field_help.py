"""Every field says what to enter, how it may look, and who asks for it."""

from __future__ import annotations

import pytest

from desktop.base.paths import bundled_root
from desktop.schema.definition import Field, FieldType, Register
from desktop.schema.loader import load_forms
from desktop.service.definitions import load_definitions
from desktop.service.field_help import rules_at

FORMS = load_forms(bundled_root() / "forms")
FIELDS = [(register, field) for register in FORMS.registers.values() for field in register.fields]
TYPED = {
    FieldType.TEXT,
    FieldType.NOTE,
    FieldType.INTEGER,
    FieldType.DECIMAL,
    FieldType.MONEY,
    FieldType.DATE,
    FieldType.DATETIME,
    FieldType.PARTIAL_DATE,
}
NO_LAW = "Không văn bản nào buộc ghi: nếp làm việc của đơn vị"
LEGAL_KINDS = ("Luật ", "Nghị định ", "Nghị quyết ", "Thông tư ", "Quyết định ", "Công văn ")
LEAST_WORDS = 4


def named(case: tuple[Register, Field]) -> str:
    return f"{case[0].name}.{case[1].name}"


@pytest.mark.parametrize("case", FIELDS, ids=map(named, FIELDS))
def test_every_field_explains_itself(case: tuple[Register, Field]) -> None:
    register, field = case
    assert len(field.help.split()) >= LEAST_WORDS, field.help
    assert field.help.rstrip("”")[-1] in ".…", "a sentence"
    assert field.help.rstrip(".") != field.label
    assert field.legal == NO_LAW or field.legal.startswith(LEGAL_KINDS), field.legal
    typed = field.type in TYPED and not field.computed and field.name != register.number_field
    assert field.example or not typed


def test_rules_that_read_a_field_are_told_where_it_is_typed() -> None:
    definitions = load_definitions(bundled_root() / "forms")
    client = definitions.forms.registers["client"]
    told = rules_at(definitions, client, client.field("personal_no"))
    numbers = [one.number for one in told]
    assert {"V02", "V03", "V04"} <= set(numbers)
    assert numbers == sorted(numbers)
    assert not any("{" in one.text for one in told)
    assert {one.number for one in told if not one.is_warning} >= {"V02"}
    # V03 compares with the sex: it looks at that field too, though the problem is shown here.
    assert "V03" in [one.number for one in rules_at(definitions, client, client.field("sex"))]


def test_a_field_that_no_rule_reads_tells_of_none() -> None:
    definitions = load_definitions(bundled_root() / "forms")
    register = definitions.forms.registers["admin_unit"]
    assert rules_at(definitions, register, register.field("legal_source")) == []
