"""Which articles report on one story: those that share names and the words that both use most.

An article is described by its names and by its concepts; two are of one story when the weight of the names that they
share, times the likeness of their concepts, is enough. Countries, large places and bodies that any report may name
count little. Stories are closed under likeness: two articles that are each linked with a third are of one story,
however they put it themselves. Does not tell two stories apart that share their people.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence, Set

from service.pipeline.alignment.clauses import Clause
from service.pipeline.alignment.grouping import components
from service.pipeline.alignment.lexicon import Lexicon
from service.pipeline.alignment.places import Places
from service.pipeline.alignment.reading import Reading

SAME_STORY = 0.245
LIKENESS = 0.2
NAMES_ALONE = 4.0
FEW_NAMES = 1.2
COVERED = 0.6
HOLDERS = 60
_FAMILIAR = 0.25
_LISTED = 0.6
_REGION = 0.38
_CAPITAL = 0.4
# where all reports of a region set out from or end up: beside the region itself they tell little more
_PUBLIC = frozenset({"airport", "harbour", "station", "terminal"})


def find_stories(
    readings: Sequence[Reading],
    clauses: Sequence[Sequence[Clause]],
    places: Places,
    lexicon: Lexicon,
    familiar: Set[str],
) -> list[list[int]]:
    """The positions in ``readings`` that report on one story, an article alone included, by their first article;
    ``familiar`` names are those of bodies that the reports on any story may hold."""
    names = [_names(reading, places, familiar) | _capitals(reading, lexicon) for reading in readings]
    profiles = [_profile(own, lexicon) for own in clauses]
    norms = [math.sqrt(sum(weight * weight for weight in profile.values())) for profile in profiles]
    sums = [sum(own.values()) for own in names]
    linked = []
    for (first, second), weight in sorted(_shared(names).items()):
        close = weight >= NAMES_ALONE or (weight >= FEW_NAMES and weight / min(sums[first], sums[second]) >= COVERED)
        if not close and weight >= SAME_STORY:
            norm = norms[first] * norms[second]
            likeness = _product(profiles[first], profiles[second]) / norm if norm else 0.0
            close = likeness >= LIKENESS and weight * likeness >= SAME_STORY
        if close:
            linked.append((first, second))
    stories = [sorted(members) for members in components(len(readings), linked)]
    grouped = {index for members in stories for index in members}
    return sorted([*stories, *([index] for index in range(len(readings)) if index not in grouped)])


def _shared(names: Sequence[Mapping[str, float]]) -> dict[tuple[int, int], float]:
    """The weight of the names that two articles share. A name that more than ``HOLDERS`` articles hold tells of none
    of them alone: each of those is weighed against the next ``HOLDERS`` only, so that work stays near-linear."""
    holders: dict[str, list[int]] = {}
    for index, own in enumerate(names):
        for name in own:
            holders.setdefault(name, []).append(index)
    shared: dict[tuple[int, int], float] = {}
    for name in sorted(holders):
        members = holders[name]
        for position, first in enumerate(members):
            for second in members[position + 1 : position + 1 + HOLDERS]:
                weight = min(names[first][name], names[second][name])
                shared[first, second] = shared.get((first, second), 0.0) + weight
    return shared


def _names(reading: Reading, places: Places, familiar: Set[str]) -> dict[str, float]:
    """The names of an article with their weights: large places and familiar bodies tell little."""
    weights: dict[str, float] = {}
    outlet = (reading.document.article.source or "").lower()
    for mention in reading.mentions:
        if mention.name.lower() == outlet:
            continue
        public = mention.name in familiar or places.level(mention.name) in _PUBLIC
        if public or mention.type == "LAW" or places.is_country(mention.name):
            weights[mention.name] = _FAMILIAR
        elif places.is_region(mention.name):
            weights[mention.name] = _REGION
        else:
            weights[mention.name] = _LISTED if places.is_listed(mention.name) else 1.0
    return weights


def _capitals(reading: Reading, lexicon: Lexicon) -> dict[str, float]:
    """Words in capitals within sentences that are no names and no known words: they tell something as well.

    Not so the units and zones of figures, and what stands in front of a name, which is a title.
    """
    tokens = reading.document.tokens
    count = len(tokens)
    return {
        tokens[index].lower: _CAPITAL
        for sentence in reading.document.sentences
        if sentence.role == "body"
        for index in range(sentence.first + 1, sentence.last)
        if reading.mention_at[index] is None
        and reading.amount_at[index] is None
        and (index + 1 == count or reading.mention_at[index + 1] is None)
        and tokens[index].text[0].isupper()
        and tokens[index].lower not in lexicon.scopes.clock_zones
        and lexicon.stem(tokens[index].lower) not in lexicon.roots
        and not lexicon.concept(tokens[index].lower).startswith("@")
    }


def _profile(clauses: Sequence[Clause], lexicon: Lexicon) -> dict[str, float]:
    counts = Counter(term.concept for clause in clauses for term in clause.terms)
    for clause in clauses:
        for amount in clause.amounts:
            if amount.value.kind == "quantity" and amount.value.unit:
                counts[lexicon.concept(amount.value.unit.lower().split()[0])] += 1
    return {concept: (1 + math.log(count)) for concept, count in counts.items()}


def _product(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """The scalar product of two profiles."""
    if len(other) < len(one):
        one, other = other, one
    return sum(weight * other[key] for key, weight in one.items() if key in other)
