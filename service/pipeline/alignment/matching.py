"""Whether two quantities fill one slot: the same thing counted, the same predicate, the same scope.

A pair is first put to the named hard vetoes; what passes is scored by a learned weighing of what the two share and of
what weighs against them. Either way the answer says why.
"""

from __future__ import annotations

from collections.abc import Sequence

from service.pipeline.alignment import scorer
from service.pipeline.alignment.background import Background, Match
from service.pipeline.alignment.evidence import Feature, gather, objections
from service.pipeline.alignment.propositions import Quantity
from service.pipeline.alignment.vetoes import HARD


def match(one: Quantity, other: Quantity, background: Background) -> Match:
    """Judge whether ``one`` and ``other`` answer the same question; ``score`` is the chance that they do.

    ``veto`` names what keeps them apart, or weighs against them most.
    """
    for veto in HARD:
        reason = veto(one, other, background)
        if reason:
            return Match(0.0, reason, ())
    model = scorer.load()
    against = objections(one, other, background)
    found = gather(one, other, background, against)
    weights = model.weights
    chance = scorer.chance(model.bias + sum([weights.get(name, 0.0) * value for name, value, _ in found]))
    reasons = dict.fromkeys(why for _, _, why in found[len(against) :] if why) if chance >= model.accepted else ()
    return Match(chance, _gravest(against, model), tuple(reasons))


def objection(one: Quantity, other: Quantity, background: Background) -> str | None:
    """What keeps two numbers apart, or weighs against them most: the ``veto`` of their match without its score."""
    for veto in HARD:
        reason = veto(one, other, background)
        if reason:
            return reason
    return _gravest(objections(one, other, background), scorer.load())


def _gravest(against: Sequence[Feature], model: scorer.Scorer) -> str | None:
    """The reason of the soft veto that weighs most."""
    if not against:
        return None
    return min(against, key=lambda feature: (model.weights.get(feature[0], 0.0), feature[0]))[2]
