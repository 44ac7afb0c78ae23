"""States that exclude each other: suspect or witness, arrested or come of his own accord, open or closed.

Two affirmed events of excluding predicates about one named party. Where the state may change, a later report is an
update.
"""

from __future__ import annotations

from itertools import pairwise

from service.pipeline.alignment.background import Background
from service.pipeline.alignment.candidates import pairs
from service.pipeline.alignment.event_matching import match_events
from service.pipeline.alignment.events import Event
from service.pipeline.alignment.grouping import groups
from service.pipeline.alignment.lexicon import Exclusion
from service.pipeline.alignment.workspace import Workspace
from service.pipeline.conflicts.findings import Finding, Statement

ACCEPTED = 0.5
TELLING = 1.2


def compare(workspace: Workspace) -> list[Finding]:
    """Events whose predicates cannot both hold of one party."""
    exclusions = {
        f"@{state}": (number, exclusion)
        for number, exclusion in enumerate(workspace.background.lexicon.scopes.exclusions)
        for state in exclusion.states
    }
    events = [e for e in workspace.events if e.concept in exclusions and e.polarity == "affirmed" and not e.unreal]
    keys = [[str(exclusions[event.concept][0])] for event in events]
    links: dict[tuple[int, int], tuple[float, tuple[str, ...]]] = {}
    for first, second in pairs(keys, [e.reading.order for e in events], workspace.linked):
        one, other = events[first], events[second]
        if one.concept == other.concept or _same_voice(one, other) or one.future != other.future:
            continue
        verdict = match_events(one, other, workspace.background)
        personal = one.persons or other.persons or one.reading is other.reading
        named = one.persons & other.persons if personal else one.names & other.names
        if verdict.score >= ACCEPTED and (named or _share_things(one, other, workspace.background)):
            links[first, second] = verdict.score, verdict.reasons
    findings = []
    for members, inside in groups(len(events), links):
        score, reasons = max(links[pair] for pair in inside)
        own = [events[index] for index in members]
        findings.append(_finding(own, exclusions[own[0].concept][1], score, reasons))
    return findings


def _same_voice(one: Event, other: Event) -> bool:
    """Whether one and the same says both."""
    return one.reading is other.reading and (one.claim is None or other.claim is None or one.claim is other.claim)


def _share_things(one: Event, other: Event, background: Background) -> bool:
    """Whether the things that both are said of are telling enough without a name."""
    telling = sum(background.weight(thing) for thing in sorted(one.things & other.things))
    return telling >= TELLING and not (one.parties or other.parties)


def _finding(events: list[Event], exclusion: Exclusion, score: float, reasons: tuple[str, ...]) -> Finding:
    positions: dict[str, list[Event]] = {}
    for event in sorted(events, key=lambda event: exclusion.states.index(event.concept.removeprefix("@"))):
        positions.setdefault(event.concept, []).append(event)
    moments = [sorted(_moment(event) for event in own) for own in positions.values()]
    forward = all(one[-1] < other[0] for one, other in pairwise(moments))
    backward = all(other[-1] < one[0] for one, other in pairwise(moments))
    changed = (forward and exclusion.changes != "never") or (backward and exclusion.changes == "either")
    return Finding(
        "polarity",
        "update" if changed else "contradiction",
        "state-excluded",
        min(0.95, score),
        events[0].concept,
        events[0].word,
        tuple(tuple(_statement(event) for event in own) for own in positions.values()),
        reasons,
    )


def _moment(event: Event) -> str:
    published = event.reading.document.article.published_at
    return published.isoformat() if published else ""


def _statement(event: Event) -> Statement:
    text = event.reading.document.text_of(event.evidence)
    return Statement(event.reading, event.evidence, text, event.claim, about=event)
