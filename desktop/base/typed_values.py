"""Numbers, digits, dates and telephones as spreadsheets paste them, as the office writes them.

Like `typed_text`: a text in, `Cleaned` out, each change told. What cannot be told apart is read the
office's way (dots group thousands, a comma is before decimals, the day comes before the month), and
the other reading is offered. What is no value at all is left as it is: the field says why.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from desktop.base.numbers import format_decimal
from desktop.base.text import fold
from desktop.base.translate import tr
from desktop.base.typed_text import Cleaned, Offer, clean_line, shortened
from desktop.base.vietnamese_dates import format_date

# "4,12E+11": what Excel leaves of a long number once it has taken it for a quantity.
_POWER_OF_TEN = re.compile(r"-?\d+(?:[.,]\d+)?[eE]\+?\d+")
_NUMBER_LETTERS = re.compile(r"[-+\u2212]?[\d., ]+")
_ENGLISH_GROUPS = re.compile(r"\d{1,3}(?:,\d{3})+(\.\d+)?")
_ONE_GROUP = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")
_POINT = re.compile(r"\d+\.\d+")
_BRACKETED = re.compile(r"\(([\d., ]+)\)")
_MONEY = re.compile(r"\s*(?:₫|đồng|đ|vnđ|vnd)\.?$|^(?:₫|vnd)\s*", re.IGNORECASE)
_BETWEEN_DIGITS = re.compile(r"(?<=\d)[ .\-]+(?=\d)")
_NAUGHT = re.compile(r"[.,]0+$")

_ISO_MOMENT = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})[T ](\d{1,2}:\d{2})(?::\d{2}(?:\.\d+)?)?")
_MOMENT = re.compile(r"(\d{1,2}/\d{1,2}/\d{4}) (\d{1,2}:\d{2})(?::\d{2}(?:\.\d+)?)?")
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_SERIAL = re.compile(r"(\d{5})(?:[.,](\d+))?")
_NAMED_MONTH = re.compile(r"(\d{1,2})[- ]([A-Za-z]{3,9})\.?[-, ]+(\d{4})|"
                          r"([A-Za-z]{3,9})\.? (\d{1,2}),? (\d{4})")  # fmt: skip
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()  # noqa: SIM905
_EXCEL_DAY_0 = date(1899, 12, 30)
"""Day 0 of Excel's serial numbers, from 1/3/1900 on (ECMA-376, 18.17.4.1)."""
_LAST_SERIAL = 73050  # 31/12/2099
_NO_TIME = ("0:00", "00:00")

_YES = frozenset(("1", "co", "c", "x", "dung", "true", "yes", "y"))
_NO = frozenset(("0", "khong", "k", "sai", "false", "no", "n"))

_PHONE = re.compile(r"(\+84|0084|\(\+84\)|84(?=\d{9}$))?[\d .\-()]+")


def clean_number(text: str, *, decimals: int = 0) -> Cleaned:
    """A number of at most `decimals` digits behind the comma, as `1.234,5`.

    Refused where Excel has put it as a power of ten: digits may be gone.
    """
    found = _without_apostrophe(clean_line(text))
    body = found.text
    if _POWER_OF_TEN.fullmatch(body):
        return Cleaned(text, refused=_cut_by_excel(body))
    body = _MONEY.sub("", body)
    bracketed = _BRACKETED.fullmatch(body)
    if bracketed:
        told = tr("{text} in brackets is a number below zero.").format(text=bracketed[1])
        found = replace(found, text=f"-{bracketed[1]}", notes=(*found.notes, told))
        body = found.text
    if not _NUMBER_LETTERS.fullmatch(body) or not body.isascii():
        return found
    sign, digits = ("-", body[1:]) if body[0] in "-\u2212" else ("", body.removeprefix("+"))
    read = _number_read(digits.strip(), decimals)
    if read is None:
        return found
    offers = tuple(replace(one, text=sign + one.text) for one in read.offers)
    if read.text == digits.strip():
        return replace(found, notes=(*found.notes, *read.notes), offers=offers)
    return Cleaned(sign + read.text, (*found.notes, *read.notes), offers=offers)


def _number_read(digits: str, decimals: int) -> Cleaned | None:
    """Digits, dots and commas written the office's way; None where they need no change."""
    if _ONE_GROUP.fullmatch(digits):
        return _one_group(digits, decimals)
    english = _ENGLISH_GROUPS.fullmatch(digits)
    if (english and (english[1] or digits.count(",") > 1)) or _POINT.fullmatch(digits):
        return _from_english(digits, decimals)
    return None


def _one_group(digits: str, decimals: int) -> Cleaned | None:
    """`1.234` and `1,234`: thousands or decimals, nobody can tell from the text."""
    swapped = digits.translate(str.maketrans(".,", ",."))
    if not decimals:
        if "." in digits:
            return None
        told = tr("Read as {text}: only whole numbers go here.").format(text=swapped)
        return Cleaned(swapped, (told,))
    told = tr("Could be two numbers: read the office's way, as {text}, not as {other}.")
    notes = (told.format(text=_spelt(digits), other=_spelt(swapped)),)
    fits = "." in swapped or decimals >= len("234")
    return Cleaned(digits, notes, offers=(_take(swapped),) if fits else ())


def _spelt(written: str) -> str:
    """A number with what stands before and behind its comma told apart."""
    whole, comma, part = written.partition(",")
    if not comma:
        return tr("{whole} whole").format(whole=whole)
    return tr("{whole} and {part} behind the comma").format(whole=whole, part=part)


def _take(text: str) -> Offer:
    return Offer(tr("Take {text}").format(text=text), text)


def _from_english(digits: str, decimals: int) -> Cleaned | None:
    """`1,234.5` as `1.234,5`; None if it has more behind the point than the field takes."""
    exact = Decimal(digits.replace(",", ""))
    places = max(0, -int(exact.normalize().as_tuple().exponent))
    if places > decimals:
        return None
    written = format_decimal(exact, places)
    told = tr("{old} is written the English way: read as {text}.")
    return Cleaned(written, (told.format(old=digits, text=written),))


def clean_digits(text: str, digits: int) -> Cleaned:
    """A number that is kept as text because of its zeros: an identity number.

    Blanks, dots and hyphens between digits go, `.0` at the end too. Where just the zeros at the
    front are missing, as Excel leaves a number, the whole one is offered.
    """
    found = _without_apostrophe(clean_line(text))
    body = found.text
    if _POWER_OF_TEN.fullmatch(body):
        return Cleaned(text, refused=_cut_by_excel(body))
    notes = list(found.notes)
    shorter = _NAUGHT.sub("", body)
    if shorter != body and shorter.isdecimal() and len(shorter) <= digits < len(shorter) + 3:
        notes.append(tr("“{end}” at the end was taken out.").format(end=body[len(shorter) :]))
        body = shorter
    joined = _BETWEEN_DIGITS.sub("", body)
    if joined != body and joined.isascii() and joined.isdecimal():
        notes.append(tr("Blanks, dots and hyphens between the digits were taken out."))
        body = joined
    offers: tuple[Offer, ...] = ()
    if body.isascii() and body.isdecimal() and digits - 2 <= len(body) < digits:
        whole = body.zfill(digits)
        notes.append(
            tr("{count} of {digits} digits: Excel drops zeros at the front.").format(
                count=len(body), digits=digits
            )
        )
        offers = (_take(whole),)
    return Cleaned(body, tuple(notes), offers=offers)


def yes_or_no(text: str) -> str:
    """ "1", "0", or "" for what is neither: `x`, `Có`, `TRUE` are yes."""
    word = fold(text)
    if word in _YES:
        return "1"
    return "0" if word in _NO else ""


def clean_phone(text: str) -> Cleaned:
    """A Vietnamese telephone number as digits from 0 on; other text as `clean_line` leaves it."""
    found = _without_apostrophe(clean_line(text))
    body = found.text
    match = _PHONE.fullmatch(body)
    if match is None or (body.isdigit() and not match[1]):
        return found
    digits = "".join(char for char in body if char in "0123456789")
    if match[1]:
        digits = "0" + digits.removeprefix("00").removeprefix("84").lstrip("0")
    if not 8 <= len(digits) <= 11:
        return found
    told = tr("{old} is written as {text}.").format(old=shortened(body), text=digits)
    keep = Offer(tr("Leave it as it was pasted"), found.text)
    return Cleaned(digits, (*found.notes, told), offers=(keep,))


def clean_date(text: str, *, with_time: bool = False) -> Cleaned:
    """A date as dd/mm/yyyy, with `with_time` and its time; parts of a date stay as they are."""
    found = _without_apostrophe(clean_line(text))
    for read in (_iso_moment, _moment, _named_month, _serial, _slashed):
        better = read(found.text, with_time)
        if better is not None:
            return replace(better, notes=(*found.notes, *better.notes))
    return found


def _checked(day: int, month: int, year: int) -> str:
    """dd/mm/yyyy; "" for a day there is not."""
    try:
        return date(year, month, day).strftime("%d/%m/") + f"{year:04}"
    except ValueError:
        return ""


def _iso_moment(text: str, with_time: bool) -> Cleaned | None:
    found = _ISO_MOMENT.fullmatch(text)
    return None if found is None else _timed(
        _checked(int(found[3]), int(found[2]), int(found[1])), found[4], text, with_time
    )  # fmt: skip


def _moment(text: str, with_time: bool) -> Cleaned | None:
    found = _MOMENT.fullmatch(text)
    if found is None or with_time:
        return None
    plain = clean_date(found[1])
    shown = _timed(plain.text, found[2], text, with_time)
    return shown and replace(shown, notes=(*plain.notes, *shown.notes), offers=plain.offers)


def _timed(day: str, time: str, text: str, with_time: bool) -> Cleaned | None:
    if not day:
        return None
    if with_time:
        return _read_as(text, f"{day} {time.zfill(5)}")
    if time in _NO_TIME:
        return _read_as(text, day)
    told = tr("The time {time} was taken out: only a date goes here.").format(time=time)
    return Cleaned(day, (told,))


def _read_as(text: str, written: str) -> Cleaned | None:
    if text == written:
        return None
    told = tr("{old} is read as {text}.").format(old=shortened(text), text=written)
    return Cleaned(written, (told,))


def _named_month(text: str, with_time: bool) -> Cleaned | None:
    found = _NAMED_MONTH.fullmatch(text)
    if found is None:
        return None
    day, name, year = (found[1], found[2], found[3]) if found[1] else (found[5], found[4], found[6])
    month = name[:3].lower()
    if month not in _MONTHS:
        return None
    written = _checked(int(day), _MONTHS.index(month) + 1, int(year))
    return _read_as(text, written) if written else None


def _serial(text: str, with_time: bool) -> Cleaned | None:
    """A day as Excel counts it; years have four digits, so that they are never taken for one."""
    found = _SERIAL.fullmatch(text)
    if found is None or int(found[1]) > _LAST_SERIAL:
        return None
    whole = _EXCEL_DAY_0 + timedelta(days=int(found[1]))
    written = format_date(whole.isoformat())
    if with_time and found[2]:
        part = timedelta(days=float(f"0.{found[2]}"))
        moment = datetime(whole.year, whole.month, whole.day) + part + timedelta(seconds=30)
        written = moment.strftime("%d/%m/%Y %H:%M")
    told = tr("{old} is how Excel keeps the date {text}.").format(old=text, text=written)
    return Cleaned(written, (told,))


def _slashed(text: str, with_time: bool) -> Cleaned | None:
    """`5/2/1948`: the day first, unless there is no such month."""
    found = _SLASHED.fullmatch(text)
    if found is None:
        return None
    first, second, year = int(found[1]), int(found[2]), int(found[3])
    here, there = _checked(first, second, year), _checked(second, first, year)
    if not here:
        if not there:
            return None
        told = tr("{old} has the month first: read as {text}.").format(old=text, text=there)
        return Cleaned(there, (told,))
    # With zeros in front the office wrote it, not a spreadsheet of another country.
    if not there or here in (there, text):
        return None
    told = tr("Read the office's way, the day first: {text}, not {other}.")
    return Cleaned(here, (told.format(text=here, other=there),), offers=(_take(there),))


def _without_apostrophe(found: Cleaned) -> Cleaned:
    """Without the sign before a number by which Excel keeps it as text."""
    body = found.text
    if body[:1] not in "'\u2018\u2019\u00b4`" or not body[1:2].isdigit():
        return found
    told = tr("The apostrophe in front, which Excel puts there, was taken out.")
    return replace(found, text=body[1:].strip(), notes=(*found.notes, told))


def _cut_by_excel(text: str) -> str:
    told = tr(
        "Excel has made “{text}” of this number, and digits may be gone. Set the column to "
        "“Text” in Excel, type the number there again and copy it."
    )
    return told.format(text=text)
