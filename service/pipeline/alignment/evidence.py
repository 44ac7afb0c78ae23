"""What speaks for and against two numbers filling one slot, as features of a learned scorer.

Each feature is named and lies between 0 and 1 (a few up to 3): what the two share (status, predicate, the thing
counted, attributes, names, places, words about), each by how rare it is among the story's articles; which soft vetoes
hold; how far the numbers lie apart; how many rivals each has in its article.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from service.pipeline.alignment import vectors
from service.pipeline.alignment.background import Background
from service.pipeline.alignment.event_matching import shared_names
from service.pipeline.alignment.noun_phrases import MEASURES, PERSON
from service.pipeline.alignment.propositions import Quantity
from service.pipeline.alignment.slots import (
    attributes_of,
    bounds_of,
    counted_class,
    family,
    focus_of,
    kind_words,
    same_status,
    status_of,
)
from service.pipeline.alignment.vetoes import SOFT

_CAP = 3.0
_FAR = 4.0
_SMALL = 10
_ONE = (None,)
Feature = tuple[str, float, str]


def features(one: Quantity, other: Quantity, background: Background) -> dict[str, float]:
    """The features of a pair that are not zero, by name."""
    return {name: value for name, value, _ in gather(one, other, background)}


def gather(one: Quantity, other: Quantity, background: Background) -> Iterator[Feature]:
    """The features of a pair with what they rest on, for the reasons that are given."""
    for veto in SOFT:
        reason = veto(one, other, background)
        if reason:
            yield f"veto{veto.__name__}", 1.0, reason
    if one.value.kind in MEASURES:
        yield from _of_measures(one, other, background)
    else:
        yield from _of_counts(one, other, background)
    yield from _of_surroundings(one, other, background)
    yield from _of_sentences(one, other, background)
    yield from _of_numbers(one, other)
    yield from _of_rivals(one, other, background)
    yield f"kind_{one.value.kind}", 1.0, ""
    if one.reading is other.reading:
        yield "within", 1.0, ""
        if _of_two_voices(one, other):
            yield "voices", 1.0, ""


def _of_two_voices(one: Quantity, other: Quantity) -> bool:
    """Whether an article gives the two numbers to different speakers: it hardly contradicts itself in another way."""
    first, second = (q.claim.attribution.speaker if q.claim and q.claim.attribution else None for q in (one, other))
    return first is not None and second is not None and first.name != second.name


def _of_counts(one: Quantity, other: Quantity, background: Background) -> Iterator[Feature]:
    lexicon = background.lexicon
    first, second = status_of(one, lexicon), status_of(other, lexicon)
    if first is not None and second is not None and same_status(first, second, lexicon):
        yield "status_same", 1.0, f"status:{first}"
    elif first is not None and second is not None:
        yield "status_differs", 1.0, ""
    elif (first or second) is not None:
        known, quantity = (first, other) if first else (second, one)
        if known in quantity.foci:
            yield "status_joint", 1.0, f"status:{known}"
        elif known in quantity.context:
            yield "status_near", 1.0, f"status:{known}"
        else:
            yield "status_one", 1.0, ""
    shared = one.foci & other.foci
    if focus_of(one) is not None and focus_of(one) == focus_of(other) and focus_of(one) != first:
        yield "focus_same", background.weight(focus_of(one) or ""), f"predicate:{focus_of(one)}"
    elif shared - {first, second}:
        best = max(shared - {first, second}, key=lambda c: (background.weight(c), c))
        yield "foci_shared", background.weight(best), f"predicate:{best}"
    elif first is None and second is None and one.foci and other.foci:
        yield "focus_differs", 1.0, ""
    yield from _of_heads(one, other, background)


def _of_heads(one: Quantity, other: Quantity, background: Background) -> Iterator[Feature]:
    lexicon = background.lexicon
    generic = [lexicon.is_generic(counted_class(q, lexicon)) for q in (one, other)]
    if one.head == other.head and not lexicon.is_generic(one.head):
        yield "head_same", background.weight(one.head), f"thing:{one.head}"
        if family(one, lexicon) != PERSON:
            yield "thing_same", background.weight(one.head), ""
    elif all(generic):
        yield "head_generic", 1.0, ""
    elif any(generic):
        yield "head_one", 1.0, ""
    else:
        yield "head_akin", 1.0, ""
    kinds = kind_words(one, lexicon) & kind_words(other, lexicon)
    if kinds:
        yield "kind_shared", max(background.weight(kind) for kind in kinds), "kind"
    counts = [len(background.census.get((q.reading.order, q.head), _ONE)) for q in (one, other)]
    if not lexicon.is_generic(one.head) and one.head == other.head and counts == [1, 1]:
        yield "sole", 1.0, ""
    if one.part is not None:
        yield "part", 1.0, ""


def _of_measures(one: Quantity, other: Quantity, background: Background) -> Iterator[Feature]:
    lexicon = background.lexicon
    shared = attributes_of(one, lexicon) & attributes_of(other, lexicon)
    first, second = focus_of(one), focus_of(other)
    known = {c for c in shared if lexicon.kind(c) in ("measure", "status") and c != "@value"}
    if first is not None and first == second and first in known:
        yield "attribute_same", 1.0, f"attribute:{first}"
    elif known:
        yield "attribute_shared", 1.0, f"attribute:{min(known)}"
    elif shared:
        best = max(shared, key=lambda c: (background.weight(c), c))
        yield "predicate_shared", background.weight(best), f"attribute:{best}"
    elif first is None and second is None:
        yield "attribute_none", 1.0, ""
    elif first is None or second is None or "@value" in (first, second):
        yield "attribute_one", 1.0, ""
    else:
        yield "attribute_differs", 1.0, ""
    objects = (one.objects & other.objects) - shared
    if objects:
        best = max(objects, key=lambda c: (background.weight(c), c))
        yield "object_shared", background.weight(best), f"thing:{best}"
    elif bool(one.objects) != bool(other.objects):
        yield "object_one", 1.0, ""
    counts = [len(background.census.get((q.reading.order, family(q, lexicon)), _ONE)) for q in (one, other)]
    if counts == [1, 1]:
        yield "sole_measure", 1.0, ""
    if (one.rate is None) != (other.rate is None):
        yield "rate_one", 1.0, ""
    elif one.rate is not None:
        yield "rate_same", 1.0, ""
    if one.part is not None:
        yield "part_measure", 1.0, ""


def _of_surroundings(one: Quantity, other: Quantity, background: Background) -> Iterator[Feature]:
    own = one.foci | {one.head} | one.objects
    theirs = other.foci | {other.head} | other.objects
    shared = (one.context & other.context) - (own & theirs)
    if shared:
        yield "context", min(_CAP, sum(background.weight(c) for c in sorted(shared))), f"thing:{min(shared)}"
    wider = (one.around & other.around) - shared - (own & theirs)
    if wider:
        yield "around", min(_CAP, sum(background.weight(c) for c in sorted(wider))), ""
    crossed = (own & other.around) | (theirs & one.around)
    if crossed - (own & theirs):
        yield "crossed", min(_CAP, sum(background.weight(c) for c in sorted(crossed - (own & theirs)))), ""
    names = sorted((one.parties | one.names) & (other.parties | other.names))
    if names:
        yield "names", min(2.0, len(names)), f"name:{names[0]}"
    elif (one.parties | one.names) and (other.parties | other.names):
        yield "names_apart", 1.0, ""
    places = background.places
    if one.nearest and other.nearest:
        joint = shared_names(one.nearest, other.nearest, background.lexicon)
        if joint:
            yield "nearest_same", 1.0, ""
        elif not any(places.related(a, b) for a in one.nearest for b in other.nearest):
            yield "nearest_apart", 1.0, ""
    if one.places and other.places:
        if any(places.same(a, b) for a in one.places for b in other.places):
            yield "place_same", 1.0, "place"
        elif any(places.related(a, b) for a in one.places for b in other.places):
            yield "place_related", 1.0, ""
    if (one.period is None) != (other.period is None):
        yield "period_one", 1.0, ""
    elif one.period is not None and one.period == other.period:
        yield "period_same", 1.0, ""


def _of_sentences(one: Quantity, other: Quantity, background: Background) -> Iterator[Feature]:
    """How near the two sentences are, and whether either is the other's nearest."""
    kinship = background.kinship
    if kinship is None or one.clause.sentence is other.clause.sentence:
        return
    first, second = ((q.reading.order, q.clause.sentence.first) for q in (one, other))
    yield "near", kinship.nearness(first, second), ""
    standing = [kinship.standing(first, second), kinship.standing(second, first)]
    yield "nearest_one", max(standing), ""
    yield "nearest_both", min(standing), ""
    yield "near_wide", kinship.wide_nearness(first, second), ""
    yield "leads", float(kinship.opens(first) and kinship.opens(second)), ""
    yield "meaning", max(0.0, kinship.meaning(first, second)), ""
    yield "clause_meaning", max(0.0, kinship.clause_meaning(one.clause, other.clause)), ""
    yield "focus_near", _nearness(_focus_word(one), _focus_word(other)), ""
    yield "unit_near", _nearness(_unit_word(one), _unit_word(other)), ""


def _nearness(one: str, other: str) -> float:
    found = vectors.load().similarity(one, other) if one and other and one != other else None
    return found if found is not None and found >= vectors.FLOOR else 0.0


def _focus_word(quantity: Quantity) -> str:
    """The predicate or attribute as the article has it."""
    focus, words = quantity.focus, quantity.reading.words
    return words[focus.index] if focus is not None and focus.index < len(words) else ""


def _unit_word(quantity: Quantity) -> str:
    """The noun that is counted, where the number has one of its own."""
    return (quantity.value.unit or "").lower() if quantity.value.kind not in MEASURES else ""


def _of_numbers(one: Quantity, other: Quantity) -> Iterator[Feature]:
    first, second = _number(one), _number(other)
    if first is None or second is None:
        yield "open", 1.0, ""
    if not first or not second or first < 0 or second < 0:
        yield "nought", 1.0, ""
        return
    yield "ratio", min(_FAR, abs(math.log(first / second))) / _FAR, ""
    digits = [sorted(f"{n:.12g}".replace(".", "").rstrip("0")) for n in (first, second)]
    if digits[0] == digits[1] and len(digits[0]) > 1:
        yield "digits", 1.0, ""


def _of_rivals(one: Quantity, other: Quantity, background: Background) -> Iterator[Feature]:
    """Whether the article of either number gives the other number as well, of the same class: it hardly contradicts it
    then. Small numbers recur by chance."""
    if one.reading is other.reading:
        return
    for quantity, rival in ((one, other), (other, one)):
        bounds = bounds_of(quantity)
        if bounds in background.census.get((rival.reading.order, family(rival, background.lexicon)), ()):
            yield "confirmed_small" if (bounds[0] or 0) < _SMALL else "confirmed", 1.0, ""


def _number(quantity: Quantity) -> float | None:
    low, high = bounds_of(quantity)
    if low is None or high is None:
        return low if low is not None else high
    return math.sqrt(low * high) if low > 0 else high
