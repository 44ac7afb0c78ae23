"""Runs of capitalised words over a document: which of them stand alone, and which of them speak."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from service.pipeline.annotations import Sentence
from service.pipeline.entities.name_rules.spans import CAPITALS, TITLE_CASE, NameText
from service.pipeline.entities.offices.knowledge import OfficeKnowledge

Words = tuple[str, ...]
_LONGEST = 8
_LONGEST_BODY, _SHORTEST = 3, 3


@dataclass(frozen=True)
class Runs:
    """``alone`` maps the case-folded words of a run to the token that it begins at, for runs that follow no office;
    ``speakers`` are single words that speak or have an age behind them;
    ``bodies`` are single words behind a word for a company or body."""

    alone: dict[Words, tuple[int, ...]]
    speakers: dict[str, tuple[int, ...]]
    bodies: frozenset[str]

    def is_body(self, word: str) -> bool:
        """Whether a word that only companies and bodies follow stands before the word somewhere."""
        return word in self.bodies

    def elsewhere(self, words: Words, first: int, last: int) -> bool:
        """Whether the words stand alone at a place outside ``first:last``."""
        return any(not first <= place < last for place in self.alone.get(words, ()))

    def speaks(self, word: str, first: int, last: int) -> bool:
        """Whether the word alone speaks at a place outside ``first:last``."""
        return any(not first <= place < last for place in self.speakers.get(word, ()))


def find_runs(text: NameText, known: OfficeKnowledge) -> Runs:
    """The runs of ``text``; headlines in title case tell nothing."""
    alone: dict[Words, list[int]] = {}
    speakers: dict[str, list[int]] = {}
    bodies: set[str] = set()
    for sentence in text.document.sentences:
        if text.case(sentence) in (TITLE_CASE, CAPITALS):
            continue
        for first, last in _runs(text, sentence):
            if last - first > _LONGEST:
                continue
            opens = text.opens(first, sentence)
            bodies.update(_body_words(text, sentence, first, last, known))
            if not _follows_office(text, sentence, first, known):
                alone.setdefault(tuple(text.lowers[first:last]), []).append(first)
            if opens and last - first > 1 and not known.title(text.lowers, first):
                alone.setdefault(tuple(text.lowers[first + 1 : last]), []).append(first + 1)
            if last - first == 1 and _speaks(text, sentence, first, known):
                speakers.setdefault(text.lowers[first], []).append(first)
    return Runs(
        {words: tuple(places) for words, places in alone.items()},
        {word: tuple(places) for word, places in speakers.items()},
        frozenset(bodies - speakers.keys()),
    )


def _body_words(text: NameText, sentence: Sentence, first: int, last: int, known: OfficeKnowledge) -> list[str]:
    """The words of a run that only a body's name can hold: behind a word for a company or body, before a word that
    closes the names of such."""
    cued = first > sentence.first and text.lowers[first - 1] in known.body_cues
    headed = known.bodies.at(text.lowers, first, last)
    closed = last - first > 1 and text.lowers[last - 1] in known.closers and last - first <= _LONGEST_BODY
    if known.title(text.lowers, first) or not (closed or ((cued or headed) and last - first <= headed + _LONGEST_BODY)):
        return []
    return [
        text.lowers[i]
        for i in range(first + headed, last - closed)
        if text.lowers[i].isalpha() and len(text.lowers[i]) > _SHORTEST and not known.is_plain(text.lowers[i])
    ]


def _runs(text: NameText, sentence: Sentence) -> Iterator[tuple[int, int]]:
    end = sentence.first
    for first in text.capitals(sentence):
        if first < end:
            continue
        end = first + 1
        while end < sentence.last and text.upper[end]:
            end += 1
        yield first, end


def _follows_office(text: NameText, sentence: Sentence, first: int, known: OfficeKnowledge) -> bool:
    """Whether the words before the run, or those that open it, name an office."""
    if known.title(text.lowers, first):
        return True
    start = max(sentence.first, first - 3)
    return any(
        index + known.title(text.lowers, index) >= first
        for index in range(start, first)
        if known.title(text.lowers, index)
    )


def _speaks(text: NameText, sentence: Sentence, index: int, known: OfficeKnowledge) -> bool:
    """Whether a verb of speech stands beside the single word at ``index``, or an age behind it."""
    word = text.words[index]
    if word.isupper() or not word.isalpha() or text.lowers[index] in known.days:
        return False
    before = text.lowers[index - 1] if index > sentence.first else ""
    after = text.lowers[index + 1] if index + 1 < sentence.last else ""
    if before in known.said or after in known.says:
        return True
    return is_age(text, sentence, index + 1)


def is_age(text: NameText, sentence: Sentence, index: int) -> bool:
    """Whether an age in brackets stands at ``index`` ("(41)", "(41 tahun)")."""
    if index + 2 >= sentence.last or text.words[index] != "(":
        return False
    number = text.words[index + 1]
    return number.isdigit() and len(number) <= 2 and ")" in text.words[index + 2 : index + 4]
