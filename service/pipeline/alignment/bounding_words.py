"""Words that bound a statement: the shape of ``scopes.yaml``."""

from __future__ import annotations

from typing import Literal

import msgspec


class Exclusion(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Concepts that cannot hold of one party at one time.

    ``changes``: whether the first may become the second (``forward``), either the other (``either``), or ``never``.
    """

    states: tuple[str, ...]
    changes: Literal["forward", "either", "never"]


class Scopes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The shape of ``scopes.yaml``: words and word sequences that bound a statement."""

    openers: dict[str, tuple[str, ...]]
    conditionals: frozenset[str]
    conjunctions: frozenset[str]
    light: tuple[str, ...]
    temporal: frozenset[str]
    negators: frozenset[str]
    auxiliaries: frozenset[str]
    deniers: frozenset[str]
    emphatics: frozenset[str]
    singles: frozenset[str]
    failures: frozenset[str]
    lacking: frozenset[str]
    discoveries: frozenset[str]
    carriers: frozenset[str]
    converses: tuple[tuple[str, ...], ...]
    universals: frozenset[str]
    indefinites: frozenset[str]
    topics: frozenset[str]
    supposed: frozenset[str]
    circulation: frozenset[str]
    demonstratives: frozenset[str]
    rumours: frozenset[str]
    planned: frozenset[str]
    additions: frozenset[str]
    deltas: frozenset[str]
    results: frozenset[str]
    growth: frozenset[str]
    severities: dict[str, tuple[str, ...]]
    prepositions: dict[str, tuple[str, ...]]
    reported_day: frozenset[str]
    besides: frozenset[str]
    tallies: frozenset[str]
    speech: frozenset[str]
    verb_prefixes: tuple[str, ...]
    clitics: tuple[str, ...]
    cleft: frozenset[str]
    copulas: frozenset[str]
    since: frozenset[str]
    rates: dict[str, str]
    ages: frozenset[str]
    even: frozenset[str]
    hedging: frozenset[str]
    dimensions: dict[str, str]
    amounts: frozenset[str]
    pending: frozenset[str]
    counts: frozenset[str]
    instead_of: tuple[list[str], ...]
    active_prefixes: tuple[str, ...]
    passive_prefix: str
    exclusions: tuple[Exclusion, ...]
    quantifiers: frozenset[str]
    future: frozenset[str]
    spans: frozenset[str]
    contrasts: tuple[tuple[str, ...], ...]
    akin: tuple[tuple[str, ...], ...]
    shrinking: frozenset[str]
    occurrence: frozenset[str]
    refutations: frozenset[str]
    agents: frozenset[str]
    never: frozenset[str]
    place_nouns: frozenset[str]
    support_verbs: frozenset[str]
    client: frozenset[str]
    existence: frozenset[str]
    possession: frozenset[str]
    ordinals: frozenset[str]
    repetitions: frozenset[str]
    endings: frozenset[str]
    further: frozenset[str]
    obligations: frozenset[str]
    antonyms: dict[str, str]
    postponed: dict[str, str]
    momentary: frozenset[str]
    first_person: frozenset[str]
    equivalents: frozenset[str]
    hours: dict[str, str]
    clock_words: frozenset[str]
    clock_zones: dict[str, int]
    clock_places: frozenset[str]
    clock_ends: frozenset[str]
    day_parts: dict[str, tuple[str, str]]
    phases: tuple[frozenset[str], ...]
    totals: frozenset[str]
    sequences: dict[str, tuple[str, ...]]
