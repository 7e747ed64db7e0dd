"""Looks through every tracked file for what must not be in the repository."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from pathlib import Path

from tree import ROOT, project_files

# Where packages come from is the business of each machine's own settings. Written in two parts,
# or this file would break its own rule.
HOSTS = [
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("deb.debian", "org"),
        ("snapshot.debian", "org"),
        ("proxy.golang", "org"),
        ("static.crates", "io"),
    )
]
BINARY = {".ttf", ".png", ".ico", ".mo", ".qm", ".xlsx", ".db", ".gz", ".jpg"}


@dataclass(frozen=True)
class Rule:
    """A text that no file may hold, and why."""

    pattern: re.Pattern[str]
    why: str
    suffixes: tuple[str, ...] = ()
    """Only in files of these kinds; in all if empty."""


RULES = [
    Rule(
        re.compile("|".join(re.escape(host) for host in HOSTS)),
        "names the host of a package registry",
    ),
    Rule(
        re.compile(r"(?<![\w./<>{}*-])/(?:work|root|home/\w+)/"),
        "names a folder of somebody's machine",
    ),
    Rule(
        re.compile(r"\.\./shared\b|(?<![\w/])shared/(?:design|seeds|catalogues|wine|hooks)\b"),
        "leans on a folder outside the repository",
    ),
    Rule(
        re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME)\b"),
        "leaves something undone: finish it",
    ),
    Rule(
        re.compile(r"^(?:<{7}|>{7}) ", re.MULTILINE),
        "holds an unfinished merge",
    ),
    Rule(
        re.compile(r"\bpytest\.(?:skip|xfail)\(|\bpytest\.mark\.(?:skip|xfail)\b"),
        "skips a test: every test runs everywhere it is meant to",
        (".py",),
    ),
]


def main() -> int:
    """Print every place that breaks a rule; 1 if there is one."""
    faults = [fault for path in project_files() for fault in faults_of(path)]
    for fault in faults:
        print(fault)
    return 1 if faults else 0


def faults_of(path: Path) -> list[str]:
    """The breaches in one file."""
    if path.suffix.lower() in BINARY:
        return []
    return faults_in(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8"))


def faults_in(name: str, text: str) -> list[str]:
    """The breaches in a text, each as `file:line: why: what`."""
    faults = []
    for rule in RULES:
        if rule.suffixes and not name.endswith(rule.suffixes):
            continue
        for match in rule.pattern.finditer(text):
            line = text.count("\n", 0, match.start()) + 1
            faults.append(f"{name}:{line}: {rule.why}: {match.group().strip()}")
    return faults


if __name__ == "__main__":
    sys.exit(main())
