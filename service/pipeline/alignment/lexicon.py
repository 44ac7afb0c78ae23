"""What words mean for comparing statements: classes of words that news uses for one thing, and words that set bounds.

A word's *concept* is the class it belongs to (``@die`` for ``tewas`` and ``meninggal``), else its root. Classes, clause
openers, negators and the like are data (``concepts.yaml``, ``scopes.yaml``). Does not tell the
senses of one word apart.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass

from service.languages import loader
from service.pipeline.alignment import concepts, phrases
from service.pipeline.alignment.bounding_words import Scopes
from service.pipeline.alignment.concepts import Concepts
from service.pipeline.alignment.phrases import Phrases
from service.pipeline.document.morphology import LONGEST_WORD, MOST_REMEMBERED_WORDS, Affixes, Morphology

_SHORTEST = 4
_REMEMBERED_NAMES = 2_048


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
    scattered: Phrases
    anaphoric_times: Phrases
    anaphoric_events: Phrases
    again: Phrases
    pseudo_negations: Phrases
    no_longer: Phrases
    undecided: Phrases
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
        classes: Concepts,
        scopes: Scopes,
        morphology: Morphology,
        roots: frozenset[str],
        common: frozenset[str],
    ) -> None:
        self.concepts = {f"@{concept.name}": concept for concept in classes.concepts}
        self.scopes = scopes
        self.sequences = Sequences(**phrases.ready(scopes.sequences))
        self._stem = morphology.stem
        self.roots = roots
        self._by_root: dict[str, str] = {}
        self._by_form: dict[str, str] = {}
        sequences: list[tuple[str, str]] = []
        for key, concept in self.concepts.items():
            for root in concept.roots:
                self._by_root.setdefault(root, key)
            for form in concept.forms:
                self._by_form.setdefault(form, key)
            sequences += [(phrase, key) for phrase in concept.phrases]
        self.phrases = Phrases(sequences)
        self._senses = {
            (word, beside): f"@{sense.concept}"
            for sense in classes.senses
            for word in sense.words
            for beside in sense.beside
        }
        self.opener = {word: relation for relation, words in scopes.openers.items() for word in words}
        empty = (
            *(scopes.light, scopes.temporal, scopes.auxiliaries, scopes.rumours),
            *(scopes.singles, scopes.lacking, scopes.universals, scopes.indefinites, scopes.negators, scopes.particles),
        )
        self.light = frozenset((*(word for words in empty for word in words), *self.opener))
        self.denying = scopes.negators | scopes.lacking
        self.having = scopes.existence | scopes.possession | scopes.discoveries
        self.ones = scopes.singles | scopes.indefinites
        self.carrying = scopes.support_verbs | scopes.discoveries | scopes.carriers | scopes.topics
        self.beside_none = scopes.singles | scopes.emphatics | scopes.carriers
        self.between_not = scopes.agents | scopes.never
        self.severity = {word: grade for grade, words in scopes.severities.items() for word in words}
        self.akin = tuple(frozenset(f"@{name}" for name in group) for group in scopes.akin)
        self.recounted = frozenset(f"@{name}" for name in scopes.recounted)
        self.shrinking = frozenset(f"@{name}" for name in scopes.shrinking)
        self.antonyms = {f"@{name}": f"@{other}" for name, other in scopes.antonyms.items()}
        self.momentary = frozenset(f"@{name}" for name in scopes.momentary)
        self.going_on = frozenset(f"@{name}" for name in scopes.going_on)
        self.postponed = {f"@{name}": f"@{other}" for name, other in scopes.postponed.items()}
        self.converses = tuple(frozenset(self._marked(name) for name in group) for group in scopes.converses)
        self.contrasts = tuple(frozenset(f"@{name}" for name in group) for group in scopes.contrasts)
        self.preposition = {word: role for role, words in scopes.prepositions.items() for word in words}
        self._remembered = functools.lru_cache(maxsize=MOST_REMEMBERED_WORDS)(self._concept)
        self.core = functools.lru_cache(maxsize=_REMEMBERED_NAMES)(self._core)
        self.happening = frozenset(self._concept(word) for word in scopes.occurrence)
        self.untrue = frozenset(self._concept(word) for word in phrases.words_of(scopes.sequences["untruths"]))
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

    def _core(self, name: str) -> frozenset[str]:
        """The words of a name behind the nouns for places that open it ("Sungai …")."""
        words = name.lower().split()
        while len(words) > 1 and words[0] in self.scopes.place_nouns:
            words = words[1:]
        return frozenset(words)

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
    classes = concepts.load(code)
    roots = {root for concept in classes.concepts for root in concept.roots}
    known = frozenset(loader.lines(code, "roots.txt")) | frozenset(roots)
    rare = frozenset(loader.lines(code, "rare_roots.txt"))
    morphology = Morphology(loader.load(code, "morphology", Affixes), known, rare)
    common = frozenset(loader.lines(code, "common_roots.txt"))
    return Lexicon(classes, loader.load(code, "scopes", Scopes), morphology, known | rare, common)
