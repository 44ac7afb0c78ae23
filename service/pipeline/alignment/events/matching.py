"""Whether two clauses speak of one event: the same predicate, and participants that fit.

Names tell most (countries and places less), then the things that take part, each by how telling it is. Names on both
sides of which none is shared speak against it.
"""

from __future__ import annotations

from collections.abc import Iterable, Set
from datetime import date

from service.pipeline.alignment.background import Background, Match
from service.pipeline.alignment.concepts import Concept
from service.pipeline.alignment.events import Event
from service.pipeline.alignment.lexicon import Lexicon
from service.pipeline.alignment.places import Places

NAME = 0.35
PLACE_NAME = 0.2
THING = 0.25
THINGS = 0.5
KNOWN_PREDICATE = 0.15
RARE_PREDICATE = 0.25
STRANGERS = 0.3
CONTEXT = 0.1
BARE = 0.35
CONTEXTS = 2
TELLING = 0.6
ANAPHORA = 0.15
APART = 30
# reports of one story that state no time may lie this far apart, in days
LONG = 180
MONTH = 27
RECENT = 9


def match_events(one: Event, other: Event, background: Background, dated: bool = False, placed: bool = False) -> Match:
    """Score two events of one predicate; from 0 (nothing shared) to about 1.5.

    ``dated``: it is their times that are compared, so that of what happens once ever no time is another period;
    ``placed``: their places.
    """
    concept = background.lexicon.concepts.get(one.concept)
    unique = dated and concept is not None and concept.unique
    mutual = concept is not None and concept.mutual
    if not (unique or _is_of_one_person(one, other, concept)) and other_period(one, other):
        return Match(0.0, "other-period", ())
    reasons = [f"predicate:{one.concept}"]
    known = one.concept.startswith("@")
    score = KNOWN_PREDICATE if known else RARE_PREDICATE * background.weight(one.concept)
    places = background.places
    own_places, other_places = one.sites, other.sites
    first, second = one.names - own_places, other.names - other_places
    acting, reacting = one.own - own_places, other.own - other_places
    shared = shared_names(first, second, background.lexicon)
    for name in shared:
        score += PLACE_NAME if places.is_country(name) else NAME
        reasons.append(f"name:{name}")
    around = [
        name
        for name in shared_names(one.names | one.context, other.names | other.context, background.lexicon)
        if name not in shared
    ]
    if not mutual:
        score += min(len(around), CONTEXTS) * CONTEXT
        reasons += [f"name:{name}" for name in around]
    if acting and reacting and not shared:
        score -= STRANGERS
    if shared and _strangers(one, other, background.lexicon):
        if mutual:
            return Match(0.0, "other-party", ())
        score -= 2 * STRANGERS
    elif shared and mutual and _others(first, second, background.lexicon):
        score -= 2 * STRANGERS
    once = concept is not None and concept.once and not mutual
    if once and (dated or placed) and (is_bare(one, background) or is_bare(other, background)):
        score += BARE
    if other_patient(one, other, background):
        score -= 2 * STRANGERS
    if _share_place(own_places, other_places | second, places) or _share_place(other_places, first, places):
        score += PLACE_NAME
    things = sorted(one.things & other.things)
    telling = sum(background.weight(thing) for thing in things)
    if concept is not None and concept.once and bool(first) != bool(second) and telling >= TELLING:
        score += ANAPHORA
    weight = sum(THING * background.weight(thing) for thing in things)
    score += min(THINGS, weight)
    reasons += [f"thing:{thing}" for thing in things]
    return Match(score, None, tuple(reasons))


def _is_of_one_person(one: Event, other: Event, concept: Concept | None) -> bool:
    """Whether both tell of one person what happens to people once, and one of them does not say when."""
    undated = one.period is None or other.period is None
    once = concept is not None and concept.once and not concept.mutual
    return once and undated and bool(one.persons & other.persons)


def is_bare(event: Event, background: Background) -> bool:
    """Whether the event is spoken of as the one that the story is about ("kecelakaan itu terjadi"): a noun that says
    nothing of who takes part, and of no number or further one."""
    lexicon = background.lexicon
    if event.term.verb or event.own - event.sites or event.things - lexicon.happening - _place_words(event, lexicon):
        return False
    numbered = any(amount.value.kind == "quantity" for amount in event.clause.amounts)
    return not numbered and not any(word in lexicon.scopes.further for word in event.clause.words())


def _place_words(event: Event, lexicon: Lexicon) -> frozenset[str]:
    """The concepts of the clause's common nouns for places ("desa", "jalan")."""
    reading = event.reading
    return frozenset(t.concept for t in event.clause.terms if reading.words[t.index] in lexicon.scopes.place_nouns)


def _share_place(one: set[str] | frozenset[str], other: set[str] | frozenset[str], places: Places) -> bool:
    return any(places.same(a, b) for a in one for b in other)


def other_period(one: Event, other: Event) -> bool:
    """Whether the two speak of times that lie months apart; without a stated time, that of publication counts.

    What is said never to have happened is denied for all times.
    """
    if one.never or other.never or one.polarity == "denied" or other.polarity == "denied":
        return False
    if one.day is not None and other.day is not None:
        return False
    first, second = _time(one), _time(other)
    if first is None or second is None:
        return False
    if one.period is None and other.period is None:
        return max(_days(first[1], second[0]), _days(second[1], first[0])) > LONG
    if (_is_ahead(one) and other.period is None) or (_is_ahead(other) and one.period is None):
        return False
    apart = max(_days(first[1], second[0]), _days(second[1], first[0]))
    coarse = max(_days(*first), _days(*second)) >= MONTH
    return apart > (RECENT if coarse else APART)


def _is_ahead(event: Event) -> bool:
    """Whether the event is set to a time behind the publication of its article, which bounds no other report of it."""
    published = event.reading.document.article.published_at
    return event.period is not None and published is not None and event.period[0] > published.date().isoformat()


def _time(event: Event) -> tuple[str, str] | None:
    if event.period is not None:
        return event.period
    published = event.reading.document.article.published_at
    return (published.date().isoformat(),) * 2 if published else None


def _days(first: str, last: str) -> int:
    return (date.fromisoformat(last) - date.fromisoformat(first)).days


def _others(one: frozenset[str], other: frozenset[str], lexicon: Lexicon) -> bool:
    """Whether each side has a party that the other has not: of what two do to each other, another occasion."""
    return bool(one - set(shared_names(one, other, lexicon)) and other - set(shared_names(other, one, lexicon)))


def other_patient(one: Event, other: Event, background: Background) -> bool:
    """Whether the predicate is done to things of different classes."""
    first, second = one.patient, other.patient
    if first is None or second is None or first == second or first in other.things or second in one.things:
        return False
    return not (background.lexicon.is_generic(first) or background.lexicon.is_generic(second))


def _strangers(one: Event, other: Event, lexicon: Lexicon) -> bool:
    """Whether each event has a person who is not in the other: a meeting with somebody else."""
    return bool(
        one.persons - set(shared_names(one.persons, other.names, lexicon))
        and other.persons - set(shared_names(other.persons, one.names, lexicon))
    )


def shared_names(one: Set[str], other: Set[str], lexicon: Lexicon) -> list[str]:
    """Names of ``one`` that ``other`` holds too, whole or by their words: all of one name are among those of the other,
    common nouns in front of them left out."""
    if not one or not other:
        return []
    shared = one & other
    if len(shared) < len(one):
        cores = [lexicon.core(name) for name in other]
        shared = shared | {name for name in one - shared if _is_among(lexicon.core(name), cores)}
    return sorted(shared)


def _is_among(core: frozenset[str], others: Iterable[frozenset[str]]) -> bool:
    return any(core <= other or other <= core for other in others)
