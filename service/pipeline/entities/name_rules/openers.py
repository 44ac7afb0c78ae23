"""Common nouns that only their place at the start of a sentence writes with a capital are no names, nor part of one."""

from __future__ import annotations

from msgspec.structs import replace

from service.pipeline.annotations import Sentence
from service.pipeline.entities.name_rules.spans import CAPITALS, TITLE_CASE, NameSpan, NameText
from service.pipeline.entities.name_rules.types import PERSON
from service.pipeline.entities.offices.knowledge import OfficeKnowledge

_NAME_COUNTS = 6


def drop_openers(text: NameText, known: OfficeKnowledge) -> None:
    """Take such nouns out of the names that open the sentences of ``text``."""
    plain, named = _usage(text)
    for sentence in text.document.sentences:
        if sentence.role == "dateline" or text.case(sentence) in (TITLE_CASE, CAPITALS):
            continue
        name = next((n for n in text.inside(sentence) if text.opens(n.first, sentence)), None)
        if name is None or text.known.listed(text.words[name.first : name.last], text.key(name)) is not None:
            continue
        lower = text.lowers[name.first]
        if lower in named or text.words[name.first].isupper():
            continue
        if lower in plain:
            _shorten(text, name, sentence, known)
        elif name.last - name.first == 1 and name.type == PERSON and _is_noun(text, name.first, sentence, known):
            text.drop(name)


def _usage(text: NameText) -> tuple[set[str], set[str]]:
    """The words that the text writes in lower case, and those that it capitalises inside a sentence."""
    plain: set[str] = set()
    named: set[str] = set()
    for sentence in text.document.sentences:
        plain.update(filter(str.islower, text.words[sentence.first : sentence.last]))
        if text.case(sentence) not in (TITLE_CASE, CAPITALS):
            named.update(text.lowers[index] for index in text.capitals(sentence) if not text.opens(index, sentence))
    return plain, named


def _shorten(text: NameText, name: NameSpan, sentence: Sentence, known: OfficeKnowledge) -> None:
    """Without its first word; a generic word that belongs to the name stays."""
    first, last = name.first + 1, name.last
    if name.last == first:
        text.drop(name)
    elif not known.generic.at(text.lowers, name.first, name.last) and text.upper[first]:
        cue = text.known.cue(text.lowers, first)
        text.swap(name, replace(name, first=first, type=cue or name.type, rule="common-opener"))
        while last < sentence.last and text.upper[last] and text.at(last) is None:
            last += 1
        if last > name.last:
            text.put(first, last, cue or name.type, name.score, "common-opener")


def _is_noun(text: NameText, index: int, sentence: Sentence, known: OfficeKnowledge) -> bool:
    """Whether the word is a root that no list of names holds, and no age or verb of speech makes it a person."""
    counts = text.lexicon.counts(text.lowers[index])
    after = text.words[index + 1] if index + 1 < sentence.last else ""
    if any(counts[:_NAME_COUNTS]) or after == "(" or after.lower() in known.says:
        return False
    return known.is_plain(text.lowers[index])
