"""Whether two texts copy each other: shingles of four words, and min-hash signatures that bring copies together.

Broder (1997), On the resemblance and containment of documents. Does not find copies that were reworded throughout.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence

SHINGLE = 4
COPIED = 0.5
_LEAST = 6
_HASHES = 24
_SEEDS = tuple((2654435761 * (number + 1)) & 0xFFFFFFFF for number in range(_HASHES))


def shingle(words: Sequence[str]) -> frozenset[int]:
    """The hashes of all sequences of four words."""
    return frozenset(zlib.crc32(" ".join(words[i : i + SHINGLE]).encode()) for i in range(len(words) - SHINGLE + 1))


def signature(shingles: frozenset[int]) -> list[int]:
    """The least value of the shingles under each hash; empty where there are none."""
    return [min((value ^ seed) * 2246822519 & 0xFFFFFFFF for value in shingles) for seed in _SEEDS] if shingles else []


def likeness(one: frozenset[int], other: frozenset[int]) -> float:
    """The Jaccard index of two sets of shingles; 0 where one is too short to tell a copy by."""
    return len(one & other) / len(one | other) if min(len(one), len(other)) >= _LEAST else 0.0
