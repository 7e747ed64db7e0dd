"""Turn the formula tokens of a report into A1 references of the sheet they land in."""

from __future__ import annotations

import re

_TOKEN = re.compile(r"\[(?:(?P<row>[^\]!]+)!)?(?P<column>[^\]]+)\]")


def column_letters(column: int) -> str:
    """0 → A, 25 → Z, 26 → AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def place_name(row: int, column: int) -> str:
    """(0, 0) → A1."""
    return f"{column_letters(column)}{row + 1}"


class Places:
    """Where the rows and columns of one part stand in its sheet."""

    def __init__(self, columns: dict[str, int], rows: dict[str, int], data_rows: list[int]) -> None:
        self._columns = columns
        self._rows = rows
        self._data_rows = data_rows

    def resolve(self, formula: str, row: int) -> str:
        """The formula in A1 terms, for a cell of sheet row `row`.

        Raises KeyError for a row or column the part does not have: a mistake of the
        definition that `desktop.report` reports when it loads.
        """

        def reference(match: re.Match[str]) -> str:
            column = self._columns[match["column"]]
            if match["row"] is None:
                return place_name(row, column)
            if match["row"] == "*":
                return self._range(column)
            return place_name(self._rows[match["row"]], column)

        return _TOKEN.sub(reference, formula)

    def _range(self, column: int) -> str:
        letters = column_letters(column)
        runs: list[list[int]] = []
        for row in self._data_rows:
            if runs and row == runs[-1][1] + 1:
                runs[-1][1] = row
            else:
                runs.append([row, row])
        return ",".join(f"{letters}{a + 1}:{letters}{b + 1}" for a, b in runs)
