"""How much a claim is worth checking: a logistic over figures, names, sources and events, and against opinion.

The features follow ClaimBuster (Hassan et al. 2017) and CheckThat!; the weights are set by hand in the language's
data, as there is no Indonesian corpus to fit them to. The figure ranks claims; it is no probability.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from service.pipeline.annotations import Attribution, Entity, Value
from service.pipeline.claims.lexicon import Knowledge

_FIGURES = frozenset({"quantity", "money", "percent", "measure", "duration"})
_ACTORS = frozenset({"PERSON", "ORG", "GPE"})
_SHORT = 5


def check_worthiness(
    words: Sequence[str],
    entities: Sequence[Entity],
    values: Sequence[Value],
    attribution: Attribution | None,
    polarity: str,
    certainty: str,
    source_words: Sequence[str],
    knowledge: Knowledge,
) -> float:
    """A rank between 0 and 1. ``words`` are the claim's tokens, ``source_words`` those of its source phrase, both
    case-folded; ``entities`` and ``values`` lie in the claim."""
    weights = knowledge.data.worthiness
    names = features(words, entities, values, attribution, polarity, certainty, source_words, knowledge)
    total = weights["base"] + sum(weights[name] for name, holds in names.items() if holds)
    return round(1 / (1 + math.exp(-total)), 3)


def features(
    words: Sequence[str],
    entities: Sequence[Entity],
    values: Sequence[Value],
    attribution: Attribution | None,
    polarity: str,
    certainty: str,
    source_words: Sequence[str],
    knowledge: Knowledge,
) -> Mapping[str, bool]:
    """The named features of a claim and whether each holds."""
    data = knowledge.data
    figures = sum(value.kind in _FIGURES for value in values)
    actors = len({entity.id for entity in entities if entity.type in _ACTORS})
    return {
        "figure": figures > 0,
        "second_figure": figures > 1,
        "date": any(value.kind in {"date", "time"} for value in values),
        "named_actor": actors > 0,
        "second_name": actors > 1,
        "official": not data.official.isdisjoint(source_words),
        "event": not data.events.isdisjoint(words),
        "negated": polarity == "negated",
        "denied": polarity == "denied",
        "alleged": certainty in {"alleged", "reported"},
        "anonymous": attribution is not None and attribution.anonymous,
        "unsourced": attribution is not None and attribution.speaker is None,
        "opinion": _has_phrase(words, knowledge.opinion),
        "first_person": not data.first_person.isdisjoint(words),
        "requested": certainty == "requested",
        "planned": certainty == "planned",
        "predicted": certainty == "predicted",
        "conditional": certainty == "conditional",
        "short": sum(word[0].isalnum() for word in words) < _SHORT,
        "question": bool(words) and words[-1] == "?",
    }


def _has_phrase(words: Sequence[str], phrases: Mapping[str, tuple[tuple[str, ...], ...]]) -> bool:
    # most claims hold no word that opens one of the phrases
    return not phrases.keys().isdisjoint(words) and any(
        tuple(words[i : i + len(phrase)]) == phrase for i, word in enumerate(words) for phrase in phrases.get(word, ())
    )
