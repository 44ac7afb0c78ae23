"""Language identification by frequent words, with a margin.

Each language has a list of its frequent words. A word counts for the languages that list it, the more the fewer
they are, so that what two neighbours share (Indonesian and Malay share most) decides nothing and what only one of
them has (``karena``, ``kerana``) decides much. ``und`` is answered where no language explains enough of the text or
two explain it about equally well.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Mapping

import msgspec

from service.languages import loader

CANDIDATES = ("id", "ms", "jv", "su", "en")
UNDETERMINED = "und"

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)?")


class Profiles(msgspec.Struct, frozen=True):
    """``weights[word][language]``: what one occurrence of ``word`` says for ``language``."""

    weights: Mapping[str, Mapping[str, float]]


# How much of a text its language must explain, and which share of the words that tell it from its nearest rival.
MINIMUM_SHARE = 0.06
MINIMUM_CERTAINTY = 0.65
MAXIMUM_WORDS = 2_000


def load() -> Profiles:
    """The word lists of all candidate languages, weighted by how few of them share a word."""
    listed: dict[str, list[str]] = {}
    for code in CANDIDATES:
        for word in loader.lines(code, "function_words.txt"):
            listed.setdefault(word, []).append(code)
    return Profiles({word: {code: 1 / len(codes) ** 2 for code in codes} for word, codes in listed.items()})


def identify(text: str, profiles: Profiles) -> tuple[str, float]:
    """The BCP 47 code of the language of ``text`` and the share of the evidence between it and its nearest rival
    that speaks for it.

    Judges the first 2,000 words. Answers ``("und", share)`` where unsure.
    """
    first = itertools.islice(_WORD.finditer(text), MAXIMUM_WORDS)
    words = Counter(map(str.lower, map(re.Match.group, first)))
    known = {word: times for word, times in words.items() if word in profiles.weights}
    votes = dict.fromkeys(CANDIDATES, 0.0)
    for word, times in known.items():
        for code, weight in profiles.weights[word].items():
            votes[code] += weight * times
    best, second = sorted(CANDIDATES, key=lambda code: -votes[code])[:2]
    # what both have decides nothing between them
    most, next_most = (
        sum(
            times
            for word, times in known.items()
            if one in profiles.weights[word] and other not in profiles.weights[word]
        )
        for one, other in ((best, second), (second, best))
    )
    share = most / (most + next_most or 1)
    if votes[best] < MINIMUM_SHARE * sum(words.values()) or share < MINIMUM_CERTAINTY or not votes[best]:
        return UNDETERMINED, share
    return best, share
