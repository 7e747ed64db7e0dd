"""Read a gettext `.po` text: what the program needs of it, and nothing of its tooling."""

from __future__ import annotations

import ast
import re

_KEYWORD = re.compile(r'(msgctxt|msgid_plural|msgid|msgstr)(?:\[(\d+)\])?\s+(".*")$')


def read_po(text: str) -> dict[str, tuple[str, ...]]:
    """Message → its translations by plural form; untranslated, fuzzy and obsolete ones left out."""
    messages: dict[str, tuple[str, ...]] = {}
    for block in re.split(r"\n\s*\n", text.replace("\r\n", "\n")):
        entry = _entry(block)
        forms = tuple(value for key, value in sorted(entry.items()) if key.startswith("msgstr"))
        if entry.get("msgid") and all(forms) and forms:
            messages[entry["msgid"]] = forms
    return messages


def _entry(block: str) -> dict[str, str]:
    entry: dict[str, str] = {}
    current = ""
    for line in block.split("\n"):
        stripped = line.strip()
        if stripped.startswith("#,") and "fuzzy" in stripped:
            return {}
        keyword = _KEYWORD.match(stripped)
        if keyword:
            current = keyword[1] + (keyword[2] or "")
            entry[current] = ast.literal_eval(keyword[3])
        elif stripped.startswith('"') and current:
            entry[current] += ast.literal_eval(stripped)
    return entry
