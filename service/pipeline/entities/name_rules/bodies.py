"""Bodies' names up to their last word, and abbreviations that a text itself gives for a thing that is no body."""

from __future__ import annotations

from msgspec.structs import replace

from service.pipeline.annotations import Sentence
from service.pipeline.entities.name_rules.spans import CAPITALS, TITLE_CASE, NameText
from service.pipeline.entities.name_rules.types import GPE, ORG, PERSON
from service.pipeline.entities.offices.knowledge import OfficeKnowledge

_LONGEST_REST = 2
_SHORTEST = 3
# so many words before a body may belong to the office of somebody in it
_OFFICE_WORDS = 5
# a word is no longer surely outside persons' names from these odds on
_PERSON_WORD = 0.5


def complete(text: NameText, known: OfficeKnowledge) -> None:
    """Bodies' names up to their last word, without abbreviations that are none."""
    extend_bodies(text, known)
    drop_things(text)


def settle(text: NameText, known: OfficeKnowledge) -> None:
    """What the words around the names of bodies and persons tell of which is which."""
    mark_realms(text)
    mark_given(text, known)
    mark_trades(text, known)
    split_holders(text, known)


def extend_bodies(text: NameText, known: OfficeKnowledge) -> None:
    """A body's name runs on over one or two capitals behind it that are in no name ("Universitas Halu | Oleo"), unless
    an office before it lets a person follow there."""
    for sentence in text.document.sentences:
        if text.case(sentence) in (TITLE_CASE, CAPITALS) or sentence.role != "body":
            continue
        for body in text.inside(sentence):
            if body.type != ORG or body.last - body.first < 2 or body.last >= sentence.last:
                continue
            lowers = text.key(body)
            if text.known.head(lowers) != ORG or text.known.listed(text.words[body.first : body.last], lowers):
                continue
            last = body.last
            while last < sentence.last and _goes_on(text, last, known):
                last += 1
            whole = last == sentence.last or not text.upper[last]
            if (
                body.last < last <= body.last + _LONGEST_REST
                and whole
                and not _is_led(text, sentence, body.first, known)
            ):
                text.put(body.first, last, ORG, body.score, body.rule)


def _goes_on(text: NameText, index: int, known: OfficeKnowledge) -> bool:
    """Whether the word at ``index`` is capitalised, in no name, and neither a person's nor the beginning of another
    name or office."""
    lower = text.lowers[index]
    free = text.at(index) is None and text.upper[index] and text.words[index].isalpha() and len(lower) >= _SHORTEST
    if not free or text.words[index].isupper() or lower in known.days or lower in known.small:
        return False
    other = (lower,) in text.known.titles or lower in text.known.ranks or known.title(text.lowers, index)
    return not other and known.persons.odds(lower) < _PERSON_WORD and not known.heads.at(text.lowers, index, index + 1)


def _is_led(text: NameText, sentence: Sentence, index: int, known: OfficeKnowledge) -> bool:
    """Whether an office is named among the words right before ``index``, with no preposition of place or comma behind
    it."""
    first = max(sentence.first, index - _OFFICE_WORDS)
    for place in range(first, index):
        if text.lowers[place] in text.known.place_prepositions or text.words[place] == ",":
            first = place + 1
    return any(known.title(text.lowers, place) for place in range(first, index))


def drop_things(text: NameText) -> None:
    """The abbreviation in brackets of the words in lower case before it is no name, there or later ("sertifikat laik
    higiene sanitasi (SLHS)")."""
    things: set[str] = set()
    for index in range(1, len(text.words) - 1):
        word = text.words[index]
        if text.words[index - 1] != "(" or text.words[index + 1] != ")" or len(word) < _SHORTEST:
            continue
        first = index - 1 - len(word)
        if not word.isupper() or not word.isalpha() or first < 0:
            continue
        # the first of them may open a sentence
        spelt = text.lowers[first][0] + "".join(part[0] for part in text.words[first + 1 : index - 1])
        listed = text.known.listed([word], [word.lower()])
        if spelt == word.lower() and listed is None and all(map(str.isalpha, text.words[first : index - 1])):
            things.add(word)
    for name in text.names() if things else ():
        if name.last - name.first == 1 and text.words[name.first] in things:
            text.drop(name)


def mark_realms(text: NameText) -> None:
    """The court of a former realm that somebody speaks or acts for is a body ("juru bicara Kesultanan …")."""
    if text.known.realms.isdisjoint(text.met):
        return
    for name in text.names():
        if name.type != GPE or name.last - name.first < 2 or text.lowers[name.first] not in text.known.realms:
            continue
        if any(tuple(text.lowers[max(0, name.first - size) : name.first]) in text.known.envoys for size in (1, 2)):
            text.swap(name, replace(name, type=ORG, rule="office-body"))


def mark_trades(text: NameText, known: OfficeKnowledge) -> None:
    """What is told behind a comma to be a kind of firm is none of persons, where no word of the name is one of theirs
    ("Mitra Avtur, pemasok bahan bakar …")."""
    if text.known.trades.isdisjoint(text.met):
        return
    for name in text.names():
        behind = text.words[name.last : name.last + 1] == [","] and text.lowers[name.last + 1 : name.last + 2]
        if name.type != PERSON or name.rule != "encoder" or not behind or behind[0] not in text.known.trades:
            continue
        if all(known.persons.odds(lower) < 0 for lower in text.key(name)):
            text.swap(name, replace(name, type=ORG, rule="firm"))


def split_holders(text: NameText, known: OfficeKnowledge) -> None:
    """Behind an office, what is left of a body's name behind one that the text has elsewhere is the holder's ("Direktur
    Utama Bank Mandala | Tirta Kusnadi")."""
    bodies = {text.key(name) for name in text.names() if name.type == ORG and name.last - name.first > 1}
    for sentence in text.document.sentences:
        for name in text.inside(sentence):
            if name.type != ORG or name.last - name.first < _SHORTEST:
                continue
            key = text.key(name)
            for cut in range(len(key) - 1, 1, -1):
                rest = key[cut:]
                named = known.persons.odds(rest[-1]) > 1 and all(map(str.isalpha, rest)) and len(rest) > 1
                listed = text.known.listed(text.words[name.first : name.last], key)
                if key[:cut] in bodies and named and not listed and _is_led(text, sentence, name.first, known):
                    middle = name.first + cut
                    person = replace(name, first=middle, type=PERSON, rule="office-holder")
                    text.swap(name, replace(name, last=middle), person)
                    break


def mark_given(text: NameText, known: OfficeKnowledge) -> None:
    """Who speaks behind a verb of speech is a person where each word of the name is one of persons' names ("tulis
    …"), although the encoder takes it for a body."""
    for sentence in text.document.sentences:
        for name in text.inside(sentence):
            if name.type != ORG or name.rule != "encoder" or name.last - name.first < 2 or name.first == sentence.first:
                continue
            words, lowers = text.words[name.first : name.last], text.key(name)
            if text.lowers[name.first - 1] not in known.said or text.known.listed(words, lowers):
                continue
            generic = text.known.head(lowers) or lowers[-1] in text.known.tails or lowers[-1] in known.closers
            plain = all(word.isalpha() and not word.isupper() for word in words)
            if plain and not generic and all(known.persons.odds(lower) > _PERSON_WORD for lower in lowers):
                text.swap(name, replace(name, type=PERSON, rule="speaker"))
