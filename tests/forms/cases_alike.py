"""Cases for the rules that are alike in every register, made from what the definitions say."""

from __future__ import annotations

import re

from desktop.schema.definition import Field, FieldType, Forms, Register, Rule
from tests.forms.rule_case import Case, RecordCase, Row

_FAMILY = re.compile(r"V\d\d")
_TCVN3 = "NguyÔn ThÞ H¹nh"
_TEXTS: dict[str, tuple[str, str]] = {
    "V01": ("Nguyễn Thị Hạnh", _TCVN3),
    "V40": ("Đã thăm hộ ngày 05/03/2026, hỗ trợ 500.000 đ", "Số thẻ 035148000123"),
}
_PHONES = {False: ("0912 345 678", "12345"), True: ("0912 345 678", "01234 567 890")}


def alike(forms: Forms) -> dict[str, Case]:
    """Cases of V01, V09, V10, V40 and V50, by number."""
    makers = {
        "V01": _text, "V40": _text, "V09": _phone, "V10": _date, "V50": _interval,
    }  # fmt: skip
    found: dict[str, Case] = {}
    for rule in forms.rules:
        family = _family(rule.number)
        if family in makers:
            register = forms.registers[rule.on]
            passing, change = makers[family](rule, register)
            top = register.parent or register.name
            found[rule.number] = RecordCase(top, rule.on, passing, passing | change)
    return found


def _family(number: str) -> str:
    found = _FAMILY.match(number)
    return found[0] if found else ""


def _text(rule: Rule, register: Register) -> tuple[Row, Row]:
    """Every text the rule is about is good; the last of them is spoilt."""
    good, bad = _TEXTS[_family(rule.number)]
    return dict.fromkeys(rule.fields, good), {rule.fields[-1]: bad}


def _phone(rule: Rule, register: Register) -> tuple[Row, Row]:
    good, bad = _PHONES["unknown" in rule.check]
    return {rule.fields[0]: good}, {rule.fields[0]: bad}


def _date(rule: Rule, register: Register) -> tuple[Row, Row]:
    one = register.field(rule.fields[0])
    if one.type is FieldType.PARTIAL_DATE:
        return {f"{one.name}_year": 2026}, {f"{one.name}_month": 6, f"{one.name}_day": 15}
    future = "today()" not in rule.check and "now()" not in rule.check
    return {one.name: _moment(one, "2026-06-14")}, {
        one.name: _moment(one, "1899-12-31" if future else "2026-06-15")
    }


def _moment(one: Field, day: str) -> str:
    return f"{day}T10:00" if one.type is FieldType.DATETIME else day


def _interval(rule: Rule, register: Register) -> tuple[Row, Row]:
    end, start = (register.field(name) for name in rule.fields)
    return (
        {start.name: _moment(start, "2026-03-02"), end.name: _moment(end, "2026-03-02")},
        {end.name: _moment(end, "2026-03-01")},
    )
