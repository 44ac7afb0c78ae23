"""The words by which statements express a concept: what a desk is told stands in the articles, in their own words."""

from __future__ import annotations

import bisect
import operator
from collections.abc import Iterable, Iterator, Sequence

from service.pipeline.alignment.lexicon import Lexicon
from service.pipeline.alignment.reading import Reading
from service.pipeline.conflicts.findings import Finding, Statement

_WORDS = 2
_PHRASE = 6

_first = operator.attrgetter("first")


def words_for(finding: Finding, concept: str, lexicon: Lexicon) -> list[str]:
    """The first two words, of different roots, by which the statements express ``concept``, in small letters."""
    found: dict[str, str] = {}
    for position in finding.positions:
        for statement in position:
            word = _word(statement, concept, lexicon)
            if word is not None:
                found.setdefault(lexicon.stem(word.split()[0]), word)
    return list(found.values())[:_WORDS]


def roots(statements: Iterable[Statement], lexicon: Lexicon) -> frozenset[str]:
    """The roots of the words of ``statements``."""
    return frozenset(
        lexicon.stem(statement.reading.words[index])
        for statement in statements
        for index in range(*statement.reading.tokens_in(statement.span))
    )


def _word(statement: Statement, concept: str, lexicon: Lexicon) -> str | None:
    """The word of the statement, else of its sentences, that expresses ``concept`` or something narrower."""
    reading = statement.reading
    inside = range(*reading.tokens_in(statement.span))
    if not inside:
        return None
    around = [index for sentence in _sentences(reading, inside) for index in sentence]
    for stretch in (inside, around):
        for wanted in (lambda own: own == concept, lambda own: lexicon.broader(own) == concept):
            for index in stretch:
                plain = reading.mention_at[index] is None and reading.concepts[index]
                if plain and wanted(reading.concepts[index]):
                    return _whole(reading, index, lexicon)
    return None


def _whole(reading: Reading, index: int, lexicon: Lexicon) -> str:
    """The word at ``index`` with those that make one phrase with it ("alat berat")."""
    phrase = lexicon.phrases.match(list(reading.words[index : index + _PHRASE]), 0)
    length = phrase[0] if phrase and phrase[1] == reading.concepts[index] else 1
    return " ".join(reading.words[index : index + length])


def _sentences(reading: Reading, tokens: Sequence[int]) -> Iterator[range]:
    sentences = reading.document.sentences
    held = (bisect.bisect_right(sentences, index, key=_first) - 1 for index in (tokens[0], tokens[-1]))
    for number in dict.fromkeys(held):
        sentence = sentences[number]
        if any(sentence.first <= index < sentence.last for index in (tokens[0], tokens[-1])):
            yield range(sentence.first, sentence.last)
