"""Answers every question of the window from a list, and keeps what was asked."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QWidget

from desktop.widget.ask import Answer


class ScriptedAsk:
    """An `Asker` that answers in order; a question nobody foresaw is an AssertionError.

    Answers: the key for a question, the text or None for a reason, a path or None for a file.
    """

    def __init__(self, answers: Iterable[str | Path | None] = ()) -> None:
        self._answers = deque(answers)
        self.asked: list[tuple[str, str]] = []
        """(title, text) of each question and message, in order."""

    def then(self, *answers: str | Path | None) -> None:
        """Foresee more questions."""
        self._answers.extend(answers)

    def is_done(self) -> bool:
        """True if every foreseen question was asked."""
        return not self._answers

    def question(
        self, parent: QWidget | None, title: str, text: str, options: Sequence[Answer]
    ) -> str:
        answer = str(self._next(title, text) or "")
        keys = [option.key for option in options]
        assert answer in ("", *keys), f"{answer!r} is no answer to {title!r}: {keys}"
        return answer

    def message(
        self, parent: QWidget | None, title: str, text: str, level: str = "info", details: str = ""
    ) -> None:
        self.asked.append((title, text))

    def reason(self, parent: QWidget | None, title: str, text: str) -> str | None:
        answer = self._next(title, text)
        return None if answer is None else str(answer)

    def open_file(
        self, parent: QWidget | None, title: str, pattern: str, start: Path | None = None
    ) -> Path | None:
        return self._path(title, pattern)

    def save_file(
        self, parent: QWidget | None, title: str, pattern: str, start: Path | None = None
    ) -> Path | None:
        return self._path(title, pattern)

    def save_dir(
        self, parent: QWidget | None, title: str, start: Path | None = None
    ) -> Path | None:
        return self._path(title, "")

    def _path(self, title: str, text: str) -> Path | None:
        answer = self._next(title, text)
        return None if answer is None else Path(answer)

    def _next(self, title: str, text: str) -> str | Path | None:
        self.asked.append((title, text))
        assert self._answers, f"nobody foresaw the question {title!r}: {text}"
        return self._answers.popleft()
