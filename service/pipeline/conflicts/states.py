"""States that exclude each other: suspect or witness, arrested or come of his own accord, open or closed.

Two affirmed events of excluding predicates about one named party. Where the state may change, a later report is an
update.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

from service.pipeline.alignment.background import Background
from service.pipeline.alignment.bounding_words import Exclusion
from service.pipeline.alignment.events import Event
from service.pipeline.alignment.events.evidence import Comparison, said_of
from service.pipeline.alignment.events.matching import match_events, shared_names
from service.pipeline.alignment.lexicon import Lexicon
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
    found = []
    for members, score, reasons in event_pairs.matters(events, scores, workspace.background):
        exclusion = _shared(members, exclusions)
        if exclusion is not None:
            found.append(_finding(members, exclusion, score, reasons))
    return found


def _exclusions(workspace: Workspace) -> dict[str, dict[int, Exclusion]]:
    """The exclusions that each concept belongs to, by their numbers."""
    found: dict[str, dict[int, Exclusion]] = {}
    for number, exclusion in enumerate(workspace.background.lexicon.scopes.exclusions):
        for state in exclusion.states:
            found.setdefault(f"@{state}", {})[number] = exclusion
    return found


def _shared(events: Sequence[Event], exclusions: Mapping[str, Mapping[int, Exclusion]]) -> Exclusion | None:
    """The exclusion of which most of ``events`` tell a state, and at least two states; the first of those alike."""
    told = {event.concept for event in events}
    counted = Counter(number for event in events for number in exclusions[event.concept])
    for number, _ in sorted(counted.items(), key=lambda item: (-item[1], item[0])):
        if sum(number in exclusions[concept] for concept in told) > 1:
            return exclusions[next(iter(c for c in sorted(told) if number in exclusions[c]))][number]
    return None


def comparisons(workspace: Workspace) -> tuple[list[Event], list[tuple[event_pairs.Pair, Comparison]]]:
    """The events that stand in an exclusion, and those of them that exclude each other."""
    exclusions = _exclusions(workspace)
    events = [e for e in workspace.events if e.concept in exclusions and e.polarity == "affirmed" and not e.unreal]

    def rule(one: Event, other: Event) -> Comparison | None:
        if one.concept == other.concept or not exclusions[one.concept].keys() & exclusions[other.concept].keys():
            return None
        if _same_voice(one, other) or _is_of_others(one, other, workspace.background):
            return None
        return Comparison(one, other, "state", _hand(one, other, workspace))

    keys = [[str(number) for number in exclusions[event.concept]] for event in events]
    return events, list(event_pairs.comparisons(events, workspace, rule, keys))


def _is_of_others(one: Event, other: Event, background: Background) -> bool:
    """Whether the two are said of two parties: of what two do to each other, not of the same one; of so many of
    a kind, who may be others."""
    lexicon = background.lexicon
    if all(is_mutual(event.concept, lexicon) for event in (one, other)):
        first, second = said_of(one), said_of(other)
        named = bool(first and second)
        same = one.subject is not None and one.subject == other.subject
        return not shared_names({first}, {second}, lexicon) if named else not same
    return not one.persons & other.persons and (_is_counted(one) or _is_counted(other))


def is_mutual(concept: str, lexicon: Lexicon) -> bool:
    """Whether two parties do to each other what ``concept`` stands for."""
    known = lexicon.concepts.get(concept)
    return known is not None and known.mutual


def _is_counted(event: Event) -> bool:
    """Whether the state is said of a number of people or things."""
    # in front of the state, or behind the active verb that brings it about ("menemukan tujuh penumpang")
    amounts = (amount for amount in event.clause.amounts if amount.first <= event.term.index + 1)
    return any(amount.value.kind == "quantity" and amount.value.unit for amount in amounts)


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
    lexicon = background.lexicon
    apart = one.parties and other.parties and not shared_names(one.parties, other.parties, lexicon)
    if apart or lexicon.kind(one.subject) == "measure":
        return False
    return all(
        shared_names(first.persons, second.names | second.context | second.around, lexicon)
        for first, second in ((one, other), (other, one))
        if first.persons
    )


def _same_voice(one: Event, other: Event) -> bool:
    """Whether one and the same says both."""
    return one.reading is other.reading and (one.claim is None or other.claim is None or one.claim is other.claim)


def _share_things(one: Event, other: Event, background: Background) -> bool:
    """Whether the things that both are said of are telling enough without a name."""
    telling = sum(background.weight(thing) for thing in sorted(one.things & other.things))
    return telling >= TELLING and not (one.parties or other.parties)


def _finding(events: list[Event], exclusion: Exclusion, score: float, reasons: tuple[str, ...]) -> Finding:
    positions: dict[str, list[Event]] = {}
    inside = [event for event in events if event.concept.removeprefix("@") in exclusion.states]
    for event in sorted(inside, key=lambda event: exclusion.states.index(event.concept.removeprefix("@"))):
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
        inside[0].concept,
        inside[0].word,
        tuple(tuple(_statement(event) for event in own) for own in positions.values()),
        reasons,
    )


def _moment(event: Event) -> str:
    published = event.reading.document.article.published_at
    return published.isoformat() if published else ""


def _statement(event: Event) -> Statement:
    text = event.reading.document.text_of(event.evidence)
    return Statement(event.reading, event.evidence, text, event.claim, about=event)
