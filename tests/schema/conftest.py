"""Definitions written as small TOML texts, loaded from a folder of their own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from desktop.base.errors import DefinitionError, Problem
from desktop.schema.definition import Forms
from desktop.schema.loader import load_forms

FormsOf = Callable[[Mapping[str, str]], Forms]
ProblemsOf = Callable[[Mapping[str, str]], tuple[Problem, ...]]

CLIENT = """
form = 1
name = "client"
title = "Đối tượng"
title_format = "{full_name}"
sort = ["-birth_year", "created_at"]

[renamed]
nickname = ""
name_of_birth = "full_name"

[[section]]
name = "person"
title = "Nhân thân"
children = ["client_category"]

[[field]]
name = "full_name"
type = "text"
label = "Họ và tên"
section = "person"
required = true

[[field]]
name = "birth"
type = "partial_date"
label = "Ngày sinh"

[[column]]
field = "full_name"

[[column]]
field = "#client_category"
title = "Số nhóm"
"""

CATEGORY = """
form = 1
name = "client_category"
title = "Nhóm"
parent = "client"

[[field]]
name = "category"
type = "choice"
label = "Nhóm"
list = "CAT"
"""

CAT = """
form = 1
name = "CAT"
title = "Nhóm đối tượng"

[[value]]
code = "01"
label = "Trẻ em"
aliases = ["thiếu nhi"]

[[value]]
code = "09"
label = "Người nhiễm HIV/AIDS"
restricted = true
tags = ["hiv", "counted"]
"""

RULES = """
form = 1

[[rule]]
number = "V11"
on = "client_category"
fields = ["category", "client.birth"]
check = "category <> '01'"
message = "Nhóm {category} không hợp với ngày sinh {birth}. Chọn nhóm khác."
level = { save = "warning" }
"""

GOOD = {
    "registers/client.toml": CLIENT,
    "registers/client_category.toml": CATEGORY,
    "lists/cat.toml": CAT,
    "rules/client.toml": RULES,
}
"""Definitions without a mistake; tests change a part of them."""


@pytest.fixture
def good() -> dict[str, str]:
    """The files of definitions without a mistake, to be changed."""
    return dict(GOOD)


@pytest.fixture
def folder_of(tmp_path: Path) -> Callable[[Mapping[str, str]], Path]:
    """Writes files into a folder `forms` and gives that folder."""

    def write(files: Mapping[str, str]) -> Path:
        folder = tmp_path / "forms"
        for name, text in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return folder

    return write


@pytest.fixture
def forms_of(folder_of: Callable[[Mapping[str, str]], Path]) -> FormsOf:
    """Loads definitions from texts by file name."""
    return lambda files: load_forms(folder_of(files))


@pytest.fixture
def problems_of(forms_of: FormsOf) -> ProblemsOf:
    """The mistakes of definitions that have some."""

    def problems(files: Mapping[str, str]) -> tuple[Problem, ...]:
        with pytest.raises(DefinitionError) as caught:
            forms_of(files)
        return caught.value.problems

    return problems
