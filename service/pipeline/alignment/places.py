"""Which place lies in which: by the articles' own chains ("Desa X, Kecamatan Y, Kabupaten Z") and by a list.

A place that is not known to lie in another one is not known to lie outside it either: two places exclude each other
only when both are of the same level (two villages, two countries), or when known parents of theirs are.
"""

from __future__ import annotations

import copy
import functools
from collections.abc import Iterable
from itertools import pairwise

import msgspec

from service.languages import loader
from service.pipeline.alignment.reading import Mention, Reading

_TYPES = frozenset({"GPE", "LOC", "FAC"})
_DEPTH = 8
# levels of which a larger place has many, so that two of them are two places
SMALL = frozenset({"village", "district"})
# levels of buildings, which fuller and shorter names call alike ("RSUD Waluyo", "RSUD dr. Waluyo Garut")
SITES = frozenset(
    {"airport", "harbour", "station", "hospital", "prison", "stadium", "terminal", "road", "toll-road", "bridge"}
)


class Containment(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The shape of ``containment.yaml``. ``levels``: words that open a place's name, by level, small to large.

    ``houses``: what precedes the number of a house in the name of a road; ``joiners``: words in front of the last of
    several places that are listed. ``parts``: the places that lie in each larger one; ``aliases``: other names of one
    place.
    """

    levels: dict[str, tuple[str, ...]]
    houses: frozenset[str]
    joiners: frozenset[str]
    parts: dict[str, tuple[str, ...]]
    aliases: dict[str, str] = {}


class Places:
    """What is known of where places lie, from the data and from the articles of a story."""

    def __init__(self, containment: Containment, countries: Iterable[str] = ()) -> None:
        self._levels = tuple(containment.levels.items())
        self._joiners, self._houses = containment.joiners, containment.houses
        self._aliases = {name.lower(): self._key(other) for name, other in containment.aliases.items()}
        self._parents: dict[str, set[str]] = {}
        self._remember()
        self._countries = frozenset(self._name(name) for name in countries)
        self._listed: dict[str, set[str]] = {}
        for whole, parts in containment.parts.items():
            for part in parts:
                self._listed.setdefault(self._name(part), set()).add(self._name(whole))

    def _remember(self) -> None:
        """Keep what was worked out of a name: the same few are compared over and over."""
        self._name = functools.cache(self._canonical)
        self._bare = functools.cache(self._split)
        self.ancestors = functools.cache(self._ancestors)
        self.exclude = functools.cache(self._exclude)
        self.contains = functools.cache(self._contains)

    def learning_from(self, readings: Iterable[Reading]) -> Places:
        """What is known with what ``readings`` say of where places lie; these places learn nothing themselves."""
        told = copy.copy(self)
        told._parents = {}
        told._remember()
        for reading in readings:
            told._read_chains(reading)
        return told

    def _key(self, name: str) -> str:
        words = name.lower().replace("-", " ").replace("–", " ").split()
        house = next((index for index, word in enumerate(words) if index > 1 and word in self._houses), None)
        return " ".join(words[:house])

    def _split(self, key: str) -> tuple[str, str | None]:
        for level, words in self._levels:
            for word in words:
                if key.startswith(f"{word} "):
                    return key[len(word) + 1 :], level
        return key, None

    def _canonical(self, name: str) -> str:
        key = self._key(name)
        return self._aliases.get(key, key)

    def level(self, name: str) -> str | None:
        """The level that the name itself tells (``Desa …``)."""
        return self._bare(self._name(name))[1]

    def bare(self, name: str) -> str:
        """The name without the word for its level, in small letters."""
        return self._bare(self._name(name))[0]

    def kind_inside(self, name: str) -> str | None:
        """The level of which a word stands within the name, and not at its beginning ("Blok C Lapas …")."""
        key = self._name(name)
        return next((level for level, words in self._levels for word in words if f" {word} " in f"{key} "), None)

    def _read_chains(self, reading: Reading) -> None:
        """Learn that of two places with nothing but a comma between them, the first lies in the second."""
        mentions = reading.mentions
        for small, large in pairwise(mentions):
            if small.type not in _TYPES or large.type not in _TYPES or large.first - small.last != 1:
                continue
            inner, outer = self._name(small.name), self._name(large.name)
            if reading.words[small.last] == "," and inner != outer and not self._is_listed(small, large, reading):
                self._parents.setdefault(inner, set()).add(outer)

    def _is_listed(self, small: Mention, large: Mention, reading: Reading) -> bool:
        """Whether places are listed ("A, B, dan C"), not nested: two are of one level, or the last one is joined."""
        level = self.level(small.name)
        if level is not None and level == self.level(large.name):
            return True
        words, index = reading.words, large.last
        while index + 1 < len(words) and words[index] == ",":
            mention = reading.mention_at[index + 1]
            if mention is None or mention.type not in _TYPES:
                break
            index = mention.last
        index += index < len(words) and words[index] == ","
        if index + 1 >= len(words) or words[index] not in self._joiners:
            return False
        last = reading.mention_at[index + 1]
        return last is not None and last.type in _TYPES

    def _ancestors(self, name: str) -> frozenset[str]:
        """All places that ``name`` is known to lie in, itself among them, as keys."""
        found = {self._name(name)}
        edge = set(found)
        for _ in range(_DEPTH):
            edge = {parent for key in edge for parent in self._parents_of(key)} - found
            if not edge:
                break
            found |= edge
        return frozenset(found)

    def _parents_of(self, key: str) -> set[str]:
        bare = self._bare(key)[0]
        chained = self._parents.get(key, set()) | self._parents.get(bare, set())
        return chained | self._listed_parents(key)

    def _listed_parents(self, key: str) -> set[str]:
        return self._listed.get(key, set()) | self._listed.get(self._bare(key)[0], set())

    def same(self, one: str, other: str) -> bool:
        """Whether two names stand for one place; a name without its level word may be any of that name."""
        first, second = self._name(one), self._name(other)
        if first == second:
            return True
        (bare, level), (other_bare, other_level) = self._bare(first), self._bare(second)
        if level in SITES and level == other_level:
            words, other_words = set(bare.split()), set(other_bare.split())
            return words <= other_words or other_words <= words
        return bare == other_bare and (level is None or other_level is None)

    def _contains(self, large: str, small: str) -> bool:
        """Whether ``small`` is known to lie in ``large`` or to be it."""
        return any(self.same(large, ancestor) for ancestor in self.ancestors(small))

    def is_country(self, name: str) -> bool:
        """Whether ``name`` is that of a country."""
        return self._name(name) in self._countries

    def is_listed(self, name: str) -> bool:
        """Whether the data knows the place: it is large enough to stand in reports on many stories."""
        return bool(self._listed_parents(self._name(name)))

    def is_region(self, name: str) -> bool:
        """Whether the data puts the place right under a country: a province, or a capital that is one."""
        return not self._countries.isdisjoint(self._listed_parents(self._name(name)))

    def related(self, one: str, other: str) -> bool:
        """Whether one of the two is known to lie in the other, or to be it."""
        return self.contains(one, other) or self.contains(other, one)

    def _exclude(self, one: str, other: str) -> bool:
        """Whether the two are known to be different places, neither in the other."""
        if self.related(one, other):
            return False
        first, second = self.ancestors(one), self.ancestors(other)
        # what holds both tells them apart no more
        return any(self._comparable(a, b) and not self.same(a, b) for a in first - second for b in second - first)

    def _comparable(self, one: str, other: str) -> bool:
        """Whether two places are of one level: by their names, or by lying in one and the same larger place."""
        if one in self._countries or other in self._countries:
            return one in self._countries and other in self._countries
        first, second = self._bare(one)[1], self._bare(other)[1]
        if first is not None and first == second:
            return True
        return bool(self._listed_parents(one) & self._listed_parents(other)) and (first is None or second is None)


@functools.cache
def load(code: str) -> Containment:
    """The containment data of language ``code``."""
    containment: Containment = loader.load(code, "containment", Containment)
    return containment
