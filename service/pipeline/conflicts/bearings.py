"""One event on two sides of one place: north of the harbour in one report, south of it in another."""

from __future__ import annotations

from service.pipeline.alignment.bearings import Bearing, Knowledge, bearing_of
from service.pipeline.alignment.workspace import Workspace
from service.pipeline.conflicts import whereabouts
from service.pipeline.conflicts.findings import Finding


def compare(workspace: Workspace, known: Knowledge) -> list[Finding]:
    """Events that two reports put on two sides of one place."""
    return whereabouts.compare(
        workspace,
        lambda event: bearing_of(event, known),
        lambda one, other: _are_opposed(one, other, workspace, known),
        "place-bearing",
    )


def _are_opposed(one: Bearing, other: Bearing, workspace: Workspace, known: Knowledge) -> bool:
    """Whether the two directions exclude each other, seen from one place or from two of one name."""
    if not known.exclude(one.answer, other.answer):
        return False
    first, second = one.seen_from.name, other.seen_from.name
    alike = set(first.lower().split()) & set(second.lower().split())
    return bool(alike) or workspace.background.places.related(first, second)
