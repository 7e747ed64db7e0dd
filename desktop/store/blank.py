"""An empty database of the definitions in memory: for what is typed before there is an office."""

from __future__ import annotations

from desktop.schema.definition import Forms
from desktop.store import catalogue, tables
from desktop.store.database import OWN_TABLES
from desktop.store.driver import Connection, connect


def blank_database(forms: Forms) -> Connection:
    """Every table and code list, no catalogue and no record. The caller closes it."""
    connection = connect(":memory:", None)
    for statement in tables.schema_statements(forms, OWN_TABLES):
        connection.execute(statement)
    catalogue.fill_codes(connection, forms)
    return connection
