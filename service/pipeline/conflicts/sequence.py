"""Two events in two orders: before against after, and a day apart against one within the other."""

from __future__ import annotations

from itertools import product

from service.pipeline.alignment.candidates import pairs
from service.pipeline.alignment.grouping import groups
from service.pipeline.alignment.orders import Order, orders, resemblance
from service.pipeline.alignment.workspace import Workspace
from service.pipeline.conflicts.findings import Finding, Statement

SAME = 0.3
WITHIN = 0.15


def compare(workspace: Workspace) -> list[Finding]:
    """Orders of two events that cannot both hold."""
    lexicon = workspace.background.lexicon
    found = [order for own in workspace.clauses for order in orders(own, lexicon)]
    keys = [_keys(order) for order in found]
    links: dict[tuple[int, int], tuple[str, float]] = {}
    for first, second in pairs(keys, [o.clause.reading.order for o in found], workspace.linked):
        verdict = _opposed(found[first], found[second], workspace)
        if verdict is not None:
            links[first, second] = verdict
    findings = []
    for members, inside in groups(len(found), links):
        findings.append(_finding(found, members, [(pair, links[pair]) for pair in inside]))
    return findings


def _keys(order: Order) -> list[str]:
    """Pairs of concepts, one of each moment, whichever comes first."""
    firsts, seconds = sorted(order.first.concepts)[:8], sorted(order.second.concepts)[:8]
    return ["|".join(sorted(couple)) for couple in product(firsts, seconds)]


def _opposed(one: Order, other: Order, workspace: Workspace) -> tuple[str, float] | None:
    """The rule by which two orders exclude each other, with a score."""
    if one.clause.sentence == other.clause.sentence and one.clause.reading is other.clause.reading:
        return None
    background = workspace.background
    if one.during != other.during:
        within, apart = (one, other) if one.during else (other, one)
        if not apart.apart:
            return None
        score = max(
            min(resemblance(within.first, moment, background), resemblance(within.second, rest, background))
            for moment, rest in ((apart.first, apart.second), (apart.second, apart.first))
        )
        return ("sequence-apart", score) if score >= WITHIN else None
    if one.during:
        return None
    score = min(resemblance(one.first, other.second, background), resemblance(one.second, other.first, background))
    straight = min(resemblance(one.first, other.first, background), resemblance(one.second, other.second, background))
    return ("sequence-order", score) if score >= SAME and score > straight + 0.05 else None


def _finding(
    found: list[Order], members: list[int], inside: list[tuple[tuple[int, int], tuple[str, float]]]
) -> Finding:
    rule, score = max((verdict for _, verdict in inside), key=lambda v: (v[1], v[0]))
    side = {members[0]: 0}
    changed = True
    while changed:
        changed = False
        for (a, b), _ in inside:
            for known, other in ((a, b), (b, a)):
                if known in side and other not in side:
                    side[other] = 1 - side[known]
                    changed = True
    positions = tuple(tuple(_statement(found[i]) for i in members if side.get(i) == half) for half in (0, 1))
    return Finding(
        "date" if rule == "sequence-apart" else "sequence",
        "contradiction",
        rule,
        min(0.95, 0.4 + score / 2),
        next(iter(sorted(found[members[0]].first.predicates)), "sequence"),
        found[members[0]].word,
        positions,
    )


def _statement(order: Order) -> Statement:
    text = order.clause.reading.document.text_of(order.evidence)
    return Statement(order.clause.reading, order.evidence, text, order.claim, about=order)
