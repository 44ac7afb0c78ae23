"""What a number covers: a fact or a plan, a grade of severity, a figure that was taken back.

Words are data (``scopes.yaml``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from service.pipeline.alignment.clauses import BRACKETS, Clause, Term
from service.pipeline.alignment.lexicon import Lexicon
from service.pipeline.alignment.reading import Amount, Reading

_MARKS = frozenset(",;:.!?—–()")


def grade_of(
    reading: Reading, focus: Term | None, amount: Amount, phrase_end: int, clause: Clause, lexicon: Lexicon
) -> str | None:
    """The grade of damage or injury that stands with the focus or in the noun phrase."""
    near = list(range(amount.first, min(phrase_end + 1, clause.last)))
    if focus is not None:
        near += range(focus.index, min(focus.index + 3, clause.last))
    for index in near:
        follows = index + 1 < clause.last and reading.is_verb(index + 1, lexicon)
        if reading.words[index] in lexicon.severity and not follows:
            return lexicon.severity[reading.words[index]]
    return None


def is_planned(clause: Clause, amount: Amount, focus: Term | None, clauses: Sequence[Clause], lexicon: Lexicon) -> bool:
    """Whether a word of intention stands shortly in front of the predicate, or of its purpose clause."""
    end = focus.index if focus is not None else amount.first
    planned = lexicon.scopes.planned
    if clause.relation == "purpose" and clause.number > 0:
        before = clauses[clause.number - 1]
        if not planned.isdisjoint(before.words()[-4:]):
            return True
    return not planned.isdisjoint(clause.reading.words[max(clause.first, end - 4) : end])


def negator(reading: Reading, index: int, lexicon: Lexicon, reach: int = 5) -> int | None:
    """The token of the negation that governs the token at ``index``; only function words, auxiliaries and verbs that
    carry the noun behind them may stand between."""
    if index + 1 < len(reading.words) and reading.words[index + 1] in lexicon.scopes.ordinals:
        return None
    for position in range(index - 1, max(index - 1 - reach, -1), -1):
        word = reading.words[position]
        if word in lexicon.scopes.negators:
            idle = lexicon.sequences.pseudo_negations.match(reading.words[position : position + 4], 0)
            return None if idle else position
        if word in BRACKETS:
            # an editor's insertion: "tidak ada (kericuhan)"
            continue
        if word in _MARKS or reading.mention_at[position] is not None:
            return None
        if word not in lexicon.light and word not in lexicon.scopes.support_verbs:
            return None
    return None


def none_of(clause: Clause, amount: Amount, lexicon: Lexicon) -> Amount | None:
    """The number as the nought that it is where not even one is meant ("tidak satu orang pun", "satu orang pun tidak"),
    with the negation in its span; None for any other."""
    reading = clause.reading
    value = amount.value
    if value.kind != "quantity" or (value.low, value.high) != (1, 1):
        return None
    if amount.last >= clause.last or reading.words[amount.last] not in lexicon.scopes.even:
        return None
    near = range(max(amount.first - 2, clause.first), min(amount.last + 3, clause.last))
    place = next((index for index in near if reading.words[index] in lexicon.scopes.negators), None)
    if place is None:
        return None
    first, last = min(place, amount.first), max(place + 1, amount.last + 1)
    nought = replace(value, low=0.0, high=0.0, span=reading.span(first, last))
    return Amount(amount.first, amount.last, nought)


def is_retracted(clause: Clause, clauses: Sequence[Clause], lexicon: Lexicon) -> bool:
    """Whether the next sentence opens as a correction does ("Yang benar, …")."""
    following = next((c for c in clauses[clause.number + 1 :] if c.sentence.first >= clause.sentence.last), None)
    return following is not None and lexicon.sequences.corrections.match(following.words()[:4], 0) is not None
