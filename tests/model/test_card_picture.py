"""The code of a card in a picture: straight, turned, small, large, or not there."""

from __future__ import annotations

from pathlib import Path

import pytest
import zxingcpp
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter, QTransform
from PySide6.QtWidgets import QApplication

from desktop.base.errors import UserError
from desktop.model.card_picture import codes_in

CARD = "035148000123|161234567|Nguyễn Thị Hoà|02051948|Nữ|Tổ 4, Hà Nam, Ninh Bình|10052021"


@pytest.fixture(autouse=True)
def app(qapp: QApplication) -> QApplication:
    return qapp


def code(text: str = CARD, scale: int = 6) -> QImage:
    made = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode)
    view = memoryview(zxingcpp.write_barcode_to_image(made, scale=scale))
    height, width = view.shape[:2]
    return QImage(bytes(view), width, height, width, QImage.Format.Format_Grayscale8).copy()


def photo(picture: QImage, turned: float = 0, width: int = 1600, height: int = 1200) -> QImage:
    """The code somewhere on a table."""
    table = QImage(width, height, QImage.Format.Format_RGB32)
    table.fill(Qt.GlobalColor.lightGray)
    painter = QPainter(table)
    painter.drawImage(width // 3, height // 4, picture.transformed(QTransform().rotate(turned)))
    painter.end()
    return table


@pytest.mark.parametrize("turned", [0, 90, 180, 17])
@pytest.mark.parametrize("kind", ["png", "jpg"])
def test_a_card_on_a_table_is_read(tmp_path: Path, turned: float, kind: str) -> None:
    path = tmp_path / f"ảnh chụp.{kind}"
    assert photo(code(), turned).save(str(path))
    assert codes_in(path) == [CARD]
    assert [one.name for one in tmp_path.iterdir()] == [path.name], "nothing is kept of it"


def test_a_very_large_picture_is_read_smaller(tmp_path: Path) -> None:
    path = tmp_path / "lớn.png"
    assert photo(code(scale=14), width=9000, height=2000).save(str(path))
    assert codes_in(path) == [CARD]


def test_a_picture_without_a_code_has_none(tmp_path: Path) -> None:
    path = tmp_path / "trống.png"
    assert photo(QImage(10, 10, QImage.Format.Format_RGB32)).save(str(path))
    assert codes_in(path) == []


@pytest.mark.parametrize("content", [b"", b"not a picture", b"\x89PNG\r\n\x1a\n" + bytes(50)])
def test_what_is_no_picture_is_said(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.png"
    path.write_bytes(content)
    with pytest.raises(UserError, match=r"x\.png"):
        codes_in(path)
