"""The records opened last, for Ctrl+K: their ids only, never a name outside the database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.widget import window_settings as kept

if TYPE_CHECKING:
    from desktop.base.settings import Settings
    from desktop.widget.page_stack import PageStack

MOST = 10


class Recents:
    """Follows the pages of one window; kept with the window's settings."""

    def __init__(self, pages: PageStack, settings: Settings) -> None:
        self._pages = pages
        self._settings = settings
        pages.changed.connect(self._note)

    def records(self) -> list[tuple[str, str]]:
        """(register, id), the last opened first; some may be gone."""
        found = []
        for one in self._settings.get(kept.RECENT):
            register, _, id = str(one).partition(" ")
            if register and id:
                found.append((register, id))
        return found

    def _note(self) -> None:
        page = self._pages.current_register()
        draft = page.form.draft if page is not None else None
        if draft is None or draft.is_new:
            return
        before = self._settings.get(kept.RECENT)
        entry = f"{draft.register.name} {draft.id}"
        if before[:1] != [entry]:
            others = [one for one in before if one != entry]
            self._settings.set(kept.RECENT, [entry, *others][:MOST])
