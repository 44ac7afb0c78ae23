"""Which events are held against each other, and how surely two of them are one matter."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from service.pipeline.alignment import scorer, vectors
from service.pipeline.alignment.background import Background
from service.pipeline.alignment.candidates import pairs
from service.pipeline.alignment.event_evidence import Comparison, features
from service.pipeline.alignment.event_matching import match_events
from service.pipeline.alignment.events import Event, same_sentence
from service.pipeline.alignment.grouping import agglomerate, surest
from service.pipeline.alignment.workspace import Workspace

TELLING = 0.6
SHARED = 0.8
Pair = tuple[int, int]
Rule = Callable[[Event, Event], Comparison | None]


def comparisons(
    events: Sequence[Event], workspace: Workspace, rule: Rule, classes: Sequence[str] | None = None
) -> Iterator[tuple[Pair, Comparison]]:
    """The pairs of ``events`` that share something telling and that ``rule`` finds opposed, by their numbers.

    With ``classes``, one for each event, those of one class are compared, whatever they share.
    """
    background = workspace.background
    keys = [_keys(event, background) for event in events] if classes is None else [[own] for own in classes]
    for first, second in pairs(keys):
        one, other = events[first], events[second]
        if same_sentence(one, other) or not (classes is not None or _share_enough(one, other, background)):
            continue
        compared = rule(one, other)
        if compared is not None:
            yield (first, second), compared


def is_of_reporting(event: Event, background: Background) -> bool:
    """Whether the predicate only tells how the report came about ("ditemui di …", "jumpa pers"): each has its own."""
    words, index = event.reading.words, event.term.index
    known = background.lexicon.scopes.reported_day
    return words[index] in known or " ".join(words[index : index + 2]) in known


def is_refused(one: Event, other: Event, hand: float | None) -> bool:
    """Whether rules that apply say that two events of one kind are two, or both are of known kinds that differ.

    What the classes know to be two things is not one on two days or in two places, however much the rest is alike.
    """
    if hand is not None:
        return hand <= 0
    if one.concept == other.concept or not (one.concept.startswith("@") and other.concept.startswith("@")):
        return False
    return (vectors.load().similarity(one.word, other.word) or 0.0) < vectors.FLOOR


def _keys(event: Event, background: Background) -> list[str]:
    things = (thing for thing in event.things if background.weight(thing) >= TELLING)
    return [event.concept, *sorted({f"thing|{thing}" for thing in things} | {f"thing|{event.concept}"})]


def _share_enough(one: Event, other: Event, background: Background) -> bool:
    if one.concept == other.concept or one.concept in other.things or other.concept in one.things:
        return True
    shared = one.things & other.things
    return bool(shared and one.own & other.own) or sum(map(background.weight, sorted(shared))) >= SHARED


def score(compared: Iterable[tuple[Pair, Comparison]], background: Background) -> dict[Pair, float]:
    """The chance, 0 to 1, that each comparison is of one matter."""
    model = scorer.load(scorer.EVENTS)
    return {pair: model.chance(features(comparison, background).items()) for pair, comparison in compared}


def matters(
    events: Sequence[Event], scores: dict[Pair, float], background: Background
) -> Iterator[tuple[list[Event], float, tuple[str, ...]]]:
    """Groups of events that are one matter on average, with the chance and the reasons of the surest pair."""
    accepted = scorer.load(scorer.EVENTS).accepted
    grouped = agglomerate(len(events), scores, accepted)
    for members, best in zip(grouped, surest(grouped, scores), strict=True):
        one, other = events[best[0]], events[best[1]]
        yield [events[index] for index in members], scores[best], _reasons(one, other, background)


def _reasons(one: Event, other: Event, background: Background) -> tuple[str, ...]:
    reasons = match_events(one, other, background).reasons
    return reasons if one.concept == other.concept else tuple(r for r in reasons if not r.startswith("predicate:"))
