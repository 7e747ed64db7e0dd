"""The name of a report file (`domain.md` §6.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.base.files import ascii_name

if TYPE_CHECKING:
    from desktop.report.sheet import Report


def file_name(report: Report) -> str:
    """`BC-CTXH_<kỳ>_<cấp>_<mã ĐVHC>_<tên không dấu>_v<lần>.xlsx`."""
    return (
        f"BC-CTXH_{report.period}_{report.unit_level}_{report.unit_code}_"
        f"{ascii_name(report.unit_name)}_v{report.revision}.xlsx"
    )
