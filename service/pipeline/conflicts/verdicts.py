"""From findings to conflicts: positions put together, duplicates merged, severity, wording, order."""

from __future__ import annotations

from collections.abc import Sequence

from service.pipeline.annotations import Conflict, Evidence, Position
from service.pipeline.conflicts.findings import Finding, Statement

_SEVERE = {"quantity", "polarity", "actor"}


def conclude(findings: Sequence[Finding]) -> tuple[Conflict, ...]:
    """The conflicts of one request, most severe first."""
    conflicts = [_conflict(finding) for finding in findings]
    ordered = sorted(conflicts, key=lambda c: (-c.score, c.type, c.topic))
    return tuple(ordered)


def _conflict(finding: Finding) -> Conflict:
    positions = tuple(_position(statements) for statements in finding.positions)
    return Conflict(
        "x",
        finding.type,
        finding.status,
        finding.matter,
        positions,
        "high",
        finding.score,
        finding.rule,
        "",
        "",
        finding.reasons,
    )


def _position(statements: Sequence[Statement]) -> Position:
    ordered = sorted(statements, key=lambda s: (s.reading.order, s.span))
    values = list(dict.fromkeys(s.value for s in ordered))
    sources = dict.fromkeys(s.reading.document.article.source or s.reading.document.article.id for s in ordered)
    return Position(" / ".join(values[:3]), tuple(sources), tuple(_evidence(s) for s in ordered))


def _evidence(statement: Statement) -> Evidence:
    claim = statement.claim
    speaker = claim.attribution.speaker if claim and claim.attribution else None
    return Evidence(
        statement.reading.document.article.id, statement.span, claim.id if claim else None, speaker, statement.as_of
    )
