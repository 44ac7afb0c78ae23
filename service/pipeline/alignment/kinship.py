"""How near the sentences of a story's articles are to each other, and which of an article's comes nearest to a given one.

A sentence is a bag of concepts and names, each weighted by how few of the story's sentences it stands in (Spärck Jones
1972); two are as near as the cosine of their bags. Pairs are asked for one by one and kept, so that a pile costs no more
than the pairs that are compared. Knows nothing of word order.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from service.pipeline.alignment.lexicon import Lexicon
from service.pipeline.alignment.reading import Reading

Place = tuple[int, int]


class Kinship:
    """The sentences of a story, each known by its article's number and its first token."""

    def __init__(self, readings: Sequence[Reading], lexicon: Lexicon) -> None:
        bags: dict[Place, Counter[str]] = {}
        self._of_article: dict[int, list[Place]] = {}
        for reading in readings:
            own = self._of_article.setdefault(reading.order, [])
            for sentence in reading.document.sentences:
                bag = Counter(_contents(reading, sentence.first, sentence.last, lexicon))
                if bag and sentence.role != "dateline":
                    bags[reading.order, sentence.first] = bag
                    own.append((reading.order, sentence.first))
        standing = Counter(word for bag in bags.values() for word in bag)
        self._bags = {place: _weigh(bag, standing, len(bags)) for place, bag in bags.items()}
        self._near: dict[tuple[Place, Place], float] = {}
        self._best: dict[tuple[Place, int], float] = {}

    def nearness(self, one: Place, other: Place) -> float:
        """The cosine, 0 to 1, of two sentences; 0 for one that holds nothing."""
        key = (one, other) if one <= other else (other, one)
        known = self._near.get(key)
        if known is None:
            first, second = self._bags.get(one, {}), self._bags.get(other, {})
            if len(first) > len(second):
                first, second = second, first
            known = sum(weight * second[word] for word, weight in first.items() if word in second)
            self._near[key] = known
        return known

    def standing(self, one: Place, other: Place) -> float:
        """How near ``other`` comes to ``one``, held against the nearest sentence of its article: 0 to 1."""
        key = (one, other[0])
        best = self._best.get(key)
        if best is None:
            rivals = (self.nearness(one, place) for place in self._of_article.get(other[0], ()) if place != one)
            best = self._best[key] = max(rivals, default=0.0)
        return self.nearness(one, other) / best if best else 0.0


def _contents(reading: Reading, first: int, last: int, lexicon: Lexicon) -> list[str]:
    """The concepts and, each once, the names of tokens ``first:last``."""
    words: list[str] = []
    for index in range(first, last):
        mention = reading.mention_at[index]
        if mention is not None:
            if index == mention.first:
                words.append(f"={mention.name}")
        elif reading.concepts[index] and reading.words[index] not in lexicon.light:
            words.append(reading.concepts[index])
    return words


def _weigh(bag: Counter[str], standing: Counter[str], count: int) -> dict[str, float]:
    """The weights of a sentence's words, of length 1."""
    weights = {word: times * math.log(1 + count / standing[word]) for word, times in sorted(bag.items())}
    length = math.sqrt(sum(weight * weight for weight in weights.values()))
    return {word: weight / length for word, weight in weights.items()} if length else {}
