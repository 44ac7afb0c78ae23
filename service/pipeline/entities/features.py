"""What the encoder knows of a word: hashed identities, shape, and counts from the lexicon.

A word's features depend on the word alone, so that they are computed once per word and process. Those of its place in
the sentence (known phrases, the case of the whole sentence) are in ``contexts``.
"""

from __future__ import annotations

from collections.abc import Sequence
from zlib import crc32

import msgspec

from service.pipeline.entities.lexicon import Lexicon

WORD_BUCKETS = 1 << 15
NGRAM_BUCKETS = 1 << 15
SHAPE_BUCKETS = 1 << 9
NUMBERS = 16
# contexts: 0 outside a known phrase, else 1 + 2 * bits + (1 inside)
PHRASE_KINDS = 34
CASES = 4
_LONGEST_WORD = 40
_SIZES = (3, 4, 5)
_GRAM_SEED = crc32(b"g")


class WordFeatures(msgspec.Struct, frozen=True, gc=False):
    """Rows of the word, n-gram and shape tables, and ``NUMBERS`` numbers between 0 and 1."""

    word: int
    ngrams: tuple[int, ...]
    shape: int
    numbers: tuple[float, ...]


def _hash(text: str, buckets: int) -> int:
    return crc32(text.encode("utf-8", "surrogatepass")) & (buckets - 1)


def _gram_rows(plain: str) -> tuple[int, ...]:
    """The rows of the n-grams of a word, in their order."""
    edges = (plain[:2] + ">", "<" + plain[-2:])
    padded = f"<{plain}>"
    if not padded.isascii():
        grams = {padded[i : i + n] for n in _SIZES for i in range(len(padded) - n + 1)}.union(edges)
        return tuple(sorted(_hash("g" + gram, NGRAM_BUCKETS) for gram in grams))
    # where a letter is a byte, the word is encoded once, not once an n-gram
    letters = padded.encode()
    found = {letters[i : i + n] for n in _SIZES for i in range(len(letters) - n + 1)}
    found.update(edge.encode() for edge in edges)
    return tuple(sorted([crc32(gram, _GRAM_SEED) & (NGRAM_BUCKETS - 1) for gram in found]))


def shape(word: str) -> str:
    """``Jong-un`` -> ``Xxx-xx``: character classes, runs of one class cut at two."""
    if word.isalpha():
        if word.islower():
            return "xx"[: len(word)]
        if word[0].isupper() and word[1:].islower():
            return "Xxx"[: len(word)]
    classes: list[str] = []
    for character in word[:_LONGEST_WORD]:
        kind = "9" if character.isdigit() else "X" if character.isupper() else "x" if character.isalpha() else character
        if classes[-2:] != [kind, kind]:
            classes.append(kind)
    return "".join(classes)


def describe(word: str, lexicon: Lexicon) -> WordFeatures:
    """The features of ``word``; digits are one digit to the tables, so that numbers share what is learnt of them."""
    lower = word.lower()
    counts = lexicon.counts(lower)
    # most words are letters alone, and need no look at each
    letters = word.isalpha() and lower.isalpha()
    plain = lower[:_LONGEST_WORD]
    if not letters:
        plain = "".join(["0" if character.isdigit() else character for character in plain])
    cased = counts[6] + counts[7]
    numbers = (
        *[count / 15 for count in counts],
        counts[6] / cased if cased else 0.5,
        float(word.isupper() and len(word) > 1),
        float(word[:1].isupper()),
        float(word.islower()),
        float(not letters and any(character.isdigit() for character in word)),
        float(not letters and not any(character.isalnum() for character in word)),
        float("-" in word[1:-1]),
        min(len(word), 12) / 12,
    )
    return WordFeatures(
        _hash("w" + plain, WORD_BUCKETS),
        _gram_rows(plain),
        _hash("s" + shape(word), SHAPE_BUCKETS),
        numbers,
    )


def phrases(words: Sequence[str], lexicon: Lexicon) -> list[int]:
    """For each word, the kind of the known phrase that it lies in."""
    kinds = [0] * len(words)
    lowers = [word.lower() for word in words]
    for first, last, bits in lexicon.matches(lowers, [word[:1].isupper() for word in words]):
        for i in range(first, last):
            kinds[i] = 1 + 2 * bits + (i > first)
    return kinds


def case(words: Sequence[str]) -> int:
    """The case of a sentence: 0 mixed, 1 capitals, 2 mostly capitalised words (headlines), 3 lower case."""
    letters = capitals = capitalised = 0
    for word in words:
        if word[0].isalpha():
            letters += 1
            if word[0].isupper():
                capitalised += 1
                capitals += word.isupper()
    if letters < 3:
        return 0
    if capitals > 0.7 * letters:
        return 1
    if capitalised > 0.6 * letters:
        return 2
    return 3 if not capitalised else 0
