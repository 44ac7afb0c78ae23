"""Counts and the figures made of them, and how names and spans are compared."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Counts:
    """How many were predicted, how many stand in the gold, and how many of them are the same."""

    hits: int = 0
    predicted: int = 0
    gold: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.hits + other.hits, self.predicted + other.predicted, self.gold + other.gold)

    @property
    def precision(self) -> float:
        """Share of the predicted that are right; 0 where nothing was predicted."""
        return self.hits / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Share of the gold that was predicted; 0 where there is no gold."""
        return self.hits / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return harmonic_mean(self.precision, self.recall)


def harmonic_mean(precision: float, recall: float) -> float:
    """The F1 of ``precision`` and ``recall``, 0 where both are 0."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def intersection_over_union(one: tuple[int, int], other: tuple[int, int]) -> float:
    """The length that two half-open spans share, over the length from the first start to the last end."""
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return shared / (max(one[1], other[1]) - min(one[0], other[0])) if shared > 0 else 0.0


def fold(name: str | None) -> str:
    """``name`` without case, accents and punctuation: ``Kim Jong-un`` and ``Kim Jong Un`` fold to one string."""
    decomposed = unicodedata.normalize("NFKD", name or "").casefold()
    letters = "".join(c for c in decomposed if not unicodedata.combining(c))
    return " ".join(re.findall(r"[a-z0-9]+", letters))


def same_name(one: str | None, other: str | None) -> bool:
    """Whether two folded names are equal or the words of one are all among the other's."""
    words, others = set(fold(one).split()), set(fold(other).split())
    return bool(words and others) and (words <= others or others <= words)
