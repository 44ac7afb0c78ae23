"""One event on two sides of one place: north of the harbour in one report, south of it in another.

Only what happens once, or in one place at a time, is compared, and only where the rules for events of one predicate are
sure that it is one.
"""

from __future__ import annotations

from service.pipeline.alignment.bearings import Bearing, Knowledge, bearing_of
from service.pipeline.alignment.candidates import pairs
from service.pipeline.alignment.events.evidence import ACCEPTED_BY_HAND
from service.pipeline.alignment.events.matching import match_events
from service.pipeline.alignment.grouping import groups
from service.pipeline.alignment.workspace import Workspace
from service.pipeline.conflicts.findings import Finding, Statement
from service.pipeline.conflicts.premises import are_apart, happens_once


def compare(workspace: Workspace, known: Knowledge) -> list[Finding]:
    """Events that two reports put on two sides of one place."""
    told = (event for event in workspace.events if happens_once(event, workspace))
    found = [bearing for event in told if (bearing := bearing_of(event, known)) is not None]
    links = {}
    for first, second in pairs([[b.event.concept] for b in found]):
        one, other = found[first], found[second]
        if not _are_opposed(one, other, workspace, known) or are_apart(one.event, other.event, workspace):
            continue
        score = match_events(one.event, other.event, workspace.background, placed=True).score
        if score >= ACCEPTED_BY_HAND:
            links[first, second] = score
    return [
        _finding([found[index] for index in members], max(links[link] for link in inside))
        for members, inside in groups(len(found), links)
    ]


def _are_opposed(one: Bearing, other: Bearing, workspace: Workspace, known: Knowledge) -> bool:
    """Whether the two directions exclude each other, seen from one place or from two of one name."""
    if not known.exclude(one.direction, other.direction):
        return False
    first, second = one.seen_from.name, other.seen_from.name
    alike = set(first.lower().split()) & set(second.lower().split())
    return bool(alike) or workspace.background.places.related(first, second)


def _finding(members: list[Bearing], score: float) -> Finding:
    positions: dict[str, list[Bearing]] = {}
    for bearing in members:
        positions.setdefault(bearing.direction, []).append(bearing)
    event = members[0].event
    return Finding(
        "place",
        "contradiction",
        "place-bearing",
        min(0.9, score),
        event.concept,
        event.word,
        tuple(tuple(_statement(bearing) for bearing in own) for own in positions.values()),
        (f"predicate:{event.concept}",),
    )


def _statement(bearing: Bearing) -> Statement:
    event = bearing.event
    words = event.reading.document.text_of(event.reading.span(bearing.first, bearing.last))
    span = event.reading.span(min(event.term.index, bearing.first), max(event.term.index + 1, bearing.last))
    return Statement(event.reading, span, words, event.claim, about=event)
