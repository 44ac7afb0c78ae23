"""Moments: what a stretch of text tells of, and how much of it two of them share."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

import msgspec

from service.pipeline.alignment.background import Background
from service.pipeline.alignment.clauses import Clause, Term
from service.pipeline.alignment.lexicon import Lexicon

PREDICATE = 0.3
THING = 0.25
NAME = 0.3
_NAMED = 0.8
_PLACES = frozenset({"GPE", "LOC"})


class Moment(msgspec.Struct, frozen=True):
    """One of the two things that are put in order: its predicates, all its concepts and its names."""

    predicates: frozenset[str]
    concepts: frozenset[str]
    names: frozenset[str]

    @property
    def empty(self) -> bool:
        """Whether nothing is told."""
        return not self.concepts and not self.names

    def without(self, other: Moment) -> Moment:
        """The moment without what the other one of its order has as well."""
        return Moment(self.predicates - other.predicates, self.concepts - other.concepts, self.names - other.names)


def moment_of(
    clauses: Sequence[Clause],
    lexicon: Lexicon,
    ignored: frozenset[str],
    first: int | None = None,
    last: int | None = None,
) -> Moment:
    """The moment that ``clauses`` tell of, between tokens ``first`` and ``last`` where they are given, without the
    words that are ``ignored``."""
    start = clauses[0].first if first is None else first
    end = clauses[-1].last if last is None else last
    terms = [
        term
        for clause in clauses
        for term in clause.terms
        if start <= term.index < end and clause.reading.words[term.index] not in ignored
    ]
    return moment(terms, names_of(clauses, start, end), lexicon)


def names_of(clauses: Sequence[Clause], first: int, last: int) -> frozenset[str]:
    """The names in ``clauses`` between two tokens; places only say where, and tell no event from another."""
    mentions = (mention for clause in clauses for mention in clause.mentions)
    return frozenset(m.name for m in mentions if first <= m.first < last and m.type not in _PLACES)


def moment(terms: Iterable[Term], names: frozenset[str], lexicon: Lexicon) -> Moment:
    """The moment that ``terms`` and ``names`` make."""
    given = list(terms)
    return Moment(
        frozenset(t.concept for t in given if t.verb or lexicon.kind(t.concept) in ("event", "status")),
        frozenset(t.concept for t in given),
        names,
    )


def resemblance(one: Moment, other: Moment, background: Background) -> float:
    """How surely two moments are the same: shared predicates, things and names."""
    score = PREDICATE * bool(one.predicates & other.predicates)
    score += sum(THING * background.weight(concept) for concept in sorted(one.concepts & other.concepts))
    return score + NAME * len(one.names & other.names)


def likeness(one: Moment, other: Moment, background: Background) -> float:
    """How much two moments share, by itself and as part of both; words that every text has count little."""
    shared = _weight(one.concepts & other.concepts, one.names & other.names, background)
    whole = math.sqrt(math.prod(_weight(own.concepts, own.names, background) for own in (one, other)))
    return (resemblance(one, other, background) + (shared / whole if whole else 0.0)) / 2


def _weight(concepts: frozenset[str], names: frozenset[str], background: Background) -> float:
    return sum(background.weight(concept) for concept in sorted(concepts)) + _NAMED * len(names)
