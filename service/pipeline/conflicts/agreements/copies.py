"""Whether two texts copy each other: shingles of four words, and min-hash signatures that bring copies together.

Broder (1997), On the resemblance and containment of documents. Does not find copies that were reworded throughout.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

SHINGLE = 4
COPIED = 0.5
_LEAST = 6
_HASHES = 24
_SEEDS = np.array([[(2654435761 * (number + 1)) & 0xFFFFFFFF] for number in range(_HASHES)], np.uint64)
_FACTOR, _MASK = np.uint64(2246822519), np.uint64(0xFFFFFFFF)


def shingle(words: Sequence[str]) -> frozenset[int]:
    """The hashes of all sequences of four words."""
    return frozenset(zlib.crc32(" ".join(words[i : i + SHINGLE]).encode()) for i in range(len(words) - SHINGLE + 1))


def signature(shingles: frozenset[int]) -> list[int]:
    """The least value of the shingles under each hash; empty where there are none."""
    if not shingles:
        return []
    values = np.fromiter(shingles, np.uint64, len(shingles))
    least: list[int] = (((values ^ _SEEDS) * _FACTOR) & _MASK).min(axis=1).tolist()
    return least


class Drawn(NamedTuple):
    """What a text is compared by: its shingles, and its signature with the number of each hash."""

    shingles: frozenset[int]
    signature: tuple[tuple[int, int], ...]


class Copies:
    """The shingles and signatures of the texts of one request, each drawn once: a sentence stands in many findings."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, ...], Drawn] = {}

    def draw(self, words: tuple[str, ...]) -> Drawn:
        """The shingles and the signature of a text of ``words``."""
        known = self._known.get(words)
        if known is None:
            shingles = shingle(words)
            known = self._known[words] = Drawn(shingles, tuple(enumerate(signature(shingles))))
        return known


def likeness(one: frozenset[int], other: frozenset[int]) -> float:
    """The Jaccard index of two sets of shingles; 0 where one is too short to tell a copy by."""
    return len(one & other) / len(one | other) if min(len(one), len(other)) >= _LEAST else 0.0
