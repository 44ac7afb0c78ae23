"""Clock times: ``pukul 22.30 WIB``, ``jam 10 malam``, ``13.21 WIB``, ``pukul 08.00–10.00 Wita``.

A clock time is told in minutes of its day, with its zone's offset in hours where the text names it. Hour 24 is
the end of the day. Hours in words ("pukul tujuh") are not read.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone

import msgspec
from msgspec.structs import replace

from service.pipeline.values.knowledge import Knowledge
from service.pipeline.values.lexing import NUMBER, Lexeme

NOON = 12 * 60
LAST = 24 * 60


class ClockTime(msgspec.Struct, frozen=True):
    """A clock time, lexemes ``first`` up to ``last``: minute ``begin`` of the day to minute ``end``.

    ``zone`` is the offset from UTC in hours, None where none is named; ``elsewhere`` says that the time is that of a
    place whose zone the text does not give.
    """

    first: int
    last: int
    begin: int
    end: int
    zone: float | None = None
    elsewhere: bool = False


def read_clock(lexemes: list[Lexeme], i: int, knowledge: Knowledge) -> ClockTime | None:
    """The clock time at ``i``; without a word that announces it, only one with minutes and a zone."""
    cue = knowledge.clock_cues.match(lexemes, i)
    read = _read_minutes(lexemes, cue[0] if cue else i, knowledge)
    if read is None:
        return None
    last, begin, exact = read
    if cue is None and not exact:
        return None
    found = ClockTime(i, last, begin, begin)
    until = knowledge.clock_until.match(lexemes, last)
    if until:
        again = knowledge.clock_cues.match(lexemes, until[0])
        second = _read_minutes(lexemes, again[0] if again else until[0], knowledge)
        if second and (second[2] or again):
            found = replace(found, last=second[0], end=second[1])
    found = _read_part(lexemes, found, knowledge)
    found = _read_zone(lexemes, found, knowledge)
    return found if cue or found.zone is not None or found.elsewhere else None


def _read_minutes(lexemes: list[Lexeme], i: int, knowledge: Knowledge) -> tuple[int, int, bool] | None:
    """The place after ``22.30``, ``22:30`` or ``22``, the minute of the day, and whether minutes are told."""
    if i >= len(lexemes) or lexemes[i].kind != NUMBER:
        return None
    groups = lexemes[i].text.split(".")
    last = i + 1
    if len(groups) == 1 and last + 1 < len(lexemes) and lexemes[last].text == ":" and lexemes[last + 1].kind == NUMBER:
        groups = [*groups, lexemes[last + 1].text]
        last += 2
        if last + 1 < len(lexemes) and lexemes[last].text == ":" and lexemes[last + 1].kind == NUMBER:
            last += 2
    if not 1 <= len(groups) <= 3 or not all(group.isdigit() and len(group) <= 2 for group in groups):
        return None
    hour, minute = int(groups[0]), int(groups[1]) if len(groups) > 1 else 0
    if hour > 24 or minute > 59 or (len(groups) > 1 and len(groups[1]) != 2):
        return None
    return last, min(hour * 60 + minute, LAST), len(groups) > 1


def _read_part(lexemes: list[Lexeme], found: ClockTime, knowledge: Knowledge) -> ClockTime:
    """The time with the part of the day that tells which twelve hours are meant."""
    part = knowledge.day_parts.match(lexemes, found.last)
    if part is None:
        return found
    begin, end = (m + NOON if part[1] and m < NOON else m for m in (found.begin, found.end))
    return replace(found, last=part[0], begin=begin, end=end)


def _read_zone(lexemes: list[Lexeme], found: ClockTime, knowledge: Knowledge) -> ClockTime:
    if found.last >= len(lexemes):
        return found
    zone = knowledge.calendar.clock.zones.get(lexemes[found.last].lower)
    if zone is not None:
        return replace(found, last=found.last + 1, zone=zone)
    elsewhere = knowledge.elsewhere.match(lexemes, found.last)
    return replace(found, last=elsewhere[0], elsewhere=True) if elsewhere else found


def instant(day: date, minute: int, zone: float) -> str:
    """The minute of a day in a zone as an ISO 8601 date-time; the calendar's last day ends with its last minute."""
    midnight = datetime.combine(day, time(), timezone(timedelta(hours=zone)))
    try:
        return (midnight + timedelta(minutes=minute)).isoformat()
    except OverflowError:
        return (midnight + timedelta(minutes=LAST - 1)).isoformat()
