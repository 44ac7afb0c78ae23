"""The parts of a quantity's slot: its status, the class of what is counted, its kind, its attributes."""

from __future__ import annotations

from service.pipeline.alignment.background import Bounds
from service.pipeline.alignment.lexicon import Lexicon
from service.pipeline.alignment.noun_phrases import PERSON
from service.pipeline.alignment.propositions import Quantity

# the spans of time that compare with each other, in seconds
SECONDS = {"s": 1.0, "d": 86_400.0}


def status_of(quantity: Quantity, lexicon: Lexicon) -> str | None:
    """What has become of the counted: the focus, else the head itself (``tersangka``) or what the head implies
    (``jenazah``), else the only status of a relative clause or of the noun phrase."""
    focus = quantity.focus
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


def counted_class(quantity: Quantity, lexicon: Lexicon) -> str:
    """Role nouns (suspects, evacuees) count persons."""
    return PERSON if lexicon.is_status(quantity.head) else quantity.head


def family(quantity: Quantity, lexicon: Lexicon) -> str:
    """The widest class in which numbers compare: persons, a kind of thing, money, a dimension."""
    if quantity.head.startswith("#money"):
        return "#money"
    if quantity.value.kind == "duration" and quantity.value.base in SECONDS:
        return "#duration"
    counted = counted_class(quantity, lexicon)
    return lexicon.broader(counted) or counted


def bounds_of(quantity: Quantity) -> Bounds:
    """The least and the greatest number that the value allows, in its base unit; None where it is open."""
    value = quantity.value
    if value.kind == "duration" and value.base in SECONDS:
        low, high = (None if n is None else n * SECONDS[value.base] for n in (value.base_low, value.base_high))
        return low, high
    return (value.base_low, value.base_high) if value.base is not None else (value.low, value.high)


def kind_words(quantity: Quantity, lexicon: Lexicon) -> frozenset[str]:
    """The modifiers that tell which kind of thing is counted."""
    return frozenset(
        word
        for word in quantity.modifiers
        if word != quantity.head and word not in quantity.foci and not lexicon.is_status(word)
    )


def focus_of(quantity: Quantity) -> str | None:
    """The concept of the predicate or attribute that the number belongs to."""
    return quantity.focus.concept if quantity.focus is not None else None


def attributes_of(quantity: Quantity, lexicon: Lexicon) -> frozenset[str]:
    """What a measure may be of: the predicates and attributes near it, and the nouns behind it."""
    return quantity.foci | frozenset(
        concept for concept in quantity.modifiers if lexicon.kind(concept) in ("measure", "status", "event")
    )
