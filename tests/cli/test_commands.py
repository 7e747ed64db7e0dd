"""Every command: what it answers, and what it says when it cannot."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from desktop.base.paths import bundled_root
from tests.cli.conftest import Command

HOA = {
    "full_name": "Nguyễn Thị Hoà",
    "sex": "NU",
    "birth": "1948",
    "personal_no": "035148900123",
    "marital": "GOA",
    "client_category": [{"category": "06", "is_main": True, "date_from": "2023-01-01"}],
}


@pytest.fixture
def person_file(tmp_path: Path) -> Path:
    path = tmp_path / "người.json"
    path.write_text(json.dumps(HOA, ensure_ascii=False), encoding="utf-8")
    return path


def test_put_adds_and_list_finds_without_accents(
    command: Command, office: Path, person_file: Path
) -> None:
    done = command("put", "client", person_file, "--data", office, "--json")
    assert (done.code, done.data["added"]) == (0, 1), done.err + done.out
    found = command("list", "client", "--find", "hoa 48", "--data", office, "--json")
    assert [row["full_name"] for row in found.data] == ["Nguyễn Thị Hoà"]
    assert command("list", "client", "--find", "xyz", "--data", office, "--json").data == []


def test_put_prints_every_problem_with_its_rule(
    command: Command, office: Path, tmp_path: Path
) -> None:
    path = tmp_path / "a.json"
    bad = [HOA | {"birth": "31/02/1950"}, HOA | {"personal_no": "035048900123"}]
    path.write_text(json.dumps(bad), encoding="utf-8")
    done = command("put", "client", path, "--data", office, "--json")
    assert done.code == 1
    assert {(row["item"], row["rule"]) for row in done.data["problems"]} >= {(0, "KĐ"), (1, "V03")}
    assert command("list", "client", "--data", office, "--json").data == []


def test_check_finds_nothing_in_a_sound_office(
    command: Command, office: Path, person_file: Path
) -> None:
    command("put", "client", person_file, "--data", office)
    done = command("check", "--data", office, "--json")
    assert (done.code, done.data) == (0, {"problems": []}), done.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["list", "nguoi"], "client"),
        (["list", "client_category"], "client"),
        (["put", "client", "khong-co.json"], "khong-co.json"),
    ],
)
def test_what_cannot_be_done_is_said_in_words(
    command: Command, office: Path, words: list[str], said: str
) -> None:
    done = command(*words, "--data", office)
    assert done.code == 2
    assert said in done.err
    assert "Traceback" not in done.err


def test_a_wrong_password_opens_nothing(command: Command, office: Path) -> None:
    done = command("list", "client", "--data", office, password="sai mật khẩu")
    assert (done.code, done.out) == (2, "")
    assert "Traceback" not in done.err


def test_a_password_file_that_is_not_there_is_said_in_words(
    command: Command, office: Path, tmp_path: Path
) -> None:
    missing = tmp_path / "mật khẩu.txt"
    done = command("check", "--data", office, "--password-file", missing)
    assert (done.code, done.out) == (2, "")
    assert "mật khẩu.txt" in done.err
    assert "Traceback" not in done.err


def test_an_empty_folder_holds_no_office(command: Command, tmp_path: Path) -> None:
    done = command("check", "--data", tmp_path)
    assert done.code == 2
    assert str(tmp_path) in done.err


def test_a_file_that_is_no_database_is_said_to_be_none(command: Command, office: Path) -> None:
    (office / "so-ctxh.db").write_bytes(b"PK\x03\x04 not a database" * 400)
    done = command("check", "--data", office)
    assert done.code == 2
    assert "Traceback" not in done.err


def test_lint_says_the_shipped_definitions_are_in_order(command: Command) -> None:
    done = command("forms", "lint", "--json")
    assert (done.code, done.data) == (0, {"problems": []})


def test_lint_names_every_mistake_with_file_and_place(command: Command, tmp_path: Path) -> None:
    forms = tmp_path / "forms"
    shutil.copytree(bundled_root() / "forms", forms)
    client = forms / "registers" / "client.toml"
    text = client.read_text(encoding="utf-8")
    client.write_text(text.replace('list = "GIOI"', 'list = "GIOII"'), encoding="utf-8")
    rules = forms / "rules" / "worker.toml"
    text = rules.read_text(encoding="utf-8")
    extra = (
        '\n[[rule]]\nnumber = "V01a"\non = "worker"\nfields = ["full_nam"]\n'
        'check = "full_name <> \'\'"\nmessage = "Ghi họ tên."\n'
    )
    rules.write_text(text + extra, encoding="utf-8")
    done = command("forms", "lint", "--forms", forms, "--json")
    assert done.code == 2
    places = [row["place"] for row in done.data["problems"]]
    assert any("client.toml" in place for place in places)
    assert any("worker.toml" in place for place in places)


def test_lint_tells_bad_sql(command: Command, tmp_path: Path) -> None:
    forms = tmp_path / "forms"
    shutil.copytree(bundled_root() / "forms", forms)
    rules = forms / "rules" / "worker.toml"
    hostile = (
        '\n[[rule]]\nnumber = "V99"\non = "worker"\nfields = ["full_name"]\n'
        'check = "(SELECT count(*) FROM journal) = 0"\nmessage = "Không."\n'
        '\n[[rule]]\nnumber = "V98"\non = "worker"\nfields = ["full_name"]\n'
        'check = "1); DELETE FROM client; --"\nmessage = "Không."\n'
    )
    rules.write_text(rules.read_text(encoding="utf-8") + hostile, encoding="utf-8")
    done = command("forms", "lint", "--forms", forms, "--json")
    assert done.code == 2
    assert len(done.data["problems"]) == 2


def test_the_demo_does_the_main_job_and_says_where_everything_is(
    command: Command, tmp_path: Path
) -> None:
    out = tmp_path / "demo"
    done = command("demo", "--out", out, "--json")
    assert done.code == 0, done.err
    offices = done.data["offices"]
    assert len(offices) == 2
    for office in offices:
        assert Path(office["workbook"]).is_file()
        assert office["cells"] > 3000
        assert len(office["figures"]) > 20
    filled = {name for office in offices for name in office["records"]}
    assert {"worker", "client", "case_record", "service_event", "training", "funding"} <= filled
    again = command("list", "client", "--data", offices[0]["data"], password=done.data["password"])
    assert again.code == 0
    assert len(again.out.splitlines()) > 25
    assert command("demo", "--out", out, "--json").code == 0


def test_the_demo_never_empties_a_folder_it_did_not_make(command: Command, tmp_path: Path) -> None:
    precious = tmp_path / "quý.txt"
    precious.write_text("giữ lại", encoding="utf-8")
    done = command("demo", "--out", tmp_path, "--no-window")
    assert done.code == 2
    assert precious.exists()
