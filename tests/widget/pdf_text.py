"""The words of a PDF as Qt writes it, page by page: glyphs back to letters by its own tables."""

from __future__ import annotations

import re
import zlib
from pathlib import Path

_OBJECT = re.compile(rb"(?<!\d)(\d+) 0 obj\n(.*?)endobj", re.DOTALL)
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_SHOWN = re.compile(rb"/F(\d+) [\d.]+ Tf|<([0-9A-Fa-f]+)> Tj")


def pdf_pages(path: Path) -> list[str]:
    """The text of each page, a space between what was drawn apart."""
    objects = {int(one[1]): one[2] for one in _OBJECT.finditer(path.read_bytes())}
    letters = {n: _letters(objects, body) for n, body in objects.items() if b"/ToUnicode" in body}
    pages = []
    for body in objects.values():
        if re.search(rb"/Type /Page\s", body):
            content = re.search(rb"/Contents (\d+)", body)
            assert content is not None
            pages.append(_text(_stream(objects[int(content[1])]), letters))
    return pages


def _text(content: bytes, letters: dict[int, dict[int, str]]) -> str:
    words = []
    for block in re.findall(rb"(?s)\bBT\b(.*?)\bET\b", content):
        font, text = 0, ""
        for found in _SHOWN.finditer(block):
            if found[1]:
                font = int(found[1])
            else:
                codes = bytes.fromhex(found[2].decode())
                glyphs = (int.from_bytes(codes[n : n + 2]) for n in range(0, len(codes), 2))
                text += "".join(letters[font].get(one, "?") for one in glyphs)
        words.append(text)
    # A blank and a tab are one glyph.
    return " ".join(words).replace("\t", " ")


def _letters(objects: dict[int, bytes], font: bytes) -> dict[int, str]:
    """Letter of each glyph of a font."""
    named = re.search(rb"/ToUnicode (\d+)", font)
    if named is None:
        return {}
    table, found = _stream(objects[int(named[1])]).decode("latin-1"), {}
    for part in re.findall(r"(?s)beginbfrange(.*?)endbfrange", table):
        for first, last, rest in re.findall(r"<(\w+)> <(\w+)> (<\w+>|\[[^\]]*\])", part):
            start = int(first, 16)
            hexes = re.findall(r"<(\w+)>", rest)
            for place in range(int(last, 16) - start + 1):
                code = int(hexes[0], 16) + place if rest[0] == "<" else int(hexes[place], 16)
                found[start + place] = chr(code)
    return found


def _stream(body: bytes) -> bytes:
    found = _STREAM.search(body)
    assert found is not None
    return zlib.decompress(found[1]) if b"/FlateDecode" in body else found[1]
