"""From a document to its values: each sentence is read from left to right, then the dates are placed in time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta, timezone

from service.pipeline.annotations import Article, Document, Sentence, Span, Value
from service.pipeline.values.clock import ClockTime, instant, read_clock
from service.pipeline.values.expressions import Context, Day, Offset, Weekday
from service.pipeline.values.identifiers import glued_to_letters, names, skip_chain, skip_identifier
from service.pipeline.values.knowledge import Knowledge
from service.pipeline.values.lexing import NUMBER, WORD, Lexeme
from service.pipeline.values.periods import Interval
from service.pipeline.values.quantities import Quantity, read_quantity
from service.pipeline.values.temporal import Dated, DateReader, nearby

LOOK_BACK = 10
"""Lexemes before a date in which a word may say that its clause looks ahead."""
SPOKEN = 14
"""Days before publication in which a quotation may have been spoken."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A date as read in a sentence, with the clock time that belongs to it and what its clause says of it."""

    span: Span
    dated: Dated
    clock: ClockTime | None
    ahead: bool
    since: bool
    fallback: Quantity | None


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence's moments and quantities in the order of the text."""

    sentence: Sentence
    lexemes: list[Lexeme]
    found: tuple[Moment | Quantity, ...]


class SentenceReader:
    """Reads one sentence's values, without placing its dates in time."""

    def __init__(self, sentence: Sentence, lexemes: list[Lexeme], knowledge: Knowledge) -> None:
        self.sentence = sentence
        self.lexemes = lexemes
        self.knowledge = knowledge
        self.dates = DateReader(lexemes, knowledge)
        self.headline = sentence.role == "headline"

    def read(self) -> Reading:
        """All values of the sentence."""
        return Reading(self.sentence, self.lexemes, tuple(self._scan()))

    def _scan(self) -> Iterator[Moment | Quantity]:
        triggers = self.knowledge.triggers
        i = 0
        while i < len(self.lexemes):
            lexeme = self.lexemes[i]
            if lexeme.kind == WORD and lexeme.lower not in triggers:
                i += 1
                continue
            found, after = self._at(i)
            yield from found
            i = max(after, i + 1)

    def _at(self, i: int) -> tuple[list[Moment | Quantity], int]:
        """What begins at lexeme ``i``, and the place where reading goes on."""
        skipped = skip_identifier(self.lexemes, i, self.knowledge)
        if skipped is not None:
            return [], skipped
        clock = read_clock(self.lexemes, i, self.knowledge)
        if clock is not None:
            return self._clocked(clock)
        hedged = self.knowledge.about.match(self.lexemes, i)
        place = hedged[0] if hedged else i
        dated = self._dates_at(place)
        if dated:
            dated = [nearby(d, i) for d in dated] if hedged else dated
            return self._moments(dated)
        hedge = self.knowledge.hedges.match(self.lexemes, i)
        if hedge and (self._dates_at(hedge[0]) or read_clock(self.lexemes, hedge[0], self.knowledge)):
            return [], hedge[0]
        age = self._age(i)
        if age:
            return [age], age.last
        quantity = read_quantity(self.lexemes, i, self.knowledge, self.headline)
        if quantity is None:
            return [], skip_chain(self.lexemes, i) or i + 1 if self.lexemes[i].kind == NUMBER else i + 1
        return self._judge(quantity)

    def _dates_at(self, i: int) -> list[Dated]:
        """The dates at ``i``, unless they are part of a name or rather a count ("2000 orang")."""
        if i >= len(self.lexemes):
            return []
        dated = self.dates.read(i)
        if len(dated) == 1 and dated[0].last == i + 1 and self.lexemes[i].kind == NUMBER:
            return dated if self._is_year(i) else []
        return dated

    def _is_year(self, i: int) -> bool:
        """Whether four digits are a year: not in an event's name, and counting nothing."""
        before = self.lexemes[i - 1] if i else None
        if before is not None and before.lower in self.knowledge.calendar.year_introducers:
            return True
        if glued_to_letters(self.lexemes, i):
            return False
        counted = read_quantity(self.lexemes, i, self.knowledge, self.headline)
        return not (counted and counted.known) and skip_chain(self.lexemes, i) is None

    def _in_name(self, i: int) -> bool:
        """Whether the year at ``i`` ends the name of an event: ``Piala Dunia 2022``."""
        place = i - 1
        while place >= 0 and i - place <= 4 and self.lexemes[place].kind == WORD:
            if self.lexemes[place].lower in self.knowledge.calendar.year_names:
                return True
            if not self.lexemes[place].capitalised:
                return False
            place -= 1
        return False

    def _moments(self, dated: list[Dated]) -> tuple[list[Moment | Quantity], int]:
        first = dated[0]
        if len(dated) == 1 and first.last == first.first + 1 and self.lexemes[first.first].kind == NUMBER:
            if self._in_name(first.first):
                return [], first.last
        clock = self._clock_behind(dated[-1].last)
        moments: list[Moment | Quantity] = [self._moment(d, None) for d in dated[:-1]]
        moments.append(self._moment(dated[-1], clock))
        return moments, clock.last if clock else dated[-1].last

    def _clock_behind(self, i: int) -> ClockTime | None:
        """The clock time that goes with the date that ends at ``i``, across the words between them."""
        for _ in range(4):
            clock = read_clock(self.lexemes, i, self.knowledge)
            if clock is not None:
                return clock
            glue = self.knowledge.clock_glue.match(self.lexemes, i) or self.knowledge.day_parts.match(self.lexemes, i)
            if glue:
                i = glue[0]
            elif i < len(self.lexemes) and self.lexemes[i].text == ",":
                i += 1
            else:
                return None
        return None

    def _clocked(self, clock: ClockTime) -> tuple[list[Moment | Quantity], int]:
        """A clock time with the date that follows it; one without a date of its own is no value."""
        i = clock.last
        for _ in range(3):
            dated = self._dates_at(i)
            if len(dated) == 1:
                return [self._moment(replace(dated[0], first=clock.first), clock)], dated[0].last
            glue = self.knowledge.clock_glue.match(self.lexemes, i)
            if glue:
                i = glue[0]
            elif i < len(self.lexemes) and self.lexemes[i].text in {",", "("}:
                i += 1
            else:
                break
        return [], clock.last

    def _moment(self, dated: Dated, clock: ClockTime | None) -> Moment:
        last = max(dated.last, clock.last if clock else 0)
        span = Span(self.lexemes[dated.first].start, self.lexemes[last - 1].end)
        fallback = None
        if isinstance(dated.expression, Offset) and dated.expression.narrative and dated.expression.count > 0:
            fallback = read_quantity(self.lexemes, dated.first, self.knowledge)
        since = dated.first > 0 and self.lexemes[dated.first - 1].lower in self.knowledge.calendar.since
        return Moment(span, dated, clock, self._looks_ahead(dated.first), since, fallback)

    def _looks_ahead(self, i: int) -> bool:
        """Whether a word before the date in its clause says that the clause speaks of the future."""
        for place in range(i - 1, max(-1, i - 1 - LOOK_BACK), -1):
            lexeme = self.lexemes[place]
            if lexeme.kind != WORD and lexeme.kind != NUMBER:
                return False
            if lexeme.lower in self.knowledge.calendar.ahead:
                return True
        return False

    def _age(self, i: int) -> Quantity | None:
        """``Sukini (54)``: an age in years."""
        if not 0 < i < len(self.lexemes) - 1 or self.lexemes[i].kind != NUMBER or i < 2:
            return None
        before, sign, after, number = self.lexemes[i - 2], self.lexemes[i - 1], self.lexemes[i + 1], self.lexemes[i]
        digits = number.text.isdigit() and number.text[0] != "0" and len(number.text) <= 3
        if not digits or sign.text != "(" or after.text != ")" or not before.capitalised:
            return None
        age = self.knowledge.age
        years = float(number.text)
        return Quantity(i, i + 1, years, years, (i, i + 1), "duration", age.unit, rule="age") if years <= age.most else None

    def _judge(self, found: Quantity) -> tuple[list[Moment | Quantity], int]:
        """The quantity, if it is one that a reader would count, and the place where reading goes on."""
        first = found.numeral[0]
        number = self.lexemes[first]
        hedged = found.first < first and found.kind == "quantity"
        if number.kind == NUMBER:
            chain = None if found.rule.startswith("range") else skip_chain(self.lexemes, first)
            if chain is not None and found.kind != "money" and chain > found.numeral[1]:
                return [], chain
            if found.bare and glued_to_letters(self.lexemes, found.numeral[1] - 1):
                return [], found.numeral[1] + 1
            if not found.known and names(self.lexemes, first, self.knowledge):
                return [], found.numeral[1]
            if found.bare and not hedged and not self._tallies(found):
                return [], found.last
            return [found], found.last
        if first > 0 and number.capitalised and self.lexemes[first - 1].kind == WORD and not (self.headline and found.known):
            return [], found.numeral[1]
        if found.bare and not self._tallies(found):
            return [], found.last
        return [found], found.last

    def _tallies(self, found: Quantity) -> bool:
        """Whether a number without a noun still tells how many: "menjadi 62", "dua di antaranya"."""
        if self.knowledge.ellipses.match(self.lexemes, found.last):
            return True
        before = self.lexemes[found.first - 1] if found.first else None
        return before is not None and before.lower in self.knowledge.tallies


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
    where that is not known they are left out. A clock time is reported as part of the date that it belongs to.
    """
    readings = [
        SentenceReader(s, knowledge.lexer.lex(document.text, s.start, s.end), knowledge).read()
        for s in document.sentences
        if s.role != "dateline"
    ]
    placer = Placer(document, knowledge)
    values = [value for reading in readings for value in placer.place(reading)]
    return tuple(replace(value, id=f"v{number}") for number, value in enumerate(values, 1))


class Placer:
    """Turns readings into values, placing each date against publication, quotation and what was said before."""

    def __init__(self, document: Document, knowledge: Knowledge) -> None:
        self.document = document
        self.knowledge = knowledge
        self.today = local_day(document.article, knowledge)
        self.zone = self._zone()
        self.paragraph = -1
        self.told: Interval | None = None

    def _zone(self) -> float:
        """The zone of a clock time that names none: the publisher's."""
        home = self.knowledge.calendar.clock.home
        published = self.document.article.published_at
        offset = published.utcoffset() if published else None
        hours = offset.total_seconds() / 3600 if offset is not None else home[0]
        return hours if hours in home else home[0]

    def place(self, reading: Reading) -> Iterator[Value]:
        """The values of one sentence."""
        if reading.sentence.paragraph != self.paragraph:
            self.paragraph, self.told = reading.sentence.paragraph, None
        quoted = _quoted(reading.lexemes, self.knowledge)
        spoken = self._spoken(reading, quoted)
        anchor: Interval | None = None
        for found in reading.found:
            if isinstance(found, Quantity):
                yield self._quantity(reading.lexemes, found)
                continue
            today = spoken if spoken and quoted[found.dated.first] else self.today
            interval = self._resolve(found, today, anchor)
            if interval is not None:
                anchor = self.told = interval
                yield self._date(found, interval)
            elif found.fallback is not None:
                yield self._quantity(reading.lexemes, found.fallback)

    def _resolve(self, found: Moment, today: date | None, anchor: Interval | None) -> Interval | None:
        expression = found.dated.expression
        later = isinstance(expression, Offset) and expression.count > 0
        return expression.resolve(Context(today, anchor or (self.told if later else None), found.ahead, found.since))

    def _spoken(self, reading: Reading, quoted: list[bool]) -> date | None:
        """The day on which the sentence's quotation was spoken: that of the speech tag behind it."""
        if self.today is None or True not in quoted:
            return None
        begun = False
        for found in reading.found:
            if isinstance(found, Quantity):
                continue
            if quoted[found.dated.first]:
                begun = True
            elif begun and isinstance(found.dated.expression, Day | Weekday) and not found.ahead:
                interval = found.dated.expression.resolve(Context(self.today))
                if interval and 0 <= (self.today - interval.first).days <= SPOKEN:
                    return interval.first
        return None

    def _date(self, found: Moment, interval: Interval) -> Value:
        first, last, grain = interval.first.isoformat(), interval.last.isoformat(), interval.grain
        clock = found.clock
        if clock is not None and interval.is_day and not clock.elsewhere:
            zone = self.zone if clock.zone is None else clock.zone
            begin, end = instant(interval.first, clock.begin, zone), instant(interval.first, clock.end, zone)
            if begin and end and begin <= end:
                first, last, grain = begin, end, "minute"
        rule = found.dated.expression.rule
        return Value("", "date", found.span, approximate=interval.approximate, from_=first, to=last, grain=grain, rule=rule)

    def _quantity(self, lexemes: list[Lexeme], found: Quantity) -> Value:
        measure = found.measure
        age = self.knowledge.age
        base, factor, offset = (measure.base, measure.factor, measure.offset) if measure else (None, 1.0, 0.0)
        if found.rule == "age":
            base, factor = age.base, age.factor
        low, high = ((v + offset) * factor if v is not None and base else None for v in (found.low, found.high))
        return Value(
            id="", kind=found.kind, span=Span(lexemes[found.first].start, lexemes[found.last - 1].end),
            low=found.low, high=found.high, unit=found.unit, approximate=found.approximate,
            number=Span(lexemes[found.numeral[0]].start, lexemes[found.numeral[1] - 1].end),
            base=base, base_low=low, base_high=high, rule=found.rule,
        )  # fmt: skip


def _quoted(lexemes: list[Lexeme], knowledge: Knowledge) -> list[bool]:
    """For each lexeme whether it stands inside quotation marks that open in its sentence."""
    marks = knowledge.calendar.quotes
    inside = False
    flags = []
    for lexeme in lexemes:
        if lexeme.text in marks.both:
            inside = not inside
        elif lexeme.text in marks.open:
            inside = True
        elif lexeme.text in marks.close:
            inside = False
        flags.append(inside)
    return flags
