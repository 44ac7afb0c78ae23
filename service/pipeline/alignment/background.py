"""What matching knows beside the statements: the language, the places, how telling each concept is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import msgspec

from service.pipeline.alignment.kinship import Kinship
from service.pipeline.alignment.lexicon import Lexicon
from service.pipeline.alignment.places import Places
from service.pipeline.alignment.quantities.slots import Bounds


@dataclass(frozen=True, slots=True)
class Background:
    """What matching knows beside the two quantities: the language, the places, how often each concept occurs, which
    numbers of each class an article gives (as bounds, by article and class), on which day a sentence sets what happens
    once, how near the articles' sentences are to each other, and how many events of each concept are affirmed."""

    lexicon: Lexicon
    places: Places
    rarity: Mapping[str, float]
    census: Mapping[tuple[int, str], frozenset[Bounds]] = field(default_factory=dict)
    occasions: Mapping[tuple[int, int], int] = field(default_factory=dict)
    kinship: Kinship | None = None
    told: Mapping[str, int] = field(default_factory=dict)

    def weight(self, concept: str) -> float:
        """How telling it is that two statements share ``concept``: 0 for empty words, 1 for rare ones."""
        return self.rarity.get(concept, 1.0)


class Match(msgspec.Struct, frozen=True):
    """The verdict on a pair: ``veto`` names what keeps the two apart (None where nothing does)."""

    score: float
    veto: str | None
    reasons: tuple[str, ...]
