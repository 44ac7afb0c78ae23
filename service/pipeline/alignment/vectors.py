"""How near words are in meaning: a table of small static word vectors.

The table is distilled from a multilingual sentence encoder as in model2vec (Tulkens and van Dongen 2024) and fitted
to a wordnet's synonyms; made by ``python -m training.vectors`` (``models/vectors``, the card tells on what). An
inflected word without a row of its own has that of its root. Nearness is not sameness: opposites of words that the
wordnet lacks are as near as synonyms. Does not tell the senses of one word apart.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import marisa_trie  # type: ignore[import-not-found]
import numpy as np
from numpy.typing import NDArray

from service.pipeline.document import morphology

FOLDER = Path(__file__).resolve().parents[3] / "models" / "vectors"
# steps of a weight that is kept in a byte
WEIGHT_STEP = 0.05
# nearness under which two words are not a pair
FLOOR = 0.45
# What is remembered must not grow with the words that a process ever meets: an entry takes 600 bytes, a pair 300.
_REMEMBERED_WORDS = 4_096
_REMEMBERED_PAIRS = 8_192
# what a word without a row weighs: it is rare
_UNKNOWN_WEIGHT = 8.0

Row = NDArray[np.float32]


class Vectors:
    """``table`` is N x D bytes, ``weights`` N bytes, both in the order of the trie's keys; ``stem`` finds a root."""

    def __init__(
        self,
        keys: marisa_trie.Trie,
        table: NDArray[np.int8],
        weights: NDArray[np.uint8],
        stem: Callable[[str], str],
    ) -> None:
        if not len(keys) == len(table) == len(weights):
            raise ValueError(f"{len(keys)} words, {len(table)} vectors, {len(weights)} weights")
        self._keys = keys
        self._table = table
        self._weights = weights
        self._stem = stem
        self._none = np.zeros(table.shape[1], np.float32)
        self._remembered = functools.lru_cache(maxsize=_REMEMBERED_WORDS)(self._find)
        self._compared = functools.lru_cache(maxsize=_REMEMBERED_PAIRS)(self._compare)

    def _entry(self, word: str) -> tuple[Row, float, str] | None:
        """The unit vector, the weight and the root of a lower-case word or phrase."""
        return self._remembered(word) if len(word) <= morphology.LONGEST_WORD else self._find(word)

    def _find(self, word: str) -> tuple[Row, float, str] | None:
        root = word if " " in word else self._stem(word)
        key = word if word in self._keys else root
        if key not in self._keys:
            return None
        number = self._keys[key]
        row = self._table[number].astype(np.float32)
        return row / max(float(np.sqrt(row @ row)), 1.0), float(self._weights[number]) * WEIGHT_STEP, root

    def __contains__(self, word: str) -> bool:
        return self._entry(word) is not None

    def centre(self, weighed: Mapping[str, float]) -> Row:
        """The mean of the words' unit vectors, each by its weight there and its own, of length 1; D zeros for none."""
        total = self._none.copy()
        for word, weight in weighed.items():
            found = self._entry(word)
            if found is not None:
                total += weight * found[1] * found[0]
        length = float(np.sqrt(total @ total))
        return total / length if length else total

    @property
    def writable(self) -> bool:
        """Whether the table could be changed in place; a mapped one cannot."""
        return bool(self._table.flags.writeable)

    def weight(self, word: str) -> float:
        """How much ``word`` tells (inverse document frequency, natural logarithm)."""
        found = self._entry(word)
        return found[1] if found else _UNKNOWN_WEIGHT

    def similarity(self, word: str, other: str) -> float | None:
        """Cosine, -1 to 1, of two lower-case words or phrases; 1 where they share a root, None where one is unknown."""
        if max(len(word), len(other)) > morphology.LONGEST_WORD:
            return self._compare(word, other)
        return self._compared(word, other)

    def _compare(self, word: str, other: str) -> float | None:
        one, two = self._entry(word), self._entry(other)
        if one is None or two is None:
            return None
        return 1.0 if one[2] == two[2] else float(one[0] @ two[0])

    def similarities(self, words: Sequence[str], others: Sequence[str]) -> NDArray[np.float32]:
        """N x M cosines; 1 where words are equal or share a root, 0 where one is unknown."""
        entries = [[self._entry(word) for word in side] for side in (words, others)]
        left, right = (np.array([e[0] if e else self._none for e in side]) for side in entries)
        near: NDArray[np.float32] = left @ right.T
        roots = [[entry[2] if entry else word for entry, word in zip(*side, strict=True)]
                 for side in zip(entries, (words, others), strict=True)]  # fmt: skip
        for i, root in enumerate(roots[0]):
            if root in roots[1]:
                near[i, [j for j, other in enumerate(roots[1]) if other == root]] = 1.0
        return near


@functools.cache
def load(code: str = "id", folder: Path = FOLDER) -> Vectors:
    """The vectors in ``folder`` with the stemmer of language ``code``; the table is mapped, not read.

    Raises OSError where a file is not there, ValueError where the files do not belong together.
    """
    keys = marisa_trie.Trie()
    keys.mmap(str(folder / "words.marisa"))
    table = np.load(folder / "vectors.npy", mmap_mode="r", allow_pickle=False)
    weights = np.load(folder / "weights.npy", mmap_mode="r", allow_pickle=False)
    return Vectors(keys, table, weights, morphology.load(code).stem)
