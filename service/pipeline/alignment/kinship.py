"""How near the sentences of a story's articles are, and which of an article's comes nearest to a given one.

A sentence is a bag of concepts and names, each weighted by how few of the story's sentences it stands in (Spärck Jones
1972); two are as near as the cosine of their bags, and mean about the same as far as the centres of their words'
vectors point one way. Pairs are asked for one by one and kept, so that a pile costs no more than the pairs that are
compared. Knows nothing of word order.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from service.pipeline.alignment.clauses import Clause
from service.pipeline.alignment.lexicon import Lexicon
from service.pipeline.alignment.reading import Reading
from service.pipeline.alignment.vectors import Row, Vectors

Place = tuple[int, int]
# the headline and the first two sentences
LEAD = 3
# sentences of an article from which it tells something which of them is nearest or first
ENOUGH = 5
# sentences of a story from which nearness counts in full
MANY = 12


class Kinship:
    """The sentences of a story, each known by its article's number and its first token, and their clauses."""

    def __init__(self, readings: Sequence[Reading], lexicon: Lexicon, vectors: Vectors) -> None:
        bags: dict[Place, Counter[str]] = {}
        self._words: dict[Place, Sequence[str]] = {}
        self._of_article: dict[int, list[Place]] = {}
        self._vectors = vectors
        for reading in readings:
            own = self._of_article.setdefault(reading.order, [])
            for sentence in reading.document.sentences:
                place = reading.order, sentence.first
                bag = Counter(_contents(reading, sentence.first, sentence.last, lexicon))
                if bag and sentence.role != "dateline":
                    bags[place] = bag
                    self._words[place] = _plain_words(reading, range(sentence.first, sentence.last), lexicon)
                    own.append(place)
        standing = Counter(word for bag in bags.values() for word in bag)
        self._rarity = {word: math.log(1 + len(bags) / count) for word, count in standing.items()}
        self._lexicon = lexicon
        self._bags = {place: self._weigh(bag) for place, bag in bags.items()}
        self._wide = self._windows(bags)
        self._number = {place: number for own in self._of_article.values() for number, place in enumerate(own)}
        # in a handful of sentences all are near
        self._share = min(1.0, len(bags) / MANY)
        self._near: dict[tuple[Place, Place], float] = {}
        self._best: dict[tuple[Place, int], float] = {}
        self._centres: dict[Place, Row] = {}
        self._clauses: dict[tuple[int, int], Row] = {}

    def nearness(self, one: Place, other: Place) -> float:
        """The cosine, 0 to 1, of two sentences; 0 for one that holds nothing."""
        key = (one, other) if one <= other else (other, one)
        known = self._near.get(key)
        if known is None:
            known = self._near[key] = self._share * _product(self._bags.get(one, {}), self._bags.get(other, {}))
        return known

    def wide_nearness(self, one: Place, other: Place) -> float:
        """The cosine, 0 to 1, of two sentences, each with half of the one before it."""
        return self._share * _product(self._wide.get(one, {}), self._wide.get(other, {}))

    def opens(self, place: Place) -> bool:
        """Whether the sentence is one of those that open its article, where the story's main matter stands."""
        return self._number.get(place, LEAD) < LEAD and len(self._of_article[place[0]]) >= ENOUGH

    def standing(self, one: Place, other: Place) -> float:
        """How near ``other`` comes to ``one``, held against the nearest sentence of its article: 0 to 1; 0 where the
        article has too few sentences for that to tell anything."""
        key = (one, other[0])
        best = self._best.get(key)
        if best is None:
            rivals = (self.nearness(one, place) for place in self._of_article.get(other[0], ()) if place != one)
            best = self._best[key] = max(rivals, default=0.0)
        few = len(self._of_article.get(other[0], ())) < ENOUGH
        return self.nearness(one, other) / best if best and not few else 0.0

    def meaning(self, one: Place, other: Place) -> float:
        """The cosine, -1 to 1, of the centres of two sentences' words; 0 where none is known."""
        return self._share * float(self._centre(one) @ self._centre(other))

    def clause_meaning(self, one: Clause, other: Clause) -> float:
        """The cosine, -1 to 1, of the centres of two clauses' words; 0 where none is known."""
        return self._share * float(self._clause_centre(one) @ self._clause_centre(other))

    def _centre(self, place: Place) -> Row:
        found = self._centres.get(place)
        if found is None:
            found = self._centres[place] = self._centre_of(self._words.get(place, ()))
        return found

    def _clause_centre(self, clause: Clause) -> Row:
        key = (clause.reading.order, clause.first)
        found = self._clauses.get(key)
        if found is None:
            words = _plain_words(clause.reading, (term.index for term in clause.terms), self._lexicon)
            found = self._clauses[key] = self._centre_of(words)
        return found

    def _centre_of(self, words: Sequence[str]) -> Row:
        rarity, concept = self._rarity, self._lexicon.concept
        return self._vectors.centre({word: rarity.get(concept(word), 1.0) for word in words})

    def _windows(self, bags: dict[Place, Counter[str]]) -> dict[Place, dict[str, float]]:
        """The weights of each sentence's words, with half of those of the sentence before."""
        found = {}
        for own in self._of_article.values():
            before: Counter[str] = Counter()
            for place in own:
                bag = bags[place]
                wide = {word: bag[word] + before[word] / 2 for word in bag | before}
                found[place], before = self._weigh(wide), bag
        return found

    def _weigh(self, bag: Mapping[str, float]) -> dict[str, float]:
        """The weights of a sentence's words, of length 1."""
        weights = {word: times * self._rarity[word] for word, times in sorted(bag.items())}
        length = math.sqrt(sum(weight * weight for weight in weights.values()))
        return {word: weight / length for word, weight in weights.items()} if length else {}


def _product(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    if len(one) > len(other):
        one, other = other, one
    return sum(weight * other[word] for word, weight in one.items() if word in other)


def _plain_words(reading: Reading, indexes: Iterable[int], lexicon: Lexicon) -> list[str]:
    """The words, each once, that are part of no name and no number and that mean something of their own."""
    free = (i for i in indexes if reading.mention_at[i] is None and reading.amount_at[i] is None)
    words = (reading.words[i] for i in free if reading.concepts[i])
    return list(dict.fromkeys(word for word in words if word not in lexicon.light))


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
