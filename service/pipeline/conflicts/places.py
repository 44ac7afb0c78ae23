"""One event in two places: the same predicate of the same participants where the places exclude each other."""

from __future__ import annotations

from service.pipeline.alignment.candidates import pairs
from service.pipeline.alignment.event_matching import match_events
from service.pipeline.alignment.events import Event, same_sentence
from service.pipeline.alignment.grouping import groups
from service.pipeline.alignment.places import Places
from service.pipeline.alignment.times import days_of
from service.pipeline.alignment.workspace import Workspace
from service.pipeline.conflicts.findings import Finding, Statement

ACCEPTED = 0.5


def compare(workspace: Workspace) -> list[Finding]:
    """Events that are placed in two places of which neither lies in the other."""
    places = workspace.background.places
    events = [event for event in workspace.events if _is_placed(event, workspace)]
    accepted: list[tuple[int, int]] = []
    scores: dict[tuple[int, int], tuple[float, tuple[str, ...]]] = {}
    keys = [[event.concept] for event in events]
    for first, second in pairs(keys, [event.reading.order for event in events], workspace.linked):
        one, other = events[first], events[second]
        verdict = match_events(one, other, workspace.background, placed=True)
        if verdict.score >= ACCEPTED and not same_sentence(one, other) and not _on_other_days(one, other):
            accepted.append((first, second))
            scores[first, second] = verdict.score, verdict.reasons
    findings = []
    for members, inside in groups(len(events), accepted):
        positions = _positions([events[index] for index in members], places)
        if len(positions) > 1:
            score, reasons = max(scores[pair] for pair in inside)
            findings.append(_finding(positions, score, reasons))
    return findings


def _on_other_days(one: Event, other: Event) -> bool:
    """Whether the two are dated to times that do not meet: two occasions, or a matter of the day."""
    if one.day is None or other.day is None:
        return False
    first, second = days_of(one.day.value), days_of(other.day.value)
    return first is not None and second is not None and (first[1] < second[0] or second[1] < first[0])


def _is_placed(event: Event, workspace: Workspace) -> bool:
    known = workspace.background.lexicon.concepts.get(event.concept)
    return (
        bool(event.places)
        and known is not None
        and (known.once or known.local)
        and event.polarity == "affirmed"
        and not event.unreal
    )


def exclude(one: Event, other: Event, places: Places) -> bool:
    """Whether no place of one event can be a place of the other."""
    couples = [(a.name, b.name) for a in one.places for b in other.places]
    if any(places.related(a, b) for a, b in couples[:1]):
        return False
    return any(places.exclude(a, b) for a, b in couples)


def _positions(events: list[Event], places: Places) -> list[list[Event]]:
    """Events by place; one that excludes no position, or more than all but one, stands in none."""
    # many events name the same places: one of each stands for all of them
    alike: dict[tuple[str, ...], list[Event]] = {}
    for event in events:
        alike.setdefault(tuple(mention.name for mention in event.places), []).append(event)
    kinds = [own[0] for own in alike.values()]
    positions: list[list[Event]] = []
    for event in kinds:
        if not any(exclude(event, other, places) for other in kinds):
            continue
        fitting = [p for p in positions if not any(exclude(event, member, places) for member in p)]
        if fitting:
            fitting[0].append(event)
        else:
            positions.append([event])
    opposed = [
        p for p in positions if any(exclude(a, b, places) for q in positions if q is not p for a in p for b in q)
    ]
    return [[event for kind in p for event in alike[tuple(m.name for m in kind.places)]] for p in opposed]


def _finding(positions: list[list[Event]], score: float, reasons: tuple[str, ...]) -> Finding:
    return Finding(
        "place",
        "contradiction",
        "place-event",
        min(0.99, score),
        positions[0][0].concept,
        positions[0][0].word,
        tuple(tuple(_statement(event) for event in members) for members in positions),
        reasons,
    )


def _statement(event: Event) -> Statement:
    return Statement(event.reading, event.evidence, event.places[0].name, event.claim, about=event)
