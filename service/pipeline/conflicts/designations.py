"""One thing told to be two: an aircraft of two makes, a match of two scores, a goal in two minutes."""

from __future__ import annotations

from collections.abc import Sequence
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
    found = [d for reading in workspace.readings for d in designations(reading, lexicon, known)]
    found = [d for d in found if _is_of_story(d, workspace)]
    found = [d for d in found if not any(_is_one(d, o) and o.reading is d.reading and d.differs(o) for o in found)]
    links = {
        (first, second): _SCORE
        for first, second in pairs([[d.kind] for d in found])
        if found[first].reading is not found[second].reading
        and _is_one(found[first], found[second])
        and found[first].differs(found[second])
    }
    return [_finding([found[i] for i in members]) for members, _ in groups(len(found), links)]


def _is_of_story(designation: Designation, workspace: Workspace) -> bool:
    """Whether at least half of the articles speak of what has the make; who played is told by names."""
    if designation.kind != "make":
        return True
    speaking = sum(designation.matter in reading.concepts for reading in workspace.readings)
    return speaking * 2 >= len(workspace.readings)


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
