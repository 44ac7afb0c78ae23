"""What the article states in its own voice: the sentences and independent clauses that nobody else is given for."""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Sequence

from service.pipeline.annotations import Document, Sentence, Span, Token
from service.pipeline.attribution import AttributedStatement
from service.pipeline.claims.lexicon import Knowledge

_QUOTES = frozenset('"“”„«»')
_ENDS = frozenset(".?!…,;:—–-")
_FEWEST_WORDS = 3


def narrated_spans(document: Document, statements: Sequence[AttributedStatement], knowledge: Knowledge) -> list[Span]:
    """The spans of the narrated claims, in text order, without the punctuation that ends them.

    Questions, greetings, headlines, sentences inside quotations and clauses that report somebody's words are left out.
    """
    occupied = sorted(_occupied(statements))
    starts = [span.start for span in occupied]
    # how far the spans reach that begin no later than each
    reach = list(itertools.accumulate((span.end for span in occupied), max))
    spans: list[Span] = []
    inside = _quoted_sentences(document)
    for number, sentence in enumerate(document.sentences):
        if sentence.role != "body" or number in inside or not _states(document, sentence, knowledge):
            continue
        for tokens in _clauses(document.tokens_of(sentence), knowledge):
            span = _trimmed(tokens)
            if span is None:
                continue
            before = bisect.bisect_left(starts, span.end)
            if not before or reach[before - 1] <= span.start:
                spans.append(span)
    return spans


def _occupied(statements: Sequence[AttributedStatement]) -> list[Span]:
    taken: list[Span] = []
    for statement in statements:
        taken.append(statement.span)
        attribution = statement.attribution
        if attribution.cue is not None:
            taken.append(attribution.cue)
    return taken


def _quoted_sentences(document: Document) -> set[int]:
    """The numbers of the sentences that open with, or lie inside, quotation marks."""
    inside: set[int] = set()
    paragraph, open_ = -1, False
    for number, sentence in enumerate(document.sentences):
        if sentence.paragraph != paragraph:
            paragraph, open_ = sentence.paragraph, False
        tokens = document.tokens_of(sentence)
        marks = sum(token.text in _QUOTES for token in tokens)
        if open_ or tokens[0].text in _QUOTES:
            inside.add(number)
        if marks % 2:
            open_ = not open_
    return inside


def _states(document: Document, sentence: Sentence, knowledge: Knowledge) -> bool:
    """Whether the sentence states something at all."""
    tokens = document.tokens_of(sentence)
    words = [token.lower for token in tokens]
    if any(word == "?" for word in words[-2:]) or sum(word[0].isalnum() for word in words) < _FEWEST_WORDS:
        return False
    return not any(tuple(words[: len(phrase)]) == phrase for phrase in knowledge.openings.get(words[0], ()))


def _clauses(tokens: Sequence[Token], knowledge: Knowledge) -> list[Sequence[Token]]:
    """The sentence cut at semicolons, and at commas in front of a contrasting conjunction with a clause behind it."""
    parts: list[Sequence[Token]] = []
    start = depth = 0
    for i, token in enumerate(tokens):
        if token.text == "(":
            depth += 1
        elif token.text == ")":
            depth = max(0, depth - 1)
        if depth or not start < i < len(tokens) - _FEWEST_WORDS or i - start < _FEWEST_WORDS:
            continue
        contrasting = token.text == "," and tokens[i + 1].lower in knowledge.data.splitters
        if token.text == ";" or contrasting:
            parts.append(tokens[start:i])
            start = i + (2 if contrasting else 1)
    parts.append(tokens[start:])
    return parts


def _trimmed(tokens: Sequence[Token]) -> Span | None:
    first, last = 0, len(tokens)
    while last > first and tokens[last - 1].text[0] in _ENDS:
        last -= 1
    while first < last and tokens[first].text[0] in _ENDS:
        first += 1
    if sum(token.text[0].isalnum() for token in tokens[first:last]) < _FEWEST_WORDS:
        return None
    return Span(tokens[first].start, tokens[last - 1].end)
