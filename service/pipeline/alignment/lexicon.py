"""What words mean for comparing statements: classes of words that news uses for one thing, and words that set bounds.

A word's *concept* is the class it belongs to (``@die`` for ``tewas`` and ``meninggal``), else its root. Classes, clause
openers, negators and the like are data (``concepts.yaml``, ``scopes.yaml``). Does not tell the
senses of one word apart.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import msgspec

from service.languages import loader
from service.pipeline.document.morphology import LONGEST_WORD, MOST_REMEMBERED_WORDS, Affixes, Morphology

_SHORTEST = 4
FILES = ("concepts", "beats", "deeds", "conditions", "things")
KINDS = frozenset({"status", "event", "thing", "measure"})


class Concept(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A class of words.

    ``once``: the event befalls its participants a single time, ``unique``: in all time.
    ``developing``: counts of it change. ``local``: it happens in one place at a time. ``nominal``: its bare
    root is a noun. ``generic``: it says little on its own.
    ``mutual``: two parties do it to each other. ``single``: it has one doer. ``grave``: lives or liberty are at stake.
    """

    name: str
    kind: str
    label: dict[str, str]
    roots: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    once: bool = False
    unique: bool = False
    developing: bool = False
    generic: bool = False
    local: bool = False
    nominal: bool = False
    grave: bool = False
    single: bool = False
    mutual: bool = False
    broader: str | None = None
    implies: str | None = None
    narrow: bool = False

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"{self.name}: unknown kind {self.kind!r}")
        if not (self.roots or self.forms or self.phrases):
            raise ValueError(f"{self.name}: no words")


class Sense(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that mean ``concept`` beside a number of one of the classes ``beside`` (concepts, or kinds of measure)."""

    words: tuple[str, ...]
    beside: tuple[str, ...]
    concept: str


class Concepts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The shape of ``concepts.yaml`` and of the files beside it in ``FILES``."""

    concepts: tuple[Concept, ...]
    senses: tuple[Sense, ...] = ()

    def __post_init__(self) -> None:
        loader.require_distinct([concept.name for concept in self.concepts], "concepts")


def _join(parts: Sequence[Concepts]) -> Concepts:
    """The concepts of several files as one; what they refer to may stand in any of them."""
    joined = Concepts(
        tuple(concept for part in parts for concept in part.concepts),
        tuple(sense for part in parts for sense in part.senses),
    )
    names = {concept.name for concept in joined.concepts}
    wanted = {other for concept in joined.concepts for other in (concept.broader, concept.implies) if other}
    missing = (wanted | {sense.concept for sense in joined.senses}) - names
    if missing:
        raise ValueError(f"no concepts {sorted(missing)}")
    return joined


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


class Phrases:
    """Word sequences, found in a list of lower-case words by their first word, the longest first."""

    def __init__(self, entries: Iterable[tuple[str, str]]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for phrase, label in entries:
            words = tuple(phrase.split())
            self._by_first.setdefault(words[0], []).append((words, label))
        for known in self._by_first.values():
            known.sort(key=lambda entry: (-len(entry[0]), entry))

    def match(self, words: Sequence[str], index: int) -> tuple[int, str] | None:
        """The length in words and the label of the longest entry that begins at ``index``."""
        known = self._by_first.get(words[index])
        if known is not None:
            for entry, label in known:
                if tuple(words[index : index + len(entry)]) == entry:
                    return len(entry), label
        return None

    def find(self, words: Sequence[str]) -> int | None:
        """Where in ``words`` the first entry begins; None where none stands there."""
        # most stretches hold no first word of any, which is told without a look at each place
        if self._by_first.keys().isdisjoint(words):
            return None
        return next((index for index in range(len(words)) if self.match(words, index)), None)

    def within(self, words: Sequence[str]) -> bool:
        """Whether any entry stands anywhere in ``words``."""
        return self.find(words) is not None


@dataclass(frozen=True, slots=True)
class Sequences:
    """The word sequences of ``scopes.yaml``, ready to be found."""

    shares: Phrases
    shares_behind: Phrases
    rest: Phrases
    each: Phrases
    former: Phrases
    connectives: Phrases
    as_of: Phrases
    settled: Phrases
    anaphoric_times: Phrases
    anaphoric_events: Phrases
    again: Phrases
    pseudo_negations: Phrases
    corrections: Phrases
    untruths: Phrases
    sequels: Phrases
    during: Phrases
    origins: Phrases
    duties: Phrases


class Lexicon:
    """The concepts and bounding words of one language, ready for look-up."""

    def __init__(
        self,
        concepts: Concepts,
        scopes: Scopes,
        morphology: Morphology,
        roots: frozenset[str],
        common: frozenset[str],
    ) -> None:
        self.concepts = {f"@{concept.name}": concept for concept in concepts.concepts}
        self.scopes = scopes
        self.sequences = Sequences(
            **{name: Phrases((entry, entry) for entry in entries) for name, entries in scopes.sequences.items()}
        )
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
        self.phrases = Phrases(phrases)
        self._senses = {
            (word, beside): f"@{sense.concept}"
            for sense in concepts.senses
            for word in sense.words
            for beside in sense.beside
        }
        self.opener = {word: relation for relation, words in scopes.openers.items() for word in words}
        empty = (
            *(scopes.light, scopes.temporal, scopes.auxiliaries, scopes.rumours),
            *(scopes.singles, scopes.lacking, scopes.universals, scopes.indefinites),
        )
        self.light = frozenset((*(word for words in empty for word in words), *self.opener))
        self.denying = scopes.negators | scopes.lacking
        self.having = scopes.existence | scopes.possession | scopes.discoveries
        self.ones = scopes.singles | scopes.indefinites
        self.carrying = scopes.support_verbs | scopes.discoveries | scopes.carriers
        self.beside_none = scopes.singles | scopes.emphatics | scopes.carriers
        self.between_not = scopes.agents | scopes.never
        self.severity = {word: grade for grade, words in scopes.severities.items() for word in words}
        self.akin = tuple(frozenset(f"@{name}" for name in group) for group in scopes.akin)
        self.shrinking = frozenset(f"@{name}" for name in scopes.shrinking)
        self.antonyms = {f"@{name}": f"@{other}" for name, other in scopes.antonyms.items()}
        self.postponed = {f"@{name}": f"@{other}" for name, other in scopes.postponed.items()}
        self.converses = tuple(frozenset(self._marked(name) for name in group) for group in scopes.converses)
        self.contrasts = tuple(frozenset(f"@{name}" for name in group) for group in scopes.contrasts)
        self.preposition = {word: role for role, words in scopes.prepositions.items() for word in words}
        self._remembered = functools.lru_cache(maxsize=MOST_REMEMBERED_WORDS)(self._concept)
        self.happening = frozenset(self._concept(word) for word in scopes.occurrence)
        untrue = (word for phrase in scopes.sequences["untruths"] for word in phrase.split())
        self.untrue = frozenset(self._concept(word) for word in untrue)
        self.common = frozenset(self._concept(root) for root in common)

    def _marked(self, name: str) -> str:
        """The concept called ``name``: a class of that name, else a root."""
        return f"@{name}" if f"@{name}" in self.concepts else name

    def are_converses(self, one: str, other: str) -> bool:
        """Whether two concepts are sides of one transfer ("receive", "send")."""
        return any(one in group and other in group for group in self.converses)

    def concept(self, word: str) -> str:
        """The concept of lower-case ``word``: its class, else its root."""
        return self._remembered(word) if len(word) <= LONGEST_WORD else self._concept(word)

    def _concept(self, word: str) -> str:
        if word in self._by_form:
            return self._by_form[word]
        for clitic in self.scopes.clitics:
            base = word.removesuffix(clitic)
            if base != word and len(base) >= _SHORTEST and base in self._by_form:
                return self._by_form[base]
        stem = self._stem(word)
        # the verb of the object voice is the passive without its prefix ("kami amankan", "diamankan")
        passive = self.scopes.passive_prefix + word
        if stem != word and passive in self._by_form:
            return self._by_form[passive]
        if stem in self._by_root:
            return self._by_root[stem]
        if word in self._by_root:
            return self._by_root[word]
        return stem

    def concepts_of(self, words: str) -> list[str]:
        """The concepts of lower-case ``words`` in sequence, those of known word sequences first."""
        found, index, parts = [], 0, words.split()
        while index < len(parts):
            phrase = self.phrases.match(parts, index)
            found.append(phrase[1] if phrase else self.concept(parts[index]))
            index += phrase[0] if phrase else 1
        return found

    def sense(self, word: str, beside: str) -> str:
        """The concept of ``word`` beside a number of class ``beside`` (a concept, or ``#`` and a kind of measure)."""
        return self._senses.get((word, beside)) or self.concept(word)

    def looks_like_verb(self, word: str, concept: str) -> bool:
        """Whether ``word`` of ``concept`` can be a predicate, judged by its class and its prefix alone."""
        stem = self._stem(word)
        if word.startswith(self.scopes.verb_prefixes) and (stem != word or word not in self.roots):
            return True
        known = self.concepts.get(concept)
        return known is not None and known.kind in ("status", "event") and not known.nominal and stem == word

    def is_root(self, word: str) -> bool:
        """Whether ``word`` is a known root that only looks like a verb with a prefix ("menu")."""
        return word in self.roots and word.startswith(self.scopes.verb_prefixes)

    def is_derived(self, word: str) -> bool:
        """Whether ``word`` bears an affix."""
        return str(self._stem(word)) != word

    def stem(self, word: str) -> str:
        """The root of lower-case ``word``."""
        return str(self._stem(word))

    def kind(self, concept: str) -> str | None:
        """The kind of ``concept``; None where it is a bare root."""
        known = self.concepts.get(concept)
        return known.kind if known else None

    def is_status(self, concept: str | None) -> bool:
        """Whether ``concept`` is what somebody or something has become."""
        return concept is not None and self.kind(concept) == "status"

    def is_generic(self, concept: str) -> bool:
        """Whether ``concept`` says little on its own."""
        known = self.concepts.get(concept)
        return bool(known and known.generic)

    def broader(self, concept: str) -> str | None:
        """The class that ``concept`` is a kind of, with its mark."""
        known = self.concepts.get(concept)
        return f"@{known.broader}" if known and known.broader else None

    def implied(self, concept: str) -> str | None:
        """The status, with its mark, that things of ``concept`` stand for."""
        known = self.concepts.get(concept)
        return f"@{known.implies}" if known and known.implies else None

    def is_narrow(self, concept: str) -> bool:
        """Whether ``concept`` befalls only some of those who are counted ("diidentifikasi")."""
        known = self.concepts.get(concept)
        return bool(known and known.narrow)

    def label(self, concept: str, language: str) -> str | None:
        """How a desk calls ``concept`` in ``language``; None for a bare root."""
        known = self.concepts.get(concept)
        return known.label.get(language) if known else None


@functools.cache
def load(code: str) -> Lexicon:
    """The lexicon of language ``code``."""
    concepts = _join([loader.load(code, name, Concepts) for name in FILES])
    roots = {root for concept in concepts.concepts for root in concept.roots}
    known = frozenset(loader.lines(code, "roots.txt")) | frozenset(roots)
    rare = frozenset(loader.lines(code, "rare_roots.txt"))
    morphology = Morphology(loader.load(code, "morphology", Affixes), known, rare)
    common = frozenset(loader.lines(code, "common_roots.txt"))
    return Lexicon(concepts, loader.load(code, "scopes", Scopes), morphology, known | rare, common)
