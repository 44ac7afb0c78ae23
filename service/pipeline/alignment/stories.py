"""Which articles report on one story: those that share names and the words that both use most.

An article is described by its names and by its concepts; two are of one story when the weight of the names that they
share, times the likeness of their concepts, is enough. Countries, large places and bodies that any report may name
count little. Stories are closed under likeness: two articles that are each linked with a third are of one story,
however they put it themselves. Does not tell two stories apart that share their people.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence, Set
from itertools import combinations

from service.pipeline.alignment.background import Background
from service.pipeline.alignment.clauses import Clause
from service.pipeline.alignment.grouping import components
from service.pipeline.alignment.reading import Reading

SAME_STORY = 0.24
LIKENESS = 0.2
NAMES_ALONE = 4.0
FEW_NAMES = 1.2
COVERED = 0.6
_FAMILIAR = 0.25
_LISTED = 0.6


def link(
    readings: Sequence[Reading], clauses: Sequence[Sequence[Clause]], background: Background, familiar: Set[str]
) -> frozenset[tuple[int, int]]:
    """Pairs of article numbers (small, large) that report on one story; ``familiar`` names are those of bodies that
    the reports on any story may hold."""
    names = [_names(reading, background, familiar) for reading in readings]
    profiles = [_profile(own, background) for own in clauses]
    holders: dict[str, list[int]] = {}
    for index, own in enumerate(names):
        for name in own:
            holders.setdefault(name, []).append(index)
    shared: Counter[tuple[int, int]] = Counter()
    for name in sorted(holders):
        members = holders[name]
        for position, first in enumerate(members):
            for second in members[position + 1 :]:
                shared[first, second] += min(names[first][name], names[second][name])  # type: ignore[assignment]
    linked = []
    for (first, second), weight in sorted(shared.items()):
        likeness = _cosine(profiles[first], profiles[second])
        covered = weight / min(sum(names[first].values()), sum(names[second].values()))
        if (
            weight >= NAMES_ALONE
            or (weight >= FEW_NAMES and covered >= COVERED)
            or (likeness >= LIKENESS and weight * likeness >= SAME_STORY)
        ):
            linked.append((first, second))
    orders = [reading.order for reading in readings]
    return frozenset(
        (orders[first], orders[second])
        for story in components(len(readings), linked)
        for first, second in combinations(sorted(story), 2)
    )


def _names(reading: Reading, background: Background, familiar: Set[str]) -> dict[str, float]:
    """The names of an article with their weights: countries, large places and familiar bodies tell little."""
    weights: dict[str, float] = {}
    outlet = (reading.document.article.source or "").lower()
    for mention in reading.mentions:
        if mention.name.lower() == outlet:
            continue
        if mention.name in familiar or background.places.is_country(mention.name):
            weights[mention.name] = _FAMILIAR
        else:
            weights[mention.name] = _LISTED if background.places.is_listed(mention.name) else 1.0
    return weights


def _profile(clauses: Sequence[Clause], background: Background) -> dict[str, float]:
    counts = Counter(term.concept for clause in clauses for term in clause.terms)
    for clause in clauses:
        for amount in clause.amounts:
            if amount.value.kind == "quantity" and amount.value.unit:
                counts[background.lexicon.concept(amount.value.unit.lower().split()[0])] += 1
    return {concept: (1 + math.log(count)) for concept, count in counts.items()}


def _cosine(one: dict[str, float], other: dict[str, float]) -> float:
    if len(other) < len(one):
        one, other = other, one
    dot = sum(weight * other[key] for key, weight in one.items() if key in other)
    norm = math.sqrt(sum(w * w for w in one.values()) * sum(w * w for w in other.values()))
    return dot / norm if norm else 0.0
