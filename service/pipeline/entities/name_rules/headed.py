"""Names that a generic word opens, closes or announces: events, laws, ships, places, firms, programmes, models."""

from __future__ import annotations

from service.pipeline.annotations import Sentence
from service.pipeline.entities.name_rules.spans import CAPITALS, MIXED, TITLE_CASE, NameSpan, NameText
from service.pipeline.entities.name_rules.types import EVENT, FAC, GPE, LAW, LOC, ORG, PERSON, PRODUCT

_LONGEST_HEAD = 3
_YEAR_DIGITS = 4


def add_headed(text: NameText, sentence: Sentence) -> None:
    """Capitalised words that a generic word opens or announces: events, laws, ships, places."""
    if text.case(sentence) in (TITLE_CASE, CAPITALS):
        return
    index = sentence.first
    lowers, upper, openers, cues = text.lowers, text.upper, text.known.head_openers, text.known.cue_closers
    while index < sentence.last:
        last = 0
        if upper[index]:
            if lowers[index] in openers:
                last = _headed_at(text, sentence, index)
        elif lowers[index] in cues:
            last = _announced_at(text, sentence, index)
        index = max(last, index + 1)


def _headed_at(text: NameText, sentence: Sentence, index: int) -> int:
    if text.lowers[index] in text.known.road_marks and "".join(text.words[index + 1 : index + 2])[:1].isdigit():
        return 0
    owner = text.at(index)
    if owner is not None and owner.first != index:
        return 0
    for size in range(min(_LONGEST_HEAD, sentence.last - index), 0, -1):
        kind = text.known.heads.get(tuple(text.lowers[index : index + size]))
        if kind:
            break
    else:
        return 0
    last = _run(text, sentence, index + size, kind)
    if last <= index + size or kind == ORG:
        return 0
    if kind in (GPE, LOC, FAC) and not (text.free(index, last) or (kind == FAC and _placed(text, index + size, last))):
        return 0
    if kind == PRODUCT and (
        not text.words[index].isupper() or (index > sentence.first and text.at(index - 1) is not None)
    ):
        return 0
    if kind in (GPE, LOC) and text.known.tails.get(text.lowers[last - 1]) == EVENT:
        kind = EVENT
    if kind == EVENT and _titled(text, sentence, index):
        return 0
    if (
        text.opens(index, sentence)
        and kind != LAW
        and not text.words[index].isupper()
        and text.at(index + size) is not None
    ):
        return 0
    text.put(index, last, kind, 0.7, "headed")
    return last


def _placed(text: NameText, first: int, last: int) -> bool:
    """Whether words in no name stand at ``first`` before the place that ends a building's name at ``last`` ("RS | Kasih
    Ibu | Surakarta")."""
    place = text.at(last - 1)
    if place is None or place.type != GPE or place.last != last or place.first <= first:
        return False
    return text.free(first, place.first) and text.known.listed(text.words[place.first : last], text.key(place)) == GPE


def add_tailed(text: NameText, sentence: Sentence) -> None:
    """Capitalised words that a generic word of another language closes ("King Baudouin Stadium")."""
    if text.case(sentence) in (TITLE_CASE, CAPITALS):
        return
    for index in text.capitals(sentence):
        kind = text.known.tails.get(text.lowers[index])
        if kind is None or index == sentence.first:
            continue
        owner = text.at(index)
        if owner is not None and not _is_tail(owner, index, kind):
            continue
        first = index
        while first > sentence.first and _leads(text, first - 1, kind):
            first -= 1
        opens = text.opens(first, sentence) and text.common(first)
        if first < index and not opens and text.known.head(text.lowers[first : index + 1]) in (None, GPE, LOC):
            text.put(first, index + 1, kind, 0.7, "tail")


def _is_tail(name: NameSpan, index: int, kind: str) -> bool:
    """Whether ``name`` is nothing but the word at ``index``, which closes the names of bodies ("Serayu | FC")."""
    return kind == ORG and name.type == ORG and name.last - name.first == 1 and name.first == index


def _leads(text: NameText, index: int, kind: str) -> bool:
    """Whether the word at ``index`` can belong to the name of ``kind`` that ends behind it; the names of firms and
    tournaments hold no words that are usual in lower case, and none of another body."""
    if not text.upper[index] or (text.lowers[index],) in text.known.titles:
        return False
    if kind not in (ORG, EVENT):
        return True
    owner = text.at(index)
    if owner is not None and owner.type == ORG:
        # the beginning of the name, which was cut before the word that closes it
        alone = owner.last - owner.first == 1 and not text.words[index].isupper()
        return alone and text.known.listed(text.words[index : index + 1], text.lowers[index : index + 1]) is None
    return not text.common(index) and (owner is None or owner.type in (PERSON, GPE, LOC))


def add_models(text: NameText, sentence: Sentence) -> None:
    """A maker's name and the number of a model are a product ("Boeing 737-800", "Airbus A330")."""
    if not text.holds(sentence, text.known.makers):
        return
    tokens = text.document.tokens
    for index in range(sentence.first, sentence.last - 1):
        if text.lowers[index] not in text.known.makers or not text.upper[index]:
            continue
        if not any(c.isdigit() for c in text.words[index + 1]):
            continue
        last = index + 2
        while (
            last + 1 < sentence.last
            and text.words[last] == "-"
            and text.words[last + 1].isalnum()
            and tokens[last - 1].end == tokens[last].start
            and tokens[last].end == tokens[last + 1].start
        ):
            last += 2
        text.put(index, last, PRODUCT, 0.9, "model-number")


def add_firms(text: NameText, sentence: Sentence) -> None:
    """The capitals behind a firm's or school's generic word, up to a person's name, are its name ("CV …")."""
    if not text.holds(sentence, text.known.firms):
        return
    for index in range(sentence.first, sentence.last - 1):
        if text.lowers[index] not in text.known.firms or not text.upper[index] or text.at(index) is not None:
            continue
        if text.words[index + 1].isupper() and text.known.heads.get((text.lowers[index + 1],)) == FAC:
            # "Klinik RS …" is a part of the hospital
            continue
        last = index + 1
        while last < sentence.last and (text.upper[last] or text.words[last].isdigit()):
            owner = text.at(last)
            if (owner is not None and owner.type == PERSON and last > index + 1) or (
                text.lowers[last],
            ) in text.known.titles:
                break
            last += 1
        if last > index + 1:
            text.put(index, last, ORG, 0.8, "firm")


def add_programmes(text: NameText, sentence: Sentence) -> None:
    """Two or more capitals behind a capitalised word for a programme are its name."""
    if text.case(sentence) != MIXED or not text.holds(sentence, text.known.programmes):
        return
    for index in range(sentence.first, sentence.last - 2):
        if text.lowers[index] not in text.known.programmes or not text.upper[index] or text.at(index) is not None:
            continue
        last = index + 1
        while last < sentence.last and text.upper[last]:
            owner = text.at(last)
            if owner is not None and owner.type in (PERSON, GPE):
                break
            last += 1
        if last > index + 2:
            text.put(index, last, PRODUCT, 0.7, "programme")


def _titled(text: NameText, sentence: Sentence, index: int) -> bool:
    """Whether a title stands right before ``index`` ("Direktur Latihan …"): the words are a post."""
    before = [tuple(text.lowers[max(sentence.first, index - size) : index]) for size in (1, 2)]
    return index > sentence.first and any(words in text.known.titles or words in text.known.posts for words in before)


def _announced_at(text: NameText, sentence: Sentence, index: int) -> int:
    if index + 1 >= sentence.last or not text.upper[index + 1]:
        return 0
    kind = text.known.cue(text.lowers, index + 1)
    if kind is None:
        return 0
    last = _run(text, sentence, index + 1, kind)
    owner = text.at(index + 1)
    if kind in (PRODUCT, FAC, LOC, ORG) and owner is None and text.free(index + 1, last):
        text.put(index + 1, last, kind, 0.6, "announced")
    return last


def _run(text: NameText, sentence: Sentence, index: int, kind: str) -> int:
    """The end of the run of capitalised words from ``index``; a law's title also runs over small words and numbers."""
    first = last = index
    while index < sentence.last:
        numbered = kind in (EVENT, LAW, PRODUCT) and _number(text.words[index], kind)
        if text.upper[index] or numbered:
            owner = text.at(index)
            person = owner is not None and owner.type == PERSON and kind in (EVENT, LAW)
            named = kind == FAC or (kind == PRODUCT and index > first)
            if person or ((text.lowers[index],) in text.known.titles and not named):
                break
            last = index + 1
        elif kind != LAW or not _goes_on(text, sentence, index):
            break
        index += 1
    return last


def _number(word: str, kind: str) -> bool:
    """Whether ``word`` is a number as names hold them ("SEA Games 2017", "UU No. 36/1999", "Hwasong-15")."""
    if kind == EVENT and word.isdigit() and len(word) < _YEAR_DIGITS:
        return False
    if word.isdigit() or ("-" in word and word[0].isalnum() and any(c.isdigit() for c in word)):
        return True
    return kind == LAW and word[0].isdigit() and "/" in word


def _goes_on(text: NameText, sentence: Sentence, index: int) -> bool:
    """Whether a law's title runs on over the small word or the full stop of an abbreviation at ``index``."""
    if index + 1 >= sentence.last:
        return False
    if text.words[index] == ".":
        return text.lowers[index - 1] in text.known.number_words and text.words[index + 1][0].isdigit()
    other = any(text.known.heads.get(tuple(text.lowers[index + 1 : index + 1 + size])) == LAW for size in (1, 2, 3))
    return text.lowers[index] in text.known.connectors and text.upper[index + 1] and not other
