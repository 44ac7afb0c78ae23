"""What the encoder tells of the words of documents: their parts of speech, the names among them, and the chances of
such. Several documents are one pass, since numpy takes as long for a step over one short text as over five."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec
import numpy as np

from service.pipeline.annotations import Document
from service.pipeline.entities import encoder
from service.pipeline.entities.name_rules.spans import NameSpan

NAMES = ("O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC")
UPOS = (
    "ADJ",
    "ADP",
    "ADV",
    "AUX",
    "CCONJ",
    "DET",
    "INTJ",
    "NOUN",
    "NUM",
    "PART",
    "PRON",
    "PROPN",
    "PUNCT",
    "SCONJ",
    "SYM",
    "VERB",
    "X",
)
# the labels of a person's, a body's and a place's name
_PARTS = ([1, 2], [3, 4], [5, 6])
# more than this in one pass gains nothing more, and takes memory
_PASS_TOKENS = 2_000


class Labels(msgspec.Struct, frozen=True):
    """A document's Universal POS tags, one a token; its names by position; and the chances that a token lies in the
    name of a person, body or place, one row a token."""

    tags: tuple[str, ...]
    names: list[NameSpan]
    chances: list[list[float]]


def passes(documents: Sequence[Document]) -> Iterator[Sequence[Document]]:
    """``documents`` in their order, as many together as make a pass."""
    first = tokens = 0
    for index, document in enumerate(documents):
        if tokens and tokens + len(document.tokens) > _PASS_TOKENS:
            yield documents[first:index]
            first, tokens = index, 0
        tokens += len(document.tokens)
    yield documents[first:]


def label(documents: Sequence[Document], model: encoder.Encoder) -> list[Labels]:
    """The labels of each of ``documents``, in one pass; no sentence hears of another."""
    words = [
        [token.text for token in document.tokens_of(sentence)]
        for document in documents
        for sentence in document.sentences
    ]
    if not words:
        return [Labels((), [], []) for _ in documents]
    rows, starts = model.encode(words)
    lengths = [len(part) for part in words]
    best = model.scores("upos", rows).argmax(axis=1).tolist()
    scores = model.scores("names", rows)
    chances = model.chances("names", scores, starts, lengths)
    paths = model.decode("names", scores, starts, lengths)
    parts = np.stack([chances[:, labels].sum(axis=1) for labels in _PARTS], axis=1).tolist()
    found: list[Labels] = []
    number = 0
    for document in documents:
        tags = ["X"] * len(document.tokens)
        told = [[0.0] * len(_PARTS) for _ in document.tokens]
        names: list[NameSpan] = []
        for sentence in document.sentences:
            start, length, path = starts[number], lengths[number], paths[number]
            tags[sentence.first : sentence.last] = [UPOS[index] for index in best[start : start + length]]
            told[sentence.first : sentence.last] = parts[start : start + length]
            for first, last, kind in spans(path):
                chance = sum(chances[start + i, path[i]] for i in range(first, last)) / (last - first)
                names.append(NameSpan(sentence.first + first, sentence.first + last, kind, float(chance)))
            number += 1
        found.append(Labels(tuple(tags), names, told))
    return found


def spans(path: Sequence[int]) -> list[tuple[int, int, str]]:
    """(first, last, PER | ORG | LOC) of every name in a sequence of label numbers."""
    found: list[tuple[int, int, str]] = []
    start = -1
    for index, number in enumerate([*path, 0]):
        name = NAMES[number]
        if start >= 0 and not name.startswith("I-"):
            found.append((start, index, NAMES[path[start]][2:]))
            start = -1
        if name.startswith("B-"):
            start = index
    return found
