"""The one style sheet of the window, written from the roles of a theme.

Inputs, badges and bars paint themselves (`inputs`, `parts`); this covers Qt's own widgets. Kinds
are set with the property `kind`: buttons "primary", "danger", "flat", "link"; labels "title",
"heading", "caption", "quiet", "error".
"""

from __future__ import annotations

from string import Template
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.widget.theme import Theme

_SHEET = Template("""
QLabel { padding: 1px 0; background: transparent; qproperty-indent: 0; }
QLabel[kind="title"] { font-size: 12pt; font-weight: 600; }
QLabel[kind="heading"] { font-weight: 600; }
QLabel[kind="caption"] { font-size: 8pt; font-weight: 600; color: $quiet; }
QLabel[kind="group"] { font-weight: 600; padding: 10px 0 3px 0;
  border-bottom: 1px solid $line; }
QLabel[kind="quiet"] { color: $quiet; }
QLabel[kind="error"] { color: $error; }
QToolTip { background: $panel; color: $text; border: 1px solid $line; padding: 4px 6px; }

QPushButton { background: $panel; color: $text; border: 1px solid $line; border-radius: 4px;
  padding: 0 12px; min-height: 28px; font-weight: 500; }
QPushButton:hover { background: $hover; }
QPushButton:pressed { background: $accent_soft; }
QPushButton:focus { border: 2px solid $accent; padding: 0 11px; min-height: 26px; }
QPushButton:disabled { color: $faint; background: $background; }
QPushButton[kind="primary"] { background: $accent; color: $on_accent; border-color: $accent; }
QPushButton[kind="primary"]:hover { background: $accent_hover; }
QPushButton[kind="primary"]:focus { border: 2px solid $text; }
QPushButton[kind="primary"]:disabled { background: $line; color: $quiet; border-color: $line; }
QPushButton[kind="danger"] { color: $error; border-color: $error; }
QPushButton[kind="danger"]:hover { background: $error_soft; }
QPushButton[kind="flat"] { background: transparent; border-color: transparent; padding: 0 8px; }
QPushButton[kind="flat"]:hover { background: $hover; }
QPushButton[kind="flat"]:focus { border: 2px solid $accent; padding: 0 7px; }
QPushButton[kind="link"] { background: transparent; border: 1px solid transparent; color: $accent;
  padding: 0 2px; text-decoration: underline; min-height: 20px; text-align: left; }
QPushButton[kind="link"]:focus { border: 1px solid $accent; }
QPushButton::menu-indicator { width: 0; }
QToolButton { background: transparent; border: 1px solid transparent; border-radius: 4px;
  padding: 3px; }
QToolButton:hover { background: $hover; }
QToolButton:pressed, QToolButton:checked { background: $accent_soft; }
QToolButton:focus { border-color: $accent; }
QToolButton::menu-indicator { image: none; }

QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QAbstractSpinBox {
  background: $field; color: $text;
  border: 1px solid $field_line; border-radius: 4px; padding: 0 8px; min-height: 28px;
  selection-background-color: $accent; selection-color: $on_accent;
  placeholder-text-color: $quiet; }
QPlainTextEdit, QTextEdit { padding: 4px 6px; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QAbstractSpinBox:focus {
  border: 2px solid $accent; padding: 0 7px; min-height: 26px; }
QPlainTextEdit:focus, QTextEdit:focus { padding: 3px 5px; }
QLineEdit:read-only, QPlainTextEdit:read-only, QTextEdit:read-only { background: $field_still; }
QTextEdit[kind="reading"] { background: $panel; border: 2px solid transparent; padding: 3px 5px; }
QTextEdit[kind="reading"]:focus { border: 2px solid $accent; }
QLineEdit:disabled, QComboBox:disabled, QAbstractSpinBox:disabled { background: $field_still;
  color: $faint; border-color: $line; }
QLineEdit[bare="true"], QPlainTextEdit[bare="true"] { background: transparent; border: 0;
  padding: 0;  min-height: 0; }
QLineEdit[faint="true"] { color: $quiet; }
QComboBox::drop-down { border: 0; width: 24px; }
QComboBox QAbstractItemView { background: $panel; border: 1px solid $line; outline: 0; }
QCheckBox, QRadioButton { spacing: 8px; min-height: 24px; background: transparent; }
QCheckBox:focus, QRadioButton:focus { color: $accent; }

QAbstractItemView { background: $panel; alternate-background-color: $panel; color: $text;
  border: 0; outline: 0; gridline-color: $line; selection-background-color: $accent_soft;
  selection-color: $text; }
QAbstractItemView::item:selected { background: $accent_soft; color: $text; }
QAbstractItemView::item:hover:!selected { background: $hover; }
QTableView, QListWidget { border: 2px solid transparent; }
QTableView:focus, QListWidget:focus { border: 2px solid $accent; }
QListView[kind="popup"] { border: 1px solid $field_line; border-radius: 4px; padding: 3px 0; }
QHeaderView { background: $panel; border: 0; }
QHeaderView::section { background: $panel; color: $quiet; border: 0; font-size: 8.5pt;
  font-weight: 600; border-bottom: 1px solid $line; padding: 0 8px; min-height: 30px; }
QHeaderView::section:hover { color: $text; background: $hover; }
QTableCornerButton::section { background: $panel; border: 0; border-bottom: 1px solid $line; }

QMenuBar { background: $panel; border-bottom: 1px solid $line; spacing: 0; }
QMenuBar::item { padding: 5px 9px; border-radius: 4px; background: transparent; }
QMenuBar::item:selected { background: $hover; }
QMenu { background: $panel; border: 1px solid $line; padding: 4px; }
QMenu::item { padding: 6px 24px 6px 12px; border-radius: 4px; }
QMenu::item:selected { background: $accent_soft; color: $text; }
QMenu::item:disabled { color: $faint; }
QMenu::icon { padding-left: 8px; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }

QTabBar { background: transparent; border: 0; }
QTabBar::tab { background: transparent; color: $quiet; border: 0; padding: 8px 8px 7px 8px;
  margin-right: 4px; font-weight: 500; border-bottom: 2px solid transparent; }
QTabBar::tab:hover { color: $text; }
QTabBar::tab:selected { color: $accent; border-bottom: 2px solid $accent; }
QTabBar::tab:focus { background: $hover; }
QTabWidget::pane { border: 0; border-top: 1px solid $line; }

QFrame#side { border: 0; border-right: 1px solid $line; }
QFrame#card { background: $panel; border: 1px solid $line; border-radius: 6px; }
QScrollArea { border: 0; background: transparent; }
QAbstractScrollArea::corner { background: $panel; border: 0; }
QScrollBar { background: transparent; border: 0; }
QScrollBar:vertical { width: 12px; }
QScrollBar:horizontal { height: 12px; }
QScrollBar::handle { background: $line; border-radius: 4px; margin: 2px; }
QScrollBar::handle:hover { background: $field_line; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {
  background: transparent; border: 0; width: 0; height: 0; }
QSplitter::handle { background: $line; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
QStatusBar { background: $panel; color: $quiet; border-top: 1px solid $line; }
QStatusBar::item { border: 0; }
QProgressBar { background: $line; border: 0; border-radius: 3px; min-height: 6px; max-height: 6px;
  text-align: center; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }
QGroupBox { border: 1px solid $line; border-radius: 6px; margin-top: 10px; padding: 12px; }
QGroupBox::title { subcontrol-origin: margin; left: 10px; padding: 0 4px; color: $quiet; }
""")


def style_sheet(theme: Theme) -> str:
    """The style sheet of a theme."""
    return _SHEET.substitute(vars(theme))
