"""From definitions to STRICT tables: what `CREATE TABLE` says, and the program's own tables.

How the tables of an existing database are brought up to newer definitions is in `alterations`.
"""

from __future__ import annotations

from desktop.schema.definition import Field, FieldType, Forms, Register, Rule
from desktop.schema.names import common_columns
from desktop.store.driver import quoted

_TYPES = {
    FieldType.INTEGER: "INTEGER",
    FieldType.MONEY: "INTEGER",
    FieldType.YES_NO: "INTEGER",
    FieldType.PARTIAL_DATE: "INTEGER",
    FieldType.DECIMAL: "REAL",
}

_COMMON = {
    "id": "TEXT NOT NULL PRIMARY KEY",
    "unit_id": "TEXT",
    "created_at": "TEXT NOT NULL",
    "created_by": "TEXT NOT NULL",
    "updated_at": "TEXT NOT NULL",
    "updated_by": "TEXT NOT NULL",
    "row_version": "INTEGER NOT NULL",
    "deleted_at": "TEXT",
    "origin": "TEXT",
    "search_key": "TEXT NOT NULL",
    "sort_key": "TEXT NOT NULL",
    "position": "INTEGER NOT NULL",
}

OWN_TABLES: tuple[str, ...] = (
    # name: `tables`, and `catalogue:FILE`: digests of what the tables were filled from.
    """CREATE TABLE IF NOT EXISTS meta (
  name TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) STRICT""",
    """CREATE TABLE IF NOT EXISTS code (
  list TEXT NOT NULL,
  code TEXT NOT NULL,
  label TEXT NOT NULL,
  label_en TEXT NOT NULL,
  short TEXT NOT NULL,
  parent TEXT,
  restricted INTEGER NOT NULL,
  valid_from TEXT,
  valid_to TEXT,
  tags TEXT NOT NULL,
  position INTEGER NOT NULL,
  PRIMARY KEY (list, code)
) STRICT""",
    # The last number given per register, unit and year: a number is never given twice.
    """CREATE TABLE IF NOT EXISTS counter (
  register TEXT NOT NULL,
  unit TEXT NOT NULL,
  year INTEGER NOT NULL,
  last INTEGER NOT NULL,
  PRIMARY KEY (register, unit, year)
) STRICT""",
)


def column_type(field: Field) -> str:
    """Type of the column or columns of a field: TEXT, INTEGER or REAL."""
    return _TYPES.get(field.type, "TEXT")


def field_columns(register: Register) -> tuple[str, ...]:
    """Names of the columns that hold fields, in the order of the definition."""
    return tuple(column for field in register.fields for column in field.columns)


def column_types(register: Register) -> dict[str, str]:
    """Every column of the table and its type, the common ones first."""
    found = {}
    for name in common_columns(register):
        found[name] = _COMMON[name].split()[0] if name in _COMMON else "TEXT"
    for field in register.fields:
        found.update(dict.fromkeys(field.columns, column_type(field)))
    return found


def column_definitions(register: Register) -> dict[str, str]:
    """Every column and what `CREATE TABLE` says behind its name."""
    found = {}
    for name in common_columns(register):
        found[name] = _COMMON.get(name) or f"TEXT NOT NULL {_refers(name, ' ON DELETE CASCADE')}"
    for field in register.fields:
        said = column_type(field)
        if field.type is FieldType.REFERENCE:
            said = f"TEXT {_refers(field.to)}"
        found.update(dict.fromkeys(field.columns, said))
    return found


def _refers(register: str, action: str = "") -> str:
    # Deferred, so that an import may write rows in any order.
    return f"REFERENCES {quoted(register)}(id){action} DEFERRABLE INITIALLY DEFERRED"


def check_clauses(forms: Forms, register: Register) -> dict[str, str]:
    """The invariant rules of a register as CHECK expressions, by rule number."""
    rules = (rule for rule in forms.rules_on(register.name) if rule.invariant)
    return {rule.number: check_expression(rule) for rule in rules}


def check_expression(rule: Rule) -> str:
    """The rule as one expression that is false exactly where it is broken."""
    check = " ".join(rule.check.split())
    if not rule.when:
        return check
    return f"coalesce(({' '.join(rule.when.split())}), 0) = 0 OR ({check})"


def table_statement(
    register: Register, checks: dict[str, str], *, extra: dict[str, str] | None = None
) -> str:
    """`CREATE TABLE` for a register; `extra` are columns an older definition left behind."""
    columns = column_definitions(register) | (extra or {})
    lines = [f"  {quoted(column)} {said}" for column, said in columns.items()]
    lines += [f"  CONSTRAINT {quoted(rule)} CHECK ({check})" for rule, check in checks.items()]
    body = ",\n".join(lines)
    return f"CREATE TABLE {quoted(register.name)} (\n{body}\n) STRICT"


def index_statements(register: Register) -> dict[str, str]:
    """`CREATE INDEX` of a register's indices, by index name."""
    wanted: dict[str, str] = {}
    table = register.name

    def add(suffix: str, columns: list[str], where: str = "") -> None:
        name = f"{table}__{suffix}"
        listed = ", ".join(quoted(column) for column in columns)
        wanted[name] = f"CREATE INDEX {quoted(name)} ON {quoted(table)} ({listed}){where}"

    if register.parent:
        add(register.parent, [register.parent])
    else:
        # Covers loading a list: ids in order with the text that is searched.
        add("list", ["deleted_at", *sort_columns(register), "id", "search_key"])
    if register.person:
        # People of the same name: the key begins with the name (`search`). The year of birth comes
        # first, so that all who were born about then are together, whatever their name.
        born = [one.columns[0] for one in register.fields if one.type is FieldType.PARTIAL_DATE]
        add("search_key", [*born[:1], "search_key"])
    for field in register.fields:
        looked_up = field.type is FieldType.REFERENCE or (
            field.name in register.search and field.digits
        )
        looked_up = looked_up or field.name in register.look_alike.papers
        if looked_up or field.name == register.number_field:
            add(field.name, [field.name], f" WHERE {quoted(field.name)} IS NOT NULL")
    if register.date_field and f"{table}__{register.date_field}" not in wanted:
        add(register.date_field, [register.field(register.date_field).columns[0]])
    return wanted


def sort_columns(register: Register) -> list[str]:
    """Columns the list of a register is sorted by, without their `-`."""
    found: list[str] = []
    for name in register.sort or ("sort_key",):
        plain = name.removeprefix("-")
        owner = next((field for field in register.fields if field.name == plain), None)
        found += owner.columns if owner else (plain,)
    return [column for column in dict.fromkeys(found) if column not in ("id", "search_key")]


def sort_order(register: Register) -> list[tuple[str, bool]]:
    """(column, descending) in the order of the list, ending with the id."""
    found: dict[str, bool] = {}
    for name in register.sort or ("sort_key",):
        plain = name.removeprefix("-")
        owner = next((field for field in register.fields if field.name == plain), None)
        for column in owner.columns if owner else (plain,):
            found.setdefault(column, name.startswith("-"))
    # Newest first where the list runs backwards, so that equal dates stay in order of writing.
    found.setdefault("id", next(iter(found.values())))
    return list(found.items())


def schema_statements(forms: Forms, own_tables: tuple[str, ...]) -> list[str]:
    """Everything a new database is made of, in order; raises ValueError if two names clash."""
    made = list(own_tables)
    own_names = {statement.split("EXISTS ")[1].split()[0] for statement in own_tables}
    for register in forms.registers.values():
        if register.name in own_names:
            raise ValueError(f"the register {register.name!r} has the name of a table of ours")
        made.append(table_statement(register, check_clauses(forms, register)))
        made += index_statements(register).values()
    return made
