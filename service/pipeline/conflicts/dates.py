"""One event on two days: the same predicate of the same participants with times that do not meet."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from service.pipeline.alignment.event_evidence import Comparison
from service.pipeline.alignment.event_matching import match_events
from service.pipeline.alignment.events import Event
from service.pipeline.alignment.times import days_of
from service.pipeline.alignment.workspace import Workspace
from service.pipeline.conflicts import event_pairs
from service.pipeline.conflicts.findings import Finding, Statement

APART = 3
FORTNIGHT = 14
SURE = 0.65
SOLE = 0.2
SOLE_EVENT = 0.15
_MONTH = 27
_YEAR = 366


def compare(workspace: Workspace) -> list[Finding]:
    """Events that happen once and are given two dates."""
    events, compared = comparisons(workspace)
    scores = event_pairs.score(compared, workspace.background)
    findings = []
    for members, score, reasons in event_pairs.matters(events, scores, workspace.background):
        by_day: dict[tuple[str, str], list[Event]] = {}
        for event in members:
            by_day.setdefault(_days(event), []).append(event)
        positions = _positions(by_day)
        if len(positions) > 1:
            findings.append(_finding(positions, score, reasons))
    return findings


def comparisons(workspace: Workspace) -> tuple[list[Event], list[tuple[event_pairs.Pair, Comparison]]]:
    """The events with a day, and those of them whose days do not meet."""
    events = [e for e in workspace.events if e.day is not None and e.polarity == "affirmed" and not e.unreal]
    events = [event for event in events if _length(event) <= _YEAR]
    days: dict[tuple[int, str], set[tuple[str, str]]] = {}
    for event in events:
        days.setdefault((event.reading.order, event.concept), set()).add(_days(event))

    def rule(one: Event, other: Event) -> Comparison | None:
        if _meet(_days(one), _days(other)):
            return None
        return Comparison(one, other, "date", _hand(one, other, days, workspace))

    return events, list(event_pairs.comparisons(events, workspace, rule))


def _hand(
    one: Event, other: Event, days: Mapping[tuple[int, str], set[tuple[str, str]]], workspace: Workspace
) -> float | None:
    """The score by rules; None where they do not apply."""
    if _concept(one, workspace) != _concept(other, workspace):
        return None
    if not _is_dated(one, workspace) or not _is_dated(other, workspace):
        return None
    if _ends(one, workspace) != _ends(other, workspace):
        return 0.0
    score = match_events(one, other, workspace.background, dated=True).score
    if score >= SOLE_EVENT and _is_sole(one, days) and _is_sole(other, days):
        score += SOLE
    return 0.0 if _of_other_events(one, other, score) else score


def _is_sole(event: Event, days: Mapping[tuple[int, str], set[tuple[str, str]]]) -> bool:
    """Whether the article gives such an event one day only."""
    return len(days[event.reading.order, event.concept]) == 1


def _of_other_events(one: Event, other: Event, score: float) -> bool:
    """Whether the days lie more than a few days apart and nobody named is in both, nor much else: another event."""
    (first, _), (second, _) = _days(one), _days(other)
    apart = abs((date.fromisoformat(first) - date.fromisoformat(second)).days)
    if _is_told_before(one, other) or _is_told_before(other, one):
        return True
    if APART < apart <= FORTNIGHT and score >= SURE:
        return False
    coarse = min(_length(one), _length(other)) >= _MONTH
    return apart > APART and not one.persons & other.persons and not (coarse and one.names & other.names)


def _is_told_before(one: Event, other: Event) -> bool:
    """Whether the report of one had appeared, as of what has happened, before the day that the other gives."""
    published = one.reading.document.article.published_at
    planned = one.future or other.future or _days(one)[1] > (published.date().isoformat() if published else "")
    return published is not None and not planned and published.date().isoformat() < _days(other)[0]


def _length(event: Event) -> int:
    first, last = _days(event)
    return (date.fromisoformat(last) - date.fromisoformat(first)).days


def _is_dated(event: Event, workspace: Workspace) -> bool:
    lexicon = workspace.background.lexicon
    known = lexicon.concepts.get(event.concept)
    if event.day is None or event.polarity != "affirmed" or event.unreal or event.repeated:
        return False
    if known is None:
        return event.term.verb and bool(event.own) and lexicon.stem(event.word) != event.word
    if not known.once and event.concept not in lexicon.postponed:
        return False
    return _length(event) <= _YEAR


def _ends(event: Event, workspace: Workspace) -> bool:
    """Whether the clause is about the end of what the predicate stands for, or undoes it."""
    lexicon = workspace.background.lexicon
    return any(lexicon.stem(word) in lexicon.scopes.endings for word in event.clause.before(event.term.index))


def _concept(event: Event, workspace: Workspace) -> str:
    """What is dated; an event put off to a day is dated as the event itself."""
    return workspace.background.lexicon.postponed.get(event.concept, event.concept)


def _meet(one: tuple[str, str], other: tuple[str, str]) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def _days(event: Event) -> tuple[str, str]:
    days = days_of(event.day.value) if event.day is not None else None
    assert days is not None
    return days


def _positions(days: dict[tuple[str, str], list[Event]]) -> list[list[Event]]:
    """Events by the days that they are given; times that meet are one position."""
    positions: list[tuple[tuple[str, str], list[Event]]] = []
    for span, own in sorted(days.items(), key=lambda item: item[0]):
        for known, members in positions:
            if _meet(known, span):
                members.extend(own)
                break
        else:
            positions.append((span, list(own)))
    return [members for _, members in positions]


def _finding(positions: list[list[Event]], score: float, reasons: tuple[str, ...]) -> Finding:
    return Finding(
        "date",
        "contradiction",
        "date-event",
        min(0.99, score),
        positions[0][0].concept,
        positions[0][0].word,
        tuple(tuple(_statement(event) for event in members) for members in positions),
        reasons,
    )


def _statement(event: Event) -> Statement:
    return Statement(event.reading, event.evidence, _days(event)[0], event.claim, about=event)
