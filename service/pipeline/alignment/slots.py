"""The parts of a quantity's slot: its status, the class of what is counted, its attributes."""

from __future__ import annotations

from service.pipeline.alignment.background import Background
from service.pipeline.alignment.lexicon import Lexicon
from service.pipeline.alignment.noun_phrases import PERSON
from service.pipeline.alignment.propositions import Quantity


def status_of(quantity: Quantity, lexicon: Lexicon) -> str | None:
    """What has become of the counted: the head itself (``tersangka``), else the focus, else a relative clause's."""
    if lexicon.is_status(quantity.head) and quantity.focus is None:
        return quantity.head
    if quantity.focus is not None and lexicon.is_status(quantity.focus.concept):
        return quantity.focus.concept
    if quantity.focus is None:
        statuses = sorted(concept for concept in quantity.foci if lexicon.is_status(concept))
        if len(statuses) == 1:
            return statuses[0]
    return None


def counted_class(quantity: Quantity, lexicon: Lexicon) -> str:
    """Role nouns (suspects, evacuees) count persons."""
    return PERSON if lexicon.is_status(quantity.head) else quantity.head


def kind_words(quantity: Quantity, background: Background) -> frozenset[str]:
    """The modifiers that tell which kind of thing is counted."""
    skip = {quantity.head} | (quantity.foci if quantity.foci else frozenset())
    return frozenset(word for word in quantity.modifiers if word not in skip)


def focus_of(quantity: Quantity) -> str | None:
    """The concept of the predicate or attribute that the number belongs to."""
    return quantity.focus.concept if quantity.focus is not None else None


def attributes_of(quantity: Quantity, lexicon: Lexicon) -> frozenset[str]:
    """What a measure may be of: the predicates and attributes near it, and the nouns behind it."""
    return quantity.foci | frozenset(
        concept for concept in quantity.modifiers if lexicon.kind(concept) in ("measure", "status", "event")
    )
