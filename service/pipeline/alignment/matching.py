"""Whether two quantities fill one slot: the same thing counted, the same predicate, the same scope.

A pair is first put to the named hard vetoes; what passes is scored by a learned weighing of what the two share and of
what weighs against them. Either way the answer says why.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from service.pipeline.alignment import scorer
from service.pipeline.alignment.background import Background, Match
from service.pipeline.alignment.evidence import (
    LEADS,
    SENTENCES,
    Feature,
    gather,
    gather_apart,
    leads,
    objections,
    of_sentences,
)
from service.pipeline.alignment.propositions import Quantity
from service.pipeline.alignment.vetoes import HARD, OBJECTION

# in logits: what rounding may lift a sum by, and far more
_SLACK = 0.01
_REFUSED = Match(0.0, None, ())


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
    return _judged(found, against, model)


class Likely:
    """The matches of those pairs of a story that may be accepted.

    Most others are told from what costs little, as the comparison of two sentences costs more than all the rest, and
    what it can add is known beforehand.
    """

    def __init__(self, background: Background) -> None:
        self._background = background
        self._model = scorer.load()
        weights = self._model.weights
        self._leads = max(0.0, weights.get(LEADS, 0.0))
        most = sum(max(0.0, weights.get(name, 0.0)) for name in SENTENCES if name != LEADS)
        # nothing, as an objection has no weight that speaks for a pair
        self._objections = sum(max(0.0, weight) for name, weight in weights.items() if name.startswith(OBJECTION))
        accepted = self._model.accepted
        self._least = math.log(accepted / (1 - accepted)) - most - _SLACK

    def match(self, one: Quantity, other: Quantity) -> Match | None:
        """The match of two numbers, without the name of a hard veto; None where it will not be accepted, whatever their
        sentences have in common."""
        background, model = self._background, self._model
        for veto in HARD:
            if veto(one, other, background):
                return _REFUSED
        front, behind = gather_apart(one, other, background)
        logit = model.bias + _sum(front, model) + _sum(behind, model)
        if logit + self._objections < self._least and not self._may_lead(logit + self._objections, one, other):
            return None
        against = objections(one, other, background)
        logit += _sum(against, model)
        if logit < self._least and not self._may_lead(logit, one, other):
            return None
        return _judged([*against, *front, *of_sentences(one, other, background), *behind], against, model)

    def _may_lead(self, logit: float, one: Quantity, other: Quantity) -> bool:
        """Whether ``logit`` is enough if both numbers stand in sentences that open their articles, and they do."""
        return logit + self._leads >= self._least and leads(one, other, self._background)


def _judged(found: Sequence[Feature], against: Sequence[Feature], model: scorer.Scorer) -> Match:
    """The match of a pair by its features ``found``, of which those ``against`` it come first."""
    chance = scorer.chance(model.bias + _sum(found, model))
    reasons = dict.fromkeys(why for _, _, why in found[len(against) :] if why) if chance >= model.accepted else ()
    return Match(chance, _gravest(against, model), tuple(reasons))


def _sum(found: Iterable[Feature], model: scorer.Scorer) -> float:
    weights = model.weights
    return sum([weights.get(name, 0.0) * value for name, value, _ in found])


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
