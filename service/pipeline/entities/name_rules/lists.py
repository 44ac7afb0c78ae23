"""Names of closed lists, those of peoples among them, and where a listed name is none."""

from __future__ import annotations

from service.pipeline.annotations import Sentence
from service.pipeline.entities.name_rules import types as name_types
from service.pipeline.entities.name_rules.spans import CAPITALS, MIXED, NameText
from service.pipeline.entities.name_rules.types import GPE, NORP, ORG


def add_listed(text: NameText, sentence: Sentence) -> None:
    """Names of the closed lists that the encoder missed or cut."""
    case = text.case(sentence)
    end = sentence.first
    for index in text.capitals(sentence):
        if index >= end and text.lowers[index] in text.known.firsts:
            end = index + _listed_at(text, sentence, index, case)


def _listed_at(text: NameText, sentence: Sentence, index: int, case: int) -> int:
    """How many words the name of a list has that a capitalised word at ``index`` opens."""
    for last in range(min(index + name_types.LONGEST_LIST_NAME, sentence.last), index, -1):
        if not (text.upper[last - 1] or any(c.isdigit() for c in text.words[last - 1])):
            continue
        kind = text.known.listed(text.words[index:last], text.lowers[index:last])
        if kind is None:
            continue
        owner = text.at(index)
        if owner is not None and owner.first <= index and owner.last >= last:
            return last - index
        if last - index == 1 and not _stands_alone(text, sentence, index, kind, case):
            return 0
        text.put(index, last, kind, 0.9, "closed-list")
        return last - index
    return 0


def _stands_alone(text: NameText, sentence: Sentence, index: int, kind: str, case: int) -> bool:
    """Whether a single listed word is a name here: an abbreviation, a word never in lower case, or one whose capital
    nothing else explains."""
    word = text.words[index]
    if word.isupper() and len(word) > 1 and case != CAPITALS:
        return True
    if kind in (GPE, ORG) and not text.lexicon.counts(text.lowers[index])[6]:
        return True
    neighbours = [i for i in (index - 1, index + 1) if sentence.first <= i < sentence.last]
    if kind == GPE and any(
        tuple(text.lowers[max(sentence.first, index - s) : index]) in text.known.titles for s in (1, 2)
    ):
        return True
    plain = not any(text.upper[i] and not text.opens(i, sentence) for i in neighbours)
    return case == MIXED and not text.opens(index, sentence) and plain


def drop_currencies(text: NameText, sentence: Sentence) -> None:
    """The country in the name of a currency or language is no name ("dolar AS", "bahasa Inggris")."""
    for name in text.inside(sentence):
        before = text.lowers[name.first - 1] if name.first > sentence.first else ""
        if name.type == GPE and (before in text.known.currencies or before in text.known.languages):
            text.drop(name)


def mark_peoples(text: NameText, sentence: Sentence) -> None:
    """Names of peoples and religious groups, where the word before or the lists leave no other reading."""
    for index in text.capitals(sentence):
        lower = text.lowers[index]
        sure = lower in text.known.peoples
        if not sure and lower not in text.known.maybe_peoples:
            continue
        owner = text.at(index)
        if owner is not None and owner.last - owner.first > 1:
            continue
        before = text.lowers[index - 1] if index > sentence.first else ""
        if before in text.known.groups or (sure and owner is None and before not in text.known.not_groups):
            text.put(index, index + 1, NORP, 0.8, "people")
