"""Clauses as propositions that other articles may state as well: what they hold, weighed by how few clauses hold it."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence

import msgspec

from service.pipeline.alignment.events import Event
from service.pipeline.alignment.times import days_of
from service.pipeline.alignment.workspace import Workspace
from service.pipeline.conflicts.intervals import Interval, interval_of

KEYS = 7
CLAUSES = 60
TELLING = 0.35


class Proposition(msgspec.Struct, frozen=True):
    """A clause by its features, each with its weight.

    ``event`` is its main predicate, ``predicates`` holds all by their concepts; ``sign``: affirmed or not; ``day``:
    when it happened; ``counts``: its figures by what they count; ``weight``: that of all features together.
    """

    event: Event
    predicates: Mapping[str, Event]
    features: Mapping[str, float]
    sign: bool
    day: tuple[str, str] | None
    counts: Mapping[str, Interval]
    weight: float


def keys_of(proposition: Proposition) -> list[str]:
    """What another proposition must share with this one: one of its most telling features, or the predicate and sign
    of a denial."""
    ranked = sorted(proposition.features.items(), key=lambda feature: (-feature[1], feature[0]))
    keys = [feature for feature, weight in ranked[:KEYS] if weight >= TELLING]
    return keys if proposition.sign else [*keys, *(f"not|{concept}" for concept in sorted(proposition.predicates))]


def read_propositions(workspace: Workspace) -> list[Proposition]:
    """The propositions of the story, one a clause."""
    by_clause: dict[tuple[int, int], list[Event]] = {}
    for event in workspace.events:
        if not event.unreal and not _is_setting(event, workspace):
            by_clause.setdefault((event.reading.order, event.clause.number), []).append(event)
    figures: dict[tuple[int, int], dict[str, Interval]] = {}
    for quantity in workspace.quantities:
        own = figures.setdefault((quantity.reading.order, quantity.clause.number), {})
        own.setdefault(quantity.head, interval_of(quantity.value))
    features = {key: _features(events, workspace) for key, events in by_clause.items()}
    held = Counter(feature for own_features in features.values() for feature in own_features)
    total = math.log(max(len(features), CLAUSES))
    absent = {(e.reading.order, e.clause.sentence.first) for e in workspace.events if e.absent}
    found = []
    for key, events in sorted(by_clause.items()):
        main = min(events, key=_rank)
        days = days_of(main.day.value) if main.day is not None and not is_limit(main, workspace) else None
        weighed = {f: base * (1 - math.log(held[f]) / total) for f, base in sorted(features[key].items())}
        predicates = {event.concept: event for event in events}
        # what a sentence says of something that is not there is not affirmed either
        sign = main.polarity == "affirmed" and (main.reading.order, main.clause.sentence.first) not in absent
        found.append(Proposition(main, predicates, weighed, sign, days, figures.get(key, {}), sum(weighed.values())))
    return found


def _rank(event: Event) -> tuple[bool, bool, bool, int]:
    """Negated events first, then those with a day, then verbs, then the first in the clause."""
    return event.polarity == "affirmed", event.day is None, not event.term.verb, event.term.index


def _is_setting(event: Event, workspace: Workspace) -> bool:
    """Whether the event is only where or when somebody spoke ("jumpa pers")."""
    words = list(event.reading.words[event.term.index : event.term.index + 2])
    return " ".join(words) in workspace.background.lexicon.scopes.reported_day


def is_limit(event: Event, workspace: Workspace) -> bool:
    """Whether the day is one until which, or as of which, something holds."""
    assert event.day is not None
    first = event.day.first
    words = event.reading.words[max(event.clause.first, first - 2) : first]
    return workspace.background.lexicon.sequences.as_of.within(words)


def _features(events: Sequence[Event], workspace: Workspace) -> dict[str, float]:
    """The concepts, names and days of a clause, each with how telling it is by itself."""
    background = workspace.background
    found: dict[str, float] = {}
    for event in events:
        for concept in sorted(event.things | {event.concept}):
            found[concept] = background.weight(concept)
        days = days_of(event.day.value) if event.day is not None else None
        if days is not None:
            found[f"day|{days[0]}|{days[1]}"] = 0.9
    for mention in events[0].clause.mentions:
        found[f"name|{mention.name}"] = 0.4 if background.places.is_country(mention.name) else 0.9
    return found
