"""Firms' names with their form in law, up to the last of their capitals where no person can follow."""

from __future__ import annotations

from service.pipeline.annotations import Sentence
from service.pipeline.entities.name_rules.spans import CAPITALS, TITLE_CASE, NameText
from service.pipeline.entities.name_rules.types import ORG, PERSON
from service.pipeline.entities.offices.knowledge import OfficeKnowledge

_LONGEST = 4
# so many words before a firm may belong to the office of somebody in it
_OFFICE_WORDS = 4


def extend_firms(text: NameText, known: OfficeKnowledge) -> None:
    """Let such names run over the capitals behind them ("pabrik PT Cakalang Mina Raya"); behind an office a person may
    be named there, and the name is left alone."""
    if text.known.firms.isdisjoint(text.met):
        return
    for sentence in text.document.sentences:
        if text.case(sentence) in (TITLE_CASE, CAPITALS):
            continue
        for firm in text.inside(sentence):
            if firm.type != ORG or text.lowers[firm.first] not in text.known.firms or firm.last >= sentence.last:
                continue
            closed = text.lowers[firm.last - 1] in text.known.closings
            if closed or not _goes_on(text, firm.last, known) or _is_led(text, sentence, firm.first, known):
                continue
            last = firm.last
            while last < min(sentence.last, firm.last + _LONGEST) and _goes_on(text, last, known):
                owner = text.at(last)
                last = owner.last if owner is not None else last + 1
            text.put(firm.first, last, ORG, firm.score, "firm")


def join_traded(text: NameText, known: OfficeKnowledge) -> None:
    """Capitals behind a word that only bodies follow are one name of such, though cut into several or taken for a
    person's with an end that those do not have ("saham Cendra Dirgantara")."""
    for sentence in text.document.sentences:
        if text.case(sentence) in (TITLE_CASE, CAPITALS):
            continue
        for first in text.capitals(sentence):
            if not sentence.first < first < sentence.last - 1 or text.upper[first - 1]:
                continue
            if not _is_cued(text, sentence, first):
                continue
            last = first
            while last < sentence.last and text.upper[last] and text.words[last].isalpha():
                last += 1
            names = [name for name in dict.fromkeys(text.at(i) for i in range(first, last)) if name is not None]
            whole = all(first <= name.first and name.last <= last for name in names)
            plain = all(text.known.listed(text.words[n.first : n.last], text.key(n)) is None for n in names)
            cut = len(names) > 1 or (len(names) == 1 and names[0].type == PERSON and last - first > 1)
            ends = len(names) > 1 or known.persons.odds(text.lowers[last - 1]) <= 0
            if whole and plain and cut and ends and last - first <= _LONGEST:
                text.put(first, last, ORG, names[0].score, "cue")


def _is_cued(text: NameText, sentence: Sentence, index: int) -> bool:
    """Whether a word that only bodies follow stands right before ``index``."""
    if text.lowers[index - 1] not in text.known.body_closers:
        return False
    return any(tuple(text.lowers[max(sentence.first, index - size) : index]) in text.known.body_cues for size in (1, 2))


def _is_led(text: NameText, sentence: Sentence, index: int, known: OfficeKnowledge) -> bool:
    """Whether an office is named among the words right before ``index``."""
    first = max(sentence.first, index - _OFFICE_WORDS)
    return any(known.title(text.lowers, place) for place in range(first, index))


def _goes_on(text: NameText, index: int, known: OfficeKnowledge) -> bool:
    """Whether the word at ``index`` can belong to the firm's name before it: it is in no name, or in one that is taken
    for a person's although its words are not those of persons."""
    owner = text.at(index)
    free = owner is None
    if owner is not None and owner.type == PERSON and owner.first == index:
        odds = sum(known.persons.odds(text.lowers[i]) for i in range(owner.first, owner.last))
        free = odds <= 0 or text.lowers[owner.last - 1] in known.closers
    plain = (text.lowers[index],) not in text.known.titles and text.lowers[index] not in text.known.ranks
    return free and plain and text.upper[index] and text.words[index].isalpha()
