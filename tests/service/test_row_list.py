"""A register's list: columns by rights, reading beside the window, filters kept under a name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from desktop.base.errors import UserError
from desktop.base.progress import Cancelled, Progress, silent
from desktop.service import list_beside, row_list
from desktop.service.list_fields import column_choices, filter_choices
from desktop.service.list_words import filter_words, filters_from_json, filters_to_json, order_words
from desktop.service.rights import Rights, Role
from desktop.service.row_list import Filter, Operator, Order, RowList
from desktop.service.saved_filters import SavedFilters
from desktop.service.sight import restricted_words
from desktop.service.workspace import Workspace
from tests.offices import saved

WHY = "đúng như vậy"


def household(workspace: Workspace, head: str, members: int = 3) -> str:
    return saved(workspace, "household", {"head_name": head, "members": str(members)}, WHY)


def client(workspace: Workspace, name: str, keeper: str, category: str) -> str:
    reason = workspace.forms.lists["LYDO_SO"].values[0].code
    texts = {
        "full_name": name, "sex": "NAM", "birth": "1980", "marital": "GOA", "no_id_reason": reason,
        "keeper": keeper, "client_category": [{"category": category}],
    }  # fmt: skip
    return saved(workspace, "client", texts, WHY)


class Waiting:
    """Runs nothing until it is told to, as a thread that takes its time."""

    def __init__(self) -> None:
        self.waiting: list[tuple[Callable[[Progress], Any], Callable[[Any], None]]] = []

    def later(
        self,
        work: Callable[[Progress], Any],
        done: Callable[[Any], None],
        failed: Callable[[Exception], None],
    ) -> None:
        del failed
        self.waiting.append((work, done))

    def run(self) -> None:
        work, done = self.waiting.pop(0)
        done(work(silent))


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Waiting:
    """Every list is long here."""
    monkeypatch.setattr(list_beside, "SMALL", 1)
    monkeypatch.setattr(row_list, "FIRST_PAGE", 2)
    return Waiting()


@pytest.fixture
def rows(workspace: Workspace, slow: Waiting) -> RowList:
    for number in range(5):
        household(workspace, f"Lê Văn {number}", 5 - number)
    found = workspace.rows("household")
    found.beside.later = slow.later
    found.changed.connect(lambda: found.count)  # as a window looks at it
    return found


def heads(rows: RowList) -> list[str]:
    place = [one.key for one in rows.columns].index("head_name")
    return [line[place] for line in rows.texts(0, rows.count)]


def test_the_first_page_is_shown_until_the_others_are_read(rows: RowList, slow: Waiting) -> None:
    told: list[int] = []
    rows.changed.connect(lambda: told.append(rows.count))
    assert heads(rows) == ["Lê Văn 0", "Lê Văn 1"]
    assert rows.is_waiting
    assert rows.total == 2
    slow.run()
    assert told == [5]
    assert not rows.is_waiting
    assert (rows.count, rows.total) == (5, 5)
    assert not slow.waiting


def test_a_new_order_keeps_the_old_rows_until_it_is_there(rows: RowList, slow: Waiting) -> None:
    assert rows.count == 2
    slow.run()
    rows.sort((Order("members"),))
    assert heads(rows) == [f"Lê Văn {n}" for n in range(5)]
    assert rows.is_waiting
    slow.run()
    assert heads(rows) == [f"Lê Văn {n}" for n in (4, 3, 2, 1, 0)]
    rows.filter((Filter("members", Operator.TO, (2,)),))
    assert rows.is_waiting
    assert rows.count == 5
    slow.run()
    assert heads(rows) == ["Lê Văn 4", "Lê Văn 3"]
    rows.find("4")
    assert heads(rows) == ["Lê Văn 4"]
    assert not slow.waiting


def test_what_is_saved_meanwhile_is_not_lost(
    rows: RowList, slow: Waiting, workspace: Workspace
) -> None:
    assert rows.is_waiting or rows.count
    work, done = slow.waiting.pop(0)
    loaded = work(silent)
    new = household(workspace, "Lê Văn 25")
    done(loaded)
    assert rows.index_of(new) >= 0
    assert rows.count == 6


def test_going_back_before_it_was_sorted_forgets_it(rows: RowList, slow: Waiting) -> None:
    assert rows.count == 2
    slow.run()
    rows.sort((Order("members"),))
    assert rows.count == 5
    assert rows.is_waiting
    rows.sort(())
    assert heads(rows)[0] == "Lê Văn 0"
    assert not rows.is_waiting
    slow.run()
    assert heads(rows)[0] == "Lê Văn 0"
    rows.sort((Order("members"),))
    assert heads(rows)[0] == "Lê Văn 4"
    assert not rows.is_waiting


def test_asking_twice_reads_once(rows: RowList, slow: Waiting) -> None:
    assert rows.count == 2
    rows.find("văn")
    rows.find("văn 3")
    assert rows.count == 2
    assert len(slow.waiting) == 1
    slow.run()
    assert heads(rows) == ["Lê Văn 3"]


def test_reading_anew_while_it_is_read(rows: RowList, slow: Waiting) -> None:
    assert rows.is_waiting or rows.count
    rows.reload()
    slow.run()
    while slow.waiting:
        slow.run()
    assert rows.count == 5


def test_columns_are_chosen_and_taken_back(workspace: Workspace) -> None:
    household(workspace, "Lê Văn Ánh", 4)
    rows = workspace.rows("household")
    first = [one.key for one in rows.columns]
    told: list[str] = []
    rows.columns_changed.connect(lambda: told.append("columns"))
    rows.choose_columns(["members", "hamlet.commune", "#client", "nothing.at.all", "members"])
    assert [one.key for one in rows.columns] == ["members", "hamlet.commune", "#client"]
    assert rows.texts(0, 1) == [["4", "", ""]]
    assert rows.columns[1].title.endswith("(thôn, tổ dân phố)")
    assert rows.columns[2].align == "right"
    rows.choose_columns(["members", "hamlet.commune", "#client"])
    assert told == ["columns"]
    rows.choose_columns(None)
    assert [one.key for one in rows.columns] == first


def test_everything_of_a_register_can_be_a_column(workspace: Workspace, worker: str) -> None:
    client(workspace, "Lê Văn Mở", worker, "07")
    rows = workspace.rows("client")
    choices = column_choices(workspace.forms, rows.register, rows.sees)
    keys = [one.key for one in choices]
    assert {one.name for one in rows.register.fields} <= set(keys)
    assert {"household.members", "#case_record", "#benefit"} <= set(keys)
    rows.choose_columns(keys)
    assert len(rows.texts(0, 1)[0]) == len(keys)
    for key in keys:
        rows.sort((Order(key, descending=True),))
        assert rows.count == 1
    for one in filter_choices(workspace.forms, rows.register, rows.sees):
        rows.filter((Filter(one.key, Operator.EMPTY),))
        empty = rows.count
        rows.filter((Filter(one.key, Operator.FILLED),))
        assert rows.count == 1 - empty, one.key


def as_role(workspace: Workspace, *roles: Role) -> RowList:
    workspace.rights = Rights(roles, workspace.forms)
    return workspace.rows("client")


def test_who_sees_no_sensitive_field_cannot_ask_by_one(workspace: Workspace, worker: str) -> None:
    client(workspace, "Lê Văn Mở", worker, "07")
    rows = as_role(workspace, Role.ADMIN)
    sensitive = {one.name for one in rows.register.fields if one.data_class == "s"}
    assert sensitive
    keys = {one.key for one in column_choices(workspace.forms, rows.register, rows.sees)}
    keys |= {one.key for one in filter_choices(workspace.forms, rows.register, rows.sees)}
    assert not keys & sensitive
    assert not any(key.endswith(".disability_type") for key in keys)
    assert not sensitive & {one.key for one in rows.columns}
    rows.choose_columns([*sensitive, "full_name"])
    assert [one.key for one in rows.columns] == ["full_name"]
    for name in sensitive:
        with pytest.raises(KeyError):
            rows.filter((Filter(name, Operator.FILLED),))


def test_who_sees_no_restricted_record_does_not_find_one(workspace: Workspace, worker: str) -> None:
    client(workspace, "Lê Văn Kín", worker, "09")
    client(workspace, "Lê Văn Mở", worker, "07")
    rows = as_role(workspace, Role.ENTRY)
    assert rows.count == rows.total == 1
    rows.find("kin")
    assert rows.count == 0
    rows.find("")
    for one in (
        Filter("client_category.category", Operator.IS, ("09",)),
        Filter("restricted", Operator.IS, (1,)),
        Filter("restricted", Operator.IS_NOT, (0,)),
        Filter("full_name", Operator.CONTAINS, ("kin",)),
    ):
        rows.filter((one,))
        assert rows.count == 0, one


def test_a_list_never_shows_the_sensitive_values_of_a_restricted_record(
    workspace: Workspace, worker: str
) -> None:
    client(workspace, "Lê Văn Kín", worker, "09")
    rows = workspace.rows("client")
    rows.choose_columns(["full_name", "main_category", "restricted", "ethnicity", "sex"])
    titles = {one.key: text for one, text in zip(rows.columns, rows.texts(0, 1)[0], strict=True)}
    assert titles["full_name"] == "Lê Văn Kín"
    assert titles["main_category"] == restricted_words()
    assert titles["restricted"] == "•••"
    row = rows.row(0)
    assert row is not None
    assert "09" not in row.values


def test_filters_are_kept_under_a_name_of_each_person(workspace: Workspace) -> None:
    kept = SavedFilters(workspace, workspace.registers["household"])
    many = (Filter("members", Operator.BETWEEN, (3, 9)), Filter("head_name", Operator.EMPTY))
    assert kept.keep("  hộ   đông ", many) == "hộ đông"
    kept.keep("ấp", many[:1])
    kept.keep("an", ())
    assert kept.names() == ["an", "ấp", "hộ đông"]
    assert kept.get("hộ đông") == (many, 0)
    kept.keep("hộ đông", many[:1])
    assert kept.get("hộ đông") == (many[:1], 0)
    kept.forget("an")
    assert kept.names() == ["ấp", "hộ đông"]
    assert SavedFilters(workspace, workspace.registers["client"]).names() == []
    for name in ("", "   ", "x" * 61):
        with pytest.raises(UserError):
            kept.keep(name, many)


def test_a_kept_filter_asks_nothing_by_a_field_that_is_gone_or_hidden(
    workspace: Workspace,
) -> None:
    register = workspace.registers["client"]
    asked = (
        Filter("full_name", Operator.FILLED),
        Filter("gone_field", Operator.FILLED),
        Filter("main_category", Operator.IS, ("09",)),
    )
    text = filters_to_json(asked)
    assert filters_from_json(workspace.forms, register, text) == ((asked[0], asked[2]), 1)
    SavedFilters(workspace, register).keep("x", asked)
    workspace.rights = Rights([Role.ADMIN], workspace.forms)
    assert SavedFilters(workspace, register).get("x") == (asked[:1], 2)


def test_filters_and_orders_in_words(workspace: Workspace) -> None:
    forms, register = workspace.forms, workspace.registers["client"]
    house = household(workspace, "Lê Văn Ánh")

    def words(field: str, operator: Operator, *values: Any) -> str:
        one = Filter(field, operator, values)
        return filter_words(forms, register, one, workspace.lookups.title)

    assert words("sex", Operator.IS, "NU") == "Giới tính là Nữ"
    assert words("birth", Operator.BETWEEN, 1948, 1960) == "Ngày sinh từ 1948 đến 1960"
    assert words("full_name", Operator.CONTAINS, "hoà") == "Họ và tên có chữ “hoà”"
    assert words("phone", Operator.EMPTY) == "Điện thoại để trống"
    assert words("household", Operator.IS, house) == "Hộ gia đình là Lê Văn Ánh"
    assert words("#case_record", Operator.FROM, 2).endswith("từ 2")
    orders = (Order("birth"), Order("full_name", descending=True))
    assert order_words(forms, register, orders) == "Sắp xếp theo ngày sinh, họ và tên (giảm dần)"


def test_a_list_being_read_can_be_stopped(rows: RowList, slow: Waiting) -> None:
    rows.sort([Order("members")])
    assert rows.count == 2
    assert rows.is_waiting
    parts = []

    def stop_at_third(text: str, done: float, /) -> None:
        parts.append(text)
        if len(parts) == 3:
            raise Cancelled

    work, _ = slow.waiting.pop()
    with pytest.raises(Cancelled):
        work(stop_at_third)
    assert len(parts) == 3, "one part for the rows, one for the column, one for the order"
    assert rows.is_waiting
