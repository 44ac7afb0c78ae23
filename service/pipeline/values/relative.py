"""Time expressions that count from today, or from the day that the text has given last."""

from __future__ import annotations

import msgspec
from msgspec.structs import replace

from service.pipeline.values.expressions import Context, Expression
from service.pipeline.values.periods import (
    Interval,
    by_years,
    moved,
    one_day,
    period_at,
    shift,
    stretch,
)


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
