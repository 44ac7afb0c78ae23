"""One event with two causes: what one article gives as the cause, another rules out, or gives something else."""

from __future__ import annotations

from service.pipeline.alignment.candidates import pairs
from service.pipeline.alignment.causes import Cause, causes
from service.pipeline.alignment.grouping import components
from service.pipeline.alignment.workspace import Workspace
from service.pipeline.conflicts.findings import Finding, Statement

_SCORE = 0.6


def compare(workspace: Workspace) -> list[Finding]:
    """Events of one story for which the articles give causes that share nothing, or deny each other's."""
    lexicon = workspace.background.lexicon
    found = [cause for own in workspace.clauses for cause in causes(own, lexicon)]
    links = []
    for first, second in pairs([[c.effect] for c in found], [c.reading.order for c in found], workspace.linked):
        one, other = found[first], found[second]
        if one.reading is not other.reading and _exclude(one, other):
            links.append((first, second))
    return [_finding([found[i] for i in sorted(members)]) for members in components(len(found), links)]


def _exclude(one: Cause, other: Cause) -> bool:
    shared = bool(one.concepts & other.concepts)
    if one.denied != other.denied:
        return shared
    return not shared and not one.denied


def _finding(members: list[Cause]) -> Finding:
    positions: list[list[Cause]] = []
    for cause in members:
        for own in positions:
            if not any(_exclude(cause, known) for known in own):
                own.append(cause)
                break
        else:
            positions.append([cause])
    return Finding(
        "other",
        "contradiction",
        "cause-excluded",
        _SCORE,
        members[0].effect,
        members[0].word,
        tuple(tuple(_statement(cause) for cause in own) for own in positions),
        (f"predicate:{members[0].effect}",),
    )


def _statement(cause: Cause) -> Statement:
    text = cause.reading.document.text_of(cause.evidence)
    return Statement(cause.reading, cause.evidence, text, cause.claim)
