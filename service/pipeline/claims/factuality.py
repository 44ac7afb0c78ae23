"""Polarity and certainty of a clause, by the words in it and the verb that reports it.

After Saurí and Pustejovsky's FactBank (2009), with its scale cut down to what a news desk tells apart. What counts is
the main clause without its relative clauses; double negation and negation raising are not handled.
"""

from __future__ import annotations

from collections.abc import Sequence

from service.pipeline.claims.lexicon import CERTAINTIES, Knowledge

_CONDITIONAL = CERTAINTIES[0]
_RELATIVE_REACH = 2
_SEPARATORS = frozenset(',;:—–()"“”')


def polarity(words: Sequence[str], knowledge: Knowledge, frame: str = "", direct: bool = False) -> str:
    """affirmed, negated, or denied: ``words`` are the clause's tokens, case-folded; ``frame`` that of the verb that
    reports it. What is denied in indirect speech is denied; a quotation is what the speaker affirms or negates."""
    if frame == "deny" and not direct:
        return "denied"
    negation = knowledge.data.negation
    if negation.negators.isdisjoint(words):
        return "affirmed"
    main = _main_clause(words, knowledge.data.subordinators)
    for i, word in enumerate(main):
        if word in negation.negators and not _in_relative(main, i, knowledge.data.relative):
            if i + 1 < len(main) and main[i + 1] in negation.restrictive:
                continue
            return "negated"
    return "affirmed"


def certainty(words: Sequence[str], knowledge: Knowledge, frame: str = "") -> str:
    """asserted, or the strongest of conditional, alleged, reported, planned and predicted that a word of the clause
    gives; promises are planned and requests requested, by ``frame``. A condition counts wherever it stands."""
    by_frame = knowledge.data.frames.get(frame)
    if by_frame is not None:
        return by_frame
    found = {kind for kind in _kinds(words, knowledge) if kind == _CONDITIONAL}
    found.update(_kinds(_main_clause(words, knowledge.data.subordinators), knowledge))
    return next((kind for kind in CERTAINTIES if kind in found), "asserted")


def _kinds(words: Sequence[str], knowledge: Knowledge) -> list[str]:
    """The certainties that the words give, relative clauses aside."""
    if knowledge.certainty.keys().isdisjoint(words):
        return []
    return [
        kind
        for i, word in enumerate(words)
        for cue, kind in knowledge.certainty.get(word, ())
        if tuple(words[i : i + len(cue)]) == cue and not _in_relative(words, i, knowledge.data.relative)
    ]


def _main_clause(words: Sequence[str], subordinators: frozenset[str]) -> Sequence[str]:
    """The words without the subordinate clause that opens or ends them."""
    if subordinators.isdisjoint(words):
        return words
    first = 0
    if words and words[0] in subordinators:
        first = next((i + 1 for i, word in enumerate(words) if word == ","), 0)
    last = next((i for i in range(first + 1, len(words)) if words[i] in subordinators), len(words))
    return words[first:last]


def _in_relative(words: Sequence[str], i: int, relative: frozenset[str]) -> bool:
    """Whether the word at ``i`` belongs to a relative clause: its marker is close before it, without a separator."""
    for j in range(i - 1, max(-1, i - 1 - _RELATIVE_REACH), -1):
        if words[j] in _SEPARATORS:
            return False
        if words[j] in relative:
            return True
    return False
