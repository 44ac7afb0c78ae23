"""Outlets that an article relays: who is quoted behind "dilansir" is no place, and rarely a person."""

from __future__ import annotations

from msgspec.structs import replace

from service.pipeline.annotations import Sentence
from service.pipeline.entities.name_rules.spans import NameSpan, NameText
from service.pipeline.entities.name_rules.types import GPE, ORG, PERSON
from service.pipeline.entities.offices.knowledge import OfficeKnowledge

_LONGEST_OUTLET = 3
_SCORE = 0.8
# a word is surely a person's from these odds on
_PERSON_WORD = 1.5


def mark_outlets(text: NameText, known: OfficeKnowledge) -> None:
    """Unlisted names behind a word for relaying are outlets, there and wherever they stand again."""
    outlets: set[tuple[str, ...]] = set()
    persons = {
        text.lowers[i]
        for n in text.names()
        if n.type == PERSON and n.last - n.first > 1
        for i in range(n.first, n.last)
    }
    for sentence in text.document.sentences:
        for index in text.capitals(sentence):
            if index > sentence.first and known.relays.ends(text.lowers, index):
                name = _outlet(text, sentence, index, persons, known)
                if name is not None:
                    outlets.add(text.key(name))
    for name in text.names():
        if name.type in (PERSON, GPE) and text.key(name) in outlets:
            text.swap(name, replace(name, type=ORG, rule="relay"))


def _outlet(
    text: NameText, sentence: Sentence, first: int, persons: set[str], known: OfficeKnowledge
) -> NameSpan | None:
    """The outlet that begins at ``first``; None where a person, a place or something else is named."""
    last = first
    while last < sentence.last and text.upper[last] and text.words[last].isalpha():
        last += 1
    name = text.at(first)
    if not first < last <= first + _LONGEST_OUTLET:
        return None
    if name is not None and (name.first != first or name.last > last or not text.free(name.last, last)):
        return None
    lowers = text.lowers[first:last]
    listed = any(text.known.listed(text.words[first:i], lowers[: i - first]) for i in range(first + 1, last + 1))
    generic = known.generic.at(text.lowers, first, last) or known.heads.at(text.lowers, first, last)
    person = any(lower in persons or known.persons.odds(lower) > _PERSON_WORD for lower in lowers)
    if listed or generic or person or lowers[0] in known.days or lowers[0] in known.small or known.title(lowers, 0):
        return None
    if name is None:
        text.put(first, last, ORG, _SCORE, "relay")
        return text.at(first)
    if name.last < last and name.type in (PERSON, GPE, ORG):
        # a name of which only the beginning was found
        text.put(first, last, name.type, name.score, name.rule)
        return text.at(first)
    return name if name.type in (PERSON, GPE, ORG) else None
