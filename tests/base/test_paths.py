"""Where the program looks: from source, packaged, portable, asked for."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from desktop.base import paths
from desktop.base.paths import Paths, default_data_dir

ROOT = Path(__file__).parents[2]


def test_from_source_the_definitions_lie_in_the_tree() -> None:
    found = Paths.from_arguments()
    assert found.forms == ROOT / "forms"
    assert found.resources == ROOT / "resources"
    assert (found.catalogues / "admin_units.csv").is_file()
    assert found.translations.is_dir()


def test_the_folder_asked_for_holds_everything_of_the_office(tmp_path: Path) -> None:
    found = Paths.from_arguments(tmp_path, tmp_path / "other")
    assert found.data == tmp_path
    assert found.logs == tmp_path / "logs"
    assert found.settings_file == tmp_path / "settings.json"


def test_a_relative_folder_is_made_absolute(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert Paths.from_arguments(Path("data")).data == tmp_path / "data"


def test_the_callers_default_comes_before_our_own(tmp_path: Path) -> None:
    assert Paths.from_arguments(default_data=tmp_path).data == tmp_path
    assert Paths.from_arguments().data == default_data_dir()


@pytest.mark.parametrize(
    ("system", "name", "expected"),
    [("nt", "LOCALAPPDATA", "local"), ("posix", "XDG_DATA_HOME", "share")],
)
def test_the_default_follows_the_system(
    system: str, name: str, expected: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, str(tmp_path / expected))
    monkeypatch.setattr(paths, "os", _System(system))
    assert default_data_dir() == tmp_path / expected / paths.FOLDER_NAME


class _System:
    """The part of `os` that says which system it is."""

    def __init__(self, name: str) -> None:
        import os

        self.name = name
        self.environ = os.environ


def test_packaged_the_files_lie_where_they_were_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "program"
    (program / "_internal").mkdir(parents=True)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "_MEIPASS", str(program / "_internal"), raising=False)
    monkeypatch.setattr(sys, "executable", str(program / "SoCTXH.exe"))
    found = Paths.from_arguments()
    assert found.forms == program / "_internal" / "forms"
    assert found.data == default_data_dir()
    (program / paths.PORTABLE_MARK).touch()
    assert Paths.from_arguments().data == program / "data"
    assert Paths.from_arguments(tmp_path / "asked").data == tmp_path / "asked"


def test_nothing_is_created(tmp_path: Path) -> None:
    Paths.from_arguments(tmp_path / "new")
    assert not (tmp_path / "new").exists()
