"""Numbers that cannot both be right: counts, money, percentages and measures of one slot whose intervals do not meet.

Matched quantities form groups; the values of a group form positions. A position that only a later count brings is an
update where the count may grow; everything else is a contradiction.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import combinations

from service.pipeline.alignment.background import Background, Match
from service.pipeline.alignment.candidates import pairs
from service.pipeline.alignment.grouping import components, groups
from service.pipeline.alignment.matching import match
from service.pipeline.alignment.noun_phrases import MEASURES
from service.pipeline.alignment.propositions import Quantity
from service.pipeline.alignment.slots import focus_of, status_of
from service.pipeline.alignment.times import days_of
from service.pipeline.alignment.workspace import Workspace
from service.pipeline.conflicts.findings import Finding, Rejection, Statement
from service.pipeline.conflicts.intervals import Interval, interval_of, meet
from service.pipeline.conflicts.pairing import answering

ACCEPTED = 0.5
RARE = 0.6
SOLE = 0.25
SOLE_MEASURE = 0.1
APART = 3
BOUND = 1.5
_LATER = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Answer:
    """A position in the making: the quantities that give one value."""

    interval: Interval
    quantities: tuple[Quantity, ...]


def compare(workspace: Workspace) -> tuple[list[Finding], list[Finding], list[Rejection]]:
    """Conflicts, agreements and rejections among the quantities of all articles."""
    found = workspace.quantities
    accepted: list[tuple[int, int]] = []
    scores: dict[tuple[int, int], tuple[float, tuple[str, ...]]] = {}
    rejections: list[Rejection] = []
    rates = exchange_rates(workspace)
    days = _event_days(workspace)
    heads = Counter((quantity.reading.order, quantity.head) for quantity in found)
    for first, second in pairs(
        [_keys(q, workspace) for q in found], [q.reading.order for q in found], workspace.linked
    ):
        one, other = found[first], found[second]
        if not _same_money(one, other, rates):
            continue
        verdict = match(one, other, workspace.background)
        if verdict.veto is None and _of_other_events(one, other, days):
            verdict = Match(0.0, "other-event", ())
        elif verdict.veto is None and _is_sole(one, other, heads, workspace) and verdict.reasons:
            bonus = SOLE_MEASURE if one.head.startswith("#") else SOLE
            bonus *= len(verdict.reasons) > 1 or not one.head.startswith("#")
            verdict = Match(verdict.score + bonus, None, verdict.reasons)
        if one.reading is other.reading and verdict.veto is None and not _of_two_voices(one, other):
            verdict = Match(0.0, "one-voice", ())
        if verdict.veto is None and verdict.score >= ACCEPTED:
            accepted.append((first, second))
            scores[first, second] = verdict.score, verdict.reasons
        elif (
            verdict.veto is not None
            and one.reading is not other.reading
            and not meet(interval_of(one.value, rates), interval_of(other.value, rates))
        ):
            statements = (_statement(one), _statement(other))
            rejections.append(Rejection(verdict.veto, _matter(one, workspace), _word(one), statements))
    conflicts: list[Finding] = []
    agreements: list[Finding] = []
    for members, inside in groups(
        len(found),
        answering(
            accepted,
            {pair: score for pair, (score, _) in scores.items()},
            [quantity.reading.order for quantity in found],
            [interval_of(quantity.value, rates) for quantity in found],
        ),
    ):
        best = max(inside, key=lambda pair: (scores[pair][0], pair))
        score, reasons = scores[best]
        answers = _answers([found[index] for index in members], rates)
        conflicts += _judge(answers, score, reasons, workspace)
        agreements += _agreements(answers, score, reasons, workspace)
    return conflicts, agreements, rejections


def _event_days(workspace: Workspace) -> dict[tuple[int, int], str]:
    """The day of what happens once, by the sentence that dates it: article number and first token."""
    concepts = workspace.background.lexicon.concepts
    days: dict[tuple[int, int], str] = {}
    for event in workspace.events:
        known = concepts.get(event.concept)
        stated = days_of(event.day.value) if event.day is not None else None
        if known is not None and known.once and stated is not None and stated[0] == stated[1]:
            days.setdefault((event.reading.order, event.clause.sentence.first), stated[0])
    return days


def _of_other_events(one: Quantity, other: Quantity, days: Mapping[tuple[int, int], str]) -> bool:
    """Whether the sentences date their events more than a few days apart, and no party is in both."""
    first, second = (days.get((q.reading.order, q.clause.sentence.first)) for q in (one, other))
    if first is None or second is None or one.persons & other.persons:
        return False
    return abs((date.fromisoformat(first) - date.fromisoformat(second)).days) > APART


def _of_two_voices(one: Quantity, other: Quantity) -> bool:
    """Whether an article gives the two numbers to different speakers: it contradicts itself in no other way."""
    first, second = (q.claim.attribution.speaker if q.claim and q.claim.attribution else None for q in (one, other))
    return first is not None and second is not None and first.name != second.name


def _is_sole(one: Quantity, other: Quantity, heads: Mapping[tuple[int, str], int], workspace: Workspace) -> bool:
    """Whether each article counts such things only once, so that they are likely the same."""
    lexicon = workspace.background.lexicon
    foci = {focus_of(one), focus_of(other)}
    if len(foci) > 1 and all(focus is not None and focus.startswith("@") for focus in foci):
        return False
    plain = one.head == other.head and not lexicon.is_generic(one.head)
    return plain and heads[one.reading.order, one.head] == heads[other.reading.order, other.head] == 1


def _keys(quantity: Quantity, workspace: Workspace) -> list[str]:
    """What another quantity must share to be compared with this one."""
    lexicon = workspace.background.lexicon
    if quantity.value.kind in MEASURES:
        unit = "money" if quantity.value.kind == "money" else quantity.head
        rare = {c for c in quantity.context if workspace.background.weight(c) >= RARE}
        return [f"{unit}|{concept}" for concept in sorted(quantity.foci | quantity.modifiers | rare)]
    status = status_of(quantity, lexicon)
    keys = [f"head|{quantity.head}"] if not lexicon.is_generic(quantity.head) else []
    keys += [f"kind|{quantity.head}|{concept}" for concept in sorted(quantity.modifiers)]
    keys += [f"focus|{concept}" for concept in sorted({*quantity.foci, *([status] if status else [])})]
    return keys


def exchange_rates(workspace: Workspace) -> dict[str, float]:
    """What one unit of a currency is worth in the others' common base, from sums that the texts call equal."""
    lexicon = workspace.background.lexicon
    for quantity in workspace.quantities:
        if quantity.value.kind != "money":
            continue
        for other in quantity.clause.amounts:
            if (
                other.value.kind != "money"
                or other.value.base == quantity.value.base
                or other.first < quantity.amount.last
            ):
                continue
            between = quantity.reading.words[quantity.amount.last : other.first]
            one, two = quantity.value.base_low, other.value.base_low
            if one and two and any(w in lexicon.scopes.equivalents for w in between) and len(between) <= 6:
                small, large = sorted(((one, quantity.value.base), (two, other.value.base)), key=lambda e: e[0])
                return {small[1] or "": large[0] / small[0], large[1] or "": 1.0}
    return {}


def _same_money(one: Quantity, other: Quantity, rates: dict[str, float]) -> bool:
    if one.value.kind != "money" or other.value.kind != "money" or one.value.base == other.value.base:
        return True
    return one.value.base in rates and other.value.base in rates


def _answers(quantities: Sequence[Quantity], rates: dict[str, float]) -> list[Answer]:
    """The distinct values of a group, smallest first. An open interval that fits several values supports none."""
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
        fitting = [answer for answer in answers if any(meet(entry[0], known[0]) for known in answer)]
        if len(fitting) == 1 and not _is_near(entry[0], fitting[0][0][0]):
            continue
        joint = [group for group in alone if all(meet(entry[0], known[0]) for known in group)]
        if len(fitting) == 1:
            fitting[0].append(entry)
        elif not fitting and joint:
            joint[0].append(entry)
        elif not fitting:
            alone.append([entry])
    return [Answer(entries[0][0], tuple(q for _, q in entries)) for entries in answers + alone]


def _is_near(wide: Interval, closed: Interval) -> bool:
    """Whether a bound is close enough to a number to be meant for it ("more than 1,200" for 1,240)."""
    point = closed.point
    if point is None or point <= 0:
        return True
    return point <= wide.low * BOUND if wide.high == math.inf else wide.high <= point * BOUND or wide.low > -math.inf


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
        (a, b): _status(answers[a], answers[b], workspace.background) for a, b in combinations(range(len(answers)), 2)
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


def _status(one: Answer, other: Answer, background: Background) -> str | None:
    """``update`` where all of one answer holds for a later time than all of the other, and the count may change.

    None where nothing in the two comes from different articles, or from one and the same sentence.
    """
    couples = [(a, b) for a in one.quantities for b in other.quantities]
    if all(a.reading is b.reading and a.clause.sentence == b.clause.sentence for a, b in couples):
        return None
    early, late = sorted((one, other), key=lambda answer: min(_moments(answer)))
    if not _is_later(max(_moments(early)), min(_moments(late))):
        return "contradiction"
    return "update" if _may_change(early, late, background) else "contradiction"


def _moments(answer: Answer) -> list[str]:
    return [q.as_of for q in answer.quantities if q.as_of] or [""]


def _is_later(early: str, late: str) -> bool:
    """Whether ISO moment ``late`` lies an hour or more behind ``early``; by days where one of them is only a day."""
    if "T" not in early or "T" not in late:
        return late[:10] > early[:10]
    return datetime.fromisoformat(late) - datetime.fromisoformat(early) >= _LATER


def _may_change(early: Answer, late: Answer, background: Background) -> bool:
    """Whether the later answer may be what the earlier one has become: the text says that it has grown, or what is
    counted goes on changing, can change that way, and one of the two says for when it holds."""
    lexicon = background.lexicon
    if all(quantity.settled for quantity in late.quantities):
        return False
    if any(quantity.growing for quantity in late.quantities):
        return True
    if not any(_says_when(quantity) for quantity in early.quantities + late.quantities):
        return False
    statuses = {status_of(quantity, lexicon) for quantity in late.quantities} - {None}
    return any(lexicon.concepts[status].developing for status in statuses if status)


def _says_when(quantity: Quantity) -> bool:
    """Whether the article states the time that its number holds for, so that it is not just that of publication."""
    published = quantity.reading.document.article.published_at
    return published is not None and quantity.as_of != published.strftime("%Y-%m-%dT%H:%M")


def _finding(
    positions: Sequence[Sequence[Answer]], status: str, score: float, reasons: tuple[str, ...], workspace: Workspace
) -> Finding:
    quantities = [q for position in positions for answer in position for q in answer.quantities]
    return Finding(
        "quantity",
        status,
        f"quantity-{_kind(quantities[0])}",
        min(0.99, score),
        _matter(quantities[0], workspace),
        _word(quantities[0]),
        tuple(tuple(_statement(q) for answer in position for q in answer.quantities) for position in positions),
        reasons,
    )


def _kind(quantity: Quantity) -> str:
    return "count" if quantity.value.kind not in MEASURES else quantity.value.kind


def _matter(quantity: Quantity, workspace: Workspace) -> str:
    """The concept that names the slot: what became of the counted, else what is counted or measured."""
    lexicon = workspace.background.lexicon
    status = status_of(quantity, lexicon)
    if quantity.value.kind in MEASURES:
        return quantity.focus.concept if quantity.focus else quantity.head
    return (
        status
        if status and lexicon.broader(quantity.head) is None and lexicon.is_generic(quantity.head)
        else quantity.head
    )


def _word(quantity: Quantity) -> str:
    """How the article puts what is counted or measured."""
    reading = quantity.reading
    if quantity.value.kind in MEASURES and quantity.focus is not None:
        return reading.document.tokens[quantity.focus.index].text
    return quantity.value.unit or reading.document.text_of(quantity.value.span)


def _statement(quantity: Quantity) -> Statement:
    text = quantity.reading.document.text_of(quantity.value.span)
    return Statement(quantity.reading, quantity.evidence, text, quantity.claim, quantity.as_of, quantity)


def _agreements(
    answers: Sequence[Answer], score: float, reasons: tuple[str, ...], workspace: Workspace
) -> Iterable[Finding]:
    for answer in answers:
        if len({q.reading.order for q in answer.quantities}) > 1:
            yield _finding([[answer]], "agreement", score, reasons, workspace)
