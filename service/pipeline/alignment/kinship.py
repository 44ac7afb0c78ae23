"""How near the sentences of a story's articles are, and which of an article's comes nearest to a given one.

A sentence is a bag of concepts and names, each weighted by how few of the story's sentences it stands in (Spärck Jones
1972); two are as near as the cosine of their bags, and mean about the same as far as the centres of their words'
vectors point one way. Two articles are compared whole, where any two of their sentences are asked for, so that a pile
costs no more than the pairs of articles that are compared. Knows nothing of word order.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from service.pipeline.alignment.clauses import Clause
from service.pipeline.alignment.lexicon import Lexicon
from service.pipeline.alignment.reading import Reading
from service.pipeline.alignment.vectors import Row, Vectors

Place = tuple[int, int]
Floats = NDArray[np.float64]
# the headline and the first two sentences
LEAD = 3
# sentences of an article from which it tells something which of them is nearest or first
ENOUGH = 5
# sentences of a story from which nearness counts in full
MANY = 12
# pairs of articles that are kept: they are asked for in the order of the first, so that older ones seldom come again
_KEPT_PAIRS = 4_096


class Kin(NamedTuple):
    """How two sentences stand to each other.

    ``near``, 0 to 1: the cosine of their bags; ``wide``: the same, each with half of the sentence before it;
    ``meaning``, -1 to 1: the cosine of the centres of their words. ``standing``, 0 to 1, either way round: how near
    they come, held against the nearest sentence of the second's article; 0 where that has too few sentences for it to
    tell anything. All are 0 for a sentence that holds nothing.
    """

    near: float
    wide: float
    meaning: float
    standing: tuple[float, float]


_STRANGE = Kin(0.0, 0.0, 0.0, (0.0, 0.0))


@dataclass(frozen=True, slots=True)
class _Sentences:
    """The S sentences of an article that hold anything, in order, as a sparse matrix over its words.

    ``known`` holds the sorted numbers of the article's words; ``words`` the numbers of those of each sentence and of
    the one before it, sentence after sentence from ``starts`` on; ``weights``, 2 x 1 x ``words``, are theirs in the
    sentence alone and with the one before it, ``dense`` both as a matrix, 2 x S x ``known``. ``centres`` is S x D.
    """

    known: NDArray[np.int64]
    words: NDArray[np.int64]
    starts: NDArray[np.int64]
    weights: Floats
    dense: Floats
    centres: Floats


@dataclass(frozen=True, slots=True)
class _Table:
    """The sentences of one article, as rows, against those of another."""

    near: Floats
    wide: Floats
    meaning: Floats
    best_of_row: list[float]
    best_of_column: list[float]


class Kinship:
    """The sentences of a story, each known by its article's number and its first token, and their clauses."""

    def __init__(self, readings: Sequence[Reading], lexicon: Lexicon, vectors: Vectors) -> None:
        self._lexicon = lexicon
        self._vectors = vectors
        self._readings = {reading.order: reading for reading in readings}
        self._bags: dict[int, dict[int, Counter[str]]] = {}
        self._last: dict[Place, int] = {}
        for reading in readings:
            own = self._bags.setdefault(reading.order, {})
            for sentence in reading.document.sentences:
                bag = Counter(_contents(reading, sentence.first, sentence.last, lexicon))
                if bag and sentence.role != "dateline":
                    own[sentence.first] = bag
                    self._last[reading.order, sentence.first] = sentence.last
        standing = Counter(word for own in self._bags.values() for bag in own.values() for word in bag)
        count = len(self._last)
        self._rarity = {word: math.log(1 + count / times) for word, times in standing.items()}
        self._numbers = {word: number for number, word in enumerate(sorted(standing))}
        # in a handful of sentences all are near
        self._share = min(1.0, count / MANY)
        self._leads = {
            (order, first) for order, own in self._bags.items() if len(own) >= ENOUGH for first in list(own)[:LEAD]
        }
        self._rows = {(order, first): row for order, own in self._bags.items() for row, first in enumerate(own)}
        self._enough = {order for order, own in self._bags.items() if len(own) >= ENOUGH}
        self._sentences: dict[int, _Sentences] = {}
        self._tables: dict[tuple[int, int], _Table] = {}
        self._clauses: dict[tuple[int, int], Row] = {}

    def kin(self, one: Place, other: Place) -> Kin:
        """How two sentences stand to each other."""
        turned = one > other
        if turned:
            one, other = other, one
        row, column = self._rows.get(one), self._rows.get(other)
        if row is None or column is None:
            return _STRANGE
        table = self._table(one[0], other[0])
        near = table.near.item(row, column)
        best, rival = table.best_of_row[row], table.best_of_column[column]
        first = near / best if best and other[0] in self._enough else 0.0
        second = near / rival if rival and one[0] in self._enough else 0.0
        return Kin(
            near,
            table.wide.item(row, column),
            table.meaning.item(row, column),
            (second, first) if turned else (first, second),
        )

    def opens(self, place: Place) -> bool:
        """Whether the sentence is one of those that open its article, where the story's main matter stands."""
        return place in self._leads

    def clause_meaning(self, one: Clause, other: Clause) -> float:
        """The cosine, -1 to 1, of the centres of two clauses' words; 0 where none is known."""
        return self._share * float(self._clause_centre(one) @ self._clause_centre(other))

    def _table(self, one: int, other: int) -> _Table:
        found = self._tables.get((one, other))
        if found is None:
            if len(self._tables) >= _KEPT_PAIRS:
                self._tables.clear()
            found = self._tables[one, other] = self._compare(one, other)
        return found

    def _compare(self, one: int, other: int) -> _Table:
        first, second = self._of(one), self._of(other)
        at = np.minimum(np.searchsorted(first.known, second.words), len(first.known) - 1)
        shared = first.known[at] == second.words
        near, wide = self._share * np.add.reduceat(
            first.dense[:, :, at] * (second.weights * shared), second.starts, axis=2
        )
        rivals = near * (1 - np.eye(*near.shape)) if one == other else near
        return _Table(
            near,
            wide,
            self._share * (first.centres @ second.centres.T),
            rivals.max(axis=1).tolist(),
            rivals.max(axis=0).tolist(),
        )

    def _of(self, order: int) -> _Sentences:
        """The sentences of an article that has any."""
        found = self._sentences.get(order)
        if found is None:
            found = self._sentences[order] = self._prepare(order)
        return found

    def _prepare(self, order: int) -> _Sentences:
        reading, bags = self._readings[order], self._bags[order]
        words: list[int] = []
        near: list[float] = []
        wide: list[float] = []
        starts: list[int] = []
        before: Mapping[str, int] = {}
        for bag in bags.values():
            starts.append(len(words))
            both: dict[str, float] = dict(bag)
            for word, times in before.items():
                both[word] = both.get(word, 0) + times / 2
            own, wider = self._weigh(bag), self._weigh(both)
            words += [self._numbers[word] for word in wider]
            near += [own.get(word, 0.0) for word in wider]
            wide += wider.values()
            before = bag
        known, columns = np.unique(np.array(words), return_inverse=True)
        dense = np.zeros((2, len(bags), len(known)))
        rows = np.repeat(np.arange(len(bags)), np.diff([*starts, len(words)]))
        dense[0, rows, columns], dense[1, rows, columns] = near, wide
        centres = [
            self._centre_of(_plain_words(reading, range(first, self._last[order, first]), self._lexicon))
            for first in bags
        ]
        return _Sentences(
            known,
            np.array(words),
            np.array(starts),
            np.array([[near], [wide]]),
            dense,
            np.array(centres, dtype=np.float64),
        )

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

    def _weigh(self, bag: Mapping[str, float]) -> dict[str, float]:
        """The weights of a sentence's words, of length 1."""
        weights = {word: times * self._rarity[word] for word, times in sorted(bag.items())}
        length = math.sqrt(sum(weight * weight for weight in weights.values()))
        return {word: weight / length for word, weight in weights.items()} if length else {}


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
