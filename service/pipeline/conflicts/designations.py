"""One thing told to be two: an aircraft of two makes, a match of two scores, a goal in two minutes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from service.pipeline.alignment.candidates import pairs
from service.pipeline.alignment.designations import Designation, Words, designations
from service.pipeline.alignment.grouping import groups
from service.pipeline.alignment.times import days_of
from service.pipeline.alignment.workspace import Workspace
from service.pipeline.conflicts.findings import Finding, Statement

_SCORE = 0.75
_TEAMS = 2


def compare(workspace: Workspace, known: Words) -> list[Finding]:
    """Designations of one thing that differ; an article that gives it two of its own speaks of two."""
    lexicon = workspace.background.lexicon
    speaking = Counter(concept for reading in workspace.readings for concept in frozenset(reading.concepts))
    found: list[Designation] = []
    for reading in workspace.readings:
        own = [d for d in designations(reading, lexicon, known) if _is_of_story(d, speaking, len(workspace.readings))]
        found += [d for d in own if not any(d.differs(other) and _is_one(d, other) for other in own)]
    links = {
        (first, second): _SCORE
        for first, second in pairs([[d.kind] for d in found])
        if found[first].reading is not found[second].reading
        and _is_one(found[first], found[second])
        and found[first].differs(found[second])
    }
    return [_finding([found[i] for i in members]) for members, _ in groups(len(found), links)]


def _is_of_story(designation: Designation, speaking: Mapping[str, int], articles: int) -> bool:
    """Whether at least half of the articles speak of what has the make; who played is told by names."""
    return designation.kind != "make" or speaking[designation.matter] * 2 >= articles


def _is_one(one: Designation, other: Designation) -> bool:
    """Whether both are of one thing: one noun, one match, one goal."""
    if one.kind != other.kind or one.matter != other.matter or not _may_be_one_day(one, other):
        return False
    shared = one.names & other.names
    if one.kind == "score":
        return len(shared) >= _TEAMS
    return one.kind == "make" or bool(shared)


def _may_be_one_day(one: Designation, other: Designation) -> bool:
    """Whether the sentences give no days that lie more than a day, as of other zones, apart."""
    first, second = _days(one), _days(other)
    return not first or not second or any(abs(a - b) <= 1 for a in first for b in second)


def _days(designation: Designation) -> list[int]:
    """The days that the sentence gives, as ordinals."""
    first, last = designation.sentence.first, designation.sentence.last
    stated = (days_of(a.value) for a in designation.reading.amounts if first <= a.first < last)
    return [date.fromisoformat(days[0]).toordinal() for days in stated if days is not None and days[0] == days[1]]


def _finding(members: Sequence[Designation]) -> Finding:
    positions: dict[str, list[Designation]] = {}
    for designation in members:
        held = next((key for key, own in positions.items() if not own[0].differs(designation)), None)
        positions.setdefault(held or " ".join(sorted(designation.value)), []).append(designation)
    first = members[0]
    return Finding(
        "quantity" if first.kind == "score" else "other",
        "contradiction",
        f"{first.kind}-differs",
        _SCORE,
        first.matter or first.word,
        first.word,
        tuple(tuple(_statement(designation) for designation in own) for own in positions.values()),
        tuple(f"name:{name}" for name in sorted(frozenset.intersection(*(d.names for d in members)))),
    )


def _statement(designation: Designation) -> Statement:
    words = designation.reading.document.text_of(designation.evidence)
    return Statement(designation.reading, designation.evidence, words, designation.claim)
