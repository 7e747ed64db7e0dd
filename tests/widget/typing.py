"""Types Vietnamese into a widget the ways people's computers do.

`qtbot.keyClicks` takes only ASCII and aborts the process otherwise.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from itertools import takewhile

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

NO_MODIFIER = Qt.KeyboardModifier.NoModifier

# Telex: a letter and the letters whose typing gives it, one after the other.
_TELEX = {
    "ă": "aw", "â": "aa", "đ": "dd", "ê": "ee", "ô": "oo", "ơ": "ow", "ư": "uw",
}  # fmt: skip
_TONES = {"\u0301": "s", "\u0300": "f", "\u0309": "r", "\u0303": "x", "\u0323": "j"}


def press(
    widget: QWidget, key: Qt.Key | int, text: str = "", modifiers: Qt.KeyboardModifier = NO_MODIFIER
) -> None:
    """One key down and up, as the window system sends it."""
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(widget, QKeyEvent(kind, key, modifiers, text))


def press_char(widget: QWidget, char: str) -> None:
    """A character as Unikey injects it: a key event with text and no key of its own."""
    if char.isascii() and char.isprintable():
        key = ord(char.upper())
        shift = Qt.KeyboardModifier.ShiftModifier if char.isupper() else NO_MODIFIER
        press(widget, key, char, shift)
    else:
        press(widget, 0, char)


def telex_steps(text: str) -> list[str]:
    """What stands there after each key, as Telex builds it: "Hoà" → "H", "Ho", "Hoa", "Hoà"."""
    steps: list[str] = []
    done = ""
    for char in unicodedata.normalize("NFC", text):
        for shape in _shapes(char):
            steps.append(done + shape)
        done += char
    return steps


def _shapes(char: str) -> list[str]:
    """The forms a letter goes through: "ễ" → "e", "ê", "ễ"."""
    marks = unicodedata.normalize("NFD", char)
    tone = next((mark for mark in marks if mark in _TONES), "")
    letter = unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in _TONES))
    shapes = [letter]
    if letter.lower() in _TELEX:
        plain = _TELEX[letter.lower()][0]
        shapes.insert(0, plain.upper() if letter.isupper() else plain)
    return [*shapes, char] if tone else shapes


def type_unikey(widget: QWidget, text: str) -> None:
    """Each change of a letter is Backspace and the new letter, several for a syllable."""
    shown = ""
    for step in telex_steps(text):
        if len(step) == len(shown):
            press(widget, Qt.Key.Key_Backspace)
        press_char(widget, step[-1])
        shown = step


# Unikey as people run it: keys are taken away from the program, which gets Backspaces and letters.
# Telex and VNI differ in what the person presses, not in what the program gets.


def shown_by_unikey(word: str, *, late: bool) -> list[str]:
    """What stands there after each key of a syllable. The tone is typed at its end, as most people
    do; with `late` the marks of letters too: "Nguyenex" for "Nguyễn"."""
    plain, marked, toned = "", "", ""
    shown: list[str] = []
    for char in unicodedata.normalize("NFC", word):
        marks = unicodedata.normalize("NFD", char)
        letter = unicodedata.normalize("NFC", "".join(m for m in marks if m not in _TONES))
        bare = _TELEX[letter.lower()][0] if letter.lower() in _TELEX else letter
        bare = bare.upper() if letter.isupper() else bare
        if late:
            shown.append(plain + bare)
        else:
            shown += [marked + bare] if bare == letter else [marked + bare, marked + letter]
        plain, marked, toned = plain + bare, marked + letter, toned + char
    steps = [*shown, marked, toned] if late else [*shown, toned]
    return [one for place, one in enumerate(steps) if place == 0 or one != steps[place - 1]]


def keys_of_unikey(text: str, *, late: bool = False) -> list[str]:
    """The key events a program gets, in order: a letter, or "\b" for Backspace."""
    keys: list[str] = []
    for word, after in _syllables(text):
        before = ""
        for shown in shown_by_unikey(word, late=late) if word else []:
            pairs = zip(before, shown, strict=False)
            same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
            keys += ["\b"] * (len(before) - same) + list(shown[same:])
            before = shown
        keys += list(after)
    return keys


def _send_all(widget: QWidget, keys: list[str]) -> None:
    """All at once, as injected keys come: before the program has dealt with the first."""
    for one in keys:
        code = Qt.Key.Key_Backspace if one == "\b" else 0
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.postEvent(widget, QKeyEvent(kind, code, NO_MODIFIER, one))
    QApplication.sendPostedEvents()


def type_unikey_fast(widget: QWidget, text: str) -> None:
    """Several Backspaces for a syllable, its tone at the end."""
    _send_all(widget, keys_of_unikey(text))


def type_unikey_late(widget: QWidget, text: str) -> None:
    """Every mark at the end of its syllable."""
    _send_all(widget, keys_of_unikey(text, late=True))


def type_ime(widget: QWidget, text: str) -> None:
    """Each syllable is shown as preedit while it grows, then committed with what follows it."""
    for word, after in _syllables(text):
        for step in telex_steps(word):
            QApplication.sendEvent(widget, QInputMethodEvent(step, []))
        commit(widget, word)
        if after:
            press_char(widget, after)


def preedit(widget: QWidget, text: str) -> None:
    """Show a half-made syllable and leave it so."""
    QApplication.sendEvent(widget, QInputMethodEvent(text, []))


def commit(widget: QWidget, text: str) -> None:
    """End a composition with this text."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)


def type_nfd(widget: QWidget, text: str) -> None:
    """Letters and marks apart, as some keyboards of other systems send them."""
    for char in unicodedata.normalize("NFD", text):
        press_char(widget, char)


def _syllables(text: str) -> list[tuple[str, str]]:
    words = text.split(" ")
    return [(word, " " if place < len(words) - 1 else "") for place, word in enumerate(words)]


Typist = Callable[[QWidget, str], None]
TYPISTS: dict[str, Typist] = {
    "unikey": type_unikey,
    "unikey, fast": type_unikey_fast,
    "unikey, marks last": type_unikey_late,
    "ime": type_ime,
    "nfd": type_nfd,
}
