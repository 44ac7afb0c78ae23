"""Whether two quantities fill one slot: the same thing counted, the same predicate, the same scope.

A pair is first put to the named hard vetoes; what passes is scored by a learned weighing of what the two share and of
what weighs against them. Either way the answer says why.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import fields
from typing import NamedTuple

from service.pipeline.alignment import scorer
from service.pipeline.alignment.background import Background, Match
from service.pipeline.alignment.quantities.evidence import (
    LEADS,
    SENTENCES,
    Feature,
    gather,
    leads,
    objections,
    of_sentences,
    of_values,
    of_wording,
    standing,
)
from service.pipeline.alignment.quantities.propositions import Quantity
from service.pipeline.alignment.quantities.slots import Slot
from service.pipeline.alignment.quantities.vetoes import HARD, both_told, occasion

_WHERE = frozenset({"clause", "amount", "reading", "slot", "focus", "claim", "evidence", "as_of"})
_VALUE = frozenset({"value", "bounds", "number", "digits"})
# in logits: what rounding may lift a sum by, and far more
_SLACK = 0.01
_REFUSED = Match(0.0, None, ())


def match(one: Quantity, other: Quantity, background: Background) -> Match:
    """Judge whether ``one`` and ``other`` answer the same question; ``score`` is the chance that they do.

    ``veto`` names what keeps them apart, or weighs against them most.
    """
    reason = _refusal(one, other, background) or both_told(one, other, background)
    if reason is not None:
        return Match(0.0, reason, ())
    model = scorer.load()
    against = objections(one, other, background)
    found = gather(one, other, background, against)
    chance = scorer.chance(model.bias + _sum(found, model))
    reasons = dict.fromkeys(why for _, _, why in found[len(against) :] if why) if chance >= model.accepted else ()
    return Match(chance, _gravest(against, model), tuple(reasons))


class _Shared(NamedTuple):
    """What two numbers share, but for what their values, their sentences and their articles tell.

    ``refused`` is the reason of a hard veto; ``against`` and ``front`` are as of ``gather``, ``total`` their sum in
    logits.
    """

    refused: str | None
    against: Sequence[Feature] = ()
    front: Sequence[Feature] = ()
    total: float = 0.0


class Pairs:
    """The pairs of numbers of one story.

    Articles repeat each other's sentences, and agencies'. What two numbers share is worked out once for all that are
    told in the same words, whatever the numbers are: vetoes and the evidence of the wording look at nothing else. What
    their sentences share costs most, and what it can add is known beforehand: it is looked at only where it may decide.
    """

    def __init__(self, background: Background) -> None:
        self._background = background
        self._model = scorer.load()
        self._patterns: dict[int, int] = {}
        self._numbers: dict[Hashable, int] = {}
        self._shared: dict[tuple[int, int], _Shared] = {}
        weights = self._model.weights
        self._leads = max(0.0, weights.get(LEADS, 0.0))
        most = sum(max(0.0, weights.get(name, 0.0)) for name in SENTENCES if name != LEADS)
        accepted = self._model.accepted
        self._least = math.log(accepted / (1 - accepted)) - most - _SLACK

    def match_likely(self, one: Quantity, other: Quantity) -> Match | None:
        """The match of two numbers, without what keeps them apart; None where it will not be accepted, whatever their
        sentences have in common."""
        shared = self._share(one, other)
        model, background = self._model, self._background
        if shared.refused is not None or both_told(one, other, background) is not None:
            return _REFUSED
        behind = of_values(one, other, background)
        logit = model.bias + _sum(behind, model, shared.total)
        if logit < self._least and (logit + self._leads < self._least or not leads(one, other, background)):
            return None
        rest = [*of_sentences(one, other, background), *behind]
        chance = scorer.chance(model.bias + _sum(rest, model, shared.total))
        if chance < model.accepted:
            return Match(chance, None, ())
        return Match(chance, None, tuple(dict.fromkeys(why for _, _, why in (*shared.front, *rest) if why)))

    def objection(self, one: Quantity, other: Quantity) -> str | None:
        """What keeps two numbers apart, or weighs against them most: the ``veto`` of their match without its score."""
        shared = self._share(one, other)
        # what the numbers are is no part of what is shared
        told = shared.refused or both_told(one, other, self._background)
        return told or _gravest(shared.against, self._model)

    def _share(self, one: Quantity, other: Quantity) -> _Shared:
        key = self._pattern(one), self._pattern(other)
        found = self._shared.get(key)
        if found is None:
            found = self._shared[key] = self._work_out(one, other)
        return found

    def _work_out(self, one: Quantity, other: Quantity) -> _Shared:
        refused = _refusal(one, other, self._background)
        if refused is not None:
            return _Shared(refused)
        against = objections(one, other, self._background)
        front = of_wording(one, other, self._background)
        return _Shared(None, against, front, _sum([*against, *front], self._model))

    def _pattern(self, quantity: Quantity) -> int:
        """The number of all that ``_share`` looks at of a quantity."""
        known = self._patterns.get(id(quantity))
        if known is None:
            focus = quantity.focus
            told = (
                _of_quantity(quantity),
                _of_slot(quantity.slot),
                (focus.concept, focus.verb) if focus is not None else None,
                standing(quantity, self._background),
                occasion(quantity, self._background),
            )
            known = self._patterns[id(quantity)] = self._numbers.setdefault(told, len(self._numbers))
        return known


# all but where a number stands, and the number itself
_of_quantity = operator.attrgetter(
    *(field.name for field in fields(Quantity) if field.name not in _WHERE and field.name not in _VALUE)
)
_of_slot = operator.attrgetter(*(name for name in Slot.__struct_fields__ if name not in _VALUE))


def _sum(found: Iterable[Feature], model: scorer.Scorer, start: float = 0.0) -> float:
    """``start`` and what ``found`` weighs, in logits."""
    weights = model.weights
    return sum([weights.get(name, 0.0) * value for name, value, _ in found], start)


def _refusal(one: Quantity, other: Quantity, background: Background) -> str | None:
    """The reason of the first hard veto that the wording of a pair gives."""
    for veto in HARD:
        reason = veto(one, other, background)
        if reason:
            return reason
    return None


def _gravest(against: Sequence[Feature], model: scorer.Scorer) -> str | None:
    """The reason of the soft veto that weighs most."""
    if not against:
        return None
    return min(against, key=lambda feature: (model.weights.get(feature[0], 0.0), feature[0]))[2]
