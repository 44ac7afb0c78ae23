"""Short forms: those that brackets introduce behind a name, and the initials of a body that stand without it."""

from __future__ import annotations

from service.pipeline.annotations import Sentence
from service.pipeline.entities.name_rules.spans import NameSpan, NameText
from service.pipeline.entities.name_rules.types import GPE, NORP, ORG, PERSON
from service.pipeline.entities.names import is_abbreviation

_SHORTEST_INITIALS = 3


def add_short_forms(text: NameText, sentence: Sentence) -> None:
    """One capitalised word in brackets right behind a name is its short form ("PT … Nusantara (Danus)").

    Behind a person it may be a party or an age, and only initials count; behind a place the district it lies in.
    """
    for name in text.inside(sentence):
        index = name.last + 1
        if name.type in (GPE, NORP) or index + 1 >= sentence.last:
            continue
        if name.type == PERSON and not _initials_of(text, name, text.words[index]):
            continue
        closed = text.words[name.last] == "(" and text.words[index + 1] == ")"
        owner = text.at(index)
        if (text.words[index],) in text.known.not_names:
            continue
        if not closed or not text.upper[index] or not text.words[index].isalpha():
            continue
        listed = text.known.listed(text.words[index : index + 1], text.lowers[index : index + 1])
        # in capitals it is sure, though the encoder found it
        sure = name.type == ORG and text.words[index].isupper()
        if listed is None and (owner is None or owner.type != name.type or sure):
            text.put(index, index + 1, name.type, 0.9, "short-form")


def _initials_of(text: NameText, name: NameSpan, short: str) -> bool:
    """Whether ``short`` is a person's name in capitals: its first letters, or letters of it in their order from the
    first on ("Suhardi Duka (SDK)")."""
    words = text.words[name.first : name.last]
    if short == "".join(word[0] for word in words):
        return True
    letters = short.isupper() and short.isalpha() and len(short) > len(words) > 1
    return letters and is_abbreviation(short.lower(), " ".join(words).lower(), frozenset())


def add_initials(text: NameText) -> None:
    """Capitals that are the initials of a body's name in the document ("Gerakan Pembebasan Ituri", later "GPI")."""
    initials: set[str] = set()
    for name in text.names():
        if name.type != ORG or "(" in text.words[name.first : name.last]:
            continue
        letters = "".join([text.words[i][0] for i in range(name.first, name.last) if text.upper[i]])
        if len(letters) >= _SHORTEST_INITIALS:
            initials.add(letters)
    if initials.isdisjoint(text.words):
        return
    for index, word in enumerate(text.words):
        if word in initials and (word,) not in text.known.not_names and text.at(index) is None:
            text.put(index, index + 1, ORG, 0.8, "initials")
