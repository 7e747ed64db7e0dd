"""The values of a choice, and how typed text finds them: code, words, or first letters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from desktop.base.text import fold
from desktop.widget.inputs.typed_keys import keys_behind


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a code list."""

    code: str
    label: str
    group: str = ""
    """Heading it stands under while nothing is typed."""
    active: bool = True
    """False: no longer given out; shown only where it is the stored answer."""
    aliases: tuple[str, ...] = ()
    """Other words it is found by."""


class OptionList(Sequence[Option]):
    """Options with their search keys, made at the first search; many inputs may share one."""

    def __init__(self, options: Iterable[Option] = ()) -> None:
        self._options = tuple(options)

    @classmethod
    def of(cls, options: Iterable[Option]) -> OptionList:
        """The same list if it is one already, so that its keys are made once."""
        return options if isinstance(options, OptionList) else cls(options)

    def __len__(self) -> int:
        return len(self._options)

    def __getitem__(self, place: int) -> Option:  # type: ignore[override]
        return self._options[place]

    def __iter__(self) -> Iterator[Option]:
        return iter(self._options)

    @cached_property
    def _by_code(self) -> dict[str, Option]:
        return {option.code: option for option in self._options}

    def find(self, code: str) -> Option | None:
        """The option of a code, active or not."""
        return self._by_code.get(code)

    @cached_property
    def _keys(self) -> tuple[_Keys, ...]:
        return tuple(_Keys.of(option) for option in self._options)

    def matching(self, typed: str, most: int = 200) -> list[Option]:
        """Active options that `typed` finds, best first, the list's order among equals.

        Best is the code itself, then the beginning of a code, of the label, its first letters, the
        beginnings of its words, and last any part of it. Nothing typed finds all. What finds
        nothing is tried as the keys that were pressed: Telex makes "đt" of the initials "ddt".
        """
        wanted = fold(typed)
        if not wanted:
            return [option for option in self._options if option.active][:most]
        return self._found(wanted, most) or next(
            (found for keys in keys_behind(typed) if (found := self._found(keys, most))), []
        )

    def _found(self, wanted: str, most: int) -> list[Option]:
        ranked = [
            (rank, place)
            for place, keys in enumerate(self._keys)
            if self._options[place].active and (rank := keys.rank(wanted)) is not None
        ]
        ranked.sort()
        return [self._options[place] for _, place in ranked[:most]]

    def exact(self, typed: str) -> Option | None:
        """The one active option whose code or whole label this is."""
        for wanted in (fold(typed), *keys_behind(typed)):
            found = [
                self._options[place]
                for place, keys in enumerate(self._keys)
                if self._options[place].active and keys.is_exactly(wanted)
            ]
            if found:
                return found[0] if len(found) == 1 else None
        return None


@dataclass(frozen=True, slots=True)
class _Keys:
    """What an option is found by, folded."""

    code: str
    texts: tuple[str, ...]
    initials: tuple[str, ...]

    @classmethod
    def of(cls, option: Option) -> _Keys:
        texts = tuple(fold(text) for text in (option.label, *option.aliases))
        initials = tuple("".join(word[0] for word in _words(text)) for text in texts)
        return cls(fold(option.code), texts, initials)

    def is_exactly(self, wanted: str) -> bool:
        shown = f"{self.code} · {self.texts[0]}"
        return wanted in (self.code, shown, *self.texts)

    def rank(self, wanted: str) -> int | None:
        if wanted == self.code:
            return 0
        tests = (
            self.code.startswith(wanted),
            any(text.startswith(wanted) for text in self.texts),
            any(letters.startswith(wanted) for letters in self.initials),
            any(_begins_words(wanted, text) for text in self.texts),
            any(wanted in text for text in self.texts),
            f"{self.code} · {self.texts[0]}".startswith(wanted),
        )
        return next((place + 1 for place, holds in enumerate(tests) if holds), None)


def _words(folded: str) -> list[str]:
    cleaned = "".join(char if char.isalnum() else " " for char in folded)
    return cleaned.split()


def _begins_words(wanted: str, text: str) -> bool:
    """True if the typed words begin words of the text, in that order."""
    rest = iter(_words(text))
    return all(any(word.startswith(part) for word in rest) for part in wanted.split())
