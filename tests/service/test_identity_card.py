"""The text of an identity card's code, and what it means for a record."""

from __future__ import annotations

import pytest

from desktop.service.card_reading import compare, find_bearers, reads_cards
from desktop.service.identity_card import Card, Damage, NotACard, is_card_text, parse_card
from desktop.service.workspace import Workspace
from desktop.store import card_places
from tests.offices import HA_NAM, saved, typed

PLACE = "Thôn Lê Lợi, Lam Hạ, Thành phố Phủ Lý, Hà Nam"
CARD = f"035148000123|162345678|Nguyễn Thị Hoà|02051948|Nữ|{PLACE}|02052021"


@pytest.mark.parametrize(
    ("text", "old", "issued"),
    [
        (CARD, "162345678", "02/05/2021"),
        (CARD.replace("162345678", ""), "", "02/05/2021"),
        (CARD.replace("162345678|", ""), "", "02/05/2021"),
        (CARD.removesuffix("|02052021"), "162345678", ""),
        (CARD + "||Nguyễn Văn A|Trần Thị B|", "162345678", "02/05/2021"),
        (CARD + "\r\n", "162345678", "02/05/2021"),
    ],
)
def test_cards_there_are(text: str, old: str, issued: str) -> None:
    card = parse_card(text)
    assert card == Card(
        "035148000123", old, "Nguyễn Thị Hoà", "02/05/1948", "Nữ", PLACE, issued, Damage.NONE
    )
    assert is_card_text(text)


def test_a_card_of_nine_digits_and_one_with_a_year_only() -> None:
    card = parse_card("162345678||LÊ VĂN BẢY|00001950|Nam|Tổ 3, Hà Nam, Ninh Bình|")
    assert (card.number, card.old_number, card.any_number) == ("", "162345678", "162345678")
    assert (card.name, card.birth) == ("Lê Văn Bảy", "1950")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("https://vssid.example/035148000123", "không bắt đầu"),
        ("035148000123|162345678|Nguyễn Thị Hoà", "đứt quãng"),
        (CARD.replace("02051948", "31021948"), "không có ngày 31"),
        (CARD.replace("02051948", "hai mươi"), "không phải ngày sinh"),
        (CARD.replace("162345678", "1623"), "9 chữ số"),
        (CARD.replace("Nguyễn Thị Hoà", "?"), "họ tên"),
        (CARD * 9, "không"),
    ],
)
def test_what_is_no_card_is_refused_in_words(text: str, told: str) -> None:
    with pytest.raises(NotACard, match=told):
        parse_card(text)


@pytest.mark.parametrize(
    ("text", "damage"),
    [
        (CARD.replace("Nguyễn Thị Hoà", "NGUY?N TH? HO"), Damage.LOST),
        ("035148000123||Nguyen Thi Hoa|02051948|Nu|Thon Le Loi, Lam Ha|", Damage.LOST),
        ("035148000123||Le Van Nam|02051948|Nam|To 3, Lam Ha|", Damage.LOST),
        (CARD.encode().decode("cp1252", errors="replace"), Damage.CODED),
        (CARD.encode().decode("latin-1"), Damage.CODED),
        (CARD.replace("Nguyễn", "Nguye6n4"), Damage.TYPED),
        (CARD.replace("Nguyễn Thị Hoà", "Mai Lan"), Damage.NONE),
        (CARD, Damage.NONE),
    ],
)
def test_spoilt_letters_are_noticed(text: str, damage: Damage) -> None:
    assert parse_card(text).damage is damage


def test_backspaces_among_the_keys_are_a_typing_program() -> None:
    assert parse_card(CARD, disturbed=True).damage is Damage.TYPED


# Places


@pytest.mark.parametrize(
    ("residence", "unit", "before"),
    [
        ("Thôn 1, Phường Hà Nam, Ninh Bình", HA_NAM, ("Thôn 1",)),
        ("Tổ 2, Hà Nam, Tỉnh Ninh Bình", HA_NAM, ("Tổ 2",)),
        ("Số 3, ngõ 5, Lam Hạ, Thành phố Phủ Lý, Hà Nam", HA_NAM, ("Số 3", "ngõ 5")),
        ("Tổ 2, Quang Trung, Phủ Lý, Hà Nam", "", ("Tổ 2", "Quang Trung", "Phủ Lý", "Hà Nam")),
        ("Xóm Chùa, Không Có, Ninh Bình", "", ("Xóm Chùa", "Không Có", "Ninh Bình")),
        ("Hà Nam", "", ("Hà Nam",)),
        ("", "", ()),
    ],
)
def test_residences(
    workspace: Workspace, residence: str, unit: str, before: tuple[str, ...]
) -> None:
    found = card_places.residence_of(workspace.reader, residence, "2026-06-20")
    assert (found.unit, found.before_unit) == (unit, before)
    assert bool(found.why) == (not unit)


def test_a_unit_that_split_is_told_apart_from_one_nobody_knows(workspace: Workspace) -> None:
    split = card_places.residence_of(workspace.reader, "Quang Trung, Phủ Lý, Hà Nam", "2026-06-20")
    unknown = card_places.residence_of(workspace.reader, "A, B, C", "2026-06-20")
    assert (split.why, unknown.why) == ("several", "unknown")


def test_a_unit_that_changed_twice_leads_to_the_one_of_today(workspace: Workspace) -> None:
    twice = workspace.reader.execute(
        "SELECT a.old_unit, b.new_unit FROM main.admin_unit_successor AS a "
        "JOIN main.admin_unit_successor AS b ON b.old_unit = a.new_unit "
        "WHERE a.people = 'ALL' AND b.effective = '2026-04-30' AND a.old_unit LIKE 'XA.%' LIMIT 1"
    ).fetchone()
    names = workspace.reader.execute(
        "SELECT u.name, d.name, p.name FROM main.admin_unit AS u "
        "JOIN main.admin_unit AS d ON d.id = u.parent JOIN main.admin_unit AS p ON p.id = d.parent "
        "WHERE u.id = ?",
        (twice[0],),
    ).fetchone()
    found = card_places.residence_of(workspace.reader, ", ".join(names), "2026-06-20")
    assert found.unit == twice[1]


@pytest.mark.parametrize(
    ("part", "known"),
    [("TDP số 4", True), ("Tổ dân phố 4", True), ("Tổ dân phố 04", True), ("Tổ 4", False)],
)
def test_hamlets_are_known_however_they_are_written(
    workspace: Workspace, part: str, known: bool
) -> None:
    id = saved(
        workspace,
        "hamlet",
        {"name": "Tổ dân phố 4", "commune": HA_NAM, "valid_from": "01/07/2025"},
    )
    found = card_places.hamlet_of(workspace.reader, workspace.forms, "hamlet", HA_NAM, [part])
    assert found == ((id, part) if known else ("", ""))


# Beside a record


def test_nothing_typed_yet_takes_everything(workspace: Workspace) -> None:
    draft = workspace.new_draft("client")
    lines = compare(workspace, draft, parse_card(CARD))
    taken = {line.field.name: line.card for line in lines if line.take}
    assert taken == {
        "full_name": "Nguyễn Thị Hoà",
        "sex": "Nữ",
        "birth": "02/05/1948",
        "personal_no": "035148000123",
        "current_address": "Thôn Lê Lợi",
        "permanent_address": PLACE,
        "old_id_no": "162345678",
    }
    same = [line.field.name for line in lines if not line.differs]
    assert same == ["current_unit"], "the office's own, put in as the default"


def test_what_differs_and_what_does_not(workspace: Workspace) -> None:
    texts = {
        "full_name": "Nguyễn Thị Hòa",
        "sex": "NU",
        "birth": "1948",
        "personal_no": "035148000999",
    }
    lines = compare(workspace, typed(workspace, "client", texts), parse_card(CARD))
    by_name = {line.field.name: line for line in lines}
    assert not by_name["full_name"].differs, "hoà and hòa are one name"
    assert not by_name["sex"].differs
    assert (by_name["birth"].now, by_name["birth"].card) == ("1948", "02/05/1948")
    assert by_name["birth"].take
    assert by_name["personal_no"].differs
    assert not by_name["personal_no"].take
    assert "người khác" in by_name["personal_no"].why


def test_a_spoilt_name_is_not_taken(workspace: Workspace) -> None:
    card = parse_card("035148000123||Nguyen Thi Hoa|02051948|Nu|Thon Le Loi|")
    lines = compare(workspace, workspace.new_draft("client"), card)
    taken = {line.field.name for line in lines if line.take}
    assert taken == {"sex", "birth", "personal_no"}
    assert all(line.why for line in lines if line.field.name == "full_name")


def test_the_bearer_is_found_by_either_number(workspace: Workspace) -> None:
    register = workspace.registers["worker"]
    assert reads_cards(register)
    assert not reads_cards(workspace.registers["household"])
    id = saved(
        workspace,
        "worker",
        {"full_name": "Vũ Thị Lan", "sex": "NU", "birth": "1980", "education": "CHUA",
         "old_id_no": "162345678", "assignment": []},
        reason="chưa phân công",
    )  # fmt: skip
    assert find_bearers(workspace, register, parse_card(CARD)) == [id]
    assert find_bearers(workspace, register, parse_card(CARD.replace("162345678", ""))) == []
