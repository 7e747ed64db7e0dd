"""Every type of field: what can be typed, what is refused and in which words, and round trips."""

from __future__ import annotations

import unicodedata
from datetime import date, datetime
from typing import Any

import pytest

from desktop.schema.definition import CodeList, CodeValue, Field, FieldType
from desktop.schema.types import (
    ParseProblem,
    Value,
    choices_on,
    from_columns,
    from_json,
    json_keys,
    parse,
    show,
    to_columns,
    to_json,
    to_text,
)

TODAY = date(2026, 6, 15)
LISTS = {
    "CAT": CodeList(
        name="CAT",
        title="Nhóm",
        values=(
            CodeValue(code="01", label="Trẻ em", aliases=("thiếu nhi",)),
            CodeValue(code="02", label="Nghe, nói"),
            CodeValue(code="03", label="Xá"),
            CodeValue(code="04", label="Xã", short="x."),
            CodeValue(code="OLD", label="Người nghèo", valid_to="2025-06-30"),
            CodeValue(code="NEW", label="Người nghèo", valid_from="2025-07-01"),
            CodeValue(code="A1", label="Khác", parent="A"),
            CodeValue(code="B1", label="Khác", parent="B"),
        ),
    )
}


def field(kind: FieldType, **settings: Any) -> Field:
    """A field called Ô; choices come from CAT."""
    if kind in (FieldType.CHOICE, FieldType.CHOICES):
        settings["list"] = "CAT"
    return Field(name="f", type=kind, label="Ô", **settings)


def read(kind: FieldType, text: str, **settings: Any) -> Value:
    return parse(field(kind, **settings), text, today=TODAY, lists=LISTS)


def refusal(kind: FieldType, text: str, **settings: Any) -> str:
    with pytest.raises(ParseProblem) as caught:
        read(kind, text, **settings)
    return str(caught.value)


def json_value(kind: FieldType, item: dict[str, object], **settings: Any) -> Value:
    return from_json(field(kind, **settings), item, today=TODAY, lists=LISTS)


def json_refusal(kind: FieldType, item: dict[str, object], **settings: Any) -> str:
    with pytest.raises(ParseProblem) as caught:
        json_value(kind, item, **settings)
    return str(caught.value)


@pytest.mark.parametrize("kind", FieldType)
@pytest.mark.parametrize("text", ["", "  ", "\u00a0", "\n\t"])
def test_blanks_are_no_value_in_any_type(kind, text):
    assert read(kind, text) is None


@pytest.mark.parametrize("kind", FieldType)
def test_no_value_is_empty_on_every_face(kind):
    one = field(kind)
    assert show(one, None, LISTS) == to_text(one, None) == ""
    assert to_json(one, None) is None
    assert set(to_columns(one, None).values()) == {None}
    assert from_columns(one, to_columns(one, None)) is None
    assert json_value(kind, {}) is json_value(kind, {"f": None}) is None
    assert json_value(kind, {"f": " "}) is None


@pytest.mark.parametrize("kind", FieldType)
@pytest.mark.parametrize("char", ["\x00", "\x07", "\x1f", "\x85", "\u202e", "\ud800"])
def test_characters_nobody_types_are_refused_in_words(kind, char):
    told = "Ô có ký tự điều khiển không nhìn thấy được, có thể do sao chép. Hãy xóa đi và gõ lại."
    assert refusal(kind, f"a{char}b") == told
    assert json_refusal(kind, {"f": f"a{char}b"}) == told


@pytest.mark.parametrize("kind", FieldType)
def test_forty_thousand_characters_are_refused_never_cut(kind):
    told = refusal(kind, "ă" * 40_000)
    assert "40.000" in told or "chữ số" in told
    assert len(told) < 400


class TestText:
    def test_is_composed_and_trimmed(self):
        typed = unicodedata.normalize("NFD", "  Nguyễn\u00a0 Thị  Hoà ")
        assert read(FieldType.TEXT, typed) == "Nguyễn Thị Hoà"

    def test_may_begin_with_an_equals_sign(self):
        assert read(FieldType.TEXT, "=1+1") == "=1+1"

    def test_is_one_line(self):
        assert refusal(FieldType.TEXT, "a\nb") == "Ô chỉ ghi trên một dòng; hãy nối các dòng lại."

    def test_notes_keep_their_lines(self):
        assert read(FieldType.NOTE, "a\r\nb\rc\n\nd\u2028e\n") == "a\nb\nc\n\nd\ne"

    @pytest.mark.parametrize(
        ("kind", "settings", "most"),
        [(FieldType.TEXT, {}, 500), (FieldType.NOTE, {}, 2000), (FieldType.TEXT, {"length": 3}, 3)],
    )
    def test_has_a_length(self, kind, settings, most):
        assert read(kind, "ễ" * most, **settings) == "ễ" * most
        told = refusal(kind, "ễ" * (most + 1), **settings)
        assert told.startswith(f"Ô nhận nhiều nhất {most:,} ký tự".replace(",", "."))

    def test_in_json_is_a_string(self):
        assert json_refusal(FieldType.TEXT, {"f": 12}) == (
            "Ô phải ghi dưới dạng chữ, trong ngoặc kép."
        )


class TestDigits:
    @pytest.mark.parametrize("text", ["001080000001", "001 080 000 001", "001.080.000001"])
    def test_may_be_grouped(self, text):
        assert read(FieldType.TEXT, text, digits=12) == "001080000001"

    @pytest.mark.parametrize(
        ("text", "told"),
        [
            ("00108000001", "Ô phải đủ 12 chữ số, đang có 11."),
            ("0010800000011", "Ô phải đủ 12 chữ số, đang có 13."),
            ("00108000000O", "Ô chỉ gồm chữ số; hãy bỏ “O”."),
            ("001-080000001", "Ô chỉ gồm chữ số; hãy bỏ “-”."),
            ("\uff10" * 12, "Ô chỉ gồm chữ số; hãy bỏ “\uff10”."),
        ],
    )
    def test_are_told_what_is_wrong(self, text, told):
        assert refusal(FieldType.TEXT, text, digits=12) == told


class TestNumbers:
    @pytest.mark.parametrize(
        ("kind", "text", "value"),
        [
            (FieldType.INTEGER, "1.234.567", 1_234_567),
            (FieldType.INTEGER, "12", 12),
            (FieldType.DECIMAL, "1.234,5", 1234.5),
            (FieldType.DECIMAL, "0,10", 0.1),
            (FieldType.DECIMAL, "7", 7.0),
            (FieldType.MONEY, "500.000 đ", 500_000),
            (FieldType.MONEY, "500000", 500_000),
        ],
    )
    def test_are_read_as_written_here(self, kind, text, value):
        assert read(kind, text) == value
        assert type(read(kind, text)) is type(value)

    @pytest.mark.parametrize(
        ("kind", "text", "settings", "told"),
        [
            (FieldType.MONEY, "-5", {}, "Ô không được âm."),
            (FieldType.MONEY, "\u2212500.000 đ", {}, "Ô không được âm."),
            (FieldType.INTEGER, "-5", {}, "Ô không được âm."),
            (FieldType.INTEGER, "-5", {"min": 0}, "Ô không được âm."),
            (FieldType.DECIMAL, "-0,5", {"max": 10}, "Ô không được âm."),
            (FieldType.INTEGER, "-5", {"min": -4}, "Ô nhỏ nhất là -4."),
            (FieldType.INTEGER, "0", {"min": 1}, "Ô nhỏ nhất là 1."),
            (FieldType.INTEGER, "31", {"max": 30}, "Ô lớn nhất là 30."),
            (FieldType.DECIMAL, "10,5", {"max": 10.25}, "Ô lớn nhất là 10,25."),
            (FieldType.DECIMAL, "1,234", {}, "Ô có nhiều nhất 2 chữ số sau dấu phẩy."),
        ],
    )
    def test_out_of_bounds_are_refused(self, kind, text, settings, told):
        assert refusal(kind, text, **settings) == told

    @pytest.mark.parametrize("kind", [FieldType.INTEGER, FieldType.MONEY])
    def test_may_be_negative_where_the_least_is(self, kind):
        assert read(kind, "-1.500", min=-2000) == -1500

    @pytest.mark.parametrize("text", ["abc", "1.5", "1,5,5", "9" * 16, "٣"])
    @pytest.mark.parametrize("kind", [FieldType.INTEGER, FieldType.DECIMAL, FieldType.MONEY])
    def test_anything_else_is_refused(self, kind, text):
        assert refusal(kind, text)

    @pytest.mark.parametrize(
        ("kind", "given_", "value"),
        [
            (FieldType.INTEGER, 3, 3),
            (FieldType.INTEGER, 3.0, 3),
            (FieldType.INTEGER, "1.234", 1234),
            (FieldType.DECIMAL, 1, 1.0),
            (FieldType.DECIMAL, 2.34, 2.34),
            (FieldType.MONEY, 500_000, 500_000),
        ],
    )
    def test_in_json(self, kind, given_, value):
        found = json_value(kind, {"f": given_})
        assert found == value
        assert type(found) is type(value)

    @pytest.mark.parametrize("given_", [True, [], {}, float("nan"), float("inf"), 10**15, -1, 1.5])
    def test_in_json_are_checked_as_typed_ones(self, given_):
        assert json_refusal(FieldType.INTEGER, {"f": given_})

    def test_are_shown_with_separators(self):
        assert show(field(FieldType.MONEY), 1_234_567, LISTS) == "1.234.567"
        assert show(field(FieldType.DECIMAL), 1234.5, LISTS) == "1.234,5"
        assert show(field(FieldType.DECIMAL), 100.0, LISTS) == "100"


class TestDates:
    @pytest.mark.parametrize("text", ["15/6/1980", "15061980", "15.06.1980", "1980-06-15"])
    def test_are_kept_as_iso(self, text):
        assert read(FieldType.DATE, text) == "1980-06-15"

    def test_h_is_today(self):
        assert read(FieldType.DATE, "h") == "2026-06-15"

    @pytest.mark.parametrize("text", ["31/02/1950", "00/00/1948", "29/02/2023", "1/1/80", "2026"])
    def test_impossible_ones_are_refused_with_a_reason(self, text):
        assert len(refusal(FieldType.DATE, text)) > 20
        assert json_refusal(FieldType.DATE, {"f": text}) == refusal(FieldType.DATE, text)

    @pytest.mark.parametrize(
        "text", ["15061980 1420", "15/6/1980 14:20", "15/6/1980 14h20", "1980-06-15T14:20:00"]
    )
    def test_moments_to_the_minute(self, text):
        assert read(FieldType.DATETIME, text) == "1980-06-15T14:20"

    def test_moments_with_three_digits_of_time(self):
        assert read(FieldType.DATETIME, "15061980 805") == "1980-06-15T08:05"

    def test_h_is_now_where_now_is_known(self):
        now = datetime(2026, 6, 15, 8, 5)
        moment = field(FieldType.DATETIME)
        assert parse(moment, "H", today=now, lists={}) == "2026-06-15T08:05"
        assert refusal(FieldType.DATETIME, "h") == "Hãy gõ ngày và giờ, ví dụ 15/06/2026 8:30."

    @pytest.mark.parametrize("text", ["15/6/1980", "15 06 1980", "15061980 2460", "1980 1420"])
    def test_moments_need_a_day_and_a_time(self, text):
        assert refusal(FieldType.DATETIME, text)

    def test_are_shown_as_written_here(self):
        assert show(field(FieldType.DATE), "1980-06-15", LISTS) == "15/06/1980"
        assert show(field(FieldType.DATETIME), "1980-06-15T14:20", LISTS) == "15/06/1980 14:20"


class TestPartialDates:
    @pytest.mark.parametrize(
        ("text", "value"),
        [
            ("1948", (1948, None, None)),
            ("06/1948", (1948, 6, None)),
            ("1948-06", (1948, 6, None)),
            ("1948-06-15", (1948, 6, 15)),
            ("15061948", (1948, 6, 15)),
        ],
    )
    def test_keep_what_is_known(self, text, value):
        assert read(FieldType.PARTIAL_DATE, text) == value
        assert json_value(FieldType.PARTIAL_DATE, {"f": text}) == value

    def test_are_three_columns(self):
        assert to_columns(field(FieldType.PARTIAL_DATE), (1948, 6, None)) == {
            "f_year": 1948, "f_month": 6, "f_day": None,
        }  # fmt: skip

    @pytest.mark.parametrize(
        ("item", "value"),
        [
            ({"f": 1948}, (1948, None, None)),
            ({"f_year": 1948}, (1948, None, None)),
            ({"f_year": 1948, "f_month": 6}, (1948, 6, None)),
            ({"f_year": 1948, "f_month": 6, "f_day": 15}, (1948, 6, 15)),
            ({"f_year": None, "f": "1948"}, (1948, None, None)),
        ],
    )
    def test_in_json_whole_or_in_parts(self, item, value):
        assert json_value(FieldType.PARTIAL_DATE, item) == value
        assert set(item) <= set(json_keys(field(FieldType.PARTIAL_DATE)))

    @pytest.mark.parametrize(
        "item",
        [
            {"f": "1948", "f_year": 1948},
            {"f_year": "1948"},
            {"f_year": True},
            {"f_month": 6},
            {"f_year": 1948, "f_day": 15},
            {"f_year": 1950, "f_month": 2, "f_day": 31},
            {"f_year": 1948, "f_month": 0, "f_day": 0},
            {"f_year": 48},
            {"f": 1948.0},
        ],
    )
    def test_in_json_are_refused_when_unclear(self, item):
        assert json_refusal(FieldType.PARTIAL_DATE, item)

    def test_in_json_are_iso_as_far_as_known(self):
        one = field(FieldType.PARTIAL_DATE)
        assert to_json(one, (1948, None, None)) == "1948"
        assert to_json(one, (1948, 6, None)) == "1948-06"
        assert to_json(one, (1948, 6, 5)) == "1948-06-05"


class TestYesNo:
    @pytest.mark.parametrize("text", ["có", "Co", "1", "x", "true"])
    def test_yes(self, text):
        assert read(FieldType.YES_NO, text) == 1

    @pytest.mark.parametrize("text", ["không", "KHONG", "0", "false"])
    def test_no(self, text):
        assert read(FieldType.YES_NO, text) == 0

    def test_anything_else_is_refused(self):
        assert refusal(FieldType.YES_NO, "2") == "Ô: hãy gõ có hoặc không, hoặc để trống."

    def test_in_json_is_a_boolean(self):
        one = field(FieldType.YES_NO)
        assert to_json(one, 1) is True
        assert to_json(one, 0) is False
        found = json_value(FieldType.YES_NO, {"f": True})
        assert (found, type(found)) == (1, int)
        assert json_value(FieldType.YES_NO, {"f": 0}) == 0
        assert json_refusal(FieldType.YES_NO, {"f": 2})
        assert json_refusal(FieldType.YES_NO, {"f": [1]})

    def test_is_shown_in_words(self):
        assert show(field(FieldType.YES_NO), 1, LISTS) == "Có"
        assert show(field(FieldType.YES_NO), 0, LISTS) == "Không"


class TestChoice:
    @pytest.mark.parametrize(
        ("text", "code"),
        [
            ("01", "01"),
            ("trẻ em", "01"),
            ("TRE EM", "01"),
            ("Thiếu nhi", "01"),
            ("Nghe, nói", "02"),
            ("Xá", "03"),
            ("xã", "04"),
            ("new", "NEW"),
            ("Người nghèo", "NEW"),
            ("OLD", "OLD"),
        ],
    )
    def test_becomes_the_code(self, text, code):
        assert read(FieldType.CHOICE, text) == code
        assert json_value(FieldType.CHOICE, {"f": text}) == code

    def test_takes_the_meaning_of_its_day(self):
        choice = field(FieldType.CHOICE)
        assert parse(choice, "người nghèo", today=date(2025, 6, 30), lists=LISTS) == "OLD"

    def test_unknown_words_are_refused_with_the_likely_one(self):
        told = "Ô: “Tré emm” không có trong danh mục. Hãy chọn trong danh mục."
        assert refusal(FieldType.CHOICE, "Tré emm") == told + " Ý anh/chị là “Trẻ em”?"

    @pytest.mark.parametrize(("text", "codes"), [("xa", "03, 04"), ("Khác", "A1, B1")])
    def test_words_with_two_meanings_are_refused(self, text, codes):
        told = f"“{text}” ứng với nhiều mã: {codes}. Hãy gõ mã."
        assert refusal(FieldType.CHOICE, text) == told

    def test_is_shown_by_its_label_for_ever(self):
        choice = field(FieldType.CHOICE)
        assert show(choice, "OLD", LISTS) == "Người nghèo"
        assert show(choice, "GONE", LISTS) == "GONE"
        assert show(choice, "01", {}) == "01"

    def test_only_codes_of_the_day_are_offered(self):
        def offered(on: date, within: str = "") -> list[str]:
            return [value.code for value in choices_on(LISTS["CAT"], on, within)]

        assert offered(date(2025, 6, 30)) == ["01", "02", "03", "04", "OLD", "A1", "B1"]
        assert offered(date(2025, 7, 1)) == ["01", "02", "03", "04", "NEW", "A1", "B1"]
        assert offered(TODAY, "B") == ["B1"]


class TestChoices:
    @pytest.mark.parametrize(
        ("text", "codes"),
        [
            ("02", ("02",)),
            ("02, 01", ("01", "02")),
            ("Trẻ em; Nghe, nói", ("01", "02")),
            ("trẻ em, nghe, nói, xá", ("01", "02", "03")),
            ("01,01", ("01",)),
            (",;", None),
        ],
    )
    def test_are_sorted_codes(self, text, codes):
        assert read(FieldType.CHOICES, text) == codes

    def test_are_stored_as_a_json_array(self):
        assert to_columns(field(FieldType.CHOICES), ("01", "02")) == {"f": '["01","02"]'}

    def test_in_json_are_an_array(self):
        assert to_json(field(FieldType.CHOICES), ("01", "02")) == ["01", "02"]
        assert json_value(FieldType.CHOICES, {"f": ["02", "Trẻ em"]}) == ("01", "02")
        assert json_value(FieldType.CHOICES, {"f": "02, 01"}) == ("01", "02")
        assert json_value(FieldType.CHOICES, {"f": []}) is None
        assert json_refusal(FieldType.CHOICES, {"f": [1]})
        assert json_refusal(FieldType.CHOICES, {"f": {"01": True}})

    def test_unknown_ones_are_named(self):
        assert "“nói”" in refusal(FieldType.CHOICES, "trẻ em, nói, nghe")

    def test_are_shown_by_their_labels(self):
        assert show(field(FieldType.CHOICES), ("01", "02"), LISTS) == "Trẻ em; Nghe, nói"


class TestReference:
    @pytest.mark.parametrize(
        "text", ["0198c3a2-7c1e-7b43-9c5a-5f4f3a2b1c0d", "XA.13366.20250701", "TINH.35."]
    )
    def test_is_an_id(self, text):
        assert read(FieldType.REFERENCE, text) == text

    @pytest.mark.parametrize("text", ["Nguyễn", "a b", "x" * 61])
    def test_anything_else_has_to_be_picked(self, text):
        assert refusal(FieldType.REFERENCE, text).endswith("hãy chọn một bản ghi trong danh sách.")


@pytest.mark.parametrize("kind", FieldType)
@pytest.mark.parametrize("key", ["f", "f_year"])
def test_absurd_numbers_in_json_are_refused_or_not_looked_at(kind, key):
    if key in json_keys(field(kind)):
        assert json_refusal(kind, {key: 10**5000})
    else:
        assert json_value(kind, {key: 10**5000}) is None


def test_a_year_is_shown_without_dots() -> None:
    year = Field(name="year", type=FieldType.INTEGER, label="Năm", min=2000, max=2100)
    count = Field(name="count", type=FieldType.INTEGER, label="Số người", min=0, max=2100)
    assert show(year, 2026, {}) == "2026"
    assert show(count, 2026, {}) == "2.026"
