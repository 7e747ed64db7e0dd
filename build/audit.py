"""Every locked package is known: its licence, and the version below which it has known holes.

`facts/packages.csv` was filled by hand from the advisories of 23/11/2026, because CI may not reach
a service for them: a new dependency fails here until somebody has looked. Where the service can be
reached, `uv audit` says the same from the newest list.
"""

from __future__ import annotations

import csv
import re
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements.lock"
FACTS = ROOT / "build" / "facts" / "packages.csv"
SHIPPED = (
    "MIT", "MIT-0", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "PSF-2.0", "Zlib", "Unlicense",
    "LGPL-3.0-only", "MPL-2.0",
)  # fmt: skip
"""Licences of what goes to an office: permissive, or the LGPL of Qt."""


@dataclass(frozen=True)
class Package:
    """One line of the facts."""

    name: str
    use: str
    """`run` for what is shipped, `dev` for the rest."""
    licence: str
    least: str
    """First version without the holes in `why`, "" for none known."""
    why: str


def main() -> int:
    """Print what is wrong; 1 if anything is."""
    faults = list(check(locked(LOCK.read_text(encoding="utf-8")), known(FACTS)))
    for fault in faults:
        print(fault)
    print(f"{len(faults)} faults in the dependencies")
    return 1 if faults else 0


def locked(text: str) -> dict[str, str]:
    """Version by name of everything in a lock file."""
    return dict(re.findall(r"^([A-Za-z0-9_.-]+)==([^\s;\\]+)", text, re.MULTILINE))


def known(path: Path) -> dict[str, Package]:
    """The facts by name."""
    with path.open(encoding="utf-8", newline="") as stream:
        return {row["name"]: Package(**row) for row in csv.DictReader(stream)}


def check(versions: dict[str, str], facts: dict[str, Package]) -> list[str]:
    """What is wrong with the locked packages, in words."""
    faults = [
        f"{name} is not in packages.csv: look at it first" for name in versions if name not in facts
    ]
    faults += [f"{name} is not locked any more" for name in facts if name not in versions]
    for name, version in versions.items():
        fact = facts.get(name)
        if fact is None:
            continue
        if fact.least and numbers(version) < numbers(fact.least):
            faults.append(f"{name} {version} is below {fact.least}: {fact.why}")
        choices = {part.strip("() ") for part in fact.licence.split(" OR ")}
        if fact.use == "run" and not choices & set(SHIPPED):
            faults.append(f"{name} is shipped under {fact.licence}")
    return faults


def numbers(version: str) -> tuple[int, ...]:
    """A version for comparing: its numbers, in order."""
    return tuple(int(part) for part in re.findall(r"\d+", version))


if __name__ == "__main__":
    sys.exit(main())
