"""Which time and which places of a clause belong to a predicate."""

from __future__ import annotations

from collections.abc import Sequence

from service.pipeline.alignment.clauses import Clause, Term
from service.pipeline.alignment.lexicon import Lexicon
from service.pipeline.alignment.reading import Amount, Mention, Reading
from service.pipeline.alignment.times import TIMES, days_of


def day_of(clause: Clause, term: Term, lexicon: Lexicon) -> Amount | None:
    """The date that belongs to the predicate: no other predicate and no word of reporting stands between them."""
    reading = clause.reading
    best: Amount | None = None
    if not clause.amounts:
        return None
    if not term.verb and _has_other_predicate(clause, term, lexicon):
        return None
    for amount in clause.amounts:
        if amount.value.kind not in TIMES or days_of(amount.value) is None or reading.frame[amount.first]:
            continue
        low, high = sorted((term.index, amount.first))
        between = range(low + 1, high)
        if is_of_report(reading, between, lexicon) or _opens_report(clause, amount, term, lexicon):
            continue
        if _is_governed_between(clause, low, high, lexicon):
            continue
        if term.concept in lexicon.postponed and amount.first < term.index:
            continue
        if _is_behind_relative(clause, term, amount, lexicon) or _bounds_count(reading, amount, term, lexicon):
            continue
        if best is None or abs(amount.first - term.index) < abs(best.first - term.index):
            best = amount
    return best


def places_of(
    clause: Clause, term: Term, places: Sequence[tuple[Mention, str]], roles: tuple[str, ...], lexicon: Lexicon
) -> tuple[Mention, ...]:
    """Those of ``places``, names with their roles in the clause, in one of ``roles`` that belong to the predicate: no
    other predicate stands between them, and what is somewhere goes nowhere ("terjadi di Ciater saat rombongan kembali
    ke Depok")."""
    found: list[Mention] = []
    placed = False
    for mention, role in places:
        if role in roles and not (placed and role != "at"):
            placed = placed or (role == "at" and mention.first > term.index)
            if not _is_governed_between(clause, term.index, mention.first, lexicon):
                found.append(mention)
    return tuple(found)


def _is_governed_between(clause: Clause, one: int, other: int, lexicon: Lexicon) -> bool:
    """Whether a verb that takes times and places stands between two tokens."""
    low, high = (one, other) if one < other else (other, one)
    return any(
        term.verb and low < term.index < high and _governs(term, clause.reading, lexicon) for term in clause.terms
    )


def is_of_report(reading: Reading, between: range, lexicon: Lexicon) -> bool:
    """Whether a time behind the words ``between`` is that of the report: they say who speaks, and nothing follows that
    between two commas ("longsor itu, kata X, terjadi Minggu" is of the event)."""
    said = [i for i in between if reading.frame[i] or reading.words[i] in lexicon.scopes.reported_day]
    if not said:
        return False
    behind = [reading.words[i] for i in between if i > said[-1]]
    return "," not in behind or not any(word.isalpha() for word in behind[behind.index(",") :])


def _opens_report(clause: Clause, amount: Amount, term: Term, lexicon: Lexicon) -> bool:
    """Whether a time in front of the predicate closes the phrase that tells whose report it is ("Dilansir dari X pada
    Jumat, …")."""
    reading = clause.reading
    if amount.first > term.index or "," not in reading.words[amount.last : amount.last + 1]:
        return False
    for index in range(amount.first - 1, clause.sentence.first - 1, -1):
        if reading.words[index] == ",":
            return False
        if reading.frame[index] or reading.words[index] in lexicon.scopes.reported_day:
            return True
    return False


def _has_other_predicate(clause: Clause, term: Term, lexicon: Lexicon) -> bool:
    """Whether the clause of a verbal noun tells of something else ("korban kebakaran bertambah …")."""
    if any(
        other.verb and other.index != term.index and _governs(other, clause.reading, lexicon) for other in clause.terms
    ):
        return True
    scopes = lexicon.scopes
    return any(word in scopes.growth or word in scopes.deltas for word in clause.words())


def _is_behind_relative(clause: Clause, term: Term, amount: Amount, lexicon: Lexicon) -> bool:
    """Whether the predicate only tells which thing is meant, and a comma parts it from the time: that is of the main
    predicate ("permohonan yang diajukan X, Selasa")."""
    words = clause.reading.words
    front = range(max(term.index - 3, clause.first), term.index)
    relative = any(lexicon.opener.get(words[index]) == "relative" for index in front)
    main = any(words[t.index].startswith(lexicon.scopes.verb_prefixes) for t in clause.terms if t.index < term.index)
    return relative and main and "," in words[term.index : amount.first]


def _governs(term: Term, reading: Reading, lexicon: Lexicon) -> bool:
    """Whether a verb takes the times behind it: not one that only says that the noun in front of it came about
    ("serangan dilancarkan"), and no bare word that may as well be a noun."""
    word = reading.words[term.index]
    sure = lexicon.is_derived(word) or lexicon.kind(term.concept) is not None
    return sure and word not in lexicon.scopes.occurrence


def _bounds_count(reading: Reading, amount: Amount, term: Term, lexicon: Lexicon) -> bool:
    """Whether a time behind "per" or "hingga" is that of a count, not of the event."""
    words = reading.words[max(amount.first - 2, 0) : amount.first]
    matches = (lexicon.sequences.as_of.match(words, start) for start in range(len(words)))
    near = any(match is not None and start + match[0] == len(words) for start, match in enumerate(matches))
    return near and term.concept not in lexicon.postponed
