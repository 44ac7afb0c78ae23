"""What speaks for and against two numbers filling one slot, as features of a learned scorer.

Each feature is named and lies between 0 and 1 (a few up to 3): what the two share (status, predicate, the thing
counted, attributes, names, places, words about), each by how rare it is among the story's articles; which soft vetoes
hold; how far the numbers lie apart; how many rivals each has in its article.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from service.pipeline.alignment import vectors
from service.pipeline.alignment.background import Background
from service.pipeline.alignment.events.matching import shared_names
from service.pipeline.alignment.noun_phrases import PERSON
from service.pipeline.alignment.quantities.propositions import Quantity
from service.pipeline.alignment.quantities.slots import same_status
from service.pipeline.alignment.quantities.vetoes import soft

_CAP = 3.0
_FAR = 4.0
_SMALL = 10
_ONE = (None,)
LEADS = "leads"
# what two sentences have in common, each 0 to 1
SENTENCES = (
    *("near", "nearest_one", "nearest_both", "near_wide", LEADS),
    *("meaning", "clause_meaning", "focus_near", "unit_near"),
)
Feature = tuple[str, float, str]


def features(one: Quantity, other: Quantity, background: Background) -> dict[str, float]:
    """The features of a pair that are not zero, by name."""
    found = gather(one, other, background, objections(one, other, background))
    return {name: value for name, value, _ in found}


def objections(one: Quantity, other: Quantity, background: Background) -> list[Feature]:
    """The soft vetoes that hold of a pair, as features, with their reasons."""
    found = []
    for name, veto in soft(one):
        reason = veto(one, other, background)
        if reason:
            found.append((name, 1.0, reason))
    return found


def gather(one: Quantity, other: Quantity, background: Background, against: Sequence[Feature]) -> list[Feature]:
    """``against``, the objections to a pair, and its other features, each with what it rests on."""
    return [
        *against,
        *of_wording(one, other, background),
        *of_sentences(one, other, background),
        *of_values(one, other, background),
    ]


def of_wording(one: Quantity, other: Quantity, background: Background) -> list[Feature]:
    """What the words beside two numbers share, whatever the numbers are and wherever they stand."""
    found: list[Feature] = []
    if one.slot.measured:
        _of_measures(one, other, background, found)
    else:
        _of_counts(one, other, background, found)
    _of_surroundings(one, other, background, found)
    _of_places(one, other, background, found)
    return found


def of_values(one: Quantity, other: Quantity, background: Background) -> list[Feature]:
    """How far two numbers lie apart, and what their articles and speakers tell of that."""
    found: list[Feature] = []
    _of_numbers(one, other, found)
    found.append((f"kind_{one.value.kind}", 1.0, ""))
    if one.reading is other.reading:
        found.append(("within", 1.0, ""))
        if _of_two_voices(one, other):
            found.append(("voices", 1.0, ""))
    else:
        _of_rivals(one, other, background, found)
    return found


def standing(quantity: Quantity, background: Background) -> tuple[bool, bool]:
    """Whether a number is the only one that its article gives of the thing, and of the class of things."""
    return _is_sole(quantity, quantity.head, background), _is_sole(quantity, quantity.slot.family, background)


def _of_two_voices(one: Quantity, other: Quantity) -> bool:
    """Whether an article gives the two numbers to different speakers: it hardly contradicts itself in another way."""
    first, second = (q.claim.attribution.speaker if q.claim and q.claim.attribution else None for q in (one, other))
    return first is not None and second is not None and first.name != second.name


def _of_counts(one: Quantity, other: Quantity, background: Background, found: list[Feature]) -> None:
    lexicon = background.lexicon
    first, second = one.slot.status, other.slot.status
    if first is not None and second is not None:
        if same_status(first, second, lexicon):
            found.append(("status_same", 1.0, f"status:{first}"))
        else:
            found.append(("status_differs", 1.0, ""))
    elif first is not None or second is not None:
        known, quantity = (first, other) if first else (second, one)
        if known in quantity.foci:
            found.append(("status_joint", 1.0, f"status:{known}"))
        elif known in quantity.context:
            found.append(("status_near", 1.0, f"status:{known}"))
        else:
            found.append(("status_one", 1.0, ""))
    focus = one.slot.focus
    if focus is not None and focus == other.slot.focus and focus != first:
        found.append(("focus_same", background.weight(focus), f"predicate:{focus}"))
    elif shared := (one.foci & other.foci) - {first, second}:
        best = _most_telling(shared, background)
        found.append(("foci_shared", background.weight(best), f"predicate:{best}"))
    elif first is None and second is None and one.foci and other.foci:
        found.append(("focus_differs", 1.0, ""))
    _of_heads(one, other, background, found)


def _of_heads(one: Quantity, other: Quantity, background: Background, found: list[Feature]) -> None:
    head = one.head
    same = head == other.head and not background.lexicon.is_generic(head)
    generic = one.slot.generic + other.slot.generic
    if same:
        found.append(("head_same", background.weight(head), f"thing:{head}"))
        if one.slot.family != PERSON:
            found.append(("thing_same", background.weight(head), ""))
    else:
        found.append((("head_akin", "head_one", "head_generic")[generic], 1.0, ""))
    kinds = one.slot.kinds & other.slot.kinds
    if kinds:
        found.append(("kind_shared", max(map(background.weight, kinds)), "kind"))
    if same and _is_sole(one, head, background) and _is_sole(other, head, background):
        found.append(("sole", 1.0, ""))
    if one.part is not None:
        found.append(("part", 1.0, ""))


def _is_sole(quantity: Quantity, kind: str, background: Background) -> bool:
    """Whether the article gives one number only of ``kind``."""
    return len(background.census.get((quantity.reading.order, kind), _ONE)) == 1


def _of_measures(one: Quantity, other: Quantity, background: Background, found: list[Feature]) -> None:
    lexicon = background.lexicon
    shared = one.slot.attributes & other.slot.attributes
    first, second = one.slot.focus, other.slot.focus
    known = {c for c in shared if lexicon.kind(c) in ("measure", "status") and c != "@value"}
    if first is not None and first == second and first in known:
        found.append(("attribute_same", 1.0, f"attribute:{first}"))
    elif known:
        found.append(("attribute_shared", 1.0, f"attribute:{min(known)}"))
    elif shared:
        best = _most_telling(shared, background)
        found.append(("predicate_shared", background.weight(best), f"attribute:{best}"))
    elif first is None and second is None:
        found.append(("attribute_none", 1.0, ""))
    elif first is None or second is None or "@value" in (first, second):
        found.append(("attribute_one", 1.0, ""))
    else:
        found.append(("attribute_differs", 1.0, ""))
    objects = (one.objects & other.objects) - shared
    if objects:
        best = _most_telling(objects, background)
        found.append(("object_shared", background.weight(best), f"thing:{best}"))
    elif bool(one.objects) != bool(other.objects):
        found.append(("object_one", 1.0, ""))
    if _is_sole(one, one.slot.family, background) and _is_sole(other, other.slot.family, background):
        found.append(("sole_measure", 1.0, ""))
    if (one.rate is None) != (other.rate is None):
        found.append(("rate_one", 1.0, ""))
    elif one.rate is not None:
        found.append(("rate_same", 1.0, ""))
    if one.part is not None:
        found.append(("part_measure", 1.0, ""))


def _most_telling(concepts: Iterable[str], background: Background) -> str:
    return max(concepts, key=lambda concept: (background.weight(concept), concept))


def _weigh(concepts: Iterable[str], background: Background) -> float:
    """How telling ``concepts`` are together, 3 at most."""
    return min(_CAP, sum(map(background.weight, sorted(concepts))))


def _of_surroundings(one: Quantity, other: Quantity, background: Background, found: list[Feature]) -> None:
    own, theirs = one.slot.own, other.slot.own
    joint = own & theirs
    shared = (one.context & other.context) - joint
    if shared:
        found.append(("context", _weigh(shared, background), f"thing:{min(shared)}"))
    wider = (one.around & other.around) - shared - joint
    if wider:
        found.append(("around", _weigh(wider, background), ""))
    crossed = ((own & other.around) | (theirs & one.around)) - joint
    if crossed:
        found.append(("crossed", _weigh(crossed, background), ""))
    first, second = one.slot.about, other.slot.about
    if first and second:
        names = first & second
        if names:
            found.append(("names", min(2.0, len(names)), f"name:{min(names)}"))
        else:
            found.append(("names_apart", 1.0, ""))


def _of_places(one: Quantity, other: Quantity, background: Background, found: list[Feature]) -> None:
    """What the names beside the numbers, and their places and periods, have in common."""
    places = background.places
    if one.nearest and other.nearest:
        if shared_names(one.nearest, other.nearest, background.lexicon):
            found.append(("nearest_same", 1.0, ""))
        elif not any(places.related(a, b) for a in one.nearest for b in other.nearest):
            found.append(("nearest_apart", 1.0, ""))
    if one.places and other.places:
        if any(places.same(a, b) for a in one.places for b in other.places):
            found.append(("place_same", 1.0, "place"))
        elif any(places.related(a, b) for a in one.places for b in other.places):
            found.append(("place_related", 1.0, ""))
    if one.period != other.period:
        if one.period is None or other.period is None:
            found.append(("period_one", 1.0, ""))
    elif one.period is not None:
        found.append(("period_same", 1.0, ""))


def leads(one: Quantity, other: Quantity, background: Background) -> bool:
    """Whether both numbers stand in sentences that open their articles."""
    kinship = background.kinship
    return (
        kinship is not None
        and kinship.opens((one.reading.order, one.clause.sentence.first))
        and kinship.opens((other.reading.order, other.clause.sentence.first))
    )


def of_sentences(one: Quantity, other: Quantity, background: Background) -> Sequence[Feature]:
    """How near the two sentences are, and whether either is the other's nearest; all named in ``SENTENCES``, and none
    over 1."""
    kinship = background.kinship
    if kinship is None or one.clause.sentence is other.clause.sentence:
        return ()
    kin = kinship.kin(
        (one.reading.order, one.clause.sentence.first), (other.reading.order, other.clause.sentence.first)
    )
    return (
        ("near", kin.near, ""),
        ("nearest_one", max(kin.standing), ""),
        ("nearest_both", min(kin.standing), ""),
        ("near_wide", kin.wide, ""),
        (LEADS, float(leads(one, other, background)), ""),
        ("meaning", max(0.0, kin.meaning), ""),
        ("clause_meaning", max(0.0, kinship.clause_meaning(one.clause, other.clause)), ""),
        ("focus_near", _nearness(one.slot.focus_word, other.slot.focus_word), ""),
        ("unit_near", _nearness(one.slot.unit_word, other.slot.unit_word), ""),
    )


def _nearness(one: str, other: str) -> float:
    found = vectors.load().similarity(one, other) if one and other and one != other else None
    return found if found is not None and found >= vectors.FLOOR else 0.0


def _of_numbers(one: Quantity, other: Quantity, found: list[Feature]) -> None:
    first, second = one.slot.number, other.slot.number
    if first is None or second is None:
        found.append(("open", 1.0, ""))
    if not first or not second or first < 0 or second < 0:
        found.append(("nought", 1.0, ""))
        return
    found.append(("ratio", min(_FAR, abs(math.log(first / second))) / _FAR, ""))
    if one.slot.digits == other.slot.digits and len(one.slot.digits) > 1:
        found.append(("digits", 1.0, ""))


def _of_rivals(one: Quantity, other: Quantity, background: Background, found: list[Feature]) -> None:
    """Whether the article of either number gives the other number as well, of the same class: it hardly contradicts it
    then, unless it tells what that has become since. Small numbers recur by chance."""
    for quantity, rival in ((one, other), (other, one)):
        if rival.growing and rival.slot.status is not None and not rival.slot.measured:
            continue
        bounds = quantity.slot.bounds
        if bounds in background.census.get((rival.reading.order, rival.slot.family), ()):
            found.append(("confirmed_small" if (bounds[0] or 0) < _SMALL else "confirmed", 1.0, ""))
