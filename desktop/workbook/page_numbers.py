"""Page numbers centred in the top margin, but not on page 1 (NĐ 30/2020, Phụ lục I)."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet


@cache
def sheet_class() -> type[Worksheet]:
    """A worksheet whose header is left out on the first page, which XlsxWriter has no call for."""
    from xlsxwriter.worksheet import Worksheet

    class FirstPagePlain(Worksheet):  # type: ignore[misc]
        def _write_header_footer(self) -> None:
            self._xml_start_tag("headerFooter", [("differentFirst", 1)])
            if self.header:
                self._write_odd_header()
            self._xml_end_tag("headerFooter")

    return FirstPagePlain
