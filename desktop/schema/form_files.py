"""Read the TOML files of forms/: their text, their digest, their tables, their syntax mistakes."""

from __future__ import annotations

import hashlib
import re
import tomllib
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop.base.errors import Problem, translate_os_error
from desktop.base.translate import N_, tr

KINDS = ("registers", "lists", "rules")
_POSITION = re.compile(r"\s*\((?:at line (\d+), column (\d+)|at end of document)\)$")
# What the parser complains about most, in words; anything else gets the last text.
_SYNTAX = (
    ("Cannot overwrite a value", N_("The same key stands twice in one table.")),
    ("Cannot declare", N_("This table is declared twice; write [[…]] for one of several.")),
    ("Expected '='", N_("A key needs “=” and a value behind it.")),
    (
        "Invalid value",
        N_("The value cannot be read: texts need quotes, yes is true, no is false."),
    ),
    ("Unterminated string", N_("A quote is opened and not closed.")),
    ("Illegal character", N_("A quote is not closed on its line, or a letter is not allowed.")),
    ("Unescaped '\\'", N_("Write \\\\ for one backslash inside quotes.")),
    ("", N_("Check the quotes, the = and the brackets.")),
)


@dataclass(frozen=True)
class FormFile:
    """One file of forms/ that could be read as text."""

    kind: str
    """Folder it stands in: registers, lists or rules."""
    place: str
    """Address in messages: forms/registers/client.toml."""
    text: str
    """Lines end in \\n on every machine."""

    @property
    def stem(self) -> str:
        """Name of the file without folder and suffix."""
        return Path(self.place).stem


@dataclass(frozen=True)
class FormTables:
    """What the files hold before anything is known of its meaning."""

    tables: tuple[tuple[FormFile, dict[str, Any]], ...]
    digest: str
    """SHA-256 in hexadecimal over names and texts; the same on every machine."""
    unreadable: frozenset[str]
    """Stems of the files that are left out: what they define must not be called unknown."""
    problems: tuple[Problem, ...]


def read_tables(folder: Path) -> FormTables:
    """Read every definition file of a forms folder, mistakes included in the result."""
    problems: list[Problem] = []
    unreadable: set[str] = set()
    files = []
    for kind, path in _paths(folder):
        place = f"{folder.name}/{kind}/{path.name}"
        text = _read_text(path, place, problems)
        if text is None:
            unreadable.add(path.stem)
        else:
            files.append(FormFile(kind, place, text))
    if not any(file.kind == "registers" for file in files) and not problems:
        missing = tr("There is no definition of a register in “{folder}”.").format(folder=folder)
        problems.append(Problem(f"{folder.name}/registers", "no-registers", missing))
    tables = _parse_all(files, problems, unreadable)
    pairs = tuple((file, tables[file.place]) for file in files if file.place in tables)
    return FormTables(pairs, _digest(files), frozenset(unreadable), tuple(problems))


def _paths(folder: Path) -> Iterator[tuple[str, Path]]:
    for kind in KINDS:
        for path in sorted((folder / kind).glob("*.toml"), key=lambda path: path.name):
            yield kind, path


def _read_text(path: Path, place: str, problems: list[Problem]) -> str | None:
    try:
        text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        wrong = tr("The file is not in UTF-8; save it again with that encoding.")
        problems.append(Problem(place, "not-utf8", wrong))
        return None
    except OSError as error:
        problems.append(Problem(place, "unreadable", str(translate_os_error(error, path))))
        return None
    if not unicodedata.is_normalized("NFC", text):
        lines = enumerate(text.split("\n"), 1)
        number = next(n for n, line in lines if not unicodedata.is_normalized("NFC", line))
        wrong = tr("Letters and their marks are kept apart here (NFD); type the text again.")
        problems.append(Problem(_line_place(place, number), "not-nfc", wrong))
    return text


def _line_place(place: str, line: int) -> str:
    return tr("{file}, line {line}").format(file=place, line=line)


def _digest(files: Sequence[FormFile]) -> str:
    total = hashlib.sha256()
    for file in files:
        total.update(f"{file.kind}/{file.stem}\0{file.text}\0".encode())
    return total.hexdigest()


def _parse_all(
    files: Sequence[FormFile], problems: list[Problem], unreadable: set[str]
) -> dict[str, dict[str, Any]]:
    tables = {}
    for file in files:
        try:
            tables[file.place] = tomllib.loads(file.text)
        except tomllib.TOMLDecodeError as error:
            problems.append(_syntax_problem(file, str(error)))
            unreadable.add(file.stem)
    return tables


def _syntax_problem(file: FormFile, message: str) -> Problem:
    position = _POSITION.search(message)
    lines = file.text.rstrip("\n").split("\n")
    number = int(position[1]) if position and position[1] else len(lines)
    reason = next(text for start, text in _SYNTAX if message.startswith(start))
    shown = lines[number - 1].strip() if number <= len(lines) else ""
    text = tr("This is not TOML: {reason} The line is: {line}")
    place = _line_place(file.place, number)
    return Problem(place, "syntax", text.format(reason=tr(reason), line=shown))
