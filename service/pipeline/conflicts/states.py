"""States that exclude each other: suspect or witness, arrested or come of his own accord, open or closed.

Two affirmed events of excluding predicates about one named party. Where the state may change, a later report is an
update.
"""

from __future__ import annotations

from itertools import pairwise

from service.pipeline.alignment.background import Background
from service.pipeline.alignment.event_evidence import Comparison
from service.pipeline.alignment.event_matching import match_events, shared_names
from service.pipeline.alignment.events import Event
from service.pipeline.alignment.lexicon import Exclusion
from service.pipeline.alignment.workspace import Workspace
from service.pipeline.conflicts import event_pairs
from service.pipeline.conflicts.findings import Finding, Statement

TELLING = 1.2
SUBJECT = 0.55
LEAST = 0.7


def compare(workspace: Workspace) -> list[Finding]:
    """Events whose predicates cannot both hold of one party."""
    exclusions = _exclusions(workspace)
    events, compared = comparisons(workspace)
    scores = event_pairs.score(compared, workspace.background)
    return [
        _finding(members, exclusions[members[0].concept][1], score, reasons)
        for members, score, reasons in event_pairs.matters(events, scores, workspace.background)
    ]


def _exclusions(workspace: Workspace) -> dict[str, tuple[int, Exclusion]]:
    """The exclusion that each concept belongs to, with its number."""
    return {
        f"@{state}": (number, exclusion)
        for number, exclusion in enumerate(workspace.background.lexicon.scopes.exclusions)
        for state in exclusion.states
    }


def comparisons(workspace: Workspace) -> tuple[list[Event], list[tuple[event_pairs.Pair, Comparison]]]:
    """The events that stand in an exclusion, and those of them that exclude each other."""
    exclusions = _exclusions(workspace)
    events = [e for e in workspace.events if e.concept in exclusions and e.polarity == "affirmed" and not e.unreal]

    def rule(one: Event, other: Event) -> Comparison | None:
        if one.concept == other.concept or exclusions[one.concept][0] != exclusions[other.concept][0]:
            return None
        return None if _same_voice(one, other) else Comparison(one, other, "state", _hand(one, other, workspace))

    keys = [str(exclusions[event.concept][0]) for event in events]
    return events, list(event_pairs.comparisons(events, workspace, rule, keys))


def _hand(one: Event, other: Event, workspace: Workspace) -> float:
    """The score by rules."""
    if one.future != other.future:
        return 0.0
    if _is_of_one_thing(one, other, workspace.background):
        return SUBJECT
    personal = one.persons or other.persons or one.reading is other.reading
    named = one.persons & other.persons if personal else one.names & other.names
    if not named and not _share_things(one, other, workspace.background):
        return 0.0
    return match_events(one, other, workspace.background).score


def _is_of_one_thing(one: Event, other: Event, background: Background) -> bool:
    """Whether both are said of one telling thing, and not of two of its kind that their names tell apart."""
    if one.subject is None or one.subject != other.subject or background.weight(one.subject) < LEAST:
        return False
    apart = one.parties and other.parties and not shared_names(one.parties, other.parties, background.lexicon)
    return not apart and not (one.persons or other.persons) and background.lexicon.kind(one.subject) != "measure"


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
