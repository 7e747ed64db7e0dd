"""Who has given consent, who has not, who took it back: the list, the summary, the rules."""

from __future__ import annotations

import pytest

from desktop.service.consents import without_consent
from desktop.service.rights import NotAllowed, Rights, Role
from desktop.service.workspace import Workspace
from tests.offices import saved, typed

HOA: dict[str, object] = {
    "full_name": "Nguyễn Thị Hoà", "sex": "NU", "birth": "1948", "marital": "GOA",
    "no_id_reason": "CHUA_CAP",
    "client_category": [{"category": "06", "is_main": "1", "date_from": "01/01/2023"}],
}  # fmt: skip
CONSENT = {"given_by": "BAN_THAN", "scope": "LAP_HO_SO, CHUYEN_TUYEN", "date": "01/02/2026"}
WHY = "Đã xem giấy tờ."


def client(workspace: Workspace, *consents: dict[str, str]) -> str:
    return saved(workspace, "client", HOA | {"consent": list(consents)}, reason=WHY)


def words(workspace: Workspace, id: str) -> str:
    return " · ".join(workspace.summaries.of(workspace.registers["client"], id))


def test_who_has_none_or_took_it_back_is_listed(workspace: Workspace) -> None:
    none = client(workspace)
    given = client(workspace, CONSENT)
    back = client(workspace, CONSENT | {"withdrawn": "01/06/2026"})
    again = client(workspace, CONSENT | {"withdrawn": "01/03/2026"}, CONSENT)
    assert set(without_consent(workspace)) == {none, back}
    assert "chưa có đồng ý" in words(workspace, none)
    assert "đã rút đồng ý ngày 01/06/2026" in words(workspace, back)
    for id in (given, again):
        assert "đồng ý" not in words(workspace, id)


def test_who_may_not_see_records_gets_no_list(workspace: Workspace) -> None:
    workspace.rights = Rights([Role.SUMMARY], workspace.forms)
    with pytest.raises(NotAllowed):
        without_consent(workspace)


def test_a_withdrawal_is_not_before_the_consent(workspace: Workspace) -> None:
    rows = [CONSENT | {"withdrawn": "01/01/2026"}]
    draft = typed(workspace, "client", HOA | {"consent": rows})
    assert "V50h" in {problem.number for problem in draft.problems}


def test_a_withdrawn_consent_no_longer_lets_facts_go_elsewhere(
    workspace: Workspace, worker: str
) -> None:
    def warned(id: str) -> bool:
        draft = typed(
            workspace, "referral", {"client": id, "direction": "DI", "date": "10/06/2026"}
        )
        return "V27" in {problem.number for problem in draft.problems}

    assert not warned(client(workspace, CONSENT))
    assert warned(client(workspace, CONSENT | {"withdrawn": "01/06/2026"}))
    assert not warned(client(workspace, CONSENT | {"withdrawn": "15/06/2026"}))
    assert warned(client(workspace))
