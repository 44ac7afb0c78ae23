"""How many independent sources stand behind an agreement, and why they are not more.

Two articles are not independent where they give the same speaker or cite the same source, where one cites the other's
outlet, or where the sentences are copies (shingles of four words, Broder 1997). Citations that lead back to where they
began are told. Does not know who owns which outlet.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from service.pipeline.alignment.grouping import components
from service.pipeline.annotations import Agreement
from service.pipeline.conflicts.findings import Finding, Statement
from service.pipeline.conflicts.verdicts import evidence
from service.pipeline.conflicts.wording import Wording

SHINGLE = 4
COPIED = 0.5


def conclude(findings: Sequence[Finding], wording: Wording) -> tuple[Agreement, ...]:
    """The agreements of one request, those with the most articles first."""
    drafts = [_agreement(finding, wording) for finding in findings]
    drafts.sort(key=lambda a: (-a.independent_sources, -len(a.evidence), a.topic, a.value))
    return tuple(
        Agreement(
            f"agreement-{number}",
            a.topic,
            a.value,
            a.evidence,
            a.sources,
            a.independent_sources,
            a.origins,
            a.reasons,
        )
        for number, a in enumerate(drafts, 1)
    )


def _agreement(finding: Finding, wording: Wording) -> Agreement:
    statements = sorted(finding.positions[0], key=lambda s: s.key)
    reasons: list[str] = []
    links = [
        (i, j) for (i, one), (j, other) in combinations(enumerate(statements), 2) if _dependent(one, other, reasons)
    ]
    groups = components(len(statements), links)
    alone = len(statements) - sum(len(group) for group in groups)
    outlets = tuple(dict.fromkeys(_outlet(s) for s in statements))
    origins = tuple(dict.fromkeys(_origin(s) for s in statements))
    reasons += cycles(statements)
    return Agreement(
        "",
        wording.topic(finding),
        " ".join(statements[0].value.split()),
        tuple(evidence(s) for s in statements),
        outlets,
        len(groups) + alone,
        origins,
        tuple(dict.fromkeys(reasons)),
    )


def _outlet(statement: Statement) -> str:
    article = statement.reading.document.article
    return article.source or article.id


def _cited(statement: Statement) -> list[str]:
    """The sources that the statement is given to, the nearest to the reader first, the speaker last."""
    claim = statement.claim
    if claim is None or claim.attribution is None:
        return []
    names = [source.name for source in claim.attribution.via if source.name]
    speaker = claim.attribution.speaker
    if speaker is not None and speaker.name:
        names.append(speaker.name)
    return names


def _origin(statement: Statement) -> str:
    """Where the statement goes back to: its speaker or last cited source, else the outlet itself."""
    cited = _cited(statement)
    return cited[-1] if cited else _outlet(statement)


def _dependent(one: Statement, other: Statement, reasons: list[str]) -> bool:
    """Whether the two count as one source; what makes them so joins ``reasons``."""
    if one.reading is other.reading:
        reasons.append("same-document")
        return True
    first, second = {name.lower() for name in _cited(one)}, {name.lower() for name in _cited(other)}
    shared = sorted(first & second)
    if shared:
        reasons.append(f"same-source:{shared[0]}")
        return True
    if _outlet(one).lower() in second or _outlet(other).lower() in first:
        reasons.append(f"cites:{_outlet(one)}:{_outlet(other)}")
        return True
    if _likeness(_sentence(one), _sentence(other)) >= COPIED:
        reasons.append(f"copied-wording:{_outlet(one)}:{_outlet(other)}")
        return True
    return False


def _sentence(statement: Statement) -> tuple[str, ...]:
    """The words of the sentence that holds the statement."""
    reading = statement.reading
    for sentence in reading.document.sentences:
        if sentence.start <= statement.span.start < sentence.end:
            return tuple(word for word in reading.words[sentence.first : sentence.last] if word[0].isalnum())
    return ()


def _likeness(one: Sequence[str], other: Sequence[str]) -> float:
    """The Jaccard index of the two sentences' shingles."""
    first, second = _shingles(one), _shingles(other)
    return len(first & second) / len(first | second) if first and second else 0.0


def _shingles(words: Sequence[str]) -> set[tuple[str, ...]]:
    return {tuple(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1)}


def cycles(statements: Sequence[Statement]) -> list[str]:
    """Outlets that cite each other for what they state, in a ring."""
    cites = {_outlet(s).lower(): {name.lower() for name in _cited(s)} for s in statements}
    found = []
    for outlet in sorted(cites):
        seen, edge = {outlet}, set(cites[outlet])
        while edge:
            if outlet in edge:
                found.append(f"citation-cycle:{outlet}")
                break
            seen |= edge
            edge = {name for other in edge if other in cites for name in cites[other]} - seen
    return found
