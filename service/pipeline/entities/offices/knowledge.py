"""What is known of offices, ranks and the words around the names of those who hold them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from service.languages import loader
from service.pipeline.document import morphology
from service.pipeline.entities import knowledge, person_words

# from what length, and at what odds, a word is taken for a person's name without any context
_SHORTEST_NAME, _NAMED = 4, 0.5
Words = tuple[str, ...]


class Offices(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The shape of ``offices.yaml``; all entries are case-folded."""

    titles: tuple[str, ...]
    of_places: tuple[str, ...]
    heads: tuple[str, ...]
    units: tuple[str, ...]
    office_words: tuple[str, ...]
    joints: tuple[str, ...]
    closers: tuple[str, ...]
    groups: tuple[str, ...]
    ranks: tuple[str, ...]
    rank_parts: tuple[str, ...]
    body_cues: tuple[str, ...]
    named_after: tuple[str, ...]
    schools: tuple[str, ...]
    companies: tuple[str, ...]
    given_names: tuple[str, ...]
    couples: tuple[str, ...]
    relays: tuple[str, ...]
    fields: tuple[str, ...]
    years: tuple[str, ...]

    def __post_init__(self) -> None:
        for field in self.__struct_fields__:
            loader.require_distinct(getattr(self, field), f"{field} of offices")


class SpeechVerb(msgspec.Struct, frozen=True):
    """The forms of a verb of ``reporting.yaml`` that stand beside the one who speaks."""

    tag: tuple[str, ...] = ()
    active: tuple[str, ...] = ()


class SpeechVerbs(msgspec.Struct, frozen=True):
    """The part of ``reporting.yaml`` that tells who speaks."""

    verbs: tuple[SpeechVerb, ...]


class Weekdays(msgspec.Struct, frozen=True):
    """The part of ``calendar.yaml`` that ends a run of names."""

    months: dict[int, tuple[str, ...]]
    weekdays: dict[str, int]


class Phrases:
    """Sequences of words, each with a type or none, looked up by where they begin."""

    def __init__(self, entries: Mapping[Words, str] | Iterable[Words]) -> None:
        self.types: dict[Words, str] = dict(entries) if isinstance(entries, Mapping) else dict.fromkeys(entries, "")
        self.lengths = sorted({len(words) for words in self.types})
        self.firsts = frozenset(words[0] for words in self.types)
        self._lasts = frozenset(words[-1] for words in self.types)
        self._sizes: dict[str, list[int]] = {}
        for words in self.types:
            sizes = self._sizes.setdefault(words[0], [])
            if len(words) not in sizes:
                sizes.append(len(words))
                sizes.sort(reverse=True)

    def __contains__(self, words: Words) -> bool:
        return words in self.types

    def opens(self, lower: str) -> bool:
        """Whether one of the phrases begins with this word."""
        return lower in self.firsts

    def at(self, lowers: Sequence[str], index: int, last: int) -> int:
        """How many words from ``index``, none past ``last``, are the longest of the phrases; 0 where none is."""
        for size in self._sizes.get(lowers[index], ()) if index < last else ():
            if index + size <= last and (size == 1 or tuple(lowers[index : index + size]) in self.types):
                return size
        return 0

    def ends(self, lowers: Sequence[str], index: int) -> bool:
        """Whether one of the phrases stands right before ``index``."""
        if not index or lowers[index - 1] not in self._lasts:
            return False
        return any(tuple(lowers[index - size : index]) in self.types for size in self.lengths if size <= index)


@dataclass(frozen=True)
class OfficeKnowledge:
    """Offices and ranks by their words; ``heads`` are the generic words that open a body's name, ``generic`` those
    of names of any type, with that type."""

    titles: Phrases
    not_titles: Phrases
    stops: frozenset[str]
    of_places: frozenset[tuple[str, ...]]
    units: frozenset[str]
    office_words: frozenset[str]
    joints: frozenset[str]
    closers: frozenset[str]
    groups: frozenset[str]
    ranks: Phrases
    rank_parts: frozenset[str]
    verb_beginnings: tuple[str, ...]
    not_verbs: frozenset[str]
    said: frozenset[str]
    says: frozenset[str]
    days: frozenset[str]
    small: frozenset[str]
    body_cues: frozenset[str]
    named_after: frozenset[tuple[str, ...]]
    bodies: Phrases
    given_names: frozenset[str]
    couples: frozenset[str]
    relays: Phrases
    fields: Phrases
    years: frozenset[str]
    heads: Phrases
    generic: Phrases
    morphology: morphology.Morphology
    persons: person_words.PersonWords

    def title(self, lowers: Sequence[str], index: int) -> int:
        """How many words at ``index`` name an office; 0 where none does."""
        if not self.titles.opens(lowers[index]):
            return 0
        size = self.titles.at(lowers, index, len(lowers))
        return size if size and self.not_titles.at(lowers, index, len(lowers)) < size else 0

    def rank(self, lowers: Sequence[str], index: int, last: int) -> int:
        """How many words at ``index`` are ranks and degrees, with their full stops and brackets."""
        size = self.ranks.at(lowers, index, last)
        if not size:
            return 0
        end = index + size
        while end < last:
            if lowers[end] == "." or lowers[end] in self.rank_parts:
                end += 1
            elif lowers[end] == "(" and end + 2 < last and lowers[end + 1] in self.rank_parts:
                end += 2
            elif lowers[end] == ")" and (lowers[end - 1] in self.rank_parts or lowers[end - 1] == "."):
                end += 1
            else:
                size = self.ranks.at(lowers, end, last)
                if not size:
                    break
                end += size
        return end - index

    def couple_at(self, word: str) -> int:
        """Where the hyphen stands that joins two words of persons' names, as those of candidates who run together; 0
        where there is none."""
        left, _, right = word.partition("-")
        both = (left, right)
        named = all(part.isalpha() and len(part) >= _SHORTEST_NAME for part in both)
        return len(left) if named and all(self.persons.odds(part.lower()) > _NAMED for part in both) else 0

    def is_plain(self, lower: str) -> bool:
        """Whether the language's lists of roots explain the word."""
        return self.morphology.root(lower) is not None


def load(code: str, heads: Mapping[tuple[str, ...], str], persons: Path) -> OfficeKnowledge:
    """The knowledge of language ``code``; ``heads`` are the generic words of names with their types, ``persons`` the
    file of the words of persons' names."""
    data = loader.load(code, "offices", Offices)
    titles = loader.load(code, "titles", knowledge.Titles)
    bodies = loader.load(code, "organizations", knowledge.Organizations)
    speech = loader.load(code, "reporting", SpeechVerbs)
    calendar = loader.load(code, "calendar", Weekdays)
    known = {words: kind for words, kind in heads.items() if kind in ("ORG", "FAC")}
    for short, full in bodies.heads.items():
        words = tuple(short.lower().split())
        known.setdefault(words, heads.get((full.split()[0].lower(),), "ORG"))
    for entry in data.heads:
        known.setdefault(tuple(entry.split()), heads.get(tuple(entry.split()), "ORG"))
    for entry in data.schools + data.companies:
        known.setdefault(tuple(entry.split()), "ORG")
    for unit in data.units:
        known.pop((unit,), None)
    return OfficeKnowledge(
        Phrases(tuple(entry.split()) for entry in (*titles.heads, *data.titles)),
        Phrases(tuple(entry.split()) for entry in titles.not_titles),
        titles.stops,
        frozenset(tuple(entry.split()) for entry in data.of_places),
        frozenset(data.units),
        frozenset(data.office_words),
        frozenset(data.joints),
        frozenset(data.closers),
        frozenset(data.groups),
        Phrases(tuple(entry.split()) for entry in data.ranks),
        frozenset(data.rank_parts),
        titles.verb_beginnings,
        titles.not_verbs,
        frozenset(word for verb in speech.verbs for word in verb.tag),
        frozenset(word for verb in speech.verbs for word in verb.active if " " not in word),
        frozenset(calendar.weekdays).union(*calendar.months.values()),
        frozenset(loader.lines(code, "function_words.txt")),
        frozenset(data.body_cues),
        frozenset(tuple(entry.split()) for entry in data.named_after),
        Phrases(tuple(entry.split()) for entry in data.schools + data.companies),
        frozenset(data.given_names),
        frozenset(data.couples),
        Phrases(tuple(entry.split()) for entry in data.relays),
        Phrases(tuple(entry.split()) for entry in data.fields),
        frozenset(data.years),
        Phrases(known),
        Phrases(heads),
        morphology.load(code),
        person_words.load(persons),
    )
