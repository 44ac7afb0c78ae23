"""How likely a word is part of a person's name rather than of a body's or place's, from its letters.

A logistic model over the hashed word and its character n-grams, learnt by ``python -m training.person_words``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

BUCKETS = 1 << 16
STEP = 0.05
_LONGEST_WORD = 24
_KEPT_WORDS = 4_000
_MOST = 4.0
# how much more than one n-gram the word itself tells
_OWN_SHARE = 4


def buckets(lower: str) -> list[int]:
    """The rows of a case-folded word: its n-grams of two to five letters, and itself several times."""
    padded = f"<{lower[:_LONGEST_WORD]}>"
    grams = {padded[i : i + n] for n in (2, 3, 4, 5) for i in range(len(padded) - n + 1)}
    return sorted(_bucket(gram) for gram in grams) + [_bucket(padded + "=")] * _OWN_SHARE


def _bucket(gram: str) -> int:
    return crc32(gram.encode("utf-8", "surrogatepass")) & (BUCKETS - 1)


@dataclass(frozen=True)
class PersonWords:
    """``weights`` in steps of ``STEP``, one a bucket; ``known`` keeps what was asked before."""

    weights: NDArray[np.int8]
    known: dict[str, float] = field(default_factory=dict)

    def odds(self, lower: str) -> float:
        """The log odds, between -4 and 4, that a case-folded word is part of a person's name."""
        lower = lower[:_LONGEST_WORD]
        found = self.known.get(lower)
        if found is None:
            rows = buckets(lower)
            found = float(self.weights[rows].sum(dtype=np.int64)) * STEP / len(rows) ** 0.5
            found = max(-_MOST, min(_MOST, found))
            if len(self.known) < _KEPT_WORDS:
                self.known[lower] = found
        return found


def load(file: Path) -> PersonWords:
    """The model in ``file``; raises OSError where it is not there."""
    return PersonWords(np.load(file, allow_pickle=False))
