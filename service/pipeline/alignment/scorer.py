"""The learned weights that turn evidence into the chance that two numbers fill one slot, or that two events are one
matter (logistic regression).

The weights are a model of the service (``models/alignment``), trained by ``training.alignment``; the card tells on
what.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Iterable
from pathlib import Path

import msgspec

_MODELS = Path(__file__).resolve().parents[3] / "models" / "alignment"
WEIGHTS = _MODELS / "quantities.json"
EVENTS = _MODELS / "events.json"


class Scorer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The shape of both models: a weight in logits for each feature; features without one count nothing.

    ``accepted`` is the chance from which two statements of different articles are compared, ``within`` that for those
    of one article.
    """

    bias: float
    accepted: float
    within: float
    weights: dict[str, float]

    def chance(self, features: Iterable[tuple[str, float]]) -> float:
        """The chance, 0 to 1, that a pair with ``features`` fills one slot."""
        return chance(self.bias + sum(self.weights.get(name, 0.0) * value for name, value in features))


class KindScorer:
    """A scorer for comparisons of one ``kind``, whose features count once by themselves and once under its name."""

    def __init__(self, model: Scorer, kind: str) -> None:
        prefix = f"{kind}."
        known = {name.removeprefix(prefix) for name in model.weights}
        self._bias = model.bias
        self._kind = model.weights.get(kind, 0.0)
        self._weights = {name: (model.weights.get(name, 0.0), model.weights.get(prefix + name, 0.0)) for name in known}

    def chance(self, features: Iterable[tuple[str, float]]) -> float:
        """The chance of a pair with ``features``, each given once; to the last bit that of ``Scorer.chance``."""
        total = self._kind
        for name, value in features:
            if value and (weights := self._weights.get(name)) is not None:
                total = total + weights[0] * value + weights[1] * value
        return chance(self._bias + total)


def chance(logit: float) -> float:
    """The chance, 0 to 1, that ``logit`` stands for."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, logit))))


@functools.cache
def load(path: Path = WEIGHTS) -> Scorer:
    """The scorer that is kept at ``path``."""
    return msgspec.json.decode(path.read_bytes(), type=Scorer)
