"""Gives the bundled fonts a line as high as their letters: `python build/fonts.py [FOLDER]`.

Be Vietnam Pro says that its letters rise 1000/1000 of the size above the line; Ấ, Ễ and Ỗ rise to
nearly 1170. Qt believes the font and cuts the upper mark off in selected text, labels and cells.
Only that number and the one below the line change, in `hhea` and `OS/2`, so that text stands in the
middle of its box; the licence (OFL, without a reserved name) allows it. FOLDER holds the files as
published (npm package @expo-google-fonts/be-vietnam-pro); without it the bundled ones are checked.
"""

from __future__ import annotations

import struct
import sys
from pathlib import Path

from tree import ROOT

FONTS = ROOT / "resources" / "fonts"
WEIGHTS = ("400Regular", "500Medium", "600SemiBold")
ASCENT, DESCENT = 1170, -350
"""In thousandths of the size. Only the hook of Ẳ is higher, by half a pixel on the screen."""
PLACES = {b"hhea": 4, b"OS/2": 68}
"""Where each table has the two numbers, one behind the other."""
_MAGIC = 0xB1B0AFBA


def checksum(data: bytes) -> int:
    """Sum of 32-bit words, as the format defines it."""
    padded = data + b"\0" * (-len(data) % 4)
    words: tuple[int, ...] = struct.unpack(f">{len(padded) // 4}I", padded)
    return sum(words) & 0xFFFFFFFF


def tables(font: bytes) -> dict[bytes, tuple[int, int, int]]:
    """By name: place of the directory entry, offset and length of the table."""
    found = {}
    for number in range(struct.unpack_from(">H", font, 4)[0]):
        entry = 12 + 16 * number
        name, _, offset, length = struct.unpack_from(">4sIII", font, entry)
        found[name] = (entry, offset, length)
    return found


def with_line(font: bytes) -> bytes:
    """The font with the two numbers in it and every checksum right again."""
    data = bytearray(font)
    directory = tables(font)
    for name, place in PLACES.items():
        struct.pack_into(">hh", data, directory[name][1] + place, ASCENT, DESCENT)
    head = directory[b"head"][1]
    struct.pack_into(">I", data, head + 8, 0)
    for entry, offset, length in directory.values():
        struct.pack_into(">I", data, entry + 4, checksum(bytes(data[offset : offset + length])))
    struct.pack_into(">I", data, head + 8, (_MAGIC - checksum(bytes(data))) & 0xFFFFFFFF)
    return bytes(data)


def main(arguments: list[str]) -> int:
    """Write the fonts from a folder, or check those that are there."""
    source = Path(arguments[0]) if arguments else FONTS
    wrong = 0
    for weight in WEIGHTS:
        name = f"BeVietnamPro_{weight}.ttf"
        found = next(source.rglob(name)).read_bytes()
        wanted = with_line(found)
        if arguments:
            (FONTS / name).write_bytes(wanted)
        elif wanted != found:
            wrong += 1
            print(f"{name} has another line than {ASCENT}/{DESCENT}: run build/fonts.py FOLDER")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
