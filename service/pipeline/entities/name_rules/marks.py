"""Where a name begins and ends by its signs and small words: initials, articles, number plates, kinds of places."""

from __future__ import annotations

from msgspec.structs import replace

from service.pipeline.annotations import Sentence
from service.pipeline.entities.name_rules.spans import NameSpan, NameText
from service.pipeline.entities.name_rules.types import FAC, GPE, ORG, PERSON

_LONGEST_PLATE = 4
_LONGEST_AREA = 2
_LONGEST_SERIES = 3
_LONGEST_FIRM = 8


def mend(text: NameText, sentence: Sentence) -> None:
    """All rules on the names of ``sentence``, in their order; types are those of the contract."""
    join_initials(text, sentence)
    join_articles(text, sentence)
    leave_plates(text, sentence)
    leave_degrees(text, sentence)
    leave_letters(text, sentence)
    split_kinds(text, sentence)
    split_provinces(text, sentence)
    join_short_kinds(text, sentence)
    join_firms(text, sentence)
    mark_offices(text, sentence)


def join_initials(text: NameText, sentence: Sentence) -> None:
    """An initial or a first name in short, with its full stop, belongs to the name behind it ("Moh. Adam")."""
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
    if not text.holds(sentence, text.known.plate_areas):
        return
    for index in range(sentence.first, sentence.last - 2):
        number = text.words[index + 1]
        if not number.isdigit() or len(number) > _LONGEST_PLATE:
            continue
        area, series = text.words[index], text.words[index + 2]
        if not (
            area.lower() in text.known.plate_areas
            and area.isupper()
            and len(area) <= _LONGEST_AREA
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


def leave_degrees(text: NameText, sentence: Sentence) -> None:
    """Degrees in capitals behind a person's name without a comma are no part of it ("Bernhard Malau | SIK MH")."""
    for name in text.inside(sentence):
        last = name.last
        while last - name.first > 1 and text.words[last - 1].isupper() and text.lowers[last - 1] in text.known.degrees:
            last -= 1
        if name.type == PERSON and last < name.last:
            text.swap(name, replace(name, last=last))


def leave_letters(text: NameText, sentence: Sentence) -> None:
    """A single letter names no body and no place ("tersangka S")."""
    for name in text.inside(sentence):
        if name.type in (ORG, GPE) and name.last - name.first == 1 and len(text.words[name.first]) == 1:
            text.drop(name)


def split_provinces(text: NameText, sentence: Sentence) -> None:
    """A listed place and the listed one that it lies in are two names ("Malang | Jawa Timur")."""
    for name in text.inside(sentence):
        if name.type != GPE or _listed(text, name.first, name.last):
            continue
        for middle in range(name.first + 1, name.last):
            if _listed(text, name.first, middle) and _listed(text, middle, name.last):
                text.swap(name, replace(name, last=middle), replace(name, first=middle))
                break


def _listed(text: NameText, first: int, last: int) -> bool:
    return text.known.listed(text.words[first:last], text.lowers[first:last]) == GPE


def join_short_kinds(text: NameText, sentence: Sentence) -> None:
    """The kind of a place in short, with its full stop, belongs to the name behind it ("Kec. Kualuh Leidong")."""
    if not text.holds(sentence, text.known.short_kinds):
        return
    for index in range(sentence.first, sentence.last - 2):
        if text.words[index + 1] != "." or text.lowers[index] not in text.known.short_kinds or not text.upper[index]:
            continue
        name = text.at(index + 2)
        if name is not None and name.first == index + 2 and name.type in (GPE, PERSON, ORG):
            kind = text.known.heads.get((text.lowers[index],), GPE)
            text.put(index, name.last, kind, name.score, "head")


def join_firms(text: NameText, sentence: Sentence) -> None:
    """A firm's name runs from its form in law to "Tbk" over capitals that are no person's ("PT Rajin Bersama Tbk")."""
    if not text.holds(sentence, text.known.firms):
        return
    for index in range(sentence.first, sentence.last - 2):
        if text.lowers[index] not in text.known.firms or not text.upper[index]:
            continue
        last = index + 1
        while last < sentence.last and text.upper[last] and last - index < _LONGEST_FIRM:
            owner = text.at(last)
            if owner is not None and owner.type == PERSON:
                break
            last += 1
            if text.lowers[last - 1] in text.known.closings:
                text.put(index, last, ORG, 0.9, "firm")
                break


def mark_offices(text: NameText, sentence: Sentence) -> None:
    """What the word for an office opens is a building where it is a place ("di Kantor Presiden")."""
    for name in text.inside(sentence):
        if name.type == GPE and name.last - name.first > 1 and text.lowers[name.first] in text.known.office_words:
            text.swap(name, replace(name, type=FAC, rule="head"))
