"""The first start: what is typed before there is an office, and making the office of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from desktop.base.clock import Clock
from desktop.base.paths import Paths
from desktop.base.progress import Progress, silent
from desktop.base.translate import tr
from desktop.base.vietnamese_dates import format_date
from desktop.service.draft import Draft
from desktop.service.folder import Person, has_office, people, unlock
from desktop.service.gate import RuleGate
from desktop.service.office import Setup, create_office
from desktop.service.sample import PASSWORD, open_sample
from desktop.service.units import COMMUNE, UnitCatalogue, UnitChoice
from desktop.store.blank import blank_database
from desktop.store.functions import RuleContext
from desktop.store.office_rows import OFFICE
from desktop.store.rules import RuleRunner
from desktop.store.titles import Title

if TYPE_CHECKING:
    from desktop.schema.definition import Field, Forms
    from desktop.service.definitions import Definitions

PROGRAMME_BEGAN = "2021-01-01"
"""No report of the programme is about an earlier day (Quyết định 112/QĐ-TTg)."""
ACTING_FOR = {"TM": "ỦY BAN NHÂN DÂN", "KT": "CHỦ TỊCH", "TL": "CHỦ TỊCH", "TUQ": "CHỦ TỊCH"}
POSITION = {"TM": "CHỦ TỊCH", "KT": "PHÓ CHỦ TỊCH"}
"""By code of list THAM_QUYEN: usual in a commune (Nghị định 30/2020/NĐ-CP, Phụ lục I)."""


class UnitLookups:
    """The look-ups of a form, while units are all there is to refer to."""

    def __init__(self, units: UnitCatalogue) -> None:
        self._units = units

    def search(
        self, register: str, text: str, *, only: str = "", on: date | None = None, limit: int = 50
    ) -> list[Title]:
        """Units in force today; other registers have no record yet."""
        if register != "admin_unit":
            return []
        found = self._units.search(text, limit)
        return [Title(unit.id, unit.name, unit.subtitle) for unit in found]

    def title(self, register: str, id: str) -> str:
        """Name of a unit with its province, "" where there is none."""
        unit = self._units.find(id)
        if unit is None:
            return ""
        return f"{unit.name}, {_in_sentence(unit.parent)}" if unit.parent else unit.name


class SetUpDesk:
    """What a form page needs, before there is an office: definitions, rules, units; in memory."""

    def __init__(self, paths: Paths, definitions: Definitions, clock: Clock) -> None:
        self.clock = clock
        self.forms: Forms = definitions.forms
        self.units = UnitCatalogue(paths.catalogues, clock.today())
        self.lookups = UnitLookups(self.units)
        self._connection = blank_database(self.forms)
        runner = RuleRunner(self._connection, definitions.book, RuleContext(clock))
        self._gate = RuleGate(self.forms, self._connection, runner, clock, lambda word: "")

    @property
    def today(self) -> date:
        return self.clock.today()

    def sees_field(self, register: str, field: Field) -> bool:
        """Nothing is kept from who sets the office up."""
        del register, field
        return True

    def new_draft(self) -> Draft:
        """The office's settings, to be typed."""
        draft = Draft(self._gate, self.forms.registers[OFFICE], None)
        draft.start({})
        return draft

    def close(self) -> None:
        """Forget everything."""
        self._connection.close()


def proposals(unit: UnitChoice | None, authority: str) -> dict[str, str]:
    """Texts by field of `office` that usually follow from the unit and the authority to sign."""
    if unit is None:
        return {}
    # Settings that began today would leave the report that is due now without any.
    begins = format_date(max(unit.valid_from, PROGRAMME_BEGAN))
    if unit.level != COMMUNE:
        province = _in_sentence(unit.name)
        return {
            "valid_from": begins,
            "body_name": f"Sở Y tế {province}",
            "superior_body": f"Ủy ban nhân dân {province}",
            "receiving_department": "Bộ Y tế",
            "place_name": _place(unit.name),
            "document_symbol": "BC-SYT",
        }
    province = _in_sentence(unit.parent)
    return {
        "valid_from": begins,
        "body_name": f"Ủy ban nhân dân {_in_sentence(unit.name)}",
        "superior_body": f"Ủy ban nhân dân {province}",
        "receiving_department": f"Sở Y tế {province}",
        "place_name": _place(unit.name),
        "document_symbol": "BC-UBND",
        "authority_for": ACTING_FOR.get(authority, ""),
        "signer_position": POSITION.get(authority, ""),
    }


_KINDS = ("Thành phố", "Đặc khu", "Phường", "Tỉnh", "Xã")


def _in_sentence(name: str) -> str:
    """“Phường Hà Nam” → “phường Hà Nam”."""
    return name[:1].lower() + name[1:]


def _place(name: str) -> str:
    """The name without its kind, but for a number: “Hà Nam”, “Phường 4” (NĐ 30/2020, Phụ lục I)."""
    for kind in _KINDS:
        rest = name.removeprefix(kind).strip()
        if rest != name and not rest.isdigit():
            return rest
    return name


def set_up(
    paths: Paths,
    setup: Setup,
    *,
    clock: Clock,
    definitions: Definitions,
    progress: Progress = silent,
) -> tuple[Person, bytes]:
    """Make the office; returns who signs in and the key, for the thread that opens it.

    Raises as `create_office`, and `Cancelled` before anything is written.
    """
    progress(tr("Making the encrypted data…"), 0.1)
    workspace = create_office(paths, setup, clock=clock, definitions=definitions)
    person = workspace.person
    workspace.close()
    return person, unlock(paths, person, setup.password)


def sample_paths(paths: Paths, which: str) -> Paths:
    """Where a sample office lies: beside the data, so that trying never touches the office's."""
    name = f"{paths.data.name}-mau-{which.replace('_', '-')}"
    return Paths.from_arguments(paths.data.with_name(name))


def set_up_sample(
    paths: Paths, which: str, *, definitions: Definitions, progress: Progress = silent
) -> tuple[Person, bytes]:
    """Make the sample in the folder of `paths` if it is not there; as `set_up`.

    Raises `UserError`, `WrongPassword` where somebody has changed the sample's password.
    """
    if has_office(paths):
        person = people(paths)[0]
        return person, unlock(paths, person, PASSWORD)
    workspace = open_sample(paths, which, definitions=definitions, progress=progress)
    person = workspace.person
    workspace.close()
    return person, unlock(paths, person, PASSWORD)


def texts_of(draft: Draft) -> Mapping[str, str]:
    """What was typed into the office's settings, for `Setup`."""
    row = draft.row
    return {name: text for name, text in row.texts.items() if text and name not in row.hidden}
