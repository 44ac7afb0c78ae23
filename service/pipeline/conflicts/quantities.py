"""Numbers that cannot both be right: counts, money, percentages and measures of one slot whose intervals do not meet.

Matched quantities form groups; the values of a group form positions. A position that only a later count brings is an
update where the count may grow; everything else is a contradiction.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

import msgspec

from service.pipeline.alignment import scorer
from service.pipeline.alignment.grouping import Link, agglomerate, components, surest
from service.pipeline.alignment.noun_phrases import MEASURES
from service.pipeline.alignment.quantities.matching import Pairs, match
from service.pipeline.alignment.quantities.propositions import Quantity
from service.pipeline.alignment.workspace import Workspace
from service.pipeline.conflicts.findings import Finding, Statement
from service.pipeline.conflicts.intervals import Interval, interval_of, meet
from service.pipeline.conflicts.quantity_pairs import candidates, exchange_rates, same_money
from service.pipeline.conflicts.updates import status_between

# the chance from which two numbers are opposed though what is grouped with them is not
SURE = 0.75


class Answer(msgspec.Struct, frozen=True):
    """A position in the making: the quantities that give one value."""

    interval: Interval
    quantities: tuple[Quantity, ...]


def compare(workspace: Workspace) -> tuple[list[Finding], list[Finding]]:
    """Conflicts and agreements among the quantities of all articles."""
    found = workspace.quantities
    rates = exchange_rates(workspace)
    scores, reasons = _matches(workspace, rates)
    conflicts: list[Finding] = []
    agreements: list[Finding] = []
    grouped = agglomerate(len(found), scores, scorer.load().accepted)
    for members, best in zip(grouped, surest(grouped, scores), strict=True):
        answers = _answers([found[index] for index in members], rates)
        conflicts += _judge(answers, scores[best], reasons[best], workspace)
        agreements += _agreements(answers, scores[best], reasons[best], workspace)
    for link in _sure_links(grouped, scores):
        one, other = (found[index] for index in link)
        if one.reading is not other.reading:
            conflicts += _judge(_answers([one, other], rates), scores[link], reasons[link], workspace)
    return conflicts, agreements


def _matches(workspace: Workspace, rates: Mapping[str, float]) -> tuple[dict[Link, float], dict[Link, tuple[str, ...]]]:
    """The chances of all pairs that may be grouped, and the reasons of those that are accepted.

    A pair that is not accepted speaks against a group that both may be drawn into by others: its chance is worked out
    where accepted pairs link the two, and nowhere else.
    """
    found, background, accepted = workspace.quantities, workspace.background, scorer.load().accepted
    pairs = Pairs(background)
    scores: dict[Link, float] = {}
    reasons: dict[Link, tuple[str, ...]] = {}
    unlikely: list[Link] = []
    for first, second in candidates(workspace):
        one, other = found[first], found[second]
        if not same_money(one, other, rates):
            continue
        verdict = pairs.match_likely(one, other)
        if verdict is None:
            unlikely.append((first, second))
            continue
        scores[first, second] = verdict.score
        if verdict.score >= accepted:
            reasons[first, second] = verdict.reasons
    owner = {node: number for number, linked in enumerate(components(len(found), reasons)) for node in linked}
    for link in unlikely:
        number = owner.get(link[0])
        if number is not None and number == owner.get(link[1]):
            scores[link] = match(found[link[0]], found[link[1]], background).score
    return {link: score for link, score in scores.items() if owner.get(link[0], -1) == owner.get(link[1])}, reasons


def _sure_links(grouped: Sequence[Sequence[int]], scores: Mapping[Link, float]) -> list[Link]:
    """The surest link between each two groups, or numbers in none, that do not go together on average though these two
    surely do: a stray reading of one number must not hide that it is contradicted."""
    owner = {node: number for number, members in enumerate(grouped) for node in members}
    best: dict[Link, Link] = {}
    for link, score in scores.items():
        if score >= SURE:
            first, second = sorted(owner.get(node, -1 - node) for node in link)
            if first != second and scores[best.setdefault((first, second), link)] < score:
                best[first, second] = link
    return sorted(best.values())


def _answers(quantities: Sequence[Quantity], rates: dict[str, float]) -> list[Answer]:
    """The distinct values of a group, smallest first. A bound that fits a value says no more than that value."""
    points = _without_listed([(interval_of(q.value, rates), q) for q in quantities])
    closed = sorted((e for e in points if e[0].point is not None), key=lambda e: (e[0].low, e[0].approximate))
    wide = [e for e in points if e[0].point is None]
    answers: list[list[tuple[Interval, Quantity]]] = []
    for entry in closed:
        if answers and any(meet(entry[0], known[0]) for known in answers[-1]):
            answers[-1].append(entry)
        else:
            answers.append([entry])
    alone: list[list[tuple[Interval, Quantity]]] = []
    for entry in sorted(wide, key=lambda e: (e[0].low, e[0].high)):
        fitting = any(meet(entry[0], known[0]) for answer in answers for known in answer)
        joint = [group for group in alone if all(meet(entry[0], known[0]) for known in group)]
        if not fitting and joint:
            joint[0].append(entry)
        elif not fitting:
            alone.append([entry])
    return [Answer(entries[0][0], tuple(q for _, q in entries)) for entries in answers + alone]


def _without_listed(points: list[tuple[Interval, Quantity]]) -> list[tuple[Interval, Quantity]]:
    """``points`` without those that a sentence lists beside one that another article confirms: they are of other items
    of the list."""
    confirmed = {
        (quantity.reading.order, quantity.clause.sentence.first)
        for interval, quantity in points
        if any(other.reading is not quantity.reading and meet(interval, rival) for rival, other in points)
    }
    return [
        (interval, quantity)
        for interval, quantity in points
        if (quantity.reading.order, quantity.clause.sentence.first) not in confirmed
        or any(other.reading is not quantity.reading and meet(interval, rival) for rival, other in points)
    ]


def _judge(
    answers: Sequence[Answer], score: float, reasons: tuple[str, ...], workspace: Workspace
) -> Iterable[Finding]:
    statuses = {
        (a, b): status_between(answers[a].quantities, answers[b].quantities, workspace.background)
        for a, b in combinations(range(len(answers)), 2)
    }
    opposed = [pair for pair, status in statuses.items() if status == "contradiction"]
    factions = components(len(answers), opposed)
    for faction in factions:
        if len(faction) > 1:
            yield _finding([[answers[i]] for i in sorted(faction)], "contradiction", score, reasons, workspace)
    if any(status == "update" for status in statuses.values()):
        grouped = factions + [{i} for i in range(len(answers)) if not any(i in f for f in factions)]
        positions = [[answers[i] for i in sorted(faction)] for faction in sorted(grouped, key=min)]
        if len(positions) < 2:
            return
        yield _finding(positions, "update", score, reasons, workspace)


def _finding(
    positions: Sequence[Sequence[Answer]], status: str, score: float, reasons: tuple[str, ...], workspace: Workspace
) -> Finding:
    quantities = [q for position in positions for answer in position for q in answer.quantities]
    return Finding(
        "quantity",
        status,
        f"quantity-{_kind(quantities[0])}",
        min(0.99, score),
        matter_of(quantities[0], workspace),
        word_of(quantities[0]),
        tuple(tuple(statement_of(q) for answer in position for q in answer.quantities) for position in positions),
        reasons,
    )


def _kind(quantity: Quantity) -> str:
    return "count" if quantity.value.kind not in MEASURES else quantity.value.kind


def matter_of(quantity: Quantity, workspace: Workspace) -> str:
    """The concept that names the slot: what became of the counted, else what is counted or measured."""
    lexicon = workspace.background.lexicon
    status = quantity.slot.status
    if quantity.value.kind in MEASURES:
        return quantity.focus.concept if quantity.focus else quantity.head
    return (
        status
        if status and lexicon.broader(quantity.head) is None and lexicon.is_generic(quantity.head)
        else quantity.head
    )


def word_of(quantity: Quantity) -> str:
    """How the article puts what is counted or measured."""
    reading = quantity.reading
    if quantity.value.kind in MEASURES and quantity.focus is not None:
        return reading.document.tokens[quantity.focus.index].text
    return quantity.value.unit or reading.document.text_of(quantity.value.span)


def statement_of(quantity: Quantity) -> Statement:
    """The number as the article has it, with what it is evidence of."""
    text = quantity.reading.document.text_of(quantity.value.span)
    return Statement(quantity.reading, quantity.evidence, text, quantity.claim, quantity.as_of, quantity)


def _agreements(
    answers: Sequence[Answer], score: float, reasons: tuple[str, ...], workspace: Workspace
) -> Iterable[Finding]:
    for answer in answers:
        if len({q.reading.order for q in answer.quantities}) > 1:
            yield _finding([[answer]], "agreement", score, reasons, workspace)
