"""Turn the English texts of the code into the language of the officer, Vietnamese by default.

The code holds English; `resources/translations/<language>/LC_MESSAGES` holds the catalogues,
any number of them, merged. Compiled `.mo` files are what ships; where a `.po` is newer or stands
alone (running from source), it is read instead, so that nothing has to be compiled to try a word.
"""

from __future__ import annotations

import gettext
import sys
from pathlib import Path

from desktop.base.po_file import read_po

DEFAULT_LANGUAGE = "vi"

_Messages = dict[str, tuple[str, ...]]
_messages: _Messages | None = None


def default_directory() -> Path:
    """The folder of the catalogues: inside the frozen program, or in the source tree."""
    root = getattr(sys, "_MEIPASS", None) or Path(__file__).parents[2]
    return Path(root) / "resources" / "translations"


def install(language: str = DEFAULT_LANGUAGE, directory: Path | None = None) -> int:
    """Use `language` from now on; returns how many texts it has (0: English is shown)."""
    global _messages  # noqa: PLW0603 - one language per process, as with the system's own gettext
    messages: _Messages = {}
    folder = (directory or default_directory()) / language / "LC_MESSAGES"
    for name in sorted({path.stem for path in folder.glob("*.[mp]o")}):
        messages.update(_read(folder / name))
    _messages = messages
    return len(messages)


def tr(text: str) -> str:
    """The text in the installed language, or the text itself where the catalogue lacks it."""
    if _messages is None:
        install()
    found = (_messages or {}).get(text)
    return found[0] if found and found[0] else text


def ntr(one: str, many: str, count: int) -> str:
    """The text for `count` things. Vietnamese has one form for every number, English two."""
    if _messages is None:
        install()
    found = (_messages or {}).get(one)
    if found and found[0]:
        return found[0] if count == 1 or len(found) == 1 else found[1]
    return one if count == 1 else many


def N_(text: str) -> str:
    """Mark a text for the catalogue without translating it yet (constants of a module)."""
    return text


def _read(stem: Path) -> _Messages:
    compiled, source = stem.with_suffix(".mo"), stem.with_suffix(".po")
    if compiled.exists() and not (
        source.exists() and source.stat().st_mtime > compiled.stat().st_mtime
    ):
        with compiled.open("rb") as stream:
            return _by_singular(gettext.GNUTranslations(stream))
    return read_po(source.read_text(encoding="utf-8"))


def _by_singular(catalogue: gettext.GNUTranslations) -> _Messages:
    raw: dict[str | tuple[str, int], str] = getattr(catalogue, "_catalog")  # noqa: B009
    messages: _Messages = {}
    for key, text in sorted(raw.items(), key=str):
        if isinstance(key, tuple):
            messages[key[0]] = (*messages.get(key[0], ()), text)
        elif key:
            messages[key] = (text,)
    return messages
