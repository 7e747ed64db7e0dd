"""What was typed and is not saved: kept on disk at each field left, offered again, or discarded.

The file is the office's, each draft one person's. Everything here answers from memory; the disk is
the business of `DraftWriter`.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.base.clock import Clock
from desktop.base.events import Signal
from desktop.base.identity import new_id
from desktop.service.draft_picture import (
    KeptDraft,
    NotADraft,
    Picture,
    Place,
    Texts,
    from_body,
    to_body,
)
from desktop.service.draft_writing import DraftWriter
from desktop.store.draft_file import DraftRow

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from desktop.service.draft import Draft
    from desktop.service.workspace import Workspace

KEPT_DAYS = 30
"""How long a discarded draft can be brought back."""
CLOSING_SECONDS = 10.0


class KeptDrafts:
    """The drafts of one office, for the person signed in; made by `Workspace.drafts`."""

    def __init__(self, folder: Path, key: bytes, person: str, clock: Clock) -> None:
        self.person = person
        self.changed: Signal[()] = Signal()
        """Another draft, or one less; not for each field."""
        self._clock = clock
        self._writer = DraftWriter(folder, key, clock.now)
        self.unreadable = 0
        """Drafts in the file whose body is no draft: they stay there, and are not offered."""
        self._known: dict[str, KeptDraft] = {}
        for row in self._writer.load():
            self._take(row)
        self._writer.start()
        self._drop_old()

    # What there is

    @property
    def trouble(self) -> str:
        """What happened to the file, in words for the person, "" while all is well."""
        return self._writer.trouble

    @property
    def failure(self) -> str:
        """Why drafts cannot be brought to the disk just now, "" while they can."""
        return self._writer.failure

    def offered(self) -> list[KeptDraft]:
        """Drafts of the person signed in, the newest first."""
        return _newest(one for one in self._own() if not one.discarded_at)

    def discarded(self) -> list[KeptDraft]:
        """Her discarded drafts that can still be brought back, the last discarded first."""
        found = [one for one in self._own() if one.discarded_at]
        return sorted(found, key=lambda one: one.discarded_at, reverse=True)

    def others(self) -> dict[str, int]:
        """Person → how many drafts wait for her, of everybody else."""
        return dict(
            Counter(
                one.person
                for one in self._known.values()
                if one.person != self.person and not one.discarded_at
            )
        )

    def of_record(self, register: str, id: str) -> KeptDraft | None:
        """The newest draft of one record, None if there is none."""
        wanted = (register, id)
        return next((o for o in self.offered() if (o.register, o.record_id) == wanted), None)

    def find(self, id: str) -> KeptDraft | None:
        """A draft of the person signed in, discarded or not."""
        found = self._known.get(id)
        return found if found is not None and found.person == self.person else None

    # What is done with them

    def put(self, draft: KeptDraft) -> None:
        """Keep a draft in the place of the one with its id."""
        before = self._known.get(draft.id)
        self._hand_over(draft)
        if before is None or before.discarded_at != draft.discarded_at:
            self.changed.emit()

    def discard(self, id: str) -> None:
        """Put a draft away; it can be brought back for `KEPT_DAYS`. Unknown ids are no error."""
        draft = self._known.get(id)
        if draft is not None and not draft.discarded_at:
            self._hand_over(replace(draft, discarded_at=self.now()))
            self.changed.emit()

    def bring_back(self, id: str) -> None:
        """Offer a discarded draft again. Unknown ids are no error."""
        draft = self._known.get(id)
        if draft is not None and draft.discarded_at:
            self._hand_over(replace(draft, discarded_at=""))
            self.changed.emit()

    def forget(self, id: str) -> None:
        """The record was saved, or holds again what it held: there is nothing to keep."""
        if self._known.pop(id, None) is not None:
            self._writer.hand_over(id, None)
            self.changed.emit()

    def is_written(self, id: str) -> bool:
        """True if the last state of a draft is on disk."""
        return self._writer.is_written(id)

    def wait(self, seconds: float = CLOSING_SECONDS) -> bool:
        """Until everything is on disk; False if it is not by then."""
        return self._writer.wait(seconds)

    def close(self) -> None:
        """Bring what waits to the disk and let the file go; a second call does nothing."""
        self._writer.close()

    def now(self) -> str:
        """The moment as drafts are stamped."""
        return self._clock.now().isoformat(timespec="seconds")

    # Inside

    def _own(self) -> Iterable[KeptDraft]:
        return [one for one in self._known.values() if one.person == self.person]

    def _hand_over(self, draft: KeptDraft) -> None:
        self._known[draft.id] = draft
        self._writer.hand_over(draft.id, partial(_row, draft))

    def _take(self, row: DraftRow) -> None:
        try:
            body = from_body(row.body)
        except NotADraft:
            self.unreadable += 1
            return
        self._known[row.id] = KeptDraft(
            id=row.id,
            person=row.person,
            register=row.register,
            record_id=row.record_id,
            row_version=row.row_version,
            title=row.title,
            at=row.at,
            discarded_at=row.discarded_at or "",
            **body,
        )

    def _drop_old(self) -> None:
        oldest = self._clock.now() - timedelta(days=KEPT_DAYS)
        for one in list(self._known.values()):
            if one.discarded_at and _moment(one.discarded_at, oldest) < oldest:
                del self._known[one.id]
                self._writer.hand_over(one.id, None)


def drafts_of(drafts: KeptDrafts, record_ids: Collection[str]) -> list[str]:
    """Ids of every draft of these records, whosesoever, discarded or not."""
    return [one.id for one in drafts._known.values() if one.record_id in record_ids]


def as_kept(
    workspace: Workspace,
    draft: Draft,
    *,
    title: str,
    place: Place = ("", "", ""),
    before: KeptDraft | None = None,
) -> KeptDraft:
    """A draft as it is to be kept now. `place`: the field left last; `before`: what was kept of it
    last."""
    owner = workspace.registers.get(place[0])
    one = owner.field_of_name.get(place[2]) if owner is not None else None
    picture = draft.picture()
    return KeptDraft(
        id=before.id if before is not None else new_id(),
        person=workspace.person.id,
        register=draft.register.name,
        record_id=draft.id,
        row_version=draft.stored.row_version if draft.stored is not None else 0,
        title=title,
        at=workspace.drafts.now(),
        picture=picture,
        base=draft.as_opened,
        reasons=dict(draft.reasons),
        place=place,
        place_label=one.label if one is not None else "",
        labels=_labels(workspace, draft.register.name, picture),
        lost=before.lost if before is not None else (),
    )


def _labels(workspace: Workspace, register: str, picture: Picture) -> Texts:
    return {
        f"{name}.{field}": workspace.registers[name or register].field(field).label
        for name, rows in picture.items()
        for _, texts in rows
        for field in texts
    }


def _row(draft: KeptDraft) -> DraftRow:
    return DraftRow(
        id=draft.id,
        person=draft.person,
        register=draft.register,
        record_id=draft.record_id,
        row_version=draft.row_version,
        title=draft.title,
        body=to_body(draft),
        at=draft.at,
        discarded_at=draft.discarded_at or None,
    )


def _newest(drafts: Iterable[KeptDraft]) -> list[KeptDraft]:
    return sorted(drafts, key=lambda one: (one.at, one.id), reverse=True)


def _moment(text: str, otherwise: datetime) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return otherwise
