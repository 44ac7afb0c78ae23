"""What a language's words do in utterances: negate, set conditions, oppose one another, mean the same, say nothing.

The words are data (``utterances.yaml``); the classes of ``concepts.yaml`` widen what counts as the same word.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence

import msgspec

from service.languages import loader
from service.pipeline.alignment import lexicon as concepts
from service.pipeline.alignment.phrases import Phrases
from service.pipeline.document.morphology import Morphology
from service.pipeline.document.morphology import load as load_morphology


class Scale(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A dimension on which words stand against one another. ``lone`` classes change what is said by themselves."""

    name: str
    classes: dict[str, tuple[str, ...]]
    lone: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if unknown := set(self.lone) - set(self.classes):
            raise ValueError(f"scale {self.name}: no class {sorted(unknown)}")
        loader.require_distinct((word for words in self.classes.values() for word in words), f"scale {self.name}")


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The shape of ``utterances.yaml``."""

    function: frozenset[str]
    negators: frozenset[str]
    delaying: frozenset[str]
    pseudo_negations: tuple[str, ...]
    conditions: frozenset[str]
    scales: tuple[Scale, ...]
    conjunctions: frozenset[str]
    agents: frozenset[str]
    verb_prefixes: tuple[str, ...]
    clause_openers: frozenset[str]
    whole: frozenset[str]
    synonyms: tuple[tuple[str, ...], ...]
    opposites: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]
    light: frozenset[str]
    stock: frozenset[str]
    promises: frozenset[str]
    first_person: frozenset[str]
    generic_speakers: frozenset[str]
    occasions: dict[str, tuple[str, ...]]

    def __post_init__(self) -> None:
        if unknown := self.delaying - self.negators:
            raise ValueError(f"delaying words that are no negators: {sorted(unknown)}")
        loader.require_distinct(self.pseudo_negations, "pseudo_negations")
        loader.require_distinct((scale.name for scale in self.scales), "scales")
        for group in self.synonyms:
            loader.require_distinct(group, "synonyms")


class Knowledge:
    """The words of one language, ready for look-up."""

    def __init__(self, words: Words, morphology: Morphology, classes: concepts.Lexicon) -> None:
        self.words = words
        self._stem = morphology.stem
        self._classes = classes
        self.pseudo_negations = Phrases((phrase, phrase) for phrase in words.pseudo_negations)
        self.scales = Phrases(
            (word, f"{scale.name}:{label}")
            for scale in words.scales
            for label, members in scale.classes.items()
            for word in members
        )
        self.lone = frozenset(f"{scale.name}:{label}" for scale in words.scales for label in scale.lone)
        self.occasions = Phrases((phrase, kind) for kind, phrases in words.occasions.items() for phrase in phrases)
        self._groups = _memberships([[self.root(word) for word in group] for group in words.synonyms])
        self._opposites = _opposed([tuple([self.root(w) for w in side] for side in pair) for pair in words.opposites])
        self.light = frozenset(self.root(word) for word in words.light)
        self.stock = frozenset(self.root(word) for word in words.stock)

    def root(self, word: str) -> str:
        """The root of lower-case ``word``, or the word where it is to be taken whole."""
        return word if word in self.words.whole else str(self._stem(word))

    def is_known(self, word: str) -> bool:
        """Whether lower-case ``word`` is made from a root that the language's list holds."""
        return str(self._stem(word)) in self._classes.roots

    def concept(self, word: str) -> str:
        """The class of lower-case ``word`` in the lists of concepts, else its root."""
        return str(self._classes.concept(word))

    def groups(self, root: str) -> tuple[int, ...]:
        """The groups of synonyms that ``root`` is in."""
        return self._groups.get(root, ())

    def opposites(self, root: str) -> tuple[str, ...]:
        """The roots that say the opposite of ``root``."""
        return self._opposites.get(root, ())


def _memberships(groups: Sequence[Sequence[str]]) -> Mapping[str, tuple[int, ...]]:
    found: dict[str, set[int]] = {}
    for number, group in enumerate(groups):
        for word in group:
            found.setdefault(word, set()).add(number)
    return {word: tuple(sorted(numbers)) for word, numbers in found.items()}


def _opposed(pairs: Sequence[Sequence[Sequence[str]]]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, set[str]] = {}
    for left, right in pairs:
        for one, other in ((left, right), (right, left)):
            for word in one:
                found.setdefault(word, set()).update(other)
    return {word: tuple(sorted(others)) for word, others in found.items()}


@functools.cache
def load(code: str) -> Knowledge:
    """What comparing utterances knows of language ``code``."""
    return Knowledge(loader.load(code, "utterances", Words), load_morphology(code), concepts.load(code))
