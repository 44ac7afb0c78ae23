"""Which segments are worth comparing: those of one source that share rare words, and those that share a wording.

Inverted indexes with bounded postings: an entry that too many segments share is no evidence and is skipped, so that
work grows with the segments and not with their pairs. What the indexes yield passes a cheap test before alignment.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

import msgspec

from service.pipeline.conflicts.utterances.language import Knowledge
from service.pipeline.conflicts.utterances.reading import Segment, Utterance
from service.pipeline.conflicts.utterances.similarity import Weights
from service.pipeline.conflicts.utterances.speakers import Sources
from service.pipeline.conflicts.utterances.units import CONTENT

Node = tuple[int, int]
"""The number of an utterance, and that of a segment in it."""

_RAREST = 12
_POSTINGS = 24
_COMMON = 0.4
_SHINGLE = 3
_SHINGLE_CONTENT = 2


class _Features(msgspec.Struct, frozen=True):
    """What is cheap to compare: content words and groups of synonyms, and stretches of words."""

    words: frozenset[str]
    shingles: frozenset[tuple[str, ...]]
    rare: tuple[str, ...]
    size: int


class Candidates:
    """The segments of all utterances, indexed."""

    def __init__(self, utterances: Sequence[Utterance], weights: Weights, knowledge: Knowledge) -> None:
        self._utterances = utterances
        self._features: Mapping[Node, _Features] = {
            (number, index): _features(segment, weights, knowledge)
            for number, utterance in enumerate(utterances)
            for index, segment in enumerate(utterance.segments)
        }

    def restated(self, sources: Sources) -> list[tuple[Node, Node]]:
        """Segments of one source, in two articles, that share a word that few of its segments have, and one more word,
        a stretch of words, or the occasion."""
        postings: dict[tuple[str, str], list[Node]] = {}
        for node, features in self._features.items():
            utterance = self._utterances[node[0]]
            for voice in (utterance.source, *sorted(sources.of(utterance).bodies)):
                for key in features.rare:
                    postings.setdefault((voice, key), []).append(node)
        pairs = {pair for posting in postings.values() for pair in self._pairs(posting) if self._alike(*pair)}
        return sorted((a, b) for a, b in pairs if sources.same(self._utterances[a[0]], self._utterances[b[0]]))

    def repeated(self) -> list[tuple[Node, Node]]:
        """Segments, in two articles, that have three words with two content words among them in the same order."""
        postings: dict[tuple[str, ...], list[Node]] = {}
        for node, features in self._features.items():
            for shingle in features.shingles:
                postings.setdefault(shingle, []).append(node)
        return sorted({pair for posting in postings.values() for pair in self._pairs(posting)})

    def _alike(self, one: Node, other: Node) -> bool:
        left, right = self._features[one], self._features[other]
        if left.words == right.words:
            return True
        common = len(left.words & right.words)
        if common > 1 and common >= _COMMON * min(left.size, right.size):
            return True
        if not left.shingles.isdisjoint(right.shingles):
            return True
        first, second = self._utterances[one[0]], self._utterances[other[0]]
        return bool(first.occasions & second.occasions and first.days & second.days)

    def _pairs(self, posting: Sequence[Node]) -> Iterator[tuple[Node, Node]]:
        if 1 < len(posting) <= _POSTINGS:
            for a, b in combinations(posting, 2):
                if self._utterances[a[0]].order != self._utterances[b[0]].order:
                    yield a, b


def _features(segment: Segment, weights: Weights, knowledge: Knowledge) -> _Features:
    content = {u.key: u for u in segment.units if u.kind == CONTENT and u.key not in knowledge.light}
    groups = {f"{group}" for key in content for group in knowledge.groups(key)}
    rare = sorted(content, key=lambda key: (weights.count(content[key]), key))[:_RAREST]
    function = knowledge.words.function
    shingles = (segment.words[start : start + _SHINGLE] for start in range(len(segment.words) - _SHINGLE + 1))
    telling = frozenset(s for s in shingles if sum(word not in function for word in s) >= _SHINGLE_CONTENT)
    return _Features(frozenset(content) | groups, telling, tuple(rare), len(content))
