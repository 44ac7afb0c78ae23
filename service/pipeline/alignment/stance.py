"""How a clause stands to what one of its words says: affirmed, negated or denied, not yet, never, none at all."""

from __future__ import annotations

import msgspec

from service.pipeline.alignment.absence import denied_of_all, is_absent, is_carrier, relative_predicate_of
from service.pipeline.alignment.clauses import Clause, Term
from service.pipeline.alignment.lexicon import Lexicon
from service.pipeline.alignment.negation import failure, is_refuted, untruth_at
from service.pipeline.alignment.noun_phrases import PERSON
from service.pipeline.alignment.reading import Reading
from service.pipeline.alignment.scope import negator


class Stance(msgspec.Struct, frozen=True):
    """``polarity`` is affirmed, negated or denied; ``pending``: not yet; ``absent``: there is none; ``of_all``: of
    nobody and nothing; ``never``: at no time. ``marker`` is the token of the negation, ``concept`` what is affirmed or
    not: of two opposites the plain one."""

    concept: str
    polarity: str
    pending: bool
    absent: bool
    of_all: bool
    never: bool
    marker: int | None


def stance_of(clause: Clause, term: Term, denied: frozenset[int] | None, lexicon: Lexicon) -> Stance | None:
    """The stance of ``clause`` to ``term``; None where the term tells of nothing that can be affirmed or negated.

    ``denied`` are the tokens that a denial in the clause is about, None where it holds none.
    """
    if _says_nothing(clause, term, lexicon):
        return None
    reading, scopes = clause.reading, lexicon.scopes
    marker = negator(reading, term.index, lexicon)
    if marker is not None:
        idle = marker == untruth_at(clause, lexicon)
        if idle or (not term.verb and _has_preposition(reading, marker, term.index, lexicon)):
            marker = None
    if marker is None:
        marker = failure(clause, term, lexicon)
    none_did = denied_of_all(clause, term, lexicon)
    marker = none_did if marker is None else marker
    absent = is_absent(clause, term, lexicon) and not _is_person(term.concept, lexicon)
    refuted = is_refuted(clause, term, lexicon)
    plain = not _is_predicate(term, lexicon)
    none = absent
    if refuted and plain:
        refuted = not any(_is_predicate(t, lexicon) for t in clause.terms if t.index != term.index)
        absent = absent or refuted
    told = denied is not None and term.index in denied
    told = told or _is_said_to_happen(clause, term, lexicon) or _is_said_to_be(clause, term, lexicon)
    if plain and not (absent or refuted or told) and marker is None:
        return None
    polarity, pending = "affirmed", False
    if (denied is not None and term.index in denied) or refuted:
        polarity = "denied"
    if marker is not None or none:
        polarity = "affirmed" if polarity == "denied" and marker is not None else "negated"
        pending = marker is not None and reading.words[marker] in scopes.pending
    concept = term.concept
    if concept in lexicon.antonyms and (term.verb or absent):
        concept, absent = lexicon.antonyms[concept], False
        polarity = "negated" if polarity == "affirmed" else "affirmed"
    never = marker is not None and not scopes.never.isdisjoint(reading.words[marker : term.index])
    return Stance(concept, polarity, pending, absent, none_did is not None, never, marker)


def is_repeated(clause: Clause, lexicon: Lexicon) -> bool:
    """Whether the clause says how many times, and that more than once, or that it was not the first time."""
    if lexicon.sequences.again.within(clause.words()):
        return True
    return any(
        amount.value.unit in lexicon.scopes.repetitions and (amount.value.high is None or amount.value.high > 1)
        for amount in clause.amounts
    )


def _is_predicate(term: Term, lexicon: Lexicon) -> bool:
    return term.verb or lexicon.kind(term.concept) in ("event", "status")


def _is_said_to_happen(clause: Clause, term: Term, lexicon: Lexicon) -> bool:
    """Whether a verb says that what the noun stands for happened: "terjadi kekerasan", "kekerasan itu terjadi"."""
    words, happenings = clause.reading.words, lexicon.scopes.happenings
    if _is_person(term.concept, lexicon) or lexicon.is_generic(term.concept):
        return False
    if term.index > clause.first and words[term.index - 1] in happenings:
        return True
    first = clause.terms[0].index == term.index and not any(m.first < term.index for m in clause.mentions)
    behind = next((i for i in range(term.index + 1, clause.last) if words[i] in happenings), None)
    return first and behind is not None and not any(t.verb and term.index < t.index < behind for t in clause.terms)


def _is_said_to_be(clause: Clause, term: Term, lexicon: Lexicon) -> bool:
    """Whether somebody is said to be what the noun stands for, one of some body or group: "merupakan anggota geng"."""
    words, behind = clause.reading.words, term.index + 1
    if not _is_person(term.concept, lexicon) or term.index == clause.first or behind >= clause.last:
        return False
    of = clause.reading.mention_at[behind] is not None or any(other.index == behind for other in clause.terms)
    return of and words[term.index - 1] in lexicon.scopes.copulas


def _is_person(concept: str, lexicon: Lexicon) -> bool:
    """Whether a noun is of people: that there are none of a kind is said in many ways."""
    return concept == PERSON or lexicon.broader(concept) == PERSON


def _says_nothing(clause: Clause, term: Term, lexicon: Lexicon) -> bool:
    """Whether the word only denies, only carries a noun, or only tells of which things a predicate is denied."""
    untruth = untruth_at(clause, lexicon)
    if untruth is not None and untruth <= term.index < untruth + 2 and term.concept in lexicon.untrue:
        return True
    if clause.reading.words[term.index] in lexicon.scopes.deniers or is_carrier(clause, term, lexicon):
        return True
    if clause.reading.words[term.index] in lexicon.scopes.failures and _has_verb_behind(clause, term, lexicon):
        return True
    told_of = _is_predicate(term, lexicon) or _is_person(term.concept, lexicon)
    return told_of and relative_predicate_of(clause, term, lexicon) is not None


def _has_verb_behind(clause: Clause, term: Term, lexicon: Lexicon) -> bool:
    """Whether the next word of meaning is a verb, with function words between at most."""
    behind = next((other for other in clause.terms if other.index > term.index), None)
    if behind is None or not behind.verb:
        return False
    return all(word in lexicon.light for word in clause.reading.words[term.index + 1 : behind.index])


def _has_preposition(reading: Reading, first: int, last: int, lexicon: Lexicon) -> bool:
    """Whether a preposition stands between a negation and a noun, which is not negated then ("tidak ada di kantor")."""
    return any(reading.words[index] in lexicon.preposition for index in range(first + 1, last))
