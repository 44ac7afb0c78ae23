"""Time expressions made of others: a part of one, from one to another, about one."""

from __future__ import annotations

import msgspec
from msgspec.structs import replace

from service.pipeline.values.expressions import Context, Expression
from service.pipeline.values.periods import (
    Interval,
    months,
    moved,
    spanning,
    stage_of,
)


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
