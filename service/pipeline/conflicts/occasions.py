"""What tells, beside the time, that two events of one kind are two: another stage, another strength, another rival."""

from __future__ import annotations

from service.pipeline.alignment.background import Background
from service.pipeline.alignment.events import Event
from service.pipeline.alignment.events.matching import shared_names
from service.pipeline.alignment.lexicon import Lexicon

_MAGNITUDE = "magnitude"
_TELLING = 0.5
# by how much agencies give the magnitude of one quake otherwise
_ROUNDED = 0.4


def are_two(one: Event, other: Event, background: Background) -> bool:
    """Whether the words of two events on one story set them apart."""
    lexicon = background.lexicon
    return (
        _are_of_other_phases(one, other, lexicon)
        or _are_of_other_strength(one, other)
        or _have_other_partners(one, other, lexicon)
        or are_of_nothing_common(one, other, background)
    )


def are_of_nothing_common(one: Event, other: Event, background: Background) -> bool:
    """Whether both only say that something goes on or ends ("berlangsung"), and it is not shown to be the same: they
    share neither a telling thing nor a name of anybody but a country."""
    lexicon, empty = background.lexicon, background.lexicon.going_on
    if one.concept != other.concept or one.concept not in empty:
        return False
    shared = (one.things & other.things) - empty
    if any(background.weight(thing) >= _TELLING and not lexicon.is_generic(thing) for thing in shared):
        return False
    names = (one.own - one.sites) & (other.own - other.sites)
    return all(background.places.is_country(name) for name in names)


def _are_of_other_phases(one: Event, other: Event, lexicon: Lexicon) -> bool:
    """Whether the two are told to be different stages of one thing ("fase awal", "fase akhir")."""
    stages = [_stages(event, lexicon) for event in (one, other)]
    return any(
        bool(stages[0] & group and stages[1] & group) and not stages[0] & stages[1] & group
        for group in lexicon.scopes.phases
    )


def _are_of_other_strength(one: Event, other: Event) -> bool:
    """Whether two magnitudes tell the two apart: one quake after another."""
    first, second = (
        [a.value for a in event.clause.amounts if a.value.base == _MAGNITUDE and a.value.base_low is not None]
        for event in (one, other)
    )
    return bool(first and second) and all(
        abs((a.base_low or 0.0) - (b.base_low or 0.0)) > _ROUNDED for a in first for b in second
    )


def _have_other_partners(one: Event, other: Event, lexicon: Lexicon) -> bool:
    """Whether, of what two do with each other, the two share one party, and each has another: two matches."""
    known = lexicon.concepts.get(one.concept)
    if known is None or not known.mutual or one.concept != other.concept:
        return False
    first, second = one.own - one.sites, other.own - other.sites
    shared = shared_names(first, second, lexicon)
    return len(shared) == 1 and bool(first - set(shared) and second - set(shared_names(second, first, lexicon)))


def _stages(event: Event, lexicon: Lexicon) -> frozenset[str]:
    """The words, as they are and without endings, between the commas around the predicate."""
    words, index = event.reading.words, event.term.index
    first, last = index, index
    while first > event.clause.first and words[first - 1] != ",":
        first -= 1
    while last < event.clause.last and words[last] != ",":
        last += 1
    found = words[first:last]
    return frozenset(found) | {word.removesuffix(ending) for word in found for ending in lexicon.scopes.clitics}
