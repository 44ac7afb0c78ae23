"""Whether two quantities fill one slot: the same thing counted, the same predicate, the same scope.

A pair is first put to the named hard vetoes; what passes is scored by a learned weighing of what the two share and of
what weighs against them. Either way the answer says why.
"""

from __future__ import annotations

from service.pipeline.alignment import scorer
from service.pipeline.alignment.background import Background, Match
from service.pipeline.alignment.evidence import gather
from service.pipeline.alignment.propositions import Quantity
from service.pipeline.alignment.vetoes import HARD

_VETO = "veto"


def match(one: Quantity, other: Quantity, background: Background) -> Match:
    """Judge whether ``one`` and ``other`` answer the same question; ``score`` is the chance that they do.

    ``veto`` names what keeps them apart, or weighs against them most.
    """
    for veto in HARD:
        reason = veto(one, other, background)
        if reason:
            return Match(0.0, reason, ())
    model = scorer.load()
    found = gather(one, other, background)
    against: tuple[float, str, str] | None = None
    logit = model.bias
    for name, value, why in found:
        weight = model.weights.get(name, 0.0)
        logit += weight * value
        if name.startswith(_VETO) and (against is None or (weight, name) < against[:2]):
            against = weight, name, why
    chance = scorer.chance(logit)
    if chance < model.accepted:
        return Match(chance, against[2] if against else None, ())
    reasons = dict.fromkeys(why for name, _, why in found if why and not name.startswith(_VETO))
    return Match(chance, against[2] if against else None, tuple(reasons))
