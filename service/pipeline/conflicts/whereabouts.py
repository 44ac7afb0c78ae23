"""One event of which two reports say otherwise where it was, in words beside the names of places.

Only what happens once, or in one place at a time, is compared, and only where the rules for events of one predicate are
sure that it is one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from service.pipeline.alignment.candidates import pairs
from service.pipeline.alignment.events import Event, same_sentence
from service.pipeline.alignment.events.evidence import ACCEPTED_BY_HAND
from service.pipeline.alignment.events.matching import match_events
from service.pipeline.alignment.grouping import groups
from service.pipeline.alignment.premises import Setting
from service.pipeline.alignment.times import are_apart, days_of
from service.pipeline.alignment.workspace import Workspace
from service.pipeline.conflicts.findings import Finding, Statement

T = TypeVar("T", bound=Setting)


def compare(
    workspace: Workspace, read: Callable[[Event], T | None], opposed: Callable[[T, T], bool], rule: str
) -> list[Finding]:
    """Events of which two reports tell what is ``opposed``; ``read`` gives what the words around an event tell."""
    told = (event for event in workspace.events if _happens_once(event, workspace))
    found = [own for event in told if (own := read(event)) is not None]
    links = {}
    for first, second in pairs([[own.event.concept] for own in found]):
        one, other = found[first], found[second]
        if opposed(one, other) and not _are_two(one.event, other.event, workspace):
            score = match_events(one.event, other.event, workspace.background, placed=True).score
            if score >= ACCEPTED_BY_HAND:
                links[first, second] = score
    return [
        _finding([found[index] for index in members], max(links[link] for link in inside), rule)
        for members, inside in groups(len(found), links)
    ]


def _happens_once(event: Event, workspace: Workspace) -> bool:
    """Whether the event is one that can be told apart: it happens once, or in one place at a time, and did."""
    concept = workspace.background.lexicon.concepts.get(event.concept)
    once = concept is not None and (concept.once or concept.local)
    return once and event.polarity == "affirmed" and not (event.unreal or event.repeated or event.future)


def _are_two(one: Event, other: Event, workspace: Workspace) -> bool:
    """Whether nothing says that the two are one: one report, people that differ, days or places that do."""
    if one.reading is other.reading or same_sentence(one, other):
        return True
    if one.day is not None and other.day is not None and are_apart(days_of(one.day.value), days_of(other.day.value)):
        return True
    places = workspace.background.places
    if any(places.exclude(a.name, b.name) for a in one.places for b in other.places):
        return True
    return bool(one.persons or other.persons) and not one.persons & other.persons


def _finding(members: Sequence[Setting], score: float, rule: str) -> Finding:
    positions: dict[str, list[Setting]] = {}
    for own in members:
        positions.setdefault(own.answer, []).append(own)
    event = members[0].event
    return Finding(
        "place",
        "contradiction",
        rule,
        min(0.9, score),
        event.concept,
        event.word,
        tuple(tuple(map(_statement, own)) for own in positions.values()),
        (f"predicate:{event.concept}",),
    )


def _statement(setting: Setting) -> Statement:
    event = setting.event
    words = event.reading.document.text_of(event.reading.span(setting.first, setting.last))
    span = event.reading.span(min(event.term.index, setting.first), max(event.term.index + 1, setting.last))
    return Statement(event.reading, span, words, event.claim, about=event)
