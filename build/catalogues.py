"""Makes `resources/catalogues/` of administrative units from a published package and our facts.

`python build/catalogues.py` writes the files, `python build/catalogues.py check` only says whether
they are what would be written. Source: the data file in the wheel of `vietnamadminunits` (MIT),
fetched by pip and checked by hash; nothing of its code runs. What it lacks or has wrong is in
`build/facts/`, each fact with its source; the reasons are in `docs/decisions/0002-catalogues.md`.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import sqlite3
import subprocess
import sys
import tempfile
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tree import ROOT

sys.path.insert(0, str(ROOT))

from desktop.base.text import fold

PACKAGE = "vietnamadminunits==1.0.4"
WHEEL_SHA256 = "737ee3662e877290386c1c45ed4d71f2e5fae34ab6fb9c64bfb4cb74b216ea35"
FACTS = ROOT / "build" / "facts"
TARGET = ROOT / "resources" / "catalogues"

LAST_DAY_OLD, FIRST_DAY_NEW = "2025-06-30", "2025-07-01"
LEVELS = ("TINH", "HUYEN", "XA")
TYPES = {
    "thành phố": "TPTINH",
    "tỉnh": "TINH",
    "huyện": "HUYEN",
    "quận": "QUAN",
    "thị xã": "THIXA",
    "xã": "XA",
    "phường": "PHUONG",
    "thị trấn": "THITRAN",
    "đặc khu": "DACKHU",
}
"""Type as written in front of a name → its code in the list LOAI_DVHC."""

PEOPLE = {
    "UNCHANGED": "ALL",
    "RENAMED_OR_RETYPED": "ALL",
    "FULL": "ALL",
    "ALL_AREA": "ALL",
    "PART_AREA_ALL_POP": "ALL",
    "PARTIAL": "PART",
    "PART_POP": "PART",
    "PART_AREA_ONLY": "NONE",
}
"""Kind of transfer → whether all, some or none of the people went that way."""


@dataclass(frozen=True)
class Unit:
    """One unit for as long as it had this name and type."""

    level: str
    code: str
    name: str
    """With its type in front: "Xã Hà Nam"."""
    parent_code: str = ""
    valid_from: str = ""
    """Empty: known from the start."""
    valid_to: str = ""
    """Last day; empty: still valid."""

    @property
    def id(self) -> str:
        """As the program names the unit: XA.13366.20250701."""
        return f"{self.level}.{self.code}.{self.valid_from.replace('-', '')}"

    @property
    def short_name(self) -> str:
        """The name without its type."""
        return self.name[len(type_of(self.name)) + 1 :]


@dataclass(frozen=True)
class Succession:
    """Where a unit, or a part of it, went on a day. Units by id."""

    old: str
    new: str
    effective: str
    kind: str


@dataclass(frozen=True)
class Wheel:
    """What is taken from the package."""

    old_rows: list[sqlite3.Row]
    new_rows: list[sqlite3.Row]
    conversion: dict[str, Any]
    """Old to new by the package's own keys, new province by new province."""


def type_of(name: str) -> str:
    """The type in front of a name, in lower case."""
    return next(kind for kind in TYPES if name.lower().startswith(kind + " "))


def type_code(unit: Unit, cities: set[str]) -> str:
    """Code of the unit's type; a city is one of three by where it stands.

    `cities`: codes of the provincial units that are cities, for a district level city below one.
    """
    kind = type_of(unit.name)
    if kind == "thành phố" and unit.level == "TINH":
        return "TPTW"
    if kind == "thành phố" and unit.parent_code in cities:
        return "TPTPTW"
    return TYPES[kind]


def main(arguments: list[str]) -> int:
    """Write or check every generated file; 1 if a file is not what it should be."""
    if arguments not in ([], ["check"]):
        print("catalogues.py [check]")
        return 2
    stale = 0
    for name, content in generated().items():
        path = TARGET / name
        same = path.exists() and path.read_text(encoding="utf-8") == content
        if not same and not arguments:
            path.write_text(content, encoding="utf-8", newline="\n")
        stale += bool(arguments) and not same
        print(f"{name}: {content.count(chr(10)) - 1} rows{'' if same else ', changed'}")
    return 1 if stale else 0


def generated() -> dict[str, str]:
    """File name → content."""
    wheel = read_wheel()
    units = [*old_units(wheel.old_rows), *new_units(wheel.new_rows)]
    successions = [*reform(wheel, units)]
    units, changes = changed(units, facts("unit_changes"))
    units.sort(key=lambda unit: (LEVELS.index(unit.level), unit.valid_from, unit.code))
    successions += changes
    successions.sort(key=lambda s: (s.effective, LEVELS.index(s.old.split(".")[0]), s.old, s.new))
    cities = {
        unit.code
        for unit in units
        if unit.level == "TINH" and not unit.valid_from and type_of(unit.name) == "thành phố"
    }
    return {
        "admin_units.csv": as_csv(
            ("level", "code", "type", "name", "parent_code", "valid_from", "valid_to"),
            ((u.level, u.code, type_code(u, cities), u.name, u.parent_code, u.valid_from,
              u.valid_to) for u in units),
        ),
        "admin_unit_successors.csv": as_csv(
            ("old_unit", "new_unit", "effective", "kind", "people"),
            ((s.old, s.new, s.effective, s.kind, PEOPLE[s.kind]) for s in successions),
        ),
        "admin_unit_aliases.csv": as_csv(
            ("level", "alias", "code", "valid_from", "source"),
            ((f["level"], f["alias"], f["code"], f["valid_from"], f["source"])
             for f in facts("unit_aliases")),
        ),
        "cccd_province_codes.csv": as_csv(("code", "name"), cccd_codes(units)),
    }  # fmt: skip


def read_wheel() -> Wheel:
    """Fetch the package and read its data. Raises ValueError if it is not the one we know."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", PACKAGE]
        subprocess.run([*command, "--dest", folder], check=True)
        wheel = next(Path(folder).glob("*.whl"))
        if hashlib.sha256(wheel.read_bytes()).hexdigest() != WHEEL_SHA256:
            raise ValueError(f"{wheel.name} is not the file these facts were compared with")
        with zipfile.ZipFile(wheel) as archive:
            conversion = json.loads(archive.read("vietnamadminunits/data/converter_2025.json"))
            archive.extract("vietnamadminunits/data/dataset.db", folder)
        database = sqlite3.connect(Path(folder) / "vietnamadminunits" / "data" / "dataset.db")
        database.row_factory = sqlite3.Row
        try:
            return Wheel(
                database.execute("SELECT * FROM admin_units_legacy").fetchall(),
                database.execute("SELECT * FROM admin_units").fetchall(),
                conversion,
            )
        finally:
            database.close()


def facts(name: str) -> list[dict[str, str]]:
    """The rows of a file of facts; lines that start with # say where they come from."""
    text = (FACTS / f"{name}.csv").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return list(csv.DictReader(lines))


def cleaned(name: str) -> str:
    """The name in NFC, its type written one way, every other word with a capital."""
    name = unicodedata.normalize("NFC", " ".join(name.split()))
    kind = type_of(name)
    words = [
        word if word == "trường" else word[:1].upper() + word[1:]  # Nông trường
        for word in name[len(kind) :].split()
    ]
    return " ".join([kind.capitalize(), *words])


def old_units(rows: list[sqlite3.Row]) -> Iterator[Unit]:
    """The three levels until 30/6/2025."""
    provinces = {row["provinceCode"]: row["province"] for row in rows}
    districts = {row["districtCode"]: (row["district"], row["provinceCode"]) for row in rows}
    for code, name in provinces.items():
        yield Unit("TINH", code, cleaned(name), valid_to=LAST_DAY_OLD)
    for code, (name, province) in districts.items():
        yield Unit("HUYEN", code, cleaned(name), province, valid_to=LAST_DAY_OLD)
    for row in rows:
        if row["wardCode"]:
            yield Unit("XA", row["wardCode"], cleaned(row["ward"]), row["districtCode"], "",
                       LAST_DAY_OLD)  # fmt: skip


def new_units(rows: list[sqlite3.Row]) -> Iterator[Unit]:
    """The two levels from 1/7/2025."""
    for code, name in {row["provinceCode"]: row["province"] for row in rows}.items():
        yield Unit("TINH", code, cleaned(name), "", FIRST_DAY_NEW)
    for row in rows:
        yield Unit("XA", row["wardCode"], cleaned(row["ward"]), row["provinceCode"], FIRST_DAY_NEW)


def reform(wheel: Wheel, units: list[Unit]) -> Iterator[Succession]:
    """What became of every province, island district and commune on 1/7/2025."""
    by_id = {unit.id: unit for unit in units}
    pairs = dict.fromkeys(wheel_pairs(wheel), "")
    for fact in facts("successors"):
        pair = (f"XA.{fact['old']}.", f"XA.{fact['new']}.20250701")
        if fact["kind"] == "NOT":
            del pairs[pair]
        else:
            pairs[pair] = fact["kind"]
    targets, sources = Counter(old for old, _ in pairs), Counter(new for _, new in pairs)
    for (old, new), known in pairs.items():
        if known:
            kind = known
        elif targets[old] > 1:
            kind = "PARTIAL"
        elif sources[new] == 1 and old.startswith("XA."):
            kind = kept_kind(by_id[old], by_id[new])
        else:
            kind = "FULL"
        yield Succession(old, new, FIRST_DAY_NEW, kind)


def kept_kind(old: Unit, new: Unit) -> str:
    """The kind for a commune that went on alone; another spelling is not another name."""
    same = fold(old.name).replace(" ", "") == fold(new.name).replace(" ", "")
    return "UNCHANGED" if same else "RENAMED_OR_RETYPED"


def wheel_pairs(wheel: Wheel) -> Iterator[tuple[str, str]]:
    """(old id, new id) as the package has them, provinces first."""
    provinces = {row["provinceKey"]: f"TINH.{row['provinceCode']}." for row in wheel.old_rows}
    new_provinces = {
        row["provinceKey"]: f"TINH.{row['provinceCode']}.20250701" for row in wheel.new_rows
    }
    for new_key, old_keys in wheel.conversion["DICT_PROVINCE"].items():
        for old_key in old_keys:
            yield provinces[old_key], new_provinces[new_key]
    old = {
        f"{row['provinceKey']}_{row['districtKey']}_{row['wardKey'] or ''}": (
            f"XA.{row['wardCode']}." if row["wardCode"] else f"HUYEN.{row['districtCode']}."
        )
        for row in wheel.old_rows
    }
    new = {
        (row["provinceKey"], row["wardKey"]): f"XA.{row['wardCode']}.20250701"
        for row in wheel.new_rows
    }
    for province, wards in wheel.conversion["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for new_key, old_keys in wards.items():
            for old_key in old_keys:
                yield old[old_key], new[province, new_key]
    for province, wards in wheel.conversion["DICT_PROVINCE_WARD_DIVIDED"].items():
        for old_key, parts in wards.items():
            for part in parts:
                yield old[old_key], new[province, part["newWardKey"]]


def changed(
    units: list[Unit], changes: list[dict[str, str]]
) -> tuple[list[Unit], list[Succession]]:
    """The units with every later change of name or type as a new row, and what succeeds what."""
    current = {(unit.level, unit.code): unit for unit in units if not unit.valid_to}
    result = {unit.id: unit for unit in units}
    successions: list[Succession] = []
    for change in changes:
        old = current[change["level"], change["code"]]
        new = replace(old, name=change["name"], valid_from=change["valid_from"])
        result[old.id] = replace(old, valid_to=change["last_day_before"])
        result[new.id] = current[new.level, new.code] = new
        successions.append(Succession(old.id, new.id, new.valid_from, "RENAMED_OR_RETYPED"))
    return list(result.values()), successions


def cccd_codes(units: list[Unit]) -> Iterator[tuple[str, str]]:
    """First three digits of a personal number → province of birth (TT 07/2016/TT-BCA).

    "0" and the province's code of then, for all 63; only Huế had another name in 2016.
    """
    names = {"46": "Thừa Thiên Huế"}
    for unit in units:
        if unit.level == "TINH" and not unit.valid_from:
            yield f"0{unit.code}", names.get(unit.code, unit.short_name)


def as_csv(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """CSV text with line feeds, quoted only where needed."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(heads)
    writer.writerows(rows)
    return stream.getvalue()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
