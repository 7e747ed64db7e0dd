"""Colours, fonts, style sheet and icons of the window, light and dark.

Roles are the same in both themes; widgets ask `current()` for a role when they paint, so that a
change of theme needs no code of theirs. Nothing is read from disk before it is used.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QObject, QPointF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QGuiApplication,
    QIcon,
    QPainter,
    QPalette,
    QPixmap,
)

from desktop.base.paths import bundled_root
from desktop.widget.style_sheet import style_sheet

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

FAMILY = "Be Vietnam Pro"
FONT_FILES = ("400Regular", "500Medium", "600SemiBold")
POINT_SIZE = 10.0
INPUT_HEIGHT = 30
RADIUS = 4
GAP = 8
"""The rhythm: every margin and distance is a multiple or a half of it, in pixels at 100 %."""


@dataclass(frozen=True, kw_only=True)
class Theme:
    """One colour per role, as "#rrggbb"."""

    is_dark: bool
    background: str
    """Behind cards and columns."""
    panel: str
    """Columns, cards, dialogs."""
    field: str
    """Inside an input."""
    field_still: str
    """Inside an input that cannot be changed."""
    hover: str
    line: str
    """Between things."""
    field_line: str
    """Around an input: 3:1 against panel and field, so that its edge is seen."""
    text: str
    quiet: str
    faint: str
    """Disabled text and placeholders of disabled inputs only."""
    accent: str
    accent_hover: str
    accent_soft: str
    on_accent: str
    """Text on accent."""
    error: str
    error_soft: str
    warning: str
    warning_soft: str
    success: str
    success_soft: str

    @classmethod
    def light(cls) -> Theme:
        """The theme of the design."""
        return LIGHT

    @classmethod
    def dark(cls) -> Theme:
        """The same roles for a dark room."""
        return DARK

    def color(self, role: str) -> QColor:
        """The colour of a role, ready to paint with. Raises AttributeError for an unknown role."""
        return _color(getattr(self, role))


LIGHT = Theme(
    is_dark=False,
    background="#f5f7f8",
    panel="#ffffff",
    field="#ffffff",
    field_still="#f1f4f6",
    hover="#eef3f4",
    line="#dbe2e6",
    field_line="#87959d",
    text="#17242c",
    quiet="#56666f",
    faint="#8b989f",
    accent="#0b6e6e",
    accent_hover="#095c5c",
    accent_soft="#e3f1f0",
    on_accent="#ffffff",
    error="#b3261e",
    error_soft="#fdecea",
    warning="#8a5300",
    warning_soft="#fff4dd",
    success="#1d6b3a",
    success_soft="#e4f3e9",
)

DARK = Theme(
    is_dark=True,
    background="#10171b",
    panel="#182126",
    field="#12191d",
    field_still="#1e282d",
    hover="#222d33",
    line="#2e3b42",
    field_line="#6c7d87",
    text="#e4ecf0",
    quiet="#a3b3bc",
    faint="#6f7f88",
    accent="#4fc3bd",
    accent_hover="#6ed2cc",
    accent_soft="#17383a",
    on_accent="#04201f",
    error="#ff9c93",
    error_soft="#43201d",
    warning="#f2bf6b",
    warning_soft="#3b2d12",
    success="#84d39e",
    success_soft="#17341f",
)


class _Now(QObject):
    """What is applied, and the news that it changed."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.theme = LIGHT
        self.preference = "system"
        self.icons: Path | None = None
        self.families: dict[Path, bool] = {}


_now = _Now()


def current() -> Theme:
    """The theme applied last; light before any."""
    return _now.theme


def when_changed(slot: Callable[[], None]) -> None:
    """Call `slot()` after each later change; for what keeps a colour, such as a button's icon.

    A method of a widget is forgotten with the widget.
    """
    _now.changed.connect(slot)


def forget(slot: Callable[[], None]) -> None:
    """Take a `when_changed` back."""
    _now.changed.disconnect(slot)


def wanted(preference: str) -> Theme:
    """The theme for a setting: "light", "dark", or anything else for what the system says."""
    if preference in ("light", "dark"):
        return DARK if preference == "dark" else LIGHT
    scheme = QGuiApplication.styleHints().colorScheme()
    return DARK if scheme == Qt.ColorScheme.Dark else LIGHT


def follow_system(
    app: QApplication, resources: Path | None = None, preference: str = "system"
) -> None:
    """Apply what a setting asks for, and the system's theme whenever it changes, if that is it."""
    choose(app, preference, resources)
    hints = QGuiApplication.styleHints()
    hints.colorSchemeChanged.connect(lambda _: choose(app, _now.preference, resources))


def choose(app: QApplication, preference: str, resources: Path | None = None) -> None:
    """Apply the theme for a setting, as `wanted` reads it, and keep to it."""
    _now.preference = preference
    apply(app, wanted(preference), resources)


def apply(app: QApplication, theme: Theme, resources: Path | None = None) -> None:
    """Give the whole program this theme. `resources` has fonts/ and icons/; None: the bundled one.

    Raises FileNotFoundError where a bundled font is missing: without it Vietnamese stacked marks
    are cut off or shown as boxes, which nobody would report.
    """
    resources = resources or bundled_root() / "resources"
    _now.icons = resources / "icons"
    _load_fonts(resources / "fonts")
    changed = theme is not _now.theme
    _now.theme = theme
    if app.style().name() != "fusion":
        app.setStyle("Fusion")
    app.setFont(font())
    app.setPalette(_palette(theme))
    sheet = style_sheet(theme)
    if app.styleSheet() != sheet:
        app.setStyleSheet(sheet)
    if changed:
        icon.cache_clear()
        _now.changed.emit()


def font(weight: int = 400, points: float = POINT_SIZE) -> QFont:
    """The program's font at a weight (400, 500 or 600)."""
    made = QFont(FAMILY)
    made.setPointSizeF(points)
    made.setWeight(QFont.Weight(weight))
    return made


@lru_cache(maxsize=512)
def pixmap(name: str, color: str, size: int, ratio: float) -> QPixmap:
    """The icon `name` in a colour "#rrggbb", drawn for exactly `size` × `ratio` pixels.

    Raises FileNotFoundError for an icon that is not bundled.
    """
    from PySide6.QtSvg import QSvgRenderer  # ~4 ms: only when a first icon is shown

    if _now.icons is None:
        raise FileNotFoundError("theme.apply has not been called: no icons")
    drawing = (_now.icons / f"{name}.svg").read_bytes().replace(b"currentColor", color.encode())
    side = round(size * ratio)
    picture = QPixmap(side, side)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(QByteArray(drawing)).render(painter)
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


def draw_icon(painter: QPainter, name: str, role: str, x: float, y: float, size: int) -> None:
    """Paint an icon with its top left corner at (x, y), crisp on this device."""
    ratio = painter.device().devicePixelRatioF()
    picture = pixmap(name, getattr(current(), role), size, ratio)
    painter.drawPixmap(QPointF(round(x * ratio) / ratio, round(y * ratio) / ratio), picture)


@lru_cache(maxsize=256)
def icon(name: str, role: str = "text") -> QIcon:
    """An icon for a button or an action, in the colour of a role, faint when disabled."""
    made = QIcon()
    for ratio in {screen.devicePixelRatio() for screen in QGuiApplication.screens()}:
        for size in (16, 20, 24):
            made.addPixmap(pixmap(name, getattr(current(), role), size, ratio))
            made.addPixmap(pixmap(name, current().faint, size, ratio), QIcon.Mode.Disabled)
    return made


def no_icon() -> QIcon:
    """Takes an icon away."""
    return QIcon()


ICON_SIZE = QSize(16, 16)


@lru_cache(maxsize=64)
def _color(text: str) -> QColor:
    return QColor(text)


def _load_fonts(folder: Path) -> None:
    if folder in _now.families:
        return
    for name in FONT_FILES:
        path = folder / f"BeVietnamPro_{name}.ttf"
        if QFontDatabase.addApplicationFont(str(path)) < 0:
            raise FileNotFoundError(path)
    _now.families[folder] = True


def _palette(theme: Theme) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for target, source in (
        (role.Window, theme.panel),
        (role.WindowText, theme.text),
        (role.Base, theme.field),
        (role.AlternateBase, theme.background),
        (role.Text, theme.text),
        (role.Button, theme.panel),
        (role.ButtonText, theme.text),
        (role.BrightText, theme.error),
        (role.ToolTipBase, theme.panel),
        (role.ToolTipText, theme.text),
        (role.PlaceholderText, theme.quiet),
        (role.Highlight, theme.accent),
        (role.HighlightedText, theme.on_accent),
        (role.Link, theme.accent),
        (role.LinkVisited, theme.accent),
        (role.Light, theme.panel),
        (role.Midlight, theme.line),
        (role.Mid, theme.line),
        (role.Dark, theme.field_line),
        (role.Shadow, theme.line),
        (role.Accent, theme.accent),
    ):
        palette.setColor(target, QColor(source))
    for target in (role.WindowText, role.Text, role.ButtonText, role.PlaceholderText):
        palette.setColor(QPalette.ColorGroup.Disabled, target, QColor(theme.faint))
    return palette
