"""One named thing in two places: the sites that two articles give it exclude each other."""

from __future__ import annotations

from service.pipeline.alignment.candidates import pairs
from service.pipeline.alignment.grouping import groups
from service.pipeline.alignment.sites import Site, sites
from service.pipeline.alignment.workspace import Workspace
from service.pipeline.conflicts.findings import Finding, Statement

_SCORE = 0.6


def compare(workspace: Workspace) -> list[Finding]:
    """Things that two articles put in two places of which neither lies in the other."""
    places = workspace.background.places
    found = [site for reading in workspace.readings for site in sites(reading, workspace.background)]
    links = []
    for first, second in pairs([[s.thing] for s in found]):
        one, other = found[first], found[second]
        if one.reading is not other.reading and places.exclude(one.place, other.place):
            links.append((first, second))
    return [_finding([found[index] for index in members]) for members, _ in groups(len(found), links)]


def _finding(members: list[Site]) -> Finding:
    positions: dict[str, list[Site]] = {}
    for site in members:
        positions.setdefault(site.place, []).append(site)
    return Finding(
        "place",
        "contradiction",
        "place-site",
        _SCORE,
        members[0].thing,
        members[0].word,
        tuple(tuple(_statement(site) for site in own) for own in positions.values()),
        (f"thing:{members[0].thing}",),
    )


def _statement(site: Site) -> Statement:
    return Statement(site.reading, site.evidence, site.place, site.claim)
