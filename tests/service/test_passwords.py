"""How good a password is called."""

from __future__ import annotations

import pytest

from desktop.service.passwords import Grade, strength


@pytest.mark.parametrize(
    ("password", "grade"),
    [
        ("", Grade.TOO_SHORT),
        ("abc1234", Grade.TOO_SHORT),
        ("aaaaaaaa", Grade.WEAK),
        ("12345678", Grade.WEAK),
        ("matkhau123", Grade.WEAK),
        ("MatKhau123", Grade.WEAK),
        ("nguyenthihoa1", Grade.WEAK),
        ("cafesuada", Grade.WEAK),
        ("cafesua24", Grade.FAIR),
        ("Cà-phê-sữa-24", Grade.STRONG),
        ("hoa sen nở trong đầm", Grade.STRONG),
    ],
)
def test_grade(password: str, grade: Grade) -> None:
    found = strength(password, "Nguyễn Thị Hoà")
    assert found.grade is grade
    assert found.words
