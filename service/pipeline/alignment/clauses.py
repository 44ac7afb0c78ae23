"""Clauses: the stretches of a sentence that hold one predicate with what belongs to it.

No parser: a sentence is cut at marks and at words that open a clause, and pieces without a predicate of their own
(appositions, places, dates) go back to the clause that they belong to. Does not find clauses without any mark or
opener between them, and takes a verbal noun for a noun.
"""

from __future__ import annotations

import msgspec

from service.pipeline.alignment.lexicon import Lexicon
from service.pipeline.alignment.reading import Amount, Mention, Reading
from service.pipeline.annotations import Sentence

_HARD = frozenset(";:–—")
_SOFT = frozenset(",")
_TIMES = frozenset({"date", "time", "duration"})
_QUOTES = frozenset('"“”«»')
BRACKETS = frozenset("([")


class Term(msgspec.Struct, frozen=True, gc=False):
    """A word with a meaning of its own, at token ``index``."""

    index: int
    concept: str
    verb: bool


class Clause(msgspec.Struct, frozen=True):
    """Tokens ``first:last`` of an article. ``relation`` says how it hangs on the clause before (``cause``, ``after``,
    ``purpose`` …; empty for a main clause)."""

    reading: Reading
    number: int
    sentence: Sentence
    first: int
    last: int
    relation: str
    terms: tuple[Term, ...]
    mentions: tuple[Mention, ...]
    amounts: tuple[Amount, ...]

    def words(self) -> tuple[str, ...]:
        """The clause's words in lower case."""
        return self.reading.words[self.first : self.last]

    def before(self, index: int) -> list[str]:
        """The clause's words in front of token ``index``."""
        return list(self.reading.words[self.first : index])


def split(reading: Reading, lexicon: Lexicon) -> tuple[Clause, ...]:
    """The clauses of an article, in order."""
    clauses: list[Clause] = []
    for sentence in reading.document.sentences:
        if sentence.role == "dateline":
            continue
        for first, last in _ranges(reading, sentence, lexicon):
            clauses.append(_clause(reading, len(clauses), sentence, first, last, lexicon))
    return tuple(clauses)


def _ranges(reading: Reading, sentence: Sentence, lexicon: Lexicon) -> list[tuple[int, int]]:
    pieces = _pieces(reading, sentence, lexicon)
    merged: list[tuple[int, int, bool]] = []
    for first, last, hard in pieces:
        verb = any(not reading.frame[i] and reading.is_verb(i, lexicon) for i in range(first, last))
        verb = verb or _is_occurrence(reading, first, last, lexicon) or _says_none(reading, first, last, lexicon)
        if merged and not hard and (not verb or not merged[-1][2]):
            previous = merged[-1]
            merged[-1] = (previous[0], last, previous[2] or verb)
        else:
            merged.append((first, last, verb))
    return [(first, last) for first, last, _ in merged]


def _is_occurrence(reading: Reading, first: int, last: int, lexicon: Lexicon) -> bool:
    """Whether a verbal noun with a verb of occurrence stands for a predicate ("pencairan dilakukan")."""
    return any(reading.words[i] in lexicon.scopes.occurrence for i in range(first, last)) and any(
        lexicon.kind(reading.concepts[i]) in ("event", "status") for i in range(first, last)
    )


def _says_none(reading: Reading, first: int, last: int, lexicon: Lexicon) -> bool:
    """Whether the tokens say that there is nothing of a kind ("tidak ada tawuran")."""
    scopes = lexicon.scopes
    return any(
        reading.words[i] in scopes.negators
        and reading.words[i + 1] in scopes.existence
        and any(reading.concepts[i + 2 : last])
        for i in range(first, last - 2)
    )


def _pieces(reading: Reading, sentence: Sentence, lexicon: Lexicon) -> list[tuple[int, int, bool]]:
    """Token ranges between breaks; the flag tells a break that no merging may undo."""
    breaks: dict[int, bool] = {sentence.first: True}
    words = reading.words
    for index in range(sentence.first, sentence.last):
        if _inside(reading, index):
            continue
        word = words[index]
        if word in _HARD:
            breaks[index + 1] = True
        elif word in _SOFT or word in _QUOTES:
            breaks.setdefault(index + 1, False)
        elif (word in lexicon.opener and lexicon.opener[word] != "relative") or (
            word in lexicon.scopes.conjunctions and _opens_verb(reading, index + 1, sentence.last, lexicon)
        ):
            breaks.setdefault(index, False)
    starts = sorted(start for start in breaks if start < sentence.last)
    return [(start, end, breaks[start]) for start, end in zip(starts, [*starts[1:], sentence.last], strict=True)]


def _inside(reading: Reading, index: int) -> bool:
    """Whether the token lies within a name or a value, not at its end."""
    mention, amount = reading.mention_at[index], reading.amount_at[index]
    return (mention is not None and index < mention.last - 1) or (amount is not None and index < amount.last - 1)


def _precedes_time(reading: Reading, index: int, last: int) -> bool:
    amount = reading.amount_at[index + 1] if index + 1 < last else None
    return amount is not None and amount.value.kind in _TIMES


def _opens_verb(reading: Reading, index: int, last: int, lexicon: Lexicon) -> bool:
    """Whether a predicate stands at ``index``, adverbs and auxiliaries skipped."""
    while index < last and reading.words[index] in lexicon.light and reading.mention_at[index] is None:
        index += 1
    return index < last and reading.is_verb(index, lexicon)


def _is_not_one(reading: Reading, amount: Amount, lexicon: Lexicon) -> bool:
    """Whether a number of one stands for none: "satu mesin pun"."""
    return amount.last < len(reading.words) and reading.words[amount.last] in lexicon.scopes.emphatics


def _clause(reading: Reading, number: int, sentence: Sentence, first: int, last: int, lexicon: Lexicon) -> Clause:
    light = lexicon.light
    terms = []
    mentions: list[Mention] = []
    amounts: list[Amount] = []
    for index in range(first, last):
        mention, amount = reading.mention_at[index], reading.amount_at[index]
        if amount is not None and (not amounts or amounts[-1] is not amount):
            amounts.append(amount)
        if reading.frame[index]:
            continue
        if mention is not None:
            if not mentions or mentions[-1] is not mention:
                mentions.append(mention)
        elif reading.concepts[index] and (amount is None or _is_not_one(reading, amount, lexicon)):
            word, concept = reading.words[index], reading.concepts[index]
            if word in lexicon.scopes.spans and _precedes_time(reading, index, last):
                continue
            if word not in light or index in reading.phrases:
                terms.append(Term(index, concept, reading.is_verb(index, lexicon)))
    opener = next((reading.words[i] for i in range(first, last) if reading.words[i].isalpha()), "")
    relation = lexicon.opener.get(opener, "")
    return Clause(reading, number, sentence, first, last, relation, tuple(terms), tuple(mentions), tuple(amounts))
