"""Where a name begins and ends by its signs and small words: initials, articles, number plates, kinds of places."""

from __future__ import annotations

from dataclasses import replace

from service.pipeline.annotations import Sentence
from service.pipeline.entities.name_spans import NameSpan, NameText
from service.pipeline.entities.name_types import GPE, PERSON

_LONGEST_PLATE = 4
_LONGEST_AREA = 2
_LONGEST_SERIES = 3


def mend(text: NameText, sentence: Sentence) -> None:
    """All rules on the names of ``sentence``, in their order; types are those of the contract."""
    join_initials(text, sentence)
    join_articles(text, sentence)
    leave_plates(text, sentence)
    split_kinds(text, sentence)


def join_initials(text: NameText, sentence: Sentence) -> None:
    """An initial or a first name in short, with its full stop, belongs to the name behind it ("M. Adam", "Moh. Adam")."""
    for name in text.inside(sentence):
        if name.type != PERSON or text.at(name.first) != name:
            continue
        first = name.first
        while first - 2 >= sentence.first and text.words[first - 1] == "." and _initial(text, first - 2):
            first -= 2
        if first < name.first:
            text.put(first, name.last, PERSON, name.score, name.rule)


def _initial(text: NameText, index: int) -> bool:
    """Whether a first name stands at ``index`` in short: a capital that is no title, or a word such as "Moh"."""
    word, lower = text.words[index], text.lowers[index]
    owner = text.at(index)
    if owner is not None and (owner.type != PERSON or owner.last - owner.first > 1):
        return False
    capital = len(word) == 1 and word.isupper() and (lower,) not in text.known.titles
    return capital or (text.upper[index] and lower in text.known.short_firsts)


def join_articles(text: NameText, sentence: Sentence) -> None:
    """A part that an Arabic article opens belongs to the name before it ("Ashraf al-Qudra", "Deir al-Balah")."""
    for name in text.inside(sentence):
        last = name.last
        while last < sentence.last and text.at(last) is None and _article(text, last):
            last += 1
        if last == name.last or name.type not in (PERSON, GPE):
            continue
        counts = text.lexicon.counts(text.lowers[name.first])
        person = name.last - name.first == 1 and max(counts[0], counts[1]) > max(counts[4], counts[5])
        text.put(name.first, last, PERSON if person else name.type, name.score, name.rule)


def _article(text: NameText, index: int) -> bool:
    article, hyphen, rest = text.words[index].partition("-")
    return bool(hyphen) and article.islower() and article in text.known.articles and rest[:1].isupper()


def leave_plates(text: NameText, sentence: Sentence) -> None:
    """A vehicle's number plate is no name and no part of one ("Avanza | B 1234 XYZ")."""
    for index in range(sentence.first, sentence.last - 2):
        area, number, series = text.words[index : index + 3]
        if not (
            area.lower() in text.known.plate_areas
            and area.isupper()
            and len(area) <= _LONGEST_AREA
            and number.isdigit()
            and len(number) <= _LONGEST_PLATE
            and series.isalpha()
            and series.isupper()
            and len(series) <= _LONGEST_SERIES
        ):
            continue
        for owner in [text.at(i) for i in range(index, index + 3)]:
            if owner is None or text.at(owner.first) != owner:
                continue
            parts = (replace(owner, last=index), replace(owner, first=index + 3))
            text.swap(owner, *(part for part in parts if part.first < part.last))


def split_kinds(text: NameText, sentence: Sentence) -> None:
    """Behind a place with its kind a wider one begins with its own ("Kecamatan Kapuas Timur | Kabupaten Kapuas")."""
    for name in text.inside(sentence):
        if name.type != GPE or text.known.head(text.lowers[name.first : name.last]) != GPE:
            continue
        for index in range(name.first + 2, name.last - 1):
            if text.upper[index] and text.lowers[index] in text.known.administrative:
                wider = NameSpan(index, name.last, GPE, name.score, "head")
                text.swap(name, replace(name, last=index), wider)
                break
