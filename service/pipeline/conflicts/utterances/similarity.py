"""How much two utterances share: units aligned in order, then out of order, weighed by their rarity in the request.

The alignment is a weighted longest common subsequence (Needleman and Wunsch, 1970, without gap costs) over units, in
which equal, synonymous and opposite words may stand for one another; what is left over is matched regardless of order,
as translations and passives move words. Quadratic in the units of a segment that have a
counterpart, and segments have a bounded length.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

import msgspec

from service.pipeline.conflicts.utterances.language import Knowledge
from service.pipeline.conflicts.utterances.reading import Segment, Utterance
from service.pipeline.conflicts.utterances.units import CONDITION, CONTENT, NAME, NUMBER, SCALE, Unit

EQUAL, SYNONYM, OPPOSITE = "equal", "synonym", "opposite"
_SURFACE = "surface"
_CREDIT = {EQUAL: 1.0, SYNONYM: 0.75, OPPOSITE: 0.25}
_BASE = {CONTENT: 1.0, NAME: 0.6, NUMBER: 0.8, SCALE: 0.2, CONDITION: 0.0}
_LIGHT, _STOCK = 0.3, 0.6
_PRIOR = 50
_ANY = 0.05
Cell = tuple[int, int]
"""A unit of the one segment and a unit of the other."""


class Pair(msgspec.Struct, frozen=True, gc=False):
    """Unit ``left`` of one segment stands for unit ``right`` of the other; ``ordered`` where the order agrees."""

    left: int
    right: int
    relation: str
    ordered: bool


class Overlap(msgspec.Struct, frozen=True):
    """What segments ``one`` and ``other`` share. ``shared`` is the weight of it, ``coverage`` its share of each
    segment's weight, ``run`` the length in words of the longest stretch that they have verbatim in common,
    ``likeness`` the share of the longer one's words that the other has too."""

    one: Segment
    other: Segment
    pairs: tuple[Pair, ...]
    shared: float
    coverage: tuple[float, float]
    run: int
    likeness: float

    @property
    def unmatched(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """The units of either segment that the other has no counterpart of."""
        left, right = {p.left for p in self.pairs}, {p.right for p in self.pairs}
        return (
            tuple(i for i in range(len(self.one.units)) if i not in left),
            tuple(j for j in range(len(self.other.units)) if j not in right),
        )


class Profile(NamedTuple):
    """A segment with the weights of its units and their sum, where its units stand by their kinds and keys, their words
    and their groups of synonyms, and how often it has each word: drawn once, as it is aligned with many."""

    segment: Segment
    weights: Sequence[float]
    weight: float
    places: Mapping[tuple[str, str | int], Sequence[int]]
    counts: Mapping[str, int]


class Weights:
    """How telling each word is: rare in the request, and neither light nor stock."""

    def __init__(self, utterances: Iterable[Utterance], knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._counts: Counter[str] = Counter()
        self._weights: dict[tuple[str, str], float] = {}
        self._profiles: dict[int, Profile] = {}
        number = 0
        for utterance in utterances:
            number += 1
            self._counts.update({unit.key for segment in utterance.segments for unit in segment.units})
        self._total = number + _PRIOR
        self._scale = math.log(1 + self._total)

    def of(self, unit: Unit) -> float:
        """The weight of ``unit``, from 0 to 1."""
        known = self._weights.get((unit.kind, unit.key))
        if known is None:
            known = self._weights[unit.kind, unit.key] = self._weigh(unit)
        return known

    def profile(self, segment: Segment) -> Profile:
        """What ``segment``, one of those of the utterances, is aligned by."""
        known = self._profiles.get(id(segment))
        if known is None:
            known = self._profiles[id(segment)] = self._draw(segment)
        return known

    def _draw(self, segment: Segment) -> Profile:
        places: dict[tuple[str, str | int], list[int]] = {}
        for j, unit in enumerate(segment.units):
            places.setdefault((unit.kind, unit.key), []).append(j)
            places.setdefault((_SURFACE, unit.surface), []).append(j)
            if unit.kind == CONTENT:
                for group in self._knowledge.groups(unit.key):
                    places.setdefault((SYNONYM, group), []).append(j)
        weights = [self.of(unit) for unit in segment.units]
        return Profile(segment, weights, sum(weights), places, Counter(segment.words))

    def _weigh(self, unit: Unit) -> float:
        rarity = math.log(1 + self._total / max(1, self._counts[unit.key])) / self._scale
        base = _BASE[unit.kind]
        if unit.key in self._knowledge.light:
            base *= _LIGHT
        elif unit.key in self._knowledge.stock:
            base *= _STOCK
        return base * rarity

    def count(self, unit: Unit) -> int:
        """How many utterances of the request have ``unit``."""
        return self._counts[unit.key]


def overlap(one: Segment, other: Segment, weights: Weights, knowledge: Knowledge) -> Overlap:
    """Align the units of two segments and weigh what they share."""
    mine, theirs = weights.profile(one), weights.profile(other)
    left, right = mine.weights, theirs.weights
    relations = _relations(one.units, theirs.places, knowledge)
    gains = {(i, j): _CREDIT[r] * (_ANY + min(left[i], right[j])) for (i, j), r in relations.items()}
    pairs = [Pair(i, j, relations[i, j], True) for i, j in _in_order(gains)]
    pairs += _out_of_order(relations, pairs)
    shared = sum(min(left[p.left], right[p.right]) * _CREDIT[p.relation] for p in pairs if p.relation != OPPOSITE)
    coverage = (_share(shared, mine.weight), _share(shared, theirs.weight))
    ordered = tuple(sorted(pairs, key=lambda p: (p.left, p.right)))
    run = longest_run(one.words, other.words)
    return Overlap(one, other, ordered, shared, coverage, run, _likeness(mine, theirs))


def _likeness(one: Profile, other: Profile) -> float:
    theirs = other.counts
    common = sum(min(count, theirs[word]) for word, count in one.counts.items() if word in theirs)
    return common / max(len(one.segment.words), len(other.segment.words), 1)


def _share(part: float, whole: float) -> float:
    return min(1.0, part / whole) if whole > 0 else 0.0


def _relations(
    one: Sequence[Unit], places: Mapping[tuple[str, str | int], Sequence[int]], knowledge: Knowledge
) -> dict[Cell, str]:
    """How units stand for one another, where they do, in the order of the text; ``places`` are those of the other side.

    An opposite that is negated says the same again, so it comes before what a list of synonyms says.
    """
    found: dict[Cell, str] = {}
    for i, unit in enumerate(one):
        # a name that was found in one article only is the same words in the other
        equal = (*places.get((unit.kind, unit.key), ()), *places.get((_SURFACE, unit.surface), ()))
        related: dict[int, str] = dict.fromkeys(equal, EQUAL)
        if unit.kind == CONTENT:
            for opposite in knowledge.opposites(unit.key):
                for j in places.get((CONTENT, opposite), ()):
                    related.setdefault(j, OPPOSITE)
            for group in knowledge.groups(unit.key):
                for j in places.get((SYNONYM, group), ()):
                    related.setdefault(j, SYNONYM)
        found.update(((i, j), related[j]) for j in sorted(related))
    return found


def _in_order(gains: Mapping[Cell, float]) -> list[Cell]:
    """The chain of cells, rising in both coordinates, that gains most; only rows and columns with cells are visited."""
    cells = list(gains)
    # texts that hardly differ: the cells are such a chain already, and all gain something
    if all(one[0] < other[0] and one[1] < other[1] for one, other in pairwise(cells)):
        return cells
    rows = sorted({i for i, _ in gains})
    columns = sorted({j for _, j in gains})
    best = [[0.0] * (len(columns) + 1) for _ in range(len(rows) + 1)]
    for m in range(len(rows) - 1, -1, -1):
        below, line = best[m + 1], best[m]
        for n in range(len(columns) - 1, -1, -1):
            line[n] = max(below[n], line[n + 1], below[n + 1] + gains.get((rows[m], columns[n]), 0.0))
    chain: list[Cell] = []
    m = n = 0
    while m < len(rows) and n < len(columns):
        gain = gains.get((rows[m], columns[n]))
        if gain is not None and best[m][n] == best[m + 1][n + 1] + gain:
            chain.append((rows[m], columns[n]))
            m, n = m + 1, n + 1
        elif best[m][n] == best[m + 1][n]:
            m += 1
        else:
            n += 1
    return chain


def _out_of_order(relations: Mapping[Cell, str], taken: Sequence[Pair]) -> list[Pair]:
    used_left, used_right = {p.left for p in taken}, {p.right for p in taken}
    found: list[Pair] = []
    for wanted in (EQUAL, SYNONYM):
        for (i, j), relation in relations.items():
            if relation == wanted and i not in used_left and j not in used_right:
                found.append(Pair(i, j, relation, False))
                used_left.add(i)
                used_right.add(j)
    return found


def longest_run(one: Sequence[str], other: Sequence[str]) -> int:
    """The length of the longest stretch of words that both have."""
    best = 0
    before: dict[int, int] = {}
    places: dict[str, list[int]] = {}
    for j, word in enumerate(other):
        places.setdefault(word, []).append(j)
    for word in one:
        current = {j: before.get(j - 1, 0) + 1 for j in places.get(word, ())}
        best = max(best, max(current.values(), default=0))
        before = current
    return best
