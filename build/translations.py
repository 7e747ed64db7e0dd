"""Keeps the Vietnamese catalogues complete, in step with the code, and compiled.

`check` changes nothing and fails on any difference; `update` takes new texts in (their Vietnamese
is then to be written), drops those the code no longer has, and compiles what is complete.
"""

from __future__ import annotations

import io
import string
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from tree import ROOT, python_files

FOLDER = ROOT / "resources" / "translations"
CATALOGUES = FOLDER / "vi" / "LC_MESSAGES"
MAIN_CATALOGUE = CATALOGUES / "so_ctxh.po"
KEYWORDS = {"tr": None, "N_": None, "ntr": (1, 2)}

NO_DAY = datetime(2000, 1, 1, tzinfo=UTC)
"""Stands in compiled files for the day Babel would put in: the same source, the same file."""

Texts = dict[str, tuple[str, ...]]
"""Singular text → all its forms in English."""


def main(arguments: list[str]) -> int:
    """Run `check` or `update`; 1 if something is left to do."""
    if arguments not in (["check"], ["update"]):
        print("translations.py check | update")
        return 2
    texts = texts_of_code()
    if arguments == ["update"]:
        update(texts)
        compile_all()
    faults = [*catalogue_faults(texts), *qt_faults(), *stale()]
    for fault in faults:
        print(fault)
    print(f"{len(texts)} texts in the code, {len(faults)} faults")
    return 1 if faults else 0


def texts_of_code() -> Texts:
    """Every text that the code marks with `tr`, `ntr` or `N_`."""
    texts: Texts = {}
    for path in python_files("desktop", "main.py"):
        for _line, found, _comments, _context in extract_from_file("python", path, KEYWORDS):
            forms = found if isinstance(found, tuple) else (found,)
            if forms[0]:
                texts[forms[0]] = forms
    return texts


def catalogues() -> dict[Path, Catalog]:
    """The Vietnamese catalogues by file, as read from the `.po` files."""
    found = {}
    for path in sorted(CATALOGUES.glob("*.po")):
        with path.open("rb") as stream:
            found[path] = read_po(stream, locale="vi")
    return found


def singular(message: Message) -> str:
    """The English text that names a message."""
    return message.id if isinstance(message.id, str) else message.id[0]


def translations(message: Message) -> tuple[str, ...]:
    """The Vietnamese forms of a message; an empty one is not translated yet."""
    text = message.string or ""
    return (text,) if isinstance(text, str) else tuple(text)


def messages(catalogue: Catalog) -> list[Message]:
    """The messages of a catalogue without its header."""
    return [message for message in catalogue if message.id]


def catalogue_faults(texts: Texts) -> list[str]:
    """What the code has and no catalogue translates, and the other way round."""
    faults = []
    seen: dict[str, str] = {}
    for path, catalogue in catalogues().items():
        for message in messages(catalogue):
            name = singular(message)
            place = f"{path.name}: {name!r}"
            if name not in texts:
                faults.append(f"{place} is not in the code any more")
            elif name in seen:
                faults.append(f"{place} is in {seen[name]} too")
            else:
                faults += [f"{place} {fault}" for fault in message_faults(message)]
            seen[name] = path.name
    faults += [f"{name!r} is in no catalogue" for name in sorted(texts.keys() - seen.keys())]
    return faults


def message_faults(message: Message) -> list[str]:
    """What is wrong with one translation."""
    forms = translations(message)
    if not forms or not all(forms):
        return ["is not translated"]
    faults = ["is marked fuzzy: check it and take the mark away"] if message.fuzzy else []
    english = (message.id,) if isinstance(message.id, str) else message.id
    wanted = set().union(*(places(form) for form in english))
    given = set().union(*(places(form) for form in forms))
    if wanted != given:
        faults.append(f"has the places {sorted(wanted)}, its translation {sorted(given)}")
    return faults


def places(text: str) -> set[str]:
    """The names in curly brackets; a text that is no format has none."""
    try:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
    except ValueError:
        return set()


def update(texts: Texts) -> None:
    """Bring the catalogues in step with the code; new texts go to the main one, untranslated."""
    found = catalogues()
    main_catalogue = found.setdefault(MAIN_CATALOGUE, Catalog(locale="vi", project="so-ctxh"))
    known: set[str] = set()
    changed: set[Path] = set()
    for path, catalogue in found.items():
        for message in messages(catalogue):
            name = singular(message)
            if name not in texts or name in known:
                catalogue.delete(message.id)
                changed.add(path)
            known.add(name)
    for name in texts.keys() - known:
        forms = texts[name]
        main_catalogue.add(forms if len(forms) > 1 else name)
        changed.add(MAIN_CATALOGUE)
    CATALOGUES.mkdir(parents=True, exist_ok=True)
    for path in changed:
        with path.open("wb") as stream:
            write_po(stream, found[path], width=0, sort_output=True, no_location=True)


def compile_all() -> None:
    """Write every `.mo` and `.qm` beside its source."""
    for path, content in compiled().items():
        path.write_bytes(content)


def stale() -> list[str]:
    """Compiled files that differ from what their sources give now, or have no source."""
    wanted = compiled()
    faults = [
        f"{path.relative_to(ROOT)} is not what its source gives: run dev.py translations"
        for path, content in wanted.items()
        if not path.exists() or path.read_bytes() != content
    ]
    present = {*FOLDER.rglob("*.mo"), *FOLDER.rglob("*.qm")}
    faults += [f"{path.relative_to(ROOT)} has no source" for path in present - wanted.keys()]
    return faults


def compiled() -> dict[Path, bytes]:
    """What each compiled file should hold."""
    contents = {}
    for path, catalogue in catalogues().items():
        catalogue.creation_date = catalogue.revision_date = NO_DAY
        stream = io.BytesIO()
        write_mo(stream, catalogue)
        contents[path.with_suffix(".mo")] = stream.getvalue()
    for path in sorted(FOLDER.rglob("*.ts")):
        contents[path.with_suffix(".qm")] = released(path)
    return contents


def released(source: Path) -> bytes:
    """Qt's own compiled form of a `.ts` file."""
    tool = Path(sys.executable).with_name("pyside6-lrelease")
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "out.qm"
        subprocess.run([tool, "-silent", source, "-qm", target], check=True)
        return target.read_bytes()


def qt_faults() -> list[str]:
    """Texts of Qt's own buttons and menus that are not finished."""
    faults = []
    for path in sorted(FOLDER.rglob("*.ts")):
        for message in ElementTree.parse(path).iter("message"):  # noqa: S314 - our own file
            translation = message.find("translation")
            if translation is None or not translation.text or translation.get("type"):
                faults.append(f"{path.name}: {message.findtext('source')!r} is not finished")
    return faults


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
