"""Persons whom the words right behind their names present: an age, or what they are between commas."""

from __future__ import annotations

from service.pipeline.annotations import Sentence
from service.pipeline.entities.name_rules.spans import CAPITALS, TITLE_CASE, NameText
from service.pipeline.entities.name_rules.types import GPE, LOC, ORG, PERSON
from service.pipeline.entities.offices.knowledge import OfficeKnowledge

_LONGEST = 4
_SCORE = 0.7
_OLDEST, _YOUNGEST = 110, 10
# a word of a place or person that is no more than this often a place's (on the lexicon's logarithmic scale)
_KNOWN_PLACE = 5


def add_presented(text: NameText, known: OfficeKnowledge) -> None:
    """Find or type the names of such persons ("Ratna, 34 tahun, ...", "Bunga (24)", "Sulastri, penjual nasi, ...")."""
    for sentence in text.document.sentences:
        if text.case(sentence) in (TITLE_CASE, CAPITALS) or sentence.role != "body":
            continue
        for index in range(sentence.first + 1, sentence.last - 2):
            if text.words[index] not in (",", "(") or not text.upper[index - 1]:
                continue
            aged = _is_age(text, sentence, index, known)
            told = text.words[index] == "," and (
                _is_told(text, index + 1, known) or _is_enclosed(text, sentence, index, known)
            )
            if _are_initials(text, index - 1) and _is_withheld(text, index, known, aged):
                text.put(index - 1, index, PERSON, _SCORE, "initials")
            elif aged or told:
                _present(text, sentence, index, known, aged)


def _is_age(text: NameText, sentence: Sentence, index: int, known: OfficeKnowledge) -> bool:
    """Whether an age stands behind the mark at ``index``: "(24)", "(24 tahun)", ", 24 tahun"."""
    number = text.words[index + 1]
    if not number.isdecimal() or len(number) > 3 or int(number) > _OLDEST:
        return False
    years = text.lowers[index + 2] in known.years
    if text.words[index] == ",":
        return years and index + 3 < sentence.last and text.words[index + 3] in (",", ".")
    return years or (text.words[index + 2] == ")" and int(number) >= _YOUNGEST)


def _is_told(text: NameText, index: int, known: OfficeKnowledge) -> bool:
    """Whether a word in lower case for what a person is stands at ``index``."""
    return text.words[index].islower() and bool(known.title(text.lowers, index))


def _are_initials(text: NameText, index: int) -> bool:
    """Whether two to four capitals that no list holds and no bracket introduces stand at ``index`` by themselves."""
    word, owner = text.words[index], text.at(index)
    if not (1 < len(word) <= _LONGEST and word.isalpha() and word.isupper()):
        return False
    alone = not text.upper[index - 1] and (owner is None or owner.last - owner.first == 1)
    listed = text.known.listed([word], [word.lower()]) is not None or (word,) in text.known.not_names
    return alone and not listed and (owner is None or owner.rule == "encoder")


def _is_withheld(text: NameText, index: int, known: OfficeKnowledge, aged: bool) -> bool:
    """Whether an age, or behind a comma what a person is and an age, follows the initials before ``index`` ("bahwa RKH,
    mahasiswa berusia 22 tahun, …")."""
    if aged:
        return True
    behind = text.lowers[index + 2 : index + 2 + _LONGEST]
    return text.words[index] == "," and _is_told(text, index + 1, known) and not known.years.isdisjoint(behind)


def _is_enclosed(text: NameText, sentence: Sentence, index: int, known: OfficeKnowledge) -> bool:
    """Whether two words or more of persons' names stand between the comma at ``index`` and the one before."""
    first = index
    while first > sentence.first and text.upper[first - 1] and text.at(first - 1) is None:
        first -= 1
    enclosed = 1 < index - first <= _LONGEST and first > sentence.first and text.words[first - 1] == ","
    return enclosed and all(known.persons.odds(text.lowers[i]) > 0 for i in range(first, index))


def _present(text: NameText, sentence: Sentence, last: int, known: OfficeKnowledge, aged: bool) -> None:
    """The name that ends before ``last`` is a person's, unless its words or a list say otherwise."""
    owner = text.at(last - 1)
    if owner is not None and (owner.type not in (GPE, LOC, ORG) or owner.rule != "encoder"):
        return
    first = owner.first if owner is not None else last - 1
    while owner is None and first > sentence.first and text.upper[first - 1] and text.at(first - 1) is None:
        first -= 1
    while first < last and known.title(text.lowers, first):
        first += known.title(text.lowers, first)
    if not first < last <= first + _LONGEST or not all(text.words[i].isalpha() for i in range(first, last)):
        return
    lowers = text.lowers[first:last]
    listed = any(text.known.listed(text.words[first:i], text.lowers[first:i]) for i in range(first + 1, last + 1))
    generic = text.known.head(lowers) is not None or lowers[-1] in text.known.tails or lowers[-1] in known.closers
    if listed or generic or lowers[0] in known.days or lowers[0] in known.small:
        return
    counts = [text.lexicon.counts(lower) for lower in lowers]
    placed = min(max(count[4], count[5]) for count in counts) >= _KNOWN_PLACE
    behind = first > sentence.first and text.lowers[first - 1] in text.known.place_prepositions
    if placed or text.words[first].isupper() or (behind and not aged):
        return
    odds = sum(known.persons.odds(lower) for lower in lowers)
    usual = all(text.common(i) or known.is_plain(text.lowers[i]) for i in range(first, last))
    if not aged and (usual or odds <= 0):
        return
    if aged and usual and text.opens(first, sentence):
        return
    text.put(first, last, PERSON, _SCORE, "presented")
