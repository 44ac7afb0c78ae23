"""Persons' names that a rank or a form of address announces."""

from __future__ import annotations

from service.pipeline.annotations import Sentence
from service.pipeline.entities.name_rules.spans import MIXED, NameText
from service.pipeline.entities.name_rules.types import PERSON


def add_ranked(text: NameText, sentence: Sentence) -> None:
    """Capitalised words behind a rank are a person's name ("Kombes Pol …")."""
    if not text.holds(sentence, text.known.ranks):
        return
    index = sentence.first
    while index < sentence.last:
        if text.lowers[index] in text.known.ranks and text.at(index) is None:
            first = index + 1
            while first < sentence.last and text.lowers[first] in text.known.rank_words:
                first += 1
            last = first
            while last < min(sentence.last, first + 4) and text.upper[last] and text.at(last) is None:
                last += 1
            whole = last == sentence.last or text.at(last) is None
            if first < last and whole and text.words[first].isalpha() and text.lowers[first] not in text.known.firsts:
                text.put(first, last, PERSON, 0.6, "behind-rank")
            index = last
        index += 1


def add_addressed(text: NameText, sentence: Sentence) -> None:
    """The capitalised word behind a form of address is a person's name ("Oma Fientje", "Haji Ijul")."""
    if text.case(sentence) != MIXED or not text.holds(sentence, text.known.addresses):
        return
    for index in range(sentence.first, sentence.last - 1):
        word = text.words[index + 1]
        if text.lowers[index] not in text.known.addresses or not text.upper[index] or not text.upper[index + 1]:
            continue
        owner = text.at(index)
        if text.at(index + 1) is not None or (owner is not None and owner.last > index + 1) or not word.isalpha():
            continue
        key = (text.lowers[index + 1],)
        if word.isupper() or text.common(index + 1) or key in text.known.names or key in text.known.titles:
            continue
        if owner is not None and owner.type == PERSON and owner.first == index:
            text.drop(owner)
        if text.at(index) is None:
            text.put(index + 1, index + 2, PERSON, 0.7, "addressed")
