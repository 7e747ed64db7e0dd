"""Small invented definitions and an open office to store records in."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from desktop.base.clock import FixedClock
from desktop.schema.definition import (
    CodeList,
    CodeValue,
    Field,
    FieldType,
    Forms,
    Gate,
    Level,
    ListColumn,
    Register,
    Rule,
)
from desktop.store.database import Database, create_database

NOW = "2026-11-23T08:00:00+07:00"
UNIT = "XA.13366.20250701"
KEY = bytes(range(32))


def text(name: str, label: str = "", **more: object) -> Field:
    return Field(name=name, type=FieldType.TEXT, label=label or name, **more)  # type: ignore[arg-type]


def of_type(name: str, type: FieldType, **more: object) -> Field:
    return Field(name=name, type=type, label=name, **more)  # type: ignore[arg-type]


HOUSEHOLD = Register(
    name="household",
    title="Hộ gia đình",
    one="hộ gia đình",
    title_format="{head_name}",
    search=("head_name",),
    fields=(text("head_name"), of_type("members", FieldType.INTEGER)),
)
CLIENT = Register(
    name="client",
    title="Đối tượng",
    one="đối tượng",
    person=True,
    number_field="file_no",
    number_format="{unit}-{year}-{n:04}",
    title_format="{full_name}",
    subtitle_format="{birth} · {file_no}",
    search=("full_name", "file_no", "personal_no", "household"),
    sort=("sort_key",),
    fields=(
        text("full_name"),
        text("ho"),
        text("dem"),
        text("ten"),
        text("file_no"),
        text("personal_no", digits=12),
        of_type("birth", FieldType.PARTIAL_DATE),
        of_type("income", FieldType.MONEY),
        of_type("height", FieldType.DECIMAL),
        of_type("alive", FieldType.YES_NO),
        of_type("sex", FieldType.CHOICE, list="SEX"),
        of_type("needs", FieldType.CHOICES, list="NEED"),
        of_type("household", FieldType.REFERENCE, to="household"),
        of_type("opened", FieldType.DATE),
        of_type("note", FieldType.NOTE),
    ),
    columns=(
        ListColumn(field="full_name"),
        ListColumn(field="birth"),
        ListColumn(field="sex"),
        ListColumn(field="household"),
        ListColumn(field="household.members"),
        ListColumn(field="#client_category"),
        ListColumn(field="#visit"),
    ),
)
CATEGORY = Register(
    name="client_category",
    title="Nhóm",
    parent="client",
    fields=(
        of_type("category", FieldType.CHOICE, list="CAT"),
        of_type("main", FieldType.YES_NO),
        of_type("date_from", FieldType.DATE),
    ),
)
VISIT = Register(
    name="visit",
    title="Lượt thăm",
    one="lượt thăm",
    title_format="{client} · {made_on}",
    search=("client", "topic"),
    sort=("-made_on",),
    date_field="made_on",
    fields=(
        of_type("client", FieldType.REFERENCE, to="client"),
        of_type("made_on", FieldType.DATE),
        text("topic"),
        of_type("minutes", FieldType.INTEGER),
    ),
)
RULES = (
    Rule(
        number="V06",
        on="client",
        check="length(personal_no) = 12",
        message="Số định danh phải có 12 chữ số.",
        fields=("personal_no",),
        level=dict.fromkeys(Gate, Level.ERROR),
        invariant=True,
    ),
)
LISTS = {
    "SEX": CodeList(
        name="SEX",
        title="Giới tính",
        values=(CodeValue(code="NAM", label="Nam"), CodeValue(code="NU", label="Nữ")),
    ),
    "NEED": CodeList(
        name="NEED",
        title="Nhu cầu",
        values=tuple(CodeValue(code=c, label=f"Nhu cầu {c}") for c in ("A", "B", "C")),
    ),
    "CAT": CodeList(
        name="CAT",
        title="Nhóm",
        values=(
            CodeValue(code="05", label="Người cao tuổi cô đơn", tags=("counted", "old")),
            CodeValue(code="09", label="Người nhiễm HIV/AIDS", restricted=True),
        ),
    ),
}


def make_forms(*registers: Register, rules: tuple[Rule, ...] = RULES, digest: str = "1") -> Forms:
    chosen = registers or (HOUSEHOLD, CLIENT, CATEGORY, VISIT)
    return Forms(
        registers={register.name: register for register in chosen},
        lists=LISTS,
        rules=rules,
        digest=digest,
    )


def with_field(register: Register, *fields: Field, **changes: object) -> Register:
    return replace(register, fields=register.fields + fields, **changes)  # type: ignore[arg-type]


@pytest.fixture
def forms() -> Forms:
    return make_forms()


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(datetime(2026, 11, 23, 8))


@pytest.fixture
def database(tmp_path: Path, forms: Forms, clock: FixedClock) -> Iterator[Database]:
    with create_database(tmp_path / "office.db", KEY, forms, None, clock) as made:
        yield made


@pytest.fixture
def as_nobody(tmp_path: Path) -> Iterator[Callable[[], None]]:
    """A function after which this process has no rights of root (who may write everywhere)."""

    def drop() -> None:
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            for folder in (tmp_path, *list(tmp_path.parents)[:2]):
                folder.chmod(0o755)
            os.seteuid(65534)

    yield drop
    if hasattr(os, "geteuid") and os.geteuid() == 65534:
        os.seteuid(0)
