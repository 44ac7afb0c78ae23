"""What a clause says that there is none of: "tidak ada sirene", "belum satu surat pun", "tanpa izin"."""

from __future__ import annotations

from service.pipeline.alignment.clauses import BRACKETS, Clause, Term
from service.pipeline.alignment.lexicon import Lexicon
from service.pipeline.alignment.reading import Reading

_REACH = 7
_BEHIND = 4
_NEAR = 6


def is_absent(clause: Clause, term: Term, lexicon: Lexicon) -> bool:
    """Whether the clause says that there is no such thing: "tidak ada N", "N itu tidak ada"."""
    if lexicon.denying.isdisjoint(clause.words()) or is_carrier(clause, term, lexicon):
        return False
    return _is_none_in_front(clause, term, lexicon) or (
        _is_noun(clause, term, lexicon) and _is_none_behind(clause, term, lexicon)
    )


def _is_noun(clause: Clause, term: Term, lexicon: Lexicon) -> bool:
    """Whether the term may be a noun, as a status is that bears no prefix of a verb ("luka")."""
    return not (term.verb and clause.reading.words[term.index].startswith(lexicon.scopes.verb_prefixes))


def is_carrier(clause: Clause, term: Term, lexicon: Lexicon) -> bool:
    """Whether the term only stands in front of the noun that is meant ("rencana pemecatan")."""
    if clause.reading.words[term.index] not in lexicon.scopes.carriers:
        return False
    return any(other.index == term.index + 1 for other in clause.terms)


def says_none(clause: Clause, negator: int, lexicon: Lexicon) -> bool:
    """Whether the negation is of existence: "tidak ada", "tidak satu pun"."""
    words, behind = clause.reading.words, negator + 1
    if behind >= clause.last:
        return False
    return words[behind] in lexicon.scopes.existence or _emphasis_behind(clause, negator, lexicon) is not None


def relative_predicate(clause: Clause, negator: int, lexicon: Lexicon) -> int | None:
    """The predicate that "tidak ada N yang <predicate>", "tak satu pun dari N <predicate>" denies of all, if any."""
    reading = clause.reading
    if not says_none(clause, negator, lexicon):
        return None
    of_none = _predicate_of_none(clause, negator, lexicon)
    if of_none is not None:
        return of_none
    noun = False
    for index in range(negator + 2, min(negator + 2 + _NEAR, clause.last)):
        opener = lexicon.opener.get(reading.words[index])
        if opener == "relative":
            told = next((t.index for t in clause.terms if t.index > index), None)
            # "belum ada kesepakatan yang dicapai": it is of the noun that there is none
            carried = told is not None and reading.words[told] in lexicon.scopes.occurrence
            return told if noun and not carried else None
        if opener is not None:
            # what is told of another time, or as a cause, tells nothing of which things there are none
            return None
        noun = noun or bool(reading.concepts[index])
    return None


def relative_predicate_of(clause: Clause, term: Term, lexicon: Lexicon) -> int | None:
    """The predicate that is denied of all things of the ``term``: "tidak ada bangunan yang roboh"."""
    first = max(clause.first, term.index - _NEAR)
    if lexicon.scopes.negators.isdisjoint(clause.reading.words[first : term.index]):
        return None
    for index in range(first, term.index):
        if clause.reading.words[index] in lexicon.scopes.negators:
            predicate = relative_predicate(clause, index, lexicon)
            if predicate is not None and predicate > term.index:
                return predicate
    return None


def denied_of_all(clause: Clause, term: Term, lexicon: Lexicon) -> int | None:
    """The token of a negation by which nobody did, or nothing underwent, what the term stands for."""
    words = clause.reading.words
    if lexicon.scopes.negators.isdisjoint(words[clause.first : term.index]):
        return None
    for index in range(clause.first, term.index):
        if words[index] not in lexicon.scopes.negators:
            continue
        if term.index == relative_predicate(clause, index, lexicon):
            return index
    return None


def _predicate_of_none(clause: Clause, negator: int, lexicon: Lexicon) -> int | None:
    """The predicate of "tak satu pun dari mereka <predicate>"."""
    emphasis = _emphasis_behind(clause, negator, lexicon)
    if emphasis is None or emphasis + 1 >= clause.last:
        return None
    if lexicon.preposition.get(clause.reading.words[emphasis + 1]) != "from":
        return None
    return next((term.index for term in clause.terms if term.index > emphasis and term.verb), None)


def _emphasis_behind(clause: Clause, negator: int, lexicon: Lexicon) -> int | None:
    """The token of "pun" where the words behind the negation are "satu pun" or "satu <noun> pun"."""
    words = clause.reading.words
    if negator + 1 >= clause.last or words[negator + 1] not in lexicon.scopes.singles:
        return None
    behind = range(negator + 2, min(negator + 4, clause.last))
    return next((index for index in behind if words[index] in lexicon.scopes.emphatics), None)


def _is_none_in_front(clause: Clause, term: Term, lexicon: Lexicon) -> bool:
    """Whether "tidak ada", "tidak punya", "tanpa" or "tidak satu pun" stands in front of the noun."""
    reading, scopes = clause.reading, lexicon.scopes
    single, only, noun = False, True, _is_noun(clause, term, lexicon)
    for index in range(term.index - 1, max(term.index - _REACH, clause.first - 1), -1):
        word, concept = reading.words[index], reading.concepts[index]
        single = single or word in scopes.emphatics
        if word in scopes.lacking:
            return noun
        if word in lexicon.having:
            return (word in scopes.existence or noun) and _is_negated(reading, index, clause.first, lexicon)
        if word in scopes.negators:
            return noun and single and only
        only = only and word in lexicon.beside_none
        if word in lexicon.preposition or lexicon.opener.get(word, "relative") != "relative":
            return False
        joined = reading.words[index + 1] in scopes.conjunctions and concept
        if joined or word in scopes.carriers or word in BRACKETS or lexicon.is_generic(concept):
            continue
        if not word.isalpha() or reading.mention_at[index] or (concept and word not in lexicon.light):
            return False
    return False


def _is_negated(reading: Reading, index: int, first: int, lexicon: Lexicon) -> bool:
    """Whether a negation stands in front of the verb at ``index``, or of the pronoun whose deed it is."""
    previous = index - 1
    if previous > first and reading.words[previous] in lexicon.between_not:
        previous -= 1
    return previous >= first and reading.words[previous] in lexicon.scopes.negators


def _is_none_behind(clause: Clause, term: Term, lexicon: Lexicon) -> bool:
    """Whether "tidak ada" is said of the noun right in front of it."""
    reading, scopes = clause.reading, lexicon.scopes
    if any(other.index == term.index - 1 and _is_noun(clause, other, lexicon) for other in clause.terms):
        return False
    for index in range(term.index + 1, min(term.index + 1 + _BEHIND, clause.last - 1)):
        word = reading.words[index]
        if word in scopes.negators:
            behind = index + 2
            if reading.words[index + 1] not in scopes.existence:
                return False
            noun = (
                behind < clause.last and bool(reading.concepts[behind]) and reading.words[behind] not in lexicon.light
            )
            return not noun and (behind >= clause.last or reading.mention_at[behind] is None)
        if word in scopes.lacking:
            return not (index + 1 < clause.last and reading.concepts[index + 1])
        if not word.isalpha() or reading.frame[index] or _is_plain_verb(reading, index, lexicon):
            return False
        if reading.concepts[index] and lexicon.stem(word) in scopes.speech:
            return False
    return False


def _is_plain_verb(reading: Reading, index: int, lexicon: Lexicon) -> bool:
    """Whether the token is a verb by its form, and no noun of a deed ("perintah")."""
    return reading.words[index].startswith(lexicon.scopes.verb_prefixes) and reading.is_verb(index, lexicon)


def is_universal(clause: Clause, lexicon: Lexicon) -> bool:
    """Whether a negation in the clause is of anybody or anything: "siapa pun", "apa-apa", "satu pun"."""
    words, scopes = clause.words(), lexicon.scopes
    if not scopes.universals.isdisjoint(words):
        return True
    return not scopes.emphatics.isdisjoint(words) and any(
        word in scopes.emphatics and not lexicon.ones.isdisjoint(words[max(0, index - 2) : index])
        for index, word in enumerate(words)
    )
