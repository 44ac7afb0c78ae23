"""From readings to values: quantities in their base, dates placed in time."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import date, timedelta, timezone

from msgspec.structs import replace

from service.pipeline.annotations import Article, Document, Span, Value
from service.pipeline.values.clock import LAST, NOON, ClockTime, instant
from service.pipeline.values.data import Quotes
from service.pipeline.values.expressions import Context, Day, Weekday
from service.pipeline.values.knowledge import Knowledge
from service.pipeline.values.lexing import SIGN, Lexeme
from service.pipeline.values.periods import Interval
from service.pipeline.values.quantities import Quantity
from service.pipeline.values.reading import LoneClock, Moment, Reading, SentenceReader
from service.pipeline.values.relative import Offset, SamePeriod

SPOKEN = 14
"""Days before publication in which a quotation may have been spoken."""


def local_day(article: Article, knowledge: Knowledge) -> date | None:
    """The day on which the article was published where its publisher lives, or None."""
    published = article.published_at
    if published is None:
        return None
    home = knowledge.calendar.clock.home
    offset = published.utcoffset()
    if offset is not None and offset.total_seconds() / 3600 not in home:
        published = published.astimezone(timezone(timedelta(hours=home[0])))
    return published.date()


def find_values(document: Document, knowledge: Knowledge) -> tuple[Value, ...]:
    """The values of a document in the order of its text, with ids ``v1``, ``v2`` …

    Relative dates are resolved against the day of publication, those inside a quotation against the day it was spoken;
    where that is not known they are left out. A clock time is reported as part of the date that it belongs to, or by
    itself where its sentence has named the day before.
    """
    lex = knowledge.lexer.lex
    readings: list[Reading] = []
    for sentence in document.sentences:
        reading = SentenceReader(sentence, lex(document.text, sentence.start, sentence.end), knowledge).read()
        readings.append(_in_dateline(reading) if sentence.role == "dateline" else reading)
    placer = Placer(document, knowledge)
    by_paragraph = itertools.groupby(readings, key=lambda reading: reading.sentence.paragraph)
    return tuple(value for _, group in by_paragraph for value in placer.place(list(group)))


def _in_dateline(reading: Reading) -> Reading:
    """Of a dateline only the day that it writes out with its year, as statements to the press do."""
    days = (found for found in reading.found if isinstance(found, Moment))
    told = tuple(day for day in days if isinstance(day.dated.expression, Day) and day.dated.expression.year is not None)
    return replace(reading, found=told)


class Placer:
    """Turns readings into values, placing each date against publication, quotation and what was said before."""

    def __init__(self, document: Document, knowledge: Knowledge) -> None:
        self.document = document
        self.knowledge = knowledge
        self.today = local_day(document.article, knowledge)
        self.zone = self._zone()
        self.told: Interval | None = None
        self.ids = map("v{}".format, itertools.count(1))

    def _zone(self) -> float:
        """The zone of a clock time that names none: the publisher's."""
        home = self.knowledge.calendar.clock.home
        published = self.document.article.published_at
        offset = published.utcoffset() if published else None
        hours = offset.total_seconds() / 3600 if offset is not None else home[0]
        return hours if hours in home else home[0]

    def place(self, paragraph: list[Reading]) -> Iterator[Value]:
        """The values of one paragraph."""
        self.told = None
        inside = False
        quoted = []
        dated = any(isinstance(found, Moment) for reading in paragraph for found in reading.found)
        for reading in paragraph if dated else ():
            flags = find_quoted(reading.lexemes, self.knowledge.calendar.quotes, inside)
            inside = bool(flags) and flags[-1]
            quoted.append(flags)
        spoken = self._spoken(paragraph, quoted) if dated else [None] * len(paragraph)
        for i, reading in enumerate(paragraph):
            yield from self._place(reading, quoted[i] if dated else [], spoken[i])

    def _place(self, reading: Reading, quoted: list[bool], spoken: date | None) -> Iterator[Value]:
        """The values of one sentence; ``spoken`` is the day of what it quotes."""
        anchor: Interval | None = None
        before: ClockTime | None = None
        for found in reading.found:
            if isinstance(found, Quantity):
                yield self._quantity(reading.lexemes, found)
            elif isinstance(found, LoneClock):
                if anchor is not None and anchor.is_day and not found.clock.elsewhere:
                    overnight = before is not None and before.begin - found.clock.begin > NOON
                    anchor = anchor.day_after() if overnight else anchor
                    before = found.clock
                    yield self._time(found, anchor)
            else:
                today = spoken if spoken and quoted[found.dated.first] else self.today
                interval = self._resolve(found, today, anchor)
                if interval is not None:
                    anchor = self.told = interval
                    before = found.clock
                    yield self._date(found, interval)
                elif found.fallback is not None:
                    yield self._quantity(reading.lexemes, found.fallback)

    def _spoken(self, paragraph: list[Reading], quoted: list[list[bool]]) -> list[date | None]:
        """For each sentence the day on which what it quotes was spoken: that of the speech tag behind the quotation."""
        days: list[date | None] = [None] * len(paragraph)
        for i in range(len(paragraph) - 1, -1, -1):
            runs_on = i + 1 < len(paragraph) and bool(quoted[i]) and quoted[i][-1]
            days[i] = self._day_behind(paragraph[i], quoted[i]) or (days[i + 1] if runs_on else None)
        return days

    def _day_behind(self, reading: Reading, quoted: list[bool]) -> date | None:
        """The first day named behind a quotation in its sentence, if it lies shortly before publication."""
        if self.today is None or True not in quoted:
            return None
        opening = quoted.index(True)
        for found in reading.found:
            if not isinstance(found, Moment) or quoted[found.dated.first] or found.dated.first < opening or found.ahead:
                continue
            if isinstance(found.dated.expression, Day | Weekday):
                interval = found.dated.expression.resolve(Context(self.today))
                if interval and 0 <= (self.today - interval.first).days <= SPOKEN:
                    return interval.first
        return None

    def _resolve(self, found: Moment, today: date | None, anchor: Interval | None) -> Interval | None:
        expression = found.dated.expression
        later = isinstance(expression, SamePeriod) or (isinstance(expression, Offset) and expression.count > 0)
        return expression.resolve(Context(today, anchor or (self.told if later else None), found.ahead, found.since))

    def _date(self, found: Moment, interval: Interval) -> Value:
        first, last, grain = interval.first.isoformat(), interval.last.isoformat(), interval.grain
        if found.clock is not None and interval.is_day and not found.clock.elsewhere:
            first, last = self._instants(interval.first, found.clock)
            grain = "minute"
        return Value(
            id=next(self.ids),
            kind="date",
            span=found.span,
            approximate=interval.approximate,
            from_=first,
            to=last,
            grain=grain,
            rule=found.dated.expression.rule,
        )

    def _time(self, found: LoneClock, anchor: Interval) -> Value:
        """A clock time on the day that its sentence has named before, or the day after where it goes back by more than
        half a day ("pada Rabu pukul 23.40 dan hilang kontak pada pukul 00.20")."""
        first, last = self._instants(anchor.first, found.clock)
        return Value(
            id=next(self.ids), kind="time", span=found.span, from_=first, to=last, grain="minute", rule="clock"
        )

    def _instants(self, day: date, clock: ClockTime) -> tuple[str, str]:
        """The beginning and end of a clock time on a day; an end before the beginning is on the next day."""
        zone = self.zone if clock.zone is None else clock.zone
        later = 0 if clock.end >= clock.begin else LAST
        return instant(day, clock.begin, zone), instant(day, clock.end + later, zone)

    def _quantity(self, lexemes: list[Lexeme], found: Quantity) -> Value:
        measure = found.measure
        age = self.knowledge.age
        base, factor, offset = (measure.base, measure.factor, measure.offset) if measure else (None, 1.0, 0.0)
        if found.rule == "age":
            base, factor = age.base, age.factor
        low, high = ((v + offset) * factor if v is not None and base else None for v in (found.low, found.high))
        return Value(
            id=next(self.ids),
            kind=found.kind,
            span=Span(lexemes[found.first].start, lexemes[found.last - 1].end),
            low=found.low,
            high=found.high,
            unit=found.unit,
            approximate=found.approximate,
            number=Span(lexemes[found.numeral[0]].start, lexemes[found.numeral[1] - 1].end),
            base=base,
            base_low=low,
            base_high=high,
            rule=found.rule,
        )


def find_quoted(lexemes: list[Lexeme], marks: Quotes, inside: bool) -> list[bool]:
    """For each lexeme whether it stands inside quotation marks; ``inside`` says so of what comes before the first."""
    flags = []
    for lexeme in lexemes:
        if lexeme.kind == SIGN:
            if lexeme.text in marks.both:
                inside = not inside
            elif lexeme.text in marks.open:
                inside = True
            elif lexeme.text in marks.close:
                inside = False
        flags.append(inside)
    return flags
