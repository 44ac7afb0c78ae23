"""Clock times that a clause gives its predicate: "bubar pukul 18.10 Wita".

A time without a zone is of the zone in which the article was published, one "waktu setempat" of a zone that is not
known. A part of the day ("Kamis malam") is a stretch of hours. Words are data (``scopes.yaml``). Hours in words ("jam
setengah tujuh") are not read, and of a range only where it begins.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from service.pipeline.alignment.clauses import Clause, Term
from service.pipeline.alignment.events.adjuncts import is_of_report
from service.pipeline.alignment.lexicon import Lexicon
from service.pipeline.alignment.reading import Reading

DAY = 24 * 60
_CLOCK = re.compile(r"(\d{1,2})[.:](\d{2})")
_HOUR = 60
# zones are apart by whole and half hours
_ZONES = 30
_BEHIND = 3
_ASIDE = frozenset(")(,")


class Clock(msgspec.Struct, frozen=True, gc=False):
    """``minute`` of the day, 0 to 1439, in UTC; ``written`` as the article has it, HH:MM; ``index`` of its token.

    ``local``: of a place whose zone is not known; ``until``: where something that goes on ends.
    """

    minute: int
    written: str
    approximate: bool
    index: int
    local: bool = False
    until: bool = False

    def apart(self, other: Clock) -> int:
        """Minutes between the two, whichever comes first, at most half a day; where the zone of one is not known, what
        is left when it is set right by half hours."""
        gap = abs(self.minute - other.minute)
        gap = min(gap, DAY - gap)
        if self.local == other.local:
            return gap
        return min(gap % _ZONES, _ZONES - gap % _ZONES)


class Part(msgspec.Struct, frozen=True):
    """A part of the day: minutes ``first`` to ``last`` of the day, as the article tells the time; its ``word``."""

    first: int
    last: int
    word: str

    def apart(self, other: Part) -> bool:
        """Whether the two share no minute."""
        return self.last < other.first or other.last < self.first

    def holds(self, clock: Clock) -> bool:
        """Whether ``clock`` as written lies in the part, an hour more or less."""
        minute = int(clock.written[:2]) * _HOUR + int(clock.written[3:])
        return any(self.first - _HOUR <= minute + turn <= self.last + _HOUR for turn in (0, DAY))


def clocks(clause: Clause, lexicon: Lexicon) -> list[Clock]:
    """The clock times of a clause that no word of reporting frames."""
    reading = clause.reading
    found: list[Clock] = []
    words, scopes = clause.words(), lexicon.scopes
    if scopes.clock_words.isdisjoint(words) and scopes.clock_zones.keys().isdisjoint(words):
        return found
    for index in range(clause.first, clause.last - 1):
        announced = reading.words[index] in lexicon.scopes.clock_words
        zoned = reading.words[index + 1] in lexicon.scopes.clock_zones
        zoned = zoned and reading.words[index - 1 if index else 0] not in lexicon.scopes.clock_words
        if (announced or zoned) and not reading.frame[index]:
            clock = _at(reading, index + announced, clause.last, lexicon)
            if clock is not None:
                found.append(clock)
    return found


def _at(reading: Reading, index: int, end: int, lexicon: Lexicon) -> Clock | None:
    match = _CLOCK.fullmatch(reading.words[index])
    if match is None or int(match[1]) >= 24 or int(match[2]) >= _HOUR:
        return None
    zone = reading.words[index + 1] if index + 1 < end else ""
    minutes = int(match[1]) * _HOUR + int(match[2])
    hedged = any(word in lexicon.scopes.hedging for word in reading.words[max(index - 3, 0) : index])
    written = f"{int(match[1]):02d}:{match[2]}"
    local = zone not in lexicon.scopes.clock_zones and is_elsewhere(reading, index + 1, end, lexicon)
    until = any(word in lexicon.scopes.clock_ends for word in reading.words[max(index - 3, 0) : index])
    return Clock((minutes - _offset(reading, zone, lexicon)) % DAY, written, hedged, index, local, until)


def is_elsewhere(reading: Reading, index: int, end: int, lexicon: Lexicon) -> bool:
    """Whether the time that ends in front of token ``index`` is that of another place ("waktu setempat")."""
    for word in reading.words[index : min(index + _BEHIND, end)]:
        if word in lexicon.scopes.clock_places:
            return True
        if word not in lexicon.scopes.day_parts and word not in _ASIDE:
            return False
    return False


def part_of(reading: Reading, first: int, last: int, lexicon: Lexicon) -> Part | None:
    """The part of the day that stands in a date, tokens ``first`` to ``last``, or right behind it."""
    stop = min(last + _BEHIND, len(reading.words))
    for index in range(first, stop):
        word = reading.words[index]
        hours = lexicon.scopes.day_parts.get(word)
        if hours is not None:
            begin, end = (int(hour[:2]) * _HOUR + int(hour[3:]) for hour in hours)
            return Part(begin, end, word)
        if index >= last and word not in _ASIDE:
            return None
    return None


def _offset(reading: Reading, zone: str, lexicon: Lexicon) -> int:
    """The minutes by which ``zone``, else the article's own, is ahead of UTC."""
    if zone in lexicon.scopes.clock_zones:
        return lexicon.scopes.clock_zones[zone] * _HOUR
    published = reading.document.article.published_at
    ahead = published.utcoffset() if published is not None else None
    return int(ahead.total_seconds() // _HOUR) if ahead is not None else 0


def clock_of(clause: Clause, term: Term, clauses: Sequence[Clause], lexicon: Lexicon) -> Clock | None:
    """The clock time nearest to the predicate ``term`` with no other derived verb between them; where its clause has
    none, the only one that opens its sentence."""
    found = clocks(clause, lexicon)
    opening = clauses[clause.number - 1] if clause.number else None
    if not found and opening is not None and opening.sentence is clause.sentence and not opening.terms:
        found = clocks(opening, lexicon)[:1]
    words = clause.reading.words
    best: Clock | None = None
    for clock in found:
        low, high = sorted((term.index, clock.index))
        between = [t for t in clause.terms if t.verb and low < t.index < high]
        if any(lexicon.is_derived(words[t.index]) and words[t.index] not in lexicon.scopes.occurrence for t in between):
            continue
        if is_of_report(clause.reading, range(low + 1, high), lexicon):
            continue
        nearer = best is None or abs(clock.index - term.index) < abs(best.index - term.index)
        if best is None or nearer or _is_parted(best, clock, term, words, lexicon):
            best = clock
    return best


def _is_parted(front: Clock, behind: Clock, term: Term, words: Sequence[str], lexicon: Lexicon) -> bool:
    """Whether a clock time in front of the predicate is of another one, to which this one is only joined ("dibuka pukul
    08.00 dan berakhir pada hari yang sama pukul 17.00")."""
    joined = lexicon.scopes.conjunctions & set(words[front.index : term.index])
    return front.index < term.index < behind.index and bool(joined)
