"""Clock times that a clause gives its predicate: "bubar pukul 18.10 Wita".

A time without a zone is of the zone in which the article was published. Words are data (``scopes.yaml``). Hours in
words ("jam setengah tujuh") and ranges are not read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from service.pipeline.alignment.clauses import Clause, Term
from service.pipeline.alignment.lexicon import Lexicon
from service.pipeline.alignment.reading import Reading

DAY = 24 * 60
_CLOCK = re.compile(r"(\d{1,2})[.:](\d{2})")
_HOUR = 60


@dataclass(frozen=True, slots=True)
class Clock:
    """``minute`` of the day, 0 to 1439, in UTC; ``written`` as the article has it, HH:MM; ``index`` of its token."""

    minute: int
    written: str
    approximate: bool
    index: int

    def apart(self, other: Clock) -> int:
        """Minutes between the two, whichever comes first, at most half a day."""
        gap = abs(self.minute - other.minute)
        return min(gap, DAY - gap)


def clocks(clause: Clause, lexicon: Lexicon) -> list[Clock]:
    """The clock times of a clause that no word of reporting frames."""
    reading = clause.reading
    found: list[Clock] = []
    if lexicon.scopes.clock_words.isdisjoint(clause.words()):
        return found
    for index in range(clause.first, clause.last - 1):
        if reading.words[index] in lexicon.scopes.clock_words and not reading.frame[index]:
            clock = _at(reading, index + 1, clause.last, lexicon)
            if clock is not None:
                found.append(clock)
    return found


def _at(reading: Reading, index: int, end: int, lexicon: Lexicon) -> Clock | None:
    match = _CLOCK.fullmatch(reading.words[index])
    if match is None or int(match[1]) >= 24 or int(match[2]) >= _HOUR:
        return None
    zone = reading.words[index + 1] if index + 1 < end else ""
    minutes = int(match[1]) * _HOUR + int(match[2])
    hedged = any(word in lexicon.scopes.hedging for word in reading.words[max(index - 3, 0) : index - 1])
    return Clock((minutes - _offset(reading, zone, lexicon)) % DAY, f"{int(match[1]):02d}:{match[2]}", hedged, index)


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
    best: Clock | None = None
    for clock in found:
        low, high = sorted((term.index, clock.index))
        between = [t for t in clause.terms if t.verb and low < t.index < high]
        words = clause.reading.words
        if any(lexicon.is_derived(words[t.index]) and words[t.index] not in lexicon.scopes.occurrence for t in between):
            continue
        if best is None or abs(clock.index - term.index) < abs(best.index - term.index):
            best = clock
    return best
