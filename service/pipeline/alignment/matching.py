"""Whether two quantities fill one slot: the same thing counted, the same predicate, the same scope.

A pair is first put to the named vetoes; what passes is scored by what the two share. Either way the answer says why.
"""

from __future__ import annotations

from service.pipeline.alignment.background import Background, Match
from service.pipeline.alignment.noun_phrases import MEASURES
from service.pipeline.alignment.propositions import Quantity
from service.pipeline.alignment.slots import attributes_of, counted_class, focus_of, kind_words, status_of
from service.pipeline.alignment.vetoes import VETOES

_TELLING = 0.6


def match(one: Quantity, other: Quantity, background: Background) -> Match:
    """Judge whether ``one`` and ``other`` answer the same question."""
    for veto in VETOES:
        reason = veto(one, other, background)
        if reason:
            return Match(0.0, reason, ())
    if one.value.kind in MEASURES:
        return _match_measures(one, other, background)
    return _match_counts(one, other, background)


def _match_counts(one: Quantity, other: Quantity, background: Background) -> Match:
    lexicon = background.lexicon
    reasons: list[str] = []
    score = 0.0
    status = status_of(one, lexicon)
    if status is not None and status == status_of(other, lexicon):
        score += 0.5
        reasons.append(f"status:{status}")
    elif focus_of(one) is not None and focus_of(one) == focus_of(other):
        score += 0.4
        reasons.append(f"predicate:{focus_of(one)}")
    elif one.foci & other.foci:
        score += 0.3
        reasons.append(f"predicate:{min(one.foci & other.foci)}")
    if one.head == other.head and not lexicon.is_generic(one.head):
        score += 0.25
        reasons.append(f"thing:{one.head}")
    elif counted_class(one, lexicon) == counted_class(other, lexicon):
        score += 0.1
    names = (one.parties | one.names) & (other.parties | other.names)
    if names:
        score += 0.15
        reasons.append(f"name:{min(names)}")
    if kind_words(one, background) & kind_words(other, background):
        score += 0.45 if one.head == other.head and lexicon.is_generic(one.head) else 0.2
        reasons.append("kind")
    shared = (one.context & other.context) - one.foci - {one.head}
    score += min(0.2, 0.1 * sum(background.weight(concept) for concept in shared))
    if one.places and other.places and any(background.places.related(a, b) for a in one.places for b in other.places):
        score += 0.05
    return Match(score, None, tuple(reasons))


def _match_measures(one: Quantity, other: Quantity, background: Background) -> Match:
    lexicon = background.lexicon
    reasons: list[str] = []
    score = 0.0
    shared = attributes_of(one, lexicon) & attributes_of(other, lexicon)
    if one.value.kind == "duration":
        shared = frozenset(concept for concept in shared if concept.startswith("@"))
    things = ((one.context & other.context) - shared) | (one.modifiers & other.modifiers)
    if shared:
        score += 0.45 if focus_of(one) == focus_of(other) else 0.35
        reasons.append(f"attribute:{min(shared)}")
    elif any(background.weight(thing) >= _TELLING and lexicon.kind(thing) != "event" for thing in things):
        score += 0.25
    if things:
        score += 0.05 + min(0.15, 0.1 * sum(background.weight(concept) for concept in things))
        reasons.append(f"thing:{min(things)}")
    names = sorted((one.parties | one.names) & (other.parties | other.names))
    if names:
        score += 0.1 + min(0.1, 0.05 * len(names))
        reasons.append(f"name:{names[0]}")
    if one.places and other.places and any(background.places.same(a, b) for a in one.places for b in other.places):
        score += 0.15
        reasons.append("place")
    return Match(score, None, tuple(reasons))
