"""How grave a conflict is: rules as data, each worth points where all that it names holds of the finding.

What endangers lives or liberty, who is accused, and what is flatly denied come first; sums, gaps, the lead of an
article and the number of outlets add to it; what a later report supersedes, and mere wording, counts less.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Iterator
from itertools import combinations

import msgspec

from service.languages import loader
from service.pipeline.alignment.quantities.propositions import Quantity
from service.pipeline.conflicts.findings import Finding, Statement
from service.pipeline.conflicts.intervals import Interval, interval_of
from service.pipeline.conflicts.wording import outlet

SEVERITIES = ("high", "medium", "low")


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One rule of ``severity.yaml``; empty conditions hold of everything."""

    name: str
    points: int
    concepts: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    share: float | None = None
    sum: dict[str, float] | None = None
    lead: bool = False
    outlets: int = 0


class Scale(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``severity.yaml``: the rules, and the points from which a conflict is high or medium."""

    high: int
    medium: int
    lead_sentences: int
    rules: tuple[Rule, ...]

    def __post_init__(self) -> None:
        loader.require_distinct((rule.name for rule in self.rules), "severity")
        if self.high <= self.medium:
            raise ValueError("high must lie above medium")


@functools.cache
def load(code: str) -> Scale:
    """The scale for articles in language ``code``."""
    found: Scale = loader.load(code, "severity", Scale)
    return found


def severity(finding: Finding, scale: Scale) -> str:
    """``high``, ``medium`` or ``low``."""
    points = sum(rule.points for rule in applying(finding, scale))
    if points >= scale.high:
        return "high"
    return "medium" if points >= scale.medium else "low"


def applying(finding: Finding, scale: Scale) -> list[Rule]:
    """The rules that hold of ``finding``, in the order of the data."""
    return [rule for rule in scale.rules if _holds(rule, finding, scale)]


def _holds(rule: Rule, finding: Finding, scale: Scale) -> bool:
    statements = [statement for position in finding.positions for statement in position]
    named = (
        (not rule.types or finding.type in rule.types)
        and (not rule.rules or finding.rule in rule.rules)
        and (not rule.statuses or finding.status in rule.statuses)
        and (not rule.kinds or bool(set(rule.kinds) & {s.about.value.kind for s in statements if _counts(s)}))  # type: ignore[union-attr]
    )
    if not named or (rule.concepts and not _speaks_of(rule.concepts, finding, statements)):
        return False
    if rule.share is not None and _gap(finding) < rule.share:
        return False
    if rule.sum is not None and not any(_exceeds(statement, rule.sum) for statement in statements):
        return False
    if rule.lead and not any(_leads(statement, scale.lead_sentences) for statement in statements):
        return False
    return len({outlet(statement) for statement in statements}) >= rule.outlets


def _counts(statement: Statement) -> bool:
    return isinstance(statement.about, Quantity)


def _speaks_of(concepts: tuple[str, ...], finding: Finding, statements: list[Statement]) -> bool:
    """Whether the matter, or for quantities what became of the counted, is one of ``concepts``."""
    found = {finding.matter.removeprefix("@")}
    for statement in statements:
        about = statement.about
        if isinstance(about, Quantity):
            found |= {concept.removeprefix("@") for concept in {*about.foci, about.head}}
    return any(concept in found for concept in concepts)


def _gap(finding: Finding) -> float:
    """The largest relative difference between figures of two positions, 0 where there is none."""
    spans = [list(_points(position)) for position in finding.positions]
    gaps = [
        abs(one - other) / max(abs(one), abs(other))
        for first, second in combinations(spans, 2)
        for one in first
        for other in second
        if one or other
    ]
    return max(gaps, default=0.0)


def _points(position: tuple[Statement, ...]) -> Iterator[float]:
    for statement in position:
        if isinstance(statement.about, Quantity):
            interval: Interval = interval_of(statement.about.value)
            yield from (bound for bound in (interval.low, interval.high) if math.isfinite(bound))


def _exceeds(statement: Statement, least: dict[str, float]) -> bool:
    if not isinstance(statement.about, Quantity):
        return False
    value = statement.about.value
    amount = max(value.base_low or 0.0, value.base_high or 0.0)
    return amount >= least.get(value.base or "", math.inf)


def _leads(statement: Statement, sentences: int) -> bool:
    """Whether the statement stands among the first body sentences of its article."""
    body = [s for s in statement.reading.document.sentences if s.role == "body"][:sentences]
    return bool(body) and statement.span.start < body[-1].end
