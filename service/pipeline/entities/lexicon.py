"""What lists of names and raw text tell of a word: how often it opens or continues a person's, an organisation's or a
place's name, how often it is written in lower case; and which sequences of words are known names.

Compiled ahead by ``python -m training.prepare`` into two tries, so that a process has it in a few milliseconds.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from pathlib import Path

import marisa_trie  # type: ignore[import-not-found]

from service.pipeline.document.morphology import LONGEST_WORD, MOST_REMEMBERED_WORDS

WORD_FORMAT = "<8B"
PHRASE_FORMAT = "<B"
UNKNOWN = (0,) * 8
# bits of a known phrase
PERSON, ORGANISATION, PLACE, COUNTRY = 1, 2, 4, 8
LONGEST = 6


class Lexicon:
    """``words`` maps a case-folded word to eight counts on a logarithmic scale (person first, person later,
    organisation first, later, place first, later, lower-case, capitalised); ``phrases`` maps case-folded words
    joined by spaces to bits. What was told of the words met last is remembered: a trie takes ten times as long.
    """

    def __init__(self, words: marisa_trie.RecordTrie, phrases: marisa_trie.RecordTrie) -> None:
        self.words = words
        self.phrases = phrases
        remember = functools.lru_cache(maxsize=MOST_REMEMBERED_WORDS)
        self._counts, self._alone = remember(self._look_up), remember(self._look_up_phrase)

    def _phrase(self, lower: str) -> tuple[int, bool]:
        """The bits of a word that is a known phrase by itself, and whether one of two words or more begins with it."""
        return self._alone(lower) if len(lower) <= LONGEST_WORD else self._look_up_phrase(lower)

    def _look_up_phrase(self, lower: str) -> tuple[int, bool]:
        return self._bits(lower), next(self.phrases.iterkeys(lower + " "), None) is not None

    def _bits(self, phrase: str) -> int:
        found = self.phrases.get(phrase)
        return found[0][0] if found else 0

    def counts(self, lower: str) -> tuple[int, ...]:
        """The eight counts of a case-folded word; all zero where it is not known."""
        return self._counts(lower) if len(lower) <= LONGEST_WORD else self._look_up(lower)

    def _look_up(self, lower: str) -> tuple[int, ...]:
        found = self.words.get(lower)
        return found[0] if found else UNKNOWN

    def matches(self, lowers: Sequence[str], capitalised: Sequence[bool]) -> list[tuple[int, int, int]]:
        """The longest known phrases as (first, last, bits), leftmost first, not overlapping.

        A phrase must open and close with a capitalised word.
        """
        found: list[tuple[int, int, int]] = []
        end, count = 0, len(lowers)
        for index, capital in enumerate(capitalised):
            if not capital or index < end:
                continue
            bits, opens = self._phrase(lowers[index])
            last = index + 1 if bits else 0
            key = lowers[index]
            for behind in range(index + 1, min(index + LONGEST, count) if opens else 0):
                key = f"{key} {lowers[behind]}"
                if capitalised[behind] and (known := self._bits(key)):
                    last, bits = behind + 1, known
            if last:
                found.append((index, last, bits))
                end = last
        return found


def load(folder: Path) -> Lexicon:
    """The lexicon compiled into ``folder``; raises OSError where it is not there."""
    words = marisa_trie.RecordTrie(WORD_FORMAT)
    words.load(str(folder / "words.marisa"))
    phrases = marisa_trie.RecordTrie(PHRASE_FORMAT)
    phrases.load(str(folder / "phrases.marisa"))
    return Lexicon(words, phrases)
