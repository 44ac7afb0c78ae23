"""What keeps two numbers apart, each reason under its name: other things, other scopes, other times and places."""

from __future__ import annotations

import functools
from collections.abc import Callable

from service.pipeline.alignment.background import Background
from service.pipeline.alignment.lexicon import Lexicon
from service.pipeline.alignment.noun_phrases import PERSON
from service.pipeline.alignment.places import SMALL
from service.pipeline.alignment.quantities.propositions import AGE, Quantity
from service.pipeline.alignment.quantities.slots import same_status

_NEARBY = 3
_WEEK = 6
_LONG = 27
_CLOSE = 62
_RECENT = 9
_KEPT_NAMES = 2_048


def _other_thing(one: Quantity, other: Quantity, background: Background) -> str | None:
    """Heads that cannot be the same: other units, other classes of things."""
    first, second = one.head, other.head
    if first == second:
        return None
    lexicon = background.lexicon
    if first.startswith("#") or second.startswith("#"):
        return None if one.slot.family == other.slot.family else "other-unit"
    first, second = _counted(one, lexicon), _counted(other, lexicon)
    if first == second or (PERSON in (first, second) and one.slot.family == other.slot.family):
        return None
    return None if any({first, second} <= group for group in lexicon.akin) else "other-thing"


def _counted(quantity: Quantity, lexicon: Lexicon) -> str:
    """The class of the counted; of "orang" with another word for people behind it, that word's."""
    counted = quantity.slot.counted
    if counted != PERSON or lexicon.is_status(quantity.head):
        return counted
    return next((word for word in sorted(quantity.modifiers) if lexicon.broader(word) == PERSON), counted)


def _other_status(one: Quantity, other: Quantity, background: Background) -> str | None:
    lexicon = background.lexicon
    first, second = one.slot.status, other.slot.status
    if first is None or second is None or same_status(first, second, lexicon):
        return None
    role = lexicon.is_status(one.head) or lexicon.is_status(other.head)
    joint = not role and (first in other.foci or second in one.foci)
    return None if joint and not _rival(one, other, background) else "other-status"


def _unknown_status(one: Quantity, other: Quantity, background: Background) -> str | None:
    """A status against none, where nothing beside the other number speaks of it."""
    first, second = one.slot.status, other.slot.status
    if (first is None) == (second is None):
        return None
    known = first or second
    quantity = other if first is not None else one
    near = known in quantity.foci or known in quantity.context or bool(one.foci & other.foci)
    return None if near or one.slot.family != PERSON else "status-unknown"


def _rival(one: Quantity, other: Quantity, background: Background) -> bool:
    """Whether both have a focus of their own kind, so that a shared mention elsewhere does not make them one."""
    lexicon = background.lexicon
    return (
        one.focus is not None
        and other.focus is not None
        and lexicon.is_status(one.focus.concept)
        and lexicon.is_status(other.focus.concept)
    )


def _other_grade(one: Quantity, other: Quantity, background: Background) -> str | None:
    return "other-grade" if one.grade != other.grade else None


def _share(one: Quantity, other: Quantity, background: Background) -> str | None:
    return "part-of-total" if one.part != other.part else None


def _other_rate(one: Quantity, other: Quantity, background: Background) -> str | None:
    return "part-of-total" if one.rate and other.rate and one.rate != other.rate else None


def _plan(one: Quantity, other: Quantity, background: Background) -> str | None:
    return "plan-against-fact" if one.planned != other.planned else None


def _retracted(one: Quantity, other: Quantity, background: Background) -> str | None:
    return "retracted" if one.retracted or other.retracted else None


def _negation(one: Quantity, other: Quantity, background: Background) -> str | None:
    return "negated" if one.negated != other.negated else None


def _other_period(one: Quantity, other: Quantity, background: Background) -> str | None:
    first, second = one.slot.reach, other.slot.reach
    if first and second:
        if first[0] <= second[1] and second[0] <= first[1]:
            return None
        lengths = _length(first), _length(second)
        apart = max(second[0] - first[1], first[0] - second[1])
        if one.slot.measured and (min(lengths) >= _WEEK or apart >= _LONG):
            return "other-period"
        return "other-period" if max(lengths) > _LONG or apart > _CLOSE else None
    stated, quantity = (first, one) if first else (second, other)
    if stated is None or quantity.slot.published is None:
        return None
    limit = _RECENT if _length(stated) >= _LONG else _CLOSE
    return "other-period" if quantity.slot.published - stated[1] > limit and not quantity.since else None


def _other_moment(one: Quantity, other: Quantity, background: Background) -> str | None:
    """Measures of a moment ("magnitudo") that are dated to two days, or to a day that the other article does not know
    yet: two shocks of which each has its own."""
    if one.slot.focus != other.slot.focus or one.slot.focus not in background.lexicon.momentary:
        return None
    first, second = one.slot.reach, other.slot.reach
    if first and second:
        return "other-event" if first[1] < second[0] or second[1] < first[0] else None
    stated, quantity = (first, other) if first else (second, one)
    late = stated is not None and quantity.slot.published is not None and stated[0] > quantity.slot.published
    return "other-event" if late else None


def both_told(one: Quantity, other: Quantity, background: Background) -> str | None:
    """Two numbers of which each stands in the article of the other as well: they are of two matters there, and so here
    ("di dua kecamatan …, di delapan kecamatan …")."""
    if one.reading is other.reading or one.slot.bounds == other.slot.bounds or one.slot.measured:
        return None
    told = (
        quantity.slot.bounds in background.census.get((rival.reading.order, rival.head), ())
        for quantity, rival in ((one, other), (other, one))
    )
    return "other-thing" if all(told) else None


def _length(period: tuple[int, int]) -> int:
    return period[1] - period[0]


def _other_place(one: Quantity, other: Quantity, background: Background) -> str | None:
    places = background.places
    if not one.places or not other.places:
        return None
    levels = [(places.level(a), places.level(b), a, b) for a in one.places for b in other.places]
    if any(first == second in SMALL and places.exclude(a, b) for first, second, a, b in levels):
        return "other-place"
    if any(places.exclude(a, b) for a in one.places for b in other.places):
        shared = any(places.same(a, b) for a in one.places for b in other.places)
        return None if shared else "other-place"
    return None


def _inner_place(one: Quantity, other: Quantity, background: Background) -> str | None:
    """A count for a place against one for a larger place, or for a building against one for all."""
    if not one.places or not other.places:
        return None
    for inner, outer in ((one, other), (other, one)):
        finest = inner.places[0]
        within = any(background.places.contains(p, finest) for p in outer.places)
        same = any(background.places.same(p, finest) for p in outer.places)
        around = any(background.places.contains(finest, p) for p in outer.places)
        if within and not same and not around and background.places.level(finest) in SMALL:
            return "part-of-total"
    return None


def _other_kind(one: Quantity, other: Quantity, background: Background) -> str | None:
    """Noun phrases whose modifiers tell different things apart (fishing boats, patrol ships)."""
    first, second = one.slot.kinds, other.slot.kinds
    return "other-kind" if first and second and not first & second else None


def _unknown_kind(one: Quantity, other: Quantity, background: Background) -> str | None:
    """A kind of things against things of any kind, where nothing beside the other number speaks of that kind."""
    first, second = one.slot.kinds, other.slot.kinds
    if bool(first) == bool(second) or background.lexicon.is_generic(one.head):
        return None
    quantity = other if first else one
    return None if (first or second) & (quantity.context | quantity.parties) else "other-kind"


def _other_object(one: Quantity, other: Quantity, background: Background) -> str | None:
    """Attributes of other things ("harga beras", "harga cabai"), and other substances ("kilogram sabu")."""
    first, second = one.objects, other.objects
    if not first or not second or first <= second or second <= first:
        return None
    return "other-kind"


def _contrasted(one: Quantity, other: Quantity, background: Background) -> str | None:
    """Concepts of one group beside the amounts, of which each has its own ("laba", "pendapatan")."""
    near_one, near_other = one.foci | one.context, other.foci | other.context
    for group in background.lexicon.contrasts:
        first, second = near_one & group, near_other & group
        joint = one.slot.focus in first and one.slot.focus == other.slot.focus
        if first != second and first and second and not joint:
            return "other-status"
    return None


def _other_attribute(one: Quantity, other: Quantity, background: Background) -> str | None:
    """Amounts whose nearest attributes are known and differ ("suap", "anggaran")."""
    lexicon = background.lexicon
    first, second = one.slot.focus, other.slot.focus
    if first == second or "@value" in (first, second) or one.slot.attributes & other.slot.attributes:
        return None
    for known, quantity in ((first, other), (second, one)):
        if known is not None and lexicon.kind(known) in ("status", "measure") and known not in quantity.context:
            return "other-status"
    return None


def _other_parties(one: Quantity, other: Quantity, background: Background) -> str | None:
    """Different givers, owners or senders, where the number is theirs."""
    first, second = one.slot.about, other.slot.about
    if not first or not second:
        return None
    if one.agent and other.agent and not _names_overlap(frozenset({one.agent}), frozenset({other.agent}), background):
        return "other-party"
    if one.persons and other.persons:
        return None if _names_overlap(one.persons, other.persons, background) else "other-party"
    if first & second or _names_overlap(first, second, background):
        return None
    if one.slot.measured:
        return "other-party"
    counted_by_name = bool(one.names and other.names)
    return "other-party" if counted_by_name else None


def _names_overlap(first: frozenset[str], second: frozenset[str], background: Background) -> bool:
    places = background.places
    return any(places.related(a, b) or _one_name(a, b) for a in first for b in second)


def _one_name(one: str, other: str) -> bool:
    """Whether the words of one name are all among those of the other."""
    first, second = _words_of(one), _words_of(other)
    return first <= second or second <= first


@functools.lru_cache(maxsize=_KEPT_NAMES)
def _words_of(name: str) -> frozenset[str]:
    return frozenset(name.lower().split())


def _other_person(one: Quantity, other: Quantity, background: Background) -> str | None:
    """Ages of which it is not said that they are one person's."""
    if AGE not in (one.slot.focus, other.slot.focus):
        return None
    return None if _names_overlap(one.parties, other.parties, background) else "other-party"


def _other_occasion(one: Quantity, other: Quantity, background: Background) -> str | None:
    """Whether the sentences date their events more than a few days apart, and no party is in both."""
    if not background.occasions:
        return None
    first, second = occasion(one, background), occasion(other, background)
    if first is None or second is None or one.persons & other.persons:
        return None
    return "other-event" if abs(first - second) > _NEARBY else None


def occasion(quantity: Quantity, background: Background) -> int | None:
    """The day, as an ordinal, on which the sentence of a number sets what happens once."""
    return background.occasions.get((quantity.reading.order, quantity.clause.sentence.first))


Veto = Callable[[Quantity, Quantity, Background], str | None]
# these settle the matter, by the words beside the numbers alone
HARD: tuple[Veto, ...] = (
    _other_thing,
    _share,
    _other_rate,
    _negation,
    _retracted,
    _other_person,
    _other_moment,
)
# these weigh against: two measures, and two counts
_OF_MEASURES: tuple[Veto, ...] = (
    _other_grade,
    _other_period,
    _other_place,
    _other_object,
    _contrasted,
    _other_attribute,
    _other_parties,
    _plan,
    _other_occasion,
)
_OF_COUNTS: tuple[Veto, ...] = (
    _other_status,
    _other_grade,
    _other_period,
    _other_place,
    _inner_place,
    _other_kind,
    _other_object,
    _other_parties,
    _unknown_status,
    _unknown_kind,
    _plan,
    _other_occasion,
)
_NAMED = {
    measured: tuple((f"veto{veto.__name__}", veto) for veto in vetoes)
    for measured, vetoes in ((True, _OF_MEASURES), (False, _OF_COUNTS))
}


def soft(one: Quantity) -> tuple[tuple[str, Veto], ...]:
    """What may weigh against ``one`` and another number being of one slot, each with the name of its feature."""
    return _NAMED[one.slot.measured]
