"""The contract's types of names, and what tells them: closed lists, the generic words in names, the words beside them.

The encoder tells persons, organisations and places apart; the finer types show in the words themselves.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from service.languages import loader
from service.pipeline.document.tokens import tokenize
from service.pipeline.entities import knowledge
from service.pipeline.entities.name_rules.data import NameTypes

PERSON, ORG, GPE, LOC, FAC, EVENT, LAW, PRODUCT, NORP = (
    "PERSON", "ORG", "GPE", "LOC", "FAC", "EVENT", "LAW", "PRODUCT", "NORP",
)  # fmt: skip
COARSE = {"PER": PERSON, "ORG": ORG, "LOC": GPE}
# closed lists; where two hold a name, the later one decides
LISTS = (
    ("facilities.txt", FAC),
    ("regions.txt", LOC),
    ("cities.txt", GPE),
    ("countries.txt", GPE),
    ("organisations.txt", ORG),
    ("products.txt", PRODUCT),
    ("laws.txt", LAW),
    ("events.txt", EVENT),
)
LONGEST_LIST_NAME = 10
_LONGEST_CUE = 3
_LONGEST_HEAD = 4
_SHORT_TITLE = 3


@dataclass(frozen=True, slots=True)
class Known:
    """A name of a closed list. ``exact`` asks for the very capitals of the list (abbreviations)."""

    type: str
    words: tuple[str, ...]
    exact: bool


@dataclass(frozen=True)
class TypeKnowledge:
    """Closed lists by case-folded words, heads and cues by case-folded words, other words as sets."""

    names: Mapping[tuple[str, ...], Known]
    firsts: frozenset[str]
    peoples: frozenset[str]
    maybe_peoples: frozenset[str]
    heads: Mapping[tuple[str, ...], str]
    cues: Mapping[tuple[str, ...], str]
    groups: frozenset[str]
    titles: frozenset[tuple[str, ...]]
    currencies: frozenset[str]
    connectors: frozenset[str]
    conjunctions: frozenset[str]
    not_groups: frozenset[str]
    number_words: frozenset[str]
    ranks: frozenset[str]
    rank_parts: frozenset[str]
    tails: Mapping[str, str]
    place_prepositions: frozenset[str]
    offices: frozenset[tuple[str, ...]]
    speaker_cues: frozenset[str]
    late_ranks: frozenset[str]
    office_heads: frozenset[str]
    firms: frozenset[str]
    programmes: frozenset[str]
    name_openers: frozenset[str]
    posts: frozenset[tuple[str, ...]]
    code_words: frozenset[str]
    clitics: tuple[str, ...]
    body_cues: frozenset[tuple[str, ...]]
    body_hints: frozenset[tuple[str, ...]]
    countries: frozenset[tuple[str, ...]]
    not_names: frozenset[tuple[str, ...]]
    generic: frozenset[tuple[str, ...]]
    particles: frozenset[str]
    short_firsts: frozenset[str]
    articles: frozenset[str]
    plate_areas: frozenset[str]
    administrative: frozenset[str]
    road_marks: frozenset[str]
    ticker_cues: frozenset[str]
    office_words: frozenset[str]
    presenters: frozenset[str]
    home_forms: frozenset[str]
    closings: frozenset[str]
    short_kinds: frozenset[str]
    degrees: frozenset[str]
    languages: frozenset[str]
    initialled: frozenset[str]
    numbered_units: frozenset[str]
    makers: frozenset[str]
    addresses: frozenset[str]
    club_closers: frozenset[str]
    origins: frozenset[str]
    honoured: frozenset[str]
    realms: frozenset[str]
    locatives: frozenset[str]
    trades: frozenset[str]
    envoys: frozenset[tuple[str, ...]]

    @functools.cached_property
    def name_titles(self) -> frozenset[str]:
        """What may stand between a building's generic word and the person whom it is named after."""
        return frozenset(word for word in self.ranks if len(word) <= _SHORT_TITLE) | {"."}

    @functools.cached_property
    def name_ranks(self) -> frozenset[str]:
        """The same where no office stands before the building."""
        return self.ranks | {"."}

    @functools.cached_property
    def rank_words(self) -> frozenset[str]:
        """Ranks and the words that belong to them."""
        return self.ranks | self.rank_parts

    # the words at one end of phrases: few words are, so that they are asked for before phrases are put together
    @functools.cached_property
    def head_openers(self) -> frozenset[str]:
        """The first words of ``heads``."""
        return frozenset(words[0] for words in self.heads)

    @functools.cached_property
    def cue_closers(self) -> frozenset[str]:
        """The last words of ``cues``."""
        return frozenset(words[-1] for words in self.cues)

    @functools.cached_property
    def body_closers(self) -> frozenset[str]:
        """The last words of ``body_cues`` and ``body_hints``."""
        return frozenset(words[-1] for words in self.body_cues | self.body_hints)

    @functools.cached_property
    def building_openers(self) -> frozenset[str]:
        """The first words of the ``heads`` of buildings."""
        return frozenset(words[0] for words, kind in self.heads.items() if kind == FAC)

    def listed(self, words: Sequence[str], lowers: Sequence[str], loose: bool = False) -> str | None:
        """The type of a name that a closed list holds; ``loose`` takes abbreviations in any case."""
        if not lowers or lowers[0] not in self.firsts:
            return None
        known = self.names.get(tuple(lowers))
        if known is None or (known.exact and not loose and tuple(words) != known.words):
            return None
        return known.type

    def head(self, lowers: Sequence[str]) -> str | None:
        """The type that the generic word opening a name tells."""
        if not lowers or lowers[0] not in self.head_openers:
            return None
        for size in range(min(_LONGEST_HEAD, len(lowers)), 0, -1):
            found = self.heads.get(tuple(lowers[:size]))
            if found:
                return found
        return None

    def cue(self, lowers: Sequence[str], first: int) -> str | None:
        """The type that the words before position ``first`` tell."""
        if not first or lowers[first - 1] not in self.cue_closers:
            return None
        for size in range(min(_LONGEST_CUE, first), 0, -1):
            found = self.cues.get(tuple(lowers[first - size : first]))
            if found:
                return found
        return None


def _split(entry: str) -> tuple[str, ...]:
    return tuple(token.text for token in tokenize(entry, 0, len(entry)))


def load(code: str) -> TypeKnowledge:
    """The knowledge of language ``code``; raises LanguageDataError where a file is missing or wrong."""
    data = loader.load(code, "recognition", NameTypes)
    organizations = loader.load(code, "organizations", knowledge.Organizations)
    people = loader.load(code, "people", knowledge.People)
    names: dict[tuple[str, ...], Known] = {}
    bodies = (organizations.names, organizations.known_as, organizations.clubs)
    for kind, table in ((PERSON, people.names), *((ORG, table) for table in bodies)):
        for name, forms in table.items():
            for entry in (name, *forms):
                words = _split(entry)
                # a person's single name may be anybody's
                if kind == ORG or len(words) > 1:
                    names[tuple(word.lower() for word in words)] = Known(
                        kind, words, len(words) == 1 and entry.isupper()
                    )
    for file, kind in LISTS:
        for entry in loader.lines(code, f"gazetteers/{file}"):
            words = _split(entry)
            names[tuple(word.lower() for word in words)] = Known(kind, words, entry.isupper() and len(entry) <= 6)
    return TypeKnowledge(
        names,
        frozenset(key[0] for key in names),
        frozenset(entry.lower() for entry in loader.lines(code, "gazetteers/peoples.txt")),
        frozenset(entry.lower() for entry in loader.lines(code, "gazetteers/groups.txt")),
        {
            tuple(word.lower() for word in _split(entry)): kind
            for kind, entries in data.heads.items()
            for entry in entries
        },
        {tuple(entry.split()): kind for kind, entries in data.cues.items() for entry in entries},
        frozenset(data.groups),
        frozenset(tuple(entry.split()) for entry in data.titles),
        frozenset(data.currencies),
        frozenset(data.connectors),
        frozenset(data.conjunctions),
        frozenset(data.not_groups),
        frozenset(data.number_words),
        frozenset(data.ranks),
        frozenset(data.rank_parts),
        {word: kind for kind, entries in data.tails.items() for word in entries},
        frozenset(data.place_prepositions),
        frozenset(tuple(entry.split()) for entry in data.offices),
        frozenset(data.speaker_cues),
        frozenset(data.late_ranks),
        frozenset(data.office_heads),
        frozenset(data.firms),
        frozenset(data.programmes),
        frozenset(data.name_openers),
        frozenset(tuple(entry.split()) for entry in data.posts),
        frozenset(data.code_words),
        data.clitics,
        frozenset(tuple(entry.split()) for entry in data.body_cues),
        frozenset(tuple(entry.split()) for entry in data.body_hints),
        frozenset(
            tuple(word.lower() for word in _split(entry)) for entry in loader.lines(code, "gazetteers/countries.txt")
        ),
        frozenset(_split(entry) for entry in loader.lines(code, "gazetteers/common_abbreviations.txt")),
        frozenset(tuple(entry.split()) for entry in data.generic),
        frozenset(data.particles),
        frozenset(data.short_firsts),
        frozenset(data.articles),
        frozenset(data.plate_areas),
        frozenset(data.administrative),
        frozenset(data.road_marks),
        frozenset(data.ticker_cues),
        frozenset(data.office_words),
        frozenset(data.presenters),
        frozenset(data.home_forms),
        frozenset(data.closings),
        frozenset(data.short_kinds),
        frozenset(data.degrees),
        frozenset(data.languages),
        frozenset(data.initialled),
        frozenset(data.numbered_units),
        frozenset(data.makers),
        frozenset(data.addresses),
        frozenset(data.club_closers),
        frozenset(data.origins),
        frozenset(data.honoured),
        frozenset(data.realms),
        frozenset(data.locatives),
        frozenset(data.trades),
        frozenset(tuple(entry.split()) for entry in data.envoys),
    )
