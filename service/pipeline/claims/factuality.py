"""Polarity and certainty of a clause, by the words in it and the verb that reports it.

After Saurí and Pustejovsky's FactBank (2009), with its scale cut down to what a news desk tells apart. Scope is the
clause without its relative clauses; negation raising and double negation are not handled.
"""

from __future__ import annotations

from collections.abc import Sequence

from service.pipeline.claims.lexicon import CERTAINTIES, Knowledge

_NEGATION_REACH = 9
_SEPARATORS = frozenset(',;:—–()"“”')


def polarity(words: Sequence[str], knowledge: Knowledge, frame: str = "", direct: bool = False) -> str:
    """affirmed, negated, or denied: ``words`` are the clause's tokens, case-folded; ``frame`` that of the verb that
    reports it. What is denied in indirect speech is denied; a quotation is what the speaker affirms or negates."""
    if frame == "deny" and not direct:
        return "denied"
    data = knowledge.data
    for i in range(len(words)):
        word = words[i]
        if word in data.relative:
            # the subject's relative clause; what follows it can only be told by a comma
            if not any(w in _SEPARATORS for w in words[i:]) and i > _NEGATION_REACH:
                break
            continue
        if word in data.negation.negators and not _in_relative(words, i, data.relative):
            if i + 1 < len(words) and words[i + 1] in data.negation.restrictive:
                continue
            return "negated"
    return "affirmed"


def _in_relative(words: Sequence[str], i: int, relative: frozenset[str]) -> bool:
    """Whether the word at ``i`` belongs to a relative clause: its marker is close before it, without a separator."""
    for j in range(i - 1, max(-1, i - 3), -1):
        if words[j] in _SEPARATORS:
            return False
        if words[j] in relative:
            return True
    return False


def certainty(words: Sequence[str], knowledge: Knowledge, frame: str = "", denied: bool = False) -> str:
    """asserted, or the strongest of conditional, alleged, reported, planned and predicted that a word of the clause
    gives; promises are planned and requests requested, by ``frame``."""
    by_frame = knowledge.data.frames.get(frame)
    if by_frame is not None:
        return by_frame
    found: set[str] = set()
    for i, word in enumerate(words):
        for cue, kind in knowledge.certainty.get(word, ()):
            if tuple(words[i : i + len(cue)]) == cue and not _in_relative(words, i, knowledge.data.relative):
                found.add(kind)
                break
    return next((kind for kind in CERTAINTIES if kind in found), "asserted")
