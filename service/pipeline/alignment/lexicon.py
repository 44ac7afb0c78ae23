"""What words mean for comparing statements: classes of words that news uses for one thing, and words that set bounds.

A word's *concept* is the class it belongs to (``@die`` for ``tewas`` and ``meninggal``), else its root. Classes, clause
openers, negators and the like are data (``concepts.yaml``, ``synonyms.yaml``, ``scopes.yaml``). Does not tell the
senses of one word apart.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable

import msgspec

from service.languages import loader
from service.pipeline.document.morphology import Affixes, Morphology

KINDS = frozenset({"status", "event", "thing", "measure"})


class Concept(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A class of words. ``once``: the event befalls its participants a single time. ``developing``: counts of it change.
    ``local``: it happens
    in one place at a time. ``nominal``: its bare root is a noun. ``mutual``: two
    parties do it to each other. ``single``: it has one
    doer. ``grave``: lives or liberty are at stake.
    """

    name: str
    kind: str
    label: dict[str, str]
    roots: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    once: bool = False
    developing: bool = False
    generic: bool = False
    local: bool = False
    nominal: bool = False
    grave: bool = False
    single: bool = False
    mutual: bool = False
    broader: str | None = None

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"{self.name}: unknown kind {self.kind!r}")
        if not (self.roots or self.forms or self.phrases):
            raise ValueError(f"{self.name}: no words")


class Concepts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The shape of ``concepts.yaml``."""

    concepts: tuple[Concept, ...]

    def __post_init__(self) -> None:
        names = [concept.name for concept in self.concepts]
        loader.require_distinct(names, "concepts")
        for concept in self.concepts:
            if concept.broader is not None and concept.broader not in names:
                raise ValueError(f"{concept.name}: no concept {concept.broader!r}")


class Exclusion(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Concepts that cannot hold of one party at one time. ``changes``: one may become the other."""

    states: tuple[str, ...]
    changes: bool


class Scopes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The shape of ``scopes.yaml``: words and word sequences that bound a statement."""

    openers: dict[str, tuple[str, ...]]
    conditionals: tuple[str, ...]
    conjunctions: tuple[str, ...]
    light: tuple[str, ...]
    temporal: tuple[str, ...]
    negators: tuple[str, ...]
    pseudo_negations: tuple[str, ...]
    auxiliaries: tuple[str, ...]
    deniers: tuple[str, ...]
    rumours: tuple[str, ...]
    planned: tuple[str, ...]
    parts: tuple[str, ...]
    parts_behind: tuple[str, ...]
    additions: tuple[str, ...]
    anaphoric_times: tuple[str, ...]
    deltas: tuple[str, ...]
    results: tuple[str, ...]
    as_of: tuple[str, ...]
    growth: tuple[str, ...]
    settled: tuple[str, ...]
    severities: dict[str, tuple[str, ...]]
    prepositions: dict[str, tuple[str, ...]]
    during: tuple[str, ...]
    reported_day: tuple[str, ...]
    speech: tuple[str, ...]
    verb_prefixes: tuple[str, ...]
    cleft: tuple[str, ...]
    copulas: tuple[str, ...]
    since: tuple[str, ...]
    rates: tuple[str, ...]
    pending: tuple[str, ...]
    counts: tuple[str, ...]
    origins: tuple[str, ...]
    duties: tuple[str, ...]
    instead_of: tuple[list[str], ...]
    active_prefixes: tuple[str, ...]
    exclusions: tuple[Exclusion, ...]
    quantifiers: tuple[str, ...]
    future: tuple[str, ...]
    spans: tuple[str, ...]
    contrasts: tuple[tuple[str, ...], ...]
    occurrence: tuple[str, ...]
    sequels: tuple[str, ...]
    refutations: tuple[str, ...]
    agents: tuple[str, ...]
    never: tuple[str, ...]
    place_nouns: tuple[str, ...]
    support_verbs: tuple[str, ...]
    client: tuple[str, ...]
    existence: tuple[str, ...]
    first_person: tuple[str, ...]
    equivalents: tuple[str, ...]
    hours: dict[str, str]
    corrections: tuple[str, ...]
    totals: tuple[str, ...]


class Phrases:
    """Word sequences, found in a list of lower-case words by their first word, the longest first."""

    def __init__(self, entries: Iterable[tuple[str, str]]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for phrase, label in entries:
            words = tuple(phrase.split())
            self._by_first.setdefault(words[0], []).append((words, label))
        for known in self._by_first.values():
            known.sort(key=lambda entry: (-len(entry[0]), entry))

    def match(self, words: list[str], index: int) -> tuple[int, str] | None:
        """The length in words and the label of the longest entry that begins at ``index``."""
        for entry, label in self._by_first.get(words[index], ()):
            if tuple(words[index : index + len(entry)]) == entry:
                return len(entry), label
        return None


class Lexicon:
    """The concepts and bounding words of one language, ready for look-up."""

    def __init__(
        self, concepts: Concepts, scopes: Scopes, morphology: Morphology, roots: frozenset[str],
        common: frozenset[str], synonyms: dict[str, str],
    ) -> None:
        self.concepts = {f"@{concept.name}": concept for concept in concepts.concepts}
        self.scopes = scopes
        self._stem = morphology.stem
        self.roots = roots
        self._by_root: dict[str, str] = {}
        self._by_form: dict[str, str] = {}
        phrases: list[tuple[str, str]] = []
        for key, concept in self.concepts.items():
            for root in concept.roots:
                self._by_root.setdefault(root, key)
            for form in concept.forms:
                self._by_form.setdefault(form, key)
            phrases += [(phrase, key) for phrase in concept.phrases]
        self._synonyms = synonyms
        self.phrases = Phrases(phrases)
        self.opener = {word: relation for relation, words in scopes.openers.items() for word in words}
        self.light = frozenset((*scopes.light, *scopes.temporal, *scopes.auxiliaries, *scopes.rumours, *self.opener))
        self.negators = frozenset(scopes.negators)
        self.deniers = frozenset(scopes.deniers)
        self.speech = frozenset(scopes.speech)
        self.severity = {word: grade for grade, words in scopes.severities.items() for word in words}
        self.planned = frozenset(scopes.planned)
        self.parts = Phrases((phrase, phrase) for phrase in scopes.parts)
        self.parts_behind = Phrases((phrase, phrase) for phrase in scopes.parts_behind)
        self.copulas = frozenset(scopes.copulas)
        self.equivalents = frozenset(scopes.equivalents)
        self.place_nouns = frozenset(scopes.place_nouns)
        self.support_verbs = frozenset(scopes.support_verbs)
        self.client = frozenset(scopes.client)
        self.agents = frozenset(scopes.agents)
        self.never = frozenset(scopes.never)
        self.refutations = frozenset(scopes.refutations)
        self.sequels = Phrases((phrase, phrase) for phrase in scopes.sequels)
        self.during = Phrases((phrase, phrase) for phrase in scopes.during)
        self.occurrence = frozenset(scopes.occurrence)
        self.future = frozenset(scopes.future)
        self.spans = frozenset(scopes.spans)
        self.contrasts = tuple(frozenset(f"@{name}" for name in group) for group in scopes.contrasts)
        self.quantifiers = frozenset(scopes.quantifiers)
        self.origins = Phrases((phrase, phrase) for phrase in scopes.origins)
        self.duties = Phrases((phrase, phrase) for phrase in scopes.duties)
        self.cleft = frozenset(scopes.cleft)
        self.counts = frozenset(scopes.counts)
        self.pending = frozenset(scopes.pending)
        self.existence = frozenset(scopes.existence)
        self.first_person = frozenset(scopes.first_person)
        self.reported_day = frozenset(scopes.reported_day)
        self.rumours = frozenset(scopes.rumours)
        self.rates = frozenset(scopes.rates)
        self.corrections = Phrases((phrase, phrase) for phrase in scopes.corrections)
        self.since = frozenset(scopes.since)
        self.totals = frozenset(scopes.totals)
        self.additions = frozenset(scopes.additions)
        self.deltas = frozenset(scopes.deltas)
        self.results = frozenset(scopes.results)
        self.as_of = Phrases((phrase, phrase) for phrase in scopes.as_of)
        self.growth = frozenset(scopes.growth)
        self.settled = Phrases((phrase, phrase) for phrase in scopes.settled)
        self.anaphoric_times = Phrases((phrase, phrase) for phrase in scopes.anaphoric_times)
        self.pseudo_negations = Phrases((phrase, phrase) for phrase in scopes.pseudo_negations)
        self.auxiliaries = frozenset(scopes.auxiliaries)
        self.conditionals = frozenset(scopes.conditionals)
        self.preposition = {word: role for role, words in scopes.prepositions.items() for word in words}
        self.concept = functools.lru_cache(maxsize=65_536)(self._concept)
        self.common = frozenset(self._concept(root) for root in common)

    def _concept(self, word: str) -> str:
        """The concept of lower-case ``word``: its class, else its root."""
        if word in self._by_form:
            return self._by_form[word]
        stem = self._stem(word)
        if stem in self._by_root:
            return self._by_root[stem]
        if word in self._by_root:
            return self._by_root[word]
        return self._synonyms.get(stem, stem)

    def looks_like_verb(self, word: str, concept: str) -> bool:
        """Whether ``word`` of ``concept`` can be a predicate, judged by its class and its prefix alone."""
        stem = self._stem(word)
        if word.startswith(self.scopes.verb_prefixes) and (stem != word or word not in self.roots):
            return True
        known = self.concepts.get(concept)
        return known is not None and known.kind in ("status", "event") and not known.nominal and stem == word

    def is_auxiliary(self, word: str) -> bool:
        """Whether ``word`` may stand between a negation and the predicate that it negates."""
        return word in self.auxiliaries

    def stem(self, word: str) -> str:
        """The root of lower-case ``word``."""
        return str(self._stem(word))

    def kind(self, concept: str) -> str | None:
        """The kind of ``concept``; None where it is a bare root."""
        known = self.concepts.get(concept)
        return known.kind if known else None

    def is_status(self, concept: str | None) -> bool:
        return concept is not None and self.kind(concept) == "status"

    def is_generic(self, concept: str) -> bool:
        known = self.concepts.get(concept)
        return bool(known and known.generic)

    def broader(self, concept: str) -> str | None:
        """The class that ``concept`` is a kind of, with its mark."""
        known = self.concepts.get(concept)
        return f"@{known.broader}" if known and known.broader else None

    def label(self, concept: str, language: str) -> str | None:
        """How a desk calls ``concept`` in ``language``; None for a bare root."""
        known = self.concepts.get(concept)
        return known.label.get(language) if known else None


class Synonyms(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The shape of ``synonyms.yaml``: groups of roots that stand for one another in news; the first names the group."""

    groups: tuple[tuple[str, ...], ...]

    def __post_init__(self) -> None:
        loader.require_distinct((word for group in self.groups for word in group), "synonyms")


@functools.cache
def load(code: str) -> Lexicon:
    """The lexicon of language ``code``."""
    concepts = loader.load(code, "concepts", Concepts)
    synonyms = loader.load(code, "synonyms", Synonyms)
    roots = {root for concept in concepts.concepts for root in concept.roots}
    roots |= {word for group in synonyms.groups for word in group}
    known = frozenset(loader.lines(code, "roots.txt")) | frozenset(roots)
    rare = frozenset(loader.lines(code, "rare_roots.txt"))
    morphology = Morphology(loader.load(code, "morphology", Affixes), known, rare)
    common = frozenset(loader.lines(code, "common_roots.txt"))
    groups = {word: group[0] for group in synonyms.groups for word in group}
    return Lexicon(concepts, loader.load(code, "scopes", Scopes), morphology, known | rare, common, groups)
