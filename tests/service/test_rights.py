"""Every role against every action, in one table; and that the services ask it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.schema.definition import DataClass
from desktop.service.access import Act, ReasonNeeded
from desktop.service.checking import check_all
from desktop.service.definitions import Definitions
from desktop.service.exporting import export
from desktop.service.putting import put_records
from desktop.service.rights import Action, Kind, NotAllowed, Rights, Role, personal_registers
from desktop.service.sight import MASK, restricted_words
from desktop.service.verifying import verify
from desktop.service.workspace import Workspace
from desktop.store import access_log, people
from desktop.store.people import PersonRow
from tests.offices import OfficeMaker, saved, typed

OF_KIND = {Kind.PERSONAL: "client", Kind.WORK: "communication", Kind.SETTINGS: "office"}

# p: records of people, w: work without people's sensitive facts, s: the office's settings;
# +: no register is asked about; -: never.
TABLE = """
action       entry  officer  leader  admin  summary
view         pws    pws      pws     pws    s
edit         pw     pws      -       s      -
delete       -      pws      -       s      -
approve      -      pw       pw      -      -
reason       pw     pws      -       s      -
merge        -      pw       -       -      -
put          -      pws      -       s      -
list_out     -      pws      pws     s      s
check        +      +        +       -      -
report       +      +        +       +      +
export       -      +        +       -      +
close        -      +        +       -      -
settings     -      +        -       +      -
anonymise    -      +        +       -      -
consolidate  -      +        -       -      +
people       -      -        -       +      -
journal      -      -        +       +      -
backup       -      +        +       +      -
restore      -      -        -       +      -
verify       +      +        +       +      +
"""
_LINES = [line.split() for line in TABLE.strip().splitlines()]
PAIRS = [
    (Role(role), Action(line[0]), cell)
    for line in _LINES[1:]
    for role, cell in zip(_LINES[0][1:], line[1:], strict=True)
]


def test_the_table_names_every_role_and_every_action() -> None:
    assert {role for role, _, _ in PAIRS} == set(Role)
    assert {action for _, action, _ in PAIRS} == set(Action)


@pytest.mark.parametrize(("role", "action", "cell"), PAIRS)
def test_every_role_may_do_what_the_table_says(
    definitions: Definitions, role: Role, action: Action, cell: str
) -> None:
    rights = Rights([role], definitions.forms)
    assert rights.may(action) == (cell != "-")
    for kind, register in OF_KIND.items():
        allowed = cell == "+" or kind.value[0] in cell
        assert rights.may(action, register) == allowed, register
        if allowed:
            rights.require(action, register)
        else:
            with pytest.raises(NotAllowed):
                rights.require(action, register)


@pytest.mark.parametrize("role", Role)
def test_who_sees_sensitive_fields_and_restricted_groups(
    definitions: Definitions, role: Role
) -> None:
    rights = Rights([role], definitions.forms)
    field = definitions.forms.registers["client"].field("ethnic")
    plain = definitions.forms.registers["client"].field("full_name")
    assert field.data_class is DataClass.SENSITIVE
    assert rights.sees_field("client", field) == (role in (Role.ENTRY, Role.OFFICER, Role.LEADER))
    assert rights.sees_field("client", plain)
    assert rights.sees_restricted == (role in (Role.OFFICER, Role.LEADER))


def test_who_has_two_roles_may_do_what_either_may(definitions: Definitions) -> None:
    both = Rights([Role.OFFICER, Role.ADMIN], definitions.forms)
    assert both.may(Action.PEOPLE)
    assert both.may(Action.EDIT, "client")
    assert both.sees_restricted
    assert both.role is Role.OFFICER


def test_no_role_at_all_may_do_nothing(definitions: Definitions) -> None:
    nobody = Rights([], definitions.forms)
    assert not any(nobody.may(action) for action in Action)
    assert not nobody.sees_sensitive
    assert not nobody.sees_restricted


def test_every_register_with_a_sensitive_field_is_about_people(definitions: Definitions) -> None:
    found = personal_registers(definitions.forms)
    for register in definitions.forms.registers.values():
        if any(field.data_class is DataClass.SENSITIVE for field in register.fields):
            assert (register.parent or register.name) in found
    assert {"client", "case_record", "plan", "review", "service_event"} <= found
    assert "office" not in found


# In the services

RESTRICTED = {
    "full_name": "Trần Thị Kín",
    "sex": "NU",
    "birth": "1990",
    "personal_no": "035190000123",
    "ethnic": "01",
    "marital": "CO",
    "client_category": [{"category": "09", "is_main": "1", "date_from": "01/01/2026"}],
}


def with_roles(offices: OfficeMaker, before: Workspace, *roles: Role) -> Workspace:
    """The office again, its one person with other roles."""
    with before.database.transaction() as connection:
        names = tuple(str(role) for role in roles)
        person = PersonRow(
            id=before.person.id, name=before.person.name, roles=names, added_at="2026-06-20"
        )
        people.put_person(connection, person)
    folder = before.paths.data
    before.close()
    return offices.reopen(folder)


@pytest.fixture
def restricted(workspace: Workspace, worker: str) -> str:
    """Id of a client of a restricted group, saved by the officer."""
    return saved(workspace, "client", RESTRICTED | {"keeper": worker}, "Hồ sơ cũ, chưa đủ giấy tờ")


def acts(workspace: Workspace) -> list[tuple[str, str, tuple[str, ...], str]]:
    workspace.access.flush()
    return [
        (one.seen.act, one.seen.register, one.seen.ids, one.seen.reason)
        for one in access_log.rows(workspace.reader)
    ]


def test_a_restricted_record_opens_for_a_reason_that_is_logged(
    offices: OfficeMaker, workspace: Workspace, restricted: str
) -> None:
    officer = with_roles(offices, workspace, Role.OFFICER)
    with pytest.raises(ReasonNeeded) as needed:
        officer.open_draft("client", restricted)
    assert (needed.value.register, needed.value.id) == ("client", restricted)
    officer.access.open("client", restricted, "Thăm hộ tháng 6")
    assert officer.open_draft("client", restricted).row.texts["full_name"] == "Trần Thị Kín"
    assert (str(Act.OPEN), "client", (restricted,), "Thăm hộ tháng 6") in acts(officer)
    officer.access.close_all()
    with pytest.raises(ReasonNeeded):
        officer.read("client", restricted)
    officer.close()


@pytest.mark.parametrize("role", [Role.ENTRY, Role.ADMIN, Role.SUMMARY])
def test_others_never_open_a_restricted_record(
    offices: OfficeMaker, workspace: Workspace, restricted: str, role: Role
) -> None:
    other = with_roles(offices, workspace, role)
    for _ in range(2):
        with pytest.raises(NotAllowed):
            other.read("client", restricted)
        other.access.open("client", restricted, "Một lý do khác")
    other.close()


def test_who_types_a_restricted_record_goes_on_with_it_until_signing_out(
    offices: OfficeMaker, workspace: Workspace, worker: str
) -> None:
    entry = with_roles(offices, workspace, Role.ENTRY)
    texts = RESTRICTED | {"keeper": worker}
    id = saved(entry, "client", texts, "Hồ sơ cũ, chưa đủ giấy tờ")
    assert entry.open_draft("client", id).row.texts["full_name"] == "Trần Thị Kín"
    entry = with_roles(offices, entry, Role.ENTRY)
    with pytest.raises(NotAllowed):
        entry.open_draft("client", id)
    entry.close()


def test_sensitive_fields_are_empty_for_the_administrator(
    offices: OfficeMaker, workspace: Workspace
) -> None:
    plain = {**RESTRICTED, "client_category": [
        {"category": "05", "is_main": "1", "date_from": "01/01/2026"}], "birth": "1940",
        "personal_no": "035140000123"}  # fmt: skip
    id = saved(workspace, "client", plain, "Hồ sơ cũ, chưa đủ giấy tờ")
    assert workspace.read("client", id).values["ethnic"] == "01"
    admin = with_roles(offices, workspace, Role.ADMIN)
    seen = admin.read("client", id)
    assert seen.values["full_name"] == "Trần Thị Kín"
    assert seen.values["ethnic"] is None
    assert [row["category"] for row in seen.children["client_category"]] == [None]
    draft = admin.open_draft("client", id)
    draft.set_text("phone", "0912 345 678")
    with pytest.raises(NotAllowed):
        admin.save(draft)
    admin.close()


def test_saving_deleting_and_reasons_ask_for_the_right(
    offices: OfficeMaker, workspace: Workspace, worker: str
) -> None:
    leader = with_roles(offices, workspace, Role.LEADER)
    draft = leader.open_draft("worker", worker)
    draft.set_text("phone", "0912 345 678")
    with pytest.raises(NotAllowed):
        leader.save(draft)
    with pytest.raises(NotAllowed):
        leader.saving.delete("worker", [worker])
    entry = with_roles(offices, leader, Role.ENTRY)
    with pytest.raises(NotAllowed):
        entry.saving.delete("worker", [worker])
    with pytest.raises(NotAllowed):
        entry.save(typed(entry, "holiday", {"date": "02/09/2027", "name": "Quốc khánh"}))
    summary = with_roles(offices, entry, Role.SUMMARY)
    with pytest.raises(NotAllowed):
        summary.rows("worker")
    assert summary.rows("office").count == 1
    summary.close()


def test_looks_at_records_about_people_are_logged_once(workspace: Workspace, worker: str) -> None:
    before = len(acts(workspace))
    for _ in range(3):
        workspace.open_draft("worker", worker)
    workspace.open_draft("office", workspace.rows("office").ids[0])
    assert acts(workspace)[: len(acts(workspace)) - before] == [
        (str(Act.VIEW), "worker", (worker,), "")
    ]


def test_an_office_of_before_lets_its_people_do_everything(workspace: Workspace) -> None:
    with workspace.database.transaction() as connection:
        connection.execute("DELETE FROM office_person")
    again = workspace.another()
    assert again.rights.roles == {Role.OFFICER, Role.ADMIN}
    again.close()


def test_who_was_taken_out_does_not_come_in_with_an_old_key(
    offices: OfficeMaker, workspace: Workspace
) -> None:
    with workspace.database.transaction() as connection:
        connection.execute("UPDATE office_person SET id = 'x'")
    folder = workspace.paths.data
    workspace.close()
    with pytest.raises(NotAllowed):
        offices.reopen(folder)


# What the services do for each role

MADE_IN = "2026H1"


def _call(workspace: Workspace, what: str, folder: Path) -> object:
    """One use case, as the window or the command line starts it."""
    reporting = workspace.reporting
    calls: dict[str, Callable[[], object]] = {
        "check": lambda: check_all(workspace),
        "report": lambda: reporting.report(reporting.period(MADE_IN)),
        "export": lambda: export(workspace, MADE_IN, folder),
        "put": lambda: put_records(workspace, "communication", []),
        "choose": lambda: reporting.choose("A1", ""),
        "verify": lambda: verify(workspace),
        "people": workspace.people.all,
        "rows": lambda: workspace.rows("client").count,
    }
    return calls[what]()


DONE_BY: dict[str, set[Role]] = {
    "check": {Role.ENTRY, Role.OFFICER, Role.LEADER},
    "report": set(Role),
    "export": {Role.OFFICER, Role.LEADER, Role.SUMMARY},
    "put": {Role.OFFICER},
    "choose": {Role.OFFICER, Role.ADMIN},
    "verify": set(Role),
    "people": {Role.ADMIN},
    "rows": {Role.ENTRY, Role.OFFICER, Role.LEADER, Role.ADMIN},
}


@pytest.mark.parametrize("role", Role)
def test_services_ask_the_rights_themselves(
    offices: OfficeMaker, workspace: Workspace, worker: str, role: Role, tmp_path: Path
) -> None:
    somebody = with_roles(offices, workspace, role)
    for what, able in DONE_BY.items():
        if role in able:
            _call(somebody, what, tmp_path)
        else:
            with pytest.raises(NotAllowed):
                _call(somebody, what, tmp_path)
    somebody.close()


@pytest.mark.parametrize("role", [Role.ENTRY, Role.ADMIN])
def test_a_restricted_record_is_found_nowhere_by_who_may_not_see_it(
    offices: OfficeMaker, workspace: Workspace, restricted: str, role: Role
) -> None:
    case = {"client": restricted, "opened": "01/02/2026", "criteria": "TC1"}
    draft = typed(workspace, "case_record", case)
    assert draft.is_new
    assert [one.id for one in workspace.lookups.search("client", "tran thi kin")] == [restricted]
    assert workspace.lookups.title("client", restricted) == "Trần Thị Kín"
    other = with_roles(offices, workspace, role)
    assert other.lookups.search("client", "tran thi kin") == []
    assert other.lookups.title("client", restricted) == restricted_words()
    rows = other.rows("client")
    rows.find("kin")
    assert list(rows.ids) == []
    assert rows.total == 0
    with pytest.raises(NotAllowed):
        other.lookups.history("client", restricted)
    if role is Role.ENTRY:
        assert all(one.id != restricted for one in check_all(other).records)
    other.close()


def test_the_administrator_reads_masks_in_a_records_history(
    offices: OfficeMaker, workspace: Workspace, worker: str
) -> None:
    draft = workspace.open_draft("worker", worker)
    draft.set_text("ethnic", "01")
    workspace.save(draft)
    admin = with_roles(offices, workspace, Role.ADMIN)
    told = [d for entry in admin.lookups.history("worker", worker) for d in entry.differences]
    (ethnic,) = [d for d in told if d.label == "Dân tộc"]
    assert (ethnic.before, ethnic.after) == ("", MASK)
    admin.close()
