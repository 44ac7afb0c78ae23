"""What was compared and found not to conflict, and why: worked out only when somebody asks.

Figures that a named rule keeps apart; figures, days and places that go together though they are written differently;
and like events that were told apart. Not mentioning is no near miss.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Sequence
from typing import overload

from service.pipeline.alignment import scorer
from service.pipeline.alignment.candidates import pairs
from service.pipeline.alignment.events import Event, same_sentence
from service.pipeline.alignment.events.matching import match_events
from service.pipeline.alignment.quantities.matching import match
from service.pipeline.alignment.times import are_apart, days_of
from service.pipeline.alignment.workspace import Workspace
from service.pipeline.annotations import NearMiss
from service.pipeline.conflicts.findings import Rejection, Statement
from service.pipeline.conflicts.intervals import interval_of, meet
from service.pipeline.conflicts.quantities import matter_of, statement_of, word_of
from service.pipeline.conflicts.quantity_pairs import candidates, exchange_rates, same_money
from service.pipeline.conflicts.verdicts import evidence
from service.pipeline.conflicts.wording import Wording

MATCHED = 0.5
ALIKE = 0.3


class NearMisses(Sequence[NearMiss]):
    """All near misses of a request in the order of the articles, made at the first look."""

    def __init__(self, stories: Sequence[Workspace], wording: Wording) -> None:
        self._stories = stories
        self._wording = wording

    @functools.cached_property
    def _found(self) -> tuple[NearMiss, ...]:
        rejections = [rejection for story in self._stories for rejection in (*_figures(story), *_events(story))]
        rejections.sort(key=lambda r: (r.statements[0].key, r.statements[1].key, r.type, r.rule))
        return tuple(_near_miss(rejection, self._wording) for rejection in rejections)

    @overload
    def __getitem__(self, index: int) -> NearMiss: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[NearMiss]: ...

    def __getitem__(self, index: int | slice) -> NearMiss | Sequence[NearMiss]:
        return self._found[index]

    def __len__(self) -> int:
        return len(self._found)

    def __iter__(self) -> Iterator[NearMiss]:
        return iter(self._found)


def _near_miss(rejection: Rejection, wording: Wording) -> NearMiss:
    topic, explanation = wording.rejection(rejection)
    one, other = rejection.statements
    return NearMiss(topic, (evidence(one), evidence(other)), rejection.rule, explanation)


def _figures(story: Workspace) -> Iterable[Rejection]:
    """Figures that a named rule keeps apart, and figures of one thing that are written differently and go together
    ("lebih dari 1.200" and "1.240")."""
    found, accepted, rates = story.quantities, scorer.load().accepted, exchange_rates(story)
    for first, second in candidates(story):
        one, other = found[first], found[second]
        if one.reading is other.reading or not same_money(one, other, rates):
            continue
        verdict = match(one, other, story.background)
        statements = (statement_of(one), statement_of(other))
        if not meet(interval_of(one.value, rates), interval_of(other.value, rates)):
            if verdict.veto is not None and verdict.score < accepted:
                yield Rejection(verdict.veto, matter_of(one, story), word_of(one), statements)
        elif verdict.score >= accepted and statements[0].value.lower().split() != statements[1].value.lower().split():
            matter = one.focus.concept if one.focus is not None else one.head
            yield Rejection("values-agree", matter, one.value.unit or "", statements)


def _events(story: Workspace) -> Iterable[Rejection]:
    """Pairs of dated or placed events of one predicate that are no conflict of days or places."""
    events = [e for e in story.events if (e.day is not None or e.places) and e.polarity == "affirmed" and not e.unreal]
    keys = [[event.concept] for event in events]
    for first, second in pairs(keys):
        one, other = events[first], events[second]
        known = story.background.lexicon.concepts.get(one.concept)
        if (
            one.reading is other.reading
            or same_sentence(one, other)
            or known is None
            or not (known.once or known.local)
        ):
            continue
        verdict = match_events(one, other, story.background)
        yield from _of_days(one, other, verdict.score, verdict.veto)
        yield from _of_places(one, other, verdict.score, story)


def _of_days(one: Event, other: Event, score: float, veto: str | None) -> Iterable[Rejection]:
    if one.day is None or other.day is None:
        return
    first, second = days_of(one.day.value), days_of(other.day.value)
    if first is None or second is None:
        return
    apart = are_apart(first, second)
    rule = None
    if not apart and score >= MATCHED and _text(one) != _text(other):
        rule = "same-day"
    elif apart and veto is not None:
        rule = veto
    elif apart and ALIKE <= score < MATCHED:
        rule = "too-little"
    if rule is not None:
        statements = tuple(_statement(e, days[0]) for e, days in ((one, first), (other, second)))
        yield Rejection(rule, one.concept, one.word, (statements[0], statements[1]), "date")


def _text(event: Event) -> str:
    assert event.day is not None
    return event.reading.document.text_of(event.day.value.span).lower()


def _of_places(one: Event, other: Event, score: float, story: Workspace) -> Iterable[Rejection]:
    """Places of one event of which one lies in the other."""
    places = story.background.places
    if score < MATCHED or not one.places or not other.places:
        return
    small, large = one.places[0].name, other.places[0].name
    if not places.same(small, large) and places.related(small, large):
        statements = (_statement(one, small), _statement(other, large))
        yield Rejection("place-within", one.concept, one.word, statements, "place")


def _statement(event: Event, value: str) -> Statement:
    return Statement(event.reading, event.evidence, value, event.claim, about=event)
