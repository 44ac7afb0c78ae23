"""How a number relates to others: a share of a total, what is left, the same for each, an addition, a difference.

Numbers compare only with numbers of the same relation. Words are data (``scopes.yaml``). Without a parser a mark of a
share counts where it stands in the clause in front of the number or right behind its noun phrase.
"""

from __future__ import annotations

from service.pipeline.alignment.clauses import Clause, Term
from service.pipeline.alignment.lexicon import Lexicon
from service.pipeline.alignment.reading import Amount, Reading
from service.pipeline.alignment.times import TIMES

SHARE = "share"
REST = "rest"
EACH = "each"
FORMER = "former"
WHOLE = "whole"
ADDITION = "addition"
DIFFERENCE = "difference"
CHANGES = frozenset({"@rise", "@fall"})
_REACH = 3


def part_of(clause: Clause, amount: Amount, phrase_end: int, focus: Term | None, lexicon: Lexicon) -> str | None:
    """The relation of the number to another; None for one that stands for itself.

    A share, or "others", of which something of its own is said ("12 orang, lima di antaranya tewas") stands for itself.
    """
    reading = clause.reading
    before = clause.before(amount.first)
    behind = list(reading.words[phrase_end : min(phrase_end + _REACH, clause.last)])
    sequences = lexicon.sequences
    if _is_beside_named(clause, amount, phrase_end, lexicon):
        return ADDITION
    relation = (
        _relation(before, behind, lexicon)
        or (SHARE if _is_of_stated_total(clause, amount, lexicon) else None)
        or (ADDITION if _is_addition(clause, amount, phrase_end, before, lexicon) else None)
    )
    if relation in (SHARE, ADDITION) and _has_own_status(clause, amount, phrase_end, focus, lexicon):
        return None
    if relation is not None:
        return relation
    if _is_whole(clause, amount, lexicon):
        return WHOLE
    if _is_former(clause, amount, lexicon) or sequences.former.within(before):
        return FORMER
    return DIFFERENCE if is_difference(clause, amount, lexicon) else None


def _relation(before: list[str], behind: list[str], lexicon: Lexicon) -> str | None:
    sequences = lexicon.sequences
    for relation, phrases, words in (
        (REST, sequences.rest, before),
        (EACH, sequences.each, before),
        (SHARE, sequences.shares, before),
        # behind a comma come examples of what is counted ("tujuh lokasi, di antaranya Balai Desa")
        (SHARE, sequences.shares_behind, behind[: behind.index(",")] if "," in behind else behind),
        (EACH, sequences.each, behind),
        (REST, sequences.rest, behind),
    ):
        if phrases.within(words):
            return relation
    return None


def rate_of(clause: Clause, amount: Amount, phrase_end: int, lexicon: Lexicon) -> str | None:
    """What the number is for one of ("per kilogram", "setahun"); None for a plain one."""
    reading = clause.reading
    for index in range(amount.last, min(phrase_end + 1, clause.last)):
        word = reading.words[index]
        if word not in lexicon.scopes.rates:
            continue
        if lexicon.scopes.rates[word]:
            return lexicon.concept(lexicon.scopes.rates[word])
        following = index + 1
        dated = reading.amount_at[following] if following < clause.last else None
        if following >= clause.last or (dated is not None and dated.value.kind in TIMES):
            return None
        return lexicon.concept(reading.words[following])
    return None


def _has_own_status(clause: Clause, amount: Amount, phrase_end: int, focus: Term | None, lexicon: Lexicon) -> bool:
    """Whether the predicate behind the number, or between the mark of the share and the number, is a status that the
    sentence does not state of the total as well."""
    if focus is None or not lexicon.is_status(focus.concept):
        return False
    end = min(focus.index, amount.first)
    if focus.index < phrase_end and not _is_marked_before(clause, end, lexicon):
        return False
    concepts = clause.reading.concepts
    return all(concepts[index] != focus.concept for index in range(clause.sentence.first, end))


def _is_marked_before(clause: Clause, end: int, lexicon: Lexicon) -> bool:
    """Whether a mark of a share stands in the clause in front of token ``end``."""
    return lexicon.sequences.shares.within(list(clause.reading.words[clause.first : end]))


def _is_of_stated_total(clause: Clause, amount: Amount, lexicon: Lexicon) -> bool:
    """Whether the sentence opens with "of <number>", and the number in question is another one."""
    reading = clause.reading
    first = clause.sentence.first
    while first < amount.first and not reading.words[first].isalpha():
        first += 1
    if lexicon.preposition.get(reading.words[first]) != "from":
        return False
    opening = reading.amount_at[min(first + 1, len(reading.words) - 1)]
    return opening is not None and opening is not amount


def _is_addition(clause: Clause, amount: Amount, phrase_end: int, before: list[str], lexicon: Lexicon) -> bool:
    additions = lexicon.scopes.additions
    near = [*before[-2:], *clause.reading.words[amount.first : min(phrase_end + 1, clause.last)]]
    if any(word in additions for word in near):
        return True
    opening = next((index for index, word in enumerate(before) if word.isalpha()), None)
    if opening is None or before[opening] not in additions:
        return False
    return lexicon.sequences.connectives.match(before, opening) is None


def _is_beside_named(clause: Clause, amount: Amount, phrase_end: int, lexicon: Lexicon) -> bool:
    """Whether the number counts others beside somebody who is named ("Bupati Darmawan dan tiga orang lain")."""
    reading = clause.reading
    index = amount.first - 1
    if index <= clause.first or reading.words[index] not in lexicon.scopes.conjunctions:
        return False
    behind = reading.words[amount.first : min(phrase_end + 1, clause.last)]
    return reading.mention_at[index - 1] is not None and any(word in lexicon.scopes.additions for word in behind)


def _is_whole(clause: Clause, amount: Amount, lexicon: Lexicon) -> bool:
    """Whether the number is the total that another number of the same things is out of ("18 unit dari 24 unit")."""
    if amount.first < clause.first + 2 or lexicon.preposition.get(clause.reading.words[amount.first - 1]) != "from":
        return False
    previous = clause.reading.amount_at[amount.first - 2]
    return previous is not None and previous.value.unit is not None and previous.value.unit == amount.value.unit


def _is_former(clause: Clause, amount: Amount, lexicon: Lexicon) -> bool:
    """Whether the number is what a change set out from ("dari Rp 250 menjadi Rp 188", "turun dari 97 persen")."""
    reading, words = clause.reading, clause.reading.words
    if amount.first == clause.first or lexicon.preposition.get(words[amount.first - 1]) != "from":
        return False
    if amount.last < clause.last and words[amount.last] in lexicon.scopes.results:
        return True
    index = amount.first - 2
    return index >= clause.first and _is_change(reading, index, amount, lexicon)


def is_difference(clause: Clause, amount: Amount, lexicon: Lexicon) -> bool:
    """Whether a verb of change directly governs the number; hedges alone may stand between."""
    reading = clause.reading
    for index in range(amount.first - 1, max(clause.first, amount.first - 5) - 1, -1):
        word = reading.words[index]
        if _is_change(reading, index, amount, lexicon):
            return index == clause.first or lexicon.opener.get(reading.words[index - 1]) != "relative"
        if word in lexicon.scopes.results or word not in lexicon.scopes.hedging:
            return False
    return False


def _is_change(reading: Reading, index: int, amount: Amount, lexicon: Lexicon) -> bool:
    word = reading.words[index]
    return word in lexicon.scopes.deltas or lexicon.sense(word, f"#{amount.value.kind}") in CHANGES
