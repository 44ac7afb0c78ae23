"""What the grammar of values knows of a language, made ready for look-up."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from typing import Any

from service.languages import loader
from service.pipeline.values.data import Calendar, Counting, Hedges, Numerals, Units
from service.pipeline.values.lexing import Lexer, Phrases


def distinct(entries: Iterable[str]) -> frozenset[str]:
    """A set for look-up of a list of the data; an entry that stands twice is an error."""
    listed = list(entries)
    loader.require_distinct(listed, "list")
    return frozenset(listed)


def phrases_of(lexer: Lexer, entries: Iterable[str]) -> Phrases[bool]:
    """Phrases without a meaning of their own."""
    return Phrases(lexer, dict.fromkeys(entries, True))


class Knowledge:
    """A language's data for values, indexed for look-up; immutable by convention, made once by ``load``."""

    def __init__(
        self, numerals: Numerals, units: Units, hedges: Hedges, counting: Counting, calendar: Calendar
    ) -> None:
        self.numerals = numerals
        self.calendar = calendar
        self.age = counting.age
        self.currency_signs = {sign: c for c in units.currencies for sign in c.before}
        self.unit_signs = {sign: u for u in units.units for sign in u.before if not sign.islower()}
        parts = [*numerals.digits, *calendar.weekdays, *(name for names in calendar.months.values() for name in names)]
        parts += [name for name in calendar.ordinals if name.isalpha()]
        self.lexer = lexer = Lexer([*self.currency_signs, *self.unit_signs], counting.times, parts)
        self._index_units(units)
        self.hedges = Phrases(lexer, hedges.before.phrases())
        self.trailing = Phrases(lexer, hedges.after.phrases())
        self.tolerances = phrases_of(lexer, hedges.tolerances)
        self.comparable = distinct(hedges.comparable)
        self.arrival_verbs = distinct(hedges.arrival.verbs)
        self.arrival_hedges = distinct(hedges.arrival.hedges)
        self.ranges = phrases_of(lexer, hedges.ranges)
        self.alternatives = distinct(hedges.alternatives)
        self.between = phrases_of(lexer, hedges.between)
        self.pairing = phrases_of(lexer, hedges.pairing)
        self._index_counting(counting)
        self._index_calendar(calendar)
        self._index_triggers()

    def _index_units(self, units: Units) -> None:
        lexer = self.lexer
        self.per = distinct(units.per) | {"/"}
        self.squared, self.cubed = units.squared, units.cubed
        self.time_bases = distinct(units.time)
        names = {name: unit for unit in units.units if not unit.exact for name in unit.names}
        self.units = Phrases(lexer, names)
        self.exact_units = Phrases(lexer, {n: u for u in units.units if u.exact for n in u.names}, exact=True)
        self.leading_units = Phrases(lexer, {n: u for u in units.units for n in u.before if n.islower()})
        self.percent = phrases_of(lexer, [*units.percent.names, *units.percent.symbols])
        self.currency_names = Phrases(lexer, {name: c for c in units.currencies for name in c.after})

    def _index_counting(self, counting: Counting) -> None:
        lexer = self.lexer
        self.one_of, self.one_unit = counting.one_of, {k: v for k, v in counting.one_unit.items() if v}
        self.mostly_articles = distinct(counting.mostly_articles)
        self.article_after = distinct(counting.article_after)
        self.article_before = distinct(counting.article_before)
        self.classifiers = distinct(counting.classifiers)
        self.nouns = distinct(counting.nouns)
        self.uncounted = distinct(counting.uncounted)
        self.times = frozenset(mark.lower() for mark in counting.times)
        self.idioms = phrases_of(lexer, counting.phrases)
        self.strong = phrases_of(lexer, counting.strong)
        self.weak = phrases_of(lexer, counting.weak)
        self.joints = distinct(counting.joints)
        self.stops = distinct(counting.stops)
        self.verb_prefixes = tuple(counting.verb_prefixes)
        self.not_verbs = distinct(counting.not_verbs)
        self.states = distinct(counting.states)
        self.occasions = distinct(counting.occasions)
        self.nominal_prefixes = tuple(counting.nominal_prefixes)
        self.portions = distinct(counting.portions)
        self.emphatics = distinct(counting.emphatics)
        self.totals = distinct(counting.totals)
        self.ellipses = phrases_of(lexer, counting.ellipses)
        self.rate_periods = distinct(counting.rate_periods)
        self.possessives = tuple(counting.possessives)
        self.tallies = distinct(counting.tallies)
        self.not_names = distinct(counting.not_names)

    def _index_calendar(self, calendar: Calendar) -> None:
        lexer = self.lexer
        self.months = {name: number for number, names in calendar.months.items() for name in names}
        self.full_months = frozenset(names[0] for names in calendar.months.values())
        self.weekdays = calendar.weekdays
        self.directions = Phrases(
            lexer,
            {
                **dict.fromkeys(calendar.past, -1),
                **dict.fromkeys(calendar.present, 0),
                **dict.fromkeys(calendar.future, 1),
            },
        )
        self.later = phrases_of(lexer, calendar.later)
        self.onwards = phrases_of(lexer, calendar.onwards)
        self.recent = phrases_of(lexer, calendar.recent)
        self.before_that = phrases_of(lexer, calendar.before_that)
        self.after_that = phrases_of(lexer, calendar.after_that)
        self.before = phrases_of(lexer, calendar.before)
        self.after = phrases_of(lexer, calendar.after)
        self.deictics = Phrases(lexer, calendar.deictics)
        self.next_day = phrases_of(lexer, calendar.next_day)
        self.day_parts = Phrases(lexer, calendar.day_parts)
        self.stages = Phrases(lexer, calendar.stages)
        self.halves = Phrases(lexer, calendar.halves)
        self.weekend = phrases_of(lexer, calendar.weekend)
        self.same_period = phrases_of(lexer, calendar.same_period)
        self.date_ranges = phrases_of(lexer, calendar.ranges)
        self.date_lists = phrases_of(lexer, calendar.lists)
        self.date_between = phrases_of(lexer, calendar.between)
        self.about = phrases_of(lexer, calendar.about)
        self.clock_cues = phrases_of(lexer, calendar.clock.cues)
        self.elsewhere = phrases_of(lexer, calendar.clock.elsewhere)
        self.clock_until = phrases_of(lexer, calendar.clock.until)
        self.clock_glue = phrases_of(lexer, calendar.clock.glue)

    def _index_triggers(self) -> None:
        """Collect the words at which reading may begin.

        ``triggers`` may be a value's first word; ``leading`` are those of them that are none without what follows,
        and need a number, a sign or one of ``followers`` behind them.
        """
        n, c = self.numerals, self.calendar
        complete: list[Mapping[str, object]] = [
            *(n.digits, n.fixed, n.one_of_scale, n.vague, n.about, n.fractions, self.one_of, self.one_unit),
            *(self.months, self.weekdays, c.periods),
        ]
        phrases: list[Phrases[Any]] = [
            *(self.hedges, self.between, self.leading_units, self.deictics, self.next_day, self.stages, self.halves),
            *(
                self.same_period,
                self.weekend,
                self.date_between,
                self.about,
                self.clock_cues,
                self.idioms,
                self.strong,
                self.weak,
            ),
        ]
        listed = [*n.minus, *c.day_words, *c.month_words, *c.year_words, *c.decade_words, *self.currency_signs]
        words = {word for table in complete for word in table} | {self.lexer.key(word)[0] for word in listed}
        alone = self.deictics.table | self.next_day.table
        self.leading = frozenset(word for p in phrases for word in p.table if word not in words and word not in alone)
        self.triggers = frozenset(words) | self.leading | alone.keys()
        inner = {row[0][0] for p in phrases for rows in p.table.values() for row in rows if row[0]}
        self.followers = self.triggers | inner


@functools.cache
def load(code: str) -> Knowledge:
    """The knowledge of values in language ``code``; read once a process. Raises LanguageDataError."""
    return Knowledge(
        loader.load(code, "numerals", Numerals),
        loader.load(code, "units", Units),
        loader.load(code, "hedges", Hedges),
        loader.load(code, "counting", Counting),
        loader.load(code, "calendar", Calendar),
    )
