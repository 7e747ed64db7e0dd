"""Anonymised people stay in every figure, and nothing in the data says who they were."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from desktop.base.errors import UserError
from desktop.schema.definition import FieldType
from desktop.service.anonymising import anonymise
from desktop.service.definitions import Definitions
from desktop.service.draft_picture import KeptDraft
from desktop.service.kept_drafts import as_kept, drafts_of
from desktop.service.rights import NotAllowed, Rights, Role
from desktop.service.sample import SAMPLES, open_sample
from desktop.service.verifying import verify
from desktop.service.workspace import Workspace
from desktop.store import access_log
from desktop.store.about import about
from desktop.store.anonymising import keeps_birthday
from desktop.store.driver import PAGE_BYTES, quoted
from tests.offices import paths_of, read_openly, saved

WHY = "Hết thời hạn lưu giữ"
MARKED: dict[str, object] = {
    "full_name": "Quách Thị Dấuhiệu", "sex": "NU", "birth": "15/06/1948", "marital": "GOA",
    "personal_no": "036148987651", "phone": "0912987654", "occupation": "Nghề Dấuhiệu",
    "current_address": "Số 987 ngõ Dấuhiệu", "note": "Ghi chú Dấuhiệu", "old_id_no": "162987653",
    "client_category": [{"category": "06", "is_main": "1", "date_from": "01/01/2023",
                         "evidence": "Đơn Dấuhiệu"}],
}  # fmt: skip
MARKS = (
    "Dấuhiệu", "dauhieu", "036148987651", "0912987654", "162987653", "Số 987",
)  # fmt: skip


@pytest.fixture
def sample(tmp_path: Path, definitions: Definitions) -> Iterator[Workspace]:
    made = open_sample(paths_of(tmp_path), SAMPLES[0], definitions=definitions)
    yield made
    made.close()


def closed_clients(workspace: Workspace) -> list[str]:
    """People of the sample without an open case."""
    sql = (
        "SELECT id FROM main.client AS t WHERE kind = 'CA_NHAN' AND NOT EXISTS (SELECT 1 "
        "FROM main.case_record AS c WHERE c.client = t.id AND c.status <> 'KET_THUC') ORDER BY id"
    )
    return [row[0] for row in workspace.reader.execute(sql).fetchall()]


def sheets(workspace: Workspace) -> list[tuple[object, ...]]:
    """Every figure of every sheet of the last half year and the year, for those who stay and for
    those who receive it."""
    reporting = workspace.reporting
    periods = [reporting.to_report(), reporting.period("2026")]
    return [
        reporting.report(period, outgoing=outgoing).sheets
        for period in periods
        for outgoing in (False, True)
    ]


def test_every_figure_is_as_before(sample: Workspace) -> None:
    before = sheets(sample)
    chosen = closed_clients(sample)
    assert len(chosen) > 5
    for id in chosen:
        read_openly(sample, "client", id)
    anonymise(sample, "client", chosen, WHY)
    assert sheets(sample) == before
    assert verify(sample).damages == ()


def test_nothing_that_was_typed_of_the_person_is_left(workspace: Workspace) -> None:
    id = saved(workspace, "client", MARKED, reason="Lý do Dấuhiệu")
    draft = workspace.open_draft("client", id)
    draft.set_text("phone", "0912987654")
    draft.set_text("note", "Ghi chú Dấuhiệu thêm")
    for problem in draft.check():
        draft.give_reason(problem, "Lý do Dấuhiệu")
    workspace.save(draft)
    kept: KeptDraft = as_kept(workspace, workspace.open_draft("client", id), title="Dấuhiệu")
    workspace.drafts.put(kept)
    assert "Dấuhiệu" in dump(workspace)
    anonymise(workspace, "client", [id], WHY)
    text = dump(workspace)
    assert not [mark for mark in MARKS if mark in text]
    assert not drafts_of(workspace.drafts, {id})
    assert verify(workspace).damages == ()
    stored = workspace.read("client", id)
    assert stored.values["full_name"] == "Đã ẩn danh"
    assert (stored.values["birth_year"], stored.values["birth_month"]) == (1948, None)
    assert stored.children["client_category"][0]["category"] == "06"


def dump(workspace: Workspace) -> str:
    """Every value of every table, SQLite's own too."""
    names = workspace.reader.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    return "\n".join(
        str(row)
        for (name,) in names.fetchall()
        for row in workspace.reader.execute(f"SELECT * FROM {quoted(name)}").fetchall()
    )


def test_the_file_itself_holds_nothing_of_it(workspace: Workspace) -> None:
    """Page by page, free space too, as whoever has the key could read them."""
    path = workspace.database.path
    id = saved(workspace, "client", MARKED, reason="Lý do Dấuhiệu")
    workspace.database.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    assert [mark for mark in MARKS if mark.encode() in pages(path, workspace.database.key)]
    anonymise(workspace, "client", [id], WHY)
    left = pages(path, workspace.database.key)
    assert "Hết thời hạn".encode() in left
    assert not [mark for mark in MARKS if mark.encode() in left]
    assert path.with_name(path.name + "-wal").stat().st_size == 0


def pages(path: Path, key: bytes) -> bytes:
    """Every page of a database of SQLCipher 4, decrypted: AES-256-CBC, its salt in front of the
    first, initial value and seal at the end of each."""
    found = []
    content = path.read_bytes()
    for start in range(0, len(content), PAGE_BYTES):
        page = content[start : start + PAGE_BYTES]
        body = page[16 if start == 0 else 0 : -80]
        cipher = Cipher(algorithms.AES(key), modes.CBC(page[-80:-64])).decryptor()
        found.append(cipher.update(body) + cipher.finalize())
    return b"".join(found)


def test_no_text_is_left_in_anything_about_them(sample: Workspace) -> None:
    chosen = closed_clients(sample)[:6]
    for id in chosen:
        read_openly(sample, "client", id)
    anonymise(sample, "client", chosen, WHY)
    seen = 0
    for id in chosen:
        for register, record in about(sample.reader, sample.forms, "client", id).records:
            read_openly(sample, register, record)
            stored = sample.read(register, record)
            rows = [(register, stored.values)]
            rows += [(child, row) for child, all in stored.children.items() for row in all]
            for name, values in rows:
                for field in sample.registers[name].fields:
                    if field.type in (FieldType.TEXT, FieldType.NOTE):
                        seen += 1
                        assert values[field.name] in (None, "Đã ẩn danh", "Đã", "ẩn", "danh")
    assert seen > 100


def test_the_head_of_a_household_is_named_there_no_more(workspace: Workspace) -> None:
    house = {"head_name": MARKED["full_name"], "address": "Ngõ 7", "members": "2"}
    household = saved(workspace, "household", house, reason=WHY)
    home = {"household": household, "relation_to_head": "CHU_HO"}
    id = saved(workspace, "client", MARKED | home, reason=WHY)
    anonymise(workspace, "client", [id], WHY)
    assert "Dấuhiệu" not in dump(workspace)
    assert workspace.read("household", household).values["head_name"] == "Đã ẩn danh"
    assert workspace.read("household", household).values["address"] == "Ngõ 7"
    assert verify(workspace).damages == ()


def test_it_cannot_be_undone_nor_edited(workspace: Workspace) -> None:
    id = saved(workspace, "client", MARKED, reason=WHY)
    anonymise(workspace, "client", [id], WHY)
    assert workspace.saving.undoable() == ""
    draft = workspace.open_draft("client", id)
    draft.set_text("full_name", "Ai đó")
    draft.check()
    with pytest.raises(NotAllowed, match="ẩn danh"):
        workspace.save(draft)


def test_an_open_case_stops_it(workspace: Workspace, worker: str) -> None:
    id = saved(workspace, "client", MARKED, reason=WHY)
    case = {"client": id, "opened": "01/03/2026", "criteria": "TU_NGUYEN", "status": "MO",
            "manager": worker, "case_type": "KHAC"}  # fmt: skip
    saved(workspace, "case_record", case)
    with pytest.raises(UserError, match="đang mở"):
        anonymise(workspace, "client", [id], WHY)
    assert workspace.read("client", id).values["phone"] == "0912987654"


def test_it_asks_a_reason_and_the_right(workspace: Workspace, worker: str) -> None:
    id = saved(workspace, "client", MARKED, reason=WHY)
    with pytest.raises(UserError, match="vì sao"):
        anonymise(workspace, "client", [id], " x ")
    with pytest.raises(UserError, match="được trợ giúp"):
        anonymise(workspace, "worker", [worker], WHY)
    workspace.rights = Rights([Role.ENTRY], workspace.forms)
    with pytest.raises(NotAllowed):
        anonymise(workspace, "client", [id], WHY)


def test_the_reason_opens_a_restricted_file_and_is_logged(sample: Workspace) -> None:
    chosen = "id IN (SELECT value FROM json_each(?))"
    sql = f"SELECT id FROM main.client WHERE restricted = 1 AND {chosen}"
    ids = json.dumps(closed_clients(sample))
    (id, *_) = [row[0] for row in sample.reader.execute(sql, (ids,)).fetchall()]
    anonymise(sample, "client", [id], WHY)
    seen = access_log.of_record(sample.reader, "client", id)
    assert (seen[0].act, seen[0].reason) == ("open", WHY)
    assert sample.lookups.title("client", id) == "Đã ẩn danh"


def test_a_birthday_that_still_decides_a_figure_stays() -> None:
    assert [year for year in range(1940, 2026) if keeps_birthday(year, "2026-06-20")] == [
        1965, 1966, 2009, 2010,
    ]  # fmt: skip
    assert not keeps_birthday(None, "2026-06-20")
