"""The words behind each office of a text: capitalised, with what may stand between them."""

from __future__ import annotations

from collections.abc import Iterator

from service.pipeline.annotations import Sentence
from service.pipeline.entities import names
from service.pipeline.entities.name_rules.spans import NameText
from service.pipeline.entities.name_rules.types import GPE, ORG, PERSON
from service.pipeline.entities.offices.cuts import Region
from service.pipeline.entities.offices.knowledge import OfficeKnowledge

_LONGEST_REGION = 24
_MOST_LOWER_WORDS = 3
_LONGEST_BRACKET = 5
_LONGEST_SHORTENED = 3
_GIVEN_NAME = 0.5
# how sure that a small word lies in a body's name
_SURELY_BODY = 0.6


def regions(text: NameText, sentence: Sentence, known: OfficeKnowledge) -> Iterator[Region]:
    """The capitalised words behind each office."""
    if not text.holds(sentence, known.titles.firsts):
        return
    index = sentence.first
    while index < sentence.last:
        if not known.titles.opens(text.lowers[index]):
            index += 1
            continue
        size = _office(text, sentence, index, known)
        if not size:
            index += 1
            continue
        title = tuple(text.lowers[index : index + size])
        first = _behind_words(text, sentence, index + size, known)
        last = _reach(text, sentence, first, known)
        if last > first:
            yield Region(first, last, title in known.of_places, first > index + size)
        index = max(last, index + size)


def _office(text: NameText, sentence: Sentence, index: int, known: OfficeKnowledge) -> int:
    """How many words at ``index`` name an office; 0 inside another name, and where the words are a name themselves."""
    size = known.title(text.lowers, index)
    if not size or index + size > sentence.last or _is_name(text, index, size, known):
        return 0
    if text.upper[index]:
        before = index - 1
        if known.generic.at(text.lowers, index, sentence.last) >= size:
            return 0
        inside = before >= sentence.first and text.upper[before]
        headed = inside and known.heads.at(text.lowers, before, sentence.last)
        if inside and (headed or not (text.opens(before, sentence) and _opener(text.lowers[before], known))):
            return 0
    last = index + size - 1
    generic = known.heads.at(text.lowers, last, sentence.last) or known.generic.types.get((text.lowers[last],)) == GPE
    twice = index + size < sentence.last and known.heads.at(text.lowers, index + size, sentence.last)
    if size > 1 and text.upper[last] and generic and not twice and tuple(text.lowers[index:last]) in known.titles:
        # "Kepala Desa …", "siswa SMA …": the generic word belongs to the name behind it
        return size - 1
    return size


def _opener(lower: str, known: OfficeKnowledge) -> bool:
    return lower in known.small or lower in known.said or known.is_plain(lower)


def _is_name(text: NameText, index: int, size: int, known: OfficeKnowledge) -> bool:
    """Whether the office's only word is a name here ("Putri Ayu", "Imam Syafii")."""
    owner = text.at(index)
    return (
        size == 1
        and text.upper[index]
        and owner is not None
        and (owner.type == PERSON or known.persons.odds(text.lowers[index]) > _GIVEN_NAME)
        and owner.first == index
        and known.persons.odds(text.lowers[index]) > -_GIVEN_NAME
    )


def _behind_words(text: NameText, sentence: Sentence, index: int, known: OfficeKnowledge) -> int:
    """Past the words in lower case that belong to the office ("manajer investasi …")."""
    for _ in range(_MOST_LOWER_WORDS):
        if index >= sentence.last or text.upper[index] or not text.words[index].isalpha():
            break
        lower = text.lowers[index]
        verb = (
            len(lower) > _LONGEST_BRACKET and lower.startswith(known.verb_beginnings) and lower not in known.not_verbs
        )
        if (
            lower in known.stops
            or lower in text.known.place_prepositions
            or verb
            or known.rank(text.lowers, index, sentence.last)
        ):
            break
        index += 1
    return index


def _reach(text: NameText, sentence: Sentence, first: int, known: OfficeKnowledge) -> int:
    """The end of the capitalised words from ``first``, with what may stand between them."""
    index = first
    while index < min(sentence.last, first + _LONGEST_REGION):
        step = _step(text, sentence, first, index, known)
        if not step:
            break
        index += step
    while index > first and not (
        text.upper[index - 1] or text.words[index - 1] == ")" or text.words[index - 1].isdigit()
    ):
        index -= 1
    return index


def _step(text: NameText, sentence: Sentence, first: int, index: int, known: OfficeKnowledge) -> int:
    """How many words at ``index`` go on with the run; 0 where it ends."""
    word, lower, last = text.words[index], text.lowers[index], sentence.last
    rank = known.rank(text.lowers, index, last)
    if rank and (text.upper[index] or (index + rank < last and text.upper[index + rank])):
        return rank
    if text.upper[index]:
        opens = (
            lower not in known.small
            or known.generic.at(text.lowers, index, last)
            or known.heads.at(text.lowers, index, last)
        )
        return int(lower not in known.days and (index > first or bool(opens)))
    if index == first:
        return 0
    follows = index + 1 < last and text.upper[index + 1]
    if word.isdigit():
        return int(len(word) <= 3)
    if word == ".":
        return int(follows and _abbreviated(text, index))
    if word == "(":
        close = next((i for i in range(index + 1, min(last, index + _LONGEST_BRACKET)) if text.words[i] == ")"), 0)
        inside = close and all(text.upper[i] or text.words[i] in "-/" for i in range(index + 1, close))
        return close + 1 - index if inside and close > index + 1 else 0
    if lower in text.known.particles and lower not in text.known.place_prepositions:
        return int(follows)
    if lower in known.joints and follows:
        return int(_joined(text, index, index + 1, known) or _is_spelt(text, first, index, last))
    if word == "," and follows:
        return int(_enumerated(text, sentence, first, index, known))
    return 0


def _abbreviated(text: NameText, index: int) -> bool:
    """Whether the full stop at ``index`` closes an initial or a shortened first name ("M.", "Muh.")."""
    before = text.words[index - 1]
    tokens = text.document.tokens
    whole = len(before) == 1 or (len(before) <= _LONGEST_SHORTENED and not before.isupper())
    return whole and text.upper[index - 1] and tokens[index - 1].end == tokens[index].start


def _joined(text: NameText, before: int, after: int, known: OfficeKnowledge) -> bool:
    """Whether tasks stand on both sides of a small word ("Kesehatan dan Keselamatan")."""
    left = text.lowers[before - 1]
    if left == ",":
        left = text.lowers[before - 2]
    right = text.lowers[after]
    owner = text.at(before)
    if (text.chances is not None and text.chances[before][1] > _SURELY_BODY) or (owner and owner.type == ORG):
        return True
    return _is_task(text, left, known) and _is_task(text, right, known) and not known.title(text.lowers, after)


def _is_spelt(text: NameText, first: int, index: int, last: int) -> bool:
    """Whether the short form in brackets behind the next words spells all from ``first`` ("Kantor Kesyahbandaran dan
    Otoritas Pelabuhan (KSOP)")."""
    end = index + 1
    while end < last and text.upper[end]:
        end += 1
    short = text.words[end + 1] if end + 2 < last and text.words[end] == "(" and text.words[end + 2] == ")" else ""
    before = " ".join(text.lowers[first:end])
    return short.isupper() and short.isalpha() and names.is_abbreviation(short.lower(), before, frozenset())


def _is_task(text: NameText, lower: str, known: OfficeKnowledge) -> bool:
    counts = text.lexicon.counts(lower)
    plain = known.is_plain(lower) or counts[6] > max(counts[0], 1)
    return plain and not known.heads.at((lower,), 0, 1) and (lower,) not in text.known.names


def _enumerated(text: NameText, sentence: Sentence, first: int, index: int, known: OfficeKnowledge) -> bool:
    """Whether the comma at ``index`` stands in the list of a body's tasks that a small word closes."""
    headed = any(known.heads.at(text.lowers, i, index) or text.lowers[i] in known.units for i in range(first, index))
    if not headed:
        return False
    part = 0
    for place in range(index + 1, min(sentence.last, index + 12)):
        lower = text.lowers[place]
        if lower in known.joints:
            return place + 1 < sentence.last and text.upper[place + 1] and _joined(text, place, place + 1, known)
        if text.words[place] == ",":
            part = 0
        elif not text.upper[place] or part == 3 or not (part or _is_task(text, lower, known)):
            return False
        else:
            part += 1
    return False
