"""Two events in two orders: before against after, and a day apart against one within the other."""

from __future__ import annotations

from itertools import product

from service.pipeline.alignment.background import Background
from service.pipeline.alignment.candidates import pairs
from service.pipeline.alignment.grouping import groups
from service.pipeline.alignment.relations.moments import Moment, likeness, resemblance
from service.pipeline.alignment.relations.orders import Knowledge, Order, orders
from service.pipeline.alignment.workspace import Workspace
from service.pipeline.conflicts.findings import Finding, Statement

SAME = 0.25
WITHIN = 0.15
_MARGIN = 0.05
_TELLING = 5
_PRICES = ("money", "percent")


def compare(workspace: Workspace, known: Knowledge) -> list[Finding]:
    """Orders of two events that cannot both hold."""
    lexicon = workspace.background.lexicon
    changes = frozenset(map(lexicon.concept, lexicon.scopes.deltas))
    found = [
        order for own in workspace.clauses for order in orders(own, lexicon, known) if not _goes_on(order, changes)
    ]
    keys = [_keys(order, workspace.background) for order in found]
    links: dict[tuple[int, int], tuple[str, float]] = {}
    for first, second in pairs(keys):
        verdict = _opposed(found[first], found[second], workspace)
        if verdict is not None:
            links[first, second] = verdict
    findings = []
    for members, inside in groups(len(found), links):
        findings.append(_finding(found, members, [(pair, links[pair]) for pair in inside]))
    return findings


def _keys(order: Order, background: Background) -> list[str]:
    """Pairs of what is most telling in each moment, whichever comes first."""
    firsts, seconds = _telling(order.first, background), _telling(order.second, background)
    return ["|".join(sorted(couple)) for couple in product(firsts, seconds)]


def _telling(moment: Moment, background: Background) -> list[str]:
    ranked = sorted(moment.concepts, key=lambda concept: (-background.weight(concept), concept))
    return [*ranked[:_TELLING], *sorted(moment.names)[:_TELLING]]


def _opposed(one: Order, other: Order, workspace: Workspace) -> tuple[str, float] | None:
    """The rule by which two orders exclude each other, with a score."""
    if one.clause.sentence is other.clause.sentence and one.clause.reading is other.clause.reading:
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
    first, second = one.first.without(one.second), one.second.without(one.first)
    early, late = other.first.without(other.second), other.second.without(other.first)
    people = one.clause.reading.people | other.clause.reading.people
    if _tell_two(first, late, people) or _tell_two(second, early, people):
        return None
    score = min(likeness(first, late, background), likeness(second, early, background))
    straight = min(likeness(first, early, background), likeness(second, late, background))
    return ("sequence-order", score) if score >= SAME and score > straight + _MARGIN else None


def _goes_on(order: Order, changes: frozenset[str]) -> bool:
    """Whether one of the two is a rise or a fall of a price, of which one follows another."""
    if not any(amount.value.kind in _PRICES for amount in order.clause.amounts):
        return False
    return any(own.predicates and own.predicates <= changes for own in (order.first, order.second))


def _tell_two(one: Moment, other: Moment, people: frozenset[str]) -> bool:
    """Whether what two moments share are people, who do much, and what each tells of them is not in the other."""
    shared = one.names & other.names
    if not shared or not shared <= people or not one.predicates or not other.predicates:
        return False
    return not one.predicates & other.concepts and not other.predicates & one.concepts


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
