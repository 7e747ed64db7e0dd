"""One new office, made once and copied for each test that wants one of its own."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from desktop.base.clock import FixedClock
from desktop.base.paths import Paths
from desktop.service.access import ReasonNeeded
from desktop.service.definitions import Definitions
from desktop.service.draft import Draft
from desktop.service.folder import people, unlock
from desktop.service.office import Setup, create_office, open_unlocked
from desktop.service.workspace import Workspace
from desktop.store.records import StoredRecord

PASSWORD = "mật khẩu thử 1"
TODAY = date(2026, 6, 20)
HA_NAM = "XA.13366.20250701"
SETTINGS = {
    "valid_from": "01/07/2025",
    "unit": HA_NAM,
    "body_name": "Ủy ban nhân dân phường Hà Nam",
    "superior_body": "Ủy ban nhân dân tỉnh Ninh Bình",
    "receiving_department": "Sở Y tế tỉnh Ninh Bình",
    "place_name": "Hà Nam",
    "calendar": "ND09",
    "document_number": "05",
    "document_symbol": "BC-UBND",
    "preparer": "Đỗ Thị Ngọc Ánh",
    "checker": "Vũ Đức Hoà",
    "authority": "TM",
    "authority_for": "ỦY BAN NHÂN DÂN",
    "signer_position": "CHỦ TỊCH",
    "signer": "Nguyễn Văn Ất",
}


class OfficeMaker:
    """Copies of one office; opening a copy skips the slow derivation of the key."""

    def __init__(self, folder: Path, definitions: Definitions) -> None:
        self._folder = folder
        self._definitions = definitions
        self._number = 0
        made = paths_of(folder / "template")
        create_office(
            made,
            Setup(office=SETTINGS, person="Đỗ Thị Ngọc Ánh", password=PASSWORD),
            clock=FixedClock(TODAY),
            definitions=definitions,
        ).close()
        self.person = people(made)[0]
        self.key = unlock(made, self.person, PASSWORD)

    def open(self, clock: FixedClock | None = None) -> Workspace:
        """A copy of its own for one test."""
        self._number += 1
        folder = self._folder / str(self._number)
        shutil.copytree(self._folder / "template", folder)
        return self.reopen(folder, clock)

    def reopen(
        self,
        folder: Path,
        clock: FixedClock | None = None,
        definitions: Definitions | None = None,
    ) -> Workspace:
        """The office in a folder again, as after a restart, or with a newer program."""
        return open_unlocked(
            paths_of(folder),
            self.person,
            self.key,
            clock=clock or FixedClock(TODAY),
            definitions=definitions or self._definitions,
        )


def paths_of(data: Path) -> Paths:
    return Paths.from_arguments(data)


def typed(workspace: Workspace, register: str, texts: Mapping[str, object]) -> Draft:
    """A draft with these texts; a list of mappings under a child register's name adds its rows."""
    draft = workspace.new_draft(register)
    for name, text in texts.items():
        if isinstance(text, str):
            draft.set_text(name, text)
    for name, rows in texts.items():
        if isinstance(rows, list):
            for one in rows:
                row = draft.add_row(name)
                for field, text in one.items():
                    draft.set_text(field, text, row)
    draft.check()
    return draft


def saved(
    workspace: Workspace, register: str, texts: Mapping[str, object], reason: str = ""
) -> str:
    """Id of a record typed and saved; `reason` answers every warning."""
    draft = typed(workspace, register, texts)
    if reason:
        for problem in draft.problems:
            draft.give_reason(problem, reason)
    workspace.save(draft)
    return draft.id


def emptied(workspace: Workspace, field: str) -> None:
    """Empty a setting of the office, as data of an older version may stand: the window would not
    let it be saved."""
    office = workspace.office_on(workspace.today)
    assert office is not None
    with workspace.database.transaction() as connection:
        connection.execute(f"UPDATE main.office SET {field} = '' WHERE id = ?", (office.id,))


def read_openly(workspace: Workspace, register: str, id: str) -> StoredRecord:
    """A stored record, a restricted one opened with a reason first."""
    try:
        return workspace.read(register, id)
    except ReasonNeeded:
        workspace.access.open(register, id, "Thử nghiệm")
        return workspace.read(register, id)
