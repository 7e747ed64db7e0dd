"""The audit of the dependencies finds what it is there for."""

from __future__ import annotations

from audit import FACTS, LOCK, Package, check, known, locked


def fact(name: str = "qt", **changed: str) -> dict[str, Package]:
    said = {"use": "run", "licence": "MIT", "least": "", "why": ""} | changed
    return {name: Package(name, **said)}


def test_the_locked_packages_are_in_order() -> None:
    versions = locked(LOCK.read_text(encoding="utf-8"))
    assert len(versions) > 40
    assert check(versions, known(FACTS)) == []


def test_a_package_nobody_looked_at_is_told() -> None:
    assert check({"new": "1.0"}, {}) == ["new is not in packages.csv: look at it first"]


def test_a_version_with_a_known_hole_is_told() -> None:
    old = check({"qt": "6.9.2"}, fact(least="6.9.3", why="CVE-1"))
    assert old == ["qt 6.9.2 is below 6.9.3: CVE-1"]
    assert check({"qt": "6.11.3"}, fact(least="6.9.3", why="CVE-1")) == []


def test_a_licence_that_may_not_be_shipped_is_told() -> None:
    assert check({"qt": "1"}, fact(licence="GPL-3.0-only")) == ["qt is shipped under GPL-3.0-only"]
    assert check({"qt": "1"}, fact(licence="GPL-3.0-only", use="dev")) == []
    assert check({"qt": "1"}, fact(licence="GPL-2.0 OR MIT")) == []


def test_a_line_that_is_not_needed_any_more_is_told() -> None:
    assert check({}, fact()) == ["qt is not locked any more"]
