"""Sentences of a paragraph, found by its tokens.

A sentence ends at a full stop, question or exclamation mark (with the closing quotation marks and brackets behind it)
when what follows may open a sentence. Abbreviations and initials do not end one. Sentences inside a quotation are
sentences of their own. What runs on for more than ``MAXIMUM_TOKENS`` is broken at its commas.
"""

from __future__ import annotations

from collections.abc import Sequence, Set

from service.pipeline.annotations import Token

_ENDS = frozenset(".?!…")
_CLOSERS = frozenset("\"”’'»)]*")
# marks that open in some house styles and close in others
_EITHER = frozenset("\"'”’")
_BREAKS = frozenset(",;:–—")
_GO_ON = frozenset(",;:)]/%")
# No sentence of a newspaper comes near this; what does is a list or a table, and the stages that look at whole
# sentences would take quadratic time over it.
MAXIMUM_TOKENS = 256
_OPENERS = frozenset("\"“‘'«([—–-•*")


def sentence_bounds(tokens: Sequence[Token], abbreviations: Set[str]) -> list[tuple[int, int]]:
    """Half-open token ranges of the sentences in ``tokens``, which are those of one paragraph.

    ``abbreviations`` holds case-folded words that a full stop may follow without ending a sentence.
    """
    bounds: list[tuple[int, int]] = []
    first = index = 0
    count = len(tokens)
    while index < count:
        if tokens[index].text[-1] in _ENDS and _is_end(tokens, index, abbreviations):
            end = index + 1
            while end < count and (tokens[end].text in _CLOSERS or tokens[end].text[-1] in _ENDS):
                if tokens[end].text in _EITHER and _opens(tokens, end):
                    break
                end += 1
            if end >= count or _may_open(tokens, end):
                bounds.append((first, end))
                first = end
            index = end
        else:
            index += 1
    if first < count:
        bounds.append((first, count))
    return [part for first, last in bounds for part in _broken(tokens, first, last)]


def _broken(tokens: Sequence[Token], first: int, last: int) -> list[tuple[int, int]]:
    """``first:last`` in parts of at most MAXIMUM_TOKENS, each ending behind a break where there is one."""
    parts = []
    while last - first > MAXIMUM_TOKENS:
        limit = first + MAXIMUM_TOKENS
        end = next(
            (i + 1 for i in range(limit - 1, first + MAXIMUM_TOKENS // 2, -1) if tokens[i].text in _BREAKS), limit
        )
        parts.append((first, end))
        first = end
    return [*parts, (first, last)]


def _is_end(tokens: Sequence[Token], index: int, abbreviations: Set[str]) -> bool:
    """Whether the mark at ``index`` can end a sentence at all."""
    token = tokens[index]
    if len(token.text) > 1 and token.text.strip("."):
        # a dotted abbreviation ends a sentence where it is a degree behind a name: ", M.Si. Rapat itu"
        return index + 1 == len(tokens) or (token.text[-1] == "." and index > 0 and tokens[index - 1].text == ",")
    if token.text != "." or index == 0:
        return index > 0
    before = tokens[index - 1]
    if before.end != token.start:
        return True
    initial = len(before.text) == 1 and before.text.isupper()
    return index + 1 == len(tokens) or not (initial or before.lower in abbreviations)


def _opens(tokens: Sequence[Token], index: int) -> bool:
    """Whether a quotation mark stands apart from what is before it and close to what follows."""
    return (
        index + 1 < len(tokens)
        and tokens[index - 1].end < tokens[index].start
        and tokens[index].end == tokens[index + 1].start
    )


def _may_open(tokens: Sequence[Token], index: int) -> bool:
    """Whether the token at ``index`` can be the first of a sentence."""
    while index < len(tokens) and tokens[index].text in _OPENERS:
        index += 1
    if index >= len(tokens):
        return True
    opener = tokens[index].text[0]
    return not opener.islower() and opener not in _GO_ON
