"""What this program copies leaves the clipboard again, and never gets into Windows' history of it.

Every copy of ours is put there once more with the marks that clipboard managers heed, and is taken
away after a while, at locking and at the end; what another program put there is never touched.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QMimeData, QObject, QTimer
from PySide6.QtGui import QClipboard, QGuiApplication

SECONDS = 90
# https://learn.microsoft.com/windows/win32/dataxchg/clipboard-formats#cloud-clipboard-and-clipboard-history-formats
_MARKS = (
    "ExcludeClipboardContentFromMonitorProcessing",
    "CanIncludeInClipboardHistory",
    "CanUploadToCloudClipboard",
)
_NATIVE = 'application/x-qt-windows-mime;value="{name}"'
OF_KDE = "x-kde-passwordManagerHint"
_NO = (0).to_bytes(4, "little")


def marked(copied: QMimeData) -> QMimeData:
    """The same content in every format, with the marks."""
    made = QMimeData()
    for name in copied.formats():
        made.setData(name, copied.data(name))
    for mark in _MARKS:
        made.setData(_NATIVE.format(name=mark), _NO)
    made.setData(OF_KDE, b"secret")
    return made


class PrivateClipboard(QObject):
    """Lives as long as somebody is signed in."""

    def __init__(
        self, parent: QObject, seconds: int = SECONDS, owns: Callable[[], bool] | None = None
    ) -> None:
        """`owns`: is what is there ours? Left out, the system is asked, where it tells."""
        super().__init__(parent)
        self._clipboard: QClipboard = QGuiApplication.clipboard()
        self._owns = owns or self._clipboard.ownsClipboard
        self._ours = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(1000 * seconds)
        self._timer.timeout.connect(self.clear)
        self._clipboard.dataChanged.connect(self._changed)

    def _changed(self) -> None:
        if not self._owns():
            self._forget()
            return
        copied = self._clipboard.mimeData()
        if copied is None or copied.hasFormat(OF_KDE) or not copied.formats():
            return
        self._ours = copied.text()
        self._clipboard.setMimeData(marked(copied))
        self._timer.start()

    def clear(self) -> None:
        """Take our copy away, if it is still there."""
        if self._ours and self._clipboard.text() == self._ours:
            self._clipboard.clear()
        self._forget()

    def _forget(self) -> None:
        self._ours = ""
        self._timer.stop()
