"""What a number covers: all or a share, a fact or a plan, a grade of severity, a figure that was taken back.

Words are data (``scopes.yaml``).
"""

from __future__ import annotations

from collections.abc import Sequence

from service.pipeline.alignment.clauses import Clause, Term
from service.pipeline.alignment.lexicon import Lexicon
from service.pipeline.alignment.reading import Amount, Reading
from service.pipeline.alignment.times import TIMES

DELTA = "difference"
FORMER = "former"
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


def part_of(
    clause: Clause,
    amount: Amount,
    phrase_end: int,
    focus: Term | None,
    clauses: Sequence[Clause],
    lexicon: Lexicon,
) -> str | None:
    """The words that make the number a share of another, an addition to it, or a difference; None for a plain one.

    A share of which something of its own is said ("12 orang, lima di antaranya tewas") counts that in full.
    """
    reading = clause.reading
    before = clause.before(amount.first)
    behind = list(reading.words[phrase_end : min(phrase_end + 3, clause.last)])
    share = _share_words(before, behind, lexicon) or _share_of_stated_total(clause, amount, clauses, lexicon)
    if share is not None:
        return None if _has_own_status(reading, amount, phrase_end, focus, lexicon) else share
    if behind and behind[0] in lexicon.scopes.rates and not _is_dated(reading, phrase_end + 1):
        return None if amount.value.kind == "percent" else behind[0]
    if _is_former(before, clause, lexicon):
        return FORMER
    near = [*before[-2:], *reading.words[amount.first : min(phrase_end + 1, clause.last)]]
    for word in near:
        if word in lexicon.scopes.additions:
            return word
    opening = next((word for word in before if word.isalpha()), "")
    if opening in lexicon.scopes.additions:
        return opening
    return _difference(before, lexicon)


def _is_former(before: list[str], clause: Clause, lexicon: Lexicon) -> bool:
    """Whether the number is what something was before it changed ("naik menjadi 1.500 dari 1.350")."""
    changed = any(word in lexicon.scopes.growth or word in lexicon.scopes.deltas for word in clause.words())
    return changed and any(lexicon.preposition.get(word) == "from" for word in before[-3:])


def _share_words(before: list[str], behind: list[str], lexicon: Lexicon) -> str | None:
    for words, phrases in ((before, lexicon.sequences.parts), (behind, lexicon.sequences.parts_behind)):
        for index in range(len(words)):
            match = phrases.match(words, index)
            if match:
                return match[1]
    return None


def _is_dated(reading: Reading, index: int) -> bool:
    """Whether a time stands at ``index``: "per 31 Maret" tells since when, and no rate."""
    amount = reading.amount_at[index] if index < len(reading.words) else None
    return amount is not None and amount.value.kind in TIMES


def _has_own_status(reading: Reading, amount: Amount, phrase_end: int, focus: Term | None, lexicon: Lexicon) -> bool:
    """Whether the predicate behind the number is a status that the sentence does not state of the total as well."""
    if focus is None or focus.index < phrase_end or not lexicon.is_status(focus.concept):
        return False
    sentence = next(s for s in reading.document.sentences if s.first <= amount.first < s.last)
    return all(reading.concepts[i] != focus.concept for i in range(sentence.first, amount.first))


def _share_of_stated_total(clause: Clause, amount: Amount, clauses: Sequence[Clause], lexicon: Lexicon) -> str | None:
    """Whether the sentence opens with "of <number>", and the number in question is another one."""
    reading = clause.reading
    first = clause.sentence.first
    while first < amount.first and not reading.words[first].isalpha():
        first += 1
    if lexicon.preposition.get(reading.words[first]) != "from":
        return None
    opening = reading.amount_at[min(first + 1, len(reading.words) - 1)]
    return reading.words[first] if opening is not None and opening is not amount else None


def _difference(before: list[str], lexicon: Lexicon) -> str | None:
    """The verb of change that directly governs the number."""
    for word in reversed(before[-4:]):
        if word in lexicon.scopes.results:
            return None
        if word in lexicon.scopes.deltas:
            return DELTA
        if word not in lexicon.light:
            return None
    return None


def is_planned(clause: Clause, amount: Amount, focus: Term | None, clauses: Sequence[Clause], lexicon: Lexicon) -> bool:
    """Whether a word of intention stands shortly in front of the predicate, or of its purpose clause."""
    end = focus.index if focus is not None else amount.first
    words = clause.before(end)[-4:]
    if clause.relation == "purpose" and clause.number > 0:
        words = list(clauses[clause.number - 1].words()[-4:]) + words
    return any(word in lexicon.scopes.planned for word in words)


def negator(reading: Reading, index: int, lexicon: Lexicon, reach: int = 5) -> int | None:
    """The token of the negation that governs the token at ``index``; only function words, auxiliaries and verbs that
    carry the noun behind them may stand between."""
    for position in range(index - 1, max(index - 1 - reach, -1), -1):
        word = reading.words[position]
        if word in lexicon.scopes.negators:
            words = list(reading.words[position : position + 4])
            return None if lexicon.sequences.pseudo_negations.match(words, 0) else position
        if word in _MARKS or reading.mention_at[position] is not None:
            return None
        if word not in lexicon.light and word not in lexicon.scopes.support_verbs:
            return None
    return None


def is_retracted(clause: Clause, clauses: Sequence[Clause], lexicon: Lexicon) -> bool:
    """Whether the next sentence opens as a correction does ("Yang benar, …")."""
    following = next((c for c in clauses[clause.number + 1 :] if c.sentence.first >= clause.sentence.last), None)
    return following is not None and lexicon.sequences.corrections.match(list(following.words()[:4]), 0) is not None
