"""Reading of a sentence from left to right: identifiers are skipped, then times are tried, then quantities."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from msgspec.structs import replace

from service.pipeline.annotations import Sentence, Span
from service.pipeline.values.clock import ClockTime, read_clock
from service.pipeline.values.dates import Dated
from service.pipeline.values.identifiers import glued_to_letters, names, skip_chain, skip_identifier
from service.pipeline.values.knowledge import Knowledge
from service.pipeline.values.lexing import NUMBER, SIGN, TIMES, WORD, Lexeme
from service.pipeline.values.numerals import is_grouped, read_numeral
from service.pipeline.values.quantities import Quantity, read_quantity
from service.pipeline.values.relative import Offset
from service.pipeline.values.temporal import DateReader, nearby

LOOK_BACK = 10
"""Lexemes before a date in which a word may say that its clause looks ahead."""

ROUND_SUMS = ([",", "-"], [",", "–"])
"""Signs behind a sum without hundredths: "Rp 5.000,-"."""

_TOTAL_WORDS = 4
"""Words between a word for a total and the number, the noun among them."""

OPENING = frozenset("(-−")
"""Signs that a date in brackets or a negative number may begin with."""


class Moment(msgspec.Struct, frozen=True):
    """A date as read in a sentence, with the clock time that belongs to it and what its clause says of it."""

    span: Span
    dated: Dated
    clock: ClockTime | None
    ahead: bool
    since: bool
    fallback: Quantity | None


class LoneClock(msgspec.Struct, frozen=True):
    """A clock time that no date stands beside."""

    span: Span
    clock: ClockTime


Found = Moment | LoneClock | Quantity


class Reading(msgspec.Struct, frozen=True):
    """A sentence's moments, clock times and quantities in the order of the text."""

    sentence: Sentence
    lexemes: list[Lexeme]
    found: tuple[Found, ...]


class SentenceReader:
    """Reads one sentence's values, without placing its dates in time."""

    def __init__(self, sentence: Sentence, lexemes: list[Lexeme], knowledge: Knowledge) -> None:
        self.sentence = sentence
        self.lexemes = lexemes
        self.knowledge = knowledge
        self.dates = DateReader(lexemes, knowledge)
        self.headline = sentence.role == "headline"
        self.counted = False

    def read(self) -> Reading:
        """All values of the sentence."""
        return Reading(self.sentence, self.lexemes, tuple(self._scan()))

    def _scan(self) -> Iterator[Found]:
        i = 0
        lexemes, triggers = self.lexemes, self.knowledge.triggers
        while i < len(lexemes):
            # nothing begins at most words
            if (lexemes[i].kind == WORD and lexemes[i].lower not in triggers) or not self._may_begin(i):
                i += 1
                continue
            found, after = self._at(i)
            self.counted = self.counted or any(isinstance(value, Quantity) for value in found)
            yield from found
            i = max(after, i + 1)

    def _may_begin(self, i: int) -> bool:
        """Whether a value, or what keeps a number from being one, may begin at ``i``."""
        lexeme = self.lexemes[i]
        following = self.lexemes[i + 1] if i + 1 < len(self.lexemes) else None
        if lexeme.kind == SIGN:
            numbered = following is not None and following.kind == NUMBER
            return numbered if lexeme.text in OPENING else lexeme.text in self.knowledge.triggers
        if lexeme.kind != WORD:
            return True
        if lexeme.lower not in self.knowledge.leading:
            return lexeme.lower in self.knowledge.triggers
        return following is not None and (following.kind != WORD or following.lower in self.knowledge.followers)

    def _at(self, i: int) -> tuple[list[Found], int]:
        """What begins at lexeme ``i``, and the place where reading goes on."""
        skipped = skip_identifier(self.lexemes, i, self.dates, self.knowledge)
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
        quantity = read_quantity(self.lexemes, i, self.knowledge)
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
        counted = read_quantity(self.lexemes, i, self.knowledge)
        return not (counted and counted.known) and skip_chain(self.lexemes, i) is None

    def _in_name(self, i: int) -> bool:
        """Whether the year at ``i`` ends the name of an event: ``Piala Dunia 2022``."""
        place = i - 1
        while place >= 0 and i - place <= 4 and self.lexemes[place].kind == WORD:
            if not self.lexemes[place].capitalised:
                return False
            if self.lexemes[place].lower in self.knowledge.calendar.year_names:
                return True
            place -= 1
        return False

    def _moments(self, dated: list[Dated]) -> tuple[list[Found], int]:
        first = dated[0]
        alone = len(dated) == 1 and first.last == first.first + 1 and self.lexemes[first.first].kind == NUMBER
        if alone and self._in_name(first.first):
            return [], first.last
        clock = self._clock_behind(dated[-1].last)
        moments: list[Found] = [self._moment(d, None) for d in dated[:-1]]
        moments.append(self._moment(dated[-1], clock))
        last = clock.last if clock else dated[-1].last
        deictic = self.knowledge.deictics.match(self.lexemes, last)
        return moments, deictic[0] if deictic and deictic[1] == 0 else last

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

    def _clocked(self, clock: ClockTime) -> tuple[list[Found], int]:
        """A clock time with the date that follows it, or alone."""
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
        span = Span(self.lexemes[clock.first].start, self.lexemes[clock.last - 1].end)
        return [LoneClock(span, clock)], clock.last

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
            if lexeme.kind not in {WORD, NUMBER}:
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
        if years > age.most:
            return None
        return Quantity(i, i + 1, years, years, (i, i + 1), "duration", age.unit, rule="age")

    def _judge(self, found: Quantity) -> tuple[list[Found], int]:
        """The quantity, if it is one that a reader would count, and the place where reading goes on."""
        first = found.numeral[0]
        number = self.lexemes[first]
        if self._denies(found):
            return [], found.last
        if found.bare:
            found = self._of_total(found)
        hedged = found.first < first and found.kind == "quantity"
        if found.kind != "duration" and any(x.kind == TIMES for x in self.lexemes[slice(*found.numeral)]):
            return [], found.last
        if number.kind == NUMBER:
            chain = None if found.rule.startswith("range") else skip_chain(self.lexemes, first)
            if chain is not None and found.kind != "money" and chain > found.numeral[1]:
                return [], chain
            if found.bare and glued_to_letters(self.lexemes, found.numeral[1] - 1):
                return [], found.numeral[1] + 1
            if not found.known and names(self.lexemes, first, self.knowledge):
                return [], found.numeral[1]
            told = hedged or found.scaled or is_grouped(number.text)
            if found.bare and not told and not self._tallies(found):
                return [], found.last
            return [found], self._past_asides(found)
        named = first > 0 and number.capitalised and self.lexemes[first - 1].kind == WORD
        if named and not (self.headline and found.known):
            return [], found.numeral[1]
        if found.bare and not found.scaled and not self._tallies(found):
            return [], found.last
        return [found], self._past_asides(found)

    def _denies(self, found: Quantity) -> bool:
        """Whether the one of something is told to make clear that there is none: "satu rupiah pun"."""
        one = found.low == found.high == 1 and self.lexemes[found.numeral[0]].kind != NUMBER
        return one and found.last < len(self.lexemes) and self.lexemes[found.last].lower in self.knowledge.emphatics

    def _of_total(self, found: Quantity) -> Quantity:
        """A number that closes its clause counts the noun whose total it is ("total korban enam")."""
        last, lexemes = found.last, self.lexemes
        if found.first != found.numeral[0] or not (last == len(lexemes) or lexemes[last].kind == SIGN):
            return found
        for place in range(found.first - 2, max(-1, found.first - 2 - _TOTAL_WORDS), -1):
            if lexemes[place + 1].kind != WORD:
                return found
            if lexemes[place].lower in self.knowledge.totals:
                noun = lexemes[place + 1].lower
                told = noun not in self.knowledge.stops and not noun.startswith(self.knowledge.verb_prefixes)
                return replace(found, unit=noun, bare=False, known=True, rule="total") if told else found
        return found

    def _past_asides(self, found: Quantity) -> int:
        """Past the same sum told again in brackets, and the period that makes it a rate: "Rp 2 juta sebulan"."""
        i = found.last
        if found.kind == "money" and [lexeme.text for lexeme in self.lexemes[i : i + 2]] in ROUND_SUMS:
            i += 2
        if i < len(self.lexemes) and self.lexemes[i].text == "(":
            again = read_quantity(self.lexemes, i + 1, self.knowledge)
            same = again is not None and (again.kind, again.low, again.high) == (found.kind, found.low, found.high)
            if again and same and again.last < len(self.lexemes) and self.lexemes[again.last].text == ")":
                i = again.last + 1
        rated = i < len(self.lexemes) and self.lexemes[i].lower in self.knowledge.rate_periods
        return i + 1 if rated and not self.dates.read(i) else i

    def _enumerates(self, i: int, after: Lexeme | None) -> bool:
        """Whether the number at ``i`` goes on with a list of counts: "45 meninggal, dan 100 masih dirawat"."""
        worded = after is not None and after.kind == WORD and not after.capitalised
        return worded and self.counted and self.lexemes[i - 1].lower in self.knowledge.calendar.lists

    def _tallies(self, found: Quantity) -> bool:
        """Whether a number without a noun still tells how many: "menjadi 62", "dua di antaranya"."""
        if self.knowledge.ellipses.match(self.lexemes, found.last):
            return True
        if found.last + 1 < len(self.lexemes) and self.lexemes[found.last].lower in self.knowledge.portions:
            fraction = found.high is not None and found.high < 1
            return fraction or read_numeral(self.lexemes, found.last + 1, self.knowledge) is not None
        before = self.lexemes[found.first - 1] if found.first else None
        after = self.lexemes[found.last] if found.last < len(self.lexemes) else None
        if after is not None and after.lower in self.knowledge.uncounted:
            return False
        if before is not None and (before.lower in self.knowledge.tallies or self._enumerates(found.first, after)):
            return True
        named = after is not None and after.capitalised and self.lexemes[found.numeral[0]].kind == NUMBER
        return named and (before is None or before.lower in self.knowledge.stops)
