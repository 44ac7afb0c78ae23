"""What the stage knows of a language: negation, certainty, check-worthiness, and how dates are written out."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import msgspec

from service.languages import loader
from service.pipeline.document import morphology

CERTAINTIES = ("conditional", "alleged", "reported", "planned", "predicted")
"""The certainties that a word can give, the strongest first."""

PLACES = frozenset({"place", "destination", "origin"})
"""The roles that a preposition of place can give."""

FEATURES = frozenset(
    [
        "base",
        "figure",
        "second_figure",
        "date",
        "named_actor",
        "second_name",
        "official",
        "event",
        "negated",
        "denied",
        "alleged",
        "anonymous",
        "unsourced",
        "opinion",
        "first_person",
        "requested",
        "planned",
        "predicted",
        "conditional",
        "short",
        "question",
    ]
)
"""What check-worthiness weighs."""


class Negation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that negate, and those that take a negation back."""

    negators: frozenset[str]
    restrictive: frozenset[str]
    verbs: frozenset[str]


class NotClaims(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Openings of sentences that state nothing."""

    openings: tuple[str, ...]


class Factuality(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The data file ``factuality.yaml``."""

    negation: Negation
    certainty: dict[str, tuple[str, ...]]
    relative: frozenset[str]
    subordinators: frozenset[str]
    frames: dict[str, str]
    not_claims: NotClaims
    splitters: frozenset[str]
    pronouns: frozenset[str]
    official: frozenset[str]
    opinion: tuple[str, ...]
    first_person: frozenset[str]
    events: frozenset[str]
    worthiness: dict[str, float]
    months: tuple[str, ...]

    def __post_init__(self) -> None:
        if set(self.certainty) != set(CERTAINTIES):
            raise ValueError(f"certainty must have the groups {', '.join(CERTAINTIES)}")
        loader.require_distinct((cue for group in self.certainty.values() for cue in group), "certainty cues")
        if set(self.worthiness) != FEATURES:
            raise ValueError(f"worthiness must weigh exactly {', '.join(sorted(FEATURES))}")
        if len(self.months) != 12:
            raise ValueError("months must name twelve months")


class Voice(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Prefixes of active and of passive verbs."""

    active: tuple[str, ...]
    passive: tuple[str, ...]


class Predicates(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The data file ``predicates.yaml``."""

    voice: Voice
    suffixes: tuple[str, ...]
    bare_passives: frozenset[str]
    pronouns: frozenset[str]
    statives: frozenset[str]
    light: frozenset[str]
    copulas: frozenset[str]
    clitics: tuple[str, ...]
    existentials: frozenset[str]
    never: frozenset[str]
    by: frozenset[str]
    named: frozenset[str]
    places: dict[str, frozenset[str]]
    not_places: frozenset[str]
    times: frozenset[str]
    closers: frozenset[str]
    openers: frozenset[str]

    def __post_init__(self) -> None:
        if not set(self.places) <= PLACES:
            raise ValueError(f"places must be grouped by {', '.join(sorted(PLACES))}")
        loader.require_distinct((word for words in self.places.values() for word in words), "prepositions of place")


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The data, with multi-word cues by their first word."""

    code: str
    data: Factuality
    certainty: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]
    opinion: Mapping[str, tuple[tuple[str, ...], ...]]
    openings: Mapping[str, tuple[tuple[str, ...], ...]]
    predicates: Predicates
    morphology: morphology.Morphology


@functools.cache
def load(code: str) -> Knowledge:
    """The claims knowledge of language ``code``."""
    data = loader.load(code, "factuality", Factuality)
    certainty: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for kind in CERTAINTIES:
        for cue in data.certainty[kind]:
            words = tuple(cue.split())
            certainty.setdefault(words[0], []).append((words, kind))
    return Knowledge(
        code,
        data,
        {first: tuple(sorted(group, key=lambda entry: -len(entry[0]))) for first, group in certainty.items()},
        _by_first_word(data.opinion),
        _by_first_word(data.not_claims.openings),
        loader.load(code, "predicates", Predicates),
        morphology.load(code),
    )


def _by_first_word(phrases: Iterable[str]) -> dict[str, tuple[tuple[str, ...], ...]]:
    grouped: dict[str, list[tuple[str, ...]]] = {}
    for phrase in phrases:
        words = tuple(phrase.split())
        grouped.setdefault(words[0], []).append(words)
    return {first: tuple(group) for first, group in grouped.items()}
