"""Records that may be of one person: of one about to be saved, of one stored, of a register."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.base.likeness import Born, Likeness, Name, Place
from desktop.base.progress import Progress, silent
from desktop.base.translate import tr
from desktop.schema.definition import Gate, Level
from desktop.service.rights import Action
from desktop.service.saving import Changed, finding_of
from desktop.service.sight import restricted_words
from desktop.store import journal, look_alikes

if TYPE_CHECKING:
    from desktop.schema.definition import Register
    from desktop.service.draft import Draft
    from desktop.service.problems import RecordProblem
    from desktop.service.workspace import Workspace
    from desktop.store.look_alikes import Alike, Pair
    from desktop.store.titles import Title

MOST_PAIRS = look_alikes.MOST_PAIRS
MOST_SHOWN = 50
"""Of one record; whoever has more is looked for by a wrong name."""


@dataclass(frozen=True)
class Suspect:
    """A stored record that may be the same person's."""

    id: str
    title: str
    subtitle: str
    likeness: Likeness
    hidden: bool = False
    """This person may not see whose it is."""


@dataclass(frozen=True)
class Suspects:
    """Look-alikes of one record, the likeliest first."""

    shown: tuple[Suspect, ...] = ()
    more: int = 0
    """How many others there are, less likely than those."""

    @property
    def same_paper(self) -> bool:
        """True if some of them have an equal number: one of the two is wrong."""
        return any(one.likeness.papers for one in self.shown)


@dataclass(frozen=True)
class SuspectPair:
    """Two stored records that may be one person's; `one` was there first."""

    one: Suspect
    other: Suspect


class LookAlikeService:
    """Made by `Workspace`."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def compares(self, register: str) -> bool:
        """True for a register whose definition says how people are compared."""
        return bool(self._workspace.registers[register].look_alike.name)

    # Finding

    def of_draft(self, draft: Draft) -> Suspects:
        """Whom somebody may be who is about to be saved; nobody where nothing that says who it is
        has changed, or where all were told apart."""
        if not self.compares(draft.register.name):
            return Suspects()
        record = draft.to_record()
        finder = self._finder(draft.register)
        if draft.stored is not None and finder.identity(record.values) == finder.identity(
            draft.stored.values
        ):
            return Suspects()
        return self._told(draft.register, finder.find(draft.id, record.values))

    def of_record(self, register: str, id: str, *, told_apart: bool = False) -> Suspects:
        """Whom a stored record may be too; `told_apart`: also those who were told apart from it."""
        if not self.compares(register):
            return Suspects()
        defined = self._workspace.registers[register]
        values = self._workspace.read(register, id).values
        alike = self._finder(defined).find(id, values, told_apart=told_apart)
        return self._told(defined, alike)

    def pairs(self, register: str, progress: Progress = silent) -> list[SuspectPair]:
        """Every suspected pair of a register, the likeliest first; those with a record that this
        person may not see are left out. Slow for a large register. Raises `Cancelled`."""
        if not self.compares(register):
            return []
        defined = self._workspace.registers[register]
        found = self._finder(defined).pairs(progress)
        ids = {id for pair in found for id in (pair.one, pair.other)}
        titles = self._workspace.lookups.titles(register, sorted(ids))
        hidden = self._workspace.sight.hidden_among(register, sorted(ids))
        return [_pair(pair, titles) for pair in found if not hidden & {pair.one, pair.other}]

    def _finder(self, register: Register) -> look_alikes.LookAlikes:
        return look_alikes.LookAlikes(self._workspace.reader, self._workspace.forms, register)

    def _told(self, register: Register, alike: Sequence[Alike]) -> Suspects:
        shown = alike[:MOST_SHOWN]
        ids = [one.id for one in shown]
        titles = self._workspace.lookups.titles(register.name, ids)
        hidden = self._workspace.sight.hidden_among(register.name, ids)
        return Suspects(
            tuple(_suspect(one.id, one.likeness, titles, one.id in hidden) for one in shown),
            len(alike) - len(shown),
        )

    # Answers

    def tell_apart(self, register: str, id: str, others: Iterable[str]) -> None:
        """Keep that these stored records are of different people: the pairs are not asked about
        again until what says who they are changes. The rule that warns of look-alikes gets its
        reason on both sides.

        Raises NotAllowed, `UserError`s of the disk.
        """
        workspace, others = self._workspace, list(dict.fromkeys(others))
        if not others:
            return
        workspace.rights.require(Action.EDIT, register)
        titles = workspace.lookups.titles(register, [id, *others])
        named = [titles[one].title for one in (id, *others) if one in titles]
        label = tr("Different people: {names}").format(names=", ".join(named[:3]))
        database = workspace.database
        gate = workspace.gates.writing()
        with database.transaction() as connection:
            now, by = database.now(), workspace.person.id
            finder = look_alikes.LookAlikes(
                connection, workspace.forms, workspace.registers[register]
            )
            finder.tell_apart(id, others, at=now, by=by)
            journal.open_change(
                connection, label=label, at=now, by=by, kind=journal.Kind.SETTING
            )  # fmt: skip
            for problem, reason in self._warnings(register, [id, *others]):
                gate.overrides.accept(finding_of(problem), reason, now, by)
        touched = tuple((register, one) for one in (id, *others))
        workspace.changed.emit(Changed(touched, label))

    def _warnings(self, register: str, ids: Sequence[str]) -> list[tuple[RecordProblem, str]]:
        """Open warnings of look-alikes at stored records that have no look-alike left."""
        workspace = self._workspace
        defined = workspace.registers[register]
        rule = defined.look_alike.rule
        if not rule:
            return []
        gate = workspace.gates.writing()
        connection = workspace.database.connection
        found = gate.runner.check_stored(register, ids, Gate.SAVE, rules=[rule])
        finder = look_alikes.LookAlikes(connection, workspace.forms, defined)
        told = []
        for problem in gate.with_reasons(found, {}):
            if problem.is_open and problem.level is Level.WARNING:
                values = finder.values_of(problem.record_id)
                if not finder.find(problem.record_id, values):
                    told.append((problem, different_people()))
        return told

    def answered(self, draft: Draft) -> None:
        """Give the rule that warns of look-alikes its reason: the person has looked at them."""
        rule = draft.register.look_alike.rule
        for problem in draft.problems:
            if rule and problem.number == rule and problem.is_open:
                draft.give_reason(problem, different_people())

    # Merged records

    def survivor(self, register: str, id: str) -> str:
        """The record a merged one went into, itself where it was not merged."""
        defined = self._workspace.registers[register]
        return look_alikes.survivor(self._workspace.reader, defined, id)


def different_people() -> str:
    """The reason given to the rule that warns of look-alikes."""
    return tr("Set side by side with the look-alikes: different people.")


def likeness_words(likeness: Likeness, register: Register) -> str:
    """In what two records are alike: “cùng họ tên · cùng năm sinh · cùng nơi ở”."""
    labels = [register.field(name).label for name in likeness.papers]
    parts = [tr("same number: {field}").format(field=label) for label in labels]
    parts += [_name_words(likeness.name), _born_words(likeness.born), _place_words(likeness.place)]
    return " · ".join(part for part in parts if part)


def _name_words(name: Name) -> str:
    return {
        Name.SAME: tr("same name"),
        Name.FOLDED: tr("same name but for accents"),
        Name.SWAPPED: tr("same words of the name in another order"),
        Name.SHORTER: tr("same name without the middle"),
    }.get(name, "")


def _born_words(born: Born) -> str:
    return {
        Born.DATE: tr("same date of birth"),
        Born.YEAR: tr("same year of birth"),
        Born.NEAR: tr("born a year apart"),
        Born.UNKNOWN: tr("year of birth not known"),
    }.get(born, "")


def _place_words(place: Place) -> str:
    return {
        Place.SAME_FINE: tr("same hamlet"),
        Place.SAME: tr("same place"),
        Place.NEAR: tr("units merged with each other"),
        Place.UNKNOWN: tr("place not known"),
        Place.APART: tr("another place"),
    }[place]


def _suspect(id: str, likeness: Likeness, titles: dict[str, Title], hidden: bool) -> Suspect:
    title = titles.get(id)
    if hidden or title is None:
        return Suspect(id, restricted_words(), "", likeness, hidden=True)
    return Suspect(id, title.title, title.subtitle, likeness)


def _pair(pair: Pair, titles: dict[str, Title]) -> SuspectPair:
    one, other = (
        _suspect(id, pair.likeness, titles, hidden=False) for id in (pair.one, pair.other)
    )
    return SuspectPair(one, other)
