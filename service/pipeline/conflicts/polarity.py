"""Affirmed against negated or denied: the same predicate of the same participants, once with "not"."""

from __future__ import annotations

from collections.abc import Sequence

from service.pipeline.alignment.candidates import pairs
from service.pipeline.alignment.event_matching import match_events
from service.pipeline.alignment.events import Event
from service.pipeline.alignment.workspace import Workspace
from service.pipeline.conflicts.findings import Finding, Statement

ACCEPTED = 0.6


def compare(workspace: Workspace) -> list[Finding]:
    """The negations and denials that something in the articles affirms."""
    events = [event for event in workspace.events if not event.unreal]
    keys = [_keys(event) for event in events]
    orders = [event.reading.order for event in events]
    links: dict[int, list[tuple[float, int, tuple[str, ...]]]] = {}
    for first, second in pairs(keys, orders, workspace.linked):
        one, other = events[first], events[second]
        if (one.polarity == "affirmed") == (other.polarity == "affirmed") or _same_claim(one, other):
            continue
        verdict = match_events(one, other, workspace.background)
        if verdict.score >= ACCEPTED:
            negative, positive = (second, first) if one.polarity == "affirmed" else (first, second)
            links.setdefault(negative, []).append((verdict.score, positive, verdict.reasons))
    return [_finding(events, negative, found) for negative, found in sorted(links.items())]


def _keys(event: Event) -> list[str]:
    return [event.concept]


def _same_claim(one: Event, other: Event) -> bool:
    return one.reading is other.reading and (
        one.clause.sentence == other.clause.sentence or one.claim is not None and one.claim is other.claim
    )


def _finding(
    events: Sequence[Event], negative: int, found: list[tuple[float, int, tuple[str, ...]]]
) -> Finding:
    denial = events[negative]
    score, _, reasons = max(found, key=lambda e: (e[0], -e[1]))
    affirmed = [events[index] for _, index, _ in sorted(found, key=lambda e: e[1])]
    latest = min(_day(event) for event in affirmed)
    status = "update" if denial.pending and _day(denial) < latest else "contradiction"
    return Finding(
        "polarity",
        status,
        f"polarity-{denial.polarity}",
        min(0.99, score),
        denial.concept,
        (tuple(_statement(event) for event in affirmed), (_statement(denial),)),
        reasons,
    )


def _day(event: Event) -> str:
    published = event.reading.document.article.published_at
    return published.date().isoformat() if published else ""


def _statement(event: Event) -> Statement:
    return Statement(event.reading, event.evidence, event.polarity, event.claim)
