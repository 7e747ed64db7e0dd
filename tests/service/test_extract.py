"""The extract of one person's data: all that is held, and nothing private of anybody else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.base.errors import UserError
from desktop.base.vietnamese_dates import format_date
from desktop.schema.definition import FieldType
from desktop.service.access import Act, ReasonNeeded
from desktop.service.definitions import Definitions
from desktop.service.extract import extract, extract_paper, may_extract, note_extract
from desktop.service.rights import NotAllowed, Rights, Role
from desktop.service.sample import SAMPLES, open_sample
from desktop.service.workspace import Workspace
from desktop.store.driver import quoted
from tests.offices import paths_of, read_openly

WHY = "Bà Hoà xin trích lục"


@pytest.fixture(scope="module")
def sample(
    tmp_path_factory: pytest.TempPathFactory, definitions: Definitions
) -> Iterator[Workspace]:
    folder: Path = tmp_path_factory.mktemp("extract")
    made = open_sample(paths_of(folder), SAMPLES[0], definitions=definitions)
    yield made
    made.close()


def ids(workspace: Workspace, sql: str, *values: str) -> list[str]:
    return [row[0] for row in workspace.reader.execute(sql, values).fetchall()]


def clients(workspace: Workspace) -> list[str]:
    return ids(workspace, "SELECT id FROM main.client WHERE kind = 'CA_NHAN' ORDER BY id")


def text_of(workspace: Workspace, id: str) -> str:
    read_openly(workspace, "client", id)
    return "\n".join(
        f"{line.source}\t{line.label}\t{line.value}"
        for line in extract(workspace, "client", id).lines
    )


ABOUT_A_CLIENT = {
    "client": "id = :id",
    **dict.fromkeys(("case_record", "intake", "referral", "service_event"), "client = :id"),
    **dict.fromkeys(
        ("assessment", "plan", "review"),
        "case_record IN (SELECT id FROM main.case_record WHERE client = :id)",
    ),
    **dict.fromkeys(
        ("benefit", "client_address_history", "client_category", "client_relation",
         "client_viewer", "consent", "disability", "health"),
        "client = :id",
    ),
    "plan_item": "plan IN (SELECT p.id FROM main.plan AS p JOIN main.case_record AS c "
    "ON c.id = p.case_record WHERE c.client = :id)",
    "assessment_domain": "assessment IN (SELECT a.id FROM main.assessment AS a "
    "JOIN main.case_record AS c ON c.id = a.case_record WHERE c.client = :id)",
}  # fmt: skip


def shown(workspace: Workspace, register: str, column: str, value: object) -> list[str]:
    """What must stand on the paper for one column, worked out from the tables alone."""
    field = workspace.registers[register].field_of_column(column)
    if field is None or value is None:
        return []
    if field.type in (FieldType.DATE, FieldType.DATETIME):
        return [format_date(str(value))]
    if field.type in (FieldType.CHOICE, FieldType.CHOICES):
        given = "(SELECT value FROM json_each(?))"
        sql = f"SELECT label FROM main.code WHERE list = ? AND code IN {given}"
        codes = str(value) if field.type is FieldType.CHOICES else f'["{value}"]'
        return [label for (label,) in workspace.reader.execute(sql, (field.list, codes)).fetchall()]
    if field.type is FieldType.REFERENCE:
        return [field.label]
    if field.type in (FieldType.TEXT, FieldType.NOTE):
        return [str(value)]
    return [field.label]


def test_every_field_of_every_table_about_a_person_is_in_it(sample: Workspace) -> None:
    seen = 0
    for id in clients(sample):
        text = text_of(sample, id)
        for register, where in ABOUT_A_CLIENT.items():
            cursor = sample.reader.execute(
                f"SELECT * FROM main.{quoted(register)} WHERE {where}", {"id": id}
            )
            names = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                for name, value in zip(names, row, strict=True):
                    for words in shown(sample, register, name, value):
                        assert words in text, (register, name, words)
                        seen += 1
    assert seen > 500


def test_private_facts_of_other_people_are_not_in_it(sample: Workspace) -> None:
    """Numbers, telephones and addresses belong to one person each."""
    columns = ("personal_no", "phone", "old_id_no", "bhyt", "bhxh", "guardian_phone")
    private = {
        id: {
            value
            for value in sample.reader.execute(
                f"SELECT {', '.join(columns)} FROM main.client WHERE id = ?", (id,)
            ).fetchone()
            if value
        }
        for id in clients(sample)
    }
    assert sum(map(len, private.values())) > 10
    for id, own in private.items():
        text = text_of(sample, id)
        others = set().union(*(found for one, found in private.items() if one != id))
        assert not [one for one in others - own if one in text]


def test_who_looked_and_what_was_changed_are_in_it(sample: Workspace) -> None:
    id = clients(sample)[0]
    text = text_of(sample, id)
    assert "Nhật ký · " in text
    assert "Truy cập · " in text


def test_it_is_logged_with_its_reason_before_it_goes(sample: Workspace) -> None:
    id = clients(sample)[0]
    read_openly(sample, "client", id)
    found = extract(sample, "client", id)
    with pytest.raises(UserError, match="vì sao"):
        note_extract(sample, found, " x ")
    note_extract(sample, found, WHY)
    row = sample.reader.execute(
        "SELECT act, register, ids, reason FROM main.access_log ORDER BY id DESC LIMIT 1"
    ).fetchone()
    assert row == (str(Act.PRINT), "client", f'["{id}"]', WHY)
    paper = extract_paper(sample, found, WHY)
    assert paper.internal
    assert found.name not in paper.title  # the title is the name of the file, too


def test_a_restricted_file_needs_its_reason_first(sample: Workspace) -> None:
    (id, *_) = ids(sample, "SELECT id FROM main.client WHERE restricted = 1 ORDER BY id")
    sample.access.close_all()
    with pytest.raises(ReasonNeeded):
        extract(sample, "client", id)


@pytest.mark.parametrize("role", [Role.ENTRY, Role.ADMIN, Role.SUMMARY])
def test_only_who_may_let_lists_out_may_make_one(sample: Workspace, role: Role) -> None:
    id = clients(sample)[0]
    before = sample.rights
    sample.rights = Rights([role], sample.forms)
    try:
        assert not may_extract(sample, "client")
        with pytest.raises(NotAllowed):
            extract(sample, "client", id)
    finally:
        sample.rights = before


def test_a_worker_has_an_extract_without_the_clients_facts(sample: Workspace) -> None:
    (id, *_) = ids(
        sample, "SELECT manager FROM main.case_record WHERE manager IS NOT NULL ORDER BY id"
    )
    lines = extract(sample, "worker", id).lines
    text = "\n".join(f"{line.source}\t{line.label}\t{line.value}" for line in lines)
    names = ids(sample, "SELECT full_name FROM main.client WHERE kind = 'CA_NHAN'")
    assert "hồ sơ nêu tên người này" in text
    assert not [name for name in names if name in text]
