"""Arithmetic of days and periods: the calendar, without a language.

Weeks begin on Monday (ISO 8601). An interval holds its first and its last day. Everything that would leave the years
1 to 9999 is None.
"""

from __future__ import annotations

import calendar
from datetime import date, timedelta

import msgspec
from msgspec.structs import replace

MONTHS_OF = {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120}
"""Periods that are whole months, and how many."""


class Interval(msgspec.Struct, frozen=True):
    """Days ``first`` to ``last``, both inclusive, told as finely as ``grain``."""

    first: date
    last: date
    grain: str
    approximate: bool = False

    @property
    def is_day(self) -> bool:
        """Whether the interval is one day."""
        return self.first == self.last

    def day_after(self) -> Interval:
        """The day after the last one; the calendar's last day itself."""
        following = date.fromordinal(min(self.last.toordinal() + 1, date.max.toordinal()))
        return Interval(following, following, "day", self.approximate)


def day_of(year: int, month: int, day: int) -> date | None:
    """The day, or None where the calendar has none such."""
    if not 1 <= year <= 9999 or not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(year, month)[1]:
        return None
    return date(year, month, day)


def one_day(day: date | None) -> Interval | None:
    """The interval of one day."""
    return None if day is None else Interval(day, day, "day")


def months(year: int, month: int, count: int, grain: str) -> Interval | None:
    """``count`` whole months from the first of ``month``, which may lie outside 1 to 12."""
    first_year, first_month = year + (month - 1) // 12, (month - 1) % 12 + 1
    ends = first_month - 1 + count - 1
    last_year, last_month = first_year + ends // 12, ends % 12 + 1
    if not (1 <= first_year <= 9999 and 1 <= last_year <= 9999):
        return None
    last = date(last_year, last_month, calendar.monthrange(last_year, last_month)[1])
    return Interval(date(first_year, first_month, 1), last, grain)


def whole_year(year: int) -> Interval | None:
    """January to December."""
    return months(year, 1, 12, "year")


def shift(day: date, days: int) -> date | None:
    """The day so many days later."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def add_months(day: date, count: int) -> date | None:
    """The same day of the month so many months later; the last one where the month is shorter."""
    year, month = day.year + (day.month - 1 + count) // 12, (day.month - 1 + count) % 12 + 1
    if not 1 <= year <= 9999:
        return None
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def period_at(day: date, unit: str, offset: int) -> Interval | None:
    """The calendar period of ``unit`` that lies ``offset`` periods after the one that holds ``day``."""
    if unit == "day":
        return one_day(shift(day, offset))
    if unit == "week":
        monday = shift(day, 7 * offset - day.weekday())
        sunday = shift(monday, 6) if monday else None
        return Interval(monday, sunday, "week") if monday and sunday else None
    if unit == "decade":
        return months(day.year - day.year % 10 + 10 * offset, 1, 120, "decade")
    size = MONTHS_OF[unit]
    start = (day.month - 1) // size * size + 1
    return months(day.year, start + offset * size, size, unit)


def moved(day: date, unit: str, count: int) -> Interval | None:
    """What "so many ``unit`` from ``day``" means: a day for days and weeks, else the month or year it falls into."""
    if unit in {"day", "week"}:
        target = one_day(shift(day, count * (7 if unit == "week" else 1)))
        return replace(target, approximate=unit == "week" and abs(count) > 1) if target else None
    landed = add_months(day, count * MONTHS_OF[unit])
    if landed is None:
        return None
    found = period_at(landed, "month" if unit in {"month", "quarter", "half"} else "year", 0)
    return replace(found, approximate=True) if found else None


def by_years(period: Interval, count: int) -> Interval | None:
    """The same period so many years later; one that ends with a month ends with that month there too."""
    first, last = add_months(period.first, 12 * count), add_months(period.last, 12 * count)
    if first is None or last is None:
        return None
    if period.last.day == calendar.monthrange(period.last.year, period.last.month)[1]:
        last = last.replace(day=calendar.monthrange(last.year, last.month)[1])
    return replace(period, first=first, last=last)


def stretch(day: date, unit: str, count: int) -> Interval | None:
    """The ``count`` units that end on ``day``, or begin there where ``count`` is negative."""
    if unit in {"day", "week"}:
        other = shift(day, -count * (7 if unit == "week" else 1))
    else:
        other = add_months(day, -count * MONTHS_OF[unit])
    if other is None:
        return None
    return Interval(min(day, other), max(day, other), unit, approximate=True)


def stage_of(period: Interval, stage: str) -> Interval | None:
    """The early, middle or late part of a period.

    Ten days of a month, a quarter of a year (the middle one is a month longer), three or four years of a decade, two or
    three days of a week.
    """
    first, last = period.first, period.last
    if period.grain == "month":
        ends = {"early": (1, 10), "middle": (11, 20), "late": (21, last.day)}[stage]
        return Interval(first.replace(day=ends[0]), first.replace(day=ends[1]), "days", approximate=True)
    if period.grain == "year":
        start, count = {"early": (1, 3), "middle": (5, 4), "late": (10, 3)}[stage]
        found = months(first.year, start, count, "months")
    elif period.grain in {"quarter", "half"}:
        size = MONTHS_OF[period.grain] // 3
        found = months(first.year, first.month + {"early": 0, "middle": size, "late": 2 * size}[stage], size, "months")
    elif period.grain == "decade":
        start, count = {"early": (0, 4), "middle": (4, 3), "late": (7, 3)}[stage]
        found = months(first.year + start, 1, 12 * count, "years")
    elif period.grain == "week":
        start, count = {"early": (0, 2), "middle": (2, 2), "late": (4, 3)}[stage]
        begin = shift(first, start)
        end = shift(first, start + count - 1)
        found = Interval(begin, end, "days") if begin and end else None
    else:
        return None
    return replace(found, approximate=True) if found else None


def spanning(first: Interval, last: Interval) -> Interval | None:
    """From the beginning of one interval to the end of another, or None where they run backwards."""
    if last.last < first.first:
        return None
    grain = first.grain if first.grain == last.grain else "days"
    return Interval(first.first, last.last, grain, first.approximate or last.approximate)
