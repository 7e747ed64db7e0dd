"""Old names that still exist, or that lead nowhere."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.base.errors import Problem
from desktop.base.translate import tr
from desktop.schema.definition import Register
from desktop.schema.lint.material import Material, field_names
from desktop.schema.names import newest_name, suggestion


def problems(material: Material) -> Iterator[Problem]:
    """Every old name ends, by way of later renames, at a field of today or at ""."""
    for register in material.registers:
        yield from _register(register)


def _register(register: Register) -> Iterator[Problem]:
    names, renamed = field_names(register), dict(register.renamed)
    for old in renamed:
        place = f"{register.place}, [renamed] ({old})"
        if old in names:
            text = tr("“{old}” is a field of today, so it cannot be an old name.")
            yield Problem(place, "renamed-exists", text.format(old=old))
            continue
        end = newest_name(old, renamed)
        if end is None:
            text = tr("“{old}” is renamed in a circle.").format(old=old)
            yield Problem(place, "renamed-cycle", text)
        elif end and end not in names:
            text = tr("“{old}” became “{new}”, but there is no such field.")
            told = text.format(old=old, new=end) + suggestion(end, names)
            yield Problem(place, "renamed-nowhere", told)
