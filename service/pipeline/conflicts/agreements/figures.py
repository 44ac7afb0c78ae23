"""Figures that several articles state alike: those that answer one question, and equal ones of one thing.

How much two equal figures tell by being equal depends on how many digits they have; small counts tell nothing.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence, Set

from service.pipeline.alignment.candidates import pairs
from service.pipeline.alignment.grouping import groups
from service.pipeline.alignment.noun_phrases import MEASURES
from service.pipeline.alignment.quantities.matching import Pairs
from service.pipeline.alignment.quantities.propositions import Quantity
from service.pipeline.alignment.workspace import Workspace
from service.pipeline.conflicts.findings import Finding, Statement
from service.pipeline.conflicts.intervals import interval_of

FIGURE = 0.5
SURE = 0.5
TELLING_FIGURE = 0.3
_OTHER = frozenset({"other-unit", "other-thing", "other-grade", "negated", "retracted"})
_APART = frozenset({"other-place", "other-period", "other-kind", "other-status", "other-party"})
# what two articles may say of one figure without counting other things
_PUT_OTHERWISE = frozenset({"other-period", "other-status"})
_FEW = 12
_COUNTED = (0.1, 0.3, 0.5)
_EXACT = (0.2, 0.5, 0.6)
_WIDE = 2.0
_NEAREST = 20


def agreeing_figures(workspace: Workspace, aligned: Sequence[Finding]) -> list[Finding]:
    """The figures of one story that several articles state alike; ``aligned`` holds those that answer one question."""
    found = workspace.quantities
    number = {id(quantity): index for index, quantity in enumerate(found)}
    links: dict[tuple[int, int], float] = {}
    doubted = {(e.reading.order, e.clause.number) for e in workspace.events if e.unreal or e.polarity == "denied"}
    base: dict[int, Finding] = {}
    for finding in aligned:
        figures = [
            number[id(s.about)]
            for s in finding.positions[0]
            if isinstance(s.about, Quantity) and _is_exact(s.about) and not _is_doubted(s.about, doubted)
        ]
        for earlier, later in itertools.pairwise(figures):
            links[earlier, later] = finding.score
        for figure in figures:
            base[figure] = finding
    compared = Pairs(workspace.background)
    keys = [_value_keys(quantity) for quantity in found]
    for first, second in pairs(keys, _NEAREST):
        one, other = found[first], found[second]
        stated = not _is_doubted(one, doubted) and not _is_doubted(other, doubted)
        if stated and one.reading is not other.reading and (first, second) not in links:
            score = _likeness(one, other, workspace, compared)
            if score >= FIGURE:
                links[first, second] = score
    findings = []
    for members, inside in groups(len(found), links):
        own = [found[index] for index in members]
        if len({q.reading.order for q in own}) > 1:
            known = next((base[index] for index in members if index in base), None)
            findings.append(_figure_finding(own, known, max(links[pair] for pair in inside)))
    return findings


def _is_exact(quantity: Quantity) -> bool:
    """Whether the figure says enough to agree with: a number, or bounds that are not far apart."""
    interval = interval_of(quantity.value)
    return math.isfinite(interval.low) and interval.high <= _WIDE * interval.low


def _is_doubted(quantity: Quantity, doubted: Set[tuple[int, int]]) -> bool:
    """Whether the figure stands in a clause that is denied, asked or only supposed."""
    return (quantity.reading.order, quantity.clause.number) in doubted


def _value_keys(quantity: Quantity) -> list[str]:
    """The figure itself, where it is one number."""
    value, interval = quantity.value, interval_of(quantity.value)
    if interval.point is None or (value.kind == "duration" and interval.point < 1):
        return []
    return [f"{value.kind}|{value.base or ''}|{interval.point:.9g}"]


def _likeness(one: Quantity, other: Quantity, workspace: Workspace, compared: Pairs) -> float:
    """How surely two equal figures are of one thing."""
    background = workspace.background
    lexicon = background.lexicon
    surprise = score = _surprise(one)
    if one.head == other.head and one.value.kind not in MEASURES and not lexicon.is_generic(one.head):
        score += 0.25
    elif one.head in other.context or other.head in one.context:
        score += 0.2
    if one.foci & other.foci:
        score += 0.25
    shared = (one.context & other.context) | (one.modifiers & other.modifiers)
    score += min(0.35, 0.15 * sum(background.weight(concept) for concept in sorted(shared - {one.head})))
    if (one.parties | one.names) & (other.parties | other.names):
        score += 0.15
    if score < FIGURE:
        return score
    veto = compared.objection(one, other)
    sure = surprise >= SURE
    if veto in _OTHER or (not sure and (veto in _APART or (one.part is None) != (other.part is None))):
        alike = one.head == other.head and not lexicon.is_generic(one.head) and surprise >= TELLING_FIGURE
        return score if alike and veto in _PUT_OTHERWISE else 0.0
    return score


def _surprise(quantity: Quantity) -> float:
    """How unlikely it is that two figures are equal by chance: many digits tell much, small counts nothing."""
    value, interval = quantity.value, interval_of(quantity.value)
    low = abs(value.low if value.low is not None else interval.low)
    digits = len(f"{low:.4f}".replace(".", "").strip("0"))
    if value.kind == "duration" or (value.kind == "quantity" and low <= _FEW):
        return 0.0
    scale = _EXACT if value.kind in MEASURES else _COUNTED
    return scale[min(digits, 3) - 1] if digits else 0.0


def _figure_finding(quantities: Sequence[Quantity], known: Finding | None, score: float) -> Finding:
    statements = tuple(
        Statement(q.reading, q.evidence, q.reading.document.text_of(q.value.span), q.claim, q.as_of, q)
        for q in quantities
    )
    first = quantities[0]
    word = first.value.unit or ""
    matter = known.matter if known else first.focus.concept if first.focus else first.head
    reasons = known.reasons if known else ()
    rule = f"same-{'count' if first.value.kind not in MEASURES else first.value.kind}"
    return Finding("quantity", "agreement", rule, min(0.99, score), matter, word, (statements,), reasons)
