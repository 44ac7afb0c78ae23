"""Who did it, who is to answer for it, whose it was: one deed given to two doers.

Two agents of one predicate exclude each other only where one of the articles says that it was this one and nobody else,
or where the deed has a single doer by its nature.
"""

from __future__ import annotations

from collections.abc import Iterable

from service.pipeline.alignment.agents import Agent, Correction, agents, corrections
from service.pipeline.alignment.candidates import pairs
from service.pipeline.alignment.grouping import groups
from service.pipeline.alignment.places import Places
from service.pipeline.alignment.reading import Reading
from service.pipeline.alignment.workspace import Workspace
from service.pipeline.conflicts.findings import Finding, Statement

SHARED = 0.3
DUTY = 0.3
_PHRASE = 4


def compare(workspace: Workspace) -> list[Finding]:
    """Deeds, duties and things that are given to two parties."""
    lexicon = workspace.background.lexicon
    found = [agent for own in workspace.clauses for agent in agents(own, lexicon)]
    keys = [[agent.concept] for agent in found]
    links: dict[tuple[int, int], float] = {}
    for first, second in pairs(keys, [a.clause.reading.order for a in found], workspace.linked):
        one, other = found[first], found[second]
        score = _score(one, other, workspace)
        if score >= (DUTY if one.concept == "duty" else SHARED) and _exclude(one, other, workspace):
            links[first, second] = score
    findings = []
    for members, inside in groups(len(found), links):
        score = max(links[pair] for pair in inside)
        findings.append(_finding([found[i] for i in members], score))
    for own in workspace.clauses:
        for correction in corrections(own, lexicon):
            findings += _corrected(correction, workspace)
    return findings


def _exclude(one: Agent, other: Agent, workspace: Workspace) -> bool:
    if _same(one.name, other.name, workspace.background.places) or {one.kind, other.kind} == {"PERSON", "GPE"}:
        return False
    concept = workspace.background.lexicon.concepts.get(one.concept)
    return one.exclusive or other.exclusive or bool(concept and concept.single)


def _same(one: str, other: str, places: Places) -> bool:
    first, second = set(one.lower().split()), set(other.lower().split())
    return bool(first & second) or places.related(one, other)


def _score(one: Agent, other: Agent, workspace: Workspace) -> float:
    """How surely the two speak of one deed."""
    weigh = workspace.background.weight
    things = sorted((one.things & other.things) - {one.concept})
    return (
        sum(0.25 * weigh(thing) for thing in things)
        + 0.3 * len(one.names & other.names)
        + 0.15 * (one.concept != "duty")
    )


def _finding(members: list[Agent], score: float) -> Finding:
    positions: dict[str, list[Agent]] = {}
    for agent in members:
        positions.setdefault(agent.name, []).append(agent)
    return Finding(
        "actor",
        "contradiction",
        "actor-duty" if members[0].concept == "duty" else "actor-agent",
        min(0.95, 0.4 + score / 2),
        members[0].concept,
        members[0].word,
        tuple(
            tuple(Statement(a.clause.reading, a.evidence, name, a.claim) for a in own)
            for name, own in positions.items()
        ),
        tuple(f"name:{name}" for name in positions),
    )


def _corrected(correction: Correction, workspace: Workspace) -> Iterable[Finding]:
    """What other articles say with the name that this one sets right."""
    others = []
    for reading in workspace.readings:
        couple = tuple(sorted((reading.order, correction.reading.order)))
        if couple in workspace.linked:
            others += list(_of_wrong(reading, correction))
    if others:
        own = Statement(correction.reading, correction.evidence, correction.right, correction.claim)
        yield Finding(
            "actor",
            "contradiction",
            "actor-correction",
            0.7,
            correction.head,
            correction.head,
            (tuple(others), (own,)),
            (f"name:{correction.right}", f"name:{correction.wrong}"),
        )


def _of_wrong(reading: Reading, correction: Correction) -> Iterable[Statement]:
    for mention in reading.mentions:
        if mention.name != correction.wrong:
            continue
        for index in range(mention.first - 1, max(mention.first - _PHRASE, 0) - 1, -1):
            if reading.concepts[index] == correction.head:
                amount = reading.amount_at[index]
                first = amount.first if amount is not None else index
                yield Statement(reading, reading.span(first, mention.last), mention.name, reading.claim_at[index])
                break
            if not reading.words[index][0].isalpha():
                break
