"""Where everything lies: what came with the program, and what belongs to the office."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

FOLDER_NAME = "SoCTXH"
PORTABLE_MARK = "portable.txt"


@dataclass(frozen=True)
class Paths:
    """The folders of one running program. Nothing is created here."""

    forms: Path
    """Definitions: registers, lists, rules, reports."""
    resources: Path
    """Fonts, icons, translations, catalogues, help, sample."""
    data: Path
    """The office's own: database, keys, drafts, backups."""
    logs: Path
    settings_file: Path

    @classmethod
    def from_arguments(cls, data: Path | None = None, default_data: Path | None = None) -> Paths:
        """`data`: the folder asked for (--data). Otherwise, in this order: `data` beside a
        program marked portable, `default_data` (the caller's idea), `default_data_dir()`.
        """
        bundled = bundled_root()
        folder = (data or portable_data_dir() or default_data or default_data_dir()).absolute()
        return cls(
            forms=bundled / "forms",
            resources=bundled / "resources",
            data=folder,
            logs=folder / "logs",
            settings_file=folder / "settings.json",
        )

    @property
    def catalogues(self) -> Path:
        return self.resources / "catalogues"

    @property
    def translations(self) -> Path:
        return self.resources / "translations"


def is_frozen() -> bool:
    """True in the packaged program, False when running from source."""
    return bool(getattr(sys, "frozen", False))


def bundled_root() -> Path:
    """The folder that holds `forms` and `resources`."""
    unpacked = getattr(sys, "_MEIPASS", None)
    return Path(unpacked) if unpacked else Path(__file__).parents[2]


def program_folder() -> Path:
    """The folder the officer sees the program in: of the executable, or of main.py."""
    return Path(sys.executable).parent if is_frozen() else bundled_root()


def portable_data_dir() -> Path | None:
    """`data` beside the program when `portable.txt` lies there (a USB stick), else None."""
    folder = program_folder()
    return folder / "data" if (folder / PORTABLE_MARK).exists() else None


def default_data_dir() -> Path:
    """The folder for this person's data by the habit of the system, from the environment."""
    home = Path.home()
    if os.name == "nt":
        base = Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    else:
        base = Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share")
    return base / FOLDER_NAME
