"""Numbers that add up to another one of their article: its parts, which compare with like parts alone.

"Sembilan orang meninggal di Ende dan 32 di Sikka, totalnya 41": the run of numbers right in front of a total or
right behind it, of the same things and of no other status, that has just its sum. Only victims and the like, whose
counts go on changing, are added up: of votes or seats each part is told for itself. Numbers that are only about so many
have no sum. Does not look for parts in another order or scattered over the article.
"""

from __future__ import annotations

from collections.abc import Sequence

from service.pipeline.alignment.lexicon import Lexicon
from service.pipeline.alignment.places import Places
from service.pipeline.alignment.quantities.propositions import Quantity, as_part
from service.pipeline.alignment.quantities.shares import SHARE

_LEAST = 5
_MOST_PARTS = 6
_NEAR = 150


def mark_parts(found: Sequence[Quantity], places: Places, lexicon: Lexicon) -> list[Quantity]:
    """``found``, the numbers of one article, with those that add up to another marked as shares."""
    parts: dict[int, str | None] = {}
    numbered = [index for index, quantity in enumerate(found) if _number(quantity) is not None]
    for position in numbered:
        total = found[position]
        known = lexicon.concepts.get(total.slot.status or "")
        if known is None or not known.developing:
            continue
        kin = [index for index in numbered if index == position or _may_be_part(found[index], total)]
        place = kin.index(position)
        for run in (kin[place + 1 :], kin[:place][::-1]):
            parts |= dict.fromkeys(_summands(total, run, found), total.slot.status)
    return [
        as_part(quantity, f"{SHARE}:{_kind(quantity, places)}", parts[index], lexicon)
        if index in parts and quantity.part is None
        else quantity
        for index, quantity in enumerate(found)
    ]


def _kind(quantity: Quantity, places: Places) -> str:
    """What tells a part from the other parts and is the same in another article: the names beside it, else what it
    counts; of no more than people or things, its own place in the text."""
    names = ",".join(sorted(map(places.bare, quantity.names | quantity.nearest)))
    plain = f"{quantity.reading.order}.{quantity.amount.first}" if quantity.slot.generic else quantity.head
    return names or plain


def _summands(total: Quantity, run: Sequence[int], found: Sequence[Quantity]) -> Sequence[int]:
    """The beginning of ``run`` that adds up to ``total``; empty where none does."""
    wanted, reached = _number(total) or 0.0, 0.0
    for count, index in enumerate(run[:_MOST_PARTS], start=1):
        reached += _number(found[index]) or 0.0
        if reached >= wanted:
            return run[:count] if reached == wanted and count > 1 else ()
    return ()


def _number(quantity: Quantity) -> float | None:
    """The count, where it is an exact one."""
    value = quantity.value
    exact = value.kind == "quantity" and value.low == value.high and not value.approximate
    return value.low if exact and value.low is not None and value.low > 0 else None


def _may_be_part(quantity: Quantity, total: Quantity) -> bool:
    """Whether ``quantity`` is of the things, and of no other status, that ``total`` counts, near it."""
    number, whole = _number(quantity), _number(total)
    if number is None or whole is None or not number < whole or whole < _LEAST:
        return False
    status = quantity.slot.status
    near = abs(quantity.amount.first - total.amount.first) <= _NEAR
    return near and quantity.slot.family == total.slot.family and status in (None, total.slot.status)
