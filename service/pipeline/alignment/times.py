"""When a clause is set: the days it states or points back to, and the moment that a number holds for.

Words are data (``scopes.yaml``). A time that only tells which thing is meant ("anggaran 2023") sets no clause.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from service.pipeline.alignment.clauses import Clause
from service.pipeline.alignment.lexicon import Lexicon
from service.pipeline.alignment.reading import Amount, Reading
from service.pipeline.annotations import Value

TIMES = frozenset({"date", "time"})
INCIDENT = "@incident"
_CLOCK = re.compile(r"(\d{1,2})[.:](\d{2})")
_NEARBY = 60
_MONTH = 27
_PAST = 62
_RECENT = 9


def days_of(value: Value) -> tuple[str, str] | None:
    """First and last day of a dated value, as ISO dates."""
    if value.kind not in ("date", "time"):
        return None
    first, last = value.from_ or value.to, value.to or value.from_
    return (first[:10], last[:10]) if first and last else None


def are_apart(one: tuple[str, str] | None, other: tuple[str, str] | None) -> bool:
    """Whether two stretches of days, each by its first and last, have no day in common; None is any day."""
    return one is not None and other is not None and (one[1] < other[0] or other[1] < one[0])


def period(
    clause: Clause, clauses: Sequence[Clause], lexicon: Lexicon, counted: Amount | None = None
) -> tuple[str, str] | None:
    """First and last day of the time that the clause states, or that its sentence points back to; times in a relative
    clause behind the number that is ``counted`` are left out."""
    end = _relative_behind(clause, counted, lexicon) if counted is not None else clause.last
    for amount in clause.amounts:
        if amount.first >= end:
            break
        days = days_of(amount.value)
        if days and not clause.reading.frame[amount.first] and not _is_attribute(clause, amount, lexicon):
            return days
    if lexicon.sequences.anaphoric_times.within(clause.words()):
        for previous in reversed(clauses[: clause.number]):
            if previous.sentence.first < clause.sentence.first - _NEARBY:
                break
            for amount in reversed(previous.amounts):
                days = days_of(amount.value)
                if days:
                    return days
    return None


def _relative_behind(clause: Clause, counted: Amount, lexicon: Lexicon) -> int:
    """Where, behind the number, a relative clause behind a comma begins; the clause's end where none does."""
    words = clause.reading.words
    for index in range(counted.last + 1, clause.last):
        if lexicon.opener.get(words[index]) == "relative" and words[index - 1] == ",":
            return index
    return clause.last


def long_period(clause: Clause, clauses: Sequence[Clause], lexicon: Lexicon, counted: Amount) -> tuple[str, str] | None:
    """The time of the clause, else a month, a year or a past time that a clause before it in its sentence states, or
    the sentence before where it is pointed back to."""
    stated = period(clause, clauses, lexicon, counted)
    if stated is not None:
        return stated
    published = clause.reading.document.article.published_at
    end = _relative_behind(clause, counted, lexicon)
    for amount in clause.amounts:
        if amount.first >= end:
            break
        days = days_of(amount.value)
        if days and published and _days(*days) <= _MONTH + 4 and _days(days[1], published.date().isoformat()) > _RECENT:
            return days
    for previous in reversed(clauses[: clause.number]):
        if previous.sentence is not clause.sentence:
            break
        found = period(previous, clauses, lexicon) or _occasion(previous)
        if found and (_days(*found) >= _MONTH or (published and _days(found[1], published.date().isoformat()) > _PAST)):
            return found
    return _era(clause, clauses, lexicon)


def _occasion(clause: Clause) -> tuple[str, str] | None:
    """The month or day, longer ago than reports go on, that tells which occasion a clause speaks of."""
    published = clause.reading.document.article.published_at
    for amount in clause.amounts:
        days = days_of(amount.value)
        if days and published and _days(*days) <= _MONTH + 4 and _days(days[1], published.date().isoformat()) > _PAST:
            return days
    return None


def _era(clause: Clause, clauses: Sequence[Clause], lexicon: Lexicon) -> tuple[str, str] | None:
    """The long past time of the sentence before, where the clause points back to what happened then ("dalam kejadian
    itu")."""
    if not lexicon.sequences.anaphoric_events.within(clause.words()):
        return None
    published = clause.reading.document.article.published_at
    for previous in reversed(clauses[: clause.number]):
        if previous.sentence.last < clause.sentence.first:
            return None
        for amount in previous.amounts:
            days = days_of(amount.value)
            if days and published and _days(days[1], published.date().isoformat()) > _PAST:
                return days
    return None


def _days(first: str, last: str) -> int:
    return (date.fromisoformat(last) - date.fromisoformat(first)).days


def _is_attribute(clause: Clause, amount: Amount, lexicon: Lexicon) -> bool:
    """Whether a time only tells which thing is meant ("anggaran 2023"): it stands right behind a noun."""
    index = amount.first - 1
    if index < clause.first or clause.reading.mention_at[index] is not None:
        return False
    concept, word = clause.reading.concepts[index], clause.reading.words[index]
    return (
        bool(concept)
        and word not in lexicon.light
        and word not in lexicon.scopes.spans
        and not clause.reading.is_verb(index, lexicon)
    )


def is_since(clause: Clause, lexicon: Lexicon) -> bool:
    """Whether the stated time is where the count begins, so that it reaches to the present."""
    reading = clause.reading
    for amount in clause.amounts:
        if amount.value.kind in TIMES:
            return any(
                word in lexicon.scopes.since for word in reading.words[max(amount.first - 2, 0) : amount.first + 1]
            )
    return False


def as_of(clause: Clause, clauses: Sequence[Clause], lexicon: Lexicon, counted: Amount) -> str | None:
    """The time that a number holds for: a date behind "per" or "hingga" with the part of the day beside it, in its
    clause or in one before it in the sentence; else the day that the clause states or points back to, where that is not
    the day of what happened; else the time of publication. ISO, a day or a clock time."""
    reading = clause.reading
    published = reading.document.article.published_at
    moment = published.strftime("%Y-%m-%dT%H:%M") if published else None
    for amount in _amounts_before(clause, clauses):
        days = days_of(amount.value)
        words = reading.words[max(clause.sentence.first, amount.first - 3) : amount.first]
        if days and lexicon.sequences.as_of.within(words):
            if moment and days[1] > moment[:10]:
                break
            clock = _clock(reading, amount, lexicon)
            return f"{days[1]}T{clock}" if clock else moment if moment and moment.startswith(days[1]) else days[1]
    hour = _hour_behind(clause, lexicon)
    stated = period(clause, clauses, lexicon)
    if hour and moment and (day := stated[1] if stated and stated[0] == stated[1] else moment[:10]) <= moment[:10]:
        return f"{day}T{hour}"
    if stated and stated[0] == stated[1] and moment and stated[1] < moment[:10] and not is_since(clause, lexicon):
        return moment if _tells_of_occasion(clause, counted, lexicon) else stated[1]
    return moment


def _amounts_before(clause: Clause, clauses: Sequence[Clause]) -> list[Amount]:
    """The amounts of the clause, and behind them those of the clauses before it in its sentence, the nearest first."""
    found = [*clause.amounts]
    for number in range(clause.number - 1, -1, -1):
        if clauses[number].sentence is not clause.sentence:
            break
        found += clauses[number].amounts
    return found


def _tells_of_occasion(clause: Clause, counted: Amount, lexicon: Lexicon) -> bool:
    """Whether the clause names what happened, so that its day is the day of that, and no count need hold for it
    ("gempa pada Jumat menewaskan tujuh orang", "yang menewaskan tujuh orang pada Jumat")."""
    words, active = clause.reading.words, lexicon.scopes.active_prefixes
    for term in clause.terms:
        known = lexicon.concepts.get(term.concept)
        if term.concept == INCIDENT:
            return True
        if known is None or not known.once:
            continue
        causes = term.index < counted.first and words[term.index].startswith(active)
        if causes if known.kind == "status" else not (known.developing and term.verb):
            return True
    return False


def _hour_behind(clause: Clause, lexicon: Lexicon) -> str | None:
    """The clock time that stands, without a day, behind "per" or "hingga": ``HH:MM``."""
    words = clause.words()
    if not lexicon.sequences.as_of.within(words):
        return None
    for index in range(len(words)):
        match = lexicon.sequences.as_of.match(words, index)
        if match:
            for word in words[index + match[0] : index + match[0] + 2]:
                clock = _CLOCK.fullmatch(word)
                if clock and int(clock[1]) < 24 and int(clock[2]) < 60:
                    return f"{int(clock[1]):02d}:{clock[2]}"
    return None


def _clock(reading: Reading, amount: Amount, lexicon: Lexicon) -> str | None:
    """The clock time that stands with a date: its own, a time beside it, or a part of the day."""
    if amount.value.to and "T" in amount.value.to:
        return amount.value.to[11:16]
    for index in range(amount.first, min(amount.last + 4, len(reading.words))):
        other = reading.amount_at[index]
        if other is not None and other.value.kind == "time" and other.value.to and "T" in other.value.to:
            return other.value.to[11:16]
        clock = _CLOCK.fullmatch(reading.words[index])
        if clock and int(clock[1]) < 24 and int(clock[2]) < 60:
            return f"{int(clock[1]):02d}:{clock[2]}"
        if reading.words[index] in lexicon.scopes.hours:
            return lexicon.scopes.hours[reading.words[index]]
    return None
