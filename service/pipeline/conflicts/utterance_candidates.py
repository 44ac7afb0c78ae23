"""Which utterances are worth comparing: those of one source that share rare words, and those that share a wording.

Inverted indexes with bounded postings: an entry that too many utterances share is no evidence and is skipped, so that
work grows with the utterances and not with their pairs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from service.pipeline.conflicts.utterance_reading import CONTENT, NAME, Unit, Utterance
from service.pipeline.conflicts.utterance_similarity import Weights
from service.pipeline.conflicts.utterance_speakers import Sources, key_of

_RAREST = 12
_POSTINGS = 24


def restated(utterances: Sequence[Utterance], sources: Sources, weights: Weights) -> list[tuple[int, int]]:
    """Pairs of utterances of one source, in two articles, that share a word that few of its utterances have."""
    postings: dict[tuple[str, str], list[int]] = {}
    for number, utterance in enumerate(utterances):
        for voice in (key_of(utterance), *sorted(sources.of(utterance).bodies)):
            for key in _rare(utterance, weights):
                postings.setdefault((voice, key), []).append(number)
    pairs = {pair for posting in postings.values() for pair in _pairs(utterances, posting)}
    return sorted((a, b) for a, b in pairs if sources.same(utterances[a], utterances[b]))


def repeated(utterances: Sequence[Utterance], weights: Weights) -> list[tuple[int, int]]:
    """Pairs of utterances, in two articles, that have two neighbouring content words in common."""
    postings: dict[tuple[str, str], list[int]] = {}
    for number, utterance in enumerate(utterances):
        found = set()
        for segment in utterance.segments:
            content = [u for u in segment.units if u.kind in (CONTENT, NAME)]
            found |= {(one.key, other.key) for one, other in pairwise(content)}
        for bigram in sorted(found):
            postings.setdefault(bigram, []).append(number)
    return sorted({pair for posting in postings.values() for pair in _pairs(utterances, posting)})


def _rare(utterance: Utterance, weights: Weights) -> list[str]:
    units: dict[str, Unit] = {u.key: u for s in utterance.segments for u in s.units if u.kind == CONTENT}
    return sorted(units, key=lambda key: (weights.count(units[key]), key))[:_RAREST]


def _pairs(utterances: Sequence[Utterance], posting: Sequence[int]) -> Iterator[tuple[int, int]]:
    if 1 < len(posting) <= _POSTINGS:
        for a, b in combinations(posting, 2):
            if utterances[a].order != utterances[b].order:
                yield a, b
