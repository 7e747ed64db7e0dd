"""`main.py backup` and `main.py restore`, in a real data folder."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Command

HAMLET = {"name": "Tổ dân phố 1"}


def put(command: Command, office: Path, folder: Path, name: str) -> None:
    file = folder / "hamlet.json"
    file.write_text(json.dumps({"name": name}), encoding="utf-8")
    assert command("put", "hamlet", file, "--data", office).code == 0


def hamlets(command: Command, office: Path) -> int:
    return len(command("list", "hamlet", "--data", office, "--json").data)


def test_a_backup_is_shown_and_restored(command: Command, office: Path, tmp_path: Path) -> None:
    put(command, office, tmp_path, "Tổ dân phố 1")
    made = command("backup", "--data", office, "--out", tmp_path, "--json")
    assert made.code == 0
    own, copy = map(Path, made.data["paths"])
    assert own.read_bytes() == copy.read_bytes()
    put(command, office, tmp_path, "Tổ dân phố 2")
    shown = command("restore", copy, "--data", office, "--show", "--json", password="")
    assert shown.data["counts"]["hamlet"] == 1
    assert hamlets(command, office) == 2
    done = command("restore", copy, "--data", office, "--json")
    assert done.code == 0
    assert Path(done.data["replaced"]).parent == office / "da-thay"
    assert hamlets(command, office) == 1


def test_a_wrong_password_restores_nothing(command: Command, office: Path, tmp_path: Path) -> None:
    made = command("backup", "--data", office, "--json")
    new = tmp_path / "new"
    refused = command("restore", made.data["paths"][0], "--data", new, password="sai mật khẩu")
    assert refused.code == 2
    assert not (new / "so-ctxh.db").exists()


def test_what_is_no_backup_is_said(command: Command, office: Path, tmp_path: Path) -> None:
    rubbish = tmp_path / "x.saoluu"
    rubbish.write_bytes(b"PK\x03\x04 rubbish")
    refused = command("restore", rubbish, "--data", office)
    assert refused.code == 2
    assert "không phải bản sao lưu" in refused.err
