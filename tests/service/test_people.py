"""People, roles, lost passwords: who gets in, who does not, and what a killed program leaves."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from desktop.base.clock import FixedClock
from desktop.base.errors import UserError, WrongPassword
from desktop.service import folder, people
from desktop.service.definitions import Definitions
from desktop.service.folder import KEYS, TRIES, TooManyTries, counted_try
from desktop.service.office import Setup, create_office, open_office
from desktop.service.rights import NotAllowed, Role
from desktop.service.verifying import verify
from desktop.service.workspace import Workspace
from desktop.store import journal
from desktop.store.keys import Cost, KeyFile
from desktop.store.recovery_code import new_code
from tests.offices import PASSWORD, SETTINGS, TODAY, OfficeMaker, paths_of

FIRST = "mật khẩu đầu 1"
OWN = "mật khẩu của em 2"


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Deriving keys costs nothing here; what it must cost is tested with the key file."""
    monkeypatch.setattr("desktop.store.keys.DEFAULT_COST", Cost(64, 1, 1))
    monkeypatch.setattr(KeyFile.__init__, "__defaults__", (Cost(64, 1, 1),))


def person_of(workspace: Workspace, id: str) -> folder.Person:
    return next(one for one in folder.people(workspace.paths) if one.id == id)


def labels(workspace: Workspace) -> list[str]:
    rows = workspace.reader.execute("SELECT label FROM change ORDER BY id DESC LIMIT 3")
    return [row[0] for row in rows.fetchall()]


def test_a_new_person_signs_in_with_a_first_password_and_changes_it(
    offices: OfficeMaker, workspace: Workspace
) -> None:
    id = workspace.people.add("Trần Văn Bình", [Role.ENTRY], FIRST)
    assert "Trần Văn Bình" in labels(workspace)[0]
    paths = workspace.paths
    workspace.close()
    with pytest.raises(UserError):
        open_office(paths, person=id, password=FIRST)
    key = folder.unlock(paths, folder.Person(id, ""), FIRST)
    assert key == offices.key
    entry = offices.reopen(paths.data)
    entry.person = folder.Person(id, "Trần Văn Bình")
    assert people.must_change_password(entry.database, id)
    entry.people.change_own_password(FIRST, OWN)
    assert not people.must_change_password(entry.database, id)
    entry.close()
    signed_in = open_office(paths, person=id, password=OWN)
    assert signed_in.rights.roles == {Role.ENTRY}
    with pytest.raises(NotAllowed):
        signed_in.people.all()
    with pytest.raises(NotAllowed):
        signed_in.people.set_roles(id, [Role.ADMIN])
    signed_in.close()


def test_roles_written_into_the_key_file_change_nothing(workspace: Workspace) -> None:
    id = workspace.people.add("Trần Văn Bình", [Role.ENTRY], FIRST)
    path = workspace.paths.data / KEYS
    content = json.loads(path.read_bytes())
    for one in content["people"]:
        one["role"] = one["roles"] = "admin"
    path.write_text(json.dumps(content), encoding="utf-8")
    assert {one.id: one.roles for one in workspace.people.all()}[id] == {Role.ENTRY}


def test_who_is_shut_out_cannot_come_in_even_with_an_old_key_file(
    offices: OfficeMaker, workspace: Workspace, tmp_path: Path
) -> None:
    id = workspace.people.add("Trần Văn Bình", [Role.OFFICER], FIRST)
    shutil.copy(workspace.paths.data / KEYS, tmp_path / "cũ.json")
    workspace.people.disable(id)
    assert not any(one.id == id for one in folder.people(workspace.paths))
    shutil.copy(tmp_path / "cũ.json", workspace.paths.data / KEYS)
    paths = workspace.paths
    workspace.close()
    with pytest.raises(NotAllowed):
        open_office(paths, person=id, password=FIRST)
    again = offices.reopen(paths.data)
    again.people.reset_password(id, FIRST)
    assert {one.id: one.disabled for one in again.people.all()}[id] is False
    again.close()


def test_somebody_must_be_left_who_may_change_people(workspace: Workspace) -> None:
    me = workspace.person.id
    with pytest.raises(UserError, match="quản trị"):
        workspace.people.set_roles(me, [Role.OFFICER])
    with pytest.raises(UserError):
        workspace.people.disable(me)
    other = workspace.people.add("Trần Văn Bình", [Role.ADMIN], FIRST)
    workspace.people.set_roles(me, [Role.OFFICER])
    with pytest.raises(UserError):
        workspace.people.set_roles(other, [])


def test_names_are_told_apart(workspace: Workspace) -> None:
    with pytest.raises(UserError):
        workspace.people.add("do thi ngoc anh", [Role.ENTRY], FIRST)
    id = workspace.people.add("Trần Văn Bình", [Role.ENTRY], FIRST)
    workspace.people.rename(id, "Trần Văn Bình (thôn 2)")
    assert person_of(workspace, id).name == "Trần Văn Bình (thôn 2)"
    with pytest.raises(UserError):
        workspace.people.add("Mới", [Role.ENTRY], "ngắn")


def test_the_printed_code_gives_a_new_password(
    definitions: Definitions, workspace: Workspace
) -> None:
    code = workspace.people.new_recovery_code()
    assert not workspace.people.has_recovery()
    workspace.people.keep_recovery_code(code)
    assert workspace.people.has_recovery()
    me, paths = workspace.person, workspace.paths
    workspace.close()
    common = {"clock": FixedClock(TODAY), "definitions": definitions}
    with pytest.raises(UserError):
        people.recover(paths, me, code[:-1], OWN, **common)  # type: ignore[arg-type]
    with pytest.raises(WrongPassword):
        people.recover(paths, me, new_code(), OWN, **common)  # type: ignore[arg-type]
    assert (paths.data / TRIES).exists()
    people.recover(paths, me, code.lower().replace("-", " "), OWN, **common)  # type: ignore[arg-type]
    with pytest.raises(WrongPassword):
        open_office(paths, password=PASSWORD)
    again = open_office(paths, password=OWN)
    assert "mã khôi phục" in labels(again)[0]
    assert verify(again).damages == ()
    again.close()


def test_the_code_lets_nobody_in_who_was_shut_out(
    definitions: Definitions, workspace: Workspace
) -> None:
    id = workspace.people.add("Trần Văn Bình", [Role.OFFICER], FIRST)
    code = workspace.people.new_recovery_code()
    workspace.people.keep_recovery_code(code)
    workspace.people.disable(id)
    paths = workspace.paths
    workspace.close()
    with pytest.raises(NotAllowed):
        people.recover(
            paths, folder.Person(id, "Bình"), code, OWN,
            clock=FixedClock(TODAY), definitions=definitions,
        )  # fmt: skip


def test_wrong_tries_have_to_be_waited_for_also_after_a_restart(workspace: Workspace) -> None:
    me, paths = workspace.person, workspace.paths
    for _ in range(3):
        with pytest.raises(WrongPassword):
            folder.unlock(paths, me, "sai rồi đấy")
    with pytest.raises(TooManyTries, match="giây"):
        folder.unlock(paths, me, PASSWORD)
    other = folder.Person("x", "Khác")
    with counted_try(paths, other.id):
        pass
    (paths.data / TRIES).unlink()
    assert folder.unlock(paths, me, PASSWORD)


def test_a_killed_set_up_can_be_done_again(definitions: Definitions, tmp_path: Path) -> None:
    paths = paths_of(tmp_path / "data")
    paths.data.mkdir()
    lost = people.new_person("Đỗ Thị Ngọc Ánh")
    KeyFile.create(paths.data / KEYS, lost, PASSWORD)
    before = (paths.data / KEYS).read_bytes()
    setup = Setup(office=SETTINGS, person="Đỗ Thị Ngọc Ánh", password=PASSWORD)
    create_office(paths, setup, clock=FixedClock(TODAY), definitions=definitions).close()
    aside = list(paths.data.glob("khoa.truoc-*.json"))
    assert [one.read_bytes() for one in aside] == [before]
    opened = open_office(paths, password=PASSWORD)
    assert [one.roles for one in opened.people.all()] == [{Role.OFFICER, Role.ADMIN}]
    opened.close()


def test_people_of_an_office_of_before_get_their_rows_with_the_first_change(
    workspace: Workspace,
) -> None:
    with workspace.database.transaction() as connection:
        connection.execute("DELETE FROM office_person")
    assert [one.roles for one in workspace.people.all()] == [{Role.OFFICER, Role.ADMIN}]
    workspace.people.add("Trần Văn Bình", [Role.ENTRY], FIRST)
    rows = workspace.reader.execute("SELECT name FROM office_person").fetchall()
    assert {row[0] for row in rows} == {"Đỗ Thị Ngọc Ánh", "Trần Văn Bình"}
    assert journal.change_of(workspace.reader, 1).id == 1
