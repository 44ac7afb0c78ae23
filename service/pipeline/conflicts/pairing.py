"""Which numbers of the articles answer one another, when each article holds several that might.

An article rarely contradicts itself. So two numbers that stand side by side in one article are about different things
wherever they occur; and a number that no one confirms is opposed to the one in another article that fits it best: by
the score of the match, then by how close the values are (a slip of the pen, a later count). Numbers that an article
itself sets against each other, as the words of two speakers, stay together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from service.pipeline.alignment.grouping import components
from service.pipeline.conflicts.intervals import Interval, meet

Pair = tuple[int, int]
# Scores of matches that differ by less say nothing about which of two fits better.
STEP = 0.1


def answering(
    pairs: Sequence[Pair], scores: Mapping[Pair, float], articles: Sequence[int], intervals: Sequence[Interval]
) -> list[Pair]:
    """Those of ``pairs`` (small index, large index) whose numbers answer one another, in order.

    ``scores`` holds each pair's match, ``articles`` and ``intervals`` each number's article and value.
    """
    agreeing = [pair for pair in pairs if meet(intervals[pair[0]], intervals[pair[1]])]
    group = list(range(len(articles)))
    for members in components(len(articles), agreeing):
        for member in members:
            group[member] = min(members)
    holders: dict[int, set[int]] = defaultdict(set)
    for number, article in enumerate(articles):
        holders[group[number]].add(article)
    disputed = {
        (articles[one], *_ordered(group[one], group[other])) for one, other in pairs if articles[one] == articles[other]
    }

    def side_by_side(one: int, other: int) -> bool:
        first, second = group[one], group[other]
        common = holders[first] & holders[second]
        return any((article, *_ordered(first, second)) not in disputed for article in common)

    opposed = [pair for pair in pairs if group[pair[0]] != group[pair[1]] and not side_by_side(*pair)]
    fitting = _best_fitting(opposed, scores, articles, intervals)
    return [pair for pair in pairs if group[pair[0]] == group[pair[1]] or pair in fitting]


def _best_fitting(
    opposed: Sequence[Pair],
    scores: Mapping[Pair, float],
    articles: Sequence[int],
    intervals: Sequence[Interval],
) -> set[Pair]:
    """The pairs in which each number states, of its article's, the value that fits the other best."""
    rivals: dict[tuple[int, int], list[int]] = defaultdict(list)
    for one, other in opposed:
        rivals[one, articles[other]].append(other)
        rivals[other, articles[one]].append(one)

    def fit(number: int, other: int) -> tuple[float, float, int]:
        closeness = _closeness(intervals[number], intervals[other])
        return round(scores[_ordered(number, other)] / STEP), closeness, -other

    best = {
        (number, article): max(others, key=lambda other: fit(number, other))
        for (number, article), others in rivals.items()
    }
    return {
        (one, other)
        for one, other in opposed
        if articles[one] == articles[other]
        or (
            meet(intervals[best[one, articles[other]]], intervals[other])
            and meet(intervals[best[other, articles[one]]], intervals[one])
        )
    }


def _closeness(one: Interval, other: Interval) -> float:
    """From 0 to 1: the smaller of two numbers over the larger; 0 for open intervals."""
    first, second = one.point, other.point
    if not first or not second:
        return 0.0
    return min(abs(first), abs(second)) / max(abs(first), abs(second))


def _ordered(one: int, other: int) -> Pair:
    return (one, other) if one < other else (other, one)
