"""Time expressions as read, and the days that they mean in a context.

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
    by_years,
    day_of,
    months,
    moved,
    one_day,
    period_at,
    shift,
    spanning,
    stage_of,
    stretch,
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


class Deictic(msgspec.Struct, frozen=True):
    """A day counted from today: "besok", "kemarin"."""

    days: int
    rule: str = "deictic"

    def resolve(self, context: Context) -> Interval | None:
        """The day."""
        return None if context.today is None else one_day(shift(context.today, self.days))


class Period(msgspec.Struct, frozen=True):
    """A period counted from the present one: "tahun lalu", "pekan ini"; ``narrative`` counts from the anchor."""

    unit: str
    offset: int
    narrative: bool = False
    rule: str = "period"

    def resolve(self, context: Context) -> Interval | None:
        """The whole period."""
        day = context.anchor.first if self.narrative and context.anchor else context.today
        return None if day is None else period_at(day, self.unit, self.offset)


class SamePeriod(msgspec.Struct, frozen=True):
    """The period that the text has named before, in another year: "periode yang sama tahun lalu".

    "tahun lalu" is the year before that period's own. Without such a period it is the whole year.
    """

    year: Expression
    rule: str = "same-period"

    def resolve(self, context: Context) -> Interval | None:
        """The anchor, moved by whole years."""
        anchor = context.anchor
        if anchor is None or (anchor.last - anchor.first).days > 366:
            return self.year.resolve(context)
        base = replace(context, today=anchor.last) if isinstance(self.year, Period) else context
        target = self.year.resolve(base)
        if target is None:
            return None
        return by_years(anchor, target.first.year - anchor.last.year)


class Offset(msgspec.Struct, frozen=True):
    """So many units away: "dua hari lalu" from today, with ``narrative`` "dua hari sebelumnya" from the anchor.

    What comes after needs an anchor; what came before is counted from today where there is none.
    """

    unit: str
    count: int
    narrative: bool = False
    rule: str = "offset"

    def resolve(self, context: Context) -> Interval | None:
        """A day, or the month or year that the offset falls into."""
        if abs(self.count) > 100_000:
            return None
        if not self.narrative:
            return None if context.today is None else moved(context.today, self.unit, self.count)
        if context.anchor is not None and (context.anchor.is_day or self.unit not in {"day", "week"}):
            day = context.anchor.first if self.count < 0 else context.anchor.last
            return moved(day, self.unit, self.count)
        if self.count > 0 or context.today is None:
            return None
        return moved(context.today, self.unit, self.count)


class Stretch(msgspec.Struct, frozen=True):
    """So many units up to today ("tiga hari terakhir"), or from today on where ``count`` is negative.

    ``inclusive`` counts today as one of them ("dua hari ini").
    """

    unit: str
    count: int
    inclusive: bool = False
    rule: str = "stretch"

    def resolve(self, context: Context) -> Interval | None:
        """The days from the one end to the other."""
        if context.today is None or abs(self.count) > 100_000:
            return None
        if self.inclusive and self.unit == "day":
            first = shift(context.today, 1 - self.count)
            return Interval(first, context.today, "day") if first else None
        return stretch(context.today, self.unit, self.count)


class Part(msgspec.Struct, frozen=True):
    """The early, middle or late part of a period."""

    stage: str
    whole: Expression
    rule: str = "part"

    def resolve(self, context: Context) -> Interval | None:
        """The part's days, approximate."""
        found = self.whole.resolve(context)
        return None if found is None else stage_of(found, self.stage)


class Portion(msgspec.Struct, frozen=True):
    """A quarter or half of a year by its number."""

    unit: str
    number: int
    year: Expression | None
    rule: str = "portion"

    def resolve(self, context: Context) -> Interval | None:
        """The whole months of the portion."""
        found = self.year.resolve(context) if self.year else None
        if found is None and (self.year is not None or context.today is None):
            return None
        year = found.first.year if found else context.today.year  # type: ignore[union-attr]
        size = 3 if self.unit == "quarter" else 6
        return months(year, (self.number - 1) * size + 1, size, self.unit) if self.number * size <= 12 else None


class Weekend(msgspec.Struct, frozen=True):
    """Saturday and Sunday of a week."""

    weeks: int
    rule: str = "weekend"

    def resolve(self, context: Context) -> Interval | None:
        """The two days."""
        if context.today is None:
            return None
        week = period_at(context.today, "week", self.weeks)
        saturday = shift(week.first, 5) if week else None
        return Interval(saturday, week.last, "days") if week and saturday else None


class Between(msgspec.Struct, frozen=True):
    """From one expression to another: "4–14 Agustus 2025", "Senin hingga Rabu"."""

    first: Expression
    last: Expression
    rule: str = "range"

    def resolve(self, context: Context) -> Interval | None:
        """All days from the first of the one to the last of the other."""
        one, other = self.first.resolve(context), self.last.resolve(context)
        if one is None or other is None:
            return None
        return spanning(one, other)


class Nearby(msgspec.Struct, frozen=True):
    """A date that the text marks as approximate: "sekitar 2019"."""

    inner: Expression
    rule: str = "approximate"

    def resolve(self, context: Context) -> Interval | None:
        """The days of the date, approximate."""
        found = self.inner.resolve(context)
        return None if found is None else replace(found, approximate=True)


class Since(msgspec.Struct, frozen=True):
    """Counted from a date that follows: "sehari setelah Rabu (3/9/2025)"."""

    unit: str
    count: int
    inner: Expression
    rule: str = "offset-from-date"

    def resolve(self, context: Context) -> Interval | None:
        """The day or period so far from the date."""
        found = self.inner.resolve(context)
        if found is None or abs(self.count) > 100_000:
            return None
        return moved(found.last if self.count > 0 else found.first, self.unit, self.count)
