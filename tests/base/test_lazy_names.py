"""A package hands out names of its modules without loading those nobody asked for."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from desktop.base.lazy_names import lazy_names


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A package of two modules on the import path."""
    folder = tmp_path / "lazy_sample"
    folder.mkdir()
    (folder / "__init__.py").write_text("")
    (folder / "one.py").write_text("A, B = 1, 2\n")
    (folder / "two.py").write_text("C = 3\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    for name in ("lazy_sample", "lazy_sample.one", "lazy_sample.two"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    return "lazy_sample"


def test_only_the_module_asked_for_is_loaded(package: str) -> None:
    find = lazy_names(package, {"one": "A B", "two": "C"})
    assert (find("A"), find("B")) == (1, 2)
    assert f"{package}.one" in sys.modules
    assert f"{package}.two" not in sys.modules


def test_an_unknown_name_is_an_attribute_error(package: str) -> None:
    find = lazy_names(package, {"one": "A B"})
    with pytest.raises(AttributeError, match="no attribute 'C'"):
        find("C")
