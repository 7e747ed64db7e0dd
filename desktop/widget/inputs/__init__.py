"""Inputs of a form page: one widget per kind of value, all with the same face.

They know nothing of registers, drafts or SQL; a page gives them text and takes text back.

Common face (`Input`, a QWidget; its focus proxy is the editor, so it can be a QLabel's buddy):

    value_text() -> str            what is in the field, as text: see the table below
    set_value_text(text)           show a value; emits nothing; the same text moves no cursor
    edited                         signal: the person changed it. Never inside a composition
    left                           signal: committed, once per visit (focus left, or Enter)
    move_on                        signal: Enter, or a fixed-length field just became full;
                                   the page answers by moving to its next field
    noted(str)                     signal: what was cleaned or refused while typing or pasting,
                                   in Vietnamese, to be shown beside the field for a moment
    set_problem(level, text="")    level "error", "warning", "info" or None; the frame shows it,
                                   the text goes to the accessible description
    set_read_only(bool)            still focusable and copyable
    set_label(text)                accessible name
    set_help(text)                 accessible description beside the problem, and tool tip
    set_placeholder(text)
    set_columns(n)                 width for about n characters; each kind has a fitting default
    take_focus()                   focus as Tab does: everything selected
    is_empty() -> bool
    is_readable() -> bool          False while the text is not a value of its kind (31/02, "abc")
    complaint() -> str             why not, in words; "" if it is
    commit()                       as leaving does: call it on the focused input before Ctrl+S or
                                   closing; another program in front does not count as leaving

What `value_text` gives and `set_value_text` takes. "" is always "not answered". Text that is
not a value (half a date, an unknown code) is given back exactly as typed and stays on screen.

    TextInput(length=500)                 NFC, one line, no control or zero-width characters
    LongTextInput(length=2000)            NFC, several lines; Alt+Enter starts a line, as in Excel
    DigitsInput(digits=12, groups=())     digits; groups (3, 1, 2, 6) are shown, never given back
    NumberInput(decimals=0, unit="", grouped=True)   Vietnamese: "1234,5", "1.234,5"
    MoneyInput(unit="đ")                  "1.234.567"; typed "1234567"
    DateInput(clock=None)                 "05/09/2026"; takes ISO too; 05092026; h = today
    PartialDateInput(clock=None)          "1948", "05/1948", "15/05/1948"; takes ISO dates too
    DateTimeInput(clock=None)             "05/09/2026 14:20"; takes ISO too; 050920261420; h = now
    YesNoInput(two_state=False)           "1", "0", ""; keys C, K, Delete
    ChoiceInput(options, show_codes=True) code
    ChoicesInput(options)                 sorted codes: "01, 05"
    ReferenceInput(search, title_of)      id; signal open_asked(id) with `set_can_open(True)`

Look-ups (the last three) say `edited` when an answer is taken, cleared, or text that finds nothing
is left: not for each letter. All others say it for each change.

`Option(code, label, group="", active=True, aliases=())` is one value of a choice; an inactive one
is shown, greyed, only while it is the stored value. `ChoiceInput.set_options(options)` keeps the
answer. `Hit(id, title, subtitle="")` is one answer of a reference's `search(text) -> list[Hit]`;
`title_of(id) -> str`.

No popup takes the keyboard: lists are children of the window and the line keeps the focus, so an
input method (preedit) or Unikey (Backspace and a letter) is never disturbed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.base.lazy_names import lazy_names

if TYPE_CHECKING:
    from desktop.widget.inputs.choice import ChoiceInput
    from desktop.widget.inputs.choices import ChoicesInput
    from desktop.widget.inputs.date import DateInput, DateTimeInput, PartialDateInput
    from desktop.widget.inputs.frame import FrameIcon
    from desktop.widget.inputs.input import Input
    from desktop.widget.inputs.line import LineInput
    from desktop.widget.inputs.long_text import LongTextInput
    from desktop.widget.inputs.numeric import DigitsInput, MoneyInput, NumberInput
    from desktop.widget.inputs.option import Option, OptionList
    from desktop.widget.inputs.reference import Hit, ReferenceInput
    from desktop.widget.inputs.text import TextInput
    from desktop.widget.inputs.yes_no import YesNoInput
else:
    __getattr__ = lazy_names(
        __name__,
        {
            "choice": "ChoiceInput",
            "choices": "ChoicesInput",
            "date": "DateInput DateTimeInput PartialDateInput",
            "frame": "FrameIcon",
            "input": "Input",
            "line": "LineInput",
            "long_text": "LongTextInput",
            "numeric": "DigitsInput MoneyInput NumberInput",
            "option": "Option OptionList",
            "reference": "Hit ReferenceInput",
            "text": "TextInput",
            "yes_no": "YesNoInput",
        },
    )

__all__ = [
    "ChoiceInput",
    "ChoicesInput",
    "DateInput",
    "DateTimeInput",
    "DigitsInput",
    "FrameIcon",
    "Hit",
    "Input",
    "LineInput",
    "LongTextInput",
    "MoneyInput",
    "NumberInput",
    "Option",
    "OptionList",
    "PartialDateInput",
    "ReferenceInput",
    "TextInput",
    "YesNoInput",
]
