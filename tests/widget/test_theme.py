"""The look: contrast, fonts, icons, and changing between light and dark."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontInfo, QFontMetricsF, QGuiApplication, QImage, QRawFont
from PySide6.QtWidgets import QApplication

from desktop.base.paths import bundled_root
from desktop.widget import theme
from desktop.widget.style_sheet import style_sheet

ICONS = sorted(path.stem for path in (bundled_root() / "resources" / "icons").glob("*.svg"))
VIETNAMESE = (
    "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"
)
WRITTEN_ON = {
    "text": ("background", "panel", "field", "field_still", "hover", "accent_soft", "error_soft",
             "warning_soft", "success_soft"),
    "quiet": ("background", "panel", "field", "field_still", "hover", "accent_soft"),
    "accent": ("background", "panel", "field", "accent_soft", "hover"),
    "on_accent": ("accent", "accent_hover"),
    "error": ("background", "panel", "field", "error_soft"),
    "warning": ("background", "panel", "field", "warning_soft"),
    "success": ("background", "panel", "field", "success_soft"),
}  # fmt: skip
DESIGN_ICONS = """
    house users user user-check clipboard-list folder-open inbox heart-handshake building
    graduation-cap megaphone file-text search-check wallet calendar shield settings plus save undo
    redo trash restore filter columns search alert-triangle x-circle info check chevron-down
    chevron-up chevron-left chevron-right arrow-up arrow-down arrow-left arrow-right lock download
    upload usb printer help target map-pin baby accessibility eye eye-off copy refresh x
"""
THEMES = pytest.mark.parametrize("look", [theme.LIGHT, theme.DARK], ids=["light", "dark"])


def luminance(color: str) -> float:
    """Relative luminance, WCAG 2.1."""
    parts = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast of two colours, 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_measured_as_the_standard_says() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@THEMES
def test_every_text_can_be_read_on_every_ground_it_stands_on(look: theme.Theme) -> None:
    bad = {
        (ink, ground): round(contrast(getattr(look, ink), getattr(look, ground)), 2)
        for ink, grounds in WRITTEN_ON.items()
        for ground in grounds
        if contrast(getattr(look, ink), getattr(look, ground)) < 4.5
    }
    assert bad == {}


@THEMES
def test_the_edge_of_an_input_can_be_seen(look: theme.Theme) -> None:
    for ground in (look.panel, look.field):
        assert contrast(look.field_line, ground) >= 3
        assert contrast(look.accent, ground) >= 3


def test_both_themes_have_every_role_and_the_design_its_colours() -> None:
    assert theme.Theme.light().panel == "#ffffff"
    assert theme.Theme.light().accent == "#0b6e6e"
    assert theme.Theme.dark().is_dark
    for look in (theme.LIGHT, theme.DARK):
        colors = [value for name, value in vars(look).items() if name != "is_dark"]
        assert all(re.fullmatch("#[0-9a-f]{6}", color) for color in colors)


@THEMES
def test_the_style_sheet_is_written_whole(look: theme.Theme) -> None:
    sheet = style_sheet(look)
    assert "$" not in sheet
    assert sheet.count("{") == sheet.count("}")


def test_a_setting_goes_before_the_system() -> None:
    assert theme.wanted("dark") is theme.DARK
    assert theme.wanted("light") is theme.LIGHT
    system = QGuiApplication.styleHints().colorScheme()
    expected = theme.DARK if system == Qt.ColorScheme.Dark else theme.LIGHT
    assert theme.wanted("system") is expected


@pytest.mark.parametrize("weight", [400, 500, 600])
def test_the_bundled_font_is_used_in_each_weight(weight: int) -> None:
    info = QFontInfo(theme.font(weight))
    assert info.family().startswith("Be Vietnam Pro")
    assert info.weight() == weight


def test_the_font_has_every_vietnamese_letter() -> None:
    for weight in (400, 500, 600):
        raw = QRawFont.fromFont(theme.font(weight))
        assert raw.familyName().startswith(theme.FAMILY)
        letters = VIETNAMESE + VIETNAMESE.upper() + "₫–…·“”"
        missing = [char for char in letters if not raw.supportsCharacter(ord(char))]
        assert missing == []


@pytest.mark.parametrize("weight", [400, 500, 600])
def test_a_line_is_as_high_as_its_letters(weight: int) -> None:
    """Qt cuts what is higher; half a pixel of a hook, rounded up to one, is not seen."""
    metrics = QFontMetricsF(theme.font(weight))
    for letter in VIETNAMESE.upper() + VIETNAMESE:
        ink = metrics.tightBoundingRect(letter)
        assert -ink.top() <= metrics.ascent() + 1, letter
        assert ink.bottom() <= metrics.descent(), letter


def test_a_missing_font_is_an_error_not_a_page_of_boxes(qapp: QApplication, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        theme.apply(qapp, theme.LIGHT, tmp_path)
    theme.apply(qapp, theme.LIGHT)
    assert QFont(qapp.font()).family() == theme.FAMILY


@pytest.mark.parametrize("name", ICONS)
def test_every_icon_is_drawn_in_the_colour_of_its_role(name: str) -> None:
    image = (
        theme.pixmap(name, "#0b6e6e", 16, 1.5)
        .toImage()
        .convertToFormat(QImage.Format.Format_ARGB32)
    )
    assert (image.width(), image.height()) == (24, 24)
    drawn = [
        image.pixelColor(x, y)
        for x in range(24)
        for y in range(24)
        if image.pixelColor(x, y).alpha() > 250
    ]
    assert drawn, "nothing is drawn"
    assert all(abs(color.green() - 0x6E) < 3 and color.red() < 16 for color in drawn)


def test_there_is_an_icon_for_each_thing_of_the_design() -> None:
    wanted = set(DESIGN_ICONS.split())
    assert wanted - set(ICONS) == set()


def test_an_icon_that_is_not_there_is_an_error() -> None:
    with pytest.raises(FileNotFoundError):
        theme.icon("no-such-icon")


def test_a_change_of_theme_is_told_and_changes_what_is_drawn(qapp: QApplication) -> None:
    told: list[bool] = []

    def hear() -> None:
        told.append(theme.current().is_dark)

    theme.when_changed(hear)
    before = theme.icon("save").pixmap(16, 16).toImage()
    theme.apply(qapp, theme.DARK)
    theme.apply(qapp, theme.DARK)
    assert told == [True]
    assert theme.icon("save").pixmap(16, 16).toImage() != before
    assert qapp.palette().window().color().name() == theme.DARK.panel
    theme.forget(hear)


def test_the_licences_travel_with_what_they_cover() -> None:
    resources = bundled_root() / "resources"
    assert "ISC License" in (resources / "icons" / "LICENSE").read_text()
    assert "SIL OPEN FONT LICENSE" in (resources / "fonts" / "OFL.txt").read_text()
