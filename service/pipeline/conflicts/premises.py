"""One event in premises of two kinds: at home or in hospital, in a car or in a hotel.

Names of places are compared by ``places``; here it is the common nouns. Only what happens once, or in one place at a
time, is compared, and only where the rules for events of one predicate are sure that it is one.
"""

from __future__ import annotations

from service.pipeline.alignment.candidates import pairs
from service.pipeline.alignment.events import Event, same_sentence
from service.pipeline.alignment.events.evidence import ACCEPTED_BY_HAND
from service.pipeline.alignment.events.matching import match_events
from service.pipeline.alignment.grouping import groups
from service.pipeline.alignment.premises import Knowledge, Setting, setting_of
from service.pipeline.alignment.times import days_of
from service.pipeline.alignment.workspace import Workspace
from service.pipeline.conflicts.findings import Finding, Statement


def compare(workspace: Workspace, known: Knowledge) -> list[Finding]:
    """Events that are set in premises of kinds that exclude each other."""
    lexicon = workspace.background.lexicon
    told = (event for event in workspace.events if happens_once(event, workspace))
    found = [setting for event in told if (setting := setting_of(event, lexicon, known)) is not None]
    links = {}
    for first, second in pairs([[s.event.concept] for s in found]):
        one, other = found[first], found[second]
        if known.exclude(one.kind, other.kind) and not are_apart(one.event, other.event, workspace):
            score = match_events(one.event, other.event, workspace.background, placed=True).score
            if score >= ACCEPTED_BY_HAND:
                links[first, second] = score
    return [
        _finding([found[index] for index in members], max(links[link] for link in inside))
        for members, inside in groups(len(found), links)
    ]


def happens_once(event: Event, workspace: Workspace) -> bool:
    """Whether the event is one that can be told apart: it happens once, or in one place at a time, and did."""
    concept = workspace.background.lexicon.concepts.get(event.concept)
    once = concept is not None and (concept.once or concept.local)
    return once and event.polarity == "affirmed" and not (event.unreal or event.repeated or event.future)


def are_apart(one: Event, other: Event, workspace: Workspace) -> bool:
    """Whether nothing says that the two are one: one report, people that differ, days or places that do."""
    if one.reading is other.reading or same_sentence(one, other):
        return True
    if one.day is not None and other.day is not None:
        first, second = days_of(one.day.value), days_of(other.day.value)
        if first and second and (first[1] < second[0] or second[1] < first[0]):
            return True
    places = workspace.background.places
    if any(places.exclude(a.name, b.name) for a in one.places for b in other.places):
        return True
    return bool(one.persons or other.persons) and not one.persons & other.persons


def _finding(members: list[Setting], score: float) -> Finding:
    positions: dict[str, list[Setting]] = {}
    for setting in members:
        positions.setdefault(setting.kind, []).append(setting)
    event = members[0].event
    return Finding(
        "place",
        "contradiction",
        "place-premises",
        min(0.9, score),
        event.concept,
        event.word,
        tuple(tuple(_statement(setting) for setting in own) for own in positions.values()),
        (f"predicate:{event.concept}",),
    )


def _statement(setting: Setting) -> Statement:
    event = setting.event
    first, last = min(event.term.index, setting.first), max(event.term.index + 1, setting.last)
    words = event.reading.document.text_of(event.reading.span(setting.first, setting.last))
    return Statement(event.reading, event.reading.span(first, last), words, event.claim, about=event)
