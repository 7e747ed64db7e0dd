"""What a card says beside what a record says, and whose card it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.base.text import fold, tone_free_key
from desktop.base.translate import tr
from desktop.schema import types
from desktop.schema.definition import Field, FieldType, IdentityCard, Register
from desktop.service.identity_card import Card, Damage
from desktop.store import card_places

if TYPE_CHECKING:
    from desktop.service.draft import Draft
    from desktop.service.workspace import Workspace


@dataclass(frozen=True)
class CardLine:
    """One field of a record beside what the card says."""

    field: Field
    now: str
    """As on screen, "" for nothing."""
    card: str
    """As on screen."""
    text: str
    """As `Draft.set_text` takes it."""
    differs: bool
    take: bool
    """To be taken over unless the person says otherwise."""
    why: str = ""
    """What must be thought of before it is taken."""


def reads_cards(register: Register) -> bool:
    """True for a register whose definition says what a card fills."""
    return bool(register.card.number)


def find_bearers(workspace: Workspace, register: Register, card: Card) -> list[str]:
    """Ids of the records that have the card's number, or its old one, oldest first."""
    said = register.card
    wanted = [(said.number, card.number), (said.old_number, card.old_number)]
    found = card_places.bearers(workspace.reader, register.name, wanted[:1])
    return found or card_places.bearers(workspace.reader, register.name, wanted[1:])


def compare(workspace: Workspace, draft: Draft, card: Card) -> list[CardLine]:
    """Every field that the card speaks of and the form asks, in the form's order."""
    register = draft.register
    texts = dict(_texts(workspace, register, card))
    return [
        _line(workspace, draft, one, texts[one.name], card)
        for one in register.fields
        if one.name in texts and one.name not in draft.row.hidden
    ]


def _spoilt(said: IdentityCard) -> tuple[str, ...]:
    """Fields whose text goes wrong with its marks."""
    return tuple(name for name in (said.name, said.address, said.residence) if name)


def _texts(workspace: Workspace, register: Register, card: Card) -> Iterator[tuple[str, str]]:
    said = register.card
    plain = (
        (said.number, card.number),
        (said.old_number, card.old_number),
        (said.name, card.name),
        (said.birth, card.birth),
        (said.sex, card.sex),
        (said.residence, card.residence),
        (said.issued, card.issued),
    )
    yield from ((name, text) for name, text in plain if name and text)
    if card.residence and card.damage is Damage.NONE:
        yield from _place(workspace, register, card.residence)


def _place(workspace: Workspace, register: Register, residence: str) -> Iterator[tuple[str, str]]:
    """Unit, hamlet and address, as far as the residence means them beyond doubt."""
    said = register.card
    unit, left = "", [residence]
    if said.unit:
        found = card_places.residence_of(workspace.reader, residence, workspace.today.isoformat())
        if found.unit and workspace.lookups.is_offered(register.field(said.unit), found.unit):
            unit, left = found.unit, list(found.before_unit)
            yield said.unit, unit
    if unit and said.hamlet:
        field = register.field(said.hamlet)
        id, part = card_places.hamlet_of(workspace.reader, workspace.forms, field.to, unit, left)
        if id:
            left.remove(part)
            yield said.hamlet, id
    if said.address and left:
        yield said.address, ", ".join(left)


def _line(workspace: Workspace, draft: Draft, one: Field, text: str, card: Card) -> CardLine:
    said, row = draft.register.card, draft.row
    typed = row.texts.get(one.name, "")
    value = _value(workspace, one, text)
    text = types.to_text(one, value) if value is not None else text
    now, shown = _shown(workspace, one, typed), _shown(workspace, one, text)
    differs = not _same(one, now, shown)
    take, why = True, ""
    if typed and one.name == said.number and differs:
        take, why = False, tr("Another number: perhaps the card of another person.")
    elif card.damage is not Damage.NONE and one.name in _spoilt(said):
        take, why = False, tr("Letters were spoilt on the way; type it from the card.")
        differs = differs and fold(now) != fold(shown)
    return CardLine(one, now, shown, text, differs, take and differs, why)


def _value(workspace: Workspace, one: Field, text: str) -> types.Value:
    try:
        return types.parse(one, text, today=workspace.today, lists=workspace.forms.lists)
    except types.ParseProblem:
        return None


def _shown(workspace: Workspace, one: Field, text: str) -> str:
    if text and one.type is FieldType.REFERENCE:
        return workspace.lookups.title(one.to, text) or text
    value = _value(workspace, one, text)
    return types.show(one, value, workspace.forms.lists) if value is not None else text


def _same(one: Field, now: str, card: str) -> bool:
    """True if nothing needs to be taken over: hoà and hòa are one name."""
    if one.type is FieldType.TEXT and not one.digits:
        return tone_free_key(now) == tone_free_key(card)
    return now == card
