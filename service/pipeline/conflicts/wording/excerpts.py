"""The words that are shown as evidence: whole names, numbers and phrases, and nothing that hangs over."""

from __future__ import annotations

from service.pipeline.alignment.lexicon import Lexicon
from service.pipeline.alignment.reading import Reading
from service.pipeline.annotations import Span

_CLOSING = frozenset(")”»")


def whole(reading: Reading, span: Span, lexicon: Lexicon) -> Span:
    """``span`` without marks at its ends, and with all of the name, number or phrase that it begins or ends in."""
    tokens = reading.document.tokens
    first, last = reading.tokens_in(span)
    if first >= last:
        return span
    first, last = _without_marks(reading, first, last)
    for _ in range(2):
        opening, closing = _unit(reading, first), _unit(reading, last - 1)
        first, last = min(first, opening[0]), max(last, closing[1])
        phrase = lexicon.phrases.match(reading.words[last - 1 : last + 4], 0)
        if last - 1 in reading.phrases and phrase:
            last = min(last - 1 + phrase[0], len(tokens))
    return Span(tokens[first].start, tokens[last - 1].end)


def _without_marks(reading: Reading, first: int, last: int) -> tuple[int, int]:
    """Tokens ``first:last`` from a word to a word; a bracket's end that opens them goes with what stands in it."""
    words = reading.words
    for index in range(first, min(first + 3, last)):
        if words[index] in _CLOSING and not any(word in "(“«" for word in words[first:index]):
            first = index + 1
            break
    while first < last - 1 and not words[first][0].isalnum():
        first += 1
    while last - 1 > first and not words[last - 1][0].isalnum() and reading.amount_at[last - 1] is None:
        last -= 1
    return first, last


def _unit(reading: Reading, index: int) -> tuple[int, int]:
    """The tokens of the name or number at ``index``, else the token itself."""
    for unit in (reading.mention_at[index], reading.amount_at[index]):
        if unit is not None:
            return unit.first, unit.last
    return index, index + 1
