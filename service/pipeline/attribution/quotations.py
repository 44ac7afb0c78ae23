"""Quotations: pairs of quotation marks, whatever their style, over several sentences and paragraphs.

Marks are told apart by their place before their shape, as house styles use ” on both sides and straight marks have no
side: a mark that stands apart from what is before it and close to what follows opens. A mark without its partner is
used only where the text says where the quotation ends (a comma and a reporting verb) or begins (the paragraph).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from service.pipeline.annotations import Token

DOUBLE = frozenset('"“”„‟«»〝〞＂')
SINGLE = frozenset("'‘’‚‛`")
_ALWAYS_OPEN = frozenset("“„«〝‘‚")
_BEFORE_OPENING = frozenset("([{—–-:/")
_AFTER_CLOSING = frozenset(",.;:?!)]}—–-…/")


class Quotation(msgspec.Struct, frozen=True):
    """Tokens ``first:last``, quotation marks included. ``sure`` where both marks stand in the text."""

    first: int
    last: int
    sure: bool = True


def find_quotations(
    tokens: Sequence[Token], paragraphs: Sequence[tuple[int, int]], is_tag: Callable[[int], bool]
) -> tuple[Quotation, ...]:
    """The quotations in ``paragraphs`` (token ranges), in order and without overlap.

    ``is_tag(i)`` tells whether a speech tag may begin at token ``i``.
    """
    found: list[Quotation] = []
    pending: int | None = None
    for number, (first, last) in enumerate(paragraphs):
        marks = [i for i in range(first, last) if tokens[i].text in DOUBLE]
        single = not marks
        if single:
            marks = [i for i in range(first, last) if tokens[i].text in SINGLE]
        if pending is not None and (single or not marks or marks[0] != first):
            pending = None
        if not marks:
            continue
        pairs, opened = _pair(tokens, marks, first, last, single, pending is not None, is_tag)
        if pending is not None and pairs and pairs[0].first == first:
            pairs[0] = Quotation(pending, pairs[0].last)
        elif pending is not None and opened != first:
            pending = None
        found += pairs
        if opened is None:
            pending = None
            continue
        tagged = _before_tag(tokens, opened, last, is_tag)
        if tagged is None and _continues(tokens, paragraphs, number):
            pending = opened if pending is None else pending
            continue
        end = tagged if tagged is not None else _unclosed_end(tokens, opened, last, is_tag)
        start = opened if pending is None else pending
        if end is not None:
            found.append(Quotation(start, end, sure=False))
        pending = None
    return tuple(found)


def _pair(
    tokens: Sequence[Token],
    marks: Sequence[int],
    first: int,
    last: int,
    single: bool,
    continued: bool,
    is_tag: Callable[[int], bool],
) -> tuple[list[Quotation], int | None]:
    """The pairs among ``marks``, and the mark that is left open at the end."""
    pairs: list[Quotation] = []
    opened: int | None = None
    odd = len(marks) % 2 == 1
    for place, mark in enumerate(marks):
        opens, closes = _sides(tokens, mark, first, last)
        if opened is None:
            if opens or (not closes and tokens[mark].text in _ALWAYS_OPEN) or (not odd and not single and not closes):
                opened = mark
            elif (
                closes
                and not single
                and place == 0
                and not pairs
                and not continued
                and _starts_unmarked(tokens, mark, last, is_tag)
            ):
                pairs.append(Quotation(first, mark + 1, sure=False))
        elif opens and not closes and (odd or tokens[mark].text in _ALWAYS_OPEN):
            # the mark before it was never closed
            end = _unclosed_end(tokens, opened, mark, is_tag)
            if end is not None:
                pairs.append(Quotation(opened, end, sure=False))
            opened = mark
        elif closes or not single:
            if mark - opened > 1:
                pairs.append(Quotation(opened, mark + 1))
            opened = None
    if single:
        opened = None
    return pairs, opened


def _sides(tokens: Sequence[Token], mark: int, first: int, last: int) -> tuple[bool, bool]:
    """Whether the mark stands where an opening one would, and where a closing one would."""
    apart_before = (
        mark == first or tokens[mark - 1].end < tokens[mark].start or tokens[mark - 1].text in _BEFORE_OPENING
    )
    apart_after = (
        mark + 1 == last or tokens[mark].end < tokens[mark + 1].start or tokens[mark + 1].text[0] in _AFTER_CLOSING
    )
    return apart_before and not apart_after, apart_after and not apart_before


def _starts_unmarked(tokens: Sequence[Token], mark: int, last: int, is_tag: Callable[[int], bool]) -> bool:
    """Whether a speech tag behind a lone closing mark says that all before it is quoted."""
    following = mark + 1
    if following < last and tokens[following].text == ",":
        following += 1
    return following < last and is_tag(following)


def _before_tag(tokens: Sequence[Token], opened: int, last: int, is_tag: Callable[[int], bool]) -> int | None:
    """Behind the comma in front of the first speech tag after the mark ``opened``, where there is one."""
    marks = {",", "?", "!"}
    return next((i + 1 for i in range(opened + 2, last - 1) if tokens[i].text in marks and is_tag(i + 1)), None)


def _unclosed_end(tokens: Sequence[Token], opened: int, last: int, is_tag: Callable[[int], bool]) -> int | None:
    """Where a quotation without a closing mark ends: at a comma in front of a speech tag, or with its paragraph when
    it opened a sentence."""
    tagged = _before_tag(tokens, opened, last, is_tag)
    if tagged is not None:
        return tagged
    opens_sentence = opened == 0 or tokens[opened - 1].text[-1] in ".?!:," or tokens[opened - 1].text in DOUBLE
    return last if opens_sentence and last - opened > 2 else None


def _continues(tokens: Sequence[Token], paragraphs: Sequence[tuple[int, int]], number: int) -> bool:
    """Whether the next paragraph opens with a quotation mark, as one that continues a quotation does."""
    if number + 1 >= len(paragraphs):
        return False
    first, last = paragraphs[number + 1]
    return last - first > 1 and tokens[first].text in DOUBLE and tokens[first].end == tokens[first + 1].start
