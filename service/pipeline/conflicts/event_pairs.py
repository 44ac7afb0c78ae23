"""Which events are held against each other, and how surely two of them are one matter."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Literal

from msgspec.structs import replace

from service.pipeline.alignment import scorer, vectors
from service.pipeline.alignment.background import Background
from service.pipeline.alignment.candidates import pairs
from service.pipeline.alignment.events import Event, same_sentence
from service.pipeline.alignment.events.evidence import Comparison, gather, likeness
from service.pipeline.alignment.events.matching import match_events
from service.pipeline.alignment.grouping import agglomerate, surest
from service.pipeline.alignment.workspace import Workspace
from service.pipeline.conflicts.findings import Finding, Statement

TELLING = 0.6
SHARED = 0.8
Pair = tuple[int, int]
Rule = Callable[[Event, Event], Comparison | None]


def comparisons(
    events: Sequence[Event],
    workspace: Workspace,
    rule: Rule,
    classes: Sequence[Sequence[str]] | None = None,
    sides: Sequence[bool] | None = None,
) -> Iterator[tuple[Pair, Comparison]]:
    """The pairs of ``events`` that share something telling and that ``rule`` finds opposed, by their numbers.

    With ``classes``, one or more for each event, those of one class are compared, whatever they share; with ``sides``,
    one for each event, only those of two sides.
    """
    background, leads = workspace.background, workspace.leads
    found: list[tuple[Pair, Comparison]] = []
    keys = [_keys(event, background) for event in events] if classes is None else classes
    for first, second in pairs(keys):
        if sides is not None and sides[first] == sides[second]:
            continue
        one, other = events[first], events[second]
        if same_sentence(one, other) or not (classes is not None or _share_enough(one, other, background)):
            continue
        compared = rule(one, other)
        if compared is not None:
            led = one.concept == other.concept
            led = led and all(event.concept in leads.get(event.reading.order, ()) for event in (one, other))
            found.append(((first, second), replace(compared, leading=led)))
    yield from _ranked(found, background)


def _ranked(found: Sequence[tuple[Pair, Comparison]], background: Background) -> Iterator[tuple[Pair, Comparison]]:
    """The comparisons with how each stands among those of its two events."""
    best: dict[tuple[int, int], float] = {}
    likely = [likeness(compared.one, compared.other, background) for _, compared in found]
    sides = [_sides(pair, compared) for pair, compared in found]
    for both, score in zip(sides, likely, strict=True):
        for side in both:
            best[side] = max(best.get(side, 0.0), score)
    for (pair, compared), both, score in zip(found, sides, likely, strict=True):
        rival = max(best[side] for side in both)
        yield pair, replace(compared, standing=score / rival if rival else 0.0)


def _sides(pair: Pair, compared: Comparison) -> tuple[tuple[int, int], tuple[int, int]]:
    """Each of the two events, by its number, with the number of the other's article; ``pair`` is in the order of the
    articles."""
    first, second = sorted(event.reading.order for event in (compared.one, compared.other))
    return (pair[0], second), (pair[1], first)


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
    by_kind: dict[str, scorer.KindScorer] = {}
    scores: dict[Pair, float] = {}
    for pair, comparison in compared:
        known = by_kind.get(comparison.kind)
        if known is None:
            known = by_kind[comparison.kind] = scorer.KindScorer(model, comparison.kind)
        scores[pair] = known.chance(gather(comparison, background))
    return scores


def matters(
    events: Sequence[Event], scores: dict[Pair, float], background: Background
) -> Iterator[tuple[list[Event], float, tuple[str, ...]]]:
    """Groups of events that are one matter on average, with the chance and the reasons of the surest pair."""
    accepted = scorer.load(scorer.EVENTS).accepted
    grouped = agglomerate(len(events), scores, accepted)
    for members, best in zip(grouped, surest(grouped, scores), strict=True):
        one, other = events[best[0]], events[best[1]]
        yield [events[index] for index in members], scores[best], _reasons(one, other, background)


def finding(
    kind: Literal["date", "place"],
    positions: Sequence[Sequence[Event]],
    value: Callable[[Event], str],
    score: float,
    reasons: tuple[str, ...],
) -> Finding:
    """The conflict over what ``value`` gives of the events of each of the ``positions``."""
    return Finding(
        kind,
        "contradiction",
        f"{kind}-event",
        min(0.99, score),
        positions[0][0].concept,
        positions[0][0].word,
        tuple(
            tuple(Statement(e.reading, e.evidence, value(e), e.claim, about=e) for e in members)
            for members in positions
        ),
        reasons,
    )


def _reasons(one: Event, other: Event, background: Background) -> tuple[str, ...]:
    reasons = match_events(one, other, background).reasons
    return reasons if one.concept == other.concept else tuple(r for r in reasons if not r.startswith("predicate:"))
