"""Premises: the kind of place where something happens, by a common noun or by the noun that opens a name.

"di rumahnya", "di dalam mobil", "di RSUD Waluyo". Which kinds there are, and which may be at one place, is data. What
stands beside a place ("di depan rumah") is not in it, and gives no premises.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass

import msgspec

from service.languages import loader
from service.pipeline.alignment.events import Event
from service.pipeline.alignment.lexicon import Lexicon
from service.pipeline.alignment.phrases import Phrases

_INNER = 3


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The shape of ``premises.yaml``."""

    kinds: dict[str, tuple[str, ...]]
    inside: frozenset[str]
    together: tuple[tuple[str, str], ...]

    def __post_init__(self) -> None:
        loader.require_distinct([noun for nouns in self.kinds.values() for noun in nouns], "premises")
        unknown = {kind for couple in self.together for kind in couple} - set(self.kinds)
        if unknown:
            raise ValueError(f"kinds of premises that there are not: {sorted(unknown)}")


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The nouns for premises, ready to be found; ``together``: couples of kinds that may be at one place."""

    nouns: Phrases
    inside: frozenset[str]
    together: frozenset[frozenset[str]]

    def exclude(self, one: str, other: str) -> bool:
        """Whether nothing happens in premises of both kinds at once."""
        return one != other and frozenset((one, other)) not in self.together


@dataclass(frozen=True, slots=True)
class Setting:
    """``event`` happens in premises of the kind ``answer``; ``first`` and ``last`` are the tokens that say so."""

    event: Event
    answer: str
    first: int
    last: int


@functools.cache
def load(code: str) -> Knowledge:
    """The knowledge of premises, for language ``code``."""
    words = loader.load(code, "premises", Words)
    nouns = Phrases((noun, kind) for kind, own in words.kinds.items() for noun in own)
    return Knowledge(nouns, words.inside, frozenset(frozenset(couple) for couple in words.together))


def setting_of(event: Event, lexicon: Lexicon, known: Knowledge) -> Setting | None:
    """The premises of an event, behind it in its clause and in front of any other verb; None where it names none, or
    two kinds that exclude each other."""
    clause, words = event.clause, event.reading.words
    verbs = (t.index for t in clause.terms if t.verb and words[t.index].startswith(lexicon.scopes.verb_prefixes))
    end = next((index for index in verbs if index > event.term.index), clause.last)
    found: list[Setting] = []
    for index in range(event.term.index + 1, end):
        if lexicon.preposition.get(words[index]) != "at" or event.reading.frame[index]:
            continue
        first = index + 1
        while first < min(index + 1 + _INNER, end) and words[first] in known.inside:
            first += 1
        behind = [_plain(word, lexicon) for word in words[first:end]]
        match = known.nouns.match(behind, 0) if behind else None
        if match is not None:
            found.append(Setting(event, match[1], index, first + match[0]))
    if not found or any(known.exclude(found[0].answer, other.answer) for other in found):
        return None
    return found[0]


def _plain(word: str, lexicon: Lexicon) -> str:
    """The word without the pronoun that is written with it ("rumahnya")."""
    clitic = next((end for end in lexicon.scopes.clitics if word.endswith(end) and len(word) > len(end) + 2), "")
    return word.removesuffix(clitic) if clitic else word
