"""A real office in a temporary folder for every test that asks."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from desktop.base.paths import bundled_root
from desktop.service.definitions import Definitions, load_definitions
from desktop.service.workspace import Workspace
from tests.offices import OfficeMaker, saved


@pytest.fixture(scope="session")
def definitions() -> Definitions:
    return load_definitions(bundled_root() / "forms")


@pytest.fixture(scope="session")
def offices(tmp_path_factory: pytest.TempPathFactory, definitions: Definitions) -> OfficeMaker:
    return OfficeMaker(tmp_path_factory.mktemp("offices"), definitions)


@pytest.fixture
def workspace(offices: OfficeMaker) -> Iterator[Workspace]:
    made = offices.open()
    yield made
    made.close()


@pytest.fixture
def worker(workspace: Workspace) -> str:
    """Id of a saved worker with an assignment."""
    office = {
        "name": "Ủy ban nhân dân phường Hà Nam",
        "kind": "UBNDXA",
        "ownership": "CONG_LAP",
        "active_from": "01/07/2025",
        "in_scope": "1",
        "in_plan": "0",
        "provides_service": "0",
    }
    organization = saved(workspace, "organization", office)
    assignment = {
        "organization": organization,
        "post_kind": "CC",
        "full_time": "KIEM_NHIEM",
        "is_main": "1",
        "contract_from": "01/07/2025",
        "date_from": "01/07/2025",
    }
    person = {
        "full_name": "Nguyễn Thị Thu Hà",
        "sex": "NU",
        "birth": "12/04/1988",
        "education": "DH",
        "study_field": "CTXH",
        "assignment": [assignment],
    }
    return saved(workspace, "worker", person)
