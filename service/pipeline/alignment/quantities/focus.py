"""The predicate or attribute that a number belongs to.

Without a parser it is the nearest predicate behind the noun phrase, else in front of it; for measures the nearest
attribute in front. Predicates of relative clauses are kept apart from the main one.
"""

from __future__ import annotations

from collections.abc import Sequence

from service.pipeline.alignment.clauses import Clause, Term
from service.pipeline.alignment.lexicon import Lexicon
from service.pipeline.alignment.locations import PLACE_TYPES
from service.pipeline.alignment.noun_phrases import PERSON
from service.pipeline.alignment.reading import Amount, Reading
from service.pipeline.alignment.times import TIMES

REACH = 8
_MARKS = frozenset(",;:.!?—–()")
_RANK: dict[str | None, int] = {"status": 1, "measure": 2}


def find_focus(
    clause: Clause, amount: Amount, phrase_end: int, measured: bool, clauses: Sequence[Clause], lexicon: Lexicon
) -> tuple[Term | None, set[str]]:
    """The predicate or attribute of the number, and the concepts of all that may be it."""
    foci: set[str] = set()
    main = None if measured else _counted_before(clause, amount, lexicon)
    if main is not None:
        return main, {main.concept}
    main = None if measured else _right_before(clause, amount, phrase_end, lexicon)
    if main is not None:
        return main, {main.concept}
    if measured and (own := _relative_behind(clause, phrase_end, lexicon)) is not None:
        return own, {own.concept}
    main = None if measured else _behind(clause, phrase_end, foci, lexicon)
    relative = bool(foci) and not measured
    if main is None:
        main = _in_front(clause, amount.first, set() if relative else foci, measured, lexicon)
        if relative and main is not None and amount.first - main.index > 2:
            return None, foci
    if main is None and not foci and _is_bare_total(clause, amount, lexicon):
        main = _subject_before(clause, clauses, lexicon)
    if main is None and not relative and clause.number > 0:
        previous = clauses[clause.number - 1]
        if previous.sentence is clause.sentence and previous.last == clause.first:
            main = _in_front(previous, previous.last, foci, measured, lexicon)
    if main is None and measured:
        main = _behind(clause, phrase_end, foci, lexicon)
    if main is not None:
        foci.add(main.concept)
    return main, foci


def _behind(clause: Clause, start: int, foci: set[str], lexicon: Lexicon) -> Term | None:
    """The predicate behind a noun phrase that ends at ``start``; predicates of relative clauses only join ``foci``.

    Behind a relative clause the search goes on to the end of the sentence, for a predicate with an auxiliary.
    """
    reading = clause.reading
    relative = passed = chained = False
    index = start
    while index < min(clause.sentence.last, start + 3 * REACH):
        chained = chained or (index == clause.last and _continues_chain(reading, index))
        if index >= clause.last and not passed and not chained:
            return None
        word = reading.words[index]
        amount = reading.amount_at[index]
        if amount is not None:
            previous = reading.words[index - 1]
            joined = previous in lexicon.scopes.conjunctions or previous in lexicon.preposition
            if (not joined or passed) and amount.value.kind not in TIMES:
                return None
            _unit_statuses(amount, reading, foci, lexicon)
            index = amount.last
            continue
        if word in _MARKS and reading.mention_at[index] is None:
            if word == "," and reading.mention_at[index - 1] is not None:
                index += 1
                continue
            return None
        relative = relative or lexicon.opener.get(word) == "relative"
        if reading.mention_at[index] is None and not reading.frame[index]:
            concept = reading.concepts[index]
            role = lexicon.is_status(concept) and _is_predicative(reading, index, start, lexicon)
            if (role or reading.is_verb(index, lexicon)) and not _carries_status(reading, index, lexicon):
                if not relative and (not passed or reading.words[index - 1] in lexicon.light - set(lexicon.opener)):
                    return Term(index, concept, True)
                if not _tells_how(reading, index, start, lexicon):
                    foci.add(concept)
                passed, relative = passed or relative, False
        index += 1
    return None


def _continues_chain(reading: Reading, index: int) -> bool:
    """Whether the place at ``index`` is that in which the one before the comma lies ("Kecamatan A, Kabupaten B")."""
    mention = reading.mention_at[index]
    chained = mention is not None and reading.words[index - 1] == "," and reading.mention_at[index - 2] is not None
    return chained and mention is not None and mention.type in PLACE_TYPES


def _tells_how(reading: Reading, index: int, start: int, lexicon: Lexicon) -> bool:
    """Whether a status right behind another one only tells how that came about ("tewas tertimpa tembok")."""
    before = index - 1
    while before > start and not reading.concepts[before]:
        before -= 1
    return all(lexicon.is_status(reading.concepts[i]) for i in (index, before)) and before >= start


def _carries_status(reading: Reading, index: int, lexicon: Lexicon) -> bool:
    """Whether a verb only carries the status that stands behind it ("menderita luka")."""
    behind = reading.concepts[index + 1 : index + 2]
    return reading.words[index] in lexicon.scopes.support_verbs and any(map(lexicon.is_status, behind))


def _relative_behind(clause: Clause, start: int, lexicon: Lexicon) -> Term | None:
    """The known predicate of the relative clause that begins at ``start``: whose the amount is ("20 tahun yang dituntut
    jaksa")."""
    reading = clause.reading
    if start >= clause.last or lexicon.opener.get(reading.words[start]) != "relative":
        return None
    for index in range(start + 1, min(start + 4, clause.sentence.last)):
        if reading.mention_at[index] is not None or reading.amount_at[index] is not None:
            return None
        concept = reading.concepts[index]
        if reading.words[index] not in lexicon.light and concept:
            known = lexicon.kind(concept) in ("status", "event", "measure")
            return Term(index, concept, True) if known and reading.is_verb(index, lexicon) else None
    return None


def _is_bare_total(clause: Clause, amount: Amount, lexicon: Lexicon) -> bool:
    """Whether the clause only says how many there are in all, and not of what."""
    if not any(word in lexicon.scopes.totals for word in clause.words()):
        return False
    return not any(lexicon.kind(term.concept) == "thing" for term in clause.terms if term.index < amount.first)


def _is_predicative(reading: Reading, index: int, start: int, lexicon: Lexicon) -> bool:
    """Whether a status that is no verb stands as one: behind a copula or a verb that carries it ("mengalami luka"), or
    with nothing but function words between it and the noun phrase ("80 lainnya luka-luka")."""
    previous = reading.words[index - 1]
    if previous in lexicon.scopes.copulas or previous in lexicon.scopes.support_verbs:
        return True
    return all(
        reading.words[i] in lexicon.light and reading.words[i] not in lexicon.preposition for i in range(start, index)
    )


def _counted_before(clause: Clause, amount: Amount, lexicon: Lexicon) -> Term | None:
    """The status of the subject whose members the number counts: "jumlah korban meninggal … menjadi 14 orang"."""
    reading = clause.reading
    near = reading.words[max(clause.sentence.first, amount.first - 3) : amount.first]
    if not any(word in lexicon.scopes.counts for word in near):
        return None
    first = _behind_other(clause, amount)
    for index in range(first, amount.first):
        word, concept = reading.words[index], reading.concepts[index]
        if reading.frame[index] or reading.mention_at[index] is not None:
            continue
        if word in lexicon.scopes.totals or concept == PERSON:
            for behind in range(index + 1, min(index + 4, amount.first)):
                status = reading.concepts[behind]
                if lexicon.is_status(status) and reading.mention_at[behind] is None:
                    apart = any(lexicon.opener.get(reading.words[i]) == "cause" for i in range(behind, amount.first))
                    return None if apart else Term(behind, status, True)
                if lexicon.opener.get(reading.words[behind]) not in (None, "relative"):
                    return None
            return None
    return None


def _right_before(clause: Clause, amount: Amount, phrase_end: int, lexicon: Lexicon) -> Term | None:
    """The status right in front of the number, where what is behind goes on with something else ("korban meninggal tiga
    orang dan luka-luka 24 orang")."""
    reading, index = clause.reading, amount.first - 1
    if phrase_end >= clause.last or reading.words[phrase_end] not in lexicon.scopes.conjunctions:
        return None
    while index > clause.first and not reading.concepts[index]:
        # the words of a phrase behind its first
        index -= 1
    if index < clause.first or reading.mention_at[index] is not None or reading.amount_at[index] is not None:
        return None
    concept = reading.concepts[index]
    return Term(index, concept, True) if lexicon.is_status(concept) else None


def _behind_other(clause: Clause, amount: Amount) -> int:
    """Where the sentence begins, or goes on behind the last number of anything but time in front of ``amount``."""
    for index in range(amount.first - 1, clause.sentence.first - 1, -1):
        other = clause.reading.amount_at[index]
        if other is not None and other.value.kind not in TIMES:
            return index + 1
    return clause.sentence.first


def _subject_before(clause: Clause, clauses: Sequence[Clause], lexicon: Lexicon) -> Term | None:
    """The first status that the sentence before speaks of: what "in all" refers to."""
    for previous in clauses[max(clause.number - 3, 0) : clause.number]:
        if previous.sentence.last == clause.sentence.first:
            for term in previous.terms:
                if lexicon.is_status(term.concept):
                    return Term(clause.first, term.concept, False)
    return None


def _unit_statuses(amount: Amount, reading: Reading, foci: set[str], lexicon: Lexicon) -> None:
    for index in range(amount.first + 1, amount.last):
        if lexicon.is_status(reading.concepts[index]):
            foci.add(reading.concepts[index])


def _in_front(clause: Clause, end: int, foci: set[str], measured: bool, lexicon: Lexicon) -> Term | None:
    """The nearest predicate (or, for measures, attribute) in front of token ``end``; all of them join ``foci``."""
    main: Term | None = None
    main_is_noun = False
    for term in reversed(clause.terms):
        if term.index >= end:
            continue
        kind = lexicon.kind(term.concept)
        if measured and clause.reading.words[term.index] in lexicon.scopes.deltas:
            continue
        if kind != "measure" and not term.verb and _modifies(clause.reading, term.index, lexicon):
            continue
        if measured and kind in ("measure", "status"):
            foci.add(term.concept)
            if main is None or _RANK.get(kind, 0) > _RANK.get(lexicon.kind(main.concept), 0):
                main = term
        elif term.verb or kind in ("status", "event"):
            foci.add(term.concept)
            if main is None or (main_is_noun and (term.verb or kind == "status")):
                main, main_is_noun = term, not (term.verb or kind == "status")
    return main


def _modifies(reading: Reading, index: int, lexicon: Lexicon) -> bool:
    """Whether a noun only tells which thing is meant ("kasus korupsi"): another noun stands right in front of it."""
    if index == 0 or reading.mention_at[index - 1] is not None or reading.amount_at[index - 1] is not None:
        return False
    concept, word = reading.concepts[index - 1], reading.words[index - 1]
    if not concept or word in lexicon.light or word in lexicon.scopes.amounts or reading.is_verb(index - 1, lexicon):
        return False
    return concept != PERSON
