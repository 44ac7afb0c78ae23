"""From findings to conflicts: duplicates dropped, positions put together, severity, score, order, names.

A conflict's name is made of what it opposes, so that it stays the same whatever else the request holds.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping, Sequence
from itertools import combinations

from msgspec.structs import replace

from service.pipeline.alignment.lexicon import Lexicon
from service.pipeline.annotations import Conflict, Evidence, Position
from service.pipeline.conflicts.findings import Finding, Statement
from service.pipeline.conflicts.severity import SEVERITIES, Scale, severity
from service.pipeline.conflicts.wording import Wording, excerpts, outlet

PRECEDENCE = ("quote", "attribution", "quantity", "date", "place", "actor", "sequence", "other", "polarity")
# intercept and slope: between what the held-out clusters allow (.82 of the reports are right) and what was counted on
# real news (.69); the clusters that the rules were made from flatter
CALIBRATION = (0.4, 1.0)
_DIGEST_BYTES = 5


def conclude(findings: Sequence[Finding], wording: Wording, scale: Scale) -> tuple[Conflict, ...]:
    """The conflicts of ``findings``, which hold no duplicates: the gravest first, then the surest, then by where they
    stand in the articles."""
    drafts = []
    for finding in findings:
        ordered = prepare(finding, wording.lexicon)
        drafts.append((_conflict(ordered, wording, scale), ordered.positions[0][0].key))
    drafts.sort(key=lambda draft: (SEVERITIES.index(draft[0].severity), -draft[0].score, draft[1], draft[0].id))
    return tuple(conflict for conflict, _ in drafts)


def prepare(finding: Finding, lexicon: Lexicon) -> Finding:
    """``finding`` with whole words as evidence, in the order of the text; updates from the first position on."""
    positions = [
        tuple(sorted((_with_whole_words(s, lexicon) for s in position), key=lambda s: s.key))
        for position in finding.positions
    ]
    if finding.status == "update":
        positions.sort(key=lambda position: (min(s.as_of or "" for s in position), position[0].key))
    return replace(finding, positions=tuple(positions))


def _with_whole_words(statement: Statement, lexicon: Lexicon) -> Statement:
    span = excerpts.whole(statement.reading, statement.span, lexicon)
    return statement if span == statement.span else replace(statement, span=span)


def without_duplicates(findings: Sequence[Finding]) -> list[Finding]:
    """Findings without those whose every opposed pair another one opposes already."""
    kept: list[Finding] = []
    # by article: the number of a finding kept, that of the position, and the statement
    known: dict[int, list[tuple[int, int, Statement]]] = {}
    for finding in sorted(findings, key=lambda f: (_precedence(f), -_opposed(f), -f.score, f.rule)):
        if _is_told(finding, kept, known):
            continue
        for number, position in enumerate(finding.positions):
            for statement in position:
                known.setdefault(statement.reading.order, []).append((len(kept), number, statement))
        kept.append(finding)
    return kept


def _opposed(finding: Finding) -> int:
    """How many pairs of statements a finding opposes."""
    sizes = [len(position) for position in finding.positions]
    return sum(one * other for one, other in combinations(sizes, 2))


def _is_told(
    finding: Finding, kept: Sequence[Finding], known: Mapping[int, Sequence[tuple[int, int, Statement]]]
) -> bool:
    """Whether findings that are kept oppose all that this one opposes.

    Statements of a position that overlap the same known ones are taken together, so that work does not grow with the
    square of the evidence.
    """
    places: list[set[frozenset[tuple[int, int]]]] = []
    for position in finding.positions:
        own = set()
        for statement in position:
            own.add(
                frozenset(
                    (number, place)
                    for number, place, other in known.get(statement.reading.order, ())
                    if other.span.overlaps(statement.span) and _may_stand_for(kept[number], finding)
                )
            )
        places.append(own)
    return all(
        any(number == rival and place != other for number, place in first for rival, other in second)
        for one, two in combinations(places, 2)
        for first in one
        for second in two
    )


def _may_stand_for(one: Finding, other: Finding) -> bool:
    return (one.status == "wording") == (other.status == "wording") and _same_kind(one, other)


def _precedence(finding: Finding) -> int:
    """Which of two findings on the same words stands: a quotation's before the rest, reported speech behind them."""
    reported = finding.type == "quote" and not any(
        s.claim is not None and s.claim.form in ("direct", "mixed") for position in finding.positions for s in position
    )
    known = not reported and finding.type in PRECEDENCE
    return PRECEDENCE.index(finding.type) if known else len(PRECEDENCE)


def _same_kind(one: Finding, other: Finding) -> bool:
    """Whether one conflict may stand for another: of one type, or a denial beside a quotation or a cause."""
    if one.type == other.type:
        return one.type != "quantity" or one.matter == other.matter
    return {one.type, other.type} in ({"quote", "polarity"}, {"other", "polarity"})


def _conflict(finding: Finding, wording: Wording, scale: Scale) -> Conflict:
    values = [wording.value(finding, statements) for statements in finding.positions]
    positions = tuple(
        Position(value, tuple(dict.fromkeys(map(outlet, statements))), tuple(map(evidence, statements)))
        for value, statements in zip(values, finding.positions, strict=True)
    )
    return Conflict(
        name("conflict", finding),
        finding.type,
        finding.status,
        wording.topic(finding),
        positions,
        severity(finding, scale),
        round(calibrate(finding), 3),
        finding.rule,
        wording.explanation(finding, values),
        wording.question(finding),
        tuple(reason.replace("@", "") for reason in finding.reasons),
    )


def name(kind: str, finding: Finding) -> str:
    """A name made of the finding's type, rule, status and evidence."""
    digest = hashlib.blake2b(digest_size=_DIGEST_BYTES)
    digest.update(f"{finding.type}|{finding.status}|{finding.rule}|{finding.matter}".encode())
    for position in finding.positions:
        digest.update(b"|")
        for statement in position:
            article = statement.reading.document.article.id
            digest.update(f"{article}:{statement.span.start}:{statement.span.end};".encode())
    return f"{kind}-{digest.hexdigest()}"


def calibrate(finding: Finding) -> float:
    """The probability that an editor would call the finding a conflict, from the rule's own score.

    ``python -m evaluation.calibration`` prints how often conflicts of each score are right.
    """
    return 1 / (1 + math.exp(-(CALIBRATION[0] + CALIBRATION[1] * finding.score)))


def evidence(statement: Statement) -> Evidence:
    """The evidence that a statement gives."""
    claim = statement.claim
    speaker = claim.attribution.speaker if claim and claim.attribution else None
    return Evidence(
        statement.reading.document.article.id, statement.span, claim.id if claim else None, speaker, statement.as_of
    )
