"""Which numbers of the articles answer one another: by article, value and score, without any text."""

import pytest

from service.pipeline.conflicts.intervals import Interval
from service.pipeline.conflicts.pairing import answering

# numbers as (article, value); pairs with their scores; the pairs that are to be left
CASES = {
    "one number each": ([("a", 5), ("b", 8)], {(0, 1): 0.8}, [(0, 1)]),
    "confirmed, so the other is of something else": (
        [("a", 40), ("b", 40), ("b", 90)],
        {(0, 1): 0.7, (0, 2): 0.9},
        [(0, 1)],
    ),
    "confirmed elsewhere, side by side in a third article": (
        [("a", 40), ("b", 90), ("c", 40), ("c", 90)],
        {(0, 1): 0.9, (0, 2): 0.8, (1, 3): 0.8},
        [(0, 2), (1, 3)],
    ),
    "the best match answers": ([("a", 5), ("b", 8), ("b", 70)], {(0, 1): 0.8, (0, 2): 0.5}, [(0, 1)]),
    "of equal matches the closest value": (
        [("a", 6281), ("b", 6128), ("b", 900)],
        {(0, 1): 0.7, (0, 2): 0.7},
        [(0, 1)],
    ),
    "two speakers of one article": (
        [("a", 5), ("b", 5), ("b", 8)],
        {(0, 1): 0.8, (0, 2): 0.8, (1, 2): 0.7},
        [(0, 1), (0, 2), (1, 2)],
    ),
    "both of an article's equal numbers": (
        [("a", 5), ("b", 8), ("b", 8)],
        {(0, 1): 0.8, (0, 2): 0.6},
        [(0, 1), (0, 2)],
    ),
}


@pytest.mark.parametrize(("numbers", "scores", "left"), CASES.values(), ids=CASES.keys())
def test_answering(numbers, scores, left):
    articles = [ord(article) for article, _ in numbers]
    intervals = [Interval(value, value, approximate=False) for _, value in numbers]
    assert answering(sorted(scores), scores, articles, intervals) == left
