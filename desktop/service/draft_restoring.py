"""A kept draft looked at and gone on with: what was typed, against what is stored by now.

Definitions may have changed since, and so may the record: whoever goes on sees both first.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from desktop.base.errors import UserError
from desktop.base.identity import new_id
from desktop.base.translate import tr
from desktop.schema import types
from desktop.schema.definition import Field, FieldType, Register
from desktop.service.draft import Draft, RowDraft
from desktop.service.draft_picture import (
    OWN,
    KeptDraft,
    Lost,
    Picture,
    Place,
    Texts,
    differences,
    merge,
)
from desktop.store.records import NotFound

if TYPE_CHECKING:
    from desktop.service.workspace import Workspace


class Outlook(StrEnum):
    """What became of the record a draft belongs to."""

    NEW = "new"
    """It was never saved."""
    STORED = "stored"
    """It is stored as it was when the draft was begun."""
    CHANGED = "changed"
    """Somebody saved it since."""
    DELETED = "deleted"
    GONE = "gone"
    """It was stored, and is not there at all any more."""
    CLOSED = "closed"
    """It may not be seen by this person, or its register is not there any more."""


@dataclass(frozen=True)
class Line:
    """One thing typed, as shown beside what is stored."""

    place: Place
    label: str
    typed: str
    stored: str
    clashes: bool = False
    """Both sides changed it."""
    fits: bool = True
    """False where the definitions have no place for it any more."""


@dataclass(frozen=True)
class Look:
    """A draft looked at."""

    kept: KeptDraft
    outlook: Outlook
    why: str = ""
    """In words, why it cannot be gone on with: outlook CLOSED."""
    lines: tuple[Line, ...] = ()
    changed_at: str = ""
    """Of the stored record: ISO moment of its last change, and id of who made it."""
    changed_by: str = ""

    @property
    def clashes(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.clashes)


def look_at(workspace: Workspace, kept: KeptDraft) -> Look:
    """What a draft holds, beside what is stored."""
    register = workspace.registers.get(kept.register)
    if register is None or register.parent:
        told = tr("The register this belongs to is not there any more.")
        lines = [_lost_line(Lost(kept.place_label, kept.title)), *map(_lost_line, kept.lost)]
        return Look(kept, Outlook.CLOSED, told, tuple(lines))
    try:
        outlook, stored = _opened(workspace, kept)
    except UserError as error:
        return Look(kept, Outlook.CLOSED, str(error))
    fitted, lost = _fitted(workspace, kept)
    lines = _lines(workspace, fitted, stored.as_opened if stored else None)
    record = stored.stored if stored else None
    return Look(
        kept,
        outlook,
        lines=(*lines, *map(_lost_line, lost)),
        changed_at=record.updated_at if record else "",
        changed_by=record.updated_by if record else "",
    )


def go_on(
    workspace: Workspace, kept: KeptDraft, take_stored: Collection[Place] = ()
) -> tuple[Draft, KeptDraft]:
    """The draft as it was typed, over the record as it is stored now, and the kept draft as it
    fits what is there: what the definitions have no place for any more is in its `lost`.

    `take_stored`: places whose stored answer is to stand, of those changed on both sides. A
    record that is gone becomes a new one. Raises `UserError` where it cannot be opened, KeyError
    without its register.
    """
    register = workspace.registers[kept.register]
    outlook, draft = _opened(workspace, kept)
    fitted, _ = _fitted(workspace, kept)
    if draft is None:
        id = kept.record_id if outlook is Outlook.NEW else new_id()
        draft = Draft(workspace.gates.typing(), register, None, id=id)
        picture = fitted.picture | {OWN: [(id, texts) for _, texts in fitted.picture[OWN]]}
        base = fitted.base | {OWN: [(id, texts) for _, texts in fitted.base.get(OWN, [(id, {})])]}
        draft.as_opened = base
        _take_picture(workspace, draft, picture)
    else:
        merged = merge(fitted.base, fitted.picture, draft.as_opened, frozenset(take_stored))
        _take_picture(workspace, draft, merged.picture)
    draft.reasons.update(kept.reasons)
    _refuse_unfound(workspace, draft)
    draft.check()
    version = draft.stored.row_version if draft.stored else 0
    return draft, replace(fitted, record_id=draft.id, row_version=version, base=draft.as_opened)


def _take_picture(workspace: Workspace, draft: Draft, picture: Picture) -> None:
    """Type a picture of this record again: its rows and texts become those of the draft. Raises
    KeyError for a field the definitions do not have; children they do not have are passed over."""
    for _, texts in picture.get(OWN, ()):
        _take_texts(draft, draft.row, texts)
    for name, rows in draft.children.items():
        wanted = picture.get(name, [])
        known = {row.id: row for row in rows}
        child = workspace.registers[name]
        known |= {id: RowDraft(child, id, is_new=True) for id, _ in wanted if id not in known}
        rows[:] = [known[id] for id, _ in wanted]
        for row, (_, texts) in zip(rows, wanted, strict=True):
            _take_texts(draft, row, texts)


def _take_texts(draft: Draft, row: RowDraft, texts: Texts) -> None:
    for name in {**row.texts, **texts}:
        if not row.register.field(name).computed:
            draft.set_text(name, texts.get(name, ""), row)


def drop_saved(workspace: Workspace) -> None:
    """Forget drafts whose record was saved after all, in the moment before the program ended."""
    drafts = workspace.drafts
    for kept in drafts.offered():
        if kept.register in workspace.registers and _is_saved(workspace, kept):
            drafts.forget(kept.id)


def _is_saved(workspace: Workspace, kept: KeptDraft) -> bool:
    try:
        outlook, stored = _opened(workspace, kept)
        if outlook is not Outlook.CHANGED or stored is None or stored.stored is None:
            return False
        draft, _ = go_on(workspace, kept)
    except UserError:
        return False
    record = draft.to_record()
    return record.values == stored.stored.values and record.children == stored.stored.children


def _opened(workspace: Workspace, kept: KeptDraft) -> tuple[Outlook, Draft | None]:
    """What became of the record, and a fresh draft of it if it is stored."""
    try:
        draft = workspace.open_draft(kept.register, kept.record_id)
    except NotFound:
        return (Outlook.NEW if kept.is_new else Outlook.GONE), None
    if draft.stored is not None and draft.stored.deleted_at is not None:
        return Outlook.DELETED, draft
    same = draft.stored is not None and draft.stored.row_version == kept.row_version
    return (Outlook.STORED if same else Outlook.CHANGED), draft


# What still fits the definitions


def _fitted(workspace: Workspace, kept: KeptDraft) -> tuple[KeptDraft, list[Lost]]:
    """The draft in terms of the definitions of today, and what has no place in them."""
    lost = list(kept.lost)
    picture, base = kept.picture, kept.base
    own = workspace.registers[kept.register]
    known = {OWN: own} | {one.name: one for one in workspace.forms.children(own.name)}
    before = {name: dict(rows) for name, rows in base.items()}
    fitted: Picture = {}
    for name, rows in picture.items():
        register = known.get(name)
        made = fitted.setdefault(name, []) if register else []
        for id, texts in rows:
            was = before.get(name, {}).get(id, {})
            kept_texts, gone = _fitting(register, texts)
            lost += [
                Lost(kept.labels.get(f"{name}.{key}", ""), text)
                for key, text in gone.items()
                if was.get(key) != text
            ]
            made.append((id, kept_texts))
    fitted_base = {
        name: [(id, _fitting(known[name], texts)[0]) for id, texts in rows]
        for name, rows in base.items()
        if name in known
    }
    fitted.setdefault(OWN, [(kept.record_id, {})])
    return replace(kept, picture=fitted, base=fitted_base, lost=tuple(lost)), lost


def _fitting(register: Register | None, texts: Texts) -> tuple[Texts, Texts]:
    """Texts by the names of today, and those without a field; computed ones are left out."""
    if register is None:
        return {}, texts
    renamed = dict(register.renamed)
    fits: Texts = {}
    gone: Texts = {}
    for name, text in texts.items():
        one = register.field_of_name.get(renamed.get(name, name))
        if one is None:
            gone[name] = text
        elif not one.computed:
            fits[one.name] = text
    return fits, gone


def _refuse_unfound(workspace: Workspace, draft: Draft) -> None:
    """Half-typed words in a reference are no id, though they may look like one."""
    for row in draft.rows():
        for one in row.register.fields:
            value = row.values.get(one.name)
            if one.type is not FieldType.REFERENCE or not value:
                continue
            if not workspace.lookups.title(one.to, str(value)):
                row.values[one.name] = None
                row.unread[one.name] = tr(
                    "Nothing is chosen. Type part of the name and take one of the list."
                )


# In words


def _lines(workspace: Workspace, kept: KeptDraft, stored: Picture | None) -> list[Line]:
    now = _without_computed(workspace, kept.register, stored) if stored is not None else kept.base
    merged = merge(kept.base, kept.picture, now)
    clashing = {clash.place for clash in merged.clashes}
    lines = []
    for place, _, typed in differences(kept.base, kept.picture):
        if place in clashing or (*place[:2], "") in clashing:
            continue
        rows = dict(now.get(place[0], ()))
        lines.append(_line(workspace, kept.register, place, typed, rows.get(place[1], {})))
    for clash in merged.clashes:
        typed, there = (
            _words(workspace, kept.register, clash.place, text)
            for text in (clash.typed, clash.stored)
        )
        label = _label(workspace, kept.register, clash.place)
        lines.append(Line(clash.place, label, typed, there, clashes=True))
    return lines


def _line(workspace: Workspace, register: str, place: Place, typed: str, row: Texts) -> Line:
    stored = _words(workspace, register, place, row.get(place[2], ""))
    label = _label(workspace, register, place)
    return Line(place, label, _words(workspace, register, place, typed), stored)


def _label(workspace: Workspace, register: str, place: Place) -> str:
    child, _, name = place
    owner = workspace.registers[child or register]
    one = owner.field_of_name.get(name)
    label = one.label if one is not None else ""
    if not child:
        return label
    return f"{owner.title} · {label}" if label else owner.title


def _words(workspace: Workspace, register: str, place: Place, text: str | None) -> str:
    """A text as the form would show it."""
    if text is None:
        return tr("(row taken out)")
    one = workspace.registers[place[0] or register].field_of_name.get(place[2])
    return shown_text(workspace, one, text) if one is not None else text


def shown_text(workspace: Workspace, one: Field, text: str) -> str:
    """A typed text as the form would show it; as it was typed where it is no value."""
    try:
        value = workspace.gates.typing().parse(one, text)
    except types.ParseProblem:
        return text
    if value is None:
        return ""
    if one.type is FieldType.REFERENCE:
        return workspace.lookups.title(one.to, str(value)) or text
    return types.show(one, value, workspace.forms.lists)


def _without_computed(workspace: Workspace, register: str, picture: Picture) -> Picture:
    return {
        name: [
            (id, _fitting(workspace.registers[name or register], texts)[0]) for id, texts in rows
        ]
        for name, rows in picture.items()
    }


def _lost_line(lost: Lost) -> Line:
    return Line(("", "", ""), lost.label, lost.text, "", fits=False)
