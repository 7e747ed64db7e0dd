"""What records are called: formats, references in them, parts that are empty."""

from __future__ import annotations

from dataclasses import replace

from desktop.schema.definition import FieldType, Register
from desktop.store.database import Database
from desktop.store.driver import Connection
from desktop.store.titles import Title, Titles

from .conftest import CLIENT, VISIT, make_forms, of_type, text
from .test_rows import delete, put


def test_a_title_names_the_record_it_refers_to(database: Database) -> None:
    client = put(database, "client", full_name="Lê An", birth_year=1950)
    visit = put(database, "visit", client=client, made_on="2026-03-01")
    titles = Titles(database.connection, database.forms)
    assert titles.of("visit", [visit, "nothing"]) == {
        visit: Title(visit, "Lê An · 01/03/2026", "", False)
    }
    assert titles.of("client", [client])[client].subtitle == "1950 · 13366-2026-0001"


def test_a_deleted_record_keeps_its_name(database: Database) -> None:
    client = put(database, "client", full_name="Lê An")
    delete(database, "client", client)
    found = Titles(database.connection, database.forms).of("client", [client])[client]
    assert (found.title, found.deleted) == ("Lê An", True)


def test_a_record_without_a_name_is_called_by_its_kind(database: Database) -> None:
    visit = put(database, "visit")
    found = Titles(database.connection, database.forms).of("visit", [visit])[visit]
    assert found.title == "lượt thăm"


def test_text_in_a_format_goes_with_its_field(database: Database) -> None:
    titles = Titles(database.connection, database.forms)
    register = replace(VISIT, title_format="lần {minutes} · {topic} · xong")
    assert titles.rendered(register, {"minutes": 3, "topic": "Thăm"}) == "lần 3 · Thăm · xong"
    assert titles.rendered(register, {"minutes": None, "topic": None}) == "xong"


def test_codes_are_shown_by_their_labels_and_columns_by_themselves(database: Database) -> None:
    titles = Titles(database.connection, database.forms)
    register = replace(CLIENT, title_format="{sex} · {birth_year}")
    assert titles.rendered(register, {"sex": "NU", "birth_year": 1950}) == "Nữ · 1950"


def test_records_that_name_each_other_in_a_circle_come_to_an_end(
    database: Database,
) -> None:
    person = Register(
        name="person",
        title="Người",
        title_format="{name} {friend}",
        fields=(text("name"), of_type("friend", FieldType.REFERENCE, to="person")),
    )
    forms = make_forms(person, rules=())
    connection: Connection = database.connection
    connection.execute("CREATE TABLE person (id TEXT, deleted_at TEXT, name TEXT, friend TEXT)")
    connection.execute("INSERT INTO person VALUES ('a', NULL, 'An', 'b'), ('b', NULL, 'Bé', 'a')")
    found = Titles(connection, forms).of("person", ["a"])["a"].title
    assert found.startswith("An Bé")


def test_many_titles_take_few_statements(database: Database) -> None:
    clients = [put(database, "client", full_name=f"Lê {n}") for n in range(30)]
    visits = [put(database, "visit", client=id, made_on="2026-03-01") for id in clients]
    said: list[str] = []
    database.connection.set_trace_callback(said.append)
    Titles(database.connection, database.forms).of("visit", visits)
    database.connection.set_trace_callback(None)
    assert len(said) == 2
