"""Roots of words: affixes stripped, sound changes undone, the result looked up in a list of roots.

Follows the order of Nazief and Adriani's confix stripping (Asian, Williams and Tahaghoghi, 2005): particles,
possessives, suffixes, then up to three prefixes. Prefixes, suffixes, sound changes, forbidden pairs and the words
that are never stripped are data. Does not handle infixes and reduplication with sound change (``sayur-mayur``).
"""

from __future__ import annotations

import functools
from collections.abc import Iterator

import msgspec

from service.languages import loader

# What is remembered by word must not grow with the words that a process ever meets, nor with their length.
MOST_REMEMBERED_WORDS = 2_048
LONGEST_WORD = 40


class Prefix(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A prefix as it surfaces and the letters that the root may have lost behind it (``mem`` + ``p``)."""

    surface: str
    restores: tuple[str, ...] = ("",)


class Affixes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The shape of ``morphology.yaml``."""

    particles: tuple[str, ...]
    possessives: tuple[str, ...]
    suffixes: tuple[str, ...]
    prefixes: tuple[Prefix, ...]
    lexicalized: dict[str, str]

    def __post_init__(self) -> None:
        loader.require_distinct((p.surface for p in self.prefixes), "morphology prefixes")


class Morphology:
    """A stemmer for one language; the words met last are remembered with their roots."""

    MINIMUM_ROOT = 3
    MAXIMUM_PREFIXES = 2

    def __init__(self, affixes: Affixes, roots: frozenset[str], rare_roots: frozenset[str] = frozenset()) -> None:
        self._affixes = affixes
        self._roots = roots
        self._known = roots | rare_roots
        # prefixes in data order, by the letter that they begin with
        self._prefixes: dict[str, list[Prefix]] = {}
        for prefix in affixes.prefixes:
            self._prefixes.setdefault(prefix.surface[0], []).append(prefix)
        remember = functools.lru_cache(maxsize=MOST_REMEMBERED_WORDS)
        self._remembered, self._roots_remembered = remember(self._stem), remember(self._root)

    def stem(self, word: str) -> str:
        """The root of lower-case ``word``; the word itself where no root is known.

        A reduplicated word (``negara-negara``, ``berpindah-pindah``) has the root of its first part when both parts
        share it.
        """
        return self._remembered(word) if len(word) <= LONGEST_WORD else word

    def _stem(self, word: str) -> str:
        if "-" in word:
            left, _, right = word.partition("-")
            if left and right and self.stem(left) == self.stem(right):
                return self.stem(left)
            return word
        for base in self._without_clitics(word):
            if base in self._affixes.lexicalized:
                return self._affixes.lexicalized[base]
            found = self.root(base)
            if found:
                return found
        return word

    def _without_clitics(self, word: str) -> Iterator[str]:
        yield word
        bases = [word]
        for endings in (self._affixes.particles, self._affixes.possessives):
            for base in list(bases):
                for ending in endings:
                    if base.endswith(ending) and len(base) - len(ending) >= self.MINIMUM_ROOT:
                        bases.append(base[: -len(ending)])
        yield from bases[1:]

    def root(self, word: str) -> str | None:
        """The root left when suffixes and prefixes are stripped: common before rare, long before short, first found."""
        return self._roots_remembered(word) if len(word) <= LONGEST_WORD else self._root(word)

    def _root(self, word: str) -> str | None:
        level = [word]
        for suffix in self._affixes.suffixes:
            if word.endswith(suffix) and len(word) - len(suffix) >= self.MINIMUM_ROOT:
                level.append(word[: -len(suffix)])
        found: list[str] = []
        for _ in range(self.MAXIMUM_PREFIXES + 1):
            found += [candidate for candidate in level if candidate in self._known]
            level = [stripped for candidate in level for stripped in self.without_prefix(candidate)]
        return max(found, key=lambda root: (root in self._roots, len(root)), default=None)

    def without_prefix(self, word: str) -> Iterator[str]:
        """What is left of ``word`` when one prefix is stripped and the sound it took is restored, in data order."""
        for prefix in self._prefixes.get(word[:1], ()):
            if word.startswith(prefix.surface):
                rest = word[len(prefix.surface) :]
                for lost in prefix.restores:
                    if len(lost) + len(rest) >= self.MINIMUM_ROOT:
                        yield lost + rest


@functools.cache
def load(code: str) -> Morphology:
    """The stemmer of language ``code``, from ``morphology.yaml`` and the lists of roots."""
    return Morphology(
        loader.load(code, "morphology", Affixes),
        frozenset(loader.lines(code, "roots.txt")),
        frozenset(loader.lines(code, "rare_roots.txt")),
    )
