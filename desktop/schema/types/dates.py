"""Dates, moments, and dates of which only the year or the month is known."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime
from typing import Any

from desktop.base.errors import UserError
from desktop.base.translate import tr
from desktop.base.vietnamese_dates import (
    LAST_YEAR,
    format_date,
    format_partial,
    parse_date,
    parse_moment,
    parse_partial,
)
from desktop.schema.definition import CodeList, Field
from desktop.schema.types.kind import Kind, ParseProblem, PartialValue, Reading, Stored

_ISO_MONTH = re.compile(r"(\d{4})-(\d{1,2})")
_TIME_WITHOUT_COLON = re.compile(r"(\S+)[ T](\d{1,2})(\d{2})")


class Date(Kind[str]):
    """ISO text; typed as 15/6/1980, 15061980 or `h` for today."""

    def parse(self, field: Field, text: str, reading: Reading) -> str:
        try:
            return parse_date(text, reading.today)
        except UserError as error:
            raise ParseProblem(str(error)) from error

    def show(self, field: Field, value: str, lists: Mapping[str, CodeList]) -> str:
        return format_date(value)

    def to_text(self, field: Field, value: str) -> str:
        return format_date(value)


class Moment(Date):
    """ISO text to the minute; typed as 15/6/2026 8:30 or 15062026 0830."""

    def parse(self, field: Field, text: str, reading: Reading) -> str:
        now = reading.today
        if not isinstance(now, datetime):
            if text.lower() == "h":
                raise ParseProblem(tr("Type date and time, as 15/06/2026 8:30."))
            now = datetime(now.year, now.month, now.day)
        try:
            return parse_moment(_with_colon(text, now), now)
        except UserError as error:
            raise ParseProblem(str(error)) from error


class PartialDateKind(Kind[PartialValue]):
    """(year, month, day): what is not known is None, never made up."""

    def parse(self, field: Field, text: str, reading: Reading) -> PartialValue:
        try:
            found = parse_partial(_ISO_MONTH.sub(_turned, text), reading.today)
        except UserError as error:
            raise ParseProblem(str(error)) from error
        return found.year, found.month, found.day

    def show(self, field: Field, value: PartialValue, lists: Mapping[str, CodeList]) -> str:
        return format_partial(*value)

    def to_text(self, field: Field, value: PartialValue) -> str:
        return format_partial(*value)

    def to_json(self, field: Field, value: PartialValue) -> str:
        year, *rest = value
        return "-".join([f"{year:04}", *(f"{part:02}" for part in rest if part is not None)])

    def from_json(
        self, field: Field, item: Mapping[str, object], reading: Reading
    ) -> PartialValue | None:
        """`birth` as text or as a year, or its parts: `birth_year`, `birth_month`, `birth_day`."""
        parts = [item.get(column) for column in field.columns]
        if all(part is None for part in parts):
            return super().from_json(field, item, reading)
        if item.get(field.name) is not None:
            told = tr("{label} is given twice, as a whole and in parts.").format(label=field.label)
            raise ParseProblem(told)
        return self._from_parts(field, parts, reading)

    def from_json_value(self, field: Field, given: object, reading: Reading) -> PartialValue:
        return self._from_parts(field, [given, None, None], reading)

    def _from_parts(self, field: Field, parts: list[object], reading: Reading) -> PartialValue:
        if not all(part is None or _is_part(part) for part in parts):
            told = tr("Year, month and day of {label} must be whole numbers.")
            raise ParseProblem(told.format(label=field.label))
        year, month, day = parts
        if year is None or (month is None and day is not None):
            told = tr("{label} has no year, or a day without its month.").format(label=field.label)
            raise ParseProblem(told)
        return self.parse(
            field, "/".join(str(p) for p in (day, month, year) if p is not None), reading
        )

    def to_columns(self, field: Field, value: PartialValue) -> dict[str, Stored]:
        return dict(zip(field.columns, value, strict=True))

    def from_columns(self, field: Field, row: Mapping[str, Any]) -> PartialValue:
        year, month, day = (row[column] for column in field.columns)
        return year, month, day


def _is_part(part: object) -> bool:
    return isinstance(part, int) and not isinstance(part, bool) and 0 <= part <= LAST_YEAR


def _turned(month: re.Match[str]) -> str:
    """1980-06 as 06/1980; what is more than that stays as it is."""
    return f"{month[2]}/{month[1]}" if month[0] == month.string else month[0]


def _with_colon(text: str, today: date) -> str:
    """15061980 1420 as 15061980 14:20, if what stands before is a whole date."""
    found = _TIME_WITHOUT_COLON.fullmatch(text)
    if found:
        with suppress(UserError):
            parse_date(found[1], today)
            return f"{found[1]} {found[2]}:{found[3]}"
    return text
