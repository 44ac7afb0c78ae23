"""Which numbers are compared at all: those of one class, in one currency or in two with a rate that the texts give."""

from __future__ import annotations

from collections.abc import Mapping

from service.pipeline.alignment.candidates import pairs
from service.pipeline.alignment.noun_phrases import MEASURES
from service.pipeline.alignment.quantities.propositions import Quantity
from service.pipeline.alignment.workspace import Workspace

RARE = 0.6
SMALL = 24
_NEAR = 6


def candidates(workspace: Workspace) -> list[tuple[int, int]]:
    """Index pairs of quantities to compare: all of one class where it is small, else those that share a key."""
    found = workspace.quantities
    keys = [_keys(quantity, workspace) for quantity in found]
    near = pairs([[quantity.slot.family] for quantity in found], SMALL)
    return sorted({*near, *pairs(keys)})


def _keys(quantity: Quantity, workspace: Workspace) -> list[str]:
    """What another quantity of its class must share to be compared with this one."""
    near = quantity.foci | quantity.modifiers
    if quantity.value.kind in MEASURES:
        near |= {c for c in quantity.context if workspace.background.weight(c) >= RARE}
    status = quantity.slot.status
    near |= {quantity.head} | ({status} if status else set())
    return [f"{quantity.slot.family}|{concept}" for concept in sorted(near)]


def exchange_rates(workspace: Workspace) -> dict[str, float]:
    """What one unit of a currency is worth in the others' common base, from sums that the texts call equal."""
    lexicon = workspace.background.lexicon
    for quantity in workspace.quantities:
        if quantity.value.kind != "money":
            continue
        for other in quantity.clause.amounts:
            if (
                other.value.kind != "money"
                or other.value.base == quantity.value.base
                or other.first < quantity.amount.last
            ):
                continue
            between = quantity.reading.words[quantity.amount.last : other.first]
            one, two = quantity.value.base_low, other.value.base_low
            if one and two and any(w in lexicon.scopes.equivalents for w in between) and len(between) <= _NEAR:
                small, large = sorted(((one, quantity.value.base), (two, other.value.base)), key=lambda e: e[0])
                return {small[1] or "": large[0] / small[0], large[1] or "": 1.0}
    return {}


def same_money(one: Quantity, other: Quantity, rates: Mapping[str, float]) -> bool:
    """Whether two sums are of one currency, or the texts give the rate; anything but money always passes."""
    if one.value.kind != "money" or other.value.kind != "money" or one.value.base == other.value.base:
        return True
    return one.value.base in rates and other.value.base in rates
