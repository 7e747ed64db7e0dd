"""Which fields, children and lists stand in which section of a page."""

from __future__ import annotations

from desktop.schema.layout import (
    children_of_section,
    fields_of_section,
    related_of_section,
    sections_of,
)

TWO_SECTIONS = """
[[section]]
name = "more"
title = "Thêm"

[[field]]
name = "friend"
type = "reference"
label = "Bạn"
to = "client"
section = "more"

[[related]]
register = "client"
field = "friend"
title = "Bạn của"
"""


def test_fields_without_a_section_stand_in_the_first(forms_of, good):
    good["registers/client.toml"] += TWO_SECTIONS
    forms = forms_of(good)
    client = forms.registers["client"]
    first, second = sections_of(client)
    assert [field.name for field in fields_of_section(client, first)] == ["full_name", "birth"]
    assert [field.name for field in fields_of_section(client, second)] == ["friend"]
    assert [child.name for child in children_of_section(forms, first)] == ["client_category"]
    assert children_of_section(forms, second) == ()


def test_lists_without_a_section_stand_in_the_last(forms_of, good):
    good["registers/client.toml"] += TWO_SECTIONS
    client = forms_of(good).registers["client"]
    first, second = sections_of(client)
    assert related_of_section(client, first) == ()
    assert related_of_section(client, second) == client.related


def test_a_register_without_sections_has_one_for_everything(forms_of, good):
    category = forms_of(good).registers["client_category"]
    (section,) = sections_of(category)
    assert section.title == "Nhóm"
    assert fields_of_section(category, section) == category.fields
