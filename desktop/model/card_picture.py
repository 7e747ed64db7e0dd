"""Read the QR code of an identity card out of a picture file; the picture is not kept anywhere."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QImageReader

from desktop.base.errors import UserError
from desktop.base.translate import tr

LARGEST_SIDE = 6000
"""Pixels: a larger picture is read smaller, so that a phone's best does not fill the memory."""


def codes_in(path: Path) -> list[str]:
    """Texts of the QR codes in a picture, none where there is none that can be read.

    Raises UserError for a file that is no picture.
    """
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    size = reader.size()
    if max(size.width(), size.height()) > LARGEST_SIDE:
        reader.setScaledSize(size.scaled(_box(), Qt.AspectRatioMode.KeepAspectRatio))
    picture = reader.read()
    if picture.isNull():
        raise UserError(
            tr("“{path}” is no picture that can be read. Choose a JPEG or PNG file.").format(
                path=path
            )
        )
    return [text for text in _texts(picture) if text]


def _box() -> QSize:
    return QSize(LARGEST_SIDE, LARGEST_SIDE)


def _texts(picture: QImage) -> list[str]:
    import zxingcpp  # 1 MB that most days nobody needs

    grey = picture.convertToFormat(QImage.Format.Format_Grayscale8)
    width, height = grey.width(), grey.height()
    # Lines of a picture begin at multiples of four bytes; the reader wants them end to end.
    lines = bytes(grey.constBits())
    step = grey.bytesPerLine()
    pixels = b"".join(lines[row * step : row * step + width] for row in range(height))
    view = memoryview(pixels).cast("B", (height, width))
    codes = zxingcpp.barcode_formats_from_str("QRCode")
    found = zxingcpp.read_barcodes(view, formats=codes)
    return [one.text for one in found]
