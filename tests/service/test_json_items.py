"""Records in a JSON file, however it is laid out and wherever it is cut."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from desktop.base.errors import UserError
from desktop.service import json_items
from desktop.service.json_items import read_items

HOA = {"full_name": "Nguyễn Thị Hoà", "birth_year": 1948, "rows": [{"a": 1.5}, {}], "x": None}


@pytest.fixture(params=[1, 3, 1 << 20])
def chunk(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_items, "_CHUNK", request.param)


def written(folder: Path, text: str) -> Path:
    path = folder / "records.json"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.usefixtures("chunk")
@pytest.mark.parametrize(
    "text",
    [
        json.dumps([HOA, HOA]),
        json.dumps([HOA, HOA], ensure_ascii=False, indent=2),
        "\ufeff" + json.dumps([HOA, HOA], ensure_ascii=False),
        "\n".join(json.dumps(HOA) for _ in range(2)) + "\n\n",
        f"  [ {json.dumps(HOA)} ,\r\n{json.dumps(HOA)} ] ",
    ],
)
def test_arrays_and_lines_give_the_same_objects(tmp_path: Path, text: str) -> None:
    assert list(read_items(written(tmp_path, text))) == [HOA, HOA]


@pytest.mark.usefixtures("chunk")
@pytest.mark.parametrize(("text", "items"), [("", []), ("[]", []), (json.dumps(HOA), [HOA])])
def test_none_and_one(tmp_path: Path, text: str, items: list[object]) -> None:
    assert list(read_items(written(tmp_path, text))) == items


@pytest.mark.usefixtures("chunk")
@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('[{"a": 1},\n{"a": 2}', 2),
        ('[{"a": 1}\n\n{"a": 2}]', 3),
        ('[{"a": 1},\n]', 2),
        ('{"a": 1', 1),
        ('[{"a": 1}]\nvà nữa', 2),
        ('{"a": \n01}', 2),
    ],
)
def test_what_is_no_json_is_told_with_its_line(tmp_path: Path, text: str, line: int) -> None:
    with pytest.raises(UserError, match=f" {line}: "):
        list(read_items(written(tmp_path, text)))


def test_the_records_before_a_mistake_are_given_out(tmp_path: Path) -> None:
    items = read_items(written(tmp_path, '[{"a": 1}, {"a": 2}, oops]'))
    assert [next(items), next(items)] == [{"a": 1}, {"a": 2}]


def test_other_encodings_and_missing_files_are_told(tmp_path: Path) -> None:
    path = tmp_path / "records.json"
    path.write_bytes("Hoà".encode("cp1258", errors="replace") + b"\xff")
    with pytest.raises(UserError, match="UTF-8"):
        list(read_items(path))
    with pytest.raises(UserError):
        list(read_items(tmp_path / "none.json"))
