"""What speaks for and against two events being one matter, as features of a learned scorer.

Named like those of two numbers (``evidence``): what the two share of predicates, participants, places and times, each
by how rare it is among the story's articles, and what sets them apart. The score that rules by hand give a pair of one
predicate is one of the features. A feature may count otherwise for one kind of comparison (``date``, ``place``,
``polarity``, ``state``); it is given twice then, once under the kind's name.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Literal

import msgspec

from service.pipeline.alignment import vectors
from service.pipeline.alignment.background import Background
from service.pipeline.alignment.events import Event
from service.pipeline.alignment.events.matching import is_bare, other_patient, other_period, shared_names
from service.pipeline.alignment.events.negation_evidence import is_timeless, of_negations
from service.pipeline.alignment.lexicon import Lexicon
from service.pipeline.alignment.times import TIMES, days_of

Kind = Literal["date", "place", "polarity", "state"]
KINDS: tuple[Kind, ...] = ("date", "place", "polarity", "state")
ACCEPTED_BY_HAND = 0.5
_CAP = 3.0
_FEW = 2.0
_NEARBY = 3
_FAR = 60
_COARSE = 27
_REPLY = 80


class Comparison(msgspec.Struct, frozen=True):
    """Two events compared as to ``kind``; ``hand`` is the score that rules give them, None where they do not apply.

    ``one`` is the negative of a pair of different polarity; ``leading``: both articles open with what both tell of.
    ``standing`` is how well the pair does, 0 to 1, against the best that either event has in the other's article, by
    the lesser of the two.
    """

    one: Event
    other: Event
    kind: Kind
    hand: float | None
    leading: bool = False
    standing: float = 0.0


def features(compared: Comparison, background: Background) -> dict[str, float]:
    """The features of a comparison that are not zero, by name, those under the kind's name with them."""
    found: dict[str, float] = {compared.kind: 1.0}
    for name, value in gather(compared, background):
        if value:
            found[name] = value
            found[f"{compared.kind}.{name}"] = value
    return found


def gather(compared: Comparison, background: Background) -> Iterator[tuple[str, float]]:
    """The features of a comparison, each once, those that are zero among them, without the kind's name."""
    one, other = compared.one, compared.other
    if compared.hand is not None:
        yield "hand", max(-0.5, min(1.5, compared.hand))
        yield "hand_accepts", float(compared.hand >= ACCEPTED_BY_HAND)
        yield "hand_refuses", float(compared.hand <= 0)
    elif compared.one.concept == compared.other.concept and compared.one.concept.startswith("@"):
        # what the classes know and rules do not apply to happens again and again, or in many places
        yield "recurring", 1.0
    yield from _of_predicates(compared, background)
    yield from _of_names(one, other, background)
    yield from _of_places(compared, background)
    yield from _of_things(one, other, background)
    yield from _of_sentences(one, other, background)
    yield from _of_times(compared)
    yield from _of_voices(one, other)
    yield "leading", float(compared.leading)
    yield "standing", compared.standing
    yield "standing_best", float(compared.standing >= 1.0)
    if compared.kind == "polarity":
        yield from of_negations(one, other, compared.hand, compared.standing >= 1.0, background)
    elif compared.kind != "state":
        yield "bare", float(is_bare(one, background) or is_bare(other, background))


def _of_predicates(compared: Comparison, background: Background) -> Iterator[tuple[str, float]]:
    one, other, lexicon = compared.one, compared.other, background.lexicon
    yield "nominal", float(_is_nominal(one, lexicon)) + float(_is_nominal(other, lexicon))
    if one.concept == other.concept:
        known = one.concept.startswith("@")
        yield ("predicate_known", 1.0) if known else ("predicate_root", background.weight(one.concept))
        concept = lexicon.concepts.get(one.concept)
        yield "once", float(concept is not None and concept.once)
        return
    nearness = vectors.load().similarity(one.word, other.word) or 0.0
    yield "predicate_near", nearness if nearness >= vectors.FLOOR else 0.0
    yield "predicate_converse", float(lexicon.are_converses(one.concept, other.concept))
    # what is negated is affirmed where it takes part in something, not where something takes part in it
    sides = ((one.concept, other), (other.concept, one))[: 1 if compared.kind == "polarity" else 2]
    crossed = [concept for concept, event in sides if concept in event.things]
    if not crossed and one.concept.startswith("@") and other.concept.startswith("@"):
        yield "predicate_other", float(not lexicon.are_converses(one.concept, other.concept))
    if crossed:
        yield "predicate_crossed", max(background.weight(concept) for concept in crossed)
    else:
        yield "predicate_differs", 1.0


def _is_nominal(event: Event, lexicon: Lexicon) -> bool:
    """Whether a noun tells of the event, and none that is said to have happened ("terjadi kericuhan"), to be somebody
    ("adalah anggota geng"), or not to be at all."""
    if event.term.verb or event.absent:
        return False
    words, index = event.reading.words, event.term.index
    scopes = lexicon.scopes
    if index > event.clause.first and (words[index - 1] in scopes.copulas or words[index - 1] in scopes.negators):
        return False
    near = {words[i] for i in (index - 1, index + 1) if event.clause.first <= i < event.clause.last}
    return all(near.isdisjoint(known) for known in (scopes.occurrence, scopes.existence, scopes.support_verbs))


def _of_names(one: Event, other: Event, background: Background) -> Iterator[tuple[str, float]]:
    lexicon = background.lexicon
    first, second = one.names - one.sites, other.names - other.sites
    shared = shared_names(first, second, lexicon)
    people = sum(name in one.persons for name in shared)
    countries = sum(background.places.is_country(name) for name in shared)
    yield "persons", min(_FEW, people)
    yield "countries", min(_FEW, countries)
    yield "names", min(_FEW, len(shared) - people - countries)
    wide = shared_names(first | one.context | one.around, second | other.context | other.around, lexicon)
    yield "names_apart", float(bool(first and second and not wide))
    yield (
        "persons_apart",
        float(bool(one.persons and other.persons) and not shared_names(one.persons, other.names, lexicon)),
    )
    first_of, second_of = said_of(one), said_of(other)
    if first_of and second_of:
        yield ("said_of_same" if shared_names({first_of}, {second_of}, lexicon) else "said_of_other"), 1.0
    yield "person_one", float(bool(one.persons) != bool(other.persons))
    around = shared_names(one.names | one.context, other.names | other.context, lexicon)
    yield "names_around", min(_FEW, len([name for name in around if name not in shared]))


def said_of(event: Event) -> str:
    """The name, of somebody or some body, that stands nearest in front of the predicate; else nothing."""
    front = [m for m in event.clause.mentions if m.first < event.term.index and m.name not in event.sites]
    return front[-1].name if front else ""


def _of_places(compared: Comparison, background: Background) -> Iterator[tuple[str, float]]:
    one, other, places = compared.one, compared.other, background.places
    couples = [(a, b) for a in one.sites for b in other.sites]
    yield "site_same", float(any(places.same(a, b) for a, b in couples))
    if compared.kind == "place":
        pairs = [(a, b) for a in one.places for b in other.places] or [
            (a, b) for a in one.origins for b in other.origins
        ]
        first, second = pairs[0]
        listed = places.is_listed(first.name) + places.is_listed(second.name)
        if any(places.exclude(a.name, b.name) for a, b in pairs):
            yield "places_exclude", 1.0
        else:
            yield ("places_differ" if listed != 1 and first.type == second.type else "places_unknown"), 1.0
    else:
        yield "site_other", float(any(places.exclude(a, b) for a, b in couples))


def _of_things(one: Event, other: Event, background: Background) -> Iterator[tuple[str, float]]:
    weigh, lexicon = background.weight, background.lexicon
    shared = sum(weigh(thing) for thing in sorted(one.things & other.things))
    yield "things", min(_CAP, shared)
    totals = [sum(weigh(thing) for thing in sorted(event.things)) for event in (one, other)]
    if min(totals) > 0:
        yield "cover_smaller", shared / min(totals)
        yield "cover_larger", shared / max(totals)
    if one.concept != other.concept and (one.concept in other.things or other.concept in one.things):
        met = [a for a, b in ((one.concept, other), (other.concept, one)) if a in (b.target, b.patient)]
        yield "object_met", max(map(weigh, met), default=0.0)
    elif one.target and other.target:
        if one.target in {other.target, lexicon.broader(other.target)}:
            yield "target_same", weigh(one.target)
        elif lexicon.broader(one.target) == other.target:
            yield "target_same", weigh(other.target)
        elif one.target not in other.things and other.target not in one.things:
            yield "target_differs", 1.0
    if one.patient is not None and one.patient == other.patient:
        yield "patient_same", weigh(one.patient)
    if one.subject is not None and other.subject is not None:
        same = one.subject == other.subject
        yield ("subject_same", weigh(one.subject)) if same else ("subject_differs", 1.0)
    yield "other_patient", float(other_patient(one, other, background))
    yield "number_same", float(bool(_numbers(one) & _numbers(other)))


def _numbers(event: Event) -> set[float | None]:
    return {amount.value.low for amount in event.clause.amounts if amount.value.kind not in TIMES}


def _of_sentences(one: Event, other: Event, background: Background) -> Iterator[tuple[str, float]]:
    kinship = background.kinship
    if kinship is None:
        return
    first, second = ((event.reading.order, event.clause.sentence.first) for event in (one, other))
    kin = kinship.kin(first, second)
    yield "near", kin.near
    yield "nearest_one", max(kin.standing)
    yield "nearest_both", min(kin.standing)
    yield "near_wide", kin.wide
    yield "leads", float(kinship.opens(first) and kinship.opens(second))
    yield "lead_one", float(kinship.opens(first) != kinship.opens(second))
    yield "meaning", max(0.0, kin.meaning)
    yield "clause_meaning", max(0.0, kinship.clause_meaning(one.clause, other.clause))


def _of_times(compared: Comparison) -> Iterator[tuple[str, float]]:
    one, other = compared.one, compared.other
    first, second = (days_of(event.day.value) if event.day is not None else None for event in (one, other))
    if first is not None and second is not None:
        if compared.kind == "date":
            apart = abs(_days(first[0], second[0]))
            yield "days_meet", float(first[0] <= second[1] and second[0] <= first[1])
            yield "days_near", float(apart <= _NEARBY)
            yield "days_far", min(1.0, apart / _FAR)
            yield "told_before", float(_is_told_before(one, second[0]) or _is_told_before(other, first[0]))
            yield "days_coarse", float(max(_days(*first), _days(*second)) > _COARSE)
        else:
            meeting = first[0] <= second[1] and second[0] <= first[1]
            yield ("day_same" if meeting else "day_other"), 1.0
    elif compared.kind == "date":
        yield "day_unknown", 1.0
    yield "other_period", float(other_period(one, other))
    bound = compared.kind != "polarity" or not is_timeless(one)
    yield "future_differs", float(bound and one.future != other.future)
    yield "repeated", float(bound and (one.repeated or other.repeated))


def _is_told_before(event: Event, day: str) -> bool:
    """Whether the report of ``event``, as of what has happened, had appeared before ``day``."""
    published = event.reading.document.article.published_at
    return published is not None and not event.future and published.date().isoformat() < day


def _days(first: str, last: str) -> int:
    return (date.fromisoformat(last) - date.fromisoformat(first)).days


def _of_voices(one: Event, other: Event) -> Iterator[tuple[str, float]]:
    first, second = speaker(one), speaker(other)
    within = one.reading is other.reading
    yield "within", float(within)
    apart = abs(one.sentence.first - other.sentence.first)
    yield "reply", float(within and first != second) * max(0.0, 1 - apart / _REPLY)
    if first and second:
        yield ("speaker_same" if first == second else "speakers_differ"), 1.0


def speaker(event: Event) -> str:
    """Who says it, where that is told by name; else nothing."""
    attribution = event.claim.attribution if event.claim is not None else None
    return (attribution.speaker.name or "") if attribution is not None and attribution.speaker is not None else ""


def likeness(one: Event, other: Event, background: Background) -> float:
    """How much two events have in common, roughly, for telling which of several is meant: 0 to about 4."""
    score = 1.0 if one.concept == other.concept else 0.0
    score += min(1.0, sum(map(background.weight, sorted(one.things & other.things))) / 2)
    score += min(1.0, len(shared_names(one.names, other.names, background.lexicon)) / 2)
    if background.kinship is not None:
        first, second = ((event.reading.order, event.clause.sentence.first) for event in (one, other))
        kin = background.kinship.kin(first, second)
        score += kin.near + kin.wide
    return score
