"""What tells which one a thing is: "pesawat jenis X", "menang 2-1", "gol … pada menit ke-75".

A make stands behind its noun and a word for makes; a score stands alone in a sentence with a word for results and the
names of those who played; the minute of a goal with the one who scored. Words are data (``designations.yaml``). Does
not read scores of several sets, nor who won.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import msgspec

from service.languages import loader
from service.pipeline.alignment.lexicon import Lexicon
from service.pipeline.alignment.locations import place_role
from service.pipeline.alignment.reading import Mention, Reading
from service.pipeline.annotations import Claim, Sentence, Span

Kind = Literal["make", "score", "minute"]
_DASHES = frozenset("-–—")
_SECOND = 2
_TEAMS = 2
_DIGITS = 2
_WORD = re.compile(r"[^\s-]+")
_MINUTE = re.compile(r"(?:ke-)?(\d{1,3})")
_PLAYERS = frozenset({"GPE", "ORG", "NORP"})
_MADE = frozenset({"PRODUCT", "ORG"})


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The shape of ``designations.yaml``."""

    makes: frozenset[str]
    results: frozenset[str]
    interim: frozenset[str]
    minutes: frozenset[str]
    goals: frozenset[str]


@functools.cache
def load(code: str) -> Words:
    """The words of designations, for language ``code``."""
    words: Words = loader.load(code, "designations", Words)
    return words


@dataclass(frozen=True, slots=True)
class Designation:
    """``value`` tells which one ``matter`` is: the words of a make, the two numbers of a score, a minute.

    ``names`` are those who played, or the one who scored; ``sentence`` is where it stands.
    """

    reading: Reading
    kind: Kind
    matter: str
    word: str
    names: frozenset[str]
    value: frozenset[str]
    sentence: Sentence
    claim: Claim | None
    evidence: Span

    def differs(self, other: Designation) -> bool:
        """Whether the two cannot both be right; of two makes, one may be told more fully."""
        if self.kind != "make":
            return self.value != other.value
        if self.value <= other.value or other.value <= self.value:
            return False
        return not any(word[0].isdigit() for word in self.value & other.value)


def designations(reading: Reading, lexicon: Lexicon, known: Words) -> list[Designation]:
    """The designations in the body of one article."""
    found: list[Designation] = []
    for sentence in reading.document.sentences:
        if sentence.role == "body":
            found += _makes(reading, sentence, lexicon, known)
            found += _scores(reading, sentence, lexicon, known)
            found += _minutes(reading, sentence, known)
    return found


def _makes(reading: Reading, sentence: Sentence, lexicon: Lexicon, known: Words) -> Iterator[Designation]:
    for index in range(sentence.first + 1, sentence.last - 1):
        noun, mention = reading.concepts[index - 1], reading.mention_at[index + 1]
        if reading.words[index] not in known.makes or mention is None or mention.type not in _MADE:
            continue
        if noun and lexicon.kind(noun) == "thing" and mention.first == index + 1:
            words = _WORD.findall(reading.document.text_of(reading.span(mention.first, mention.last)).lower())
            span = reading.span(index - 1, mention.last)
            yield _designation(reading, "make", noun, index - 1, frozenset(), frozenset(words), sentence, span)


def _scores(reading: Reading, sentence: Sentence, lexicon: Lexicon, known: Words) -> Iterator[Designation]:
    words = reading.words[sentence.first : sentence.last]
    if known.results.isdisjoint(words) or not known.interim.isdisjoint(words):
        return
    spots = [
        index
        for index in range(sentence.first, sentence.last - _SECOND)
        if _is_goals(reading.words[index]) and _is_goals(reading.words[index + _SECOND])
        if reading.words[index + 1] in _DASHES
    ]
    teams = [m for m in _mentions(reading, sentence) if m.type in _PLAYERS and place_role(reading, m, lexicon) != "at"]
    if len(spots) != 1 or len({m.name for m in teams}) < _TEAMS:
        return
    first = spots[0]
    goals = sorted((reading.words[first], reading.words[first + _SECOND]), key=int)
    near = [i for i in range(sentence.first, sentence.last) if reading.words[i] in known.results]
    start, end = min([*near, first]), max([*near, first + _SECOND]) + 1
    value = frozenset({f"{goals[1]}-{goals[0]}"})
    names = frozenset(m.name for m in teams)
    yield _designation(reading, "score", "", first, names, value, sentence, reading.span(start, end))


def _minutes(reading: Reading, sentence: Sentence, known: Words) -> Iterator[Designation]:
    people = {m.name for m in _mentions(reading, sentence) if m.type == "PERSON"}
    spots = [i for i in range(sentence.first, sentence.last - 1) if reading.words[i] in known.minutes]
    goal = next((i for i in range(sentence.first, sentence.last) if reading.words[i] in known.goals), None)
    if len(people) != 1 or len(spots) != 1 or goal is None:
        return
    minute = _MINUTE.fullmatch(reading.words[spots[0] + 1])
    if minute is not None:
        span = reading.span(min(goal, spots[0]), max(goal, spots[0] + 1) + 1)
        value = frozenset({minute[1]})
        yield _designation(reading, "minute", "", goal, frozenset(people), value, sentence, span)


def _is_goals(word: str) -> bool:
    # raised digits are digits as well, and no numbers
    return word.isdecimal() and len(word) <= _DIGITS


def _mentions(reading: Reading, sentence: Sentence) -> list[Mention]:
    return [m for m in reading.mentions if sentence.first <= m.first < sentence.last and not reading.frame[m.first]]


def _designation(
    reading: Reading,
    kind: Kind,
    matter: str,
    index: int,
    names: frozenset[str],
    value: frozenset[str],
    sentence: Sentence,
    evidence: Span,
) -> Designation:
    word = reading.document.tokens[index].text.lower()
    return Designation(reading, kind, matter, word, names, value, sentence, reading.claim_at[index], evidence)
