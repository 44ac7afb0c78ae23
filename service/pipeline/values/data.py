"""The data files that the grammar of values reads, as frozen structures, with what is checked when they are loaded."""

from __future__ import annotations

import msgspec

from service.languages import loader


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
    comparable: list[str]
    tolerances: list[str]
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
    mostly_articles: list[str]
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
    occasions: list[str]
    nominal_prefixes: list[str]
    emphatics: list[str]
    totals: list[str]
    ellipses: list[str]
    portions: list[str]
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
    """The numbers that are read as years; those from ``earliest`` on where the text says that a year is meant."""

    first: int
    last: int
    earliest: int


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
    same_period: list[str]
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
