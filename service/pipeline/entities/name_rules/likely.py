"""Names of unknown words that the encoder took for likely ones without deciding for them."""

from __future__ import annotations

from msgspec.structs import replace

from service.pipeline.annotations import Sentence
from service.pipeline.entities.name_rules.spans import CAPITALS, TITLE_CASE, NameText
from service.pipeline.entities.name_rules.types import GPE, ORG, PERSON
from service.pipeline.entities.offices.knowledge import OfficeKnowledge

_LONGEST, _SHORTEST = 4, 3
# the least mean chance that the words lie in a name, and the least evidence for the best type
_LIKELY, _EVIDENT = 0.2, 0.3
# what a preposition of place, a word that the lexicon knows in places' names alone, and the odds of persons' words add
_BEHIND, _PLACE_WORD, _ODDS = 0.3, 0.2, 0.15
_PLACE_COUNT = 3
# how much the first word must speak for a person where it opens a sentence
_OPENING = 1.0
# an encoder's name is unsure below this score, and a word is hardly a person's below these odds
_UNSURE, _HARDLY = 0.7, -0.5


def settle(text: NameText, known: OfficeKnowledge) -> None:
    """Both rules, in their order."""
    mark_places(text, known)
    add_likely(text, known)


def add_likely(text: NameText, known: OfficeKnowledge) -> None:
    """Make names of capitalised words that no list of roots or names explains, where the encoder's chances and the
    words around them tell their type ("sundulan Danang Prasojo", "pertempuran di Ituri")."""
    if text.chances is None:
        return
    for sentence in text.document.sentences:
        if sentence.role != "body" or text.case(sentence) in (TITLE_CASE, CAPITALS):
            continue
        end = sentence.first
        for index in text.capitals(sentence):
            if index < end:
                continue
            end = index + 1
            while end < sentence.last and text.upper[end]:
                end += 1
            if end <= index + _LONGEST and all(_is_unknown(text, i, known) for i in range(index, end)):
                _add(text, sentence, index, end, known)


def _is_unknown(text: NameText, index: int, known: OfficeKnowledge) -> bool:
    """Whether the word at ``index`` is in no name and neither a word of the language nor a known one of any kind."""
    word, lower = text.words[index], text.lowers[index]
    if text.at(index) is not None or not word.isalpha() or word.isupper() or len(word) < _SHORTEST:
        return False
    if text.lexicon.counts(lower)[6] or lower in known.days or lower in known.small or lower in text.known.tails:
        return False
    if (lower,) in text.known.names or (lower,) in text.known.titles or known.is_plain(lower):
        return False
    return not (known.title((lower,), 0) or known.heads.at((lower,), 0, 1) or known.generic.at((lower,), 0, 1))


def _add(text: NameText, sentence: Sentence, first: int, last: int, known: OfficeKnowledge) -> None:
    chances = text.chances or ()
    size = last - first
    located = first > sentence.first and text.lowers[first - 1] in text.known.locatives
    if size == 1 and not located:
        return
    if text.opens(first, sentence) and known.persons.odds(text.lowers[first]) < _OPENING:
        return
    person, body, place = (sum(row) / size for row in zip(*chances[first:last], strict=True))
    if person + body + place < _LIKELY or (size == 1 and max(place, _LIKELY) <= body):
        return
    person += _ODDS * sum(known.persons.odds(text.lowers[i]) for i in range(first, last)) / size
    place += _BEHIND * located
    counts = [text.lexicon.counts(text.lowers[i]) for i in range(first, last)]
    if all(max(count[4], count[5]) >= _PLACE_COUNT and not any(count[:4]) for count in counts):
        place += _PLACE_WORD
    score, kind = max((person, PERSON), (body, ORG), (place, GPE))
    if score >= _EVIDENT:
        text.put(first, last, kind, 0.7, "likely")


def mark_places(text: NameText, known: OfficeKnowledge) -> None:
    """One word behind a preposition of place that is none of persons' words is a place where the encoder is not sure
    that it is a person ("kabar duka datang dari Tobololo")."""
    for sentence in text.document.sentences:
        for name in text.inside(sentence):
            unsure = name.type == PERSON and name.rule == "encoder" and name.score < _UNSURE
            if not unsure or name.last - name.first > 1 or name.first == sentence.first:
                continue
            lower = text.lowers[name.first]
            person = any(text.lexicon.counts(lower)[:2]) or known.persons.odds(lower) > _HARDLY or known.is_plain(lower)
            if text.lowers[name.first - 1] in text.known.locatives and not person:
                text.swap(name, replace(name, type=GPE, rule="located"))
