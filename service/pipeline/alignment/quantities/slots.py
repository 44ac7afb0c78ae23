"""What a number is of, drawn from its parts once, since each number is compared with many: its slot."""

from __future__ import annotations

import math
from datetime import date
from typing import TYPE_CHECKING

import msgspec

from service.pipeline.alignment.clauses import Term
from service.pipeline.alignment.lexicon import Lexicon
from service.pipeline.alignment.noun_phrases import MEASURES, PERSON
from service.pipeline.annotations import Value

if TYPE_CHECKING:
    from service.pipeline.alignment.quantities.propositions import Quantity

Bounds = tuple[float | None, float | None]
# the spans of time that compare with each other, in seconds
SECONDS = {"s": 1.0, "d": 86_400.0}
_ERA = 400


class Slot(msgspec.Struct, frozen=True):
    """What a number is compared by.

    ``status``: what has become of the counted. ``counted``: the class of the counted, role nouns as persons;
    ``family``: the widest class in which numbers compare. ``generic``: whether the counted class says little on its
    own. ``measured``: whether it is a measure and no count. ``focus``: the concept of the predicate or attribute, and
    ``focus_word`` and ``unit_word`` the words themselves. ``kinds``: the modifiers that tell which kind of thing is
    counted; ``attributes``: what a measure may be of. ``own``: the head, the foci and the objects. ``about``: the
    names of parties and owners. ``bounds``: the least and the greatest number in the base unit, None where open;
    ``number``: the one number that stands for both, ``digits`` its digits in order. ``reach``: the first and last day
    that the number is for, where stated, and ``published`` the day of the article, all as ordinals.
    """

    status: str | None
    counted: str
    family: str
    generic: bool
    measured: bool
    focus: str | None
    focus_word: str
    unit_word: str
    kinds: frozenset[str]
    attributes: frozenset[str]
    own: frozenset[str]
    about: frozenset[str]
    bounds: Bounds
    number: float | None
    digits: list[str]
    reach: tuple[int, int] | None
    published: int | None


def slot_of(quantity: Quantity, lexicon: Lexicon) -> Slot:
    """The slot of ``quantity``."""
    focus, value = quantity.focus, quantity.value
    words = quantity.reading.words
    counted = PERSON if lexicon.is_status(quantity.head) else quantity.head
    bounds = _bounds(value)
    number = _number(bounds)
    measured = value.kind in MEASURES
    published = quantity.reading.document.article.published_at
    day = published.date().toordinal() if published is not None else None
    return Slot(
        _status(quantity, focus, lexicon),
        counted,
        _family(quantity, counted, lexicon),
        lexicon.is_generic(counted),
        measured,
        focus.concept if focus is not None else None,
        words[focus.index] if focus is not None and focus.index < len(words) else "",
        "" if measured else (value.unit or "").lower(),
        frozenset(
            word
            for word in quantity.modifiers
            if word != quantity.head and word not in quantity.foci and not lexicon.is_status(word)
        ),
        quantity.foci
        | {concept for concept in quantity.modifiers if lexicon.kind(concept) in ("measure", "status", "event")},
        quantity.foci | {quantity.head} | quantity.objects,
        quantity.parties | quantity.names,
        bounds,
        number,
        sorted(f"{number:.12g}".replace(".", "").rstrip("0")) if number is not None and number > 0 else [],
        _reach(quantity.period, quantity.since, day),
        day,
    )


def _status(quantity: Quantity, focus: Term | None, lexicon: Lexicon) -> str | None:
    """What has become of the counted: the focus, else the head itself (``tersangka``) or what the head implies
    (``jenazah``), else the only status of a relative clause or of the noun phrase."""
    if focus is not None and lexicon.is_status(focus.concept):
        return focus.concept
    if lexicon.is_status(quantity.head):
        return quantity.head
    implied = lexicon.implied(quantity.head)
    if implied is not None:
        return None if focus is not None and lexicon.is_narrow(focus.concept) else implied
    statuses = {concept for concept in quantity.foci | quantity.modifiers if lexicon.is_status(concept)}
    if len(statuses) == 1 and (focus is None or quantity.modifiers & statuses):
        return statuses.pop()
    return None


def same_status(one: str, other: str, lexicon: Lexicon) -> bool:
    """Whether two statuses are one, or one is a kind of the other."""
    return one == other or lexicon.broader(one) == other or lexicon.broader(other) == one


def _family(quantity: Quantity, counted: str, lexicon: Lexicon) -> str:
    """The widest class in which numbers compare: persons, a kind of thing, money, a dimension."""
    if quantity.head.startswith("#money"):
        return "#money"
    if quantity.value.kind == "duration" and quantity.value.base in SECONDS:
        return "#duration"
    return lexicon.broader(counted) or counted


def _bounds(value: Value) -> Bounds:
    if value.kind == "duration" and value.base in SECONDS:
        low, high = (None if n is None else n * SECONDS[value.base] for n in (value.base_low, value.base_high))
        return low, high
    return (value.base_low, value.base_high) if value.base is not None else (value.low, value.high)


def _number(bounds: Bounds) -> float | None:
    low, high = bounds
    if low is None or high is None:
        return low if low is not None else high
    return math.sqrt(low * high) if low > 0 else high


def _reach(period: tuple[str, str] | None, since: bool, published: int | None) -> tuple[int, int] | None:
    """The stated period; from a beginning it reaches to the day of publication. An era is none."""
    if period is None:
        return None
    first, last = (date.fromisoformat(day).toordinal() for day in period)
    if last - first > _ERA:
        return None
    return first, max(last, published) if since and published is not None else last
