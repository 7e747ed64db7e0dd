"""The definitions as they were read, mistakes included, and how to find things in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from desktop.schema.definition import CodeList, Field, FieldType, Register, Rule
from desktop.schema.names import common_columns


@dataclass(frozen=True)
class Material:
    """What is checked."""

    registers: tuple[Register, ...]
    lists: tuple[CodeList, ...]
    rules: tuple[Rule, ...]
    unreadable: frozenset[str] = frozenset()
    """Stems of files that are left out; what they would define is not to be called unknown."""

    @cached_property
    def register_of(self) -> dict[str, Register]:
        """Registers by name; of doubles the first."""
        return {register.name: register for register in reversed(self.registers)}

    @cached_property
    def list_of(self) -> dict[str, CodeList]:
        """Code lists by name; of doubles the first."""
        return {code_list.name: code_list for code_list in reversed(self.lists)}

    @cached_property
    def children_of(self) -> dict[str, list[Register]]:
        """Child registers by the name of their parent."""
        found: dict[str, list[Register]] = {}
        for register in self.registers:
            if register.parent:
                found.setdefault(register.parent, []).append(register)
        return found

    @cached_property
    def _missing(self) -> frozenset[str]:
        return frozenset(stem.lower() for stem in self.unreadable)

    def is_missing(self, name: str) -> bool:
        """True if a register or list may be defined in a file that could not be read."""
        return name.lower() in self._missing

    def fields(self) -> Iterator[tuple[Register, Field, str]]:
        """Every field with its register and its address."""
        for register in self.registers:
            for index, field in enumerate(register.fields, 1):
                yield register, field, item_place(register.place, "field", index, field.name)


def item_place(place: str, kind: str, index: int, name: str) -> str:
    """Address of one of several tables in a file: `…/client.toml, [[field]] 4 (birth)`."""
    address = f"{place}, [[{kind}]] {index}"
    return f"{address} ({name})" if name else address


def field_of(register: Register, name: str) -> Field | None:
    """The field called `name`, or None."""
    return register.field_of_name.get(name)


def field_names(register: Register) -> list[str]:
    """Names of the fields, for messages."""
    return [field.name for field in register.fields]


def columns_of(register: Register) -> list[str]:
    """All columns of the register's table."""
    own = [column for field in register.fields for column in field.columns]
    return [*common_columns(register), *own]


def refers_to(field: Field, register: str) -> bool:
    """True for a reference to that register."""
    return field.type is FieldType.REFERENCE and field.to == register
