"""Two names that a hyphen joins ("Rusia-Ukraina"), which are tokens of their own to the rules on names."""

from __future__ import annotations

import dataclasses
import re

from service.pipeline.annotations import Document, Sentence, Token
from service.pipeline.entities.name_rules.types import GPE, LOC, TypeKnowledge
from service.pipeline.entities.offices.knowledge import OfficeKnowledge

# so short a name is rather a word or a title
_SHORT = 3
_APOSTROPHES = re.compile(r"['’ʼ`]")


def split_pairs(document: Document, known: TypeKnowledge, offices: OfficeKnowledge) -> tuple[Document, list[int]]:
    """``document`` with two names that a hyphen joins as tokens of their own ("Rusia-Ukraina"), and for each token the
    position of the one that it was part of."""
    if not any("-" in token.text and hyphenated(token.text) for token in document.tokens):
        return document, list(range(len(document.tokens)))
    met = frozenset(token.text for token in document.tokens)
    running = any(token.lower in offices.couples for token in document.tokens)
    tokens: list[Token] = []
    origins: list[int] = []
    places: list[int] = []
    for position, token in enumerate(document.tokens):
        places.append(len(tokens))
        following = document.tokens[position + 1].text if position + 1 < len(document.tokens) else ""
        before = document.tokens[position - 1].text if position else ""
        cut = pair_at(token.text, before, following, known, met, running)
        if not cut and running and hyphenated(token.text):
            cut = offices.couple_at(token.text)
        bounds = ((0, cut), (cut, cut + 1), (cut + 1, len(token.text))) if cut else ((0, len(token.text)),)
        for first, last in bounds:
            part = token.text[first:last]
            tokens.append(Token(token.start + first, token.start + last, part, part.lower()))
            origins.append(position)
    places.append(len(tokens))
    sentences = tuple(
        Sentence(s.start, s.end, places[s.first], places[s.last], s.paragraph, s.role) for s in document.sentences
    )
    return dataclasses.replace(document, tokens=tuple(tokens), sentences=sentences), origins


def hyphenated(word: str) -> bool:
    """Whether ``word`` is two capitalised words with a hyphen between."""
    left, hyphen, right = word.partition("-")
    return bool(hyphen and left and right and left[0].isupper() and right[0].isupper())


def pair_at(
    word: str, before: str, following: str, known: TypeKnowledge, met: frozenset[str], running: bool = False
) -> int:
    """Where the hyphen stands that joins two places or two persons in ``word``; 0 where there is none.

    Places are listed (the second may run on into ``following``). Persons are told by their parts, which the text also
    has apart (``met``), or by the names that go on to both sides, short ones only where the text speaks of candidates
    who run together (``running``). A word that is listed as a whole stays whole.
    """
    if not hyphenated(word) or known.listed([word], [word.lower()]):
        return 0
    left, _, right = word.partition("-")
    if left == right:
        # a name that doubles a word is one ("Bone-Bone")
        return 0
    both = [right, following]
    places = (known.listed(both[:size], [part.lower() for part in both[:size]]) for size in (1, 2))
    if known.listed([left], [left.lower()]) in (GPE, LOC):
        return len(left) if any(place in (GPE, LOC) for place in places) else 0
    plain = [_APOSTROPHES.sub("", part) for part in (left, right)]
    if not all(part.isalpha() for part in plain) or left.isupper():
        return 0
    within = before[:1].isupper() and following[:1].isupper() and before.isalpha() and following.isalpha()
    if min(map(len, plain)) <= _SHORT and not (within and running):
        return 0
    return len(left) if within or (left in met and right in met) else 0
