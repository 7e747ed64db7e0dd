"""Units of today are found by part of their name, code or province, at once."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.base.paths import Paths
from desktop.service.units import UnitCatalogue

TODAY = date(2026, 6, 2)


@pytest.fixture(scope="module")
def units() -> UnitCatalogue:
    return UnitCatalogue(Paths.from_arguments().catalogues, TODAY)


def test_every_unit_of_today_and_none_of_yesterday(units: UnitCatalogue) -> None:
    everything = units.search("", limit=20_000)
    assert len(everything) == 34 + 3_321
    assert units.find("XA.13366.20250701") is not None
    assert units.find("XA.13366.") is None, "a ward that ended on 30/6/2025"
    assert UnitCatalogue(Paths.from_arguments().catalogues, date(2025, 6, 30)).find("XA.13366.")


def test_a_unit_is_found_without_accents_its_own_name_first(units: UnitCatalogue) -> None:
    names = [(unit.name, unit.parent) for unit in units.search("ha nam")]
    assert ("Phường Hà Nam", "Tỉnh Ninh Bình") in names[:2]
    first = units.search("ha nam ninh binh")[0]
    assert (first.id, first.subtitle) == ("XA.13366.20250701", "13366 · Tỉnh Ninh Bình")
    assert [unit.id for unit in units.search("13366")] == ["XA.13366.20250701"]
    assert units.search("không có xã nào như vậy") == []
