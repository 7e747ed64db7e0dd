"""The line under a record's name: counted from what is stored, without what may not be seen."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.base.errors import DefinitionError
from desktop.base.paths import bundled_root
from desktop.service.definitions import Definitions, load_definitions
from desktop.service.record_summary import Summaries, make_summaries
from desktop.service.rights import Rights, Role
from desktop.service.workspace import Workspace
from tests.offices import HA_NAM, OfficeMaker, saved

FORMS = bundled_root() / "forms"
PERSON = {
    "kind": "CA_NHAN", "full_name": "Nguyễn Thị Hoà", "sex": "NU", "birth": "1948",
    "no_id_reason": "KHAC", "marital": "GOA", "current_unit": HA_NAM, "ethnic": "01",
    "client_category": [
        {"category": "06", "is_main": "Có", "date_from": "01/01/2026", "evidence": "Đơn"}
    ],
}  # fmt: skip


def with_facts(folder: Path, facts: str) -> Path:
    """The shipped forms with more facts in the summary of clients."""
    forms = folder / "forms"
    shutil.copytree(FORMS, forms)
    path = forms / "registers" / "client.toml"
    path.write_text(path.read_text("utf-8") + facts, encoding="utf-8")
    return forms


@pytest.fixture(scope="module")
def definitions(tmp_path_factory: pytest.TempPathFactory) -> Definitions:
    facts = (
        '\n[[summary]]\ntext = "dân tộc {value}"\nvalue = "client.ethnic"\ntype = "text"\n'
        '\n[[summary]]\ntext = "{value} nhóm"\nvalue = """\n(SELECT count(category) FROM '
        'main.client_category AS k WHERE k.client = client.id)"""\n'
    )
    return load_definitions(with_facts(tmp_path_factory.mktemp("facts"), facts))


@pytest.fixture
def office(tmp_path: Path, definitions: Definitions) -> Iterator[Workspace]:
    made = OfficeMaker(tmp_path, definitions).open()
    yield made
    made.close()


def of(summaries: Summaries, id: str) -> list[str]:
    return summaries.of(summaries.definitions.forms.registers["client"], id)


def test_facts_are_counted_from_what_is_stored(office: Workspace) -> None:
    client = saved(office, "client", PERSON)
    assert of(office.summaries, client) == ["chưa có đồng ý", "dân tộc 01", "1 nhóm"]
    worker = saved(
        office,
        "worker",
        {"full_name": "Lê Văn Tám", "sex": "NAM", "birth": "1980", "education": "DH",
         "study_field": "CTXH"},
    )  # fmt: skip
    for day, status in (("01/03/2026", "MO"), ("05/03/2026", "TAM_DUNG")):
        texts = {"client": client, "opened": day, "criteria": "TU_NGUYEN", "status": status}
        saved(office, "case_record", {**texts, "manager": worker, "case_type": "KHAC"})
    assert of(office.summaries, client)[0] == "2 ca đang mở"


def test_a_record_that_is_not_stored_has_no_facts(office: Workspace) -> None:
    assert of(office.summaries, "nobody") == []


def test_who_may_not_see_sensitive_fields_is_not_told_of_them(
    office: Workspace, definitions: Definitions
) -> None:
    client = saved(office, "client", PERSON)
    admin = Rights([Role.ADMIN], definitions.forms)
    told = of(make_summaries(office.reader, definitions, admin, office.clock), client)
    assert not any("dân tộc" in one for one in told)
    assert of(office.summaries, client)[1] == "dân tộc 01"


def test_a_fact_that_sqlite_refuses_is_told_with_its_place(tmp_path: Path) -> None:
    facts = (
        '\n[[summary]]\ntext = "{value} a"\nvalue = "client.nothing"\n'
        '\n[[summary]]\ntext = "{value} b"\nvalue = "(SELECT count(*) FROM client_category)"\n'
    )
    with pytest.raises(DefinitionError) as caught:
        load_definitions(with_facts(tmp_path, facts))
    shipped = len(load_definitions(FORMS).forms.registers["client"].summary)
    places = [problem.place for problem in caught.value.problems]
    at = "forms/registers/client.toml, [[summary]]"
    assert places == [f"{at} {shipped + 1}.value", f"{at} {shipped + 2}.value"]


@pytest.mark.parametrize(
    "register", ["client", "case_record", "household", "hamlet", "intake", "organization"]
)
def test_the_newest_is_looked_for_among_the_record_s_own(office: Workspace, register: str) -> None:
    """By the order of the list it would read the whole register: 80 ms of 50,000 services."""
    for one in office.registers[register].summary:
        sql = f"EXPLAIN QUERY PLAN SELECT ({one.value}) FROM main.{register} WHERE id = 'x'"
        plan = [str(row[3]) for row in office.summaries.connection.execute(sql).fetchall()]
        assert not [step for step in plan if "__list" in step], one.text
