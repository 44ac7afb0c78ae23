"""Language identification by frequent words, with a margin.

Each language has a list of its frequent words. A word counts for the languages that list it, the more the fewer
they are, so that what two neighbours share (Indonesian and Malay share most) decides nothing and what only one of
them has (``karena``, ``kerana``) decides much. ``und`` is answered where no language explains enough of the text or
two explain it about equally well.
"""

from __future__ import annotations

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


# How much of a text its language must explain, and by what factor it must beat the next.
MINIMUM_SHARE = 0.06
MINIMUM_MARGIN = 1.3
MAXIMUM_WORDS = 2_000


def load() -> Profiles:
    """The word lists of all candidate languages, weighted by how few of them share a word."""
    listed: dict[str, list[str]] = {}
    for code in CANDIDATES:
        for word in loader.lines(code, "function_words.txt"):
            listed.setdefault(word, []).append(code)
    return Profiles({word: {code: 1 / len(codes) ** 2 for code in codes} for word, codes in listed.items()})


def identify(text: str, profiles: Profiles) -> tuple[str, float]:
    """The BCP 47 code of the language of ``text`` and the share of the evidence that speaks for it.

    Judges the first 2,000 words. Answers ``("und", share)`` where unsure.
    """
    words: Counter[str] = Counter()
    for count, match in enumerate(_WORD.finditer(text), 1):
        words[match.group().lower()] += 1
        if count >= MAXIMUM_WORDS:
            break
    total = sum(words.values())
    if not total:
        return UNDETERMINED, 0.0
    votes = dict.fromkeys(CANDIDATES, 0.0)
    for word, times in words.items():
        for code, weight in profiles.weights.get(word, {}).items():
            votes[code] += weight * times
    (best, most), (_, next_most) = sorted(votes.items(), key=lambda item: -item[1])[:2]
    share = most / (sum(votes.values()) or 1.0)
    if most / total < MINIMUM_SHARE or most < MINIMUM_MARGIN * next_most:
        return UNDETERMINED, share
    return best, share
