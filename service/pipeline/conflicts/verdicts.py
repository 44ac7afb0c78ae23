"""From findings to conflicts: duplicates dropped, positions put together, severity, score, order."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import combinations, product

from service.pipeline.alignment.lexicon import Lexicon
from service.pipeline.annotations import Conflict, Evidence, NearMiss, Position
from service.pipeline.conflicts.findings import Finding, Rejection, Statement
from service.pipeline.conflicts.wording import Wording

PRECEDENCE = ("quote", "attribution", "quantity", "date", "place", "actor", "sequence", "polarity", "other")
SEVERITIES = ("high", "medium", "low")
NEAR_MISSES = 200
_GRAVE_TYPES = frozenset({"polarity", "actor", "attribution"})

Pair = tuple[Statement, Statement]


def conclude(findings: Sequence[Finding], wording: Wording, lexicon: Lexicon) -> tuple[Conflict, ...]:
    """The conflicts of one request, the gravest first, numbered in that order."""
    drafts = [_conflict(finding, wording, lexicon) for finding in without_duplicates(findings)]
    drafts.sort(key=lambda c: (SEVERITIES.index(c.severity), -c.score, c.type, _place(c)))
    return tuple(_numbered(draft, number) for number, draft in enumerate(drafts, 1))


def without_duplicates(findings: Sequence[Finding]) -> list[Finding]:
    """Findings without those whose every opposed pair another one opposes already."""
    kept: list[Finding] = []
    for finding in sorted(findings, key=lambda f: (_precedence(f), -len(list(_pairs(f))), -f.score, f.rule)):
        rivals = [
            k for k in kept if (k.status == "wording") == (finding.status == "wording") and _same_kind(k, finding)
        ]
        if not all(any(_covers(own, pair) for k in rivals for own in _pairs(k)) for pair in _pairs(finding)):
            kept.append(finding)
    return kept


def _precedence(finding: Finding) -> int:
    """Which of two findings on the same words stands: a quotation's before the rest, reported speech behind them."""
    reported = finding.type == "quote" and not any(
        s.claim is not None and s.claim.form in ("direct", "mixed") for position in finding.positions for s in position
    )
    return len(PRECEDENCE) if reported else PRECEDENCE.index(finding.type)


def _same_kind(one: Finding, other: Finding) -> bool:
    """Whether one conflict may stand for another: of one type, or a denial beside the quotation that it is in."""
    if one.type == other.type:
        return one.type != "quantity" or one.matter == other.matter
    return {one.type, other.type} == {"quote", "polarity"}


def _pairs(finding: Finding) -> list[Pair]:
    return [pair for one, other in combinations(finding.positions, 2) for pair in product(one, other)]


def _covers(known: Pair, pair: Pair) -> bool:
    def same(one: Statement, other: Statement) -> bool:
        return one.reading is other.reading and one.span.overlaps(other.span)

    (a, b), (x, y) = known, pair
    return (same(a, x) and same(b, y)) or (same(a, y) and same(b, x))


def _conflict(finding: Finding, wording: Wording, lexicon: Lexicon) -> Conflict:
    positions = tuple(_position(statements) for statements in finding.positions)
    words = [_words(min(statements, key=lambda s: s.key)) for statements in finding.positions]
    topic = wording.topic(finding)
    return Conflict(
        "",
        finding.type,
        finding.status,
        topic,
        positions,
        severity(finding, lexicon),
        round(calibrate(finding), 3),
        finding.rule,
        wording.explanation(finding, positions, words),
        wording.question(finding, topic),
        tuple(reason.replace("@", "") for reason in finding.reasons),
    )


def _numbered(draft: Conflict, number: int) -> Conflict:
    return Conflict(
        f"conflict-{number}",
        draft.type,
        draft.status,
        draft.topic,
        draft.positions,
        draft.severity,
        draft.score,
        draft.rule,
        draft.explanation,
        draft.question,
        draft.reasons,
    )


def _place(conflict: Conflict) -> tuple[str, int]:
    first = conflict.positions[0].evidence[0]
    return first.article_id, first.span.start


def severity(finding: Finding, lexicon: Lexicon) -> str:
    """What an editor must see first: lives and liberty, who did it, what is flatly denied; updates and wording last."""
    if finding.status == "wording":
        return "low"
    concept = lexicon.concepts.get(finding.matter)
    grave = (concept is not None and concept.grave) or finding.type in _GRAVE_TYPES or finding.rule == "quote-negation"
    if finding.status == "update":
        return "medium" if grave else "low"
    return "high" if grave else "medium"


def calibrate(finding: Finding) -> float:
    """The probability that an editor would call the finding a conflict, from the rule's own score.

    A logistic curve fitted on the development clusters and the cases of the specification.
    """
    return 1 / (1 + math.exp(-(CALIBRATION[0] + CALIBRATION[1] * finding.score)))


CALIBRATION = (0.0, 2.5)


def _position(statements: Sequence[Statement]) -> Position:
    ordered = sorted(statements, key=lambda s: s.key)
    values = list(dict.fromkeys(" ".join(s.value.split()) for s in ordered))
    sources = dict.fromkeys(s.reading.document.article.source or s.reading.document.article.id for s in ordered)
    return Position(" / ".join(values[:3]), tuple(sources), tuple(evidence(s) for s in ordered))


def evidence(statement: Statement) -> Evidence:
    """The evidence that a statement gives."""
    claim = statement.claim
    speaker = claim.attribution.speaker if claim and claim.attribution else None
    return Evidence(
        statement.reading.document.article.id, statement.span, claim.id if claim else None, speaker, statement.as_of
    )


def _words(statement: Statement) -> str:
    return statement.reading.document.text_of(statement.span)


def near_misses(rejections: Sequence[Rejection], wording: Wording) -> tuple[NearMiss, ...]:
    """Pairs that were compared and found not to conflict, the first ``NEAR_MISSES`` of them."""
    found = []
    for rejection in rejections[:NEAR_MISSES]:
        topic, explanation = wording.rejection(rejection)
        one, other = rejection.statements
        found.append(NearMiss(topic, (evidence(one), evidence(other)), rejection.rule, explanation))
    return tuple(found)
