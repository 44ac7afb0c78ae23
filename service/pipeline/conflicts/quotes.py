"""Quotations as findings: what the comparison of utterances yields, put beside the other kinds of conflict."""

from __future__ import annotations

from collections.abc import Mapping

from service.pipeline.alignment.reading import Reading
from service.pipeline.alignment.workspace import Workspace
from service.pipeline.annotations import Evidence
from service.pipeline.conflicts.findings import Finding, Statement
from service.pipeline.conflicts.utterances import Finding as UtteranceFinding
from service.pipeline.conflicts.utterances import Knowledge, compare_utterances

_DENIED = "denied"


def compare(workspace: Workspace, knowledge: Knowledge) -> list[Finding]:
    """Quote drift and misattribution among articles on one story."""
    readings = {reading.document.article.id: reading for reading in workspace.readings}
    findings = []
    for found in compare_utterances([reading.analysis for reading in workspace.readings], knowledge):
        if len({e.article_id for position in found.positions for e in position.evidence}) < 2:
            continue
        if found.rule == "negation-changed" and _denied(found, readings) == 1:
            continue
        positions = tuple(
            tuple(_statement(evidence, position.value, readings[evidence.article_id]) for evidence in position.evidence)
            for position in found.positions
        )
        speakers = dict.fromkeys(
            e.speaker.name for position in found.positions for e in position.evidence if e.speaker and e.speaker.name
        )
        reasons = (*(f"speaker:{name}" for name in speakers), *found.reasons)
        findings.append(Finding(found.kind, found.status, found.rule, found.score, "quote", "", positions, reasons))
    return findings


def _denied(found: UtteranceFinding, readings: Mapping[str, Reading]) -> int:
    """How many positions are denied as a whole ("membantah …"), which turns the sense of a changed negation."""
    return sum(
        any(
            claim.id == evidence.claim_id and claim.polarity == _DENIED
            for evidence in position.evidence
            for claim in readings[evidence.article_id].analysis.claims
        )
        for position in found.positions
    )


def _statement(evidence: Evidence, value: str, reading: Reading) -> Statement:
    claim = next((claim for claim in reading.analysis.claims if claim.id == evidence.claim_id), None)
    return Statement(reading, evidence.span, value, claim)
