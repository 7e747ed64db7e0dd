"""The block below a form: place and date, preparer, checker, signer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.workbook import words
from desktop.workbook.heads import signed_line, thirds
from desktop.workbook.pages import fits_one_page, keep_together
from desktop.workbook.plan import Look, SheetPlan
from desktop.workbook.text_fit import lines_of, text_width

if TYPE_CHECKING:
    from desktop.report.sheet import Heading

SIGNING_ROOM = 3
"""Empty rows for the signature and the seal."""


def signature_block(plan: SheetPlan, heading: Heading, row: int) -> int:
    """Plan the three blocks from `row`; returns the last row used."""
    last = len(plan.widths) - 1
    left, right = _blocks(plan.widths)
    signer = "\n".join(line for line in (heading.authority, heading.position) if line)
    bold = Look(size=12, bold=True, align="center", wrap=True, vertical="top")
    posts = 16.5 * lines_of(signer, sum(plan.widths[right:]), bold) + 2
    tall = 18 + posts + 15 * (SIGNING_ROOM + 1) + 18
    plan.one_page = fits_one_page(plan, row, tall)
    if not plan.one_page:
        keep_together(plan, row, tall)
    date_look = Look(size=12, italic=True, align="center")
    line = signed_line(heading)
    first = right
    needed = text_width(line, date_look.size) + 2
    while first > left + 1 and sum(plan.widths[first:]) < needed:
        first -= 1
    plan.span((row, first, row, last), line, date_look)
    plan.heights[row] = 18
    blocks = (
        (0, left, words.PREPARER, words.SIGN_NAME, heading.preparer),
        (left + 1, right - 1, words.CHECKER, words.SIGN_NAME, heading.checker),
        (right, last, signer, words.SIGN_SEAL, heading.signer),
    )
    for first, end, post, how, name in blocks:
        if end < first or (post == words.CHECKER and not name):
            continue
        plan.span((row + 1, first, row + 1, end), post, bold)
        look = Look(size=11, italic=True, align="center")
        plan.span((row + 2, first, row + 2, end), how, look)
        plan.span((row + 3 + SIGNING_ROOM, first, row + 3 + SIGNING_ROOM, end), name, bold)
    plan.heights[row + 1] = posts
    plan.heights[row + 3 + SIGNING_ROOM] = 18
    return row + 3 + SIGNING_ROOM


def recipients_block(plan: SheetPlan, heading: Heading, row: int) -> None:
    """Plan "Nơi nhận" at the left: 12 bold italic, the list 11 upright, each line "- …;"."""
    if not heading.recipients:
        return
    left, _ = _blocks(plan.widths)
    head = Look(size=12, bold=True, italic=True)
    plan.span((row, 0, row, left), words.RECIPIENTS, head)
    last = len(heading.recipients) - 1
    for index, recipient in enumerate(heading.recipients):
        end = "." if index == last else ";"
        text = f"- {recipient.strip(' -;.')}{end}"
        plan.span((row + 1 + index, 0, row + 1 + index, left), text, Look(size=11, wrap=True))


def _blocks(widths: list[float]) -> tuple[int, int]:
    left, right = thirds(widths)
    if right - left < 2 and right < len(widths) - 1:
        right += 1
    return left, right
