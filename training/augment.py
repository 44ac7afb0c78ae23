"""Variants of training sentences in the style of news: headlines in capitals or title case."""

from __future__ import annotations

import random
from dataclasses import replace

from training.corpora import Labelled

_SMALL = frozenset(
    {"di", "ke", "dari", "dan", "yang", "untuk", "pada", "dengan", "oleh", "dalam", "atas", "saat", "soal", "usai"}
)


def recase(sentence: Labelled, rng: random.Random, share: float = 0.12) -> Labelled:
    """``sentence`` as it is, or, for ``share`` of the calls, as a headline: in capitals, or every word capitalised."""
    roll = rng.random()
    if roll > share:
        return sentence
    if roll < share / 3:
        return replace(sentence, words=tuple(word.upper() for word in sentence.words))
    return replace(
        sentence,
        words=tuple(
            word if word.lower() in _SMALL or not word.islower() else word.capitalize() for word in sentence.words
        ),
    )
