"""Load forms/registers, forms/lists and forms/rules, or say everything that is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from desktop.base.errors import DefinitionError, Problem
from desktop.base.translate import tr
from desktop.schema.definition import (
    CodeList,
    CodeValue,
    Field,
    Forms,
    Gate,
    IdentityCard,
    Level,
    ListColumn,
    LookAlike,
    Register,
    Related,
    Rule,
    Section,
    Summary,
)
from desktop.schema.form_files import FormFile, FormTables, read_tables
from desktop.schema.lint import lint
from desktop.schema.lint.material import Material, item_place
from desktop.schema.names import PSEUDO_REGISTERS
from desktop.schema.reading import Reader

FORMAT = 1
"""The version of the file format this program reads: `form = 1` at the head of each file."""

_ITEM = re.compile(r", \[\[(\w+)\]\] (\d+)")
_REGISTER_PARTS = (
    "form",
    "renamed",
    "section",
    "field",
    "column",
    "related",
    "summary",
    "look_alike",
    "card",
)


def load_forms(folder: Path) -> Forms:
    """The definitions in a forms folder, complete and consistent.

    SQL expressions are not looked into: `store` prepares them.
    Raises DefinitionError with every mistake of every file.
    """
    tables = read_tables(folder)
    reader = Reader()
    material = _material(tables, reader)
    problems = [*tables.problems, *reader.problems, *lint(material, reader.broken)]
    if problems:
        order = {file.place: number for number, (file, _) in enumerate(tables.tables)}
        raise DefinitionError(sorted(problems, key=lambda p: _sort_key(p.place, order)))
    return Forms(
        registers={register.name: register for register in material.registers},
        lists={code_list.name: code_list for code_list in material.lists},
        rules=material.rules,
        digest=tables.digest,
    )


def _sort_key(place: str, order: Mapping[str, int]) -> tuple[int, str, int]:
    """As one would meet them reading the files from their heads."""
    item = _ITEM.search(place)
    file = order.get(place.split(",", maxsplit=1)[0], -1)
    return (file, item[1], int(item[2])) if item else (file, "", 0)


def _material(tables: FormTables, reader: Reader) -> Material:
    registers: list[Register] = []
    lists: list[CodeList] = []
    rules: list[Rule] = []
    for file, table in tables.tables:
        if not _format_is_known(table, file.place, reader):
            continue
        if file.kind == "registers":
            registers.append(_register(table, file, reader))
        elif file.kind == "lists":
            lists.append(_code_list(table, file, reader))
        else:
            rules.extend(_rules(table, file, reader))
    return Material(tuple(registers), tuple(lists), tuple(rules), tables.unreadable)


def _format_is_known(table: Mapping[str, Any], place: str, reader: Reader) -> bool:
    version = table.get("form")
    if version == FORMAT and type(version) is int:
        return True
    if type(version) is int and version > FORMAT:
        text = tr("The file is written for a newer version of the program (form = {version}).")
        reader.add(place, "newer-format", text.format(version=version))
        return False
    text = tr("The file must begin with “form = {version}”, the version of its format.")
    reader.add(place, "no-format", text.format(version=FORMAT))
    return True


def _register(table: Mapping[str, Any], file: FormFile, reader: Reader) -> Register:
    place = file.place

    def each(kind: type[Any], name: str) -> tuple[Any, ...]:
        return _items(kind, name, table, place, reader)

    given = {
        "sections": each(Section, "section"),
        "fields": each(Field, "field"),
        "columns": each(ListColumn, "column"),
        "related": each(Related, "related"),
        "summary": each(Summary, "summary"),
        "renamed": _renamed(table, place, reader),
        "look_alike": _look_alike(table, place, reader),
        "card": _card(table, place, reader),
        "place": place,
    }
    return reader.read(Register, table, place, given, _REGISTER_PARTS)


def _code_list(table: Mapping[str, Any], file: FormFile, reader: Reader) -> CodeList:
    values = _items(CodeValue, "value", table, file.place, reader)
    given = {"values": values, "place": file.place}
    return reader.read(CodeList, table, file.place, given, ("form", "value"))


def _rules(table: Mapping[str, Any], file: FormFile, reader: Reader) -> list[Rule]:
    reader.refuse_unknown(table, ("form", "rule"), file.place)
    rules = []
    for index, item in enumerate(reader.tables(table, "rule", file.place), 1):
        place = item_place(file.place, "rule", index, _name_in(item))
        rule = reader.read(Rule, item, place, {"place": place})
        rules.append(replace(rule, level=complete_levels(rule)))
    return rules


def complete_levels(rule: Rule) -> dict[Gate, Level]:
    """The level at every gate of a rule that names only some.

    Nothing named: an error at every gate. `save` stands for typing and import, and for closing
    too; named for closing only, the rule sleeps until then.
    """
    closing_only = rule.on in PSEUDO_REGISTERS
    save = None if closing_only else rule.level.get(Gate.SAVE)
    if save is None:
        save = Level.OFF if rule.level or closing_only else Level.ERROR
    close = Level.ERROR if closing_only and not rule.level else save
    given = {Gate.TYPE: save, Gate.SAVE: save, Gate.CLOSE: close, Gate.IMPORT: save}
    return {**given, **rule.level}


def _items(
    kind: type[Any], name: str, table: Mapping[str, Any], place: str, reader: Reader
) -> tuple[Any, ...]:
    return tuple(
        reader.read(kind, item, item_place(place, name, index, _name_in(item)))
        for index, item in enumerate(reader.tables(table, name, place), 1)
    )


def _name_in(item: Mapping[str, object]) -> str:
    """What an item is called in its address."""
    for key in ("name", "code", "number", "register", "field"):
        if type(item.get(key)) is str:
            return str(item[key])
    return ""


def _look_alike(table: Mapping[str, Any], place: str, reader: Reader) -> LookAlike:
    said = table.get("look_alike", {})
    if type(said) is dict:
        return reader.read(LookAlike, said, f"{place}, [look_alike]")
    text = tr("“look_alike” is one table: [look_alike].")
    reader.add(place, "wrong-type", text, broken=True)
    return LookAlike()


def _card(table: Mapping[str, Any], place: str, reader: Reader) -> IdentityCard:
    said = table.get("card", {})
    if type(said) is dict:
        return reader.read(IdentityCard, said, f"{place}, [card]")
    reader.add(place, "wrong-type", tr("“card” is one table: [card]."), broken=True)
    return IdentityCard()


def _renamed(table: Mapping[str, Any], place: str, reader: Reader) -> tuple[tuple[str, str], ...]:
    pairs = table.get("renamed", {})
    if type(pairs) is dict and all(type(new) is str for new in pairs.values()):
        return tuple(pairs.items())
    text = tr('“renamed” takes lines of the form: old = "new", or old = "" for a dropped field.')
    reader.problems.append(Problem(place, "wrong-type", text))
    return ()
