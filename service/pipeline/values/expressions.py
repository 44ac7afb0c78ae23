"""Time expressions as read, and the days that they mean in a context; here those of the calendar.

Each expression is what the words say; ``resolve`` gives its interval, or None where it needs a day that the context
does not have. The kinds follow TIMEX3's distinction of absolute, underspecified and relative expressions (ISO 24617-1).
Feasts, centuries and seasons are not handled.
"""

from __future__ import annotations

from datetime import date
from typing import Protocol

import msgspec
from msgspec.structs import replace

from service.pipeline.values.periods import (
    Interval,
    day_of,
    months,
    one_day,
    shift,
    whole_year,
)

RECENT = 60
"""Days from today within which a day and month in lone brackets are taken for a date."""


class Context(msgspec.Struct, frozen=True):
    """The days that an expression is told against.

    ``today`` is the day of publication, or for words inside a quotation the day it was spoken; ``anchor`` the last date
    that the text has given. ``ahead`` says that the clause speaks of the future, ``since`` that a beginning is told.
    """

    today: date | None
    anchor: Interval | None = None
    ahead: bool = False
    since: bool = False


class Expression(Protocol):
    """What every kind of time expression offers."""

    @property
    def rule(self) -> str:
        """The name of the rule that reads it."""
        ...

    def resolve(self, context: Context) -> Interval | None:
        """The days meant, or None."""
        ...


class Day(msgspec.Struct, frozen=True):
    """A day of a month; ``year`` may be missing. ``weekday`` helps to choose it, ``direction`` too.

    ``recent`` says that only a day near today is believed.
    """

    day: int
    month: int
    year: int | None = None
    weekday: int | None = None
    direction: int | None = None
    year_offset: int | None = None
    recent: bool = False
    rule: str = "day"

    def resolve(self, context: Context) -> Interval | None:
        """One day; without a year, that of the nearest such day."""
        if self.year is not None:
            return one_day(day_of(self.year, self.month, self.day))
        if context.today is None:
            return None
        today = context.today
        if self.year_offset is not None:
            return one_day(day_of(today.year + self.year_offset, self.month, self.day))
        days = [d for year in range(-1, 2) if (d := day_of(today.year + year, self.month, self.day))]
        fitting = [d for d in days if d.weekday() == self.weekday] or days
        if self.direction == -1 or context.since:
            fitting = [d for d in fitting if d <= today] or fitting
        elif self.direction == 1:
            fitting = [d for d in fitting if d >= today] or fitting
        nearest = min(fitting, key=lambda d: abs((d - today).days), default=None)
        if nearest is None or (self.recent and abs((nearest - today).days) > RECENT):
            return None
        return one_day(nearest)


class Month(msgspec.Struct, frozen=True):
    """A month; ``year`` may be missing, ``year_offset`` counts from the present year ("Juni tahun lalu")."""

    month: int
    year: int | None = None
    direction: int | None = None
    year_offset: int | None = None
    rule: str = "month"

    def resolve(self, context: Context) -> Interval | None:
        """The whole month."""
        if self.year is not None:
            return months(self.year, self.month, 1, "month")
        if context.today is None:
            return None
        return months(context.today.year + self._years(context.today, context), self.month, 1, "month")

    def _years(self, today: date, context: Context) -> int:
        """The years between now and the month, where none is told."""
        if self.year_offset is not None:
            return self.year_offset
        if self.direction == -1:
            return -1 if self.month >= today.month else 0
        if self.direction == 1:
            return 1 if self.month <= today.month else 0
        if context.since:
            return -1 if self.month > today.month else 0
        if context.ahead:
            return 1 if self.month < today.month else 0
        return -1 if self.month > today.month + 6 else 0


class Year(msgspec.Struct, frozen=True):
    """A year of the calendar."""

    year: int
    rule: str = "year"

    def resolve(self, context: Context) -> Interval | None:
        """January to December."""
        return whole_year(self.year)


class Decade(msgspec.Struct, frozen=True):
    """Ten years: "2000-an"."""

    year: int
    rule: str = "decade"

    def resolve(self, context: Context) -> Interval | None:
        """Ten years from ``year``."""
        found = months(self.year, 1, 120, "decade")
        return replace(found, approximate=True) if found else None


class Weekday(msgspec.Struct, frozen=True):
    """A weekday without a date; ``weeks`` counts calendar weeks ("Kamis pekan lalu"), ``direction`` days."""

    weekday: int
    direction: int | None = None
    weeks: int | None = None
    rule: str = "weekday"

    def resolve(self, context: Context) -> Interval | None:
        """The day: the last such one up to today, unless the words or the clause look ahead."""
        today = context.today
        if today is None:
            return None
        if self.weeks is not None or self.direction == 0:
            return one_day(shift(today, 7 * (self.weeks or 0) + self.weekday - today.weekday()))
        back = (today.weekday() - self.weekday) % 7
        ahead = -back % 7
        if self.direction == -1:
            return one_day(shift(today, -(back or 7)))
        if self.direction == 1:
            return one_day(shift(today, ahead or 7))
        return one_day(shift(today, ahead if context.ahead else -back))
