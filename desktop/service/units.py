"""The administrative units of today, read from the catalogue's file: before there is a database."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from desktop.base.errors import translate_os_error
from desktop.base.text import fold

FILE = "admin_units.csv"
PROVINCE, COMMUNE = "TINH", "XA"
"""Codes of list CAP; the levels there are since 1/7/2025."""


@dataclass(frozen=True, slots=True)
class UnitChoice:
    """One unit that an office can be."""

    id: str
    """As in register admin_unit: XA.13366.20250701."""
    level: str
    name: str
    """With its kind: “Phường Hà Nam”."""
    parent: str
    """Name of the province of a commune, "" of a province."""
    code: str

    @property
    def valid_from(self) -> str:
        """ISO date of the day it came to be, "" if it was there from the start."""
        digits = self.id.rpartition(".")[2]
        return f"{digits[:4]}-{digits[4:6]}-{digits[6:]}" if digits else ""

    @property
    def subtitle(self) -> str:
        return f"{self.code} · {self.parent}" if self.parent else self.code


class UnitCatalogue:
    """Units in force on a day; the file is read at the first question."""

    def __init__(self, folder: Path, day: date) -> None:
        self._path = folder / FILE
        self._day = day.isoformat()

    def search(self, text: str, limit: int = 50) -> list[UnitChoice]:
        """Units whose name, code or province holds every word, accents aside; names first.

        Raises `UserError` if the file cannot be read.
        """
        words = fold(text).split()
        ranked = [
            (_rank(own, words), place)
            for place, (own, all_of_it) in enumerate(self._keys)
            if all(word in all_of_it for word in words)
        ]
        ranked.sort()
        return [self._units[place] for _, place in ranked[:limit]]

    def find(self, id: str) -> UnitChoice | None:
        """The unit with this id, if it is in force."""
        return self._by_id.get(id)

    @cached_property
    def _units(self) -> list[UnitChoice]:
        lines = [line for line in self._lines() if self._is_in_force(line)]
        provinces = {line["code"]: line["name"] for line in lines if line["level"] == PROVINCE}
        found = [
            UnitChoice(
                id=f"{line['level']}.{line['code']}.{line['valid_from'].replace('-', '')}",
                level=line["level"],
                name=line["name"],
                parent=provinces.get(line["parent_code"], ""),
                code=line["code"],
            )
            for line in lines
        ]
        return sorted(found, key=lambda unit: (unit.level != COMMUNE, fold(unit.name), unit.code))

    def _lines(self) -> list[dict[str, str]]:
        try:
            with self._path.open(encoding="utf-8", newline="") as stream:
                return list(csv.DictReader(stream))
        except OSError as error:
            raise translate_os_error(error, self._path) from error

    def _is_in_force(self, line: dict[str, str]) -> bool:
        return line["valid_from"] <= self._day and (
            not line["valid_to"] or line["valid_to"] >= self._day
        )

    @cached_property
    def _keys(self) -> list[tuple[str, str]]:
        """Folded name, and everything a unit is found by."""
        return [
            (fold(unit.name), f"{fold(unit.name)} {unit.code} {fold(unit.parent)}")
            for unit in self._units
        ]

    @cached_property
    def _by_id(self) -> dict[str, UnitChoice]:
        return {unit.id: unit for unit in self._units}


def _rank(name: str, words: list[str]) -> tuple[int, bool, int]:
    """Words that the name itself has not, whether they are apart in it, how much else it has."""
    elsewhere = sum(word not in name for word in words)
    apart = f" {' '.join(words)} " not in f" {name} "
    return elsewhere, apart, len(name)
