"""The time as something handed in, so that a rule about today can be tested on any day."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """What the time is, on the clock of the office."""

    def now(self) -> datetime:
        """The moment, aware of its time zone."""
        ...

    def today(self) -> date:
        """The day in that time zone."""
        ...


class SystemClock:
    """The clock of the computer, in its local time zone."""

    def now(self) -> datetime:
        return datetime.now().astimezone()

    def today(self) -> date:
        return self.now().date()


class FixedClock:
    """A clock that stands still until moved: tests, and reports made again for a past day."""

    def __init__(self, moment: datetime | date) -> None:
        if not isinstance(moment, datetime):
            moment = datetime(moment.year, moment.month, moment.day, 8)
        self._moment = moment if moment.tzinfo else moment.astimezone()

    def now(self) -> datetime:
        return self._moment

    def today(self) -> date:
        return self._moment.date()

    def move(self, step: timedelta) -> None:
        """Go on by `step`, or back if it is negative."""
        self._moment += step
