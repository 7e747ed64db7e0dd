"""The definitions that are shipped."""

from __future__ import annotations

from pathlib import Path

from desktop.schema.compare import compare
from desktop.schema.layout import fields_of_section, sections_of
from desktop.schema.loader import load_forms

FORMS = Path(__file__).parents[2] / "forms"


def test_shipped_forms_load():
    forms = load_forms(FORMS)
    assert {"client", "worker", "case_record", "service_event"} <= forms.registers.keys()
    again = load_forms(FORMS)
    assert again == forms
    assert compare(forms, again) == ()


def test_every_shipped_field_stands_in_one_section():
    for register in load_forms(FORMS).registers.values():
        shown = [f for s in sections_of(register) for f in fields_of_section(register, s)]
        assert sorted(f.name for f in shown) == sorted(f.name for f in register.fields)
