"""What the stage knows of a language: reporting verbs in all their forms, and the words that delimit phrases."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import msgspec

from service.languages import loader
from service.pipeline.document import morphology
from service.pipeline.entities import knowledge as names

_REPORTING = ("say", "assert", "estimate", "call", "attitude", "show")
_ACTING = ("request", "order", "promise", "deny", "judge", "praise", "accuse")
FRAMES = frozenset((*_REPORTING, *_ACTING))


class Verb(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A reporting verb: its frame, and its forms as they stand in a text, case-folded."""

    root: str
    frame: str
    marked: bool = False
    introduced: bool = False
    agentless: bool = False
    tag: tuple[str, ...] = ()
    active: tuple[str, ...] = ()
    passive: tuple[str, ...] = ()
    noun: tuple[str, ...] = ()
    never_with: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if self.frame not in FRAMES:
            raise ValueError(f"verb {self.root!r}: no such frame: {self.frame!r}")
        if not (self.tag or self.active or self.passive or self.noun):
            raise ValueError(f"verb {self.root!r} has no form")


class Sources(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Prepositions and verbs that name the source of a whole sentence."""

    according: frozenset[str]
    according_named: frozenset[str]
    thus: frozenset[str]
    hearsay: frozenset[str]
    apart: frozenset[str]
    texts: frozenset[str]
    standpoint: frozenset[str]
    based_on: frozenset[str]
    based_on_nouns: frozenset[str]
    told_by: frozenset[str]
    told_nouns: frozenset[str]
    standalone: frozenset[str]
    relayed_as: frozenset[str]
    relay: frozenset[str]
    relay_active: frozenset[str]
    closing: frozenset[str]
    voiced: tuple[str, ...]
    own_reports: frozenset[str]


class Grammar(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Closed classes of words, case-folded."""

    clitics: tuple[str, ...]
    complementizers: frozenset[str]
    content_nouns: frozenset[str]
    attitude_nouns: frozenset[str]
    pronouns: frozenset[str]
    third_person: frozenset[str]
    plural: frozenset[str]
    first_person: frozenset[str]
    demonstratives: frozenset[str]
    echoes: frozenset[str]
    adverbs: frozenset[str]
    negators: frozenset[str]
    restrictive: frozenset[str]
    coordinators: frozenset[str]
    alternatives: frozenset[str]
    auxiliaries: frozenset[str]
    converbs: frozenset[str]
    connectors: frozenset[str]
    adjuncts: frozenset[str]
    inner_prepositions: frozenset[str]
    through: frozenset[str]
    clause_breaks: frozenset[str]
    contrast: frozenset[str]
    resuming: frozenset[str]
    consecutive: frozenset[str]
    time_openers: frozenset[str]
    agent_marker: frozenset[str]
    after_verb: frozenset[str]
    topic: frozenset[str]
    as_words: frozenset[str]
    reasons: frozenset[str]
    directions: frozenset[str]
    purposes: frozenset[str]
    limits: frozenset[str]
    addressee: frozenset[str]
    relative: frozenset[str]
    conjoining: frozenset[str]
    degree: str
    modifier_prefixes: tuple[str, ...]
    name_titles: frozenset[str]
    honorifics: frozenset[str]
    time_units: frozenset[str]
    time_pointers: frozenset[str]

    def __post_init__(self) -> None:
        re.compile(self.degree)


class Nouns(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Heads of noun phrases, case-folded, by what they can be the source of."""

    speakers: frozenset[str]
    indefinite: frozenset[str]
    people: frozenset[str]
    relational: frozenset[str]
    media: frozenset[str]
    documents: frozenset[str]
    not_sources: frozenset[str]
    anonymous: frozenset[str]
    anonymous_phrases: tuple[str, ...]
    anaphoric: frozenset[str]
    abstract_prefixes: tuple[str, ...]
    abstract_suffix: str


class Predicates(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a predicate shows: by the prefix of a verb, or as one of the words that open one."""

    prefixes: tuple[str, ...]
    passive_prefixes: tuple[str, ...]
    shortest: int
    suffixes: tuple[str, ...]
    copulas: frozenset[str]
    finite: frozenset[str]
    adjectives: frozenset[str]
    not_verbs: frozenset[str]
    silencing: frozenset[str]


class Reporting(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The data file ``reporting.yaml``."""

    verbs: tuple[Verb, ...]
    sources: Sources
    grammar: Grammar
    nouns: Nouns
    predicates: Predicates

    def __post_init__(self) -> None:
        loader.require_distinct((verb.root for verb in self.verbs), "reporting verbs")
        for kind in ("tag", "active", "passive"):
            loader.require_distinct((form for verb in self.verbs for form in getattr(verb, kind)), f"{kind} forms")


@dataclass(frozen=True, slots=True)
class Form:
    """One form of a reporting verb, or of a phrase that names a source.

    ``kind``: tag, active, passive, according, based_on, told_by, relay, as, closing, hearsay, apart, or object (an
    active verb with what it reports joined to it as a pronoun). ``clitic``: the form ends in a pronoun that stands for
    the speaker.
    """

    words: tuple[str, ...]
    kind: str
    verb: Verb | None = None
    clitic: bool = False


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The data, and all forms by their first word, the longest first; ``homographs`` are the tags that are active verbs
    as well."""

    code: str
    sources: Sources
    grammar: Grammar
    nouns: Nouns
    predicates: Predicates
    forms: dict[str, tuple[Form, ...]]
    homographs: dict[tuple[str, ...], Form]
    connectors: dict[str, tuple[tuple[str, ...], ...]]
    anonymous_phrases: dict[str, tuple[tuple[str, ...], ...]]
    degree: re.Pattern[str]
    speech_nouns: frozenset[str]
    stem: Callable[[str], str]
    names: names.Knowledge


@functools.cache
def load(code: str) -> Knowledge:
    """The attribution knowledge of language ``code``."""
    data = loader.load(code, "reporting", Reporting)
    forms: dict[str, list[Form]] = {}
    for form in _all_forms(data):
        forms.setdefault(form.words[0], []).append(form)
    return Knowledge(
        code=code,
        sources=data.sources,
        grammar=data.grammar,
        nouns=data.nouns,
        predicates=data.predicates,
        forms={first: tuple(sorted(group, key=_longest_first)) for first, group in forms.items()},
        homographs=_homographs(forms),
        connectors=_by_first_word(data.grammar.connectors),
        anonymous_phrases=_by_first_word(data.nouns.anonymous_phrases),
        degree=re.compile(data.grammar.degree),
        speech_nouns=data.sources.texts | {noun for verb in data.verbs for noun in verb.noun},
        stem=morphology.load(code).stem,
        names=names.load(code),
    )


def _homographs(forms: dict[str, list[Form]]) -> dict[tuple[str, ...], Form]:
    every = [form for group in forms.values() for form in group]
    active = {form.words for form in every if form.kind == "active"}
    return {form.words: form for form in every if form.kind == "tag" and form.words in active}


def _longest_first(form: Form) -> tuple[int, str]:
    return -len(form.words), form.kind


def _by_first_word(phrases: Iterable[str]) -> dict[str, tuple[tuple[str, ...], ...]]:
    grouped: dict[str, list[tuple[str, ...]]] = {}
    for phrase in sorted(phrases):
        words = tuple(phrase.split())
        grouped.setdefault(words[0], []).append(words)
    return {first: tuple(sorted(group, key=len, reverse=True)) for first, group in grouped.items()}


def _all_forms(data: Reporting) -> Iterable[Form]:
    for verb in data.verbs:
        for kind in ("tag", "active", "passive"):
            for form in getattr(verb, kind):
                words = tuple(form.split())
                yield Form(words, kind, verb)
                # an active verb has what it reports joined to it: only naming verbs go on behind that
                joined = kind if kind != "active" else "active" if verb.frame == "call" else "object"
                for clitic in data.grammar.clitics:
                    yield Form((*words[:-1], words[-1] + clitic), joined, verb, clitic=kind != "active")
    sources = data.sources
    for kind, phrases in (
        ("according", sources.according),
        ("based_on", sources.based_on),
        ("told_by", sources.told_by),
        ("relay", sources.relay),
        ("as", sources.relayed_as),
        ("closing", sources.closing),
        ("hearsay", sources.hearsay),
        ("apart", sources.apart),
    ):
        for phrase in sorted(phrases):
            words = tuple(phrase.split())
            yield Form(words, kind)
            if kind in {"according", "closing"}:
                for clitic in data.grammar.clitics:
                    yield Form((*words[:-1], words[-1] + clitic), kind, clitic=True)
