"""What the grammar of values knows of a language: decoded from its data files, checked, and made ready for look-up."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping

import msgspec

from service.languages import loader
from service.pipeline.values.lexing import Lexer, Phrases


class Magnitude(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The interval that a vague number word spans."""

    low: float
    high: float


class Numerals(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``numerals.yaml``."""

    digits: dict[str, int]
    fixed: dict[str, int]
    teen: str
    small: dict[str, int]
    scales: dict[str, int]
    one_of_scale: dict[str, int]
    money_scales: dict[str, int]
    vague: dict[str, Magnitude]
    blurring: dict[str, int]
    about: dict[str, int]
    fractions: dict[str, float]
    denominators: dict[str, int]
    half: str
    point: str
    minus: list[str]
    blur_suffix: str

    def __post_init__(self) -> None:
        """Every number word has one meaning."""
        words = [*self.digits, *self.fixed, *self.small, *self.scales, *self.one_of_scale, *self.vague, *self.about]
        loader.require_distinct([*words, *self.fractions, *self.denominators, self.teen], "number words")


class MeasureUnit(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A unit of measure: ``base`` = (value + ``offset``) × ``factor``."""

    base: str
    factor: float
    names: list[str]
    offset: float = 0.0
    derived: bool = False
    exact: bool = False
    before: list[str] = []


class Percent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How percentages are written."""

    names: list[str]
    symbols: list[str]


class Currency(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A currency by its ISO 4217 code, with its signs before and its names after the number."""

    code: str
    before: list[str]
    after: list[str]


class Units(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``units.yaml``."""

    per: list[str]
    squared: str
    cubed: str
    percent: Percent
    units: list[MeasureUnit]
    time: list[str]
    currencies: list[Currency]

    def __post_init__(self) -> None:
        """No name stands for two units, no sign for two currencies."""
        loader.require_distinct([name for unit in self.units for name in unit.names], "names of units")
        loader.require_distinct([sign for money in self.currencies for sign in money.before], "signs of currencies")
        loader.require_distinct([name for money in self.currencies for name in money.after], "names of currencies")


class Bounds(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Hedges by what they do to a number."""

    about: list[str]
    least: list[str]
    most: list[str]

    def phrases(self) -> dict[str, str]:
        """Each hedge with its bound."""
        rows = [(p, b) for b, ps in (("about", self.about), ("least", self.least), ("most", self.most)) for p in ps]
        loader.require_distinct([phrase for phrase, _ in rows], "hedges")
        return dict(rows)


class Arrival(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Verbs of movement after which a hedge names the place that is reached."""

    verbs: list[str]
    hedges: list[str]


class Hedges(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``hedges.yaml``."""

    before: Bounds
    after: Bounds
    arrival: Arrival
    ranges: list[str]
    alternatives: list[str]
    between: list[str]
    pairing: list[str]


class Age(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The unit of an age in brackets, and the greatest that is believed."""

    unit: str
    base: str
    factor: float
    most: int


class Counting(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``counting.yaml``."""

    one_of: dict[str, str]
    one_unit: dict[str, str]
    article_after: list[str]
    article_before: list[str]
    classifiers: list[str]
    nouns: list[str]
    uncounted: list[str]
    phrases: list[str]
    strong: list[str]
    weak: list[str]
    joints: list[str]
    stops: list[str]
    verb_prefixes: list[str]
    not_verbs: list[str]
    states: list[str]
    ellipses: list[str]
    rate_periods: list[str]
    age: Age
    possessives: list[str]
    tallies: list[str]
    times: list[str]
    not_names: list[str]


class Clock(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of clock times; ``zones`` are hours ahead of UTC, ``home`` those in which publishers live."""

    cues: list[str]
    separators: list[str]
    zones: dict[str, float]
    home: list[float]
    elsewhere: list[str]
    until: list[str]
    glue: list[str]


class Quotes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Quotation marks that open, close, and do either."""

    open: str
    close: str
    both: str


class Years(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The numbers that are read as years."""

    first: int
    last: int


class Calendar(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``calendar.yaml``."""

    months: dict[int, list[str]]
    weekdays: dict[str, int]
    weekday_or_period: list[str]
    feasts: list[str]
    periods: dict[str, str]
    one_period: list[str]
    past: list[str]
    present: list[str]
    future: list[str]
    later: list[str]
    onwards: list[str]
    recent: list[str]
    before_that: list[str]
    after_that: list[str]
    before: list[str]
    after: list[str]
    deictics: dict[str, int]
    not_deictic_after: list[str]
    not_deictic_before: list[str]
    next_day: list[str]
    day_parts: dict[str, int]
    stages: dict[str, str]
    halves: dict[str, int]
    ordinals: dict[str, int]
    weekend: list[str]
    decade_suffix: str
    day_words: list[str]
    month_words: list[str]
    year_words: list[str]
    decade_words: list[str]
    about: list[str]
    ranges: list[str]
    lists: list[str]
    between: list[str]
    ahead: list[str]
    since: list[str]
    month_introducers: list[str]
    year_introducers: list[str]
    years: Years
    year_names: list[str]
    clock: Clock
    quotes: Quotes

    def __post_init__(self) -> None:
        """Twelve months, and every stage and period one that the arithmetic knows."""
        if sorted(self.months) != list(range(1, 13)):
            raise ValueError("months must be numbered 1 to 12")
        if set(self.stages.values()) - {"early", "middle", "late"}:
            raise ValueError("stages are early, middle or late")
        if set(self.periods.values()) - {"day", "week", "month", "quarter", "half", "year", "decade"}:
            raise ValueError("unknown period")


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

    def __init__(self, numerals: Numerals, units: Units, hedges: Hedges, counting: Counting, calendar: Calendar) -> None:
        self.numerals = numerals
        self.calendar = calendar
        self.age = counting.age
        self.currency_signs = {sign: c for c in units.currencies for sign in c.before}
        self.unit_signs = {sign: u for u in units.units for sign in u.before if not sign.islower()}
        parts = [*numerals.digits, *calendar.weekdays, *(name for names in calendar.months.values() for name in names)]
        self.lexer = lexer = Lexer([*self.currency_signs, *self.unit_signs], counting.times, parts)
        self._index_units(units)
        self.hedges = Phrases(lexer, hedges.before.phrases())
        self.trailing = Phrases(lexer, hedges.after.phrases())
        self.arrival_verbs = distinct(hedges.arrival.verbs)
        self.arrival_hedges = distinct(hedges.arrival.hedges)
        self.ranges = phrases_of(lexer, hedges.ranges)
        self.alternatives = distinct(hedges.alternatives)
        self.between = phrases_of(lexer, hedges.between)
        self.pairing = phrases_of(lexer, hedges.pairing)
        self._index_counting(counting)
        self._index_calendar(calendar)
        self.triggers = self._triggers()

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
        self.article_after = distinct(counting.article_after)
        self.article_before = distinct(counting.article_before)
        self.classifiers = distinct(counting.classifiers)
        self.nouns = distinct(counting.nouns)
        self.uncounted = distinct(counting.uncounted)
        self.idioms = phrases_of(lexer, counting.phrases)
        self.strong = phrases_of(lexer, counting.strong)
        self.weak = phrases_of(lexer, counting.weak)
        self.joints = distinct(counting.joints)
        self.stops = distinct(counting.stops)
        self.verb_prefixes = tuple(counting.verb_prefixes)
        self.not_verbs = distinct(counting.not_verbs)
        self.states = distinct(counting.states)
        self.ellipses = phrases_of(lexer, counting.ellipses)
        self.rate_periods = distinct(counting.rate_periods)
        self.possessives = tuple(counting.possessives)
        self.tallies = distinct(counting.tallies)
        self.not_names = distinct(counting.not_names)

    def _index_calendar(self, calendar: Calendar) -> None:
        lexer = self.lexer
        self.months = {name: number for number, names in calendar.months.items() for name in names}
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
        self.date_ranges = phrases_of(lexer, calendar.ranges)
        self.date_lists = phrases_of(lexer, calendar.lists)
        self.date_between = phrases_of(lexer, calendar.between)
        self.about = phrases_of(lexer, calendar.about)
        self.clock_cues = phrases_of(lexer, calendar.clock.cues)
        self.elsewhere = phrases_of(lexer, calendar.clock.elsewhere)
        self.clock_until = phrases_of(lexer, calendar.clock.until)
        self.clock_glue = phrases_of(lexer, calendar.clock.glue)

    def _triggers(self) -> frozenset[str]:
        """The lower-case lexemes that a value may begin with."""
        n = self.numerals
        tables: list[Mapping[str, object]] = [
            n.digits, n.fixed, n.one_of_scale, n.vague, n.about, n.fractions, self.one_of, self.one_unit, self.months,
            self.weekdays, self.hedges.table, self.between.table, self.leading_units.table, self.deictics.table,
            self.next_day.table, self.stages.table, self.halves.table, self.weekend.table, self.date_between.table,
            self.about.table, self.clock_cues.table, self.idioms.table, self.strong.table, self.weak.table,
            self.calendar.periods,
        ]  # fmt: skip
        c = self.calendar
        listed = [*n.minus, *c.day_words, *c.month_words, *c.year_words, *c.decade_words]
        return frozenset(word for table in tables for word in table) | {self.lexer.key(word)[0] for word in listed}


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
